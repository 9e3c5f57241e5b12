"""Imports on SQLite: seen whole or not at all, taken back whole, resumed wherever they were stopped."""

import asyncio
import json
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.errors import Conflict
from bot.core.model import OPERATOR, BatchId, Claim, ListName, LookupKey, Publication, Record
from bot.core.records import pack, read_kept
from bot.ports import Growth, Held, Import
from bot.store import care
from bot.store.catalog import SqlCatalog
from bot.store.changes import SqlRecordChanges
from bot.store.ids import Ids
from bot.store.imports import SqlImports
from bot.store.migrate import migrate
from bot.store.queries import Queries
from bot.store.search import write_missing_words
from bot.store.sqlite import Database, open_database
from tests.store.conftest import NOW, READING, RULES
from tests.store.test_contract import FULL, MINE, THEIRS, key, publication


@dataclass
class Shelf:
    """A fresh database and what is done with it."""

    path: Path
    database: Database
    catalog: SqlCatalog
    imports: SqlImports

    async def bring(self, *records: Publication, name: ListName = MINE) -> BatchId:
        """Imports new records."""
        async with self.imports.open(name, "file", OPERATOR, NOW) as under_way, under_way.step() as step:
            await step.write([pack(record) for record in records], [])
        assert under_way.id is not None
        return under_way.id

    async def add_to(self, under_way: Import, record: Publication, more: Publication) -> None:
        """Adds to a record within an import."""
        async with under_way.step() as step:
            [held], _ = await step.held([record.addresses[0].key])
            await step.write([], [Growth(held, incoming=(more,))])

    async def titles(self, name: ListName = MINE) -> list[str]:
        """What is seen of a list."""
        return [r.publication.title async for r in self.catalog.all(name)]

    async def one(self, name: str) -> Record:
        """The record under a key."""
        [record] = await self.catalog.find([key(name)], [MINE])
        return record

    async def settle(self) -> int:
        """Does all that is left; in how many steps."""
        steps = 0
        while await self.imports.settle(NOW):
            steps += 1
            assert steps < 1000
        return steps

    def rows(self, table: str) -> int:
        """How many rows a table has, for another program."""
        with sqlite3.connect(self.path) as connection:
            found = connection.execute(f"SELECT COUNT(*) FROM {table}").fetchone()
        connection.close()
        return int(found[0])


@pytest.fixture
async def shelf(tmp_path: Path) -> AsyncIterator[Shelf]:
    path = tmp_path / "imports.db"
    await migrate(path, NOW)
    async with open_database(path) as database:
        yield opened(path, database)


def opened(path: Path, database: Database) -> Shelf:
    ids = Ids()
    catalog = SqlCatalog(database, RULES.version, ids)
    imports = SqlImports(database, catalog, ids, lambda text: read_kept(json.loads(text), READING), lambda: NOW)
    return Shelf(path, database, catalog, imports)


def plain(name: str, *more: str, claims: tuple[Claim, ...] = ()) -> Publication:
    return publication(name, *more, claims=claims)


