"""Records that changed while notes speak of them, and the corrections that follow: fulfils `ports.RecordChanges`."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from bot.core.model import (
    ChannelId,
    ClaimId,
    ClaimStatus,
    Correction,
    GuildId,
    MessageId,
    PublicationId,
    RecordChange,
    Showing,
    Todo,
)
from bot.store.rows import from_ms, from_time, to_ms, to_time
from bot.store.sqlite import Database, Row, Snapshot, Transaction


async def note_change(transaction: Transaction, record_id: int, at: datetime, *, look: bool) -> None:
    """In the transaction of the change, before it: notes that speak of the record are to follow.

    `look`: their messages are to be read again, because the record may be theirs no more.
    """
    rows = await transaction.rows("claim_statuses", id=record_id)
    statuses = " ".join(f"{claim_id}:{status}" for claim_id, status in rows)
    await transaction.rows("note_record_change", id=record_id, at=to_ms(at), look=int(look), statuses=statuses)


class SqlRecordChanges:
    """Over SQL."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(self, now: datetime, delay: timedelta, longest: timedelta, most: int) -> list[RecordChange]:
        """See `ports.RecordChanges`."""
        async with self._database.read() as snapshot:
            rows = await snapshot.rows(
                "changes_due", settled=to_ms(now - delay), longest=to_ms(now - longest), most=most
            )
            return [await self._change(snapshot, row) for row in rows]

    async def take_up(self, change: RecordChange, corrections: Collection[Showing], at: datetime) -> bool:
        """See `ports.RecordChanges`."""
        version = change.version or 0
        async with self._database.write() as transaction:
            if not await transaction.row("change_taken_up", id=change.record_id, last_at=to_ms(change.last_at)):
                return False
            todo = Todo.LOOK if change.look or not version else Todo.RENEW
            await transaction.rows("renew_notes_of", id=change.record_id, version=version, todo=todo)
            of = {"publication_id": change.record_id, "version": version, "at": from_time(at)}
            await transaction.many(
                "add_correction",
                [
                    {
                        **of,
                        "channel_id": s.channel_id,
                        "guild_id": s.guild_id,
                        "message_id": s.message_id,
                        "note_message_id": s.note_message_id,
                    }
                    for s in corrections
                ],
            )
        return True

    async def corrections_due(self, now: datetime, most: int) -> list[Correction]:
        """See `ports.RecordChanges`."""
        async with self._database.read() as snapshot:
            return [_correction(row) for row in await snapshot.rows("corrections_due", now=to_ms(now), most=most)]

    async def posted(self, correction: Correction, posted_id: MessageId) -> None:
        """See `ports.RecordChanges`."""
        await self._write("correction_posted", correction, posted_id=posted_id)

    async def closed(self, correction: Correction, reason: str) -> None:
        """See `ports.RecordChanges`."""
        await self._write("correction_closed", correction, reason=reason)

    async def later(self, correction: Correction, after: datetime) -> None:
        """See `ports.RecordChanges`."""
        await self._write("correction_later", correction, try_after=to_ms(after))

    async def of_note(self, note_id: MessageId) -> list[MessageId]:
        """See `ports.RecordChanges`."""
        async with self._database.read() as snapshot:
            rows = await snapshot.rows("corrections_of_note", note_message_id=note_id)
        return [MessageId(posted_id) for (posted_id,) in rows]

    async def gone(self, note_id: MessageId) -> None:
        """See `ports.RecordChanges`."""
        async with self._database.write() as transaction:
            await transaction.rows("corrections_gone", note_message_id=note_id, reason="the note is gone")

    async def _write(self, name: str, correction: Correction, **values: str | int) -> None:
        where = {
            "publication_id": correction.record_id,
            "version": correction.version,
            "channel_id": correction.channel_id,
        }
        async with self._database.write() as transaction:
            await transaction.rows(name, **where, **values)

    async def _change(self, snapshot: Snapshot, row: Row) -> RecordChange:
        record_id, last_at, look, statuses = row
        found = await snapshot.row("version_of", id=record_id)
        before = _statuses(statuses)
        now = {ClaimId(i): ClaimStatus(s) for i, s in await snapshot.rows("claim_statuses", id=record_id)}
        turned = any(claim in now and now[claim] is not status for claim, status in before.items())
        showing: Sequence[Row] = await snapshot.rows("showing_channels", id=record_id) if turned and found else []
        return RecordChange(
            PublicationId(record_id),
            int(found[0]) if found else None,
            from_ms(last_at),
            bool(look),
            tuple(Showing(GuildId(g), ChannelId(c), MessageId(m), MessageId(n)) for g, c, m, n in showing),
        )


def _statuses(text: str) -> dict[ClaimId, ClaimStatus]:
    pairs = (pair.split(":", 1) for pair in text.split())
    return {ClaimId(int(claim_id)): ClaimStatus(status) for claim_id, status in pairs}


def _correction(row: Row) -> Correction:
    record_id, version, channel_id, guild_id, message_id, note_id, reserved_at, tries = row
    return Correction(
        PublicationId(record_id),
        version,
        GuildId(guild_id),
        ChannelId(channel_id),
        MessageId(message_id),
        MessageId(note_id),
        to_time(reserved_at) or from_ms(0),
        tries,
    )
