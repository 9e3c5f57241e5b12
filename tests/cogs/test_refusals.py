"""Discord refuses, or will not be asked again and again: each answer has its handling, and work comes to an end."""

from datetime import timedelta

import discord
import pytest
from simcord.backend.models import Overwrite
from simcord.builders import ChannelHandle
from simcord.enums import OverwriteType

from bot.core.model import Todo
from bot.live import utc_now
from tests.cogs.acts import DELAY, edits, flag, retitle
from tests.stage import OTHER, PAGE, SECOND, Stage, read


class TestRefusals:
    async def test_a_channel_that_refused_is_tried_again_when_its_permissions_change(self, stage: Stage) -> None:
        path = f"/channels/{stage.channel.id}/messages"
        stage.env.inject_error("POST", path, status=403, code=50013)
        for _ in range(3):
            await stage.member.send(stage.channel, PAGE)
        posts = [r for r in stage.env.http_requests if r.method == "POST" and r.path == path]
        assert len(posts) == 1
        assert stage.logged().count("No note under") == 1
        me = stage.guild.me
        assert me is not None
        allow, deny = discord.PermissionOverwrite(send_messages=True, add_reactions=False).pair()
        stage.env.backend.set_overwrite(
            stage.channel.id, Overwrite(me.id, OverwriteType.MEMBER, allow.value, deny.value)
        )
        await stage.env.settle()
        await stage.member.send(stage.channel, PAGE)
        assert len(stage.notes()) == 1

    async def test_slow_mode_is_waited_for(self, stage: Stage) -> None:
        stage.env.inject_error("POST", f"/channels/{stage.channel.id}/messages", status=400, code=20016)
        await stage.member.send(stage.channel, PAGE)
        assert stage.notes() == []
        assert "slow mode" in stage.logged()
        await stage.later(30)
        assert len(stage.notes()) == 1

    @pytest.mark.parametrize(
        ("code", "says"), [(30046, ""), (50083, "The thread is archived; it is tried again later.")]
    )
    async def test_a_note_that_cannot_be_changed_now_is_changed_later(self, stage: Stage, code: int, says: str) -> None:
        await stage.member.send(stage.channel, PAGE)
        await retitle(stage, "The Lake, Retold")
        stage.env.inject_error("PATCH", f"/channels/{stage.channel.id}/messages/*", status=400, code=code)
        await stage.later(DELAY)
        assert "The Lake Report in Short" in read(stage.note())
        assert says in stage.logged()
        await stage.later(130)
        assert "The Lake, Retold" in read(stage.note())

    @pytest.mark.parametrize("kind", ["channel", "thread"])
    async def test_a_deleted_channel_takes_its_notes_along(self, stage: Stage, kind: str) -> None:
        doomed = thread(stage) if kind == "thread" else stage.guild.create_text_channel("doomed")
        await stage.member.send(doomed, PAGE)
        assert len(stage.notes(doomed)) == 1
        await retitle(stage, "The Lake, Retold")
        stage.env.backend.delete_channel(doomed.id)
        await stage.env.settle()
        before = len(stage.env.http_requests)
        await stage.later(DELAY)
        assert [r for r in stage.env.http_requests[before:] if str(doomed.id) in r.path] == []


class TestNoWorkWithoutEnd:
    """What is left to be done comes to an end, and asks Discord no more than it must."""

    async def test_a_change_that_a_note_does_not_show(self, stage: Stage) -> None:
        more = [SECOND.replace("/2026/bridge", f"/{i}").replace("The Bridge", f"Page {i}") for i in range(2)]
        await stage.record(*more)
        links = [PAGE, OTHER, *(f"https://digest.example/{i}" for i in range(2))]
        await stage.member.send(stage.channel, " ".join(links))
        await retitle(stage, "Page 1, Retold", "Page 1")
        await stage.later(DELAY)
        assert edits(stage) == 0
        assert await left(stage) == 0

    async def test_a_pointer_on_its_way_whose_note_comes_to_speak_of_more(self, stage: Stage) -> None:
        await stage.rules(cooldown_seconds=600)
        first = await stage.member.send(stage.channel, PAGE)
        stage.env.inject_error("POST", f"/channels/{stage.channel.id}/messages", status=503)
        await stage.member.send(stage.channel, PAGE)
        await stage.member.edit(first, f"{PAGE} {OTHER}")
        before = len(stage.env.http_requests)
        await stage.later(2)
        assert len(stage.notes()) == 2
        assert len(stage.env.http_requests) - before < 8
        assert await left(stage) == 0

    async def test_slow_mode_is_said_once_and_asked_about_ever_less(self, stage: Stage) -> None:
        path = f"/channels/{stage.channel.id}/messages"
        stage.env.inject_error("POST", path, status=400, code=20016, times=None)
        await stage.member.send(stage.channel, PAGE)
        for _ in range(60):
            await stage.later(10)
        posts = [r for r in stage.env.http_requests if r.method == "POST" and r.path == path]
        assert len(posts) < 10
        assert stage.logged().count("slow mode") == 1

    async def test_an_old_message_that_only_gets_a_preview_is_left_alone(self, stage: Stage) -> None:
        message = await stage.member.send(stage.channel, "https://new.example/page")
        await stage.env.advance_time(7 * 3600)
        await flag(stage)
        told = [p for _, name, p in stage.env.backend.transcript if name == "MESSAGE_CREATE"]
        [as_it_was] = [payload for payload in told if int(payload["id"]) == message.id]
        stage.env.backend.emit("MESSAGE_UPDATE", as_it_was)
        await stage.env.settle()
        assert stage.notes() == []

    async def test_a_note_stays_where_the_bot_may_not_write_any_more(self, stage: Stage) -> None:
        await stage.member.send(stage.channel, PAGE)
        me = stage.guild.me
        assert me is not None
        shut = discord.PermissionOverwrite(send_messages=False).pair()
        stage.env.backend.set_overwrite(
            stage.channel.id, Overwrite(me.id, OverwriteType.MEMBER, shut[0].value, shut[1].value)
        )
        await stage.env.settle()
        await stage.house.work.look_again(utc_now() - timedelta(hours=1))
        await stage.later()
        assert "The Lake Report in Short" in read(stage.note())


def thread(stage: Stage) -> ChannelHandle:
    """A new thread of the channel."""
    made = stage.env.backend.create_thread(stage.channel.id, "aside", stage.member.id)
    [handle] = [one for one in stage.channel.threads if one.id == made.id]
    return handle


async def left(stage: Stage) -> int:
    """How much there is to be done."""
    return len(await stage.house.work.due(tuple(Todo), utc_now() + timedelta(days=1), 100))
