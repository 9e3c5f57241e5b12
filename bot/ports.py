"""What services need from the world, as Protocols. Wings fulfil them; only the roof knows which wing.

Every method may raise StoreError (the catalogue, the log, the book) or PostRefused (the posters); other errors
are bugs. Ids are the program's or Discord's, times are aware and in UTC.
"""

from collections.abc import AsyncGenerator, Callable, Collection, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.model import (
    Actor,
    BatchId,
    ChannelId,
    ChannelPast,
    ChatMessage,
    ContextNote,
    GuildId,
    GuildRules,
    ListName,
    LookupKey,
    MessageId,
    PostedNote,
    PostKind,
    Publication,
    PublicationId,
    Record,
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


class NoteLog(Protocol):
    """Which message was answered, with what, and what became of it."""

    async def get(self, message_id: MessageId) -> PostedNote | None:
        """The answer to a message, posted, on its way or withdrawn; None for a vacated or merely observed one."""

    async def by_note(self, note_message_id: MessageId) -> PostedNote | None:
        """The same, found by the message that is our note."""

    async def latest(self, channel_id: ChannelId) -> PostedNote | None:
        """The newest note in a channel that was not withdrawn."""

    async def past(self, message: ChatMessage, records: Collection[PublicationId], kind: PostKind) -> ChannelPast:
        """What of this kind was posted in the message's channel, its own answer apart."""

    async def reserve(self, message: ChatMessage, note: ContextNote, kind: PostKind, at: datetime) -> int:
        """Takes the right to answer: the number of the attempt for one caller, 0 for every other, ever.

        A vacated slot, and one that was only observed, is given again under the next number.
        """

    async def confirm(self, message_id: MessageId, note_message_id: MessageId, at: datetime) -> bool:
        """The note stands in the channel under this id. False where it was withdrawn while it was on its way."""

    async def vacate(self, message_id: MessageId, at: datetime) -> None:
        """No note stands under the message, and none is on its way: it may be answered another time."""

    async def renew(self, message_id: MessageId, note: ContextNote) -> None:
        """The posted note now speaks of these records in these versions."""

    async def withdraw(self, message_id: MessageId, reason: str, at: datetime, by: Actor | None = None) -> bool:
        """The note counts as withdrawn for good, audited where somebody did it. False where it did already."""

    async def notice(self, channel_id: ChannelId, kind: str, at: datetime) -> bool:
        """Whether this is to be said now: True once, until it is cleared."""

    async def clear_notices(self, channel_id: ChannelId) -> None:
        """What was spoken of is over in this channel."""


class GuildBook(Protocol):
    """The settings of guilds."""

    async def rules(self, guild_id: GuildId) -> GuildRules:
        """A guild's settings; the defaults where it set none."""

    async def save(self, guild_id: GuildId, rules: GuildRules, actor: Actor, at: datetime) -> None:
        """New settings."""


class NotePoster(Protocol):
    """Puts notes into channels. PostRefused: Discord will not have it; PostUncertain: nobody knows whether it does."""

    async def post(self, message: ChatMessage, note: ContextNote, attempt: int) -> MessageId:
        """The note as a silent reply without pings, under a nonce that only the same attempt gives."""

    async def edit(self, posted: PostedNote, note: ContextNote) -> None:
        """The posted note gets new contents. PostGone where it is not there any more."""

    async def strike(self, posted: PostedNote, text: str) -> None:
        """The posted note gives way to one line of text that says so; no error where it is gone already."""

    async def delete(self, posted: PostedNote) -> None:
        """The posted note goes. PostGone where it was gone already."""

    async def log(self, channel_id: ChannelId, head: str, details: Sequence[str]) -> None:
        """An entry for a guild's log channel: our own sentence, then lines of plain text from records."""
