"""Reads channels: fulfils `ports.ChannelReader`. A `discord.Message` goes no further."""

import asyncio

import discord

from bot.cogs._convert import chat_message
from bot.cogs._refusals import refusals, refused_as
from bot.core.errors import PostGone, PostRefused, PostUncertain
from bot.core.model import ChannelId, ChatMessage, GuildId, MessageId
from bot.core.words import Words
from bot.ports import Newest

_SECONDS = 20.0
_PAGE = 100
"""https://discord.com/developers/docs/resources/message#get-channel-messages"""


_Readable = discord.TextChannel | discord.VoiceChannel | discord.StageChannel | discord.Thread


class DiscordReader:
    """Reads through a client that is logged in; channels come from its cache."""

    def __init__(self, client: discord.Client, words: Words) -> None:
        self._client = client
        self._words = words

    def guilds(self) -> set[GuildId]:
        """See `ports.ChannelReader`."""
        return {GuildId(guild.id) for guild in self._client.guilds if not guild.unavailable}

    def newest(self, only: GuildId | None = None) -> list[Newest]:
        """See `ports.ChannelReader`."""
        found: list[Newest] = []
        guilds = self._client.guilds if only is None else filter(None, [self._client.get_guild(only)])
        for guild in guilds:
            me: discord.Member | None = guild.me  # None where the guild is only known by its id
            if guild.unavailable or me is None:
                continue
            since = me.joined_at
            channels: list[_Readable] = [*guild.text_channels, *guild.voice_channels, *guild.stage_channels]
            for channel in [*channels, *guild.threads]:
                if channel.last_message_id and since:
                    made = max(since, channel.created_at or since)
                    last = MessageId(channel.last_message_id)
                    found.append(Newest(GuildId(guild.id), ChannelId(channel.id), last, made))
        return found

    async def message(self, guild_id: GuildId, channel_id: ChannelId, message_id: MessageId) -> ChatMessage | None:
        """See `ports.ChannelReader`."""
        channel = self._channel(guild_id, channel_id)
        try:
            with refusals(self._words):
                async with asyncio.timeout(_SECONDS):
                    found = await channel.fetch_message(message_id)
        except PostGone:
            return None
        except PostRefused as refused:
            if refused.answer == "channel_gone":
                return None
            raise
        return self._value(found)

    async def after(self, guild_id: GuildId, channel_id: ChannelId, message_id: MessageId) -> list[ChatMessage]:
        """See `ports.ChannelReader`."""
        channel = self._channel(guild_id, channel_id)
        with refusals(self._words):
            async with asyncio.timeout(_SECONDS):
                found = [
                    m async for m in channel.history(limit=_PAGE, after=discord.Object(message_id), oldest_first=True)
                ]
        return [value for message in found if (value := self._value(message))]

    def _channel(self, guild_id: GuildId, channel_id: ChannelId) -> discord.abc.Messageable:
        guild = self._client.get_guild(guild_id)
        if guild is None and self._client.is_ready():  # Discord named all of our guilds, and this is none
            raise refused_as(self._words, "guild_gone")
        if guild is None or guild.unavailable:  # not told of yet, or an outage: what cannot be read is not gone
            raise PostUncertain(self._words("error.no_answer", status="server unavailable"))
        known = guild.get_channel_or_thread(channel_id)
        if isinstance(known, discord.abc.Messageable):
            return known
        return self._client.get_partial_messageable(channel_id, guild_id=guild_id)

    def _value(self, message: discord.Message) -> ChatMessage | None:
        return chat_message(message, self._client.user) if self._client.user else None
