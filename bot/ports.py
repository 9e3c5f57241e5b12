"""What services need from the world, as Protocols. Wings fulfil them; only the roof knows which wing.

Every method may raise StoreError (the catalogue, the log, the book) or PostRefused (the posters); other errors
are bugs. Ids are the program's or Discord's, times are aware and in UTC.
"""

from collections.abc import AsyncGenerator, Callable, Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.core.history import RecordEvent
from bot.core.model import (
    Actor,
    BatchId,
    ChannelId,
    ChannelPast,
    ChatMessage,
    ContextNote,
    Correction,
    FoundAddress,
    FoundKind,
    GuildId,
    GuildRules,
    ListName,
    LookupKey,
    MessageId,
    PostedNote,
    PostKind,
    Publication,
    PublicationId,
    Rearrangement,
    Record,
    RecordChange,
    Showing,
    Todo,
)

Clock = Callable[[], datetime]
"""Now, aware and in UTC."""


@dataclass(frozen=True, slots=True)
class Heading:
    """Just enough of a record to choose it from a list."""

    id: PublicationId
    title: str
    list: ListName


class Catalog(Protocol):
    """The records of all lists. `lists` bounds what is seen: records of other lists do not exist for the caller."""

    async def find(self, keys: Collection[LookupKey], lists: Sequence[ListName]) -> list[Record]:
        """The records under any of these keys, those of earlier lists first; one snapshot."""

    async def get(self, ids: Collection[PublicationId], lists: Sequence[ListName]) -> list[Record]:
        """The records with these ids, in the order of the ids; unknown ones are left out."""

    async def search(self, typed: str, lists: Sequence[ListName], limit: int) -> list[Heading]:
        """Records whose title contains what was typed (case and accents aside), those that begin with it first."""

    def all(self, name: ListName) -> AsyncGenerator[Record, None]:
        """Every record of a list by its first lookup key; one snapshot."""

    async def count(self, name: ListName) -> int:
        """How many records a list has."""

    async def add(self, name: ListName, publication: Publication, actor: Actor, at: datetime) -> Record:
        """A new record. Conflict where the list has one under any of the keys; the sentence names it."""

    async def change(self, record: Record, publication: Publication, actor: Actor, at: datetime) -> Record:
        """The record with new contents and the next version. Conflict where it changed since `record` was read."""

    async def remove(self, record: Record, actor: Actor, at: datetime) -> None:
        """The record goes; the audit keeps what it said. Conflict as in `change`."""

    def batch(self, name: ListName, origin: str, actor: Actor, at: datetime) -> "AbstractAsyncContextManager[Batch]":
        """An import: seen by nobody until the block ends well, gone if it does not."""


class Batch(Protocol):
    """An import under way."""

    id: BatchId

    async def add(self, publications: Sequence[Publication]) -> None:
        """New records, in a short transaction of their own."""

    async def change(self, changes: Sequence[tuple[Record, Publication]]) -> None:
        """Changes of existing records; they are made when the batch becomes valid."""


class ShortLinks(Protocol):
    """Where short links led when they were looked up."""

    async def known(self, keys: Collection[LookupKey], now: datetime) -> dict[LookupKey, LookupKey]:
        """Where those lead that were looked up of late and lead to a page."""

    async def unknown(self, keys: Collection[LookupKey], now: datetime) -> list[LookupKey]:
        """Those that are to be looked up (again): never looked up, or so long ago that it counts no more."""

    async def remember(self, key: LookupKey, target: LookupKey | None, at: datetime) -> None:
        """Where it leads; None: nowhere that counts. What is too old to count is forgotten."""


class Redirects(Protocol):
    """The one question that is put to a shortener."""

    async def next(self, url: str) -> str | None:
        """Where an address sends its visitors; None where it does not, or where it may not be asked or fails."""


class AddressBook(Protocol):
    """Addresses of records beyond their contents: found ones, and changes that move them between records."""

    async def propose(self, record: Record, url: str, key: LookupKey, kind: FoundKind, by: str, at: datetime) -> bool:
        """A found address waits for a moderator. False where the record has it, or it was proposed before."""

    async def found(self, record_id: PublicationId) -> list[FoundAddress]:
        """The found addresses of a record that wait, the oldest first."""

    async def dismiss(self, found: FoundAddress, actor: Actor, at: datetime) -> None:
        """A moderator turned it down: it is not proposed again."""

    async def rearrange(self, change: Rearrangement, actor: Actor, at: datetime) -> int:
        """Several records change together, or none does; the number under which it is taken back.

        Conflict where one is not as it was read, or an address belongs to a third record.
        """

    async def undo(self, change_id: int, names: Collection[ListName], actor: Actor, at: datetime) -> list[Record]:
        """Takes a rearrangement back; the records as they stand then. Conflict where one changed since, NotFound
        where these lists know no such change, or it was taken back before.
        """


