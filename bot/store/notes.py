"""The note log over SQL: fulfils `ports.NoteLog`. Keeps ids and versions, never a text of a message."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.core.model import (
    Actor,
    ChannelId,
    ChannelPast,
    ChatMessage,
    ContextNote,
    GuildId,
    MessageId,
    PostedNote,
    PostKind,
    PublicationId,
    RecordVersion,
)
from bot.store.audit import write_event
from bot.store.ids import Ids
from bot.store.rows import from_time, to_time
from bot.store.sqlite import Database, Row, Snapshot, Transaction

_MEMORY = timedelta(days=7)
"""How far back a cooldown can reach (its longest setting)."""


class SqlNoteLog:
    """Notes in a database."""

    def __init__(self, database: Database, ids: Ids) -> None:
        self._database = database
        self._ids = ids

    async def get(self, message_id: MessageId) -> PostedNote | None:
        """See `ports.NoteLog`."""
        return await self._one("note", message_id=message_id)

    async def by_note(self, note_message_id: MessageId) -> PostedNote | None:
        """See `ports.NoteLog`."""
        return await self._one("note_by_note_message", message_id=note_message_id)

    async def latest(self, channel_id: ChannelId) -> PostedNote | None:
        """See `ports.NoteLog`."""
        return await self._one("latest_note", channel_id=channel_id)

    async def past(self, message: ChatMessage, records: Collection[PublicationId], kind: PostKind) -> ChannelPast:
        """See `ports.NoteLog`."""
        where = {"channel_id": message.channel_id, "message_id": message.id, "kind": kind}
        at = message.sent_at
        async with self._database.read() as snapshot:
            spoken = await snapshot.rows("last_spoken", **where, since=from_time(at - _MEMORY), ids=records)
            window = {"since": from_time(at - timedelta(minutes=1)), "until": from_time(at)}
            count = await snapshot.row("notes_since", channel_id=message.channel_id, kind=kind, **window)
        times = {PublicationId(record_id): time for record_id, text in spoken if (time := to_time(text))}
        return ChannelPast(times, int(count[0]) if count else 0)

    async def reserve(self, message: ChatMessage, note: ContextNote, kind: PostKind, at: datetime) -> int:
        """See `ports.NoteLog`."""
        values = {
            "message_id": message.id,
            "guild_id": message.guild_id,
            "channel_id": message.channel_id,
            "kind": kind,
            "message_sent_at": from_time(message.sent_at),
            "reserved_at": from_time(at),
        }
        async with self._database.write() as transaction:
            row = await transaction.row("reserve", **values)
            if row is None:
                return 0
            await _write_records(transaction, message.id, note)
            return int(row[0])

    async def confirm(self, message_id: MessageId, note_message_id: MessageId, at: datetime) -> bool:
        """See `ports.NoteLog`."""
        values = {"message_id": message_id, "note_message_id": note_message_id, "at": from_time(at)}
        async with self._database.write() as transaction:
            row = await transaction.row("confirm", **values)
        return row is not None and row[0] is None

    async def vacate(self, message_id: MessageId, at: datetime) -> None:
        """See `ports.NoteLog`."""
        async with self._database.write() as transaction:
            await transaction.rows("vacate", message_id=message_id, at=from_time(at))

    async def renew(self, message_id: MessageId, note: ContextNote) -> None:
        """See `ports.NoteLog`."""
        async with self._database.write() as transaction:
            await _write_records(transaction, message_id, note)

    async def withdraw(self, message_id: MessageId, reason: str, at: datetime, by: Actor | None = None) -> bool:
        """See `ports.NoteLog`."""
        async with self._database.write() as transaction:
            row = await transaction.row("withdraw", message_id=message_id, reason=reason, at=from_time(at))
            if row and by:
                await write_event(
                    transaction, self._ids, at, by, "withdraw", message_id, None, reason, subject_kind="note"
                )
        return row is not None

    async def notice(self, channel_id: ChannelId, kind: str, at: datetime) -> bool:
        """See `ports.NoteLog`."""
        async with self._database.write() as transaction:
            row = await transaction.row("notice", channel_id=channel_id, kind=kind, at=from_time(at))
        return row is not None

    async def clear_notices(self, channel_id: ChannelId) -> None:
        """See `ports.NoteLog`."""
        async with self._database.read() as snapshot:
            if not await snapshot.row("any_notice", channel_id=channel_id):
                return
        async with self._database.write() as transaction:
            await transaction.rows("clear_notices", channel_id=channel_id)

    async def _one(self, name: str, **values: int) -> PostedNote | None:
        async with self._database.read() as snapshot:
            row = await snapshot.row(name, **values)
            return await _note(snapshot, row) if row else None


async def _note(snapshot: Snapshot, row: Row) -> PostedNote:
    message_id, guild_id, channel_id, note_message_id, withdrawn_at = row
    records = await snapshot.rows("records_of_note", message_id=message_id)
    return PostedNote(
        MessageId(message_id),
        GuildId(guild_id),
        ChannelId(channel_id),
        MessageId(note_message_id) if note_message_id is not None else None,
        tuple(RecordVersion(PublicationId(record_id), version) for record_id, version in records),
        withdrawn_at is not None,
    )


async def _write_records(transaction: Transaction, message_id: MessageId, note: ContextNote) -> None:
    await transaction.rows("drop_note_records", message_id=message_id)
    await transaction.many(
        "add_note_record",
        [
            {"message_id": message_id, "position": i, "publication_id": r.id, "version": r.version}
            for i, r in enumerate(note.records)
        ],
    )