class TestOpen:
    async def test_what_comes_is_seen_whole_or_not_at_all(self, shelf: Shelf) -> None:
        old = await shelf.catalog.add(MINE, plain("old"), OPERATOR, NOW)
        more = plain("old", claims=(Claim("More"),))
        with pytest.raises(ZeroDivisionError):
            async with shelf.imports.open(MINE, "file", OPERATOR, NOW) as under_way:
                async with under_way.step() as step:
                    await step.write([pack(plain("one")), pack(plain("two"))], [])
                await shelf.add_to(under_way, old.publication, more)
                assert await shelf.titles() == ["Title old"]
                assert await shelf.catalog.find([key("one")], [MINE]) == []
                assert await shelf.catalog.search("title", [MINE], 9) == [
                    h for h in await shelf.catalog.search("", [MINE], 9) if h.title == "Title old"
                ]
                raise ZeroDivisionError
        assert [r async for r in shelf.catalog.all(MINE)] == [old]
        assert (shelf.rows("batches"), shelf.rows("batch_changes"), shelf.rows("publications")) == (0, 0, 1)
        async with shelf.imports.open(MINE, "file", OPERATOR, NOW) as under_way:
            async with under_way.step() as step:
                await step.write([pack(plain("one")), pack(FULL)], [])
            await shelf.add_to(under_way, old.publication, more)
        assert await shelf.titles() == [FULL.title, "Title old", "Title one"]
        assert (await shelf.one("full")).publication == FULL
        assert (await shelf.one("old")).publication.claims == (Claim("More"),)
        [batch] = await shelf.imports.made([MINE], 9)
        assert (batch.added, batch.changed, batch.origin, batch.undone) == (2, 1, "file", None)
        assert await shelf.imports.made([THEIRS], 9) == []
        assert await care.check(shelf.path) == []

    async def test_nothing_new_leaves_no_batch(self, shelf: Shelf) -> None:
        async with shelf.imports.open(MINE, "file", OPERATOR, NOW) as under_way, under_way.step() as step:
            await step.write([], [])
        assert under_way.id is None
        assert shelf.rows("batches") == 0

    async def test_later_entries_meet_what_earlier_ones_brought(self, shelf: Shelf) -> None:
        old = await shelf.catalog.add(MINE, plain("old"), OPERATOR, NOW)
        async with shelf.imports.open(MINE, "file", OPERATOR, NOW) as under_way:
            async with under_way.step() as step:
                await step.write([pack(plain("one", claims=(Claim("A"),)))], [])
            async with under_way.step() as step:
                [held], unseen = await step.held([key("one"), key("none")])
                assert (held.publication.title, held.record, unseen) == ("Title one", None, frozenset())
                whole = replace(plain("one", "new"), claims=(Claim("A"), Claim("B")))
                await step.write([], [Growth(held, packed=pack(whole))])
            await shelf.add_to(under_way, old.publication, plain("old", "added"))
            async with under_way.step() as step:
                [held], _ = await step.held([key("added")])  # a key that the import brings to a record that was there
                assert (held.record, held.incoming) == (old, (plain("old", "added"),))
                assert len(held.publication.addresses) == 2
        assert [c.text for c in (await shelf.one("new")).publication.claims] == ["A", "B"]
        assert (await shelf.one("added")).id == old.id
        [batch] = await shelf.imports.made([MINE], 9)
        assert (batch.added, batch.changed) == (1, 1)

    async def test_a_change_meanwhile_is_added_to_and_not_overwritten(self, shelf: Shelf) -> None:
        old = await shelf.catalog.add(MINE, plain("old"), OPERATOR, NOW)
        async with shelf.imports.open(MINE, "file", OPERATOR, NOW) as under_way:
            await shelf.add_to(under_way, old.publication, plain("old", claims=(Claim("Theirs"),)))
            mine = replace(old.publication, title="Mine", claims=(Claim("Mine"),))
            await shelf.catalog.change(old, mine, OPERATOR, NOW)
        after = (await shelf.one("old")).publication
        assert (after.title, [c.text for c in after.claims]) == ("Mine", ["Mine", "Theirs"])

    async def test_a_record_that_cannot_be_changed_any_more_is_said(self, shelf: Shelf) -> None:
        gone = await shelf.catalog.add(MINE, plain("gone"), OPERATOR, NOW)
        held = await shelf.catalog.add(MINE, plain("held"), OPERATOR, NOW)
        async with shelf.imports.open(MINE, "file", OPERATOR, NOW) as under_way:
            await shelf.add_to(under_way, gone.publication, plain("gone", claims=(Claim("X"),)))
            await shelf.add_to(under_way, held.publication, plain("held", "taken"))
            await shelf.catalog.remove(gone, OPERATOR, NOW)
            await shelf.catalog.add(MINE, plain("taken"), OPERATOR, NOW)
        assert sorted((m.title, m.key, *m.values.values()) for m in under_way.missed) == [
            ("", "refused.removed_meanwhile"), ("Title held", "refused.held", "Title taken"),
        ]  # fmt: skip
        assert (await shelf.imports.made([MINE], 9))[0].changed == 0
        assert (await shelf.one("held")).publication == held.publication
        assert await shelf.settle() == 0

    async def test_two_imports_at_once_do_not_take_each_others_addresses(self, shelf: Shelf) -> None:
        async with shelf.imports.open(MINE, "first", OPERATOR, NOW) as first:
            async with first.step() as step:
                await step.write([pack(plain("one"))], [])
            async with shelf.imports.open(MINE, "second", OPERATOR, NOW) as second, second.step() as step:
                assert await step.held([key("one"), key("two")]) == ([], frozenset([key("one")]))
            with pytest.raises(Conflict) as refused:
                await shelf.catalog.add(MINE, plain("one"), OPERATOR, NOW)
            assert refused.value.key == "refused.held_unseen"
            assert not await shelf.imports.settle(NOW)  # what is under way is nobody's to clear

    async def test_many_changes_are_made_in_short_steps(self, shelf: Shelf) -> None:
        records = [plain(f"n{i}") for i in range(130)]
        await shelf.bring(*records)
        async with shelf.imports.open(MINE, "file", OPERATOR, NOW) as under_way, under_way.step() as step:
            held, _ = await step.held([r.addresses[0].key for r in records])
            assert len(held) == 130
            await step.write([], [Growth(h, incoming=(replace(h.publication, claims=(Claim("New"),)),)) for h in held])
        assert {r.publication.claims async for r in shelf.catalog.all(MINE)} == {(Claim("New"),)}


