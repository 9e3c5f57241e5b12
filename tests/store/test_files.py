"""The file itself: migrations, damage, locks, backups, what an interruption leaves."""

import asyncio
import json
import os
import shutil
import sqlite3
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.core.errors import StoreError
from bot.core.model import OPERATOR, Claim, Record
from bot.core.records import pack, read_kept
from bot.ports import Growth
from bot.store import care
from bot.store.batches import _here, is_left_behind
from bot.store.catalog import SqlCatalog
from bot.store.ids import Ids
from bot.store.imports import SqlImports
from bot.store.migrate import migrate, migrations, require_current
from bot.store.queries import Queries
from bot.store.rows import to_ms
from bot.store.sqlite import Database, open_database
from tests.store.conftest import READING, RULES
from tests.store.test_contract import FULL, MINE, key, publication

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
async def path(tmp_path: Path) -> Path:
    """A migrated, empty database under a name with awkward characters."""
    made = tmp_path / "a b#c%20?.db"
    await migrate(made, NOW)
    return made


async def fill(path: Path) -> None:
    async with open_database(path) as database:
        await SqlCatalog(database, RULES.version, Ids()).add(MINE, FULL, OPERATOR, NOW)


async def titles(path: Path) -> list[str]:
    async with open_database(path, read_only=True) as database:
        return [r.publication.title async for r in SqlCatalog(database, RULES.version, Ids()).all(MINE)]


