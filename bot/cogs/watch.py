"""Live messages: posted, edited, deleted. Converts them and hands them on."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import discord
from discord.ext import commands

from bot.cogs._convert import chat_message
from bot.cogs._parts import Parts
from bot.core.errors import StoreError
from bot.core.model import ChannelId, ChatMessage, GuildId, MessageId

log = logging.getLogger(__name__)


class WatchCog(commands.Cog):
    """Listens. What cannot be dealt with (the database fails) is read again later."""

    def __init__(self, parts: Parts, client: commands.Bot) -> None:
        self._watch = parts.watch
        self._catch_up = parts.catch_up
        self._client = client

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """A new message."""
        if value := self._value(message):
            self._catch_up.began(value.guild_id, value.channel_id, value.id)
            async with self._read_again_where_it_fails(value.guild_id):
                await self._watch.answer(value)
                self._catch_up.ended(value.channel_id, value.id)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """A changed message, cached or not."""
        if value := self._value(payload.message):
            async with self._read_again_where_it_fails(value.guild_id):
                await self._watch.revisit(value)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """A deleted message, a member's or our note."""
        async with self._read_again_where_it_fails(payload.guild_id):
            await self._watch.gone([MessageId(payload.message_id)])

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Several at once."""
        async with self._read_again_where_it_fails(payload.guild_id):
            await self._watch.gone([MessageId(i) for i in sorted(payload.message_ids)])

    @commands.Cog.listener()
    async def on_guild_channel_delete(self, channel: discord.abc.GuildChannel) -> None:
        """A channel went."""
        async with self._read_again_where_it_fails(channel.guild.id):
            await self._watch.channel_gone(ChannelId(channel.id))

    @commands.Cog.listener()
    async def on_raw_thread_delete(self, payload: discord.RawThreadDeleteEvent) -> None:
        """A thread went."""
        async with self._read_again_where_it_fails(payload.guild_id):
            await self._watch.channel_gone(ChannelId(payload.thread_id))

    @asynccontextmanager
    async def _read_again_where_it_fails(self, guild_id: int | None) -> AsyncIterator[None]:
        try:
            yield
        except StoreError as error:
            log.error("an event waits until the database works: %s", error)  # noqa: TRY400 - a sentence, no bug
            await self._catch_up.failed(GuildId(guild_id) if guild_id else None)

    def _value(self, message: discord.Message) -> ChatMessage | None:
        me: Any = self._client.user
        return chat_message(message, me) if me else None
