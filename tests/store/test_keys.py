"""Link rules change: every address is found under its new key, or the record is named."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.links import LinkRules, lookup_key
from bot.core.model import OPERATOR, Address, LookupKey, Publication, PublicationId
from bot.store.catalog import SqlCatalog
from bot.store.ids import Ids
from bot.store.keys import has_outdated_keys, make_keys_anew
from bot.store.migrate import migrate, migrations
from bot.store.sqlite import open_database
from tests.cli.program import Done, Program
from tests.store.conftest import NOW
from tests.store.test_contract import MINE

EARLIER = Path(__file__).with_name("earlier.sql")

OLD, NEW = LinkRules.from_parameters(["b"]), LinkRules.from_parameters(["c"])
PAGE = "https://a.example/p"


def publication(*urls: str) -> Publication:
    return Publication(tuple(Address(url, lookup_key(url, OLD) or LookupKey("")) for url in urls), urls[0])


@pytest.mark.parametrize(
    ("records", "found", "meeting"),
    [
        ([[f"{PAGE}?a=1&c=3", f"{PAGE}?a=1&b=2"]], {"a.example/p?a=1": 0, "a.example/p?a=1&b=2": 0}, []),
        ([[f"{PAGE}?a=1&c=3"], [f"{PAGE}?a=1&b=2"]], {"a.example/p?a=1": 0, "a.example/p?a=1&b=2": 1}, []),
        ([[f"{PAGE}?c=1", f"{PAGE}?c=2"]], {"a.example/p": 0}, []),
        ([[f"{PAGE}?c=1"], [f"{PAGE}?c=2"]], {"a.example/p": 0}, [1]),
        ([[PAGE]], {"a.example/p": 0}, []),
    ],
)
async def test_every_address_is_found_again(
    tmp_path: Path, records: list[list[str]], found: dict[str, int], meeting: list[int]
) -> None:
    path = tmp_path / "keys.db"
    await migrate(path, NOW)
    async with open_database(path) as database:
        catalog = SqlCatalog(database, OLD.version, Ids())
        made = [await catalog.add(MINE, publication(*urls), OPERATOR, NOW) for urls in records]
        assert await has_outdated_keys(database, NEW)
        done = await make_keys_anew(database, NEW)
        assert [first for first, _, _ in done.meeting] == [int(made[i].id) for i in meeting]
        for key, number in found.items():
            assert [r.id for r in await catalog.find([LookupKey(key)], [MINE])] == [made[number].id]
        assert await has_outdated_keys(database, NEW) is bool(meeting)
        assert (await make_keys_anew(database, NEW)).done == 0


async def test_a_record_that_waits_goes_on_waiting_whatever_else_changes(tmp_path: Path) -> None:
    path = tmp_path / "keys.db"
    await migrate(path, NOW)
    async with open_database(path) as database:
        old = SqlCatalog(database, OLD.version, Ids())
        for url in (f"{PAGE}?c=1", f"{PAGE}?c=2"):
            await old.add(MINE, publication(url), OPERATOR, NOW)
        [(waiting, _, _)] = (await make_keys_anew(database, NEW)).meeting
        new = SqlCatalog(database, NEW.version, Ids())
        [record] = await new.get([PublicationId(waiting)], [MINE])
        await new.change(record, replace(record.publication, title="Another title"), OPERATOR, NOW)
        assert await has_outdated_keys(database, NEW)
        assert [first for first, _, _ in (await make_keys_anew(database, NEW)).meeting] == [waiting]


async def test_no_address_keeps_the_key_of_another_page(tmp_path: Path) -> None:
    path = tmp_path / "keys.db"
    await migrate(path, NOW)
    async with open_database(path) as database:
        old = SqlCatalog(database, OLD.version, Ids())
        await old.add(MINE, publication(f"{PAGE}?c=1&b=5", f"{PAGE}?b=5"), OPERATOR, NOW)
        await make_keys_anew(database, NEW)
        assert len(await old.find([LookupKey("a.example/p?b=5")], [MINE])) == 1
        assert await old.find([LookupKey("a.example/p")], [MINE]) == [], "without b it is another page now"


def earlier(path: Path) -> None:
    """A database as the program's first version left it."""
    [first, *_] = migrations()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(first.sql)
        connection.executescript(EARLIER.read_text("utf-8"))
        connection.execute("PRAGMA application_id = 1373519998")
        connection.execute("PRAGMA user_version = 1")
        connection.commit()


class TestEarlierRules:
    """A database made under the earlier rules, brought up to date by the program itself."""

    async def test_nothing_is_lost_and_what_would_merge_is_named(self, sidenote: Program) -> None:
        earlier(sidenote.folder / "sidenote.db")
        done = await sidenote("db", "migrate")
        assert "version 5, was 1" in done.out
        assert "keys made anew=6" in done.err
        assert "`sidenote db rekey` shows and merges them" in done.err
        for link, title in (
            ("https://alone.example/a/", "Alone"),
            ("https://amp.alone.example/b?utm_source=x", "Alone"),
            ("https://summaries.example/lake-report#x", "The Lake Report in Short"),
        ):
            assert titles(await sidenote("check", link, "--json")) == [title]

    async def test_rekey_shows_asks_and_merges_each_page_by_itself(self, sidenote: Program) -> None:
        earlier(sidenote.folder / "sidenote.db")
        asked = await sidenote("db", "rekey")
        assert asked.status == 1
        assert "One page: old.example/harbour" in asked.out
        assert "The Harbour, archived  (https://web.archive.org/web/2026/https://old.example/harbour)" in asked.out
        assert "Nothing was merged. --yes merges them" in asked.err
        assert len((await sidenote("export")).out.splitlines()) == 9
        merged = await sidenote("db", "rekey", "--yes")
        assert "Merged: 2" in merged.out
        assert "two different originals" in merged.err
        assert merged.status == 1
        found = json.loads((await sidenote("check", "https://m.summaries.example/lake-report", "--json")).out)
        assert [record["title"] for record in found["records"]] == ["The Lake Report in Short"]
        text = "\n".join(found["note"]["lines"])
        assert "Nine springs ran dry" in text
        assert "A dam is planned" in text
        again = await sidenote("db", "rekey")
        assert again.out.count("One page:") == 1
        assert "Another Bridge" in again.out


def titles(done: Done) -> list[str]:
    """The titles of the records that `check` found."""
    return [record["title"] for record in json.loads(done.out)["records"]]
