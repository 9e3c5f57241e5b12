"""`run`, `demo`, `doctor`, `invite`: what has to do with Discord."""

from typing import Annotated

import typer

from bot.cli._shared import REFUSED, SETTINGS, ConfigOption, DatabaseOption, fail, load, work
from bot.core.errors import SidenoteError


def run(*, database: DatabaseOption = None, config: ConfigOption = None) -> None:
    """Run the bot in real servers until it is stopped."""
    from bot import live

    work(live.run(load(config, database)), on_term=0)


def demo(
    *,
    port: Annotated[int, typer.Option(min=0, max=65535, help="The page's port; 0 takes a free one.")] = 0,
    config: ConfigOption = None,
) -> None:
    """Try the bot in a simulated Discord on this machine; no account needed."""
    try:
        from bot.demo import serve
    except ModuleNotFoundError as missing:
        if (missing.name or "").split(".")[0] != "simcord":
            raise
        fail("The demo needs its extra: pip install -c config/constraints.txt '.[demo]'", SETTINGS)
    work(serve(load(config), port, lambda line: print(line, flush=True)), on_term=0)


def invite(*, config: ConfigOption = None) -> None:
    """Print the link that adds the bot to a server, with the smallest permissions. No network."""
    from bot import live

    try:
        print(live.invite_link(load(config).settings))
    except SidenoteError as error:
        fail(str(error), SETTINGS)


def doctor(*, database: DatabaseOption = None, config: ConfigOption = None) -> None:
    """Check versions, configuration, database, token, intents and permissions: a line each."""
    from bot import live

    findings = work(live.examine(load(config, database)))
    for finding in findings:
        print(f"{'ok  ' if finding.ok else 'MEND'} {finding.what}: {finding.text}")
    if not all(finding.ok for finding in findings):
        raise typer.Exit(REFUSED)
