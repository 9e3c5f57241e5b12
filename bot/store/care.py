"""Care of the file: integrity check, backup while the bot runs, restore. Long work reports its progress in pages."""

import contextlib
import itertools
import os
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import aiosqlite

from bot.core.errors import StoreError
from bot.store.connection import connect, explain
from bot.store.migrate import require_ours

Progress = Callable[[int, int], None]
"""Called with pages done and pages in all."""

_PAGES_A_STEP = 1000
_OF_THE_COPY = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR}


async def check(path: Path) -> list[str]:
    """What is wrong with the file, in SQLite's words; empty where it is sound (integrity and foreign keys)."""
    try:
        async with connect(path, read_only=True) as connection:
            found = [str(row[0]) for row in await connection.execute_fetchall("PRAGMA integrity_check")]
            broken = await connection.execute_fetchall("PRAGMA foreign_key_check")
    except sqlite3.Error as error:
        raise StoreError(explain(error, path)) from error
    faults = [line for line in found if line != "ok"]
    return faults + [f"{row[0]}: row {row[1]} refers to a missing row of {row[2]}" for row in broken]


async def back_up(path: Path, target: Path, progress: Progress = lambda _done, _all: None) -> None:
    """A sound copy of the file at `target`, also while the bot runs. An existing target is never overwritten."""
    await require_ours(path)
    if target.exists():
        raise StoreError(f"{target} exists already. Name another file for the backup.")
    async with _copied(path, target, progress) as copy:
        try:
            os.link(copy, target)  # fails where the target appeared meanwhile
        except FileExistsError:
            raise StoreError(f"{target} exists already. Name another file for the backup.") from None
        except OSError:
            copy.rename(target)  # a file system without links


async def restore(backup: Path, path: Path, at: datetime) -> Path | None:
    """Puts a backup in the database's place; the old file stays beside it under the returned name.

    The bot must not be running: a file that is in use is refused. The copy is whole before the old file is touched.
    """
    if faults := await check(backup):
        raise StoreError(f"The backup {backup} is damaged ({faults[0]}). Nothing was changed.")
    await require_ours(backup)
    if path.exists() and path.samefile(backup):
        raise StoreError(f"{backup} is the database itself. Nothing was changed.")
    if path.exists():
        await _must_be_idle(path)
    async with _copied(backup, path, lambda _done, _all: None) as copy:
        old = _set_aside(path, at) if path.exists() else None
        copy.rename(path)
    return old


@asynccontextmanager
async def _copied(path: Path, target: Path, progress: Progress) -> AsyncIterator[Path]:
    """A whole copy in the target's folder, readable by its owner only, for the block to put into place."""
    copy = target.with_name(f".{target.name}.{os.getpid()}.unfinished")

    def report(_status: int, remaining: int, total: int) -> None:
        progress(total - remaining, total)

    try:
        os.close(os.open(copy, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        async with connect(path, read_only=True) as source, aiosqlite.connect(copy) as connection:
            await source.backup(connection, pages=_PAGES_A_STEP, progress=report, sleep=0.005)
            await connection.execute("PRAGMA journal_mode = DELETE")
        yield copy
    except sqlite3.Error as error:
        about = target if (error.sqlite_errorcode & 0xFF) in _OF_THE_COPY else path
        raise StoreError(explain(error, about)) from error
    except OSError as error:
        raise StoreError(f"{target} cannot be written: {error.strerror or error}. Nothing was changed.") from error
    finally:
        with contextlib.suppress(OSError):
            copy.unlink(missing_ok=True)


async def _must_be_idle(path: Path) -> None:
    try:
        async with connect(path, busy_timeout_ms=0) as connection:
            # In WAL mode only this way of locking meets readers and writers that do nothing at the moment.
            await connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            await connection.execute("BEGIN EXCLUSIVE")
            await connection.rollback()
    except sqlite3.Error as error:
        if (error.sqlite_errorcode & 0xFF) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise StoreError(f"The database {path} is in use. Stop the bot, then restore.") from error
        # Unreadable is a reason to restore, not against it.


def _set_aside(path: Path, at: datetime) -> Path:
    stem = f"{path.name}.before-restore-{at:%Y%m%dT%H%M%SZ}"
    names = (path.with_name(stem if not i else f"{stem}-{i}") for i in itertools.count())
    old = next(name for name in names if not name.exists())
    for ending in ("", "-wal", "-shm"):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.rename(old.with_name(old.name + ending))
    return old
