"""Numbered, forward-only migrations, one transaction each; a backup beside the file first; newer files are refused."""

import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from pathlib import Path

import aiosqlite

from bot.core.errors import StoreError
from bot.store.connection import connect, explain

_FILE = re.compile(r"(\d{4})_(\w+)\.sql")
_APPLICATION_ID = 0x51DE407E
"""Marks a file as ours (https://www.sqlite.org/pragma.html#pragma_application_id)."""
OLDEST_SQLITE = (3, 37, 0)


@dataclass(frozen=True, slots=True)
class Migration:
    """One step, counted from 1."""

    number: int
    name: str
    sql: str


@dataclass(frozen=True, slots=True)
class Migrated:
    """What was done: from which version to which, and where the backup is (None: the file was new or current)."""

    before: int
    after: int
    backup: Path | None


def migrations() -> list[Migration]:
    """All steps in order."""
    return sorted(_steps(), key=lambda step: step.number)


def _steps() -> Iterator[Migration]:
    for file in files("bot.store").joinpath("migrations", "sqlite").iterdir():
        if named := _FILE.fullmatch(file.name):
            yield Migration(int(named[1]), named[2], file.read_text("utf-8"))


async def migrate(path: Path, at: datetime) -> Migrated:
    """Brings the file to the program's version, making it where it is missing. StoreError with a sentence otherwise."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StoreError(f"SQLite {sqlite3.sqlite_version} is too old; at least 3.37 is needed.")
    try:
        _make(path)
        async with connect(path) as connection:
            before = await _version(connection, path)
            steps = [step for step in migrations() if step.number > before]
            backup = await _back_up_first(connection, path, before, at) if steps and before else None
            await connection.execute("PRAGMA journal_mode = WAL")
            for step in steps:
                await _apply(connection, step)
            return Migrated(before, steps[-1].number if steps else before, backup)
    except sqlite3.Error as error:
        raise StoreError(explain(error, path)) from error


async def require_ours(path: Path) -> int:
    """The file's version; StoreError where it is none of ours, or newer than the program. Changes nothing."""
    try:
        async with connect(path, read_only=True) as connection:
            return await _version(connection, path)
    except sqlite3.Error as error:
        raise StoreError(explain(error, path)) from error


async def require_current(path: Path) -> None:
    """StoreError unless the file has the program's version; changes nothing."""
    version = await require_ours(path)
    if version < migrations()[-1].number:
        raise StoreError(f"The database {path} is older than this program. `sidenote db migrate` brings it up to date.")


def _make(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
    except OSError as error:
        raise StoreError(f"The database {path} cannot be made there: {error.strerror or error}.") from error


async def _version(connection: aiosqlite.Connection, path: Path) -> int:
    ours = await _pragma(connection, "application_id")
    version = await _pragma(connection, "user_version")
    [[tables]] = await connection.execute_fetchall("SELECT COUNT(*) FROM sqlite_master")
    if ours != _APPLICATION_ID and (tables or version):
        raise StoreError(f"The file {path} is a database of another program. Name another file in database.path.")
    if version > migrations()[-1].number:
        raise StoreError(
            f"The database {path} is newer than this program. Update Sidenote, or restore an older backup."
        )
    return version


async def _pragma(connection: aiosqlite.Connection, name: str) -> int:
    [[value]] = await connection.execute_fetchall(f"PRAGMA {name}")
    return int(value)


async def _back_up_first(connection: aiosqlite.Connection, path: Path, version: int, at: datetime) -> Path:
    backup = path.with_name(f"{path.name}.v{version}-{at:%Y%m%dT%H%M%SZ}.backup")
    await connection.execute("VACUUM INTO ?", (str(backup),))
    backup.chmod(0o600)
    return backup


async def _apply(connection: aiosqlite.Connection, step: Migration) -> None:
    try:
        await connection.execute("BEGIN IMMEDIATE")
        if await _pragma(connection, "user_version") >= step.number:
            return  # another process was faster
        for statement in _statements(step.sql):
            await connection.execute(statement)
        await connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")
        await connection.execute(f"PRAGMA user_version = {step.number}")
        await connection.commit()
    finally:
        if connection.in_transaction:
            await connection.rollback()


def _statements(sql: str) -> Iterator[str]:
    statement = ""
    for line in sql.splitlines():
        statement += line + "\n"
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
