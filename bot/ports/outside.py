"""The world outside: Discord's channels, guilds' settings, shorteners."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.model import (
    Actor,
    ChannelId,
    ChatMessage,
    ContextNote,
    Correction,
    GuildId,
    GuildRules,
    LookupKey,
    MessageId,
    PostedNote,
)


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


class Pages(Protocol):
    """Pages of the web, read because a person asked for one."""

    async def read(self, url: str) -> bytes:
        """What stands there. UserError with a sentence where it may not be asked, fails, is no page or is too large."""


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

    def newest(self, only: GuildId | None = None) -> list[Newest]:
        """Every channel and thread that the bot sees (in one guild), as the gateway told."""

    async def message(self, guild_id: GuildId, channel_id: ChannelId, message_id: MessageId) -> ChatMessage | None:
        """A message as it stands now; None where it, or its channel, is gone for certain."""

    async def after(self, guild_id: GuildId, channel_id: ChannelId, message_id: MessageId) -> list[ChatMessage]:
        """The next messages after this one, at most 100, the oldest first; empty where there is none."""
