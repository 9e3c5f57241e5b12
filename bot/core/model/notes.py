"""Context notes: what they say, line by line, and what the note log knows of them."""

from dataclasses import dataclass
from enum import StrEnum

from bot.core.model.ids import ChannelId, GuildId, MessageId
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
class ContextNote:
    """What is said about the flagged summaries of one message."""

    lines: tuple[NoteLine, ...]
    buttons: tuple[NoteButton, ...]
    records: tuple[RecordVersion, ...]


class PostKind(StrEnum):
    """What a row of the note log stands for. An observation posts nothing, but counts as if it had."""

    NOTE = "note"
    OBSERVATION = "observation"


@dataclass(frozen=True, slots=True)
class PostedNote:
    """A row of the note log. `note_message_id` is None between reserve and confirm."""

    message_id: MessageId
    guild_id: GuildId
    channel_id: ChannelId
    note_message_id: MessageId | None
    records: tuple[RecordVersion, ...]
    withdrawn: bool = False
    """Taken back by a moderator or gone with its message: that message is never answered again."""
