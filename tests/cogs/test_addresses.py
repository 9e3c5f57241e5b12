"""A record's addresses as its moderators keep them: every change can be taken back, in its own server."""

from typing import Any

import pytest

from bot.core.model import FoundKind, LookupKey, PublicationId
from bot.live import utc_now
from tests.cogs.acts import demote, given, record_id
from tests.stage import OTHER, PAGE, Stage, answer, buttons, read

COPY = "https://copies.example/lake"


async def change(stage: Stage, **options: Any) -> Any:
    """What /flag addresses answers the moderator about the lake report."""
    record = options.pop("record", None) or await record_id(stage, "lake")
    return await stage.moderator.slash(stage.channel, "flag addresses", record=record, **options)


async def undo(stage: Stage, done: Any, where: Stage | None = None) -> str:
    """Presses the answer's button, or one like it in another server, or once more."""
    where = where or stage
    custom_id = next(c["custom_id"] for c in _components(given(done)) if c.get("custom_id"))
    row = {"type": 1, "components": [{"type": 2, "style": 2, "label": "Undo", "custom_id": custom_id}]}
    backend = stage.env.backend
    backend.create_message(where.channel.id, backend.bot_user.id, "x", components=[row])
    message = where.channel.last_message
    assert message is not None
    pressed = await where.moderator.click(message, label="Undo")
    said = [m for m in (pressed.response, *pressed.followups) if m is not None]
    return read(said[-1]) if said else read(where.channel.last_message)


async def noted(stage: Stage, link: str) -> list[str]:
    """The titles of the note that a link gets in a fresh channel."""
    channel = stage.guild.create_text_channel("fresh")
    await stage.member.send(channel, link)
    return [line for note in stage.notes(channel) for line in read(note).splitlines() if line.startswith("###")]


async def test_an_added_address_counts_until_it_is_taken_back(stage: Stage) -> None:
    done = await change(stage, action="add", address=f"read {COPY}?utm_source=x !")
    assert f"“The Lake Report in Short” is now also found under {COPY}" in answer(done)
    assert await noted(stage, COPY) == ["### The Lake Report in Short"]
    await undo(stage, done)
    assert await noted(stage, COPY) == []
    assert await noted(stage, PAGE) == ["### The Lake Report in Short"]


async def test_undo_twice_and_after_another_change_does_nothing(stage: Stage) -> None:
    done = await change(stage, action="add", address=COPY)
    await undo(stage, done)
    assert "changed since, or this was taken back before" in await undo(stage, done)
    done = await change(stage, action="add", address=COPY)
    await stage.moderator.slash(stage.channel, "claim add", record=PAGE, text="One more")
    assert "changed since" in await undo(stage, done)
    assert await noted(stage, COPY) == ["### The Lake Report in Short"]


async def test_an_undone_change_is_done_with(stage: Stage) -> None:
    first = await change(stage, action="add", address=COPY)
    await undo(stage, first)
    await change(stage, action="add", address=COPY)
    assert "taken back before" in await undo(stage, first)
    assert await noted(stage, COPY) == ["### The Lake Report in Short"]


async def test_a_removed_address_leads_nowhere_and_the_last_one_stays(stage: Stage) -> None:
    assert "A record needs an address." in answer(await change(stage, action="remove", address=PAGE))
    await change(stage, action="add", address=COPY)
    done = await change(stage, action="remove", address=PAGE)
    assert "is no longer found under" in answer(done)
    assert await noted(stage, PAGE) == []
    record = await record_id(stage, "lake")
    assert "1. https://copies.example/lake" in answer(await change(stage, record=record))
    await undo(stage, done)
    assert await noted(stage, PAGE) == ["### The Lake Report in Short"]


