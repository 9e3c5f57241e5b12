"""One exam for every store: the fake in memory and SQLite."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.errors import Conflict
from bot.core.links import LinkRules, lookup_key
from bot.core.model import (
    OPERATOR,
    Address,
    AuthorKind,
    ChannelId,
    ChatMessage,
    Claim,
    ClaimStatus,
    ContextNote,
    Evidence,
    GuildId,
    GuildRules,
    Label,
    ListName,
    LookupKey,
    MessageId,
    Mode,
    PartialDate,
    PostKind,
    Publication,
    PublicationId,
    RecordVersion,
    Relation,
    SourcePublication,
    Spoken,
    Stance,
    Todo,
    Verdict,
    Work,
)
from bot.ports import Catalog, GuildBook, NoteLog
from bot.settings import load_words
from bot.store.catalog import SqlCatalog
from bot.store.guilds import SqlGuildBook
from bot.store.ids import Ids
from bot.store.migrate import migrate
from bot.store.notes import SqlNoteLog
from bot.store.sqlite import open_database
from tests.fakes.memory import MemoryCatalog, MemoryGuildBook, MemoryNoteLog

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
MINE, THEIRS = ListName("guild-1"), ListName("guild-2")
RULES = LinkRules()
WORDS = load_words("en")
WEEK = timedelta(days=7)
DEFAULTS = GuildRules(cooldown_seconds=77)


@dataclass
class Stores:
    catalog: Catalog
    notes: NoteLog
    book: GuildBook


@pytest.fixture(params=["memory", "sqlite"])
async def stores(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stores]:
    if request.param == "memory":
        yield Stores(MemoryCatalog(), MemoryNoteLog(), MemoryGuildBook(DEFAULTS))
        return
    path = tmp_path / "contract.db"
    await migrate(path, NOW)
    async with open_database(path) as database:
        ids = Ids()
        yield Stores(
            SqlCatalog(database, RULES.version, ids), SqlNoteLog(database, ids), SqlGuildBook(database, DEFAULTS, ids)
        )


def publication(name: str = "one", *more: str, claims: tuple[Claim, ...] = ()) -> Publication:
    urls = [f"https://a.example/{part}" for part in (name, *more)]
    return Publication(
        tuple(Address(url, key) for url in urls if (key := lookup_key(url, RULES))), f"Title {name}", claims=claims
    )


def key(name: str) -> LookupKey:
    return LookupKey(f"a.example/{name}")


FULL = Publication(
    addresses=publication("full", "other").addresses,
    title="“Größe” 字",
    language="de",
    labels=(Label("a", "Phrase A", PartialDate("2025"), PartialDate("2026-01")), Label("b", "Phrase B")),
    source=SourcePublication("Name", "Title", "https://s.example/", PartialDate("2025-11-19"), Relation.COMMENT_ON),
    works=(Work("W", "https://w.example/"), Work("V")),
    claims=(
        Claim("One", "quote\nof two lines", ("A", "B"), ClaimStatus.DISPUTED,
              (Evidence("https://e.example/", PartialDate("2025"), Stance.SUPPORTS),
               Evidence("https://f.example/", PartialDate("2025-12"), Stance.CONTRADICTS)),
              Verdict("Desk", "Half of it", "https://v.example/", PartialDate("2025-12-01"))),
        Claim("Two"),
    ),
    recorded=NOW,
    reviewed=NOW + timedelta(days=1),
    valid_from=NOW,
    valid_until=NOW + timedelta(days=9),
)  # fmt: skip


class TestCatalog:
    async def test_what_is_added_is_found_whole_by_any_of_its_keys(self, stores: Stores) -> None:
        record = await stores.catalog.add(MINE, FULL, OPERATOR, NOW)
        assert (record.version, record.list, record.publication) == (1, MINE, FULL)
        assert len(set(record.claim_ids)) == 2
        for name in ("full", "other"):
            assert await stores.catalog.find([key(name)], [MINE]) == [record]
        assert await stores.catalog.find([key("full"), key("other"), key("none")], [MINE]) == [record]
        assert await stores.catalog.find([key("none")], [MINE]) == []
        assert await stores.catalog.find([], [MINE]) == []

    async def test_records_of_other_lists_do_not_exist(self, stores: Stores) -> None:
        mine = await stores.catalog.add(MINE, publication(), OPERATOR, NOW)
        theirs = await stores.catalog.add(THEIRS, publication(), OPERATOR, NOW)
        assert await stores.catalog.find([key("one")], [MINE]) == [mine]
        assert await stores.catalog.find([key("one")], [THEIRS, MINE]) == [theirs, mine]
        assert await stores.catalog.get([theirs.id, mine.id], [MINE]) == [mine]
        assert [h.id for h in await stores.catalog.search("title", [MINE], 9)] == [mine.id]
        assert [r async for r in stores.catalog.all(MINE)] == [mine]
        assert await stores.catalog.count(MINE) == 1

    async def test_an_address_belongs_to_one_record_of_a_list(self, stores: Stores) -> None:
        await stores.catalog.add(MINE, publication("one"), OPERATOR, NOW)
        second = await stores.catalog.add(MINE, publication("two"), OPERATOR, NOW)
        for attempt in (
            stores.catalog.add(MINE, publication("three", "one"), OPERATOR, NOW),
            stores.catalog.change(second, publication("two", "one"), OPERATOR, NOW),
        ):
            with pytest.raises(Conflict) as refused:
                await attempt
            assert refused.value.told(WORDS).endswith("already has a record under this address: “Title one”.")
        assert await stores.catalog.find([key("three")], [MINE]) == []
        assert await stores.catalog.get([second.id], [MINE]) == [second]

    async def test_a_change_is_the_next_version_and_keeps_claims_that_stay(self, stores: Stores) -> None:
        claims = (Claim("A"), Claim("B"))
        before = await stores.catalog.add(MINE, publication(claims=claims), OPERATOR, NOW)
        changed = publication("new", claims=(Claim("B", attribution=("X",)), Claim("A"), Claim("C")))
        after = await stores.catalog.change(before, changed, OPERATOR, NOW)
        assert (after.id, after.version, after.publication) == (before.id, 2, changed)
        assert after.claim_ids[:2] == before.claim_ids[::-1]
        assert after.claim_ids[2] not in before.claim_ids
        assert await stores.catalog.find([key("one")], [MINE]) == []

    async def test_who_comes_second_is_told(self, stores: Stores) -> None:
        record = await stores.catalog.add(MINE, publication(), OPERATOR, NOW)
        after = await stores.catalog.change(record, publication("two"), OPERATOR, NOW)
        for attempt in (
            stores.catalog.change(record, publication("three"), OPERATOR, NOW),
            stores.catalog.remove(record, OPERATOR, NOW),
        ):
            with pytest.raises(Conflict, match="changed"):
                await attempt
        assert await stores.catalog.get([record.id], [MINE]) == [after]
        await stores.catalog.remove(after, OPERATOR, NOW)
        with pytest.raises(Conflict, match="changed"):
            await stores.catalog.remove(after, OPERATOR, NOW)
        assert await stores.catalog.count(MINE) == 0
        await stores.catalog.add(MINE, publication("two"), OPERATOR, NOW)

    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("ti", ["Tidal", "100% Tide", "Été du TIDE"]),
            ("ete", ["Été du TIDE"]),
            ("100%", ["100% Tide"]),
            ("_", []),
            ("", ["100% Tide", "Été du TIDE", "Tidal"]),
        ],
    )
    async def test_titles_are_searched_by_any_part(self, stores: Stores, typed: str, found: list[str]) -> None:
        for i, title in enumerate(["Été du TIDE", "Tidal", "100% Tide"]):
            await stores.catalog.add(MINE, replace(publication(f"p{i}"), title=title), OPERATOR, NOW)
        assert [h.title for h in await stores.catalog.search(typed, [MINE], 25)] == found
        assert [h.title for h in await stores.catalog.search(typed, [MINE], 1)] == found[:1]

    async def test_all_goes_by_the_first_key(self, stores: Stores) -> None:
        for names in (("m",), ("z", "b"), ("c",)):
            await stores.catalog.add(MINE, publication(*names), OPERATOR, NOW)
        assert [r.publication.title for r in [r async for r in stores.catalog.all(MINE)]] == [
            "Title z",
            "Title c",
            "Title m",
        ]

    async def test_a_batch_is_seen_whole_or_not_at_all(self, stores: Stores) -> None:
        old = await stores.catalog.add(MINE, publication("old"), OPERATOR, NOW)
        with pytest.raises(ZeroDivisionError):
            async with stores.catalog.batch(MINE, "file", OPERATOR, NOW) as batch:
                await batch.add([publication("one"), publication("two")])
                await batch.change([(old, publication("changed"))])
                assert await stores.catalog.find([key("one")], [MINE]) == []
                assert await stores.catalog.count(MINE) == 1
                raise ZeroDivisionError
        assert [r async for r in stores.catalog.all(MINE)] == [old]
        async with stores.catalog.batch(MINE, "file", OPERATOR, NOW) as batch:
            await batch.add([publication("one"), publication("two")])
            await batch.change([(old, publication("changed"))])
        titles = [r.publication.title async for r in stores.catalog.all(MINE)]
        assert titles == ["Title changed", "Title one", "Title two"]

    async def test_a_batch_that_meets_a_change_is_taken_back_whole(self, stores: Stores) -> None:
        old = await stores.catalog.add(MINE, publication("old"), OPERATOR, NOW)
        with pytest.raises(Conflict):
            async with stores.catalog.batch(MINE, "file", OPERATOR, NOW) as batch:
                await batch.add([publication("one")])
                await batch.change([(old, publication("mine"))])
                await stores.catalog.change(old, publication("theirs"), OPERATOR, NOW)
        assert await stores.catalog.find([key("one"), key("mine")], [MINE]) == []

    async def test_long_lists_of_keys_are_one_question(self, stores: Stores) -> None:
        record = await stores.catalog.add(MINE, publication("n1234"), OPERATOR, NOW)
        assert await stores.catalog.find([key(f"n{i}") for i in range(1300)], [MINE]) == [record]


NOTE = ContextNote((), (), (RecordVersion(PublicationId(5), 1), RecordVersion(PublicationId(6), 2)))


def message(number: int = 1, *, channel: int = 9, seconds: float = 0) -> ChatMessage:
    return ChatMessage(
        MessageId(number), GuildId(1), ChannelId(channel), AuthorKind.MEMBER, NOW + timedelta(seconds=seconds), ()
    )


class TestNoteLog:
    async def test_a_slot_is_granted_once_however_many_ask(self, stores: Stores) -> None:
        granted = await asyncio.gather(*(stores.notes.reserve(message(), NOTE, PostKind.NOTE, NOW) for _ in range(20)))
        assert sum(filter(None, granted)) == 1

    async def test_a_note_is_found_by_its_message_and_by_itself(self, stores: Stores) -> None:
        assert await stores.notes.get(MessageId(1)) is None
        await stores.notes.reserve(message(), NOTE, PostKind.NOTE, NOW)
        reserved = await stores.notes.get(MessageId(1))
        assert reserved is not None
        assert (reserved.note_message_id, reserved.records, reserved.withdrawn) == (None, NOTE.records, None)
        assert await stores.notes.confirm(MessageId(1), MessageId(2), NOW)
        posted = await stores.notes.by_note(MessageId(2))
        assert posted is not None
        assert posted == replace(reserved, note_message_id=MessageId(2), todo=posted.todo)
        assert posted.todo is not Todo.SETTLE
        assert await stores.notes.by_note(MessageId(1)) is None

    async def test_a_vacated_slot_is_given_again_under_the_next_number(self, stores: Stores) -> None:
        assert await stores.notes.reserve(message(), NOTE, PostKind.NOTE, NOW) == 1
        await stores.notes.vacate(MessageId(1), NOW)
        assert await stores.notes.get(MessageId(1)) is None
        assert await stores.notes.reserve(message(), NOTE, PostKind.NOTE, NOW) == 2
        assert await stores.notes.reserve(message(), NOTE, PostKind.NOTE, NOW) == 0
        await stores.notes.confirm(MessageId(1), MessageId(2), NOW)
        assert await stores.notes.reserve(message(), NOTE, PostKind.NOTE, NOW) == 0
        await stores.notes.vacate(MessageId(1), NOW)
        assert await stores.notes.by_note(MessageId(2)) is None
        renewed = ContextNote((), (), NOTE.records[:1])
        assert await stores.notes.reserve(message(), renewed, PostKind.NOTE, NOW) == 3
        posted = await stores.notes.get(MessageId(1))
        assert posted is not None
        assert (posted.note_message_id, posted.records) == (None, renewed.records)

    async def test_an_observation_is_made_once_and_does_not_stand_in_a_notes_way(self, stores: Stores) -> None:
        assert await stores.notes.reserve(message(), NOTE, PostKind.OBSERVATION, NOW)
        assert not await stores.notes.reserve(message(), NOTE, PostKind.OBSERVATION, NOW)
        assert await stores.notes.get(MessageId(1)) is None
        assert (await stores.notes.past(message(2), [PublicationId(5)], PostKind.NOTE, WEEK)).last_spoken == {}
        assert (await stores.notes.past(message(2), [PublicationId(5)], PostKind.OBSERVATION, WEEK)).last_spoken
        assert await stores.notes.reserve(message(), NOTE, PostKind.NOTE, NOW)
        assert not await stores.notes.reserve(message(), NOTE, PostKind.OBSERVATION, NOW)

    async def test_a_withdrawn_note_stays_withdrawn(self, stores: Stores) -> None:
        await stores.notes.reserve(message(), NOTE, PostKind.NOTE, NOW)
        await stores.notes.confirm(MessageId(1), MessageId(2), NOW)
        assert await stores.notes.withdraw(MessageId(1), "why", NOW)
        assert not await stores.notes.withdraw(MessageId(1), "why", NOW)
        assert not await stores.notes.withdraw(MessageId(7), "why", NOW)
        assert not await stores.notes.reserve(message(), NOTE, PostKind.NOTE, NOW)
        posted = await stores.notes.get(MessageId(1))
        assert posted is not None
        assert posted.withdrawn

    async def test_a_note_withdrawn_on_its_way_is_told_at_confirm(self, stores: Stores) -> None:
        await stores.notes.reserve(message(), NOTE, PostKind.NOTE, NOW)
        await stores.notes.withdraw(MessageId(1), "message deleted", NOW)
        assert not await stores.notes.confirm(MessageId(1), MessageId(2), NOW)
        posted = await stores.notes.get(MessageId(1))
        assert posted is not None
        assert posted.note_message_id == 2

    async def test_the_newest_note_of_a_channel_is_one_that_stands(self, stores: Stores) -> None:
        for number in (1, 2, 3):
            await stores.notes.reserve(message(number, seconds=number), NOTE, PostKind.NOTE, NOW)
            if number < 3:
                await stores.notes.confirm(MessageId(number), MessageId(10 + number), NOW)
        await stores.notes.reserve(message(4, channel=8, seconds=9), NOTE, PostKind.NOTE, NOW)
        latest = await stores.notes.latest(ChannelId(9))
        assert latest is not None
        assert latest.message_id == 2
        await stores.notes.withdraw(MessageId(2), "gone", NOW)
        latest = await stores.notes.latest(ChannelId(9))
        assert latest is not None
        assert latest.message_id == 1
        assert await stores.notes.latest(ChannelId(7)) is None

    async def test_the_past_of_a_channel_is_its_own_without_the_message_itself(self, stores: Stores) -> None:
        await stores.notes.reserve(message(1, seconds=-90), NOTE, PostKind.NOTE, NOW)
        shorter = ContextNote((), (), NOTE.records[:1])
        await stores.notes.reserve(message(2, seconds=-30), shorter, PostKind.NOTE, NOW)
        await stores.notes.reserve(message(3, channel=8), NOTE, PostKind.NOTE, NOW)
        await stores.notes.reserve(message(4), NOTE, PostKind.NOTE, NOW)
        past = await stores.notes.past(
            message(4), [PublicationId(5), PublicationId(6), PublicationId(7)], PostKind.NOTE, WEEK
        )
        assert past.last_spoken == {
            PublicationId(5): Spoken(NOW - timedelta(seconds=30), MessageId(2)),
            PublicationId(6): Spoken(NOW - timedelta(seconds=90), MessageId(1)),
        }
        assert past.notes_last_minute == 2  # this message's own attempts count too
        assert (await stores.notes.past(message(4), [], PostKind.NOTE, WEEK)).last_spoken == {}

    async def test_a_withdrawn_note_does_not_keep_its_record_quiet(self, stores: Stores) -> None:
        await stores.notes.reserve(message(1, seconds=-5), NOTE, PostKind.NOTE, NOW)
        await stores.notes.withdraw(MessageId(1), "gone", NOW)
        assert (await stores.notes.past(message(2), [PublicationId(5)], PostKind.NOTE, WEEK)).last_spoken == {}

    async def test_a_renewed_note_speaks_of_other_records(self, stores: Stores) -> None:
        await stores.notes.reserve(message(), NOTE, PostKind.NOTE, NOW)
        renewed = ContextNote((), (), (RecordVersion(PublicationId(6), 3),))
        await stores.notes.renew(MessageId(1), renewed, None)
        posted = await stores.notes.get(MessageId(1))
        assert posted is not None
        assert posted.records == renewed.records

    async def test_a_notice_is_given_once_until_it_is_cleared(self, stores: Stores) -> None:
        given = [await stores.notes.notice(ChannelId(9), "a", NOW) for _ in range(3)]
        assert given == [True, False, False]
        assert await stores.notes.notice(ChannelId(9), "b", NOW)
        assert await stores.notes.notice(ChannelId(8), "a", NOW)
        await stores.notes.clear_notices(ChannelId(9))
        assert await stores.notes.notice(ChannelId(9), "a", NOW)
        assert not await stores.notes.notice(ChannelId(8), "a", NOW)


class TestGuildBook:
    async def test_a_guild_has_the_defaults_until_it_sets_its_own(self, stores: Stores) -> None:
        assert await stores.book.rules(GuildId(1)) == DEFAULTS
        rules = GuildRules(Mode.POST, frozenset({ChannelId(3), ChannelId(4)}), ChannelId(5), 60, "#here", True, 9)
        await stores.book.save(GuildId(1), rules, OPERATOR, NOW)
        assert await stores.book.rules(GuildId(1)) == rules
        assert await stores.book.rules(GuildId(2)) == DEFAULTS
        await stores.book.save(GuildId(1), DEFAULTS, OPERATOR, NOW)
        assert await stores.book.rules(GuildId(1)) == DEFAULTS
