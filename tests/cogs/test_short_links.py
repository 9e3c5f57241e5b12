"""Short links, as people in the channel see them: looked up only where the server allows it, and seldom."""

import asyncio
from typing import Any

import pytest

from bot.cogs._convert import chat_message
from bot.core.model import ChannelId, Mode, PostNote
from bot.services.watch import Watch
from tests.cogs.acts import record_id
from tests.stage import PAGE, Stage, answer, read

SHORT = "https://bit.ly/3xYz"


async def test_without_the_servers_word_no_shortener_is_asked(stage: Stage) -> None:
    stage.web.table[SHORT] = PAGE
    await stage.member.send(stage.channel, SHORT)
    assert stage.notes() == []
    assert stage.web.asked == []


async def test_a_short_link_to_a_flagged_page_gets_its_note_and_is_asked_once(stage: Stage) -> None:
    await stage.rules(short_links=True)
    stage.web.table[SHORT] = f"{PAGE}?utm_source=x"
    for channel in (stage.channel, stage.guild.create_text_channel("other")):
        await stage.member.send(channel, f"read {SHORT} today")
        assert "The Lake Report in Short" in read(stage.notes(channel)[0])
    assert stage.web.asked == [SHORT]


async def test_a_direct_link_is_answered_without_asking(stage: Stage) -> None:
    await stage.rules(short_links=True)
    await stage.member.send(stage.channel, f"{PAGE} {SHORT}")
    assert "The Lake Report" in read(stage.note())
    assert stage.web.asked == []


@pytest.mark.parametrize(
    ("table", "noted"),
    [
        ({SHORT: "https://t.co/a", "https://t.co/a": "https://is.gd/b", "https://is.gd/b": PAGE}, True),
        (
            {
                SHORT: "https://t.co/a",
                "https://t.co/a": "https://is.gd/b",
                "https://is.gd/b": "https://ow.ly/c",
                "https://ow.ly/c": PAGE,
            },
            False,
        ),
        ({SHORT: SHORT}, False),
        ({SHORT: "ftp://summaries.example/lake-report"}, False),
        ({SHORT: f"https://www.google.com/url?q={PAGE}"}, True),
        ({SHORT: "https://summaries.example/another"}, False),
        ({}, False),
    ],
    ids=["three hops", "four hops", "a circle", "another scheme", "a wrapper behind it", "another page", "nothing"],
)
async def test_hops_are_bounded_and_looked_at_before_and_after(
    stage: Stage,
    table: dict[str, str],
    noted: bool,  # noqa: FBT001
) -> None:
    await stage.rules(short_links=True)
    stage.web.table.update(table)
    await stage.member.send(stage.channel, SHORT)
    assert bool(stage.notes()) is noted
    assert len(stage.web.asked) <= 3
    assert all("summaries.example" not in url for url in stage.web.asked), "only shorteners are asked"


async def test_one_member_causes_ten_look_ups_an_hour(stage: Stage) -> None:
    await stage.rules(short_links=True)
    for number in range(12):
        await stage.member.send(stage.channel, f"https://bit.ly/n{number}")
    assert len(stage.web.asked) == 10
    await stage.moderator.send(stage.channel, "https://bit.ly/other")
    assert len(stage.web.asked) == 11
    await stage.env.advance_time(3601)
    await stage.member.send(stage.channel, "https://bit.ly/later")
    assert len(stage.web.asked) == 12


async def test_ignored_channels_and_other_bots_cause_no_look_up(stage: Stage) -> None:
    await stage.rules(short_links=True, ignored=frozenset({ChannelId(stage.channel.id)}))
    await stage.member.send(stage.channel, SHORT)
    assert stage.web.asked == []


async def test_a_slow_shortener_is_in_nobodys_way(stage: Stage) -> None:
    await stage.rules(mode=Mode.OFF, short_links=True)
    me: Any = stage.env.bot.user
    short, direct = [chat_message(await stage.member.send(stage.channel, text), me) for text in (SHORT, PAGE)]
    assert short is not None
    assert direct is not None
    await stage.rules(short_links=True)
    stage.web.table[SHORT] = "https://digest.example/2026/bridge"
    stage.web.slow.add(SHORT)
    watch: Watch = stage.env.bot.parts.watch  # type: ignore[attr-defined]
    waiting = asyncio.ensure_future(watch.answer(short))
    await stage.web.was_asked.wait()
    assert isinstance(await watch.answer(direct), PostNote)
    assert not waiting.done()
    stage.web.silent.set()
    assert isinstance(await waiting, PostNote)


