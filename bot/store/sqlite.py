"""SQLite through aiosqlite, as two doors: `read` is one snapshot, `write` is all or nothing.

One connection writes, a few read; each is a thread of its own, so nothing waits in the event loop. Every failure of
the file leaves here as a StoreError with a sentence.
"""

import asyncio
import contextlib
import logging
import os
import sqlite3
import tempfile
import time
from collections.abc import AsyncIterator, Coroutine, Iterable, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import aiosqlite

from bot.core.errors import StoreError
from bot.store.connection import connect, sentences
from bot.store.queries import Parameters, Queries, Value

log = logging.getLogger(__name__)

Row = Sequence[Any]

_READERS = 2
_ROWS_IN_LOG = 20_000
"""What the steps of something large write before the log is moved into the file."""
_PAUSE_SECONDS = 0.003
"""Between two steps of something large, so that whoever waits to reserve a note gets at the database. Slept in a
thread: the event loop's own clock is coarser.
"""
_LOOK_AGAIN_MS = 8
"""SQLite looks after 1, 2 and 5 ms, then it is asked anew."""


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

    async def many(self, name: str, rows: Iterable[Parameters | tuple[Value, ...]]) -> None:
        """One statement for many rows of values, by name or in the statement's order; no lists among them."""
        values = list(rows)
        if values:
            first = values[0]
            sql = self._queries.positional(name)
            if isinstance(first, Mapping):
                sql, _ = next(self._queries.render(name, first))
            await self._connection.executemany(sql, values)


