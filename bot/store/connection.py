"""A connection to the file with our pragmas, and what its failures mean in a sentence."""

import os
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import aiosqlite

from bot.core.errors import StoreError

_MOST_PAGES = 10_000
"""In the log before a commit moves them into the file, of 4 kB each. SQLite's own 1,000 made notes wait for the disk
beside an import, which moves its pages itself (`Database.write`).
"""


@asynccontextmanager
async def connect(
    path: Path, busy_timeout_ms: int = 5000, *, read_only: bool = False
) -> AsyncIterator[aiosqlite.Connection]:
    """One connection with our pragmas; the file must exist. Transactions are ours to begin."""
    if not path.is_file():
        raise StoreError(
            f"There is no database at {path}. `sidenote db migrate` makes one, and so does `sidenote run`."
        )
    # A folder that cannot be written to has no room for the files beside a WAL database; nobody writes there either.
    mode = "rw" if not read_only else "ro" if os.access(path.parent, os.W_OK) else "ro&immutable=1"
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    async with aiosqlite.connect(uri, uri=True, isolation_level=None) as connection:
        await connection.execute(f"PRAGMA busy_timeout = {int(busy_timeout_ms)}")
        await connection.execute("PRAGMA foreign_keys = ON")
        await connection.execute(f"PRAGMA wal_autocheckpoint = {_MOST_PAGES}")
        await connection.execute(f"PRAGMA query_only = {'ON' if read_only else 'OFF'}")
        yield connection


@contextmanager
def sentences(path: Path) -> Iterator[None]:
    """Every failure of the file as a StoreError."""
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # ours, not the file's
    except sqlite3.Error as error:
        raise StoreError(explain(error, path)) from error
    except OSError as error:
        raise StoreError(f"The database {path} cannot be reached: {error.strerror or error}.") from error


def explain(error: sqlite3.Error, path: Path) -> str:
    """What a failure of the database means, and how it is mended."""
    code = getattr(error, "sqlite_errorcode", None) or 0
    match code & 0xFF:
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return f"The database {path} is locked by another program. Nothing was changed; try again in a moment."
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return f"The file {path} is damaged or is no database. Restore a backup: `sidenote db restore BACKUP`."
        case sqlite3.SQLITE_FULL:
            return f"The disk of {path} is full. Nothing was changed; make room and try again."
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_PERM | sqlite3.SQLITE_CANTOPEN | sqlite3.SQLITE_AUTH:
            return (
                f"The database {path} cannot be opened for writing. Check the permissions of the file and its folder."
            )
        case sqlite3.SQLITE_IOERR:
            return f"The disk failed under {path}. Nothing was changed; check the disk, then `sidenote db check`."
    return f"The database {path} failed: {error}."
