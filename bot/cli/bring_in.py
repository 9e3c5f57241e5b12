"""`import`: looks first where that is wished, brings records in, lists imports, takes one back."""

import tempfile
from pathlib import Path
from typing import Annotated

import typer

from bot.app import open_house
from bot.cli import _batches
from bot.cli._progress import ByteProgress, busy
from bot.cli._shared import (
    REFUSED,
    SETTINGS,
    ConfigOption,
    DatabaseOption,
    GuildOption,
    ListOption,
    fail,
    list_name,
    load,
    now,
    work,
)
from bot.cli._told import How, answer
from bot.core.model import OPERATOR, BatchId
from bot.services.processes import collect_seldom
from bot.services.transfer import Format, Outcome, RefusedFile, Source
from bot.settings import Loaded


def bring_in(
    file: Annotated[str | None, typer.Argument(help="A file of records, or - for standard input.")] = None,
    *,
    written_as: Annotated[
        Format | None, typer.Option("--format", help="How the file is written; without it, what it looks like.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print what would happen, and change nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The answer as JSON.")] = False,
    keep_going: Annotated[
        bool, typer.Option("--keep-going", help="Take what is good; write what is refused to a file.")
    ] = False,
    refused: Annotated[
        Path | None, typer.Option("--refused", help="That file; without it, beside the first as NAME.refused.ENDING.")
    ] = None,
    list_batches: Annotated[bool, typer.Option("--list-batches", help="The imports there were.")] = False,
    undo: Annotated[int | None, typer.Option("--undo", min=1, help="Take the import with this number back.")] = None,
    keep_changes: Annotated[
        bool, typer.Option("--keep-changes", help="With --undo: records that were changed since stay.")
    ] = False,
    database: DatabaseOption = None,
    name: ListOption = None,
    guild: GuildOption = None,
    config: ConfigOption = None,
) -> None:
    """Bring records in: JSON lines, CSV, fact-check markup. All or nothing, unless --keep-going."""
    loaded = load(config, database)
    names = [list_name(name, guild)] if name or guild else None
    if (file is not None) + list_batches + (undo is not None) != 1:
        fail("Name a file, or --list-batches, or --undo BATCH.", SETTINGS)
    if file is None and (dry_run or keep_going or refused or written_as or (undo is not None and as_json)):
        fail("--dry-run, --keep-going, --refused, --format and --json of an import go with a file.", SETTINGS)
    if (keep_changes and undo is None) or (refused and not keep_going):
        fail("--keep-changes goes with --undo, --refused with --keep-going.", SETTINGS)
    if refused and file and refused.resolve() == Path(file).resolve():
        fail("--refused names the file itself; name another one.", SETTINGS)
    if list_batches:
        work(_batches.list_batches(loaded, names, as_json=as_json))
    elif undo is not None:
        work(_batches.undo(loaded, BatchId(undo), names, keep_changes=keep_changes))
    elif file is not None:
        with tempfile.TemporaryDirectory(prefix="sidenote-") as folder:
            source = _source(file, written_as, Path(folder))
            how = How(list_name(name, guild), dry_run, keep_going, refused or _beside(file, source))
            if dry_run and not loaded.settings.database.path.exists():
                loaded = load(config, Path(folder) / "none.db")  # nothing is made where there is nothing yet
            outcome = work(_import(loaded, source, how))
        answer(outcome, how, as_json=as_json)


def _source(file: str, written_as: Format | None, folder: Path) -> Source:
    try:
        if file != "-":
            return Source.of(Path(file).name, Path(file), written_as)
        with open(0, "rb", closefd=False) as standard_input, (folder / "input").open("wb") as copy:
            while block := standard_input.read(1_000_000):
                copy.write(block)
        return Source.of("standard input", folder / "input", written_as)
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror or error}.", REFUSED)


def _beside(file: str, source: Source) -> Path:
    is_markup = source.format in {Format.JSONLD, Format.HTML}
    ending = "json" if is_markup else source.format.value
    return Path("standard-input" if file == "-" else file).with_suffix(f".refused.{ending}")


async def _import(loaded: Loaded, source: Source, how: How) -> Outcome:
    collect_seldom()
    read_only = how.dry_run and loaded.settings.database.path.exists()
    async with open_house(loaded, now, read_only=read_only) as house:
        if how.dry_run:
            with ByteProgress("looking", source.size) as progress:
                return await house.transfer.rehearse(source, how.name, progress)
        with busy("clearing what earlier imports left"):
            await house.transfer.settle()
        with ByteProgress("importing", source.size) as progress, RefusedFile(source.format) as mended:
            outcome = await house.transfer.bring_in(
                source, how.name, OPERATOR, keep_going=how.keep_going, on_refused=mended.put, progress=progress
            )
            if how.keep_going and outcome.refused_count:
                _save(mended, how.refused)
        if not outcome.is_done:
            with busy("clearing"):
                await house.transfer.settle()
        return outcome


def _save(mended: RefusedFile, path: Path) -> None:
    try:
        mended.save(path)
    except OSError as error:
        reason = error.strerror or error
        fail(
            f"The refused could not be written to {path}: {reason}. What is good was imported; import the file again "
            "with another --refused, which changes nothing else.",
            REFUSED,
        )
