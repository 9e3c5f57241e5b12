"""Asks Discord whether the bot can work: token, intents, permissions per guild. Reads only, connects to no gateway."""

from collections.abc import AsyncIterator

import aiohttp
import discord

from bot.cogs._convert import invite_permissions
from bot.cogs._render import permission_names
from bot.core.words import Words

Finding = tuple[str, bool, str]
"""What was looked at, whether it is well, and what was found or how to mend it."""

_PORTAL = "the developer portal, page “Bot”"


async def examine_discord(client: discord.Client, token: str, words: Words) -> AsyncIterator[Finding]:
    """The findings in the order in which one rests on the other."""
    try:
        await client.login(token)
    except discord.LoginFailure:
        yield ("token", False, f"Discord does not accept it. Copy it again from {_PORTAL}, into SIDENOTE_TOKEN.")
        return
    except (aiohttp.ClientError, OSError, discord.HTTPException, KeyError, TypeError, ValueError) as error:
        yield ("Discord", False, f"cannot be reached ({type(error).__name__}). Check the network of this machine.")
        return
    yield ("token", True, f"accepted; the bot's id is {client.user.id if client.user else '?'}")
    flags = (await client.application_info()).flags
    if flags.gateway_message_content or flags.gateway_message_content_limited:
        yield ("intents", True, "Message Content Intent is on")
    else:
        yield ("intents", False, f"switch on Message Content Intent in {_PORTAL}.")
    async for finding in _guilds(client, words):
        yield finding


async def _guilds(client: discord.Client, words: Words) -> AsyncIterator[Finding]:
    count = 0
    needed = invite_permissions()
    async for listed in client.fetch_guilds(limit=None):
        count += 1
        guild = await client.fetch_guild(listed.id)
        me = await guild.fetch_member(client.user.id if client.user else 0)
        lacking = [name for name, value in needed if value and not getattr(me.guild_permissions, name)]
        if lacking:
            yield (f"server {guild.id}", False, f"allow for the bot's role: {permission_names(lacking, words)}.")
        else:
            yield (
                f"server {guild.id}",
                True,
                "every permission that a note takes; channels may differ: /settings test",
            )
    if not count:
        yield ("servers", False, "the bot is in no server yet. `sidenote invite` prints the link that adds it.")
