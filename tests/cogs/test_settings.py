"""Those who manage the server set the bot up, as they see it."""

from typing import Any

import discord
import pytest

from bot.core.model import Repeats
from tests.stage import PAGE, Stage, answer


class TestSettings:
    async def test_they_are_shown_and_set(self, stage: Stage) -> None:
        talk = stage.env.bot.get_channel(stage.channel.id)
        assert isinstance(talk, discord.TextChannel)
        result = await stage.moderator.slash(
            stage.channel,
            "settings set",
            mode="observe",
            ignore=stage.channel,
            log_channel=stage.log,
            cooldown=60,
            objections="#appeals",
            other_bots=True,
            notes_per_minute=3,
        )
        said = answer(result)
        assert "The settings were saved." in said
        said = answer(await stage.moderator.slash(stage.channel, "settings show"))
        for part in (
            "observe: notes are decided and logged, not posted",
            f"<#{stage.channel.id}>",
            f"<#{stage.log.id}>",
            "60 seconds",
            "#appeals",
            "(other_bots): answered",
            "(notes_per_minute): 3",
        ):
            assert part in said
        said = answer(
            await stage.moderator.slash(stage.channel, "settings set", listen=stage.channel, clear="objections")
        )
        assert "Ignored channels (ignore, listen): none" in said
        assert "this server's moderators" in said

    async def test_nothing_to_set_is_said(self, stage: Stage) -> None:
        assert "Nothing was given to set." in answer(await stage.moderator.slash(stage.channel, "settings set"))

    async def test_a_link_is_tried_without_effect(self, stage: Stage) -> None:
        await stage.rules(cooldown_seconds=600)
        for _ in range(2):
            said = answer(await stage.moderator.slash(stage.channel, "settings test", link=PAGE))
            assert "would get this note in this channel" in said
            assert "The Lake Report in Short" in said
            assert "every permission it needs" in said
        assert stage.notes() == []
        assert stage.logged() == ""
        await stage.member.send(stage.channel, PAGE)
        assert len(stage.notes()) == 1
        said = answer(await stage.moderator.slash(stage.channel, "settings test", link=PAGE))
        assert "stands here: <https://discord.com/channels/" in said
        await stage.rules(cooldown_seconds=600, repeats=Repeats.SILENCE)
        said = answer(await stage.moderator.slash(stage.channel, "settings test", link=PAGE))
        assert "a short while ago" in said

    async def test_the_trial_says_which_permission_is_missing(self, stage: Stage) -> None:
        me = stage.guild.me
        assert me is not None
        shut: dict[Any, discord.PermissionOverwrite] = {
            me: discord.PermissionOverwrite(send_messages=False, embed_links=False)
        }
        closed = stage.guild.create_text_channel("closed", overwrites=shut)
        said = answer(await stage.moderator.slash(closed, "settings test", link=PAGE))
        assert "Missing permissions in this channel: Send Messages, Embed Links." in said

    @pytest.mark.parametrize(
        ("link", "reason"), [("https://other.example/", "nothing flagged"), ("hello", "no web link")]
    )
    async def test_the_trial_says_why_not(self, stage: Stage, link: str, reason: str) -> None:
        assert reason in answer(await stage.moderator.slash(stage.channel, "settings test", link=link))
