"""ROOF, Discord's side: wires a client to the house, runs it, examines it. Apart from `app`, so that `check` and
`import` do not load Discord.
"""

import asyncio
import base64
import binascii
import contextlib
import logging
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import aiohttp
import discord
from discord.ext import commands
from yarl import URL

from bot import __version__
from bot.app import House, Texts, make_intake, open_house
from bot.cogs._convert import invite_permissions
from bot.cogs._pace import Pace
from bot.cogs._parts import Parts
from bot.cogs._poster import DiscordPoster
from bot.cogs._reader import DiscordReader
from bot.cogs.client import SidenoteClient
from bot.cogs.doctor import examine_discord
from bot.core.errors import OperatorError, SettingsError
from bot.ports import Pages, Redirects
from bot.services.addresses import Addresses
from bot.services.bounds import Bounds
from bot.services.catch_up import CatchUp
from bot.services.claims import Claims
from bot.services.context import Context
from bot.services.decide import Decide
from bot.services.desk import Desk
from bot.services.flagging import Flagging, NoPages
from bot.services.follow import Follow
from bot.services.history import History
from bot.services.journal import Journal
from bot.services.keeper import Keeper
from bot.services.life import NoteLife
from bot.services.parcels import Parcels
from bot.services.rules import Rules
from bot.services.settle import Settle
from bot.services.shorteners import NoRedirects, Shorteners
from bot.services.turns import Turns
from bot.services.watch import Watch
from bot.services.withdraw import WithdrawNote
from bot.settings import Loaded, Settings
from bot.store import care
from bot.store.migrate import require_current
from bot.web.fetch import open_pages
from bot.web.redirects import open_redirects

log = logging.getLogger(__name__)

_CLOSE_SECONDS = 3.5
_CANCEL_SECONDS, _CANCEL_AGAIN_SECONDS = 1, 0.1


def make_client(
    house: House,
    extras: Sequence[commands.Cog] = (),
    redirects: Redirects | None = None,
    bounds: Bounds | None = None,
    pages: Pages | None = None,
) -> SidenoteClient:
    """A client with all its parts, not connected; `extras` are cogs of the demo's. Without `redirects` no shortener is
    ever asked, without `pages` no page is read from the web; without `bounds` those of the settings hold.
    """
    asks = redirects or NoRedirects()
    within = bounds or house.settings.notes.bounds()
    settings = house.settings.discord
    return SidenoteClient(
        house.texts.words,
        house.meta,
        lambda client: _parts(house, client, asks, pages or NoPages(), within),
        extras,
        pace=Pace(settings.requests_per_second),
        silence_seconds=settings.silence_seconds,
    )


def _parts(house: House, client: discord.Client, redirects: Redirects, pages: Pages, bounds: Bounds) -> Parts:
    words, clock, notes, work = house.texts.words, house.clock, house.notes, house.work
    poster, reader = DiscordPoster(client, words), DiscordReader(client, words)
    turns = Turns()
    journal = Journal(notes, house.book, poster, words, clock)
    desk = Desk(house.catalog, house.reading, words, clock)
    shorteners = Shorteners(house.short_links, redirects, house.addresses, house.texts.links, clock)
    decide = Decide(house.look_up, notes, house.marks, house.book, shorteners, words, clock)
    life = NoteLife(notes, work, house.changes, house.marks, poster, journal, clock)
    watch = Watch(decide, life, notes, work, journal, shorteners, turns, clock, bounds.look_back)
    settle = Settle(decide, life, notes, work, reader, clock, bounds)
    follow = Follow(
        house.changes, notes, work, house.catalog, house.book, life, reader, poster, journal, words, clock, bounds
    )
    return Parts(
        watch=watch,
        follow=follow,
        keeper=Keeper(
            settle, follow, life, decide, notes, work, reader, watch.answer_in_turn, turns, words, clock, bounds
        ),
        catch_up=CatchUp(watch, work, house.marks, reader, journal, clock, bounds),
        context=Context(house.look_up, house.catalog, notes, house.book, words, clock),
        history=History(house.look_up, house.book, house.history, words),
        withdraw=WithdrawNote(notes, life, words, clock, turns),
        desk=desk,
        addresses=Addresses(house.catalog, house.addresses, desk, house.reading, words, clock),
        claims=Claims(house.catalog, desk, house.reading, words, clock),
        rules=Rules(house.look_up, notes, work, house.book, words, clock),
        parcels=Parcels(house.transfer, words),
        flagging=Flagging(
            make_intake(house.texts), house.drafts, desk, house.catalog, house.book, pages, house.reading, words, clock
        ),
        labels=house.texts.labels,
        words=words,
        clock=clock,
    )


def utc_now() -> datetime:
    """The clock: discord.py's, which a simulated Discord sets."""
    return discord.utils.utcnow()


async def run(loaded: Loaded) -> None:
    """The bot in real servers until it is told to stop. OperatorError with a sentence where it cannot run."""
    token = checked_token(loaded.settings)
    point_to(loaded.settings)
    async with open_house(loaded, utc_now) as house, open_redirects() as redirects, open_pages() as pages:
        client = make_client(house, redirects=redirects, pages=pages)
        await _connected(client, token)


