"""The client: lean, everything handed in. Adds cogs, menus and buttons; syncs commands when they changed."""

import contextlib
import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any, Protocol

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs._background import Background, Heartbeat, Step
from bot.cogs._buttons import BUTTONS
from bot.cogs._drafts import DRAFT_ITEMS
from bot.cogs._errors import Tree
from bot.cogs._import_buttons import IMPORT_BUTTONS
from bot.cogs._pace import Pace
from bot.cogs._parts import Parts
from bot.cogs.claim import ClaimCog
from bot.cogs.context import ContextCog
from bot.cogs.flag import FlagCog
from bot.cogs.records import RecordsCog
from bot.cogs.settings import SettingsCog
from bot.cogs.watch import WatchCog
from bot.core.errors import OperatorError, StoreError
from bot.core.model import GuildId
from bot.core.words import Words

log = logging.getLogger(__name__)

_WORDS = "words of notes"
_FORGET_SECONDS = 24 * 3600


class Memory(Protocol):
    """Remembers a few facts by name across restarts."""

    async def get(self, name: str) -> str | None:
        """The value, None where there is none."""

    async def set(self, name: str, value: str) -> None:
        """A new value."""


class SidenoteClient(commands.Bot):
    """The bot on Discord's side. `build` makes its parts once there is a client that they can post through."""

    def __init__(
        self,
        words: Words,
        memory: Memory,
        build: Callable[[discord.Client], Parts],
        extras: Sequence[commands.Cog] = (),
        *,
        pace: Pace,
        silence_seconds: float,
    ) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            help_command=None,
            tree_cls=Tree,
            intents=discord.Intents(guilds=True, guild_messages=True, message_content=True),
            allowed_mentions=discord.AllowedMentions.none(),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
            http_trace=pace.trace(),
        )
        self.words = words
        self._memory = memory
        self._extras = extras
        self.parts = build(self)
        self.failure: OperatorError | None = None
        """Why the bot ended by itself."""
        self.when_lost: Callable[[], object] = lambda: None
        """Called then; whoever runs the client ends it."""
        self._first_start = self.parts.clock()
        self._silence_seconds = silence_seconds
        self._heartbeat = Heartbeat(self, silence_seconds, self.parts.clock)
        self._background = Background()
        self._ending = False
        self._told = False
        """Discord told of the guilds of this session."""
        tree: Any = self.tree
        tree.words = words

    async def setup_hook(self) -> None:
        """See discord.py: runs once, after login and before the gateway."""
        parts = self.parts
        context, flag = ContextCog(parts), FlagCog(parts)
        cogs = (context, flag, ClaimCog(parts), SettingsCog(parts), RecordsCog(parts), WatchCog(parts, self))
        for cog in (*cogs, *self._extras):
            await self.add_cog(cog)
        self._add_menu("menu.context", context.of_message)
        self._add_menu("menu.flag", flag.flag_this, discord.Permissions(manage_messages=True))
        self._add_menu("menu.withdraw", flag.withdraw_this, discord.Permissions(manage_messages=True))
        self.add_dynamic_items(*BUTTONS, *IMPORT_BUTTONS, *DRAFT_ITEMS)
        describe(self.tree, self.words)
        await self._sync_when_changed()
        self._first_start = await self._when_first_started()
        await self._memory.set(_WORDS, await parts.follow.in_words(await self._memory.get(_WORDS)))
        self._background.start("keeping notes", self._when_ready(parts.keeper.step), parts.keeper.seconds)
        self._background.start("catching up", self._when_ready(parts.catch_up.step), parts.keeper.seconds)
        self._background.start("clearing imports", parts.parcels.clear, parts.keeper.seconds)
        self._background.start("forgetting drafts", parts.flagging.forget, _FORGET_SECONDS)
        self._background.start("the heartbeat", self._end_when_lost, self._silence_seconds / 4)

    async def close(self) -> None:
        """See discord.py: ends what runs beside the gateway first."""
        if not self._ending:  # a second call only waits for the first one to be done
            self._ending = True
            await self._background.end()
            with contextlib.suppress(StoreError):
                await self.parts.catch_up.flush()
        await super().close()

    async def on_socket_event_type(self, _event_type: str) -> None:
        """See discord.py: something came from the gateway."""
        self._heartbeat.beat()

    async def on_disconnect(self) -> None:
        """See discord.py."""
        self._told = False
        self.parts.catch_up.interrupted()

    async def on_guild_available(self, guild: discord.Guild) -> None:
        """See discord.py: told of late, or back after an outage; not one of those that a new session begins with."""
        if self._told:
            self.parts.catch_up.appeared(GuildId(guild.id))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        """See discord.py."""
        self.parts.catch_up.appeared(GuildId(guild.id))

    async def on_guild_unavailable(self, guild: discord.Guild) -> None:
        """See discord.py."""
        self.parts.catch_up.disappeared(GuildId(guild.id))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """See discord.py."""
        self.parts.catch_up.disappeared(GuildId(guild.id))
        with contextlib.suppress(StoreError):
            await self.parts.keeper.forget_guild(GuildId(guild.id))
            await self.parts.flagging.forget_guild(GuildId(guild.id))

    async def on_resumed(self) -> None:
        """See discord.py."""
        self._told = True
        self.parts.catch_up.resumed()

    def _when_ready(self, step: Step) -> Step:
        """Not before the gateway told of the guilds: until then, nothing of theirs can be told from what is gone."""

        async def ready_step() -> None:
            if self.is_ready():
                await step()

        return ready_step

    async def _end_when_lost(self) -> None:
        self.failure = self.failure or self._heartbeat.lost()
        if self.failure:
            self.when_lost()

    async def on_message(self, message: discord.Message) -> None:
        """Not discord.py's prefix commands: there are none. The watch cog listens by itself."""

    async def on_ready(self) -> None:
        """See discord.py."""
        log.info("ready user=%s guilds=%s", self.user.id if self.user else None, len(self.guilds))
        self._told = True
        self.parts.catch_up.connected(self._first_start)

    async def _when_first_started(self) -> datetime:
        """When the bot first ran on this database: nothing from before is answered."""
        name = "first start"
        if known := await self._memory.get(name):
            return datetime.fromisoformat(known)
        now = self.parts.clock()
        await self._memory.set(name, now.isoformat())
        return now

    def _add_menu(
        self,
        key: str,
        callback: Callable[[discord.Interaction[Any], discord.Message], Awaitable[None]],
        permissions: discord.Permissions | None = None,
    ) -> None:
        async def menu(interaction: discord.Interaction[Any], message: discord.Message) -> None:
            await callback(interaction, message)

        command = app_commands.ContextMenu(
            name=self.words(key),
            callback=menu,
            allowed_contexts=app_commands.AppCommandContext(guild=True, dm_channel=False, private_channel=False),
            allowed_installs=app_commands.AppInstallationType(guild=True, user=False),
        )
        command.default_permissions = permissions
        self.tree.add_command(command)

    async def _sync_when_changed(self) -> None:
        payload = json.dumps([command.to_dict(self.tree) for command in self.tree.get_commands()], sort_keys=True)
        fingerprint = sha256(payload.encode()).hexdigest()
        name = f"commands of {self.application_id}"
        if await self._memory.get(name) == fingerprint:
            return
        synced = await self.tree.sync()
        await self._memory.set(name, fingerprint)
        log.info("synced commands=%s", len(synced))


def describe(tree: app_commands.CommandTree[Any], words: Words) -> None:
    """Gives every command and parameter its words from the catalogue. A missing one is a bug: KeyError."""
    for command in tree.walk_commands():
        if isinstance(command, app_commands.Group):
            command.description = words(f"command.{command.qualified_name}")
        elif isinstance(command, app_commands.Command):
            name = command.qualified_name
            command.description = words(f"command.{name}")
            texts = {p.name: words(f"parameter.{name}.{p.name}") for p in command.parameters}
            if texts:
                app_commands.describe(**texts)(command)
