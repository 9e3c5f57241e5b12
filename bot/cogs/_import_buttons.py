"""The buttons of imports: bring in what was looked at, take an import back."""

import re
from typing import Any, Self

import discord
from discord import ui

from bot.cogs._convert import OURS
from bot.cogs._errors import guarded, words_of
from bot.cogs._guard import guild_of, settings_keeper
from bot.cogs._parts import Parts
from bot.cogs._render import lines_view
from bot.core.model import BatchId, LineKind, NoteLine
from bot.services.parcels import ChangedSince

Interaction = discord.Interaction[Any]


class ImportButton(
    ui.DynamicItem[ui.Button[Any]], template=rf"{OURS}import:(?P<token>[0-9a-f]{{16}}):(?P<how>all|good)"
):
    """Brings a file in that was looked at: all of it, or what is good in it."""

    def __init__(self, token: str, how: str, label: str = "Import") -> None:
        style = discord.ButtonStyle.primary
        super().__init__(ui.Button(label=label, style=style, custom_id=f"{OURS}import:{token}:{how}"))
        self.token = token
        self.how = how

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str]) -> Self:
        """See discord.py."""
        return cls(match["token"], match["how"])

    @guarded(words_of)
    async def callback(self, interaction: Interaction) -> None:
        """See discord.py."""
        parts: Parts = interaction.client.parts
        by = settings_keeper(interaction, parts.words)
        guild_id = guild_of(interaction, parts.words)
        await interaction.response.defer()
        done = await parts.parcels.bring_in(guild_id, self.token, by, keep_going=self.how == "good")
        undo = [TakeBackButton(done.batch, "all", parts.words("button.undo_import"))] if done.batch else []
        await interaction.edit_original_response(view=lines_view(done.lines, *undo))


class TakeBackButton(
    ui.DynamicItem[ui.Button[Any]], template=rf"{OURS}takeback:(?P<batch>\d{{1,19}}):(?P<how>all|keep)"
):
    """Takes an import back: whole, or without the records that were changed since."""

    def __init__(self, batch: BatchId, how: str, label: str = "Undo") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"{OURS}takeback:{batch}:{how}"))
        self.batch = batch
        self.how = how

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str]) -> Self:
        """See discord.py."""
        return cls(BatchId(int(match["batch"])), match["how"])

    @guarded(words_of)
    async def callback(self, interaction: Interaction) -> None:
        """See discord.py."""
        parts: Parts = interaction.client.parts
        by = settings_keeper(interaction, parts.words)
        guild_id = guild_of(interaction, parts.words)
        await interaction.response.defer()
        try:
            lines = await parts.parcels.undo(guild_id, self.batch, by, keep_changes=self.how == "keep")
        except ChangedSince as changed:
            keep = TakeBackButton(self.batch, "keep", parts.words("button.undo_but"))
            view = lines_view([NoteLine(LineKind.LABEL, changed.told(parts.words))], keep)
            await interaction.followup.send(view=view, ephemeral=True)
        else:
            await interaction.edit_original_response(view=lines_view(lines))


IMPORT_BUTTONS = (ImportButton, TakeBackButton)
