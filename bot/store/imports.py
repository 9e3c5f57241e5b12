"""Imports of all lists over SQL: begun, ended, looked at, taken back. Fulfils `ports.Imports`."""

import json
import logging
from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from datetime import datetime

from bot.core.errors import Conflict, StoreError
from bot.core.model import Actor, ActorKind, BatchId, ListName, Record, UserId
from bot.core.records import kept_line
from bot.ports import Clock, ImportBatch, Missed
from bot.store.batches import ReadContents, SqlImport, is_left_behind, owner
from bot.store.catalog import SqlCatalog
from bot.store.clearing import Clearing
from bot.store.ids import Ids
from bot.store.rehearsal import Rehearsal
from bot.store.rows import from_ms, from_time, read_records, to_ms, to_time
from bot.store.sqlite import Database, Row, Snapshot

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
        async with self._database.read() as snapshot:
            return await _changed_since(snapshot, batch_id, most)

    async def undo(self, batch_id: BatchId, actor: Actor, at: datetime, *, keep_changes: bool) -> None:
        """See `ports.Imports`."""
        while not await self._undo_but_changed(batch_id, actor, at, keep_changes=keep_changes):
            pass

    async def _undo_but_changed(self, batch_id: BatchId, actor: Actor, at: datetime, *, keep_changes: bool) -> bool:
        """Marks the import; False where first some of its changed records were taken out of it, to be kept."""
        async with self._database.write() as transaction:
            if changed := await _changed_since(transaction, batch_id, _KEPT_A_STEP):
                if not keep_changes:
                    raise Conflict(key="refused.batch_changed")
                kept = [record.id for record in changed]
                await transaction.rows("leave_batch", ids=kept)
                for record_id in kept:  # settled: what the import added to them stays with them
                    await transaction.rows("change_settled", batch_id=batch_id, id=record_id, at=from_time(at))
                return False
            by = {"kind": actor.kind, "by": actor.user_id}
            if not await transaction.row("mark_undone", id=batch_id, at=from_time(at), **by):
                raise Conflict(key="refused.batch_undone")
            await transaction.rows("noted_in_batch", batch_id=batch_id, at=to_ms(at))
            return True

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


async def _changed_since(snapshot: Snapshot, batch_id: BatchId, most: int) -> list[Record]:
    """Records with another version than the import left whose contents are others too; at most so many."""
    found: list[Record] = []
    for name in ("touched_additions", "touched_changes"):
        after = 0
        while len(found) < most:
            rows = await snapshot.rows(name, batch_id=batch_id, after=after, most=_KEPT_A_STEP)
            if not rows:
                break
            after = rows[-1][0]
            found += await _differing(snapshot, batch_id, [record_id for (record_id,) in rows])
    return found[:most]


async def _differing(snapshot: Snapshot, batch_id: BatchId, ids: Sequence[int]) -> list[Record]:
    made = {i: after for i, _, after in await snapshot.rows("made_in_batch", ids=ids, batch_id=batch_id)}
    records = await read_records(snapshot, ids)
    return [record for i, record in sorted(records.items()) if kept_line(record.publication) != made.get(i)]


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
