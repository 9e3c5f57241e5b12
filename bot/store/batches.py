"""An import: short transactions whose rows nobody sees, then one that makes them valid together with its changes."""

from __future__ import annotations

import os
import platform
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from bot.core.model import Actor, BatchId, ListName, Publication, Record
from bot.store.audit import contents, write_event
from bot.store.ids import Ids
from bot.store.queries import Value
from bot.store.rows import from_time
from bot.store.sqlite import Database, Transaction

if TYPE_CHECKING:
    from bot.store.catalog import SqlCatalog


class SqlBatch:
    """Fulfils `ports.Batch`."""

    def __init__(
        self, catalog: SqlCatalog, database: Database, ids: Ids, batch_id: int, list_id: int, actor: Actor, at: datetime
    ) -> None:
        self.id = BatchId(batch_id)
        self._catalog = catalog
        self._database = database
        self._ids = ids
        self._list_id = list_id
        self._actor = actor
        self._at = at
        self.changes: list[tuple[Record, Publication]] = []

    async def add(self, publications: Sequence[Publication]) -> None:
        """See `ports.Batch`."""
        async with self._database.write() as transaction:
            for publication in publications:
                record_id = self._ids.next(self._at)
                await self._catalog.must_be_free(transaction, self._list_id, publication, record_id)
                await self._catalog.insert(transaction, record_id, self._list_id, publication, self._at, self.id)
                await self._log(transaction, record_id, None, publication)

    async def change(self, changes: Sequence[tuple[Record, Publication]]) -> None:
        """See `ports.Batch`."""
        self.changes.extend(changes)

    async def finish(self) -> None:
        """Makes the batch valid: from here on everybody sees it."""
        async with self._database.write() as transaction:
            for record, after in self.changes:
                await self._catalog.update(transaction, record, after, self._at)
                await self._log(transaction, record.id, record.publication, after)
            await transaction.rows("finish_batch", id=self.id, at=from_time(self._at))

    async def _log(
        self, transaction: Transaction, record_id: int, before: Publication | None, after: Publication
    ) -> None:
        was = contents(before) if before else None
        await write_event(
            transaction, self._ids, self._at, self._actor, "import", record_id, was, contents(after), batch_id=self.id
        )

    async def drop(self) -> None:
        """Takes back what was added, unless the batch became valid."""
        async with self._database.write() as transaction:
            await drop_unfinished(transaction, self.id)


async def drop_unfinished(transaction: Transaction, batch_id: int) -> None:
    """Removes a batch that never became valid, with everything it brought."""
    if await transaction.row("unfinished_batch", id=batch_id):
        for name in ("drop_batch_audit", "drop_batch_publications", "drop_batch"):
            await transaction.rows(name, id=batch_id)


def owner() -> str:
    """This process, as a batch remembers it."""
    return f"{platform.node()}:{os.getpid()}"


def is_left_behind(owned_by: str, started_at: str, before: datetime) -> bool:
    """Whether nobody works at a batch any more; asked at start, when this process has none of its own.

    A process of another machine cannot be looked at, so its batches count as left behind only after a time.
    """
    node, _, number = owned_by.rpartition(":")
    if node != platform.node():
        return started_at < (from_time(before) or "")
    if int(number) == os.getpid():
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return False


@asynccontextmanager
async def open_batch(
    catalog: SqlCatalog, database: Database, ids: Ids, name: ListName, origin: str, actor: Actor, at: datetime
) -> AsyncIterator[SqlBatch]:
    """A batch that becomes valid where the block ends well and is taken back where it does not."""
    batch_id = ids.next(at)
    async with database.write() as transaction:
        list_id = await catalog.list_id(transaction, name, at)
        row: dict[str, Value] = {
            "id": batch_id,
            "list_id": list_id,
            "origin": origin,
            "owner": owner(),
            "actor_kind": actor.kind,
            "actor_id": actor.user_id,
        }
        await transaction.many("add_batch", [{**row, "at": from_time(at)}])
    batch = SqlBatch(catalog, database, ids, batch_id, list_id, actor, at)
    try:
        yield batch
        await batch.finish()
    except BaseException:
        await batch.drop()
        raise
