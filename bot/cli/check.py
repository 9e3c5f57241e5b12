"""`check`: what the bot would make of a text. No effect at all."""

import json
import math
from contextlib import AsyncExitStack
from typing import Annotated, Any

import typer
from rich.console import Console

from bot.app import House, Texts, open_house
from bot.cli._lines import input_lines
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
from bot.core.errors import SidenoteError
from bot.core.model import GuildId, GuildRules, Mode, lists_read_in
from bot.services.inspect import Audience, against, parse_line
from bot.settings import Loaded


def check(
    text: Annotated[str | None, typer.Argument(help="A message, or just a link.")] = None,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="The whole answer as JSON.")] = False,
    why: Annotated[bool, typer.Option("--why", help="The way from each link to its record.")] = False,
    jsonl: Annotated[
        bool, typer.Option("--jsonl", help="A JSON line in, a JSON line out, from standard input.")
    ] = False,
    database: DatabaseOption = None,
    name: ListOption = None,
    guild: GuildOption = None,
    config: ConfigOption = None,
) -> None:
    """Show what the bot would make of a text, without any effect."""
    loaded = load(config, database)
    if jsonl:
        work(_lines(loaded, name, guild))
    elif text is None:
        fail("Give a text to check, or --jsonl to read lines.", SETTINGS)
    elif any("\ud800" <= c <= "\udfff" for c in text):
        fail("The text is not valid UTF-8.", REFUSED)
    else:
        answer = work(_one(loaded, text, name, guild, why=why))
        if as_json:
            print(json.dumps(answer, ensure_ascii=False, indent=2))
        else:
            _show(answer)


async def _one(loaded: Loaded, text: str, name: str | None, guild: int | None, *, why: bool) -> dict[str, Any]:
    async with open_house(loaded, now, read_only=True) as house:
        return await house.inspect.text(text, await _audience(house, name, guild), why=why)


async def _audience(house: House, name: str | None, guild: int | None) -> Audience:
    chosen = list_name(name, guild)
    if guild:
        guild_id = GuildId(guild)
        return Audience(lists_read_in(guild_id), await house.book.rules(guild_id), guild_id)
    return Audience((chosen,), GuildRules(mode=Mode.POST))


async def _lines(loaded: Loaded, name: str | None, guild: int | None) -> None:
    texts = Texts.load(loaded)
    async with AsyncExitStack() as stack:
        house: House | None = None
        audience: Audience | None = None
        async for line in input_lines():
            entry: Any = {}
            try:
                entry = parse_line(line)
                if "flagged" in entry:
                    answer = against(entry, entry["flagged"], texts.links)
                else:
                    if house is None or audience is None:  # opened only when a line needs it
                        house = await stack.enter_async_context(open_house(loaded, now, read_only=True))
                        audience = await _audience(house, name, guild)
                    answer = await house.inspect.line(entry, audience)
            except (ValueError, SidenoteError) as error:
                answer = {"matched": [], "error": str(error)}
            print(json.dumps({**answer, "id": _id(entry)}), flush=True)


def _id(entry: object) -> str | int | float | None:
    value = entry.get("id") if isinstance(entry, dict) else None
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value if isinstance(value, str | int | float) and not isinstance(value, bool) else None


def _show(answer: dict[str, Any]) -> None:
    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for link in answer["links"]:
        console.print(f"link      {link['text']}")
        console.print(f"  key     {link['key'] or '(no web page)'}")
        for step in link.get("why", []):
            console.print(f"  why     {step}")
    for record in answer["records"]:
        console.print(f"record    {record['title']} ({record['address']}, list {record['list']})")
    reason = f" ({answer['reason']})" if answer["reason"] else ""
    console.print(f"decision  {answer['decision']}{reason}")
    if answer["note"]:
        console.print()
        for line in answer["note"]["lines"]:
            console.print(line)
        console.print(" ".join(f"[{b['label']}]" for b in answer["note"]["buttons"]))
