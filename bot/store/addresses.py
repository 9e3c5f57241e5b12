"""Found addresses, and changes of several records at once that are taken back whole: fulfils `ports.AddressBook`."""

from collections.abc import Callable, Collection
from datetime import datetime

from bot.core.errors import Conflict, NotFound
from bot.core.model import (
    Actor,
    FoundAddress,
    FoundKind,
    ListName,
    LookupKey,
    Publication,
    PublicationId,
    Rearrangement,
    Record,
)
from bot.core.records import kept_line
from bot.store.audit import write_event
from bot.store.catalog import SqlCatalog
from bot.store.ids import Ids
from bot.store.queries import Value
from bot.store.rows import from_time, read_records
from bot.store.sqlite import Database, Row, Transaction

MOST_FOUND = 25
"""Found addresses of one record that wait at once; what a panel can show."""


class SqlAddressBook:
    """Over SQL. `read_contents` makes a publication of what an audit event kept of it."""

    def __init__(
        self, database: Database, catalog: SqlCatalog, ids: Ids, read_contents: Callable[[str], Publication]
    ) -> None:
        self._database = database
        self._catalog = catalog
        self._ids = ids
        self._read_contents = read_contents

    async def propose(self, record: Record, url: str, key: LookupKey, kind: FoundKind, by: str, at: datetime) -> bool:
        """See `ports.AddressBook`."""
        if any(address.key == key for address in record.publication.addresses):
            return False
        row: dict[str, Value] = {"publication_id": record.id, "url": url, "key": key, "kind": kind, "claimed_by": by}
        async with self._database.write() as transaction:
            if len(await transaction.rows("found_of", publication_id=record.id)) >= MOST_FOUND:
                return False
            row |= {"id": self._ids.next(at), "found_at": from_time(at)}
            return await transaction.row("add_found", **row) is not None

    async def found(self, record_id: PublicationId) -> list[FoundAddress]:
        """See `ports.AddressBook`."""
        async with self._database.read() as snapshot:
            return [_found(row) for row in await snapshot.rows("found_of", publication_id=record_id)]

    async def dismiss(self, found: FoundAddress, actor: Actor, at: datetime) -> None:
        """See `ports.AddressBook`."""
        async with self._database.write() as transaction:
            await transaction.rows("dismiss_found", id=found.id, at=from_time(at))
            await write_event(transaction, self._ids, at, actor, "dismiss_address", found.record_id, found.url, None)

    async def rearrange(self, change: Rearrangement, actor: Actor, at: datetime) -> int:
        """See `ports.AddressBook`."""
        async with self._database.write() as transaction:
            return await self._carry_out(transaction, change, actor, at)

    async def undo(self, change_id: int, names: Collection[ListName], actor: Actor, at: datetime) -> list[Record]:
        """See `ports.AddressBook`."""
        async with self._database.write() as transaction:
            events = await transaction.rows("events_of_change", change_id=change_id)
            ids = [event[0] for event in events]
            records = await read_records(transaction, ids)
            mine = {i: record for i, record in records.items() if record.list in names}
            if not mine:
                raise NotFound(key="refused.no_change")
            if await transaction.row("undone", change_id=change_id):
                raise Conflict(key="refused.changed_since")
            change, gone = self._reversed(events, mine)
            await self._carry_out(transaction, change, actor, at, undoes=change_id)
            for record_id, publication in gone:
                await self._put_back(transaction, record_id, next(iter(mine.values())).list, publication, actor, at)
            restored = await read_records(transaction, ids)
        return list(restored.values())

    async def _carry_out(
        self, transaction: Transaction, change: Rearrangement, actor: Actor, at: datetime, undoes: int | None = None
    ) -> int:
        change_id = self._ids.next(at)

        async def note(subject: int, before: Publication | None, after: Publication | None) -> None:
            await write_event(
                transaction, self._ids, at, actor, change.action, subject,
                kept_line(before) if before else None, kept_line(after) if after else None,
                change_id=change_id, undoes=undoes,
            )  # fmt: skip

        for record in change.removed:
            if change.changed:  # what was found for it is its heir's
                heir = change.changed[0][0].id
                await transaction.rows("move_found", gone=record.id, publication_id=heir)
            await self._catalog.delete(transaction, record, at)
            await note(record.id, record.publication, None)
        for record, publication in change.changed:
            await self._catalog.update(transaction, record, publication, at)
            await note(record.id, record.publication, publication)
        for name, publication in change.added:
            record_id = self._ids.next(at)
            list_id = await self._catalog.list_id(transaction, name, at)
            await self._catalog.must_be_free(transaction, list_id, publication, record_id)
            await self._catalog.insert(transaction, record_id, list_id, publication, at)
            await note(record_id, None, publication)
        return change_id

    def _reversed(
        self, events: list[Row], records: dict[int, Record]
    ) -> tuple[Rearrangement, list[tuple[int, Publication]]]:
        """What takes a change back, and the records that it removed; Conflict where one is not as it left it."""
        changed: list[tuple[Record, Publication]] = []
        removed: list[Record] = []
        gone: list[tuple[int, Publication]] = []
        for subject, before, after in events:
            record = records.get(subject)
            if after is not None and (record is None or kept_line(record.publication) != after):
                raise Conflict(key="refused.changed_since")
            if before is not None and record is None:
                gone.append((subject, self._read_contents(before)))
            elif record is not None and before is not None:
                changed.append((record, self._read_contents(before)))
            elif record is not None:
                removed.append(record)
        return Rearrangement("undo", tuple(changed), tuple(removed)), gone

    async def _put_back(
        self, transaction: Transaction, record_id: int, name: ListName, publication: Publication, actor: Actor,
        at: datetime,
    ) -> None:  # fmt: skip
        """A removed record under its own id, under the version after its last."""
        list_id = await self._catalog.list_id(transaction, name, at)
        await self._catalog.must_be_free(transaction, list_id, publication, record_id)
        versions = len(await transaction.rows("events_of", subject_kind="record", subject_id=record_id))
        brought = await transaction.row("brought_by", id=record_id)
        if brought and brought[1] is not None:  # the import that brought it was taken back: it would come back with it
            raise Conflict(key="refused.changed_since")
        batch_id, version = brought[0] if brought else None, max(1, versions)
        await self._catalog.insert(transaction, record_id, list_id, publication, at, version, batch_id)
        await write_event(transaction, self._ids, at, actor, "undo", record_id, None, kept_line(publication))


def _found(row: Row) -> FoundAddress:
    found_id, record_id, url, key, kind, by, at = row
    return FoundAddress(
        found_id, PublicationId(record_id), url, LookupKey(key), FoundKind(kind), by, datetime.fromisoformat(at)
    )
