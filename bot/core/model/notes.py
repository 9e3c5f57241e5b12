"""Context notes: what they say, line by line, and what the note log knows of them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.model.ids import ChannelId, GuildId, MessageId, PublicationId
from bot.core.model.records import RecordVersion


class LineKind(StrEnum):
    """What a line of a note is; decides its dress, not its words."""

    TITLE = "title"
    LABEL = "label"
    ORIGINAL = "original"
    COUNT = "count"
    CLAIM = "claim"
    MORE = "more"
    FOOT = "foot"
    POINTER = "pointer"


@dataclass(frozen=True, slots=True)
class NoteLine:
    """One line of plain text: markup characters in it are meant as characters.

    `link` is our own, which does act: a channel's mention or a web address after the text.
    """

    kind: LineKind
    text: str
    link: str = ""


class ButtonKind(StrEnum):
    """What a button of a note does."""

    ORIGINAL = "original"
    CLAIMS = "claims"
    WHY = "why"


@dataclass(frozen=True, slots=True)
class NoteButton:
    """A button; `url` (http or https, at most 512 characters) only where it leads out."""

    kind: ButtonKind
    label: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Spoken:
    """A record was spoken of: when, under which message, by which note (None: it is on its way)."""

    at: datetime
    message_id: MessageId
    note_message_id: MessageId | None = None


@dataclass(frozen=True, slots=True)
class ContextNote:
    """What is said about the flagged summaries of one message; or, with `points_to`, one line that leads to the note
    under that earlier message of the channel.
    """

    lines: tuple[NoteLine, ...]
    buttons: tuple[NoteButton, ...]
    records: tuple[RecordVersion, ...]
    points_to: Spoken | None = None

    @property
    def kind(self) -> "PostKind":
        """As what it is posted."""
        return PostKind.NOTE if self.points_to is None else PostKind.POINTER

    @property
    def says(self) -> str:
        """A short fingerprint of everything that a reader sees: two notes with the same one look the same."""
        seen = repr([(x.kind, x.text, x.link) for x in self.lines] + [(b.kind, b.label, b.url) for b in self.buttons])
        return hashlib.sha256(seen.encode("utf-8", "surrogatepass")).hexdigest()[:16]


class PostKind(StrEnum):
    """What a row of the note log stands for. An observation posts nothing, but counts as if it had."""

    NOTE = "note"
    POINTER = "pointer"
    OBSERVATION = "observation"


class Todo(StrEnum):
    """What is still to be done about a row of the note log; kept in the database, so that it outlives the process."""

    SETTLE = "settle"
    """Reserved, and nobody knows (yet) whether the note stands there."""
    DELETE = "delete"
    """The note is to go, and its message is never answered again."""
    VACATE = "vacate"
    """The note is to go; the message may be answered again."""
    STRIKE = "strike"
    """The note is to say that it was withdrawn."""
    LOOK = "look"
    """The message is to be read again and decided anew."""
    RENEW = "renew"
    """A record of the note changed: the note is to say what is recorded now."""


@dataclass(frozen=True, slots=True)
class PostedNote:
    """A row of the note log. `note_message_id` is None between reserve and confirm."""

    message_id: MessageId
    guild_id: GuildId
    channel_id: ChannelId
    note_message_id: MessageId | None
    records: tuple[RecordVersion, ...]
    withdrawn: str | None = None
    """Why it was taken back (by a moderator, with its message …): that message is never answered again."""
    kind: PostKind = PostKind.NOTE
    attempt: int = 1
    reserved_at: datetime | None = None
    """When the right to post it was taken; the first try at sending it comes after."""
    says: str | None = None
    """The fingerprint of what it says; None for a note of an older version."""
    todo: Todo | None = None
    tries: int = 0
    """How often what is to be done failed."""
    struck: str | None = None
    """What a struck note says."""

    @property
    def is_open(self) -> bool:
        """Reserved and not confirmed: it may or may not stand in the channel."""
        return self.note_message_id is None


@dataclass(frozen=True, slots=True)
class Showing:
    """A channel with notes about a record alone, the newest of them and its message."""

    guild_id: GuildId
    channel_id: ChannelId
    message_id: MessageId
    note_message_id: MessageId


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that changed while notes speak of it. `version`: as it stands now, None where it is gone."""

    record_id: PublicationId
    version: int | None
    last_at: datetime
    look: bool
    """The messages are to be read again: the record may be theirs no more."""
    turned: tuple[Showing, ...] = ()
    """Where notes showed a claim whose status is another now."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A post that a status turned after it was shown, still to be made."""

    record_id: PublicationId
    version: int
    guild_id: GuildId
    channel_id: ChannelId
    message_id: MessageId
    note_message_id: MessageId
    """The note that it answers."""
    reserved_at: datetime
    tries: int