class TestUndo:
    async def test_one_that_is_undone_while_it_is_being_finished_is_taken_back(self, shelf: Shelf) -> None:
        old = [await shelf.catalog.add(MINE, plain(f"old{i}"), OPERATOR, NOW) for i in range(120)]

        async def bring() -> None:
            async with shelf.imports.open(MINE, "file", OPERATOR, NOW) as under_way, under_way.step() as step:
                held, _ = await step.held([record.publication.addresses[0].key for record in old])
                more = [plain(f"old{i}", claims=(Claim("More"),)) for i in range(120)]
                by_key = {publication.addresses[0].key: publication for publication in more}
                growths = [Growth(one, incoming=(by_key[next(iter(one.keys))],)) for one in held]
                await step.write([pack(plain("new"))], growths)

        bringing = asyncio.ensure_future(bring())
        made = await shelf.imports.made([MINE], 9)
        while not made:
            made = await shelf.imports.made([MINE], 9)
        await shelf.imports.undo(made[0].id, OPERATOR, NOW, keep_changes=False)
        await bringing
        assert await shelf.settle() > 0
        assert [r.publication.claims async for r in shelf.catalog.all(MINE)] == [()] * 120
        assert shelf.rows("publications") == 120
        assert shelf.rows("batch_keys") == 0

    async def test_it_takes_back_all_of_it_at_once(self, shelf: Shelf) -> None:
        old = await shelf.catalog.add(MINE, plain("old"), OPERATOR, NOW)
        async with shelf.imports.open(MINE, "file", OPERATOR, NOW) as under_way:
            async with under_way.step() as step:
                await step.write([pack(plain(f"n{i}")) for i in range(450)], [])
            await shelf.add_to(under_way, old.publication, plain("old", claims=(Claim("More"),)))
        batch_id = under_way.id
        assert batch_id
        await shelf.imports.undo(batch_id, OPERATOR, NOW, keep_changes=False)
        assert await shelf.titles() == ["Title old"]
        assert await shelf.catalog.find([key("n7")], [MINE]) == []
        assert await shelf.settle() >= 4
        assert (await shelf.one("old")).publication == old.publication
        for table in ("addresses", "publications", "title_words"):
            assert shelf.rows(table) == {"title_words": 2}.get(table, 1)
        [batch] = await shelf.imports.made([MINE], 9)
        assert batch.undone == NOW
        assert await care.check(shelf.path) == []
        with pytest.raises(Conflict):
            await shelf.imports.undo(batch_id, OPERATOR, NOW, keep_changes=True)
        await shelf.bring(plain("n7"))  # its address is free again

    async def test_it_is_refused_where_a_record_was_changed_since(self, shelf: Shelf) -> None:
        batch_id = await shelf.bring(plain("one"), plain("two"), plain("three"))
        two = await shelf.one("two")
        changed = await shelf.catalog.change(two, replace(two.publication, title="Mine"), OPERATOR, NOW)
        assert await shelf.imports.changed_since(batch_id, 9) == [changed]
        with pytest.raises(Conflict) as refused:
            await shelf.imports.undo(batch_id, OPERATOR, NOW, keep_changes=False)
        assert refused.value.key == "refused.batch_changed"
        assert len(await shelf.titles()) == 3
        await shelf.imports.undo(batch_id, OPERATOR, NOW, keep_changes=True)
        assert await shelf.titles() == ["Mine"]
        await shelf.settle()
        assert await shelf.titles() == ["Mine"]

    async def test_a_change_that_was_changed_back_is_none(self, shelf: Shelf) -> None:
        batch_id = await shelf.bring(plain("one"))
        one = await shelf.one("one")
        there = await shelf.catalog.change(one, replace(one.publication, title="Else"), OPERATOR, NOW)
        await shelf.catalog.change(there, one.publication, OPERATOR, NOW)
        assert await shelf.imports.changed_since(batch_id, 9) == []
        await shelf.imports.undo(batch_id, OPERATOR, NOW, keep_changes=False)
        await shelf.settle()
        assert await shelf.titles() == []

    async def test_an_addition_to_a_record_that_was_changed_since_stays_only_if_wished(self, shelf: Shelf) -> None:
        old = await shelf.catalog.add(MINE, plain("old"), OPERATOR, NOW)
        async with shelf.imports.open(MINE, "file", OPERATOR, NOW) as under_way:
            await shelf.add_to(under_way, old.publication, plain("old", claims=(Claim("More"),)))
        assert under_way.id
        grown = await shelf.one("old")
        mine = await shelf.catalog.change(grown, replace(grown.publication, title="Mine"), OPERATOR, NOW)
        assert await shelf.imports.changed_since(under_way.id, 9) == [mine]
        await shelf.imports.undo(under_way.id, OPERATOR, NOW, keep_changes=True)
        await shelf.settle()
        assert (await shelf.one("old")).publication == mine.publication

    async def test_what_one_import_brought_and_another_added_to(self, shelf: Shelf) -> None:
        first = await shelf.bring(plain("one"))
        async with shelf.imports.open(MINE, "second", OPERATOR, NOW) as second:
            await shelf.add_to(second, plain("one"), plain("one", claims=(Claim("B"),)))
        assert second.id
        assert len(await shelf.imports.changed_since(first, 9)) == 1
        await shelf.imports.undo(second.id, OPERATOR, NOW, keep_changes=False)
        await shelf.settle()
        assert await shelf.imports.changed_since(first, 9) == []
        await shelf.imports.undo(first, OPERATOR, NOW, keep_changes=False)
        assert await shelf.titles() == []

    async def test_its_notes_are_to_follow(self, shelf: Shelf) -> None:
        batch_id = await shelf.bring(plain("one"), plain("two"))
        one = await shelf.one("one")
        with sqlite3.connect(shelf.path) as connection:
            connection.execute(
                "INSERT INTO notes (message_id, guild_id, channel_id, kind, attempt, message_sent_at, reserved_at)"
                " VALUES (1, 1, 1, 'note', 1, 'x', 'x')"
            )
            connection.execute("INSERT INTO note_records VALUES (1, 0, ?, 1)", (one.id,))
        connection.close()
        await shelf.imports.undo(batch_id, OPERATOR, NOW, keep_changes=False)
        changes = SqlRecordChanges(shelf.database)
        [change] = await changes.due(NOW + timedelta(hours=1), timedelta(seconds=1), timedelta(minutes=1), 9)
        assert (change.record_id, change.version, change.look) == (one.id, None, True)


