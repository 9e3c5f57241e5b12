"""`import` and `export`: records as JSON lines."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from pathlib import Path
from typing import Annotated, TextIO

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from bot.app import open_house
from bot.cli._shared import (
    REFUSED,
    ConfigOption,
    DatabaseOption,
    GuildOption,
    ListOption,
    errors,
    fail,
    list_name,
    load,
    now,
    printable,
    work,
)
from bot.core.model import OPERATOR, ListName
from bot.services.transfer import Outcome
from bot.settings import Loaded

_SHOWN = 20
"""Refused lines that are printed one by one."""


def bring_in(
    file: Annotated[str, typer.Argument(help="A file of JSON lines, or - for standard input.")],
    *,
    database: DatabaseOption = None,
    name: ListOption = None,
    guild: GuildOption = None,
    config: ConfigOption = None,
) -> None:
    """Bring records in. All or nothing: with one refused line, nothing is changed."""
    loaded = load(config, database)
    lines = _read(file)
    outcome = work(_import(loaded, lines, list_name(name, guild), Path(file).name if file != "-" else "standard input"))
    for refusal in outcome.refused[:_SHOWN]:
        errors.print(printable(str(refusal)))
    if outcome.refused:
        more = len(outcome.refused) - _SHOWN
        fail(
            f"{f'and {more} more. ' if more > 0 else ''}Refused: {len(outcome.refused)}. Nothing was imported.", REFUSED
        )
    print(
        f"{outcome.added} added, {outcome.merged} merged into existing records, "
        f"{outcome.unchanged} brought nothing new."
    )


def take_out(
    file: Annotated[Path | None, typer.Argument(help="The file to write; without it, standard output.")] = None,
    *,
    database: DatabaseOption = None,
    name: ListOption = None,
    guild: GuildOption = None,
    config: ConfigOption = None,
) -> None:
    """Write a list's records as JSON lines."""
    loaded = load(config, database)
    with _target(file) as out:
        count = work(_export(loaded, list_name(name, guild), out))
    if file and str(file) != "-":
        errors.print(f"{count} records written to {file}.")


async def _import(loaded: Loaded, lines: list[str], name: ListName, origin: str) -> Outcome:
    async with open_house(loaded, now) as house:
        with _progress() as progress:
            task = progress.add_task("importing", total=sum(1 for line in lines if line.strip()))
            return await house.transfer.bring_in(lines, name, origin, OPERATOR, lambda n: progress.advance(task, n))


async def _export(loaded: Loaded, name: ListName, out: TextIO) -> int:
    async with open_house(loaded, now, read_only=True) as house:
        with _progress() as progress:
            task = progress.add_task("exporting", total=await house.catalog.count(name))
            count = -1  # the header is no record
            async with aclosing(house.transfer.take_out(name)) as lines:
                async for line in lines:
                    out.write(line)
                    count += 1
                    progress.update(task, completed=max(0, count))
            return count


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal)


def _read(file: str) -> list[str]:
    try:
        data = _standard_input() if file == "-" else Path(file).read_bytes()
        return data.decode("utf-8-sig").split("\n")
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror or error}.", REFUSED)
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        fail(f"line {line}: the file is not UTF-8. Nothing was imported.", REFUSED)


def _standard_input() -> bytes:
    with open(0, "rb", closefd=False) as source:
        return source.read()


@contextmanager
def _target(file: Path | None) -> Iterator[TextIO]:
    """Standard output, or a file that appears whole or not at all; what is no plain file is written to as it is."""
    if file is None or str(file) == "-":
        sys.stdout.reconfigure(newline="\n")  # type: ignore[union-attr]
        yield sys.stdout
        sys.stdout.flush()
        return
    try:
        if file.exists() and not file.is_file():
            with file.open("w", encoding="utf-8", newline="\n") as out:
                yield out
            return
        with _unfinished(file.resolve()) as out:
            yield out
    except OSError as error:
        fail(f"{file} cannot be written: {error.strerror or error}.", REFUSED)


@contextmanager
def _unfinished(file: Path) -> Iterator[TextIO]:
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            yield out
        Path(name).replace(file)
    finally:
        Path(name).unlink(missing_ok=True)
