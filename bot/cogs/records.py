"""Those who manage the server bring records in and take them out: `/records import | export`."""

import io
from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs._answers import show
from bot.cogs._guard import guild_of, settings_keeper
from bot.cogs._import_buttons import ImportButton
from bot.cogs._parts import Parts
from bot.cogs._render import lines_view
from bot.core.errors import UserError
from bot.services.transfer import Format

Interaction = discord.Interaction[Any]
ReadAs = Literal["jsonl", "csv", "jsonld", "html"]
WrittenAs = Literal["jsonl", "csv", "jsonld"]


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_guild=True)
class RecordsCog(commands.GroupCog, group_name="records", group_description="…"):
    """This guild's list, many records at a time."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    @app_commands.command(name="import", description="…")
    async def bring_in(
        self, interaction: Interaction, file: discord.Attachment, written_as: ReadAs | None = None
    ) -> None:
        """Shows what a file would bring; a button brings it in."""
        settings_keeper(interaction, self._parts.words)
        guild_id = guild_of(interaction, self._parts.words)
        self._parts.parcels.must_fit(file.size)
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            data = await file.read()
        except discord.HTTPException as failed:
            raise UserError(key="bulk.unread") from failed
        looked = await self._parts.parcels.look(
            guild_id, file.filename, data, Format(written_as) if written_as else None
        )
        words, buttons = self._parts.words, []
        if looked.can_import:
            buttons.append(ImportButton(looked.token, "all", words("button.import")))
        if looked.can_import_good:
            buttons.append(ImportButton(looked.token, "good", words("button.import_good")))
        await show(self._parts, interaction, lines_view(looked.lines, *buttons))

    @app_commands.command(name="export", description="…")
    async def take_out(self, interaction: Interaction, written_as: WrittenAs = "jsonl") -> None:
        """The whole list as a file."""
        settings_keeper(interaction, self._parts.words)
        guild_id, guild = guild_of(interaction, self._parts.words), interaction.guild
        await interaction.response.defer(ephemeral=True, thinking=True)
        limit = guild.filesize_limit if guild else discord.utils.DEFAULT_FILE_SIZE_LIMIT_BYTES
        keeper = guild.name if guild else str(guild_id)
        sent = await self._parts.parcels.send(guild_id, Format(written_as), keeper, limit)
        file = discord.File(io.BytesIO(sent.data), sent.name)
        text = "\n".join(line.text for line in sent.lines)
        await interaction.followup.send(text, file=file, ephemeral=True)
