"""An import that is only looked at. Fulfils the same ports as one that is made, and meets the same records."""

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager

from bot.core.model import BatchId, ListName, LookupKey
from bot.core.records import Packed
from bot.ports import Clock, Growth, Held, Missed
from bot.store.batches import ReadContents, held_of, incoming_text, is_left_behind, read_incoming
from bot.store.rows import read_records
from bot.store.sqlite import Database, Snapshot, Transaction


class Rehearsal:
    """Fulfils `ports.Import` and `ports.ImportStep` without any effect on the database: what the import would have
    brought so far is kept in a private database that SQLite makes in the folder for temporary files and takes away.
    """

    id: BatchId | None = None
    missed: Sequence[Missed] = ()
    is_settled = True

    def __init__(
        self, database: Database, own: Transaction, read_contents: ReadContents, name: ListName, clock: Clock
    ) -> None:
        self._database = database
        self._own = own
        self._read_contents = read_contents
        self._name = name
        self._clock = clock
        self._brought = 0

    @asynccontextmanager
    async def step(self) -> AsyncIterator["Rehearsal"]:
        """See `ports.Import`."""
        yield self

    async def held(self, keys: Collection[LookupKey]) -> tuple[list[Held], frozenset[LookupKey]]:
        """See `ports.ImportStep`."""
        async with self._database.read() as snapshot:
            holders = await self._holders(snapshot, keys)
            there = await read_records(snapshot, [i for i in holders.values() if i > 0]) if holders else {}
        if not holders:
            return [], frozenset()
        kept = await self._own.rows("rehearsed_contents", owners=set(holders.values()))
        came = {owner_id: read_incoming(text, self._read_contents) for owner_id, text in kept}
        brought = {owner_id: came[owner_id][0] for owner_id in came if owner_id < 0}
        held, unseen = held_of(holders, brought, there, came)
        return held, await self._not_free(unseen)

    async def write(self, added: Sequence[Packed], grown: Sequence[Growth]) -> None:
        """See `ports.ImportStep`."""
        rows: list[tuple[int, str]] = []
        keys: list[tuple[str, int]] = []
        for packed in added:
            self._brought += 1
            rows.append((-self._brought, packed.contents))
            keys += [(key, -self._brought) for key in packed.keys]
        for one in grown:
            if one.packed:
                rows.append((one.held.id, one.packed.contents))
                keys += [(key, one.held.id) for key in one.packed.keys]
            elif one.incoming:
                rows.append((one.held.id, incoming_text(one.incoming)))
                keys += [(address.key, one.held.id) for came in one.incoming for address in came.addresses]
        await self._own.many("rehearse", rows)
        await self._own.many("rehearse_key", keys)

    async def _not_free(self, unseen: frozenset[LookupKey]) -> frozenset[LookupKey]:
        """Those that nobody is about to give up: an import clears first what was taken back or left behind."""
        if not unseen:
            return unseen
        async with self._database.read() as snapshot:
            found = await snapshot.row("list_id", name=self._name)
            rows = await snapshot.rows("unseen_holders", list_id=found[0], keys=unseen) if found else []
        now = self._clock()
        return frozenset(
            LookupKey(key)
            for key, owned_by, beat_at, finished_at in rows
            if finished_at is None and not is_left_behind(owned_by, beat_at, now)
        )

    async def _holders(self, snapshot: Snapshot, keys: Collection[LookupKey]) -> dict[LookupKey, int]:
        found = await snapshot.row("list_id", name=self._name)
        rows = await snapshot.rows("holders_for_import", list_id=found[0], keys=keys) if found else []
        holders = {LookupKey(key): int(record_id) for key, record_id, _ in rows}
        own = await self._own.rows("rehearsed_keys", keys=keys)
        return holders | {LookupKey(key): int(owner_id) for key, owner_id in own}
