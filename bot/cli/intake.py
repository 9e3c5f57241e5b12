"""`intake`: what a page seems to be, as a record that can be accepted."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.app import Texts, make_intake, open_house
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
    printable,
    wide_console,
    work,
)
from bot.core.model import OPERATOR, ListName, PageVersion, ReadFrom
from bot.settings import Loaded

_WEB = ("http://", "https://")


def intake(
    file: Annotated[str, typer.Argument(help="A page as text or HTML, its web address, or - for standard input.")],
    *,
    as_json: Annotated[bool, typer.Option("--json", help="The whole proposal as JSON.")] = False,
    accept: Annotated[bool, typer.Option("--accept", help="Record the page; a file needs --address.")] = False,
    address: Annotated[str | None, typer.Option("--address", help="Where the page stands in the web.")] = None,
    claims: Annotated[
        str | None, typer.Option("--claims", help="Which claims to record: 1,3,4; without it the central ones.")
    ] = None,
    database: DatabaseOption = None,
    name: ListOption = None,
    guild: GuildOption = None,
    config: ConfigOption = None,
) -> None:
    """Read a page and propose a record: labels, original, linked works, candidate claims in the page's own words."""
    is_address = file.lower().startswith(_WEB)
    if accept != (address is not None) and not (accept and is_address):
        fail("--accept and --address go together.", SETTINGS)
    chosen = _numbers(claims)
    loaded = load(config, database)
    if is_address:
        came = _Page(work(_fetch(file)), file, ReadFrom.ADDRESS)
        address = address or (file if accept else None)
    else:
        came = _Page(_read(file), "standard input" if file == "-" else Path(file).name, ReadFrom.FILE)
    work(_intake(loaded, came, address, chosen, list_name(name, guild), as_json=as_json))


@dataclass(frozen=True, slots=True)
class _Page:
    """What was read and where it came from."""

    data: bytes
    origin: str
    read_from: ReadFrom


async def _fetch(url: str) -> bytes:
    from bot.web.fetch import open_pages  # a client of the web takes a while to load

    async with open_pages() as pages:
        return await pages.read(url)


def _numbers(claims: str | None) -> list[int]:
    parts = [part.strip() for part in claims.split(",")] if claims else []
    if not all(part.isascii() and part.isdigit() and 0 < int(part) < 10_000 for part in parts):
        fail("--claims takes numbers with commas between: 1,3,4.", SETTINGS)
    return [int(part) for part in parts]


def _read(file: str) -> bytes:
    try:
        if file != "-":
            return Path(file).read_bytes()
        with open(0, "rb", closefd=False) as source:
            return source.read()
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror or error}.", REFUSED)


async def _intake(
    loaded: Loaded, came: _Page, address: str | None, chosen: list[int], name: ListName, *, as_json: bool
) -> None:
    reader = make_intake(Texts.load(loaded))
    proposal = await reader.propose(came.data)
    _tell(reader.told(proposal), as_json=as_json)
    if address is None:
        return
    if wrong := [number for number in chosen if number > len(proposal.claims)]:
        fail(f"There is no claim {wrong[0]}; the page has {len(proposal.claims)}.", REFUSED)
    source = reader.accepted(proposal, address, chosen, f"intake: {came.origin}")
    async with open_house(loaded, now) as house:
        outcome = await house.transfer.bring_in(source, name, OPERATOR)
        if outcome.batch:
            page = PageVersion(proposal.digest, came.read_from, now())
            [record] = await house.catalog.find([house.reading.address(address, "--address").key], [name])
            await house.drafts.note_page(record.id, page)
    if not outcome.is_done:
        fail(f"Nothing was recorded: {outcome.refused[0]}", REFUSED)
    back = f"Recorded; `sidenote import --undo {outcome.batch}` takes it back."
    errors.print(back if outcome.batch else "Nothing in it is new.")


def _tell(told: dict[str, Any], *, as_json: bool) -> None:
    if as_json:
        print(json.dumps(told, ensure_ascii=False, indent=2))
        return
    console = wide_console()
    source = told["source"]
    lines = [
        f"title     {told['title'] or '?'}  ({told['language'] or '?'})",
        *(f"label     {label}" for label in told["labels"]),
        f"original  {source['name'] or '?'}: {source['title'] or '?'}",
        f"          {source['published'] or '?'}  {source['relation'] or '?'}  {source['url'] or '?'}",
        *(f"work      {work['name']}  ({work['href']})" for work in told["works"]),
    ]
    for number, claim in enumerate(told["claims"], 1):
        mark = "*" if claim["central"] else " "
        who = ", reported by ".join(claim["attributed_to"]) or "no source named"
        lines.append(f"{mark}{number:>3}  {claim['score']:.2f}  {claim['text']}")
        lines.append(f"           said by: {who}; {', '.join(claim['reasons'])}")
    lines += [f"note      {warning}" for warning in told["warnings"]]
    for line in lines:
        console.print(printable(line), soft_wrap=True)