class Database:
    """An open database file, kept open. Make one with `open_database`.

    A file that is removed while it is open is written again from what the open connections still hold; one that is
    replaced (a backup was restored) is opened anew.
    """

    def __init__(self, path: Path, busy_timeout_ms: int, *, read_only: bool) -> None:
        self.path = path
        self._busy_timeout_ms = busy_timeout_ms
        self._read_only = read_only
        self._queries = Queries.load()
        self._writing = asyncio.Lock()
        self._open = AsyncExitStack()
        self._writer: aiosqlite.Connection | None = None
        self._readers: asyncio.Queue[aiosqlite.Connection] = asyncio.Queue()
        self._file: tuple[int, int] | None = None
        self._moved = 0
        self._is_lasting: bool | None = None
        """How the connection that writes waits for the disk; None: not known yet."""

    async def open(self) -> None:
        """Opens every connection, or none."""
        async with AsyncExitStack() as stack:
            with sentences(self.path):
                if not self._read_only:
                    self._writer = await stack.enter_async_context(
                        connect(self.path, min(_LOOK_AGAIN_MS, self._busy_timeout_ms))
                    )
                for _ in range(_READERS):
                    opening = connect(self.path, self._busy_timeout_ms, read_only=True)
                    self._readers.put_nowait(await stack.enter_async_context(opening))
            self._file = _identity(self.path)
            self._open = stack.pop_all()

    async def close(self) -> None:
        """Closes every connection."""
        await self._open.aclose()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Snapshot]:
        """A snapshot; released however the block ends."""
        reader = await self._readers.get()
        try:
            with sentences(self.path):
                await reader.execute("BEGIN")
                yield Snapshot(reader, self._queries)
        finally:
            # Cancelled or not, the reader goes back clean: the rollback is finished before it does.
            await _see_through(_return(reader, self._readers))

    @asynccontextmanager
    async def private(self, script: str) -> AsyncIterator[Transaction]:
        """A database for the block only, in the folder for temporary files; small ones stay in memory.

        https://www.sqlite.org/inmemorydb.html#temp_db
        """
        async with aiosqlite.connect("", isolation_level=None) as connection:
            with sentences(Path(tempfile.gettempdir())):
                await connection.executescript(script)
                yield Transaction(connection, self._queries)

    @asynccontextmanager
    async def write(self, *, lasting: bool = True) -> AsyncIterator[Transaction]:
        """A transaction; committed where the block ends well, rolled back in full where it does not.

        Cancelled while it commits, it is committed all the same: nobody is left with half a truth. Not `lasting`, it
        does not wait for the disk: a machine that loses power forgets it, unless a lasting one was committed since.
        That is for the many small steps of something large, which also moves its pages from the log now and then.
        """
        if self._read_only:
            raise StoreError(f"The database {self.path} is open for reading only.")
        async with self._writing:
            with sentences(self.path):
                there = _identity(self.path)
            if there != self._file:
                await _see_through(self._come_back())
            writer = self._writer
            if writer is None:
                raise StoreError(f"The database {self.path} could not be opened again.")
            try:
                with sentences(self.path):
                    if self._is_lasting != lasting:
                        await writer.execute(f"PRAGMA synchronous = {'FULL' if lasting else 'NORMAL'}")
                        self._is_lasting = lasting
                    await self._begin(writer)
                    yield Transaction(writer, self._queries)
                    if _identity(self.path) != self._file:
                        raise StoreError(f"The database {self.path} was removed or replaced. Nothing was changed.")
                    await _see_through(writer.commit())
            finally:
                await _see_through(_roll_back(writer))
            written = writer.total_changes
        if not lasting:
            await self._let_others_in(written)

    async def _let_others_in(self, written: int) -> None:
        """Between two steps of something large. `written`: the rows of this connection."""
        if written - self._moved > _ROWS_IN_LOG:
            self._moved = written
            await self._checkpoint()
        else:
            await asyncio.to_thread(_flush_and_pause, self.path.with_name(self.path.name + "-wal"))

    async def _checkpoint(self) -> None:
        """Moves what was written from the log into the file, while others read and write, so that nobody else's commit
        has to (https://www.sqlite.org/wal.html#ckpt).
        """
        # What fails here fails in a commit too, and is said there.
        with contextlib.suppress(sqlite3.Error, StoreError):
            # The second one waits for whoever still reads an older state, and writers for it: not for long.
            async with connect(self.path, _LOOK_AGAIN_MS) as connection:
                await connection.execute("PRAGMA wal_checkpoint(PASSIVE)")  # nearly all, and nobody waits
                # What came meanwhile: short, and the log begins anew. Without it, one that writes beside us lets the
                # log grow without end.
                await connection.execute("PRAGMA wal_checkpoint(RESTART)")

    async def _begin(self, writer: aiosqlite.Connection) -> None:
        """Takes the lock as soon as it is free. Left alone, SQLite waits ever longer between two looks, up to 100 ms,
        and would be met again and again by another process with one short transaction after the other (an import).
        """
        for left in range(self._busy_timeout_ms // _LOOK_AGAIN_MS, -1, -1):
            try:
                await writer.execute("BEGIN IMMEDIATE")  # waits _LOOK_AGAIN_MS at most
            except sqlite3.OperationalError as error:
                busy = (error.sqlite_errorcode & 0xFF) in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}
                if not (busy and left):
                    raise
            else:
                return

    async def _come_back(self) -> None:
        """The file is not the one that was opened: puts it back where it is gone, and opens what stands there."""
        with sentences(self.path):
            if _identity(self.path) is None and self._writer is not None:
                copy = self.path.with_name(f".{self.path.name}.{os.getpid()}.saved")
                copy.unlink(missing_ok=True)
                await self._writer.execute("VACUUM INTO ?", (str(copy),))
                copy.chmod(0o600)
                for left in ("-wal", "-shm"):  # of the file that is gone: they must not be taken for the copy's
                    self.path.with_name(self.path.name + left).unlink(missing_ok=True)
                copy.rename(self.path)
                log.warning("the database %s was removed while it was open; it was written again, whole", self.path)
            else:
                log.warning("the database %s was replaced while it was open; the new one is used", self.path)
            await _must_be_whole(self.path)
        for _ in range(_READERS):  # whoever reads is waited for
            await self._readers.get()
        old, self._writer, self._moved, self._is_lasting = self._open, None, 0, None
        await old.aclose()
        await self.open()


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file stands under a path; None where none does. SQLite goes on writing to a file that was unlinked."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    return found.st_dev, found.st_ino


async def _must_be_whole(path: Path) -> None:
    """StoreError unless a database with our tables stands there: nothing is opened in place of what works."""
    async with connect(path, read_only=True) as connection:
        await connection.execute_fetchall("SELECT COUNT(*) FROM notes")


def _flush_and_pause(log_file: Path) -> None:
    """Brings the log to the disk while nobody holds the database: else the next note's commit has to, with the lock."""
    with contextlib.suppress(OSError), log_file.open("rb") as file:  # SQLite locks the other two files, never this one
        os.fsync(file.fileno())
    time.sleep(_PAUSE_SECONDS)


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
    database = Database(path, busy_timeout_ms, read_only=read_only)
    await database.open()
    try:
        yield database
    finally:
        await database.close()
