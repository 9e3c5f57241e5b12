"""The one exit of errors: a UserError is a sentence for the person, anything else a reference for both sides."""

import functools
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import discord
from discord import app_commands

from bot.cogs._render import plain
from bot.core.errors import StoreError, UserError
from bot.core.words import Words

log = logging.getLogger(__name__)

_GONE = {10062, 40060}
"""The interaction ran out or was answered already: nobody is there to be told."""

F = TypeVar("F", bound=Callable[..., Awaitable[None]])


class Tree(app_commands.CommandTree[Any]):
    """The command tree, with our exit."""

    words: Words

    async def on_error(self, interaction: discord.Interaction, error: app_commands.AppCommandError) -> None:
        """Everything a command raises ends here."""
        await answer_error(interaction, error, self.words)


async def answer_error(interaction: discord.Interaction, error: BaseException, words: Words, **extra: Any) -> None:
    """Tells the person who asked, for their eyes only. `extra` goes along (a file, a view)."""
    text = plain(sentence(error, words))
    try:
        if interaction.type is discord.InteractionType.autocomplete:
            return
        if interaction.response.is_done():
            await interaction.followup.send(text, ephemeral=True, **extra)
        else:
            await interaction.response.send_message(text, ephemeral=True, **extra)
    except discord.HTTPException as failed:
        log.warning(
            "interaction=%s could not be answered: status=%s code=%s", interaction.id, failed.status, failed.code
        )


def sentence(error: BaseException, words: Words) -> str:
    """What the person is told about an error; what is not theirs to know is logged under the reference they see."""
    cause = error.original if isinstance(error, app_commands.CommandInvokeError) else error
    if isinstance(cause, UserError):
        return cause.told(words)
    if isinstance(cause, discord.HTTPException) and cause.code in _GONE:
        log.warning("an interaction ran out before it was answered: code=%s", cause.code)
        return words("error.busy", reference="-")
    reference = secrets.token_hex(4)
    if isinstance(cause, StoreError):
        log.error("reference=%s %s", reference, cause)
        return words("error.busy", reference=reference)
    log.error("reference=%s", reference, exc_info=cause)
    return words("error.bug", reference=reference)


def guarded(words: Callable[[Any], Words]) -> Callable[[F], F]:
    """For callbacks whose exceptions discord.py would swallow or answer late: they end at the one exit too."""

    def decorate(callback: F) -> F:
        @functools.wraps(callback)
        async def run(self: Any, interaction: discord.Interaction, *rest: Any) -> None:
            try:
                await callback(self, interaction, *rest)
            except Exception as error:  # noqa: BLE001
                await answer_error(interaction, error, words(interaction.client))

        return run  # type: ignore[return-value]

    return decorate


def words_of(client: Any) -> Words:
    """The words of the client that an interaction came through."""
    return client.parts.words  # type: ignore[no-any-return]
