"""Messages as far as they concern us: who wrote where, which texts can carry a link, which links led to a record."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.core.model.ids import ChannelId, GuildId, LookupKey, MessageId, UserId
from bot.core.model.records import Address, Record


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
    permissions: int = 0
    """All permissions of the bot in the channel, as Discord numbers them."""
    sent_by: UserId | None = None
    """The member whose message it is; used for bounds on what one member may cause, never stored."""
    replies_to: MessageId | None = None
    """The message that it is a reply to."""
    answers_bot: bool = False
    """It is a reply to a bot, or to something that can no longer be looked at."""
    has_our_components: bool = False
    """It carries a button of a Sidenote, this one or another."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link as it is written, and the keys it is looked up under, the most exact first (none: no page).

    `masked`: other words hide it. `typed`: no link in Discord, but typed so that people read one; it counts only
    where something is recorded under it.
    """

    text: str
    found: Found
    keys: tuple[LookupKey, ...] = ()
    masked: bool = False
    typed: bool = False
    target: LookupKey | None = None
    """The page to which a shortener said that it leads."""

    @property
    def key(self) -> LookupKey | None:
        """The most exact key."""
        return self.keys[0] if self.keys else None


@dataclass(frozen=True, slots=True)
class Match:
    """A link that led to a record through one of its addresses."""

    link: Link
    address: Address
    record: Record
