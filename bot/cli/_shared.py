"""What every command needs: options, settings, the clock, the exit with one sentence."""

import asyncio
import re
import signal
import sys
from collections.abc import Coroutine
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn, TypeVar

import typer
from rich.console import Console

from bot.core.errors import OperatorError, SettingsError, UserError
from bot.core.model import LOCAL_LIST, GuildId, ListName, guild_list
from bot.ops.logging import set_up_logging
from bot.settings import Loaded, load_settings, load_words

T = TypeVar("T")

REFUSED, SETTINGS, INTERRUPTED = 1, 2, 130

ConfigOption = Annotated[Path | None, typer.Option("--config", help="A settings file in place of sidenote.toml.")]
DatabaseOption = Annotated[
    Path | None, typer.Option("--database", help="A database file in place of the configured one.")
]
ListOption = Annotated[
    str | None, typer.Option("--list", help="The list of records; without it the operator's, `local`.")
]
GuildOption = Annotated[
    int | None, typer.Option("--guild", min=1, max=2**63 - 1, help="The list of the Discord server with this id.")
]

errors = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)

_WIDTH_OF_FILES = 160
"""Of tables that go to a file or another program."""
_ACTS_ON_TERMINALS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def now() -> datetime:
    """The clock of the command line."""
    return datetime.now(UTC)


def load(config: Path | None, database: Path | None = None) -> Loaded:
    """The settings with what the command line says on top; logging is set up by them."""
    overrides: dict[str, Any] = {"database": {"path": database}} if database else {}
    loaded = load_settings(Path.cwd(), config=config, overrides=overrides)
    settings = loaded.settings
    token = settings.token.get_secret_value() if settings.token else ""
    secrets = {token, token.strip()} - {""}
    set_up_logging(settings.log.format, settings.log.level, secrets)
    return loaded


def list_name(name: str | None, guild: int | None) -> ListName:
    """The list that the options name."""
    if name and guild:
        fail("Name a list or a server, not both: --list or --guild.", SETTINGS)
    if guild:
        return guild_list(GuildId(guild))
    if name and not (name.replace("-", "").isalnum() and name.isascii() and name == name.lower() and len(name) <= 64):
        fail("A list's name has small letters, digits and hyphens, at most 64.", SETTINGS)
    return ListName(name) if name else LOCAL_LIST


def work(task: Coroutine[Any, Any, T], *, on_term: int = INTERRUPTED) -> T:
    """Runs a command's work; every error of ours becomes a sentence and an exit status.

    Ctrl-C and SIGTERM cancel the work, so that everything is closed; `on_term` is the status after a SIGTERM.
    """
    try:
        return asyncio.run(_until_stopped(task))
    except _Terminated:
        raise typer.Exit(on_term) from None
    except SettingsError as error:
        fail(str(error), SETTINGS)
    except UserError as error:
        fail(error.told(load_words("en")), REFUSED)
    except OperatorError as error:
        fail(str(error), REFUSED)
    except KeyboardInterrupt:
        fail("Interrupted.", INTERRUPTED)


class _Terminated(BaseException):
    """SIGTERM came."""


async def _until_stopped(task: Coroutine[Any, Any, T]) -> T:
    working = asyncio.ensure_future(task)
    stopped_by: list[signal.Signals] = []

    def stop(number: signal.Signals) -> None:
        stopped_by.append(number)
        working.cancel()

    # Set even where the parent ignores Ctrl-C, as shells do for what runs in the background.
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop, number)
    try:
        return await working
    except asyncio.CancelledError:
        if signal.SIGTERM in stopped_by:
            raise _Terminated from None
        raise KeyboardInterrupt from None


def fail(sentence: str, status: int) -> NoReturn:
    """One sentence on standard error, then the exit."""
    errors.print(printable(sentence))
    raise typer.Exit(status)


def printable(text: str) -> str:
    """The text with control characters written out: what a file says must not steer a terminal."""
    return _ACTS_ON_TERMINALS.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def wide_console() -> Console:
    """Standard output for tables; what records say is printed as it stands."""
    width = None if sys.stdout.isatty() else _WIDTH_OF_FILES
    return Console(highlight=False, markup=False, emoji=False, width=width)


def safe_output() -> None:
    """Standard streams in UTF-8 whatever the machine's locale; what cannot be encoded is shown escaped."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="backslashreplace")
