"""The note log over SQL: fulfils `ports.NoteLog`. Keeps ids and versions, never a text of a message."""

from collections.abc import Collection, Sequence
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
    Spoken,
    Todo,
)
from bot.ports import Basis
from bot.store.audit import write_event
from bot.store.ids import Ids
from bot.store.queries import Value
from bot.store.rows import from_time, to_ms, to_time
from bot.store.sqlite import Database, Row, Snapshot, Transaction

_LEASE = timedelta(seconds=30)
"""So long a reservation is its sender's own; then whoever settles may take it up."""


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

    async def was_vacated(self, message_id: MessageId) -> bool:
        """See `ports.NoteLog`."""
        async with self._database.read() as snapshot:
            return await snapshot.row("was_vacated", message_id=message_id) is not None

    async def past(
        self, message: ChatMessage, records: Collection[PublicationId], kind: PostKind, cooldown: timedelta
    ) -> ChannelPast:
        """See `ports.NoteLog`."""
        async with self._database.read() as snapshot:
            return await _past(snapshot, message, records, kind, cooldown)

    async def reserve(
        self,
        message: ChatMessage,
        note: ContextNote,
        kind: PostKind,
        at: datetime,
        basis: Basis | None = None,
    ) -> int | None:
        """See `ports.NoteLog`."""
        posts = kind is not PostKind.OBSERVATION
        values = {
            "message_id": message.id,
            "guild_id": message.guild_id,
            "channel_id": message.channel_id,
            "kind": kind,
            "message_sent_at": from_time(message.sent_at),
            "reserved_at": from_time(at),
            "says": note.says,
            **_target(note),
            "todo": Todo.SETTLE if posts else None,
            "try_after": to_ms(at + _LEASE) if posts else None,
        }
        async with self._database.write() as transaction:
            if basis:
                counted = PostKind.NOTE if posts else kind
                if await _past(transaction, message, basis.records, counted, basis.cooldown) != basis.past:
                    return None
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
            if row is not None and row[0] is None:
                await transaction.rows("note_done", message_id=message_id, done=Todo.SETTLE)
                await _pointers_look(transaction, message_id)
        return row is not None and row[0] is None

    async def vacate(self, message_id: MessageId, at: datetime) -> None:
        """See `ports.NoteLog`."""
        async with self._database.write() as transaction:
            await transaction.rows("vacate", message_id=message_id, at=from_time(at))
            await _pointers_look(transaction, message_id)

    async def renew(self, message_id: MessageId, note: ContextNote, done: Todo | None) -> None:
        """See `ports.NoteLog`."""
        values = {"message_id": message_id, "kind": note.kind, "says": note.says, **_target(note)}
        async with self._database.write() as transaction:
            told = await transaction.rows("records_of_notes", ids=[message_id])
            if {row[1] for row in told} != {record.id for record in note.records}:
                await _pointers_look(transaction, message_id)  # it speaks of something else now
            await _write_records(transaction, message_id, note)
            await transaction.rows("renew", **values)
            await transaction.rows("note_done", message_id=message_id, done=done or "")

    async def withdraw(
        self,
        message_id: MessageId,
        reason: str,
        at: datetime,
        by: Actor | None = None,
        *,
        struck: str | None = None,
    ) -> bool:
        """See `ports.NoteLog`."""
        values = {"message_id": message_id, "reason": reason, "struck": struck, "at": from_time(at)}
        async with self._database.write() as transaction:
            row = await transaction.row("withdraw", **values)
            if struck is None:  # nothing is left to point to
                await _pointers_look(transaction, message_id)
            if row and by:
                await write_event(
                    transaction, self._ids, at, by, "withdraw", message_id, None, reason, subject_kind="note"
                )
        return row is not None

    async def end(self, message_id: MessageId, reason: str, at: datetime) -> None:
        """See `ports.NoteLog`."""
        async with self._database.write() as transaction:
            await transaction.rows("end_note", message_id=message_id, reason=reason, at=from_time(at))
            await _pointers_look(transaction, message_id)

    async def end_channel(self, channel_id: ChannelId, reason: str, at: datetime) -> None:
        """See `ports.NoteLog`."""
        async with self._database.write() as transaction:
            await transaction.rows("end_notes_of_channel", channel_id=channel_id, reason=reason, at=from_time(at))
            await transaction.rows("forget_work_of_channel", channel_id=channel_id)

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
            return (await posted_notes(snapshot, [row]))[0] if row else None


async def posted_notes(snapshot: Snapshot, rows: Sequence[Row]) -> list[PostedNote]:
    """Rows of the note log as values, with the records they speak of."""
    told: dict[int, list[RecordVersion]] = {row[0]: [] for row in rows}
    for message_id, record_id, version in await snapshot.rows("records_of_notes", ids=list(told)):
        told[message_id].append(RecordVersion(PublicationId(record_id), version))
    return [_note(row, told[row[0]]) for row in rows]


def _note(row: Row, records: Sequence[RecordVersion]) -> PostedNote:
    message_id, guild_id, channel_id, note_id, withdrawn, kind, attempt, reserved_at, says, todo, tries, struck = row
    return PostedNote(
        MessageId(message_id),
        GuildId(guild_id),
        ChannelId(channel_id),
        MessageId(note_id) if note_id is not None else None,
        tuple(records),
        withdrawn,
        PostKind(kind),
        attempt,
        to_time(reserved_at),
        says,
        Todo(todo) if todo else None,
        tries,
        struck,
    )


async def _past(
    snapshot: Snapshot, message: ChatMessage, records: Collection[PublicationId], kind: PostKind, cooldown: timedelta
) -> ChannelPast:
    where = {"channel_id": message.channel_id, "message_id": message.id, "kind": kind}
    at = message.sent_at
    near = {"since": from_time(at - cooldown), "until": from_time(at + cooldown)}
    spoken = await snapshot.rows("last_spoken", **where, **near, ids=records)
    minute = {"since": from_time(at - timedelta(minutes=1)), "until": from_time(at)}
    count = await snapshot.row("notes_since", channel_id=message.channel_id, kind=kind, **minute)
    times = {
        PublicationId(record_id): Spoken(time, MessageId(answered), MessageId(note_id) if note_id else None)
        for record_id, text, answered, note_id in spoken
        if (time := to_time(text))
    }
    return ChannelPast(times, int(count[0]) if count else 0)


async def _pointers_look(transaction: Transaction, message_id: MessageId) -> None:
    """What leads to the note under this message is to be looked at, or once it stands itself."""
    for name in ("look_again_pointing", "unsettle_pointing"):
        await transaction.rows(name, message_id=message_id)


def _target(note: ContextNote) -> dict[str, Value]:
    to = note.points_to
    return {"points_to": to.message_id if to else None, "points_to_note": to.note_message_id if to else None}


async def _write_records(transaction: Transaction, message_id: MessageId, note: ContextNote) -> None:
    await transaction.rows("drop_note_records", message_id=message_id)
    await transaction.many(
        "add_note_record",
        [
            {"message_id": message_id, "position": i, "publication_id": r.id, "version": r.version}
            for i, r in enumerate(note.records)
        ],
    )
