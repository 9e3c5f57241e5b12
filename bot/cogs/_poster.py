"""Notes into channels: fulfils `ports.NotePoster`. Silent, without pings, under a deterministic nonce."""

import asyncio
import contextlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import aiohttp
import discord

from bot.cogs._buttons import note_button
from bot.cogs._render import note_view, plain, text_view
from bot.core.errors import PostGone, PostRefused, PostUncertain
from bot.core.model import ChannelId, ChatMessage, ContextNote, MessageId, PostedNote
from bot.core.note import nonce
from bot.core.words import Words

_REFUSALS = {
    10008: "message_gone",
    10003: "channel_gone",
    50001: "no_access",
    50013: "no_access",
    160002: "no_history",
    200000: "blocked_content",
    240000: "blocked_content",
    20016: "slow_mode",
}
"""https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"""
_LASTING = {"no_access", "no_history", "channel_gone"}
"""Refusals that stay until somebody changes permissions: said once."""
_UNKNOWN_MESSAGE = 10008
_INVALID_FORM = 50035
"""Among others, a reply to a message that is not there."""
_PAUSES = (0.5, 2.0)
"""Seconds before a post whose fate is unknown is tried again."""
_UNCERTAIN = 500
"""From this status on nobody knows whether Discord took the message."""


class DiscordPoster:
    """Posts through a client that is logged in."""

    def __init__(self, client: discord.Client, words: Words) -> None:
        self._client = client
        self._words = words

    async def post(self, message: ChatMessage, note: ContextNote, attempt: int) -> MessageId:
        """See `ports.NotePoster`. A reply to a message that is gone is refused, so no note stands without its link.

        What discord.py does not retry (503, resets) is tried again here, under the same nonce: Discord returns the
        first message where it did take it.
        """
        for pause in (*_PAUSES, None):
            try:
                return await self._send(message, note, attempt)
            except PostUncertain:
                if pause is None:
                    raise
                await asyncio.sleep(pause)
        raise AssertionError("the last attempt returns or raises")

    async def _send(self, message: ChatMessage, note: ContextNote, attempt: int) -> MessageId:
        channel = self._client.get_partial_messageable(message.channel_id, guild_id=message.guild_id)
        reference = discord.MessageReference(
            message_id=message.id, channel_id=message.channel_id, guild_id=message.guild_id, fail_if_not_exists=True
        )
        with self._refusals():
            sent = await channel.send(
                view=note_view(note, note_button(f"m{message.id}", message.id)),
                reference=reference,
                mention_author=False,
                silent=True,
                allowed_mentions=discord.AllowedMentions.none(),
                nonce=nonce(message.id, "note", attempt),
            )
        return MessageId(sent.id)

    async def edit(self, posted: PostedNote, note: ContextNote) -> None:
        """See `ports.NotePoster`."""
        view = note_view(note, note_button(f"m{posted.message_id}", posted.message_id))
        with self._refusals():
            await self._partial(posted).edit(view=view, allowed_mentions=discord.AllowedMentions.none())

    async def strike(self, posted: PostedNote, text: str) -> None:
        """See `ports.NotePoster`."""
        view = text_view(f"-# {plain(text)}")
        with contextlib.suppress(PostGone), self._refusals():
            await self._partial(posted).edit(view=view, allowed_mentions=discord.AllowedMentions.none())

    async def delete(self, posted: PostedNote) -> None:
        """See `ports.NotePoster`."""
        with self._refusals():
            await self._partial(posted).delete()

    async def log(self, channel_id: ChannelId, head: str, details: Sequence[str]) -> None:
        """See `ports.NotePoster`."""
        text = "\n".join([head, *(f"-# {plain(detail)}" for detail in details)])
        with self._refusals():
            await self._client.get_partial_messageable(channel_id).send(
                text[:2000], silent=True, suppress_embeds=True, allowed_mentions=discord.AllowedMentions.none()
            )

    def _partial(self, posted: PostedNote) -> discord.PartialMessage:
        channel = self._client.get_partial_messageable(posted.channel_id, guild_id=posted.guild_id)
        return channel.get_partial_message(posted.note_message_id or 0)

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        try:
            yield
        except discord.HTTPException as error:
            if error.status >= _UNCERTAIN:
                raise PostUncertain(self._words("error.no_answer", status=error.status)) from error
            key = _REFUSALS.get(error.code, "other_refusal")
            if error.code == _INVALID_FORM and "message_reference" in error.text:
                key = "message_gone"
            kind = PostGone if error.code == _UNKNOWN_MESSAGE else PostRefused
            refused = kind(self._words(f"error.{key}", code=error.code))
            refused.lasting = key in _LASTING
            raise refused from error
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise PostUncertain(self._words("error.no_answer", status=type(error).__name__)) from error
