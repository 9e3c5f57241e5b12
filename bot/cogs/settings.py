"""Those who manage the server set the bot up: `/settings show | set | test`."""

from datetime import datetime
from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs._answers import show
from bot.cogs._convert import missing, places
from bot.cogs._guard import guild_of, settings_keeper
from bot.cogs._parts import Parts
from bot.cogs._render import line, lines_view, mode_hints, permission_names
from bot.core.errors import UserError
from bot.core.model import (
    AuthorKind,
    ChannelId,
    ChatMessage,
    Decision,
    Found,
    LineKind,
    MessageId,
    Mode,
    NoteLine,
    Repeats,
    StaySilent,
    TextPart,
)
from bot.core.pages import fitted
from bot.services.rules import COOLDOWN_MOST, NOTES_MOST, OBJECTIONS_MOST, Rehearsal, RulesChange

Interaction = discord.Interaction[Any]
Channel = (
    discord.TextChannel
    | discord.Thread
    | discord.VoiceChannel
    | discord.ForumChannel
    | discord.CategoryChannel
    | discord.StageChannel
)
LogChannel = discord.TextChannel | discord.Thread


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_guild=True)
class SettingsCog(commands.GroupCog, group_name="settings", group_description="…"):
    """The settings of this guild."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    @app_commands.command(name="show", description="…")
    async def show(self, interaction: Interaction) -> None:
        """All settings."""
        settings_keeper(interaction, self._parts.words)
        await self._show(interaction, self._parts.words("settings.heading"))

    @app_commands.command(name="set", description="…")
    async def set(
        self,
        interaction: Interaction,
        mode: Literal["off", "observe", "post"] | None = None,
        ignore: Channel | None = None,
        listen: Channel | None = None,
        log_channel: LogChannel | None = None,
        cooldown: app_commands.Range[int, 0, COOLDOWN_MOST] | None = None,
        objections: app_commands.Range[str, 1, OBJECTIONS_MOST] | None = None,
        other_bots: bool | None = None,  # noqa: FBT001
        notes_per_minute: app_commands.Range[int, 1, NOTES_MOST] | None = None,
        typed_links: bool | None = None,  # noqa: FBT001
        short_links: bool | None = None,  # noqa: FBT001
        repeats: Literal["pointer", "silence"] | None = None,
        corrections: bool | None = None,  # noqa: FBT001
        page_fetching: bool | None = None,  # noqa: FBT001
        clear: Literal["log_channel", "objections"] | None = None,
    ) -> None:
        """Changes those that are given."""
        by = settings_keeper(interaction, self._parts.words)
        change = RulesChange(
            mode=Mode(mode) if mode else None,
            ignore=_id(ignore),
            listen=_id(listen),
            log_channel=_id(log_channel),
            cooldown_seconds=cooldown,
            objections=objections,
            other_bots=other_bots,
            notes_per_minute=notes_per_minute,
            typed_links=typed_links,
            short_links=short_links,
            repeats=Repeats(repeats) if repeats else None,
            corrections=corrections,
            page_fetching=page_fetching,
            clear_log_channel=clear == "log_channel",
            clear_objections=clear == "objections",
        )
        if change == RulesChange():
            raise UserError(self._parts.words("settings.nothing_to_set"))
        await self._parts.rules.change(guild_of(interaction, self._parts.words), by, change)
        await self._show(interaction, self._parts.words("settings.saved"))

    @app_commands.command(name="test", description="…")
    async def test(self, interaction: Interaction, link: app_commands.Range[str, 1, 4000]) -> None:
        """What would happen to a link in this channel."""
        settings_keeper(interaction, self._parts.words)
        rehearsal = await self._parts.rules.rehearse(_as_if_sent(interaction, link, self._parts))
        permissions = NoteLine(LineKind.LABEL, self._permissions(rehearsal))
        note = list(rehearsal.decision.note.lines) if rehearsal.decision.note else []
        verdict = NoteLine(LineKind.LABEL, self._verdict(rehearsal.decision))
        view = lines_view([verdict, permissions, *fitted(note, self._parts.words)])
        await show(self._parts, interaction, view)

    async def _show(self, interaction: Interaction, heading: str) -> None:
        guild_id = guild_of(interaction, self._parts.words)
        lines = [f"### {heading}", *(f"- {line(x)}" for x in await self._parts.rules.shown(guild_id))]
        hints = await self._parts.rules.hints(guild_id)
        await interaction.response.send_message("\n".join(lines) + mode_hints(hints), ephemeral=True)

    def _verdict(self, decision: Decision) -> str:
        words = self._parts.words
        if isinstance(decision, StaySilent):
            return words("test.silent", reason=words(f"reason.{decision.reason}"))
        return words("test.would_post")

    def _permissions(self, rehearsal: Rehearsal) -> str:
        words = self._parts.words
        if rehearsal.missing:
            return words("test.permissions_missing", missing=permission_names(rehearsal.missing, words))
        return words("test.permissions_ok")


def _as_if_sent(interaction: Interaction, link: str, parts: Parts) -> ChatMessage:
    now: datetime = parts.clock()
    guild = interaction.guild
    channel = interaction.channel
    return ChatMessage(
        id=MessageId(interaction.id),
        guild_id=guild_of(interaction, parts.words),
        channel_id=ChannelId(interaction.channel_id or 0),
        author=AuthorKind.MEMBER,
        sent_at=now,
        texts=(TextPart(Found.CONTENT, link),),
        places=places(channel),
        missing=missing(channel, guild) if guild else (),
    )


def _id(channel: Any) -> ChannelId | None:
    return ChannelId(channel.id) if channel else None
