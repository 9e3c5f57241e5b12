"""The records of all lists, over SQL: fulfils `ports.Catalog`."""

from collections.abc import AsyncGenerator, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime

from bot.core.errors import Conflict
from bot.core.model import Actor, ListName, LookupKey, Publication, PublicationId, Record
from bot.core.text import fold, shown
from bot.ports import Heading
from bot.store.audit import contents, write_event
from bot.store.batches import SqlBatch, drop_unfinished, is_left_behind, open_batch
from bot.store.changes import note_change
from bot.store.ids import Ids
from bot.store.rows import child_rows, from_time, insert_children, kept_claim_ids, publication_row, read_records
from bot.store.sqlite import Database, Transaction

_PAGE = 200
_CHILDREN = ("addresses", "labels", "source", "works", "claims")
_LIKE = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})


class SqlCatalog:
    """Records in a database. `key_version` says which link rules made the keys it writes."""

    def __init__(self, database: Database, key_version: str, ids: Ids) -> None:
        self._database = database
        self._key_version = key_version
        self._ids = ids

    async def find(self, keys: Collection[LookupKey], lists: Sequence[ListName]) -> list[Record]:
        """See `ports.Catalog`."""
        async with self._database.read() as snapshot:
            ids = list(dict.fromkeys(row[0] for row in await snapshot.rows("find_by_keys", keys=keys, lists=lists)))
            records = await read_records(snapshot, ids) if ids else {}
        return sorted(records.values(), key=lambda r: (lists.index(r.list), r.id))

    async def get(self, ids: Collection[PublicationId], lists: Sequence[ListName]) -> list[Record]:
        """See `ports.Catalog`."""
        async with self._database.read() as snapshot:
            records = await read_records(snapshot, ids) if ids else {}
        return [records[i] for i in dict.fromkeys(ids) if i in records and records[i].list in lists]

    async def search(self, typed: str, lists: Sequence[ListName], limit: int) -> list[Heading]:
        """See `ports.Catalog`."""
        wanted = fold(typed).translate(_LIKE)
        async with self._database.read() as snapshot:
            rows = await snapshot.rows(
                "search_titles", lists=lists, pattern=f"%{wanted}%", beginning=f"{wanted}%", most=limit
            )
        return [Heading(PublicationId(i), title, ListName(name)) for i, title, name in rows]

    async def all(self, name: ListName) -> AsyncGenerator[Record, None]:
        """See `ports.Catalog`."""
        async with self._database.read() as snapshot:
            ids = [row[0] for row in await snapshot.rows("ids_of_list", name=name)]
            for start in range(0, len(ids), _PAGE):
                page = ids[start : start + _PAGE]
                records = await read_records(snapshot, page)
                for record_id in page:
                    yield records[record_id]

    async def count(self, name: ListName) -> int:
        """See `ports.Catalog`."""
        async with self._database.read() as snapshot:
            row = await snapshot.row("count_list", name=name)
        return int(row[0]) if row else 0

    async def add(self, name: ListName, publication: Publication, actor: Actor, at: datetime) -> Record:
        """See `ports.Catalog`."""
        record_id = PublicationId(self._ids.next(at))
        async with self._database.write() as transaction:
            list_id = await self.list_id(transaction, name, at)
            await self.must_be_free(transaction, list_id, publication, record_id)
            await self.insert(transaction, record_id, list_id, publication, at)
            await write_event(transaction, self._ids, at, actor, "add", record_id, None, contents(publication))
            return (await read_records(transaction, [record_id]))[record_id]

    async def change(self, record: Record, publication: Publication, actor: Actor, at: datetime) -> Record:
        """See `ports.Catalog`."""
        async with self._database.write() as transaction:
            await self.update(transaction, record, publication, at)
            before = contents(record.publication)
            await write_event(transaction, self._ids, at, actor, "change", record.id, before, contents(publication))
            return (await read_records(transaction, [record.id]))[record.id]

    async def remove(self, record: Record, actor: Actor, at: datetime) -> None:
        """See `ports.Catalog`."""
        async with self._database.write() as transaction:
            await self.delete(transaction, record, at)
            await write_event(
                transaction, self._ids, at, actor, "remove", record.id, contents(record.publication), None
            )

    def batch(self, name: ListName, origin: str, actor: Actor, at: datetime) -> AbstractAsyncContextManager[SqlBatch]:
        """See `ports.Catalog`."""
        return open_batch(self, self._database, self._ids, name, origin, actor, at)

    async def sweep(self, before: datetime) -> int:
        """Removes what imports left whose process is gone (on another machine: that began before); how many."""
        async with self._database.read() as snapshot:
            found = await snapshot.rows("unfinished_batches")
        left = [batch_id for batch_id, owned_by, started_at in found if is_left_behind(owned_by, started_at, before)]
        for batch_id in left:
            async with self._database.write() as transaction:
                await drop_unfinished(transaction, batch_id)
        return len(left)

    async def list_id(self, transaction: Transaction, name: ListName, at: datetime) -> int:
        """The id of a list, which is made where it is missing."""
        row = await transaction.row("list_id", name=name)
        if row:
            return int(row[0])
        list_id = self._ids.next(at)
        await transaction.many("add_list", [{"id": list_id, "name": name, "at": from_time(at)}])
        return list_id

    async def insert(
        self,
        transaction: Transaction,
        record_id: int,
        list_id: int,
        publication: Publication,
        at: datetime,
        batch_id: int | None = None,
        version: int = 1,
    ) -> None:
        """One new record's rows."""
        head = {
            "id": record_id,
            "list_id": list_id,
            "batch_id": batch_id,
            "version": version,
            "changed_at": from_time(at),
        }
        row = {**head, **publication_row(publication)}
        claim_ids = [self._ids.next(at) for _ in publication.claims]
        await transaction.many("add_publication", [row])
        await insert_children(transaction, [child_rows(record_id, list_id, self._key_version, publication, claim_ids)])

    async def update(self, transaction: Transaction, record: Record, publication: Publication, at: datetime) -> None:
        """A record's rows with new contents and the next version; Conflict where it is not as `record` says."""
        row = {
            "id": record.id,
            "version": record.version + 1,
            "changed_at": from_time(at),
            **publication_row(publication),
        }
        kept = {address.key for address in publication.addresses}
        lost = any(address.key not in kept for address in record.publication.addresses)
        await note_change(transaction, record.id, at, look=lost)
        if not await transaction.row("change_publication", **row):
            raise changed_meanwhile(record)
        list_id = await self.list_id(transaction, record.list, at)
        await self.must_be_free(transaction, list_id, publication, record.id)
        # A key that waits for `db rekey` goes on waiting, whatever else of the record changes.
        versions = {str(row[0]): str(row[1]) for row in await transaction.rows("key_versions_of", id=record.id)}
        for name in _CHILDREN:
            await transaction.rows(f"drop_{name}", id=record.id)
        claim_ids = kept_claim_ids(record, publication, lambda: self._ids.next(at))
        await insert_children(
            transaction, [child_rows(record.id, list_id, self._key_version, publication, claim_ids, versions)]
        )

    async def delete(self, transaction: Transaction, record: Record, at: datetime) -> None:
        """A record's rows go; Conflict where it is not as `record` says."""
        await note_change(transaction, record.id, at, look=True)
        if not await transaction.row("remove_publication", id=record.id, version=record.version):
            raise changed_meanwhile(record)

    async def must_be_free(
        self, transaction: Transaction, list_id: int, publication: Publication, record_id: int
    ) -> None:
        """Conflict where another record of the list has one of the addresses."""
        keys = [address.key for address in publication.addresses]
        for _key, holder, title in await transaction.rows("holders_of_keys", list_id=list_id, keys=keys):
            if holder != record_id:
                raise Conflict(key="refused.held", title=shown(title))


def changed_meanwhile(record: Record) -> Conflict:
    """Somebody else was faster."""
    return Conflict(key="refused.changed", title=shown(record.publication.title))
