"""Catalog, NoteLog and GuildBook in memory: small, without SQL, with the same promises."""

from collections.abc import AsyncGenerator, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

from bot.core.errors import Conflict
from bot.core.model import (
    Actor,
    ChannelId,
    ChannelPast,
    ChatMessage,
    ClaimId,
    ContextNote,
    GuildId,
    GuildRules,
    ListName,
    LookupKey,
    MessageId,
    PageVersion,
    PostedNote,
    PostKind,
    Publication,
    PublicationId,
    Record,
    Spoken,
    Todo,
)
from bot.core.text import fold
from bot.ports import Basis, Heading


class MemoryCatalog:
    """Fulfils `ports.Catalog`."""

    def __init__(self) -> None:
        self.records: dict[int, Record] = {}
        self._ids = count(1)

    async def find(self, keys: Collection[LookupKey], lists: Sequence[ListName]) -> list[Record]:
        wanted = set(keys)
        found = [r for r in self._seen(lists) if wanted & {a.key for a in r.publication.addresses}]
        return sorted(found, key=lambda r: lists.index(r.list))

    async def get(self, ids: Collection[PublicationId], lists: Sequence[ListName]) -> list[Record]:
        seen = {r.id: r for r in self._seen(lists)}
        return [seen[i] for i in dict.fromkeys(ids) if i in seen]

    async def search(self, typed: str, lists: Sequence[ListName], limit: int) -> list[Heading]:
        wanted = fold(typed)
        found = [r for r in self._seen(lists) if wanted in fold(r.publication.title)]
        found.sort(key=lambda r: (not fold(r.publication.title).startswith(wanted), fold(r.publication.title), r.id))
        return [Heading(r.id, r.publication.title, r.list) for r in found[:limit]]

    async def all(self, name: ListName) -> AsyncGenerator[Record, None]:
        for record in sorted(self._seen([name]), key=lambda r: min(a.key for a in r.publication.addresses)):
            yield record

    async def count(self, name: ListName) -> int:
        return len(list(self._seen([name])))

    async def add(
        self, name: ListName, publication: Publication, actor: Actor, at: datetime, page: PageVersion | None = None
    ) -> Record:
        record = Record(PublicationId(next(self._ids)), name, 1, publication, self._claim_ids(publication))
        self._must_be_free(record)
        self.records[record.id] = record
        return record

    async def change(
        self, record: Record, publication: Publication, actor: Actor, at: datetime, page: PageVersion | None = None
    ) -> Record:
        self._must_be_current(record)
        by_text = dict(zip((c.text for c in record.publication.claims), record.claim_ids, strict=True))
        ids = tuple(by_text.get(c.text) or ClaimId(next(self._ids)) for c in publication.claims)
        changed = replace(record, version=record.version + 1, publication=publication, claim_ids=ids)
        self._must_be_free(changed)
        self.records[record.id] = changed
        return changed

    async def remove(self, record: Record, actor: Actor, at: datetime) -> None:
        self._must_be_current(record)
        del self.records[record.id]

    def _seen(self, lists: Sequence[ListName]) -> Iterator[Record]:
        return (r for r in list(self.records.values()) if r.list in lists)

    def _claim_ids(self, publication: Publication) -> tuple[ClaimId, ...]:
        return tuple(ClaimId(next(self._ids)) for _ in publication.claims)

    def _must_be_current(self, record: Record) -> None:
        if self.records.get(record.id) is None or self.records[record.id].version != record.version:
            raise Conflict(key="refused.changed", title=record.publication.title)

    def _must_be_free(self, record: Record) -> None:
        keys = {a.key for a in record.publication.addresses}
        for other in self._seen([record.list]):
            if other.id != record.id and keys & {a.key for a in other.publication.addresses}:
                raise Conflict(key="refused.held", title=other.publication.title)


