"""Answers to moderators, for their eyes only, each with what is not set up yet in small print."""

from typing import Any

import discord

from bot.cogs._guard import guild_of
from bot.cogs._parts import Parts
from bot.cogs._render import mode_hints, plain

Interaction = discord.Interaction[Any]


async def say(parts: Parts, interaction: Interaction, text: str) -> None:
    """Our own sentence, shown letter by letter; also where "thinking" was shown before."""
    whole = plain(text) + mode_hints(await _hints(parts, interaction))
    if interaction.response.is_done():
        await interaction.followup.send(whole, ephemeral=True)
    else:
        await interaction.response.send_message(whole, ephemeral=True)


async def show(parts: Parts, interaction: Interaction, view: discord.ui.LayoutView) -> None:
    """A view; also where "thinking" was shown before."""
    if hints := await _hints(parts, interaction):
        view.add_item(discord.ui.TextDisplay(mode_hints(hints).strip()))
    if interaction.response.is_done():
        await interaction.followup.send(view=view, ephemeral=True)
    else:
        await interaction.response.send_message(view=view, ephemeral=True)


async def _hints(parts: Parts, interaction: Interaction) -> list[str]:
    return await parts.rules.hints(guild_of(interaction, parts.words))