class Keys(Protocol):
    """The keys of records, which are made anew when the link rules change."""

    async def meetings(self) -> list[tuple[Record, Record, LookupKey]]:
        """Pairs of records of one list that would be one by the rules in force: the first is still found under its old
        key, the second has the key. All other keys are made anew first.
        """


@dataclass(frozen=True, slots=True)
class Basis:
    """What a decision to post was made upon: the past of the channel concerning these records."""

    past: ChannelPast
    records: frozenset[PublicationId]
    cooldown: timedelta


class NoteLog(Protocol):
    """Which message was answered, with what, and what became of it."""

    async def get(self, message_id: MessageId) -> PostedNote | None:
        """The answer to a message, posted, on its way or withdrawn; None for a vacated or merely observed one."""

    async def by_note(self, note_message_id: MessageId) -> PostedNote | None:
        """The same, found by the message that is our note."""

    async def latest(self, channel_id: ChannelId) -> PostedNote | None:
        """The newest note in a channel that was not withdrawn."""

    async def was_vacated(self, message_id: MessageId) -> bool:
        """Whether the message had an answer that was taken away, and has none now."""

    async def past(
        self, message: ChatMessage, records: Collection[PublicationId], kind: PostKind, cooldown: timedelta
    ) -> ChannelPast:
        """What of this kind was posted in the message's channel within the cooldown, its own answer apart; pointers
        count with notes for the rate.
        """

    async def reserve(
        self, message: ChatMessage, note: ContextNote, kind: PostKind, at: datetime, basis: Basis | None = None
    ) -> int | None:
        """Takes the right to answer: the number of the attempt for one caller, 0 for every other, ever; None where
        the channel's past is not what the decision was made upon, so that it has to be made again.

        A vacated slot, and one that was only observed, is given again under the next number. What is reserved is to
        be settled (`NoteWork`) until it is confirmed or vacated.
        """

    async def confirm(self, message_id: MessageId, note_message_id: MessageId, at: datetime) -> bool:
        """The note stands in the channel under this id. False where it was withdrawn while it was on its way: then it
        is to be deleted.
        """

    async def vacate(self, message_id: MessageId, at: datetime) -> None:
        """No note stands under the message, and none is on its way: it may be answered another time."""

    async def renew(self, message_id: MessageId, note: ContextNote, done: Todo | None) -> None:
        """The posted note says this, and with it `done` is done; what else was put on it meanwhile stays."""

    async def withdraw(
        self, message_id: MessageId, reason: str, at: datetime, by: Actor | None = None, *, struck: str | None = None
    ) -> bool:
        """The note counts as withdrawn for good, audited where somebody did it. False where it did already.

        `struck`: what the note is to say from now on; without it nothing stands there any more.
        """

    async def end(self, message_id: MessageId, reason: str, at: datetime) -> None:
        """The message is gone: whatever stands under it is to be deleted, and it is never answered again."""

    async def end_channel(self, channel_id: ChannelId, reason: str, at: datetime) -> None:
        """The channel is gone with everything in it."""

    async def notice(self, channel_id: ChannelId, kind: str, at: datetime) -> bool:
        """Whether this is to be said now: True once, until it is cleared."""

    async def clear_notices(self, channel_id: ChannelId) -> None:
        """What was spoken of is over in this channel."""


class NoteWork(Protocol):
    """What is still to be done about notes (`PostedNote.todo`); outlives the process."""

    async def due(
        self, todos: Collection[Todo], now: datetime, most: int, but: Collection[ChannelId] = ()
    ) -> list[PostedNote]:
        """What of this kind may be done now, the newest of each first, leaving these channels (at most 400) out."""

    async def next_due(self, now: datetime) -> datetime | None:
        """When more becomes due, corrections included; None where nothing waits for a time."""

    async def put(self, message_id: MessageId, todo: Todo | None, after: datetime | None = None) -> None:
        """This is to be done about a note (None: nothing any more), not before a time."""

    async def done(self, message_id: MessageId, todo: Todo) -> None:
        """This was done; what became necessary meanwhile (its record changed again) is left to be done."""

    async def later(self, message_id: MessageId, after: datetime) -> None:
        """It failed, and is to be tried again after this time."""

    async def channel_later(self, channel_id: ChannelId, after: datetime) -> None:
        """Whatever is to be done in the channel, reservations aside, waits until then."""

    async def forget_guild(self, guild_id: GuildId) -> None:
        """The bot is in the guild no more: nothing is to be done there."""

    async def settle_at_once(self) -> None:
        """At a start: what was reserved is nobody's any more."""

    async def look_again(self, since: datetime) -> None:
        """Messages since then that have an answer are to be read again."""

    async def renew_all(self, guild_id: GuildId | None = None) -> None:
        """The words around the records changed (of one guild or of all): every note is to be in those of now."""