class MemoryNoteLog:
    """Fulfils `ports.NoteLog`."""

    def __init__(self) -> None:
        self._notes: dict[MessageId, PostedNote] = {}
        self._sent: dict[MessageId, datetime] = {}
        self._attempts: dict[MessageId, int] = {}
        self._vacated: set[MessageId] = set()
        self._notices: set[tuple[ChannelId, str]] = set()

    async def get(self, message_id: MessageId) -> PostedNote | None:
        posted = self._notes.get(message_id)
        return posted if posted and posted.kind is not PostKind.OBSERVATION else None

    async def by_note(self, note_message_id: MessageId) -> PostedNote | None:
        return next((n for n in self._notes.values() if n.note_message_id == note_message_id), None)

    async def latest(self, channel_id: ChannelId) -> PostedNote | None:
        here = [n for n in self._notes.values() if n.channel_id == channel_id and n.note_message_id and not n.withdrawn]
        notes = [n for n in here if n.kind is PostKind.NOTE]
        return max(notes, key=lambda n: (self._sent[n.message_id], n.message_id), default=None)

    async def was_vacated(self, message_id: MessageId) -> bool:
        return message_id in self._vacated

    async def past(
        self, message: ChatMessage, records: Collection[PublicationId], kind: PostKind, cooldown: timedelta
    ) -> ChannelPast:
        here = [n for n in self._notes.values() if n.channel_id == message.channel_id]
        near = [n for n in here if abs(self._sent[n.message_id] - message.sent_at) <= cooldown]
        spoken: dict[PublicationId, Spoken] = {}
        for note in sorted(near, key=lambda n: (self._sent[n.message_id], n.message_id)):
            if note.kind is kind and note.message_id != message.id and not note.withdrawn:
                at = Spoken(self._sent[note.message_id], note.message_id, note.note_message_id)
                spoken |= {version.id: at for version in note.records if version.id in records}
        since = message.sent_at - timedelta(minutes=1)
        recent = [n for n in here if since < self._sent[n.message_id] <= message.sent_at]
        counted = {kind, PostKind.POINTER} if kind is PostKind.NOTE else {kind}
        return ChannelPast(spoken, sum(self._attempts[n.message_id] for n in recent if n.kind in counted))

    async def reserve(
        self, message: ChatMessage, note: ContextNote, kind: PostKind, at: datetime, basis: Basis | None = None
    ) -> int | None:
        counted = kind if kind is PostKind.OBSERVATION else PostKind.NOTE
        if basis and await self.past(message, basis.records, counted, basis.cooldown) != basis.past:
            return None
        there = self._notes.get(message.id)
        if there and not (there.kind is PostKind.OBSERVATION and kind is not PostKind.OBSERVATION):
            return 0
        self._attempts[message.id] = self._attempts.get(message.id, 0) + 1
        self._notes[message.id] = PostedNote(
            message.id, message.guild_id, message.channel_id, None, note.records,
            kind=kind, attempt=self._attempts[message.id], reserved_at=at, says=note.says,
            todo=None if kind is PostKind.OBSERVATION else Todo.SETTLE,
        )  # fmt: skip
        self._sent[message.id] = message.sent_at
        self._vacated.discard(message.id)
        return self._attempts[message.id]

    async def confirm(self, message_id: MessageId, note_message_id: MessageId, at: datetime) -> bool:
        posted = self._notes.get(message_id)
        if posted is None or posted.note_message_id not in (None, note_message_id):
            return False
        todo = Todo.DELETE if posted.withdrawn else None
        self._notes[message_id] = replace(posted, note_message_id=note_message_id, todo=todo)
        return not posted.withdrawn

    async def vacate(self, message_id: MessageId, at: datetime) -> None:
        posted = self._notes.get(message_id)
        if posted and not posted.withdrawn:
            del self._notes[message_id]
            self._vacated.add(message_id)

    async def renew(self, message_id: MessageId, note: ContextNote, done: Todo | None) -> None:
        posted = self._notes[message_id]
        self._notes[message_id] = replace(posted, records=note.records, kind=note.kind, says=note.says, todo=None)

    async def withdraw(
        self, message_id: MessageId, reason: str, at: datetime, by: Actor | None = None, *, struck: str | None = None
    ) -> bool:
        posted = self._notes.get(message_id)
        if posted is None or posted.withdrawn:
            return False
        todo = Todo.STRIKE if struck else posted.todo if posted.is_open else None
        self._notes[message_id] = replace(posted, withdrawn=reason, struck=struck, todo=todo)
        return True

    async def end(self, message_id: MessageId, reason: str, at: datetime) -> None:
        if posted := await self.get(message_id):
            todo = posted.todo if posted.is_open else Todo.DELETE
            self._notes[message_id] = replace(posted, withdrawn=posted.withdrawn or reason, todo=todo)

    async def end_channel(self, channel_id: ChannelId, reason: str, at: datetime) -> None:
        for posted in [n for n in self._notes.values() if n.channel_id == channel_id]:
            if posted.kind is not PostKind.OBSERVATION:
                self._notes[posted.message_id] = replace(posted, withdrawn=posted.withdrawn or reason, todo=None)

    async def notice(self, channel_id: ChannelId, kind: str, at: datetime) -> bool:
        fresh = (channel_id, kind) not in self._notices
        self._notices.add((channel_id, kind))
        return fresh

    async def clear_notices(self, channel_id: ChannelId) -> None:
        self._notices = {n for n in self._notices if n[0] != channel_id}


class MemoryGuildBook:
    """Fulfils `ports.GuildBook`."""

    def __init__(self, defaults: GuildRules) -> None:
        self._defaults = defaults
        self._rules: dict[GuildId, GuildRules] = {}

    async def rules(self, guild_id: GuildId) -> GuildRules:
        return self._rules.get(guild_id, self._defaults)

    async def save(self, guild_id: GuildId, rules: GuildRules, actor: Actor, at: datetime) -> None:
        self._rules[guild_id] = rules
