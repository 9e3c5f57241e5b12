"""`export`: a list's records in a file."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated, TextIO

import typer

from bot.app import open_house
from bot.cli._progress import record_progress
from bot.cli._shared import (
    REFUSED,
    SETTINGS,
    ConfigOption,
    DatabaseOption,
    GuildOption,
    ListOption,
    errors,
    fail,
    list_name,
    load,
    now,
    work,
)
from bot.core.model import ListName
from bot.core.text import is_visible
from bot.services.transfer import Format, Writer
from bot.settings import Loaded

_SHOWN_EVERY = 500


class WrittenAs(StrEnum):
    """Formats that are written."""

    JSONL = "jsonl"
    CSV = "csv"
    JSONLD = "jsonld"


def take_out(
    file: Annotated[Path | None, typer.Argument(help="The file to write; without it, standard output.")] = None,
    *,
    written_as: Annotated[
        WrittenAs | None, typer.Option("--format", help="How to write it; without it, by the file's ending, or jsonl.")
    ] = None,
    keeper: Annotated[
        str | None, typer.Option("--keeper", help="Who keeps the list, for markup; without it, the list's name.")
    ] = None,
    database: DatabaseOption = None,
    name: ListOption = None,
    guild: GuildOption = None,
    config: ConfigOption = None,
) -> None:
    """Write a list's records: JSON lines, CSV, or fact-check markup (JSON-LD)."""
    loaded = load(config, database)
    chosen = list_name(name, guild)
    if keeper is not None and not is_visible(keeper):
        fail("--keeper is who answers for the list: a name.", SETTINGS)
    writer = Writer(Format(written_as.value) if written_as else _by_ending(file), keeper or chosen)
    with _target(file) as out:
        work(_export(loaded, chosen, writer, out))
    if file and str(file) != "-":
        errors.print(f"{writer.count} records written to {file}.")
    for field, count in sorted(writer.lost.items()):
        errors.print(f"Not carried by this format: {field}, of {count} records.")


def _by_ending(file: Path | None) -> Format:
    ending = file.suffix.lower() if file else ""
    return {".csv": Format.CSV, ".jsonld": Format.JSONLD, ".json": Format.JSONLD}.get(ending, Format.JSONL)


async def _export(loaded: Loaded, name: ListName, writer: Writer, out: TextIO) -> None:
    async with open_house(loaded, now, read_only=True) as house:
        with record_progress("exporting") as progress:
            task = progress.add_task("", total=await house.catalog.count(name))
            async with aclosing(house.transfer.take_out(name, writer)) as texts:
                async for text in texts:
                    out.write(text)
                    if writer.count % _SHOWN_EVERY == 0:
                        progress.update(task, completed=writer.count)


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
        mode = file.stat().st_mode & 0o777 if file.exists() else 0o666 & ~_umask()
        Path(name).chmod(mode)  # a temporary file is its owner's alone
        Path(name).replace(file)
    finally:
        Path(name).unlink(missing_ok=True)


def _umask() -> int:
    """Which permissions new files do not get; it can only be asked by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