class TestInterrupted:
    async def test_rows_of_a_process_that_is_gone_are_cleared(self, shelf: Shelf) -> None:
        with suppress(asyncio.CancelledError):
            async with shelf.imports.open(MINE, "file", OPERATOR, NOW) as under_way:
                async with under_way.step() as step:
                    await step.write([pack(plain(f"n{i}")) for i in range(3000)], [])
                raise asyncio.CancelledError
        assert shelf.rows("publications") == 1000  # a large one is dropped in part, so that the program can end
        assert await shelf.titles() == []
        assert await shelf.settle() >= 5
        assert (shelf.rows("publications"), shelf.rows("batches"), shelf.rows("audit")) == (0, 0, 0)

    async def test_one_that_stood_still_and_was_given_up_is_told_and_loses_nothing_of_others(
        self, shelf: Shelf
    ) -> None:
        with pytest.raises(Conflict) as lost:
            async with shelf.imports.open(MINE, "file", OPERATOR, NOW) as under_way:
                async with under_way.step() as step:
                    await step.write([pack(plain("one"))], [])
                other = opened(shelf.path, shelf.database)  # for it, this process's import is one that was left behind
                assert await other.settle() == 2
                async with under_way.step() as step:
                    await step.write([pack(plain("two"))], [])
        assert lost.value.key == "refused.import_lost"
        assert (shelf.rows("publications"), shelf.rows("batches")) == (0, 0)

    async def test_one_that_became_valid_is_never_cleared(self, shelf: Shelf) -> None:
        batch_id = await shelf.bring(plain("one"))
        assert await shelf.imports._clearing.drop_step(batch_id) is False
        assert await shelf.titles() == ["Title one"]

    async def test_changes_that_wait_are_made_by_whoever_comes_next(self, shelf: Shelf) -> None:
        batch_id = await shelf.bring(plain("one"))
        one = await shelf.one("one")
        more = replace(one.publication, claims=(Claim("Late"),))
        async with shelf.database.write() as transaction:  # as a kill between two steps leaves it
            await transaction.many("put_change", [(batch_id, one.id, 1, pack(more).contents)])
            await transaction._connection.execute("UPDATE batches SET settled_at = NULL")
        other = opened(shelf.path, shelf.database)
        assert await other.settle() == 2  # made, then settled
        assert (await shelf.one("one")).publication.claims == (Claim("Late"),)

    async def test_taking_back_goes_on_after_each_step(self, shelf: Shelf) -> None:
        batch_id = await shelf.bring(*(plain(f"n{i}") for i in range(500)))
        await shelf.imports.undo(batch_id, OPERATOR, NOW, keep_changes=False)
        steps = 0
        while await opened(shelf.path, shelf.database).imports.settle(NOW + timedelta(seconds=steps + 1)):
            steps += 1  # each step another process's, and later: in one millisecond two could draw the same ids
            assert await shelf.titles() == []
            assert await care.check(shelf.path) == []
        assert (steps, shelf.rows("publications"), shelf.rows("title_words")) == (4, 0, 0)


