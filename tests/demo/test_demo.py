"""The demo, as a new user meets it."""

import asyncio
import re
import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import simcord
from simcord.actors import MemberActor
from simcord.results import InteractionResult

from bot.core.model import OPERATOR, GuildId, LookupKey, guild_list
from bot.demo.serve import FLAGGED, INVENTED, Demo, open_demo
from bot.live import utc_now
from bot.settings import Loaded
from tests.cli.program import Program, stop
from tests.stage import answer, read


def notes(demo: Demo) -> list[str]:
    """What the bot said in the channel, for all to see."""
    bot = demo.client.user
    assert bot is not None
    return [read(m) for m in demo.channel.history() if m.author.id == bot.id and not m.flags.ephemeral]


def whispers(demo: Demo) -> list[str]:
    """What the bot said for the member's eyes only."""
    return [read(m) for m in demo.channel.history(viewer=demo.member) if m.flags.ephemeral]


async def ask(demo: Demo, person: MemberActor, command: str, **options: Any) -> InteractionResult:
    """A command, once the driver is at rest: SimCord does one thing at a time."""
    for _ in range(200):
        try:
            return await person.slash(demo.channel, command, **options)
        except simcord.SetupError as busy:
            assert "overlaps" in str(busy)
            await asyncio.sleep(0.05)
    raise AssertionError("the driver is never at rest")


async def until(true: Callable[[], bool]) -> None:
    """Waits until the driver has done what was asked for."""
    for _ in range(200):
        if true():
            return
        await asyncio.sleep(0.05)
    assert true()


async def test_before_anything_is_typed_there_is_a_guide_and_a_link_with_its_note(loaded: Loaded) -> None:
    async with open_demo(loaded) as demo:
        guide, shared, note = demo.channel.history()
        assert "Try Sidenote here." in guide.content
        assert FLAGGED in shared.content
        assert note.reference is not None
        assert note.reference.message_id == shared.id
        assert "This publication is a summary or evaluation of another publication" in read(note)
        await demo.member.send(demo.channel, INVENTED)
        assert "The Old Harbour Bridge Review in Five Minutes" in notes(demo)[-1]
        assert demo.env.errors == []


async def test_what_the_page_cannot_do_the_demo_commands_do(loaded: Loaded) -> None:
    async with open_demo(loaded) as demo, demo.page(0):
        said = answer(await demo.member.slash(demo.channel, "demo forward"))
        assert "Forwarding message" in said
        await until(lambda: len(notes(demo)) == 2)
        await ask(demo, demo.moderator, "demo menu", name="Withdraw this note")
        await until(lambda: "was withdrawn" in notes(demo)[-1])
        before = demo.env.now()
        await ask(demo, demo.member, "demo wait", seconds=90)
        await until(lambda: (demo.env.now() - before).total_seconds() >= 90)
        await ask(demo, demo.member, "demo menu", name="Context for links")
        await until(lambda: any("1,200 civilians" in text for text in whispers(demo)))
        said = answer(await ask(demo, demo.member, "demo menu", name="Context for links", message="what"))
        assert "no such message" in said


async def test_log_lines_go_to_the_channel_marked(loaded: Loaded) -> None:
    async with open_demo(loaded) as demo:
        await demo.moderator.slash(demo.channel, "settings set", mode="observe")
        await demo.member.send(demo.channel, FLAGGED)
        assert notes(demo)[-1].startswith("📋 Log · Observed, not posted")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
async def test_the_program_serves_its_page_until_it_is_ended(tmp_path: Path, how: signal.Signals) -> None:
    process = await Program(tmp_path).start("demo")
    assert process.stdout is not None
    first = (await asyncio.wait_for(process.stdout.readline(), 30)).decode()
    found = re.fullmatch(r"Open this page: (http://127\.0\.0\.1:\d+/)#\S+\n", first)
    assert found
    async with aiohttp.ClientSession() as session, session.get(found[1]) as page:
        assert page.status == 200
        assert "<html" in (await page.text()).lower()
    done = await stop(process, how)
    assert done.status == (130 if how is signal.SIGINT else 0)
    assert "Traceback" not in done.err
    assert list(tmp_path.iterdir()) == []


async def test_a_changed_records_note_follows_when_time_passes(loaded: Loaded) -> None:
    async with open_demo(loaded) as demo, demo.page(0):
        lists = [guild_list(GuildId(demo.guild.id))]
        [record] = await demo.house.catalog.find([LookupKey(FLAGGED.removeprefix("https://"))], lists)
        retold = replace(record.publication, title="A Retitled Page")
        await demo.house.catalog.change(record, retold, OPERATOR, utc_now())
        await ask(demo, demo.moderator, "demo wait", seconds=300)
        await until(lambda: "### A Retitled Page" in notes(demo)[0])
        assert "version 2 of 2026-01-01" in notes(demo)[0]
