"""The records of all lists, over SQL: fulfils `ports.Catalog`."""

from collections.abc import AsyncGenerator, Collection, Sequence
from datetime import datetime

from bot.core.errors import Conflict
from bot.core.model import Actor, ListName, LookupKey, PageVersion, Publication, PublicationId, Record
from bot.core.records import kept_line, pack
from bot.core.records.pack import WORDS
from bot.core.text import shown
from bot.ports import Heading
from bot.store.audit import write_event
from bot.store.changes import note_change
from bot.store.drafts import put_page_version
from bot.store.ids import Ids
from bot.store.insert import RecordRows, drop_words
from bot.store.rows import from_time, kept_claim_ids, read_records
from bot.store.search import search_titles
from bot.store.sqlite import Database, Transaction

_PAGE = 200
_CHILDREN = ("addresses", "labels", "source", "works", "claims")
_HEAD = ("title", "title_folded", "language", "recorded", "reviewed", "valid_from", "valid_until")


class SqlCatalog:
    """Records in a database. `key_version` says which link rules made the keys it writes."""

    def __init__(self, database: Database, key_version: str, ids: Ids) -> None:
        self._database = database
        self.key_version = key_version
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
        async with self._database.read() as snapshot:
            return await search_titles(snapshot, typed, lists, limit)

    async def all(self, name: ListName) -> AsyncGenerator[Record, None]:
        """See `ports.Catalog`."""
        async with self._database.read() as snapshot:
            after = ""
            while rows := await snapshot.rows("first_keys", name=name, after=after, most=_PAGE):
                after = rows[-1][0]
                page = [record_id for _, record_id in rows]
                records = await read_records(snapshot, page)
                for record_id in page:
                    if record_id in records:  # it may be of an import that nobody sees
                        yield records[record_id]

    async def count(self, name: ListName) -> int:
        """See `ports.Catalog`."""
        async with self._database.read() as snapshot:
            row = await snapshot.row("count_list", name=name)
        return int(row[0]) if row else 0

    async def add(
        self, name: ListName, publication: Publication, actor: Actor, at: datetime, page: PageVersion | None = None
    ) -> Record:
        """See `ports.Catalog`."""
        record_id = PublicationId(self._ids.next(at))
        async with self._database.write() as transaction:
            list_id = await self.list_id(transaction, name, at)
            await self.must_be_free(transaction, list_id, publication, record_id)
            await self.insert(transaction, record_id, list_id, publication, at)
            if page:
                await put_page_version(transaction, record_id, page)
            await write_event(transaction, self._ids, at, actor, "add", record_id, None, kept_line(publication))
            return (await read_records(transaction, [record_id]))[record_id]

    async def change(
        self, record: Record, publication: Publication, actor: Actor, at: datetime, page: PageVersion | None = None
    ) -> Record:
        """See `ports.Catalog`."""
        async with self._database.write() as transaction:
            await self.update(transaction, record, publication, at)
            if page:
                await put_page_version(transaction, record.id, page)
            before = kept_line(record.publication)
            await write_event(transaction, self._ids, at, actor, "change", record.id, before, kept_line(publication))
            return (await read_records(transaction, [record.id]))[record.id]

    async def remove(self, record: Record, actor: Actor, at: datetime) -> None:
        """See `ports.Catalog`."""
        async with self._database.write() as transaction:
            await self.delete(transaction, record, at)
            await write_event(
                transaction, self._ids, at, actor, "remove", record.id, kept_line(record.publication), None
            )

    async def list_id(self, transaction: Transaction, name: ListName, at: datetime) -> int:
        """The id of a list, which is made where it is missing."""
        row = await transaction.row("list_id", name=name)
        if row:
            return int(row[0])
        list_id = self._ids.next(at)
        await transaction.many("add_list", [{"id": list_id, "name": name, "at": from_time(at)}])
        return list_id

    async def insert(
        self, transaction: Transaction, record_id: int, list_id: int, publication: Publication, at: datetime,
        version: int = 1, batch_id: int | None = None,
    ) -> None:  # fmt: skip
        """One new record's rows; `batch_id`: of the import that it belongs to."""
        rows = RecordRows(list_id, self.key_version, at, batch_id)
        rows.add(record_id, pack(publication), self._ids.take(at, len(publication.claims)), version)
        await rows.insert(transaction)

    async def update(self, transaction: Transaction, record: Record, publication: Publication, at: datetime) -> None:
        """A record's rows with new contents and the next version; Conflict where it is not as `record` says."""
        kept = {address.key for address in publication.addresses}
        lost = any(address.key not in kept for address in record.publication.addresses)
        await note_change(transaction, record.id, at, look=lost)
        packed = pack(publication)
        head = {**dict(zip(_HEAD, packed.head, strict=True)), "changed_at": from_time(at), "words": WORDS}
        if not await transaction.row("change_publication", id=record.id, version=record.version + 1, **head):
            raise changed_meanwhile(record)
        list_id = await self.list_id(transaction, record.list, at)
        await self.must_be_free(transaction, list_id, publication, record.id)
        # A key that waits for `db rekey` goes on waiting, whatever else of the record changes.
        versions = {str(row[0]): str(row[1]) for row in await transaction.rows("key_versions_of", id=record.id)}
        for name in _CHILDREN:
            await transaction.rows(f"drop_{name}", id=record.id)
        await drop_words(transaction, list_id, [(record.id, record.publication.title)])
        rows = RecordRows(list_id, self.key_version, at)
        claim_ids = list(kept_claim_ids(record, publication, lambda: self._ids.next(at)))
        rows.add_children(record.id, packed, claim_ids, versions)
        await rows.insert(transaction)

    async def delete(self, transaction: Transaction, record: Record, at: datetime) -> None:
        """A record's rows go; Conflict where it is not as `record` says."""
        await note_change(transaction, record.id, at, look=True)
        if not await transaction.row("remove_publication", id=record.id, version=record.version):
            raise changed_meanwhile(record)
        list_id = await self.list_id(transaction, record.list, at)
        await drop_words(transaction, list_id, [(record.id, record.publication.title)])

    async def must_be_free(
        self, transaction: Transaction, list_id: int, publication: Publication, record_id: int
    ) -> None:
        """Conflict where others of the list have one of the addresses: a record, or rows that nobody sees."""
        keys = [address.key for address in publication.addresses]
        for _key, holder, title in await transaction.rows("holders_of_keys", list_id=list_id, keys=keys):
            if holder != record_id:
                raise Conflict(key="refused.held", title=shown(title)) if title else Conflict(key="refused.held_unseen")


def changed_meanwhile(record: Record) -> Conflict:
    """Somebody else was faster."""
    return Conflict(key="refused.changed", title=shown(record.publication.title))
