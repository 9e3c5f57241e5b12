"""A table of hostile texts through every command; what comes out is something that Discord accepts."""

import json
from typing import Any

import pytest
from simcord.results import InteractionResult

from tests.cogs.acts import FORM, edited, record_id
from tests.hostile import EMPTY, KEPT, REFUSED
from tests.stage import PAGE, Seen, Stage, answer, raw

TEXTS = {**KEPT, **REFUSED, **{name: text for name, text in EMPTY.items() if text}}
MOST_CHARACTERS, MOST_BYTES, BYTES_A_TEXT = 4000, 10_170, 12


def fits(message: Seen) -> None:
    """Within Discord's limits for a message, in characters and in bytes."""
    text = raw(message)
    assert len(text) <= MOST_CHARACTERS
    assert len(text.encode()) + BYTES_A_TEXT <= MOST_BYTES


def check(result: InteractionResult) -> str:
    """An answer was given, and it fits."""
    for message in (result.response, *result.followups):
        if message is not None:
            fits(message)
    return answer(result)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_every_command_answers(stage: Stage, text: str) -> None:
    say, channel, person = stage.moderator.slash, stage.channel, stage.moderator
    record = await record_id(stage, "lake")
    options: list[tuple[str, dict[str, Any]]] = [
        ("context check", {"link": text[:4000]}),
        ("flag show", {"record": text[:4000]}),
        ("flag remove", {"record": text[:4000]}),
        ("flag withdraw", {"message": text[:4000], "reason": text[:200]}),
        ("claim add", {"record": record, "text": text[:1000], "said_by": text[:1000], "quote": text[:2000]}),
        ("claim edit", {"record": record, "claim": "Boats were moved", "text": text[:1000]}),
        ("claim status", {"record": record, "claim": text[:4000], "status": "disputed", "evidence": text[:2048],
                          "date": text[:10].ljust(4, "."), "stance": "supports"}),
        ("settings set", {"objections": text[:100]}),
        ("settings test", {"link": text[:4000]}),
    ]  # fmt: skip
    for command, given in options:
        assert check(await say(channel, command, **given)), command
    for command in ("flag show", "claim add"):
        assert isinstance(await person.autocomplete(channel, command, "record", text[:100]), list)
    form = {**FORM, "title": text[:300], "source": text[:501], "source_url": text[:2048], "claims": text[:4000]}
    shown = await say(channel, "flag add", link="https://hostile.example/1")
    assert check(await person.submit_modal(shown, form))
    shown = await say(channel, "flag edit", record=record)
    assert check(
        await person.submit_modal(shown, edited(shown, title=text[:300], source=text[:501], claims=text[:999]))
    )
    assert check(await say(channel, "flag show", record=record))
    assert check(await say(channel, "settings show"))


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
async def test_a_message_of_it_is_answered_or_not_and_nothing_breaks(stage: Stage, text: str) -> None:
    for content in (text[:2000], f"{text[:1900]} {PAGE}"):
        if content.strip():
            await stage.member.send(stage.channel, content)
    for note in stage.notes():
        fits(note)
        assert note.reference is not None


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
async def test_a_record_of_it_is_shown_as_text_and_pings_nobody(stage: Stage, text: str) -> None:
    labels = [{"key": key, "phrase": text[:120]} for key in ("summary", "editorial", "opinion", "automated")]
    said = {"quote": text[:2000], "attribution": [text[:200]] * 8}
    for number in range(5):
        record = {
            "addresses": [f"https://h{number}.example/1"],
            "title": text[:300],
            "labels": labels,
            "source": {"name": text[:200], "title": text[:300], "url": "https://s.example/"},
            "claims": [{"text": f"{i} {text}"[:1000], **said} for i in range(30)],
        }
        await stage.record(json.dumps(record))
    await stage.rules(objections=text[:100])
    await stage.member.send(stage.channel, "https://h0.example/1")
    await stage.member.send(stage.channel, " ".join(f"https://h{i}.example/1" for i in range(5)))
    assert len(stage.notes()) == 2
    for note in stage.notes():
        fits(note)
        assert not note.mentions
        assert not note.role_mentions
        assert not note.mention_everyone
        result = await stage.member.click(note, label="All claims")
        check(result)
        for _ in range(3):
            assert result.response is not None
            result = await stage.member.click(result.response, label="Next")
            check(result)