class ReadMarks(Protocol):
    """Up to where each channel was read, and which channels refused."""

    async def all(self) -> dict[ChannelId, MessageId]:
        """Every message up to this one was dealt with."""

    async def advance(self, marks: Mapping[ChannelId, MessageId]) -> None:
        """New marks; one never goes back."""

    async def close(self, channel_id: ChannelId, permissions: int, at: datetime) -> None:
        """The channel refused a post for good, while the bot's permissions there were these."""

    async def is_closed(self, channel_id: ChannelId, permissions: int) -> bool:
        """Whether it refused, and the permissions are still the same."""


class RecordChanges(Protocol):
    """Records that changed while notes speak of them; written in the transaction of the change itself."""

    async def due(self, now: datetime, delay: timedelta, longest: timedelta, most: int) -> list[RecordChange]:
        """Those that were not changed again for `delay`, or are being changed for `longest`."""

    async def take_up(self, change: RecordChange, corrections: Collection[Showing], at: datetime) -> bool:
        """Puts the record's notes and these corrections among what is to be done. False where the record was changed
        again meanwhile.
        """

    async def corrections_due(self, now: datetime, most: int) -> list[Correction]:
        """Corrections to be posted now, the oldest first."""

    async def of_note(self, note_id: MessageId) -> list[MessageId]:
        """The corrections that answer a note and stand in its channel."""

    async def gone(self, note_id: MessageId) -> None:
        """They do not any more."""

    async def posted(self, correction: Correction, posted_id: MessageId) -> None:
        """It stands in its channel."""

    async def closed(self, correction: Correction, reason: str) -> None:
        """It is not posted, and why."""

    async def later(self, correction: Correction, after: datetime) -> None:
        """It failed, and is to be tried again after this time."""


class RecordHistory(Protocol):
    """The past of records, without who made it."""

    async def of(self, record_id: PublicationId, most: int) -> list[RecordEvent]:
        """The newest changes of a record, the newest first."""


class GuildBook(Protocol):
    """The settings of guilds."""

    async def rules(self, guild_id: GuildId) -> GuildRules:
        """A guild's settings; the defaults where it set none."""

    async def save(self, guild_id: GuildId, rules: GuildRules, actor: Actor, at: datetime) -> None:
        """New settings."""


class NotePoster(Protocol):
    """Puts notes into channels. PostRefused: Discord will not have it; PostUncertain: nobody knows whether it does."""

    async def post(self, message: ChatMessage, note: ContextNote, token: str) -> MessageId:
        """The note as a silent reply without pings, under this nonce. Tried once. A reply to a message that is gone is
        refused, so no note stands without its link.
        """

    async def edit(self, posted: PostedNote, note: ContextNote) -> None:
        """The posted note gets new contents. PostGone where it is not there any more."""

    async def stands(self, posted: PostedNote) -> bool:
        """Whether the posted note is there."""

    async def strike(self, posted: PostedNote, text: str) -> None:
        """The posted note gives way to one line of text that says so; no error where it is gone already."""

    async def delete(self, channel_id: ChannelId, message_id: MessageId) -> None:
        """A message of ours goes. PostGone where it is gone, perhaps by this very request, sent twice."""

    async def correct(self, correction: Correction, text: str, token: str) -> MessageId:
        """A silent reply to the note that a correction links, under this nonce."""

    async def log(self, channel_id: ChannelId, head: str, details: Sequence[str]) -> None:
        """An entry for a guild's log channel: our own sentence, then lines of plain text from records."""


@dataclass(frozen=True, slots=True)
class Newest:
    """A channel that can be read, its newest message, and since when the bot is there."""

    guild_id: GuildId
    channel_id: ChannelId
    message_id: MessageId
    since: datetime


class ChannelReader(Protocol):
    """Reads channels. PostRefused (`lasting` where it may not read), PostUncertain as in `NotePoster`."""

    def guilds(self) -> set[GuildId]:
        """The guilds that the gateway told of."""

    def newest(self) -> list[Newest]:
        """Every channel and thread that the bot sees, as the gateway told."""

    async def message(self, guild_id: GuildId, channel_id: ChannelId, message_id: MessageId) -> ChatMessage | None:
        """A message as it stands now; None where it, or its channel, is gone for certain."""

    async def after(self, guild_id: GuildId, channel_id: ChannelId, message_id: MessageId) -> list[ChatMessage]:
        """The next messages after this one, at most 100, the oldest first; empty where there is none."""