async def test_split_makes_a_record_of_its_own_and_undo_one_again(stage: Stage) -> None:
    await change(stage, action="add", address=COPY)
    done = await change(stage, action="split", address=COPY)
    assert f"{COPY} is now a record of its own" in answer(done)
    titles = await stage.moderator.autocomplete(stage.channel, "flag show", "record", "lake")
    assert len(titles) == 2
    assert await noted(stage, f"{PAGE} {COPY}") == ["### The Lake Report in Short"] * 2
    await undo(stage, done)
    assert await noted(stage, f"{PAGE} {COPY}") == ["### The Lake Report in Short"]


async def test_merge_brings_everything_together_and_undo_takes_it_apart(stage: Stage) -> None:
    third = '{"addresses":["https://third.example/x"],"title":"A Third","labels":["opinion"],"claims":["x"]}'
    await stage.record(third.replace('["x"]', '[{"text":"It snowed"}]'))
    lake, other = await record_id(stage, "lake"), await record_id(stage, "third")
    done = await change(stage, record=lake, action="merge", other=other)
    assert "“A Third” was merged into “The Lake Report in Short”" in answer(done)
    assert await noted(stage, "https://third.example/x") == ["### The Lake Report in Short"]
    shown = answer(await stage.moderator.slash(stage.channel, "flag show", record=lake))
    assert "It snowed" in shown
    await undo(stage, done)
    assert await noted(stage, "https://third.example/x") == ["### A Third"]
    assert await record_id(stage, "third") == other, "the record that came back is the same one"
    shown = answer(await stage.moderator.slash(stage.channel, "flag show", record=lake))
    assert "It snowed" not in shown


async def test_two_originals_are_never_mixed(stage: Stage) -> None:
    lake, bridge = await record_id(stage, "lake"), await record_id(stage, "bridge")
    assert "two different originals" in answer(await change(stage, record=lake, action="merge", other=bridge))
    assert "one and the same record" in answer(await change(stage, record=lake, action="merge", other=lake))
    assert await noted(stage, OTHER) == ["### The Bridge in Short"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"action": "add"}, "Say which address"),
        ({"action": "merge"}, "Say which record is merged"),
        ({"action": "add", "address": OTHER}, "already has a record under this address: “The Bridge in Short”"),
        ({"action": "add", "address": f"{PAGE}/?fbclid=1"}, "already has a record under this address"),
        ({"action": "add", "address": "nothing"}, "There is no web link in this."),
        ({"action": "remove", "address": COPY}, "The record has no such address."),
        ({"action": "accept", "address": COPY}, "No such address was found for this record."),
        ({"action": "merge", "other": "no such title"}, "There is no such record here."),
    ],
)
async def test_what_cannot_be_done_is_said(stage: Stage, options: dict[str, str], says: str) -> None:
    assert says in answer(await change(stage, **options))


async def test_a_found_address_proposes_only(stage: Stage) -> None:
    record = int(await record_id(stage, "lake"))
    [kept] = await stage.house.catalog.get([PublicationId(record)], [f"guild-{stage.id}"])  # type: ignore[list-item]
    key = LookupKey("copies.example/lake")
    propose = stage.house.addresses.propose
    assert await propose(kept, COPY, key, FoundKind.CANONICAL, "the page", utc_now())
    assert not await propose(kept, COPY, key, FoundKind.COPY, "again", utc_now())
    assert not await propose(kept, PAGE, kept.publication.addresses[0].key, FoundKind.COPY, "known", utc_now())
    assert await noted(stage, COPY) == []
    assert (
        "Found, not counted yet: https://copies.example/lake (named by the page itself, said by the page on"
        in answer(await change(stage))
    )
    offered = await stage.moderator.autocomplete(
        stage.channel, "flag addresses", "address", "copies", record=str(record), action="accept"
    )
    assert [choice["value"] for choice in offered] == [COPY]
    assert "is not proposed" in answer(await change(stage, action="dismiss", address=COPY))
    assert not await propose(kept, COPY, key, FoundKind.COPY, "third time", utc_now())
    assert "Nothing was found that waits for you." in answer(await change(stage))