class TestRehearsal:
    async def test_it_meets_what_is_there_and_what_came_and_changes_nothing(self, shelf: Shelf) -> None:
        old = await shelf.catalog.add(MINE, plain("old"), OPERATOR, NOW)
        before = shelf.path.read_bytes(), shelf.rows("lists")
        async with shelf.imports.rehearse(MINE) as rehearsal, rehearsal.step() as step:
            assert await step.held([key("old"), key("new")]) == (
                [Held(old.id, frozenset([key("old")]), old.publication, old)], frozenset()
            )  # fmt: skip
            [held], _ = await step.held([key("old")])
            await step.write([pack(plain("new"))], [Growth(held, incoming=(plain("old", "also"),))])
            found, _ = await step.held([key("also"), key("new")])
            assert {(h.record.id if h.record else None, h.publication.title) for h in found} == {
                (old.id, "Title old"), (None, "Title new")
            }  # fmt: skip
        assert (shelf.path.read_bytes(), shelf.rows("lists")) == before
        assert await shelf.titles() == ["Title old"]

    async def test_a_list_that_does_not_exist_yet_stays_so(self, shelf: Shelf) -> None:
        async with shelf.imports.rehearse(ListName("nobodys")) as rehearsal, rehearsal.step() as step:
            assert await step.held([LookupKey("a.example/x")]) == ([], frozenset())
        assert shelf.rows("lists") == 0


