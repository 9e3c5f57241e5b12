"""One exam for every catalogue and guild book: the fake in memory and SQLite (notes: `test_note_log`)."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.core.errors import Conflict
from bot.core.links import lookup_key
from bot.core.model import (
    OPERATOR,
    Address,
    ChannelId,
    Claim,
    ClaimStatus,
    Evidence,
    GuildId,
    GuildRules,
    Label,
    ListName,
    LookupKey,
    Mode,
    PartialDate,
    Publication,
    Relation,
    SourcePublication,
    Stance,
    Verdict,
    Work,
)
from bot.settings import load_words
from tests.store.conftest import DEFAULTS, NOW, RULES, Stores

WORDS = load_words("en")
MINE, THEIRS = ListName("guild-1"), ListName("guild-2")


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

    async def test_long_lists_of_keys_are_one_question(self, stores: Stores) -> None:
        record = await stores.catalog.add(MINE, publication("n1234"), OPERATOR, NOW)
        assert await stores.catalog.find([key(f"n{i}") for i in range(1300)], [MINE]) == [record]


class TestGuildBook:
    async def test_a_guild_has_the_defaults_until_it_sets_its_own(self, stores: Stores) -> None:
        assert await stores.book.rules(GuildId(1)) == DEFAULTS
        rules = GuildRules(Mode.POST, frozenset({ChannelId(3), ChannelId(4)}), ChannelId(5), 60, "#here", True, 9)
        await stores.book.save(GuildId(1), rules, OPERATOR, NOW)
        assert await stores.book.rules(GuildId(1)) == rules
        assert await stores.book.rules(GuildId(2)) == DEFAULTS
        await stores.book.save(GuildId(1), DEFAULTS, OPERATOR, NOW)
        assert await stores.book.rules(GuildId(1)) == DEFAULTS
