"""Notes into channels: fulfils `ports.NotePoster`. Silent, without pings, under a nonce that is given."""

import asyncio
import contextlib
from collections.abc import Sequence

import discord

from bot.cogs._buttons import note_button
from bot.cogs._refusals import refusals
from bot.cogs._render import note_view, plain, text_view
from bot.core.errors import PostGone
from bot.core.model import ChannelId, ChatMessage, ContextNote, Correction, GuildId, MessageId, PostedNote
from bot.core.words import Words

_SECONDS = 15.0
"""For one try, waiting for the channel's bucket included: discord.py would hold the bucket for longer (it retries 500
and 502 by itself), and our own next try is another."""


class DiscordPoster:
    """Posts through a client that is logged in."""

    def __init__(self, client: discord.Client, words: Words) -> None:
        self._client = client
        self._words = words

    async def post(self, message: ChatMessage, note: ContextNote, token: str) -> MessageId:
        """See `ports.NotePoster`."""
        view = note_view(note, note_button(f"m{message.id}", message.id))
        return await self._reply(message.guild_id, message.channel_id, message.id, view, token)

    async def correct(self, correction: Correction, text: str, token: str) -> MessageId:
        """See `ports.NotePoster`."""
        view = text_view(f"-# {text}")
        return await self._reply(correction.guild_id, correction.channel_id, correction.note_message_id, view, token)

    async def _reply(
        self, guild_id: GuildId, channel_id: ChannelId, answered: MessageId, view: discord.ui.LayoutView, token: str
    ) -> MessageId:
        channel = self._client.get_partial_messageable(channel_id, guild_id=guild_id)
        reference = discord.MessageReference(
            message_id=answered, channel_id=channel_id, guild_id=guild_id, fail_if_not_exists=True
        )
        with refusals(self._words):
            async with asyncio.timeout(_SECONDS):
                sent = await channel.send(
                    view=view,
                    reference=reference,
                    mention_author=False,
                    silent=True,
                    allowed_mentions=discord.AllowedMentions.none(),
                    nonce=token,
                )
        return MessageId(sent.id)

    async def edit(self, posted: PostedNote, note: ContextNote) -> None:
        """See `ports.NotePoster`."""
        view = note_view(note, note_button(f"m{posted.message_id}", posted.message_id))
        with refusals(self._words):
            async with asyncio.timeout(_SECONDS):
                await self._partial(posted).edit(view=view, allowed_mentions=discord.AllowedMentions.none())

    async def stands(self, posted: PostedNote) -> bool:
        """See `ports.NotePoster`."""
        try:
            with refusals(self._words):
                async with asyncio.timeout(_SECONDS):
                    await self._partial(posted).fetch()
        except PostGone:
            return False
        return True

    async def strike(self, posted: PostedNote, text: str) -> None:
        """See `ports.NotePoster`."""
        view = text_view(f"~~{self._words('withdraw.what')}~~", f"-# {plain(text)}")
        with contextlib.suppress(PostGone), refusals(self._words):
            async with asyncio.timeout(_SECONDS):
                await self._partial(posted).edit(view=view, allowed_mentions=discord.AllowedMentions.none())

    async def delete(self, channel_id: ChannelId, message_id: MessageId) -> None:
        """See `ports.NotePoster`."""
        with refusals(self._words):
            async with asyncio.timeout(_SECONDS):
                await self._client.get_partial_messageable(channel_id).get_partial_message(message_id).delete()

    async def log(self, channel_id: ChannelId, head: str, details: Sequence[str]) -> None:
        """See `ports.NotePoster`."""
        text = "\n".join([head, *(f"-# {plain(detail)}" for detail in details)])
        with refusals(self._words):
            await self._client.get_partial_messageable(channel_id).send(
                text[:2000], silent=True, suppress_embeds=True, allowed_mentions=discord.AllowedMentions.none()
            )

    def _partial(self, posted: PostedNote) -> discord.PartialMessage:
        channel = self._client.get_partial_messageable(posted.channel_id, guild_id=posted.guild_id)
        return channel.get_partial_message(posted.note_message_id or 0)
