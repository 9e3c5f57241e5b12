"""Records' rows, gathered by table and inserted many at once, parents first."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.core.records.pack import WORDS, Packed, title_words
from bot.store.queries import Value
from bot.store.rows import from_time
from bot.store.sqlite import Transaction

Row = tuple[Value, ...]


class RecordRows:
    """The rows of records of one list. `key_version` says which link rules made their keys."""

    def __init__(self, list_id: int, key_version: str, at: datetime, batch_id: int | None = None) -> None:
        self._list_id = list_id
        self._key_version = key_version
        self._changed_at = from_time(at)
        self._batch_id = batch_id
        self._publications: list[Row] = []
        self._children: dict[str, list[Row]] = {name: [] for name in _CHILDREN}

    def add(self, record_id: int, packed: Packed, claim_ids: Sequence[int], version: int = 1) -> None:
        """One new record."""
        head = (record_id, self._list_id, self._batch_id, version, *packed.head, self._changed_at, WORDS)
        self._publications.append(head)
        self.add_children(record_id, packed, claim_ids)

    def add_children(
        self, record_id: int, packed: Packed, claim_ids: Sequence[int], versions: Mapping[str, str] | None = None
    ) -> None:
        """Everything of a record but its own row. `versions` says by which rules keys that it had before were made."""
        rows, own, list_id = self._children, self._key_version, self._list_id
        for i, (url, key, kind, claimed_by) in enumerate(packed.addresses):
            made_by = own if versions is None else versions.get(str(key), own)
            rows["add_address"].append((record_id, i, list_id, url, key, made_by, kind, claimed_by))
        for name, cells in (("add_label", packed.labels), ("add_work", packed.works)):
            rows[name] += [(record_id, i, *values) for i, values in enumerate(cells)]
        rows["add_source"] += [(record_id, *values) for values in packed.source]
        rows["add_claim"] += [
            (claim_id, record_id, i, *values)
            for i, (claim_id, values) in enumerate(zip(claim_ids, packed.claims, strict=True))
        ]
        for name, cells in (("add_speaker", packed.speakers), ("add_evidence", packed.evidence)):
            rows[name] += [(claim_ids[int(claim or 0)], *values) for claim, *values in cells]
        rows["add_title_word"] += [(list_id, word, record_id) for word in packed.words]

    async def insert(self, transaction: Transaction) -> None:
        """Writes them all."""
        await transaction.many("add_publication", self._publications)
        for name, rows in self._children.items():
            await transaction.many(name, rows)


_CHILDREN = (
    "add_address",
    "add_label",
    "add_source",
    "add_work",
    "add_claim",
    "add_speaker",
    "add_evidence",
    "add_title_word",
)


async def drop_words(transaction: Transaction, list_id: int, records: Sequence[tuple[int, str]]) -> None:
    """Takes away the words of titles, given ids and titles."""
    rows = [(list_id, word, record_id) for record_id, title in records for word in title_words(title)]
    await transaction.many("drop_title_word", rows)
