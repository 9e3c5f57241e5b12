"""What is still to be done about notes (`ports.NoteWork`), and up to where channels were read (`ports.ReadMarks`)."""

from collections.abc import Collection, Mapping
from datetime import datetime

from bot.core.model import ChannelId, GuildId, MessageId, PostedNote, Todo
from bot.store.notes import posted_notes
from bot.store.queries import Value
from bot.store.rows import from_time, to_ms
from bot.store.sqlite import Database, Row


class SqlNoteWork:
    """The queue of the note log."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def due(
        self, todos: Collection[Todo], now: datetime, most: int, but: Collection[ChannelId] = ()
    ) -> list[PostedNote]:
        """See `ports.NoteWork`."""
        rows: list[Row] = []
        async with self._database.read() as snapshot:
            for todo in todos:  # one after the other, so that each is read in the order of its index
                left = {"now": to_ms(now), "most": most - len(rows), "but": [0, *but]}
                if left["most"]:
                    rows += await snapshot.rows("notes_due", todo=todo, **left)
            return await posted_notes(snapshot, rows)

    async def put(self, message_id: MessageId, todo: Todo | None, after: datetime | None = None) -> None:
        """See `ports.NoteWork`."""
        await self._write("note_todo", message_id=message_id, todo=todo, try_after=to_ms(after) if after else None)

    async def done(self, message_id: MessageId, todo: Todo) -> None:
        """See `ports.NoteWork`."""
        async with self._database.write() as transaction:
            for name in ("note_done", "withdrawn_note_done"):
                await transaction.rows(name, message_id=message_id, done=todo)

    async def later(self, message_id: MessageId, after: datetime) -> None:
        """See `ports.NoteWork`."""
        await self._write("note_later", message_id=message_id, try_after=to_ms(after))

    async def channel_later(self, channel_id: ChannelId, after: datetime) -> None:
        """See `ports.NoteWork`."""
        await self._write("channel_later", channel_id=channel_id, try_after=to_ms(after))

    async def forget_guild(self, guild_id: GuildId, at: datetime) -> None:
        """See `ports.NoteWork`."""
        async with self._database.write() as transaction:
            for name in ("vacate_open_of_guild", "forget_work_of_guild"):
                await transaction.rows(name, guild_id=guild_id, at=from_time(at))

    async def settle_at_once(self) -> None:
        """See `ports.NoteWork`."""
        await self._write("settle_at_once")

    async def look_again(self, since: datetime) -> None:
        """See `ports.NoteWork`."""
        await self._write("look_again_since", since=from_time(since))

    async def renew_all(self, guild_id: GuildId | None = None) -> None:
        """See `ports.NoteWork`."""
        await self._write("renew_all", guild_id=guild_id or 0)

    async def _write(self, name: str, **values: Value) -> None:
        async with self._database.write() as transaction:
            await transaction.rows(name, **values)


class SqlReadMarks:
    """Up to where channels were read, and which ones refused."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def all(self) -> dict[ChannelId, MessageId]:
        """See `ports.ReadMarks`."""
        async with self._database.read() as snapshot:
            return {ChannelId(c): MessageId(m) for c, m in await snapshot.rows("channels_read")}

    async def advance(self, marks: Mapping[ChannelId, MessageId]) -> None:
        """See `ports.ReadMarks`."""
        async with self._database.write() as transaction:
            await transaction.many("mark_channel_read", [{"channel_id": c, "message_id": m} for c, m in marks.items()])

    async def close(self, channel_id: ChannelId, permissions: int, at: datetime) -> None:
        """See `ports.ReadMarks`."""
        async with self._database.write() as transaction:
            await transaction.rows("close_channel", channel_id=channel_id, permissions=permissions, at=from_time(at))

    async def is_closed(self, channel_id: ChannelId, permissions: int) -> bool:
        """See `ports.ReadMarks`."""
        async with self._database.read() as snapshot:
            row = await snapshot.row("closed_channel", channel_id=channel_id)
        if row is None or row[0] == permissions:
            return row is not None
        async with self._database.write() as transaction:
            await transaction.rows("open_channel", channel_id=channel_id)
        return False