async def test_an_unfurl_keeps_the_note_of_a_short_link(stage: Stage) -> None:
    await stage.rules(short_links=True)
    stage.web.table[SHORT] = PAGE
    message = await stage.member.send(stage.channel, SHORT)
    assert len(stage.notes()) == 1
    await stage.member.edit(message, content=f"{SHORT} !")
    assert len(stage.notes()) == 1
    assert stage.web.asked == [SHORT]


async def test_what_was_found_waits_for_a_moderator_and_then_counts_offline(stage: Stage) -> None:
    await stage.rules(short_links=True)
    stage.web.table[SHORT] = PAGE
    await stage.member.send(stage.channel, SHORT)
    record = await record_id(stage, "lake")
    shown = answer(await stage.moderator.slash(stage.channel, "flag addresses", record=record))
    assert f"Found, not counted yet: {SHORT} (leads there, said by bit.ly on 2026-01-01)" in shown
    await stage.rules(short_links=False)
    other = stage.guild.create_text_channel("other")
    await stage.member.send(other, SHORT)
    assert stage.notes(other) == []
    done = await stage.moderator.slash(stage.channel, "flag addresses", record=record, action="accept", address=SHORT)
    assert f"“The Lake Report in Short” is now also found under {SHORT}" in answer(done)
    await stage.member.send(other, SHORT)
    assert "The Lake Report" in read(stage.notes(other)[0])
    shown = answer(await stage.moderator.slash(stage.channel, "flag addresses", record=record))
    assert (
        "2. https://bit.ly/3xYz (said by leads there, found by bit.ly on 2026-01-01, accepted by a moderator)" in shown
    )


async def test_why_tells_of_the_shortener(stage: Stage) -> None:
    await stage.rules(short_links=True)
    stage.web.table[SHORT] = f"{PAGE}?fbclid=secret"
    await stage.member.send(stage.channel, SHORT)
    said = answer(await stage.member.click(stage.note(), label="Why this note?"))
    assert "bit.ly said where its short link leads." in said
    assert "secret" not in said


async def test_what_is_believed_has_an_age(stage: Stage) -> None:
    await stage.rules(short_links=True)
    stage.web.table[SHORT] = PAGE
    await stage.member.send(stage.channel, SHORT)
    assert len(stage.notes()) == 1
    stage.web.table[SHORT] = "https://another.example/page"
    await stage.env.advance_time(31 * 24 * 3600)
    other = stage.guild.create_text_channel("other")
    await stage.member.send(other, SHORT)
    assert stage.notes(other) == []
    assert stage.web.asked == [SHORT, SHORT]


async def test_only_shorteners_are_asked_whatever_a_hop_wraps(stage: Stage) -> None:
    await stage.rules(short_links=True)
    stage.web.table.update({SHORT: "https://www.google.com/url?q=https://t.co/b", "https://t.co/b": PAGE})
    await stage.member.send(stage.channel, SHORT)
    assert "The Lake Report" in read(stage.note())
    assert stage.web.asked == [SHORT, "https://t.co/b"]


async def test_a_short_link_that_is_edited_in_is_looked_up(stage: Stage) -> None:
    await stage.rules(short_links=True)
    stage.web.table[SHORT] = "https://digest.example/2026/bridge"
    message = await stage.member.send(stage.channel, PAGE)
    await stage.member.edit(message, content=SHORT)
    assert "The Bridge in Short" in read(stage.note())


async def test_a_message_that_goes_while_it_is_looked_up_gets_no_note(stage: Stage) -> None:
    await stage.rules(mode=Mode.OFF, short_links=True)
    me: Any = stage.env.bot.user
    sent = await stage.member.send(stage.channel, SHORT)
    short = chat_message(sent, me)
    assert short is not None
    await stage.rules(short_links=True)
    stage.web.table[SHORT] = PAGE
    stage.web.slow.add(SHORT)
    watch: Watch = stage.env.bot.parts.watch  # type: ignore[attr-defined]
    waiting = asyncio.ensure_future(watch.answer(short))
    await stage.web.was_asked.wait()
    await watch.gone([short.id])
    stage.web.silent.set()
    await waiting
    assert stage.notes() == []


async def test_nothing_that_was_shared_stands_in_clear_in_the_database(stage: Stage) -> None:
    await stage.rules(short_links=True)
    private = "https://1drv.ms/w/private?e=TOKEN"
    stage.web.table[private] = "https://files.example/page"
    await stage.member.send(stage.channel, private)
    assert stage.web.asked
    path = stage.house.database_path
    stored = b"".join(part.read_bytes() for part in path.parent.glob(f"{path.name}*"))
    assert b"1drv.ms" not in stored
    assert b"TOKEN" not in stored
