"""Moderators keep claims: `/claim add | edit | status`."""

from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs._answers import say
from bot.cogs._guard import guild_of, records_keeper
from bot.cogs._parts import Parts
from bot.cogs.flag import record_choices
from bot.core.errors import UserError
from bot.core.model import ClaimStatus, Record, Stance
from bot.core.text import cut, shown
from bot.services.claims import ClaimChange, StatusChange

Interaction = discord.Interaction[Any]
Text = app_commands.Range[str, 1, 1000]
Quote = app_commands.Range[str, 1, 2000]


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_messages=True)
class ClaimCog(commands.GroupCog, group_name="claim", group_description="…"):
    """The claims of this guild's records."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    @app_commands.command(name="add", description="…")
    async def add(
        self, interaction: Interaction, record: str, text: Text, said_by: Text | None = None, quote: Quote | None = None
    ) -> None:
        """One more claim, unverified."""
        by = records_keeper(interaction, self._parts.words)
        change = ClaimChange(text, said_by, quote)
        after = await self._parts.claims.add(guild_of(interaction, self._parts.words), by, record, change)
        await self._say(interaction, "claims.added", after)

    @app_commands.command(name="edit", description="…")
    async def edit(
        self,
        interaction: Interaction,
        record: str,
        claim: str,
        text: Text | None = None,
        said_by: Text | None = None,
        quote: Quote | None = None,
        remove: bool = False,  # noqa: FBT001
    ) -> None:
        """Other words, or the claim goes."""
        by = records_keeper(interaction, self._parts.words)
        guild_id = guild_of(interaction, self._parts.words)
        change = ClaimChange(text, said_by, quote)
        if remove:
            after = await self._parts.claims.remove(guild_id, by, record, claim)
        elif change == ClaimChange():
            raise UserError(self._parts.words("claims.nothing_to_change"))
        else:
            after = await self._parts.claims.edit(guild_id, by, record, claim, change)
        await self._say(interaction, "claims.removed" if remove else "claims.edited", after)

    @app_commands.command(name="status", description="…")
    async def status(
        self,
        interaction: Interaction,
        record: str,
        claim: str,
        status: Literal["unverified", "supported", "disputed", "refuted"],
        evidence: app_commands.Range[str, 1, 2048] | None = None,
        date: app_commands.Range[str, 4, 10] | None = None,
        stance: Literal["supports", "contradicts"] | None = None,
    ) -> None:
        """How a claim stands, on dated evidence."""
        by = records_keeper(interaction, self._parts.words)
        change = StatusChange(ClaimStatus(status), evidence, date, Stance(stance) if stance else None)
        after = await self._parts.claims.set_status(guild_of(interaction, self._parts.words), by, record, claim, change)
        await self._say(interaction, "claims.status_set", after, status=self._parts.words(f"status_name.{status}"))

    @add.autocomplete("record")
    @edit.autocomplete("record")
    @status.autocomplete("record")
    async def records(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Titles that match what is typed."""
        return await record_choices(self._parts, interaction, typed)

    @edit.autocomplete("claim")
    @status.autocomplete("claim")
    async def claims(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Claims of the chosen record that match what is typed; the value is the claim's id."""
        records_keeper(interaction, self._parts.words)
        record = str(getattr(interaction.namespace, "record", None) or "")
        found = await self._parts.claims.suggest(guild_of(interaction, self._parts.words), record, typed)
        return [app_commands.Choice(name=shown(cut(claim.text, 98)) or "…", value=str(i)) for i, claim in found]

    async def _say(self, interaction: Interaction, key: str, record: Record, **values: str) -> None:
        title = shown(record.publication.title)
        text = self._parts.words(key, title=title, version=record.version, **values)
        await say(self._parts, interaction, text)
