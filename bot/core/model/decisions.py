"""A guild's settings, and what is decided about a message."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.model.ids import ChannelId, PublicationId
from bot.core.model.notes import ContextNote, Spoken


class Mode(StrEnum):
    """What the bot does in a guild."""

    OFF = "off"
    OBSERVE = "observe"
    POST = "post"


class Repeats(StrEnum):
    """What the same record gets in the same channel within the cooldown."""

    POINTER = "pointer"
    SILENCE = "silence"


@dataclass(frozen=True, slots=True)
class GuildRules:
    """A guild's settings. The defaults are those of a new guild (the operator may set others)."""

    mode: Mode = Mode.OBSERVE
    ignored: frozenset[ChannelId] = frozenset()
    log_channel: ChannelId | None = None
    cooldown_seconds: int = 600
    objections: str | None = None
    other_bots: bool = False
    notes_per_minute: int = 5
    typed_links: bool = True
    """Whether addresses count that are no links in Discord but typed so that people read one."""
    short_links: bool = False
    """Whether the bot may ask a shortener where its link leads."""
    repeats: Repeats = Repeats.POINTER
    corrections: bool = True
    """Whether a channel is told when the status of a claim turned after a note there showed it."""
    page_fetching: bool = False
    """Whether the bot may read a page from the web when a moderator asks it to."""


class Reason(StrEnum):
    """Why the bot stays silent."""

    NO_LINK = "no_link"
    NOTHING_FLAGGED = "nothing_flagged"
    OWN_MESSAGE = "own_message"
    SYSTEM_MESSAGE = "system_message"
    ANOTHER_BOT = "another_bot"
    REPLY_TO_BOT = "reply_to_bot"
    OUR_COMPONENTS = "our_components"
    MODE_OFF = "mode_off"
    CHANNEL_IGNORED = "channel_ignored"
    OBSERVING = "observing"
    NO_PERMISSION = "no_permission"
    CHANNEL_REFUSED = "channel_refused"
    COOLING_DOWN = "cooling_down"
    TOO_MANY_NOTES = "too_many_notes"
    WITHDRAWN = "withdrawn"
    ALREADY_ANSWERED = "already_answered"
    NOT_SENT = "not_sent"


@dataclass(frozen=True, slots=True)
class PostNote:
    """The decision to answer with this note."""

    note: ContextNote


@dataclass(frozen=True, slots=True)
class StaySilent:
    """The decision not to answer, why, and the note that would have been posted where there is one."""

    reason: Reason
    note: ContextNote | None = None


Decision = PostNote | StaySilent


@dataclass(frozen=True, slots=True)
class ChannelPast:
    """What was posted in a channel before: when each record was last spoken of, and how many notes of late."""

    last_spoken: Mapping[PublicationId, Spoken] = field(default_factory=dict)
    notes_last_minute: int = 0
