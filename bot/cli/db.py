"""`db migrate | check | backup | restore | rekey`."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from bot.app import open_house
from bot.cli._shared import REFUSED, ConfigOption, DatabaseOption, errors, fail, load, now, printable, work
from bot.services.rekey import Meeting
from bot.settings import Loaded
from bot.store import care
from bot.store import migrate as migrations


def migrate(*, database: DatabaseOption = None, config: ConfigOption = None) -> None:
    """Bring the database up to date, making it where it is missing; a backup is put beside it first."""
    loaded = load(config, database)
    path = loaded.settings.database.path
    done = work(migrations.migrate(path, now()))
    work(_open_once(loaded))
    if done.backup:
        print(f"Backup: {done.backup}")
    print(f"{path}: version {done.after}" + ("" if done.before == done.after else f", was {done.before}"))


def check(*, database: DatabaseOption = None, config: ConfigOption = None) -> None:
    """Look for damage: SQLite's integrity check and the references between tables."""
    path = load(config, database).settings.database.path
    with errors.status("checking") if errors.is_terminal else Progress(disable=True):
        work(migrations.require_current(path))
        faults = work(care.check(path))
    for fault in faults:
        print(fault)
    if faults:
        fail(f"{path} is damaged. Restore a backup: `sidenote db restore BACKUP`.", REFUSED)
    print(f"{path}: sound")


def backup(
    target: Annotated[Path, typer.Argument(help="The file to make; an existing one is not overwritten.")],
    *,
    database: DatabaseOption = None,
    config: ConfigOption = None,
) -> None:
    """Copy the database, also while the bot runs."""
    path = load(config, database).settings.database.path
    with Progress(console=errors, transient=True, disable=not errors.is_terminal) as progress:
        task = progress.add_task("copying")
        work(care.back_up(path, target, lambda done, pages: progress.update(task, completed=done, total=pages)))
    print(f"Backup: {target}")


def restore(
    backup: Annotated[Path, typer.Argument(help="The backup to restore.")],
    *,
    database: DatabaseOption = None,
    config: ConfigOption = None,
) -> None:
    """Put a backup in the database's place, while the bot is stopped; the old file stays beside it."""
    path = load(config, database).settings.database.path
    old = work(care.restore(backup, path, now()))
    if old:
        print(f"The old database: {old}")
    print(f"{path}: restored from {backup}")


def rekey(
    *,
    yes: Annotated[bool, typer.Option("--yes", help="Merge without asking.")] = False,
    database: DatabaseOption = None,
    config: ConfigOption = None,
) -> None:
    """Show the records that are one page by the link rules in force, and merge them if that is wished."""
    loaded = load(config, database)
    work(_rekey(loaded, yes=yes))


async def _rekey(loaded: Loaded, *, yes: bool) -> None:
    async with open_house(loaded, now) as house:
        meetings = await house.rekey.meetings()
        for meeting in meetings:
            _show(meeting)
        if not meetings:
            print("Every key is made by the link rules in force. Nothing would merge.")
            return
        if not (yes or (sys.stdin.isatty() and typer.confirm("Merge the records of each page into the oldest?"))):
            fail("Nothing was merged. --yes merges them; until then the newer ones may be missed.", REFUSED)
        refused = [why for meeting in meetings if (why := await house.rekey.merge(meeting))]
    print(f"Merged: {len(meetings) - len(refused)}")
    for why in refused:
        errors.print(printable(f"Not merged: {why}"))
    if refused:
        raise typer.Exit(REFUSED)


def _show(meeting: Meeting) -> None:
    print(printable(f"One page: {meeting.key}"))
    for record in meeting.records:
        print(printable(f"  {record.list}  {record.publication.title}  ({record.address})"))


async def _open_once(loaded: Loaded) -> None:
    """What a start does: keys are made anew where the link rules changed, words of titles where there are none. And
    what is left of imports is cleared, which a running bot does beside its work.
    """
    async with open_house(loaded, now) as house:
        await house.transfer.settle()
