"""Care of the file: integrity check, backup while the bot runs, restore. Long work reports its progress in pages."""

import contextlib
import os
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import aiosqlite

from bot.core.errors import StoreError
from bot.store.migrate import require_current
from bot.store.sqlite import connect, explain

Progress = Callable[[int, int], None]
"""Called with pages done and pages in all."""

_PAGES_A_STEP = 1000


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
    if target.exists():
        raise StoreError(f"{target} exists already. Name another file for the backup.")
    unfinished = target.with_name(target.name + ".unfinished")
    try:
        unfinished.unlink(missing_ok=True)
        await _copy(path, unfinished, progress)
        os.link(unfinished, target)  # fails where the target appeared meanwhile
    except sqlite3.Error as error:
        raise StoreError(explain(error, unfinished)) from error
    except OSError as error:
        raise StoreError(f"The backup cannot be written to {target}: {error.strerror or error}.") from error
    finally:
        with contextlib.suppress(OSError):
            unfinished.unlink(missing_ok=True)


async def restore(backup: Path, path: Path, at: datetime) -> Path | None:
    """Puts a backup in the database's place; the old file stays beside it under the returned name.

    The bot must not be running: a file that is in use is refused.
    """
    if faults := await check(backup):
        raise StoreError(f"The backup {backup} is damaged ({faults[0]}). Nothing was changed.")
    await require_current(backup)
    try:
        old = await _set_aside(path, at) if path.exists() else None
        await back_up(backup, path)
    except OSError as error:
        raise StoreError(f"The database {path} cannot be replaced: {error.strerror or error}.") from error
    return old


async def _copy(path: Path, target: Path, progress: Progress) -> None:
    def report(_status: int, remaining: int, total: int) -> None:
        progress(total - remaining, total)

    async with connect(path, read_only=True) as source, aiosqlite.connect(target) as copy:
        await source.backup(copy, pages=_PAGES_A_STEP, progress=report, sleep=0.005)
        await copy.execute("PRAGMA journal_mode = DELETE")


async def _set_aside(path: Path, at: datetime) -> Path:
    try:
        async with connect(path, busy_timeout_ms=0) as connection:
            await connection.execute("PRAGMA locking_mode = EXCLUSIVE")
            await connection.execute("BEGIN EXCLUSIVE")
            await connection.rollback()
    except sqlite3.OperationalError as error:
        if (error.sqlite_errorcode & 0xFF) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            raise StoreError(f"The database {path} is in use. Stop the bot, then restore.") from error
        # Unreadable is a reason to restore, not against it.
    except sqlite3.Error:
        pass
    old = path.with_name(f"{path.name}.before-restore-{at:%Y%m%dT%H%M%SZ}")
    for ending in ("", "-wal", "-shm"):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.rename(old.with_name(old.name + ending))
    return old
