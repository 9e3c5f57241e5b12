"""The frozen values everything else speaks in. No behaviour beyond what follows from the values themselves."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType

GuildId = NewType("GuildId", int)
ChannelId = NewType("ChannelId", int)
MessageId = NewType("MessageId", int)
UserId = NewType("UserId", int)
PublicationId = NewType("PublicationId", int)
ClaimId = NewType("ClaimId", int)
BatchId = NewType("BatchId", int)
ListName = NewType("ListName", str)
LookupKey = NewType("LookupKey", str)
"""A normalized address under which a publication is found. Only `core.links` makes one."""
PartialDate = NewType("PartialDate", str)
"""`YYYY`, `YYYY-MM` or `YYYY-MM-DD`: as precise as the source was."""

LOCAL_LIST = ListName("local")
"""The operator's own list, which every guild reads and none changes."""


def guild_list(guild_id: GuildId) -> ListName:
    """The name of a guild's own list. The list need not exist yet."""
    return ListName(f"guild-{guild_id}")


def lists_read_in(guild_id: GuildId) -> tuple[ListName, ...]:
    """The lists whose records a guild sees, its own first."""
    return (guild_list(guild_id), LOCAL_LIST)


# --- records ----------------------------------------------------------------------------------------------------


class Relation(StrEnum):
    """What a publication is to its source (DataCite relation types, schema.org isBasedOn)."""

    SUMMARY_OF = "summary_of"
    EVALUATION_OF = "evaluation_of"
    COMMENT_ON = "comment_on"


class ClaimStatus(StrEnum):
    """How a claim stands. Anything but unverified rests on dated evidence."""

    UNVERIFIED = "unverified"
    SUPPORTED = "supported"
    DISPUTED = "disputed"
    REFUTED = "refuted"


class Stance(StrEnum):
    """What a piece of evidence does to a claim."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"


class AddressKind(StrEnum):
    """How an address came to a record. For now moderators register all of them."""

    REGISTERED = "registered"


@dataclass(frozen=True, slots=True)
class Address:
    """One address of a publication, as it was written, and the key under which it is found."""

    url: str
    key: LookupKey
    kind: AddressKind = AddressKind.REGISTERED


@dataclass(frozen=True, slots=True)
class Label:
    """A short named judgement that a publication carries, with its verbatim phrase (atproto labels)."""

    key: str
    phrase: str
    set: PartialDate | None = None
    until: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class SourcePublication:
    """What a summary is about."""

    name: str | None = None
    title: str | None = None
    url: str | None = None
    published: PartialDate | None = None
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """Another publication that the page refers to."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """An address, the date it was looked at, and what it does to the claim."""

    url: str
    date: PartialDate
    stance: Stance


@dataclass(frozen=True, slots=True)
class Verdict:
    """Another publisher's own words about a claim; shown beside our status, never in its place."""

    by: str
    words: str
    url: str | None = None
    date: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement. `attribution` names who is said to say it, innermost speaker first."""

    text: str
    quote: str | None = None
    attribution: tuple[str, ...] = ()
    status: ClaimStatus = ClaimStatus.UNVERIFIED
    evidence: tuple[Evidence, ...] = ()
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """What is recorded about one page. Times are aware and in UTC, to the second."""

    addresses: tuple[Address, ...]
    title: str
    language: str | None = None
    labels: tuple[Label, ...] = ()
    source: SourcePublication | None = None
    works: tuple[Work, ...] = ()
    claims: tuple[Claim, ...] = ()
    recorded: datetime | None = None
    reviewed: datetime | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A publication as a list keeps it. `claim_ids` runs beside `publication.claims`; version counts from 1."""

    id: PublicationId
    list: ListName
    version: int
    publication: Publication
    claim_ids: tuple[ClaimId, ...] = ()

    @property
    def address(self) -> str:
        """The first registered address, as it was written."""
        return self.publication.addresses[0].url


@dataclass(frozen=True, slots=True)
class RecordVersion:
    """Which state of which record a note spoke of."""

    id: PublicationId
    version: int


class ActorKind(StrEnum):
    """Who changed something."""

    MODERATOR = "moderator"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it; for the audit only, never shown in public, never exported."""

    kind: ActorKind
    user_id: UserId | None = None


OPERATOR = Actor(ActorKind.OPERATOR)

# --- messages ---------------------------------------------------------------------------------------------------


class Found(StrEnum):
    """Where in a message a text stood."""

    CONTENT = "content"
    FORWARD = "forward"
    EMBED = "embed"
    BUTTON = "button"
    COMPONENT = "component"
    POLL = "poll"
    ATTACHMENT = "attachment"


@dataclass(frozen=True, slots=True)
class TextPart:
    """A piece of a message that can carry a link. `is_address`: it is one address, not prose."""

    found: Found
    text: str
    is_address: bool = False


class AuthorKind(StrEnum):
    """Who speaks."""

    MEMBER = "member"
    WEBHOOK = "webhook"
    BOT = "bot"
    SELF = "self"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """A message as far as it concerns us. Its texts are used and forgotten, never stored or logged.

    `sent_at` is when its present text was written: an edited message counts from its edit.
    """

    id: MessageId
    guild_id: GuildId
    channel_id: ChannelId
    author: AuthorKind
    sent_at: datetime
    texts: tuple[TextPart, ...]
    places: tuple[ChannelId, ...] = ()
    """The channel and what it lies in: a thread's parent, the category. Any of them may be ignored."""
    missing: tuple[str, ...] = ()
    """Permissions that the bot lacks here to post a note, in Discord's words."""
    answers_bot: bool = False
    """It is a reply to a bot, or to something that can no longer be looked at."""
    has_our_components: bool = False
    """It carries a button of a Sidenote, this one or another."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link as Discord shows it: the text as written, the address it leads to, its key (None: no page)."""

    text: str
    url: str
    found: Found
    key: LookupKey | None
    masked: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A link that led to a record through one of its addresses."""

    link: Link
    address: Address
    record: Record


# --- notes ------------------------------------------------------------------------------------------------------


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


# --- guilds and decisions ---------------------------------------------------------------------------------------


class Mode(StrEnum):
    """What the bot does in a guild."""

    OFF = "off"
    OBSERVE = "observe"
    POST = "post"


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

    last_spoken: Mapping[PublicationId, datetime] = field(default_factory=dict)
    notes_last_minute: int = 0
