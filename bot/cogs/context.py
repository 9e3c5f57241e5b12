"""What everybody may ask: `/context check`, `why`, `history` and the message menu. Only the asker sees the answer."""

from dataclasses import replace
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs._buttons import MOST_REFERRED, note_button, reference_to
from bot.cogs._convert import chat_message
from bot.cogs._guard import guild_of
from bot.cogs._parts import Parts
from bot.cogs._render import lines_view, note_view
from bot.core.errors import NotFound
from bot.core.model import Found, LineKind, NoteLine, TextPart
from bot.core.pages import fitted
from bot.services.context import Known

Interaction = discord.Interaction[Any]


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
class ContextCog(commands.GroupCog, group_name="context", group_description="…"):
    """Questions about links."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    @app_commands.command(name="check", description="…")
    async def check(self, interaction: Interaction, link: app_commands.Range[str, 1, 4000]) -> None:
        """The note about a link, or what is known, or that nothing is."""
        part = TextPart(Found.CONTENT, link)
        known = await self._parts.context.ask(guild_of(interaction, self._parts.words), [part], MOST_REFERRED)
        reference = reference_to(known.note.records) if known.note else ""
        await self._answer(interaction, known, reference)

    @app_commands.command(name="why", description="…")
    async def why(self, interaction: Interaction, link: app_commands.Range[str, 1, 4000]) -> None:
        """The way from a link to the key it is looked up under, and to the record where there is one."""
        words = self._parts.words
        lines = [NoteLine(LineKind.TITLE, words("why.heading_link"))]
        told = await self._parts.context.why_of(guild_of(interaction, words), [TextPart(Found.CONTENT, link)])
        lines += [NoteLine(LineKind.LABEL, text) for text in told]
        await interaction.response.send_message(view=lines_view(fitted(lines, words)), ephemeral=True)

    @app_commands.command(name="history", description="…")
    async def history(self, interaction: Interaction, link: app_commands.Range[str, 1, 4000]) -> None:
        """What changed about a recorded page, and when."""
        words = self._parts.words
        lines = await self._parts.history.of(guild_of(interaction, words), [TextPart(Found.CONTENT, link)])
        await interaction.response.send_message(view=lines_view(fitted(lines, words)), ephemeral=True)

    async def of_message(self, interaction: Interaction, message: discord.Message) -> None:
        """The message menu: the same for all links of a message."""
        value = chat_message(message, interaction.client.user) if interaction.client.user else None
        if value is None:
            raise NotFound(self._parts.words("error.not_in_guild"))
        known = await self._parts.context.ask(guild_of(interaction, self._parts.words), value.texts)
        await self._answer(interaction, known, f"q{value.id}")

    async def _answer(self, interaction: Interaction, known: Known, reference: str) -> None:
        lines = [NoteLine(LineKind.LABEL, text) for text in known.lines]
        if known.note:
            note = replace(known.note, lines=(*known.note.lines, *lines))
            view = note_view(note, note_button(reference, None))
        else:
            view = lines_view(fitted(lines, self._parts.words))
        await interaction.response.send_message(view=view, ephemeral=True)
