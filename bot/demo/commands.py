"""`/demo menu | forward | wait`: registered in the demo only, for what SimCord's page cannot do."""

import re
from collections.abc import Callable
from typing import Any, Literal, Protocol

import discord
from discord import app_commands
from discord.ext import commands

from bot.core.words import Words

Interaction = discord.Interaction[Any]
Menu = Literal["Context for links", "Flag a link here", "Withdraw this note"]
_ID = re.compile(r"(\d{15,20})\D*$")


class Stage(Protocol):
    """The simulated server, as far as the commands move it."""

    def menu(self, user_id: int, name: str, message_id: int) -> None:
        """A person chooses a message menu."""

    def forward(self, user_id: int, message_id: int) -> None:
        """A person forwards a message into the channel."""

    def wait(self, seconds: int) -> None:
        """Time passes."""

    def newest(self, *, note: bool) -> int | None:
        """The id of the newest note, or of the newest message of a member."""


class DemoCog(commands.GroupCog, group_name="demo", group_description="…"):
    """Moves the stage."""

    def __init__(self, words: Words, stage: Callable[[], Stage]) -> None:
        self._words = words
        self._stage = stage

    @app_commands.command(name="menu", description="…")
    async def menu(
        self,
        interaction: Interaction,
        name: Literal["Context for links", "Flag a link here", "Withdraw this note"],
        message: str | None = None,
    ) -> None:
        """Chooses a message menu on a message."""
        target = self._target(message, note=name == self._words("menu.withdraw"))
        if target is None:
            await self._say(interaction, "demo.nothing_there")
            return
        await self._say(interaction, "demo.menu_soon", name=name, message=target)
        self._stage().menu(interaction.user.id, name, target)

    @app_commands.command(name="forward", description="…")
    async def forward(self, interaction: Interaction, message: str | None = None) -> None:
        """Forwards a message into this channel."""
        target = self._target(message, note=False)
        if target is None:
            await self._say(interaction, "demo.nothing_there")
            return
        await self._say(interaction, "demo.forward_soon", message=target)
        self._stage().forward(interaction.user.id, target)

    @app_commands.command(name="wait", description="…")
    async def wait(self, interaction: Interaction, seconds: app_commands.Range[int, 1, 86_400] = 600) -> None:
        """Lets time pass."""
        await self._say(interaction, "demo.wait_soon", seconds=seconds)
        self._stage().wait(seconds)

    def _target(self, typed: str | None, *, note: bool) -> int | None:
        if typed:
            named = _ID.search(typed)
            return int(named[1]) if named else None
        return self._stage().newest(note=note)

    async def _say(self, interaction: Interaction, key: str, **values: object) -> None:
        await interaction.response.send_message(self._words(key, **values), ephemeral=True)
