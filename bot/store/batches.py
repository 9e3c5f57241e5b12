"""An import under way: short transactions whose rows nobody sees, then one that makes them valid."""

from __future__ import annotations

import os
import platform
from collections.abc import AsyncIterator, Callable, Collection, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from functools import lru_cache, reduce
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.errors import Conflict
from bot.core.model import Actor, BatchId, ListName, LookupKey, Publication, Record
from bot.core.records import Packed, kept_line, merge
from bot.ports import Clock, Growth, Held, Missed
from bot.store.ids import Ids
from bot.store.insert import RecordRows, drop_words
from bot.store.rows import from_time, read_records, to_ms
from bot.store.sqlite import Database, Transaction

if TYPE_CHECKING:
    from bot.store.catalog import SqlCatalog

_SILENT_MS = 60_000
ReadContents = Callable[[str], Publication]
"""Makes a publication of what the audit kept of it."""


class SqlImport:
    """Fulfils `ports.Import`. Its row is made with the first records it writes."""

    def __init__(
        self, catalog: SqlCatalog, database: Database, ids: Ids, read_contents: ReadContents,
        name: ListName, origin: str, actor: Actor, clock: Clock,
    ) -> None:  # fmt: skip
        self.id: BatchId | None = None
        self.missed: list[Missed] = []
        self.is_settled = True
        self.added = 0
        self._catalog = catalog
        self._database = database
        self._ids = ids
        self.read_contents = read_contents
        self._name = name
        self._origin = origin
        self._actor = actor
        self._clock = clock
        self._at = clock()

    @asynccontextmanager
    async def step(self) -> AsyncIterator[SqlImportStep]:
        """See `ports.Import`."""
        before = self.id, self.added
        try:
            # What makes an import valid is lasting, and all before it with that.
            async with self._database.write(lasting=False) as transaction:
                await self._beat(transaction)
                yield SqlImportStep(self, transaction)
        except BaseException:
            self.id, self.added = before
            raise

    async def list_id(self, transaction: Transaction) -> int:
        """The id of the list that the records go to."""
        return await self._catalog.list_id(transaction, self._name, self._at)

    async def insert(self, transaction: Transaction, packed: Sequence[Packed]) -> None:
        """New records."""
        self.added += len(packed)
        await self._insert(transaction, packed, self._take(len(packed)))

    async def replace(self, transaction: Transaction, grown: Sequence[tuple[Held, Packed]]) -> None:
        """Records of this import anew, with what was added to them."""
        ids = [held.id for held, _ in grown]
        await transaction.rows("drop_publications", ids=ids)
        await transaction.rows("drop_made_in_batch", ids=ids, batch_id=self.id)
        titles = [(held.id, held.publication.title) for held, _ in grown]
        await drop_words(transaction, await self.list_id(transaction), titles)
        await self._insert(transaction, [packed for _, packed in grown], ids)

    async def begin(self, transaction: Transaction) -> BatchId:
        """Its row, if there is none yet."""
        if self.id is None:
            self.id = BatchId(self._ids.next(self._clock()))
            list_id = await self.list_id(transaction)
            by, at = (self._actor.kind, self._actor.user_id), from_time(self._at)
            row = (self.id, list_id, self._origin, owner(), *by, at, to_ms(self._clock()))
            await transaction.many("add_batch", [row])
        return self.id

    def _take(self, count: int) -> range:
        """New ids, of this moment: all of those of the beginning would run far into what others make after it."""
        return self._ids.take(self._clock(), count)

    async def _beat(self, transaction: Transaction) -> None:
        if self.id is not None:
            beat = to_ms(self._clock())
            if not await transaction.row("batch_beat", id=self.id, owner=owner(), beat=beat):
                raise Conflict(key="refused.import_lost")

    async def _insert(self, transaction: Transaction, packed: Sequence[Packed], ids: Sequence[int]) -> None:
        rows = RecordRows(await self.list_id(transaction), self._catalog.key_version, self._at, self.id)
        claim_ids = self._take(sum(len(record.claims) for record in packed))
        taken = 0
        for record_id, record in zip(ids, packed, strict=True):
            rows.add(record_id, record, claim_ids[taken : taken + len(record.claims)])
            taken += len(record.claims)
        await rows.insert(transaction)
        events, at = self._take(len(packed)), from_time(self._at)
        by = (self._actor.kind, self._actor.user_id, "import", "record")
        await transaction.many(
            "add_event",
            [
                (event, at, *by, record_id, self.id, None, None, None, record.contents)
                for event, record_id, record in zip(events, ids, packed, strict=True)
            ],
        )


