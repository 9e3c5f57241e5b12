"""SQLite through aiosqlite, as two doors: `read` is one snapshot, `write` is all or nothing.

One connection writes, a few read; each is a thread of its own, so nothing waits in the event loop. Every failure of
the file leaves here as a StoreError with a sentence.
"""

import asyncio
import contextlib
import os
import sqlite3
from collections.abc import AsyncIterator, Coroutine, Iterable, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

import aiosqlite

from bot.core.errors import StoreError
from bot.store.queries import Parameters, Queries

Row = Sequence[Any]

_READERS = 2


class Snapshot:
    """One consistent look at the database. Rows are tuples in the order of the statement's columns."""

    def __init__(self, connection: aiosqlite.Connection, queries: Queries) -> None:
        self._connection = connection
        self._queries = queries

    async def rows(self, name: str, /, **parameters: Any) -> list[Row]:
        """All rows of a named statement."""
        found: list[Row] = []
        try:
            for sql, values in self._queries.render(name, parameters):
                found.extend(await self._connection.execute_fetchall(sql, values))
        except (OverflowError, UnicodeEncodeError):
            return []  # a number beyond 64 bits, or half a character: no row can hold it
        return found

    async def row(self, name: str, /, **parameters: Any) -> Row | None:
        """The first row, None where there is none."""
        rows = await self.rows(name, **parameters)
        return rows[0] if rows else None


class Transaction(Snapshot):
    """A snapshot that also writes."""

    async def many(self, name: str, rows: Iterable[Parameters]) -> None:
        """One statement for many rows of values; no lists among them."""
        values = list(rows)
        if values:
            [(sql, _)] = self._queries.render(name, values[0])
            await self._connection.executemany(sql, values)


class Database:
    """An open database file. Make one with `open_database`."""

    def __init__(
        self, path: Path, writer: aiosqlite.Connection | None, readers: list[aiosqlite.Connection], queries: Queries
    ) -> None:
        self.path = path
        self._writer = writer
        self._queries = queries
        self._writing = asyncio.Lock()
        self._readers: asyncio.Queue[aiosqlite.Connection] = asyncio.Queue()
        for reader in readers:
            self._readers.put_nowait(reader)

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Snapshot]:
        """A snapshot; released however the block ends."""
        reader = await self._readers.get()
        try:
            with _sentences(self.path):
                await reader.execute("BEGIN")
                yield Snapshot(reader, self._queries)
        finally:
            # Cancelled or not, the reader goes back clean: the rollback is finished before it does.
            await _see_through(_return(reader, self._readers))

    @asynccontextmanager
    async def write(self) -> AsyncIterator[Transaction]:
        """A transaction; committed where the block ends well, rolled back in full where it does not.

        Cancelled while it commits, it is committed all the same: nobody is left with half a truth.
        """
        if self._writer is None:
            raise StoreError(f"The database {self.path} is open for reading only.")
        async with self._writing:
            try:
                with _sentences(self.path):
                    await self._writer.execute("BEGIN IMMEDIATE")
                    yield Transaction(self._writer, self._queries)
                    await _see_through(self._writer.commit())
            finally:
                await _see_through(_roll_back(self._writer))


async def _roll_back(connection: aiosqlite.Connection) -> None:
    """Ends whatever is open. Not only if `in_transaction`: a cancelled BEGIN may still wait in the thread's queue."""
    # Where the file itself fails, SQLite rolls back when it is opened again.
    with contextlib.suppress(sqlite3.Error):
        await connection.rollback()


async def _return(reader: aiosqlite.Connection, readers: "asyncio.Queue[aiosqlite.Connection]") -> None:
    await _roll_back(reader)
    readers.put_nowait(reader)


async def _see_through(work: Coroutine[Any, Any, None]) -> None:
    """Awaits work to its end, even if this task is cancelled meanwhile (once or again)."""
    task = asyncio.ensure_future(work)
    cancelled: asyncio.CancelledError | None = None
    while not task.done():
        try:
            await asyncio.shield(task)
        except asyncio.CancelledError as error:
            if task.cancelled():
                raise
            cancelled = error
    task.result()
    if cancelled:
        raise cancelled


@asynccontextmanager
async def open_database(path: Path, *, busy_timeout_ms: int = 5000, read_only: bool = False) -> AsyncIterator[Database]:
    """Opens the file (it must exist and be migrated: see `migrate`) and closes every connection at the end."""
    queries = Queries.load()
    async with AsyncExitStack() as stack:
        with _sentences(path):
            writer = None if read_only else await stack.enter_async_context(connect(path, busy_timeout_ms))
            readers = [
                await stack.enter_async_context(connect(path, busy_timeout_ms, read_only=True)) for _ in range(_READERS)
            ]
        yield Database(path, writer, readers, queries)


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
        await connection.execute(f"PRAGMA query_only = {'ON' if read_only else 'OFF'}")
        yield connection


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.ProgrammingError:
        raise  # ours, not the file's
    except sqlite3.Error as error:
        raise StoreError(explain(error, path)) from error


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