class TestWords:
    @pytest.mark.parametrize(
        ("typed", "found"),
        [
            ("Title", True),
            ("number", True),
            ("seven", True),
            ("number seven", True),
            ("umber", False),
            ("eight", False),
        ],
    )
    async def test_large_lists_are_searched_by_beginning_and_by_word(
        self,
        shelf: Shelf,
        monkeypatch: pytest.MonkeyPatch,
        typed: str,
        found: bool,  # noqa: FBT001
    ) -> None:
        monkeypatch.setattr("bot.store.search._TITLES_LOOKED_AT", 3)
        others = [replace(plain(f"n{i}"), title=f"Another {i}") for i in range(10)]
        await shelf.bring(*others, replace(plain("x"), title="Title number seven"))
        assert bool([h for h in await shelf.catalog.search(typed, [MINE], 5) if "seven" in h.title]) is found

    async def test_words_of_an_earlier_program_are_written_at_the_next_start(self, shelf: Shelf) -> None:
        await shelf.bring(replace(plain("x"), title="Title number seven"))
        async with shelf.database.write() as transaction:
            await transaction._connection.execute("UPDATE publications SET words = NULL")
            await transaction._connection.execute("DELETE FROM title_words")
        assert await write_missing_words(shelf.database) == 1
        assert shelf.rows("title_words") == 3
        assert await write_missing_words(shelf.database) == 0

    async def test_a_changed_title_is_found_by_its_new_words_only(self, shelf: Shelf) -> None:
        record = await shelf.catalog.add(MINE, replace(plain("x"), title="Old words"), OPERATOR, NOW)
        after = await shelf.catalog.change(record, replace(record.publication, title="New words"), OPERATOR, NOW)
        assert shelf.rows("title_words") == 2
        await shelf.catalog.remove(after, OPERATOR, NOW)
        assert shelf.rows("title_words") == 0


async def test_no_statement_reads_every_record(shelf: Shelf) -> None:
    """What takes longer with every record has no place in a bot. `count_list` is for a progress bar, and
    `any_outdated_key` is asked once at a start.
    """
    await shelf.bring(*(plain(f"n{i}") for i in range(50)))
    queries, slow = Queries.load(), []
    with sqlite3.connect(shelf.path) as connection:
        for name in sorted(queries.names() - {"count_list", "any_outdated_key"}):
            if name.startswith("rehearse"):
                continue
            lists = {key: [1, 2] for key in re.findall(r":(\w+)\.\.\.", queries._sql[name])}
            given = dict.fromkeys(re.findall(r":(\w+)", queries._sql[name]), 1)
            for sql, values in queries.render(name, {**given, **lists}):
                plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values)]
                scans = [step for step in plan if re.search(r"SCAN (p|publications|a|addresses|claims|c|w)\b", step)]
                slow += [(name, s) for s in scans if "publications_without_words" not in s]
                slow += [(name, s) for s in plan if "MATERIALIZE live" in s]
    connection.close()
    assert slow == [], slow