class TestMigrate:
    async def test_a_new_file_gets_every_step_and_needs_no_backup(self, tmp_path: Path) -> None:
        done = await migrate(tmp_path / "sub" / "new.db", NOW)
        assert (done.before, done.after, done.backup) == (0, len(migrations()), None)
        assert (await migrate(tmp_path / "sub" / "new.db", NOW)).backup is None

    async def test_an_older_file_is_backed_up_first(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        await fill(path)
        from bot.store import migrate as module

        step = module.Migration(len(migrations()) + 1, "more", "CREATE TABLE more (id INTEGER) STRICT;")
        monkeypatch.setattr(module, "migrations", lambda: [*migrations(), step])
        with pytest.raises(StoreError, match="older than this program"):
            await require_current(path)
        done = await migrate(path, NOW)
        assert done.backup is not None
        assert done.backup.parent == path.parent
        monkeypatch.undo()
        assert await titles(done.backup) == [FULL.title]

    async def test_a_step_that_fails_changes_nothing(self, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from bot.store import migrate as module

        step = module.Migration(99, "bad", "CREATE TABLE more (id INTEGER) STRICT;\nINSERT INTO nowhere VALUES (1);")
        monkeypatch.setattr(module, "migrations", lambda: [*migrations(), step])
        with pytest.raises(StoreError):
            await migrate(path, NOW)
        monkeypatch.undo()
        await require_current(path)
        with sqlite3.connect(path) as connection:
            assert connection.execute("SELECT COUNT(*) FROM sqlite_master WHERE name = 'more'").fetchone() == (0,)
        connection.close()

    @pytest.mark.parametrize(
        ("spoil", "says"),
        [
            ("PRAGMA user_version = 9999", "is newer than this program"),
            ("PRAGMA application_id = 7", "is a database of another program"),
        ],
    )
    async def test_a_file_of_the_future_or_of_others_is_refused(self, path: Path, spoil: str, says: str) -> None:
        with sqlite3.connect(path) as connection:
            connection.execute(spoil)
        connection.close()
        for attempt in (migrate(path, NOW), require_current(path)):
            with pytest.raises(StoreError, match=says):
                await attempt

    @pytest.mark.parametrize("content", [b"This is a letter, not a database. " * 40, b"\x00" * 4096])
    async def test_a_file_that_is_no_database_is_refused_and_kept(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "letter.db"
        path.write_bytes(content)
        with pytest.raises(StoreError, match="damaged or is no database"):
            await migrate(path, NOW)
        assert path.read_bytes() == content

    async def test_a_missing_file_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="There is no database at .*db migrate"):
            await require_current(tmp_path / "none.db")
        assert not (tmp_path / "none.db").exists()


class TestTrouble:
    async def test_a_locked_file_gives_a_sentence_and_loses_nothing(self, path: Path) -> None:
        await fill(path)
        other = sqlite3.connect(path, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        async with open_database(path, busy_timeout_ms=10) as database:
            catalog = SqlCatalog(database, RULES.version, Ids())
            with pytest.raises(StoreError, match="locked by another program"):
                await catalog.add(MINE, publication("new"), OPERATOR, NOW)
            assert len(await catalog.find([key("full")], [MINE])) == 1
            other.execute("ROLLBACK")
            other.close()
            await catalog.add(MINE, publication("new"), OPERATOR, NOW)

    async def test_a_full_disk_gives_a_sentence_and_loses_nothing(self, path: Path) -> None:
        await fill(path)
        async with open_database(path) as database:
            catalog = SqlCatalog(database, RULES.version, Ids())
            async with database.write() as transaction:
                pages = await transaction._connection.execute_fetchall("PRAGMA page_count")
                await transaction._connection.execute(f"PRAGMA max_page_count = {next(iter(pages))[0]}")
            with pytest.raises(StoreError, match="disk of .* is full"):
                for i in range(500):
                    await catalog.add(MINE, publication(f"page-{i}-{'x' * 1500}"), OPERATOR, NOW)
        assert FULL.title in await titles(path)
        assert await care.check(path) == []

    async def test_a_damaged_file_gives_a_sentence(self, path: Path) -> None:
        await fill(path)
        data = bytearray(path.read_bytes())
        data[4096:] = b"\xff" * (len(data) - 4096)
        path.write_bytes(data)
        with pytest.raises(StoreError, match=r"damaged.*db restore"):
            await titles(path)

    async def test_a_read_only_door_does_not_write(self, path: Path) -> None:
        async with open_database(path, read_only=True) as database:
            with pytest.raises(StoreError, match="open for reading only"):
                await SqlCatalog(database, RULES.version, Ids()).add(MINE, FULL, OPERATOR, NOW)

    async def test_a_cancelled_write_is_rolled_back_and_the_next_one_goes_on(self, path: Path) -> None:
        async with open_database(path) as database:
            for delay in range(30):
                task = asyncio.ensure_future(_add_slowly(database, delay))
                await asyncio.sleep(delay / 3000)
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            catalog = SqlCatalog(database, RULES.version, Ids())
            await asyncio.wait_for(catalog.add(MINE, FULL, OPERATOR, NOW), 5)
            assert [r.publication async for r in catalog.all(MINE)].count(FULL) == 1

    async def test_a_cancelled_reader_comes_back(self, path: Path) -> None:
        async with open_database(path) as database:
            for delay in range(30):
                task = asyncio.ensure_future(SqlCatalog(database, RULES.version, Ids()).count(MINE))
                await asyncio.sleep(delay / 10_000)
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
            counts = [SqlCatalog(database, RULES.version, Ids()).count(MINE) for _ in range(5)]
            assert await asyncio.wait_for(asyncio.gather(*counts), 5) == [0] * 5

    async def test_a_snapshot_does_not_see_what_comes_after_it(self, path: Path) -> None:
        async with open_database(path) as database:
            catalog = SqlCatalog(database, RULES.version, Ids())
            async with database.read() as snapshot:
                assert await snapshot.row("count_list", name=MINE) == (0,)
                await catalog.add(MINE, FULL, OPERATOR, NOW)
                assert await snapshot.row("count_list", name=MINE) == (0,)
            assert await catalog.count(MINE) == 1

    async def test_what_must_last_waits_for_the_disk_whatever_came_before(self, path: Path) -> None:
        async def level(*, lasting: bool) -> int:
            async with database.write(lasting=lasting) as transaction:
                [[found]] = await transaction._connection.execute_fetchall("PRAGMA synchronous")
            return int(found)

        async with open_database(path) as database:
            assert [await level(lasting=x) for x in (True, False, False, True)] == [2, 1, 1, 2]
            with suppress(ZeroDivisionError):
                async with database.write(lasting=False):
                    raise ZeroDivisionError
            assert await level(lasting=True) == 2

    async def test_a_cancelled_import_is_whole_or_gone(self, path: Path) -> None:
        async with open_database(path) as database:
            ids = Ids()
            catalog = SqlCatalog(database, RULES.version, ids)
            imports = SqlImports(database, catalog, ids, lambda x: read_kept(json.loads(x), READING), lambda: NOW)
            old = await catalog.add(MINE, publication("old"), OPERATOR, NOW)
            for delay in range(40):
                task = asyncio.ensure_future(_import(imports, old, delay))
                await asyncio.sleep(delay / 2000)
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task
                there = {r.publication.title for r in [r async for r in catalog.all(MINE)]}
                new = {f"Title new{delay}-{i}" for i in range(5)}
                assert new <= there or not (new & there)
                [old] = await catalog.get([old.id], [MINE])
                assert (Claim(f"changed{delay}") in old.publication.claims) == (new <= there)


@pytest.mark.parametrize(
    ("owned_by", "left"),
    [
        (f"HERE:{os.getpid()}", True),  # a container's process has the same number at every start
        (f"HERE:{os.getppid()}", False),
        ("HERE:4194999", True),
        ("another-machine:1", False),
        ("", True),
    ],
    ids=["this process", "one that lives", "one that is gone", "another machine", "being cleared"],
)
def test_an_import_is_left_behind_when_its_process_is_gone(owned_by: str, left: bool) -> None:  # noqa: FBT001
    owned_by = owned_by.replace("HERE", _here())
    beat = to_ms(NOW)
    assert is_left_behind(owned_by, beat, NOW + timedelta(seconds=59)) is left
    assert is_left_behind(owned_by, beat, NOW + timedelta(seconds=61))  # silent for long: whoever has the number


async def _import(imports: SqlImports, old: Record, number: int) -> None:
    more = replace(old.publication, claims=(Claim(f"changed{number}"),))
    async with imports.open(MINE, "file", OPERATOR, NOW) as under_way, under_way.step() as step:
        [held], _ = await step.held([old.publication.addresses[0].key])
        grown = Growth(held, incoming=(more,))
        await step.write([pack(publication(f"new{number}-{i}")) for i in range(5)], [grown])


async def _add_slowly(database: Database, number: int) -> None:
    async with database.write() as transaction:
        await transaction.many("add_list", [{"id": number + 1, "name": f"l{number}", "at": "x"}])
        await asyncio.sleep(0.005)
        raise asyncio.CancelledError


class TestCare:
    async def test_a_backup_is_whole_while_the_bot_writes(self, path: Path, tmp_path: Path) -> None:
        async with open_database(path) as database:
            catalog = SqlCatalog(database, RULES.version, Ids())
            await catalog.add(MINE, FULL, OPERATOR, NOW)
            writing = asyncio.ensure_future(_keep_adding(catalog))
            await care.back_up(path, tmp_path / "copy.db")
            writing.cancel()
            with suppress(asyncio.CancelledError):
                await writing
        assert await care.check(tmp_path / "copy.db") == []
        assert FULL.title in await titles(tmp_path / "copy.db")

    async def test_a_backup_overwrites_nothing(self, path: Path, tmp_path: Path) -> None:
        there = tmp_path / "there.db"
        there.write_text("mine")
        with pytest.raises(StoreError, match="exists already"):
            await care.back_up(path, there)
        assert there.read_text() == "mine"
        with pytest.raises(StoreError, match="cannot be"):
            await care.back_up(path, tmp_path / "no such folder" / "x.db")

    async def test_a_restored_database_is_the_backup_and_the_old_file_stays(self, path: Path, tmp_path: Path) -> None:
        await fill(path)
        backup = tmp_path / "backup.db"
        await care.back_up(path, backup)
        async with open_database(path) as database:
            await SqlCatalog(database, RULES.version, Ids()).add(MINE, publication("later"), OPERATOR, NOW)
        old = await care.restore(backup, path, NOW)
        assert old is not None
        assert await titles(path) == [FULL.title]
        assert await titles(old) == [FULL.title, "Title later"]

    async def test_a_database_in_use_is_not_replaced(self, path: Path, tmp_path: Path) -> None:
        await fill(path)
        backup = tmp_path / "backup.db"
        await care.back_up(path, backup)
        async with open_database(path) as database:
            await SqlCatalog(database, RULES.version, Ids()).count(MINE)
            with pytest.raises(StoreError, match="is in use. Stop the bot"):
                await care.restore(backup, path, NOW)
        assert await titles(path) == [FULL.title]

    async def test_a_restore_that_fails_leaves_the_database(self, path: Path, tmp_path: Path) -> None:
        await fill(path)
        with pytest.raises(StoreError, match="is the database itself"):
            await care.restore(path, path, NOW)
        backup = tmp_path / "backup.db"
        await care.back_up(path, backup)
        assert (backup.stat().st_mode & 0o777) == 0o600
        first = await care.restore(backup, path, NOW)
        second = await care.restore(backup, path, NOW)
        assert first != second
        assert await titles(path) == [FULL.title]

    async def test_a_damaged_database_is_replaced_and_a_damaged_backup_refused(
        self, path: Path, tmp_path: Path
    ) -> None:
        await fill(path)
        backup, bad = tmp_path / "backup.db", tmp_path / "bad.db"
        await care.back_up(path, backup)
        bad.write_bytes(b"nothing" * 1000)
        with pytest.raises(StoreError, match="damaged"):
            await care.restore(bad, path, NOW)
        shutil.copy(bad, path)
        await care.restore(backup, path, NOW)
        assert await titles(path) == [FULL.title]


async def _keep_adding(catalog: SqlCatalog) -> None:
    for i in range(10_000):
        await catalog.add(MINE, publication(f"n{i}"), OPERATOR, NOW)


def test_every_statement_keeps_to_what_both_engines_share() -> None:
    queries = Queries.load()
    for name in queries.names():
        sql = queries._sql[name].upper()
        assert not any(word in sql for word in ("JSON", "ARRAY", "INSERT OR", "ROWID", "GLOB", "AUTOINCREMENT")), name


def test_ids_rise_whatever_the_clock_says() -> None:
    ids = Ids()
    made = [ids.next(NOW - timedelta(days=i)) for i in range(50)] + [ids.next(datetime(1990, 1, 1, tzinfo=UTC))]
    assert made == sorted(set(made))
    assert made[0] > 0
    assert made[-1] < 2**62