async def _connected(client: SidenoteClient, token: str) -> None:
    connecting = asyncio.ensure_future(client.start(token))
    client.when_lost = connecting.cancel  # discord.py may be asleep before its next try to connect
    try:
        await asyncio.wait({connecting})
        connecting.result()
    except asyncio.CancelledError:
        if client.failure is None:
            raise
        raise client.failure from None
    except discord.LoginFailure:
        raise SettingsError(
            "Discord does not accept the token. Copy it again from the developer portal, page “Bot”, "
            "into SIDENOTE_TOKEN."
        ) from None
    except discord.PrivilegedIntentsRequired:
        raise SettingsError(
            "The application may not read messages yet. Switch on “Message Content Intent” in the developer portal, "
            "page “Bot”."
        ) from None
    except discord.HTTPException as error:
        raise OperatorError(
            f"Discord refused the start with status {error.status}. Try again in a few minutes."
        ) from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        # What discord.py makes of a gateway that cannot be reached, or of answers that are not Discord's.
        log.debug("the start failed", exc_info=error)
        raise OperatorError(
            f"Discord's gateway cannot be reached, or the answers are not Discord's ({type(error).__name__}). "
            "Check the network of this machine, discord.api and discord.gateway."
        ) from error
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise OperatorError(
            f"Discord cannot be reached ({type(error).__name__}). Check the network of this machine."
        ) from error
    finally:
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_CANCEL_SECONDS):
                await _cancelled(connecting)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_CLOSE_SECONDS):
                await client.close()


async def _cancelled(task: asyncio.Task[None]) -> None:
    """Ends a task. Once is not enough: discord.py connects within `asyncio.wait_for`, which before Python 3.12 forgets
    that it was cancelled where its work is done in the same moment (https://bugs.python.org/issue42130).
    """
    while not task.done():
        task.cancel()
        await asyncio.wait({task}, timeout=_CANCEL_AGAIN_SECONDS)


def point_to(settings: Settings) -> None:
    """Tells discord.py where Discord is; another place than the public one only for a proxy."""
    discord.http.Route.BASE = settings.discord.api
    try:
        discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY = URL(settings.discord.gateway)
    except ValueError:
        raise SettingsError("discord.gateway is no address; without a proxy of your own, leave it out.") from None


def checked_token(settings: Settings) -> str:
    """The token; SettingsError where there is none or it cannot be one."""
    if settings.token is None or not settings.token.get_secret_value().strip():
        raise SettingsError("There is no token. Set SIDENOTE_TOKEN, or SIDENOTE_TOKEN_FILE to a file that holds it.")
    token = settings.token.get_secret_value().strip()
    if _id_in(token) is None:
        raise SettingsError(
            "SIDENOTE_TOKEN does not hold a bot token. It has three parts with dots between them; copy it from the "
            "developer portal, page “Bot”."
        )
    return token


def application_id(settings: Settings) -> int:
    """The application's id, from its setting or from the token; SettingsError where neither tells."""
    return settings.discord.application_id or _id_in(checked_token(settings)) or 0


def _id_in(token: str) -> int | None:
    """A token's first part is the bot's id in base64 (https://discord.com/developers/docs/reference#authentication)."""
    first, *rest = token.removeprefix("Bot ").split(".")
    if len(rest) != 2 or not all(rest) or token.split() != [token]:
        return None
    try:
        number = base64.urlsafe_b64decode(first + "=" * (-len(first) % 4)).decode("ascii")
    except (binascii.Error, ValueError):
        return None
    return int(number) if number.isdigit() and len(number) <= 20 else None


def invite_link(settings: Settings) -> str:
    """The address that adds the bot to a server, with the smallest permissions. No network."""
    return discord.utils.oauth_url(
        application_id(settings), permissions=invite_permissions(), scopes=("bot", "applications.commands")
    )


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the doctor's."""

    what: str
    ok: bool
    text: str


async def examine(loaded: Loaded) -> list[Finding]:
    """Everything that `run` needs, looked at without changing anything."""
    findings = [
        Finding(
            "versions",
            True,
            f"Sidenote {__version__}, Python {platform.python_version()}, discord.py {discord.__version__}",
        ),
        Finding("configuration", True, f"operator's files are looked for in {loaded.folder}"),
    ]
    try:
        texts = Texts.load(loaded)
    except SettingsError as error:
        return [*findings, Finding("labels, links and words", False, str(error))]
    findings.append(
        Finding("labels, links and words", True, f"{len(texts.labels)} labels, link rules {texts.links.version}")
    )
    findings.append(await _database_finding(loaded))
    try:
        token = checked_token(loaded.settings)
    except SettingsError as error:
        return [*findings, Finding("token", False, str(error))]
    point_to(loaded.settings)
    async with discord.Client(intents=discord.Intents.none()) as client:
        findings.extend([Finding(*found) async for found in examine_discord(client, token, texts.words)])
    return findings


async def _database_finding(loaded: Loaded) -> Finding:
    path = loaded.settings.database.path
    if not path.exists():
        return Finding("database", True, f"{path} will be made at the first start")
    try:
        await require_current(path)
        faults = await care.check(path)
    except OperatorError as error:
        return Finding("database", False, str(error))
    return Finding("database", not faults, f"{path}: {faults[0] if faults else 'sound'}")
