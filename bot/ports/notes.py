"""What the bot remembers of its notes: which message was answered, what is still to be done, what follows."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.core.model import (
    Actor,
    ChannelId,
    ChannelPast,
    ChatMessage,
    ContextNote,
    Correction,
    GuildId,
    MessageId,
    PostedNote,
    PostKind,
    PublicationId,
    RecordChange,
    Showing,
    Todo,
)


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

    async def put(self, message_id: MessageId, todo: Todo | None, after: datetime | None = None) -> None:
        """This is to be done about a note (None: nothing any more), not before a time."""

    async def done(self, message_id: MessageId, todo: Todo) -> None:
        """This was done; what became necessary meanwhile (its record changed again) is left to be done."""

    async def later(self, message_id: MessageId, after: datetime) -> None:
        """It failed, and is to be tried again after this time."""

    async def channel_later(self, channel_id: ChannelId, after: datetime) -> None:
        """Whatever is to be done in the channel, reservations aside, waits until then."""

    async def forget_guild(self, guild_id: GuildId, at: datetime) -> None:
        """The bot is in the guild no more: nothing is to be done there, and what was on its way never came."""

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