class SqlImportStep:
    """Fulfils `ports.ImportStep`."""

    def __init__(self, of: SqlImport, transaction: Transaction) -> None:
        self._of = of
        self._transaction = transaction

    async def held(self, keys: Collection[LookupKey]) -> tuple[list[Held], frozenset[LookupKey]]:
        """See `ports.ImportStep`."""
        transaction, batch_id = self._transaction, self._of.id
        list_id = await self._of.list_id(transaction)
        rows = await transaction.rows("holders_for_import", list_id=list_id, keys=keys)
        own = {record_id for _, record_id, batch in rows if batch_id is not None and batch == batch_id}
        holders = {LookupKey(key): int(record_id) for key, record_id, _ in rows}
        if batch_id is not None:
            more = await transaction.rows("batch_keys_among", batch_id=batch_id, keys=keys)
            holders |= {LookupKey(key): int(record_id) for key, record_id in more}
        if not holders:
            return [], frozenset()
        made = await transaction.rows("made_in_batch", ids=own, batch_id=batch_id) if own else []
        brought = {record_id: self._of.read_contents(after) for record_id, _, after in made}
        there = await read_records(transaction, set(holders.values()) - own)
        came = await transaction.rows("incoming_of", batch_id=batch_id, ids=there) if there and batch_id else []
        incoming = {record_id: read_incoming(text, self._of.read_contents) for record_id, text in came}
        return held_of(holders, brought, there, incoming)

    async def write(self, added: Sequence[Packed], grown: Sequence[Growth]) -> None:
        """See `ports.ImportStep`."""
        if not (added or grown):
            return
        batch_id = await self._of.begin(self._transaction)
        await self._of.insert(self._transaction, added)
        await self._of.replace(self._transaction, [(g.held, g.packed) for g in grown if g.packed])
        changes = [(g.held.record, g.incoming) for g in grown if g.held.record and g.incoming]
        await self._transaction.many(
            "put_change", [(batch_id, record.id, record.version, incoming_text(came)) for record, came in changes]
        )
        keys = [(batch_id, a.key, record.id) for record, came in changes for one in came for a in one.addresses]
        await self._transaction.many("add_batch_key", keys)


def held_of(
    holders: dict[LookupKey, int],
    brought: dict[int, Publication],
    there: dict[int, Record],
    incoming: dict[int, tuple[Publication, ...]],
) -> tuple[list[Held], frozenset[LookupKey]]:
    """What `ports.ImportStep.held` answers, of who has which key."""
    held = []
    for record_id in dict.fromkeys(holders.values()):
        keys = frozenset(key for key, holder in holders.items() if holder == record_id)
        if record_id in brought:
            held.append(Held(record_id, keys, brought[record_id]))
        elif record_id in there:
            record, more = there[record_id], incoming.get(record_id, ())
            whole = reduce(merge, more, record.publication)
            held.append(Held(record_id, keys, whole, record, more))
    known = {key for one in held for key in one.keys}
    return held, frozenset(holders.keys() - known)


def incoming_text(came: Sequence[Publication]) -> str:
    """Records as `batch_changes` keeps them: their JSON has no line feeds."""
    return "\n".join(map(kept_line, came))


def read_incoming(text: str, read_contents: ReadContents) -> tuple[Publication, ...]:
    """The same, read."""
    return tuple(read_contents(line) for line in text.split("\n"))


@lru_cache(1)
def _here() -> str:
    """This machine, and where processes are numbered apart on it (containers), that place."""
    try:
        space = str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        space = ""
    return f"{platform.node()}/{space}"


def owner() -> str:
    """This process, as a batch remembers it; empty: it was given up, and is being cleared."""
    return f"{_here()}:{os.getpid()}"


def is_left_behind(owned_by: str, beat_at: int, now: datetime) -> bool:
    """Whether nobody works at a batch any more; not asked about those that this very process has under way.

    `beat_at`: its last sign of life in milliseconds. A process elsewhere cannot be looked at, and a number may have
    been given to another process, so whoever was silent for long counts as gone.
    """
    if not owned_by or to_ms(now) - beat_at > _SILENT_MS:
        return True
    where, _, number = owned_by.rpartition(":")
    if where != _here():
        return False
    if int(number) == os.getpid():
        return True
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return False