async def test_only_those_who_keep_records_change_and_undo(stage: Stage) -> None:
    await stage.open_commands()
    refused = await stage.member.slash(stage.channel, "flag addresses", record=PAGE)
    assert "Manage Messages" in answer(refused)
    done = await change(stage, action="add", address=COPY)
    assert buttons(given(done)) == [("Undo", None)]
    demote(stage)
    assert "Manage Messages" in answer(await stage.moderator.click(given(done), label="Undo"))
    assert await noted(stage, COPY) == ["### The Lake Report in Short"]


async def test_another_servers_change_cannot_be_taken_back(stage: Stage) -> None:
    done = await change(stage, action="add", address=COPY)
    other = Stage(stage.house, stage.env, stage.env.create_guild("Another"), stage.web)
    await other.rules()
    assert "There is no such change to take back." in await undo(stage, done, other)
    assert await noted(stage, COPY) == ["### The Lake Report in Short"]


def _components(message: Any) -> list[Any]:
    found: list[Any] = []
    waiting = list(message.components)
    while waiting:
        component = waiting.pop()
        found.append(component)
        waiting += component.get("components") or []
    return found


async def test_undo_brings_back_dates_and_who_claimed(stage: Stage) -> None:
    expired = (
        '{"addresses":["https://past.example/a","https://past.example/b"],"title":"Past","labels":["summary"],'
        '"recorded":"2020-01-01T00:00:00Z","valid_from":"2020-01-01T00:00:00Z","valid_until":"2021-01-01T00:00:00Z"}'
    )
    await stage.record(expired)
    record = await record_id(stage, "past")
    before = answer(await stage.moderator.slash(stage.channel, "flag show", record=record))
    for options in ({"action": "add", "address": COPY}, {"action": "split", "address": "https://past.example/b"}):
        await undo(stage, await change(stage, record=record, **options))
        after = answer(await stage.moderator.slash(stage.channel, "flag show", record=record))
        assert _without_versions(after) == _without_versions(before)
    assert await noted(stage, "https://past.example/a https://past.example/b") == []


async def test_records_that_contradict_each_other_are_not_merged(stage: Stage) -> None:
    claim = '{"text":"It snowed","status":"%s","evidence":[{"url":"https://e.example/","date":"2026","stance":"%s"}]}'
    one = '{"addresses":["https://one.example/a"],"title":"One","labels":["summary"],"claims":[%s]}'
    two = '{"addresses":["https://two.example/a"],"title":"Two","labels":["summary"],"claims":[%s]}'
    three = (
        '{"addresses":["https://three.example/a"],"title":"Three","labels":["summary"],'
        '"valid_until":"2021-01-01T00:00:00Z"}'
    )
    await stage.record(one % (claim % ("refuted", "contradicts")), two % (claim % ("supported", "supports")), three)
    first, second, third = [await record_id(stage, name) for name in ("one", "two", "three")]
    assert "one claim two statuses" in answer(await change(stage, record=first, action="merge", other=second))
    assert "in force at different times" in answer(await change(stage, record=first, action="merge", other=third))
    assert await noted(stage, "https://one.example/a https://two.example/a") == ["### One", "### Two"]


async def test_what_is_accepted_is_what_was_found(stage: Stage) -> None:
    record = int(await record_id(stage, "lake"))
    [kept] = await stage.house.catalog.get([PublicationId(record)], [f"guild-{stage.id}"])  # type: ignore[list-item]
    odd = "https://bit.ly/abc!"
    assert await stage.house.addresses.propose(kept, odd, LookupKey("bit.ly/abc!"), FoundKind.REDIRECT, "x", utc_now())
    done = await change(stage, action="accept", address=odd)
    assert f"is now also found under {odd}" in answer(done)
    assert await noted(stage, f"<{odd}>") == ["### The Lake Report in Short"]
    assert await noted(stage, "https://bit.ly/abc") == []
    await undo(stage, done)
    assert f"Found, not counted yet: {odd}" in answer(await change(stage)), "taken back, it waits again"


def _without_versions(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("-# Version")]
