"""Imports of all lists over SQL: begun, ended, looked at, taken back. Fulfils `ports.Imports`."""

import json
import logging
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import aclosing, asynccontextmanager
from datetime import datetime

from bot.core.errors import Conflict, StoreError
from bot.core.model import Actor, ActorKind, BatchId, ListName, Record, UserId
from bot.ports import Clock, ImportBatch, Missed
from bot.store.batches import ReadContents, SqlImport, is_left_behind, owner
from bot.store.catalog import SqlCatalog
from bot.store.clearing import Clearing
from bot.store.ids import Ids
from bot.store.rehearsal import Rehearsal
from bot.store.rows import from_ms, from_time, to_ms, to_time
from bot.store.sqlite import Database, Row, Transaction
from bot.store.touched import Touched

log = logging.getLogger(__name__)

_REHEARSED = """
CREATE TABLE rehearsed_keys (key TEXT PRIMARY KEY, owner INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE rehearsed (owner INTEGER PRIMARY KEY, contents TEXT NOT NULL) STRICT;
"""
_MOST_MISSED = 1000
_KEPT_A_STEP = 200
_AT_ONCE = 50


class SqlImports:
    """Over SQL. `read_contents` makes a publication of what an audit event kept of it."""

    def __init__(
        self, database: Database, catalog: SqlCatalog, ids: Ids, read_contents: ReadContents, clock: Clock
    ) -> None:
        self._database = database
        self._catalog = catalog
        self._ids = ids
        self._read_contents = read_contents
        self._clock = clock
        self._clearing = Clearing(database, catalog, ids, read_contents)
        self._under_way: set[SqlImport] = set()

    @asynccontextmanager
    async def open(self, name: ListName, origin: str, actor: Actor, at: datetime) -> AsyncIterator[SqlImport]:
        """See `ports.Imports`."""
        begun = SqlImport(
            self._catalog, self._database, self._ids, self._read_contents, name, origin, actor, self._clock
        )
        self._under_way.add(begun)
        try:
            yield begun
            if begun.id is not None:
                await self._finish(begun, begun.id, actor, at)
        except BaseException:
            if begun.id is not None and not await self._is_finished(begun.id):
                await self._clearing.drop(begun.id)
            raise
        finally:
            self._under_way.discard(begun)

    @asynccontextmanager
    async def rehearse(self, name: ListName) -> AsyncIterator[Rehearsal]:
        """See `ports.Imports`."""
        async with self._database.private(_REHEARSED) as own:
            yield Rehearsal(self._database, own, self._read_contents, name, self._clock)

    async def made(self, names: Collection[ListName] | None, most: int) -> list[ImportBatch]:
        """See `ports.Imports`."""
        async with self._database.read() as snapshot:
            if names is None:
                rows = await snapshot.rows("all_batches_by_age", most=most)
            else:
                rows = [row for name in names for row in await snapshot.rows("batches_by_age", name=name, most=most)]
        return [_batch(row) for row in sorted(rows, key=lambda row: -row[0])[:most]]

    async def get(self, batch_id: BatchId, names: Collection[ListName] | None) -> ImportBatch | None:
        """See `ports.Imports`."""
        async with self._database.read() as snapshot:
            row = await snapshot.row("batch_by_id", id=batch_id)
        batch = _batch(row) if row else None
        return batch if batch and (names is None or batch.list in names) else None

    async def changed_since(self, batch_id: BatchId, most: int) -> list[Record]:
        """See `ports.Imports`."""
        found: list[Record] = []
        async with self._database.read() as snapshot, aclosing(Touched(batch_id).differing(snapshot)) as differing:
            async for record in differing:
                found.append(record)
                if len(found) == most:
                    break
        return found

    async def undo(self, batch_id: BatchId, actor: Actor, at: datetime, *, keep_changes: bool) -> None:
        """See `ports.Imports`."""
        touched = Touched(batch_id)
        async with self._database.read() as snapshot:
            changed = [record.id async for record in touched.differing(snapshot)]
        if changed and not keep_changes:
            raise Conflict(key="refused.batch_changed")
        for first in range(0, len(changed), _KEPT_A_STEP):
            async with self._database.write(lasting=False) as transaction:
                await _leave(transaction, batch_id, changed[first : first + _KEPT_A_STEP], at)
        async with self._database.write() as transaction:
            late = [record.id async for record in touched.differing(transaction)]
            if late and not keep_changes:
                raise Conflict(key="refused.batch_changed")
            await _leave(transaction, batch_id, late, at)
            by = {"kind": actor.kind, "by": actor.user_id}
            if not await transaction.row("mark_undone", id=batch_id, at=from_time(at), **by):
                raise Conflict(key="refused.batch_undone")
            await transaction.rows("noted_in_batch", batch_id=batch_id, at=to_ms(at))

    async def settle(self, at: datetime) -> bool:
        """See `ports.Imports`."""
        async with self._database.read() as snapshot:
            rows = await snapshot.rows("unsettled_batches")
        mine = {begun.id for begun in self._under_way}
        for batch_id, owned_by, beat_at, finished_at, undone_at, kind, by in rows:
            if batch_id in mine:
                continue
            if finished_at is None:
                if not is_left_behind(owned_by, beat_at, at):
                    continue
                await self._clearing.drop_step(batch_id, beat_at)
            else:
                actor = Actor(ActorKind(kind), UserId(by) if by else None)
                await self._clearing.step(batch_id, actor, at, undone=undone_at is not None)
            return True
        return False

    async def _finish(self, begun: SqlImport, batch_id: BatchId, actor: Actor, at: datetime) -> None:
        async with self._database.write() as transaction:
            finished = await transaction.row(
                "finish_batch", id=batch_id, at=from_time(at), added=begun.added, owner=owner()
            )
            if not finished:
                raise Conflict(key="refused.import_lost")
            await self._clearing.make_changes(transaction, batch_id, actor, at, _AT_ONCE)
        try:
            while await self._clearing.finished_step(batch_id, actor, at):
                pass
        except StoreError as error:  # it is valid by now: what is left is done later
            log.warning("import=%s is valid, but not all that it adds is done yet: %s", batch_id, error)
            begun.is_settled = False
        async with self._database.read() as snapshot:
            missed = await snapshot.rows("missed_changes", batch_id=batch_id, most=_MOST_MISSED)
        begun.missed += [Missed(*json.loads(reason)) for (reason,) in missed]

    async def _is_finished(self, batch_id: BatchId) -> bool:
        async with self._database.read() as snapshot:
            row = await snapshot.row("unsettled_batch", id=batch_id)
        return row is not None and row[0] is not None


async def _leave(transaction: Transaction, batch_id: BatchId, ids: Sequence[int], at: datetime) -> None:
    """Takes records out of an import, to be kept; what it added to them stays with them."""
    if ids:
        await transaction.rows("leave_batch", ids=ids)
    for record_id in ids:
        await transaction.rows("change_settled", batch_id=batch_id, id=record_id, at=from_time(at))


def _batch(row: Row) -> ImportBatch:
    batch_id, name, origin, started, finished, undone, added, changed = row
    return ImportBatch(
        BatchId(batch_id),
        ListName(name),
        origin,
        to_time(started) or from_ms(0),
        to_time(finished) or from_ms(0),
        to_time(undone),
        added,
        changed,
    )
