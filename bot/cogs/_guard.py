"""Who may do what, checked on our side at every step (contracts.md, Whose records).

Discord's own command permissions are only a default that a server may override. What counts here are permissions
guild-wide: owner, administrator, roles. A channel's overrides do not count.
"""

import discord

from bot.cogs._convert import actor
from bot.core.errors import NotAllowed
from bot.core.model import Actor, GuildId
from bot.core.words import Words


def guild_of(interaction: discord.Interaction, words: Words) -> GuildId:
    """The guild that the interaction comes from; NotAllowed in a direct message."""
    if interaction.guild_id is None:
        raise NotAllowed(words("error.not_in_guild"))
    return GuildId(interaction.guild_id)


def records_keeper(interaction: discord.Interaction, words: Words) -> Actor:
    """NotAllowed unless the person has Manage Messages guild-wide."""
    return _with(interaction, "manage_messages", words)


def settings_keeper(interaction: discord.Interaction, words: Words) -> Actor:
    """NotAllowed unless the person has Manage Server."""
    return _with(interaction, "manage_guild", words)


def _with(interaction: discord.Interaction, permission: str, words: Words) -> Actor:
    guild_of(interaction, words)
    user = interaction.user
    if not isinstance(user, discord.Member) or not getattr(user.guild_permissions, permission):
        raise NotAllowed(words("error.needs_permission", permission=words(f"permission.{permission}")))
    return actor(user)
