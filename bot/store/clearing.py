"""What is left to be done about imports, in transactions so short that the bot can reserve a note between them."""

import json
import logging
from collections.abc import Sequence
from datetime import datetime
from functools import reduce

from bot.core.errors import BadRecord, Conflict
from bot.core.model import Actor, BatchId, Record
from bot.core.records import kept_line, merge
from bot.store.audit import write_event
from bot.store.batches import ReadContents, read_incoming
from bot.store.catalog import SqlCatalog
from bot.store.ids import Ids
from bot.store.insert import drop_words
from bot.store.rows import from_time, read_records, to_ms
from bot.store.sqlite import Database, Row, Transaction

log = logging.getLogger(__name__)

_CHANGES_A_STEP = 10
_ROWS_A_STEP = 200
_STEPS_AT_THE_END = 10
_GATHERED_A_STEP = 2_000
_ANY = 2**62


class Clearing:
    """Makes the changes that wait, takes back what was undone, drops what was interrupted."""

    def __init__(self, database: Database, catalog: SqlCatalog, ids: Ids, read_contents: ReadContents) -> None:
        self._database = database
        self._catalog = catalog
        self._ids = ids
        self._read_contents = read_contents

    async def step(self, batch_id: BatchId, actor: Actor, at: datetime, *, undone: bool) -> None:
        """One step for a batch that became valid."""
        if undone:
            await self._take_back_step(batch_id, actor, at)
        else:
            await self.finished_step(batch_id, actor, at)

    async def make_changes(
        self, transaction: Transaction, batch_id: BatchId, actor: Actor, at: datetime, most: int
    ) -> bool:
        """Makes some of the changes that wait; False where none was left."""
        waiting = await transaction.rows("waiting_changes", batch_id=batch_id, most=most)
        records = await read_records(transaction, [row[0] for row in waiting]) if waiting else {}
        made = 0
        for record_id, incoming in waiting:
            record = records.get(record_id)
            try:
                version = await self._change(transaction, batch_id, record, incoming, actor, at)
            except (BadRecord, Conflict) as refused:
                reason = _reason(record, refused)
                await transaction.rows("change_missed", batch_id=batch_id, id=record_id, reason=reason)
            else:
                made += 1
                await transaction.rows("change_made", batch_id=batch_id, id=record_id, version=version)
        await transaction.rows("count_changes", id=batch_id, more=made)
        return bool(waiting)

    async def drop(self, batch_id: BatchId) -> None:
        """Takes an import away that never became valid; a large one in part, because whoever was interrupted is to end
        soon. Nobody sees the rest, and it goes by `step`.
        """
        for _ in range(_STEPS_AT_THE_END):
            if not await self.drop_step(batch_id):
                break

    async def drop_step(self, batch_id: BatchId, beat_at: int = _ANY) -> bool:
        """Some of its rows; False where that was the last of it, or where it became valid or gave a sign of life since
        `beat_at`.
        """
        async with self._database.write(lasting=False) as transaction:
            if not await transaction.row("claim_batch", id=batch_id, beat=beat_at):
                return False
            rows = await transaction.rows("rows_of_batch", batch_id=batch_id, most=_ROWS_A_STEP)
            await transaction.rows("drop_made_in_batch", ids=[row[0] for row in rows], batch_id=batch_id)
            await self._drop_records(transaction, rows)
            if rows or await self._drop_gathered(transaction, batch_id):
                return True
            await transaction.rows("drop_batch", id=batch_id)
            return False

    async def _change(
        self,
        transaction: Transaction,
        batch_id: BatchId,
        record: Record | None,
        incoming: str,
        actor: Actor,
        at: datetime,
    ) -> int:
        """The record with what the import adds, as it stands by now; its version then."""
        if record is None:
            raise Conflict(key="refused.removed_meanwhile")
        merged = reduce(merge, read_incoming(incoming, self._read_contents), record.publication)
        if merged == record.publication:
            return record.version
        # Before anything is written: what was written stays where this is refused.
        list_id = await self._catalog.list_id(transaction, record.list, at)
        await self._catalog.must_be_free(transaction, list_id, merged, record.id)
        await self._catalog.update(transaction, record, merged, at)
        before, after = kept_line(record.publication), kept_line(merged)
        await write_event(transaction, self._ids, at, actor, "import", record.id, before, after, batch_id=batch_id)
        return record.version + 1

    async def _take_back_step(self, batch_id: BatchId, actor: Actor, at: datetime) -> None:
        async with self._database.write(lasting=False) as transaction:
            if changes := await transaction.rows("made_changes", batch_id=batch_id, most=_CHANGES_A_STEP):
                await self._revert(transaction, batch_id, [row[0] for row in changes], actor, at)
            elif rows := await transaction.rows("rows_of_batch", batch_id=batch_id, most=_ROWS_A_STEP):
                await self._remove(transaction, batch_id, rows, actor, at)
            elif not await self._drop_gathered(transaction, batch_id):
                await transaction.rows("batch_settled", id=batch_id, at=from_time(at))

    async def _drop_gathered(self, transaction: Transaction, batch_id: BatchId) -> bool:
        """Some of what a batch gathered beside its records; False where nothing was left of it."""
        some = {"batch_id": batch_id, "most": _GATHERED_A_STEP}
        return bool(await transaction.rows("drop_batch_keys", **some)) or bool(
            await transaction.rows("drop_batch_changes", **some)
        )

    async def finished_step(self, batch_id: BatchId, actor: Actor, at: datetime) -> bool:
        """One step for an import that became valid: its changes, then its keys. False when it is settled."""
        async with self._database.write(lasting=False) as transaction:
            if await transaction.row("is_undone", id=batch_id):  # by somebody else meanwhile: it is taken back instead
                return False
            if await self.make_changes(transaction, batch_id, actor, at, _CHANGES_A_STEP):
                return True
            if await transaction.rows("drop_batch_keys", batch_id=batch_id, most=_GATHERED_A_STEP):
                return True
            await transaction.rows("batch_settled", id=batch_id, at=from_time(at))
            return False

    async def _revert(
        self, transaction: Transaction, batch_id: BatchId, ids: Sequence[int], actor: Actor, at: datetime
    ) -> None:
        """Changed records say again what they said before, unless they were changed since."""
        made = {i: row for i, *row in await transaction.rows("made_in_batch", ids=ids, batch_id=batch_id)}
        records = await read_records(transaction, ids)
        for record_id in ids:
            record, (before, after) = records.get(record_id), made.get(record_id, (None, None))
            if record and before and kept_line(record.publication) == after:
                await self._revert_one(transaction, batch_id, record, after, before, actor, at)
            await transaction.rows("change_settled", batch_id=batch_id, id=record_id, at=from_time(at))

    async def _revert_one(
        self, transaction: Transaction, batch_id: BatchId, record: Record, after: str, before: str, actor: Actor,
        at: datetime,
    ) -> None:  # fmt: skip
        try:
            was = self._read_contents(before)
            list_id = await self._catalog.list_id(transaction, record.list, at)
            await self._catalog.must_be_free(transaction, list_id, was, record.id)
        except (BadRecord, Conflict) as refused:
            # Other link rules since: the record stays as it is rather than that everything else waits for it.
            log.warning("record=%s keeps what import=%s added to it: %s", record.id, batch_id, refused.key)
            return
        await self._catalog.update(transaction, record, was, at)
        await write_event(transaction, self._ids, at, actor, "undo", record.id, after, before, batch_id=batch_id)

    async def _remove(
        self, transaction: Transaction, batch_id: BatchId, rows: Sequence[Row], actor: Actor, at: datetime
    ) -> None:
        ids = [row[0] for row in rows]
        made = {i: after for i, _, after in await transaction.rows("made_in_batch", ids=ids, batch_id=batch_id)}
        events, time = self._ids.take(at, len(ids)), from_time(at)
        who = (actor.kind, actor.user_id, "undo", "record")
        await transaction.many(
            "add_event",
            [
                (event, time, *who, i, batch_id, None, None, made.get(i), None)
                for event, i in zip(events, ids, strict=True)
            ],
        )
        # Notes that were reserved while the import was being taken back.
        await transaction.rows("noted_among", ids=ids, at=to_ms(at))
        await self._drop_records(transaction, rows)

    async def _drop_records(self, transaction: Transaction, rows: Sequence[Row]) -> None:
        by_list: dict[int, list[tuple[int, str]]] = {}
        for record_id, list_id, title in rows:
            by_list.setdefault(list_id, []).append((record_id, title))
        for list_id, records in by_list.items():
            await drop_words(transaction, list_id, records)
        await transaction.rows("drop_publications", ids=[row[0] for row in rows])


def _reason(record: Record | None, refused: BadRecord | Conflict) -> str:
    """As `batch_changes` keeps it: title, key of the reason, its values."""
    values = {name: value if isinstance(value, int) else str(value) for name, value in refused.values.items()}
    return json.dumps([record.publication.title if record else "", refused.key, values])
