"""Live messages: posted, edited, deleted. Converts them and hands them on."""

from typing import Any

import discord
from discord.ext import commands

from bot.cogs._convert import chat_message
from bot.core.model import ChatMessage, MessageId
from bot.services.watch import Watch


class WatchCog(commands.Cog):
    """Listens."""

    def __init__(self, watch: Watch, client: commands.Bot) -> None:
        self._watch = watch
        self._client = client

    @commands.Cog.listener()
    async def on_message(self, message: discord.Message) -> None:
        """A new message."""
        if value := self._value(message):
            await self._watch.answer(value)

    @commands.Cog.listener()
    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        """A changed message, cached or not."""
        if value := self._value(payload.message):
            await self._watch.revisit(value)

    @commands.Cog.listener()
    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        """A deleted message, a member's or our note."""
        await self._watch.gone([MessageId(payload.message_id)])

    @commands.Cog.listener()
    async def on_raw_bulk_message_delete(self, payload: discord.RawBulkMessageDeleteEvent) -> None:
        """Several at once."""
        await self._watch.gone([MessageId(i) for i in sorted(payload.message_ids)])

    def _value(self, message: discord.Message) -> ChatMessage | None:
        me: Any = self._client.user
        return chat_message(message, me) if me else None
