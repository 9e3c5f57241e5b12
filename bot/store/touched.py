"""Which records of an import say something else by now than the import made of them."""

from collections.abc import AsyncGenerator

from bot.core.model import BatchId, Record
from bot.core.records import kept_line
from bot.store.rows import read_records
from bot.store.sqlite import Snapshot

_LOOKED_AT_ONCE = 500


class Touched:
    """One import's records with another version than it left. Those whose contents are the import's all the same are
    remembered, so that a second look costs next to nothing: nobody else writes while an import is marked as undone.
    """

    def __init__(self, batch_id: BatchId) -> None:
        self._batch_id = batch_id
        self._same: dict[int, int] = {}

    async def differing(self, snapshot: Snapshot) -> AsyncGenerator[Record, None]:
        """Those with other contents."""
        for name in ("touched_additions", "touched_changes"):
            after = 0
            while rows := await snapshot.rows(name, batch_id=self._batch_id, after=after, most=_LOOKED_AT_ONCE):
                after = rows[-1][0]
                versions = {i: version for i, version in rows if self._same.get(i) != version}
                if versions:
                    for record in await self._compared(snapshot, versions):
                        yield record

    async def _compared(self, snapshot: Snapshot, versions: dict[int, int]) -> list[Record]:
        made = await snapshot.rows("made_in_batch", ids=versions, batch_id=self._batch_id)
        left = {i: after for i, _, after in made}
        records = await read_records(snapshot, list(versions))
        differ = [record for i, record in sorted(records.items()) if kept_line(record.publication) != left.get(i)]
        self._same |= versions
        for record in differ:
            del self._same[record.id]
        return differ
