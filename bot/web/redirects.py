"""Asks an address where it sends its visitors, and reads nothing else of the answer. Fulfils `ports.Redirects`."""

import logging
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.web.guard import is_public
from bot.web.session import OWN_PORTS, REDIRECTS, checked, joined, open_session

log = logging.getLogger(__name__)

_SECONDS = 3
_AGENT = "Sidenote (a Discord bot; asks where a short link leads)"


class HttpRedirects:
    """One session for all questions. Make one with `open_redirects`."""

    def __init__(self, session: aiohttp.ClientSession, ports: Collection[str]) -> None:
        self._session = session
        self._ports = ports

    async def next(self, url: str) -> str | None:
        """See `ports.Redirects`. At most 3 seconds; the body of the answer is not read."""
        asked = checked(url, self._ports)
        if asked is None:
            return None
        try:
            async with self._session.get(URL(asked, encoded=True), allow_redirects=False) as answer:
                target = answer.headers.get("Location") if answer.status in REDIRECTS else None
                answer.close()
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            log.info("a short link could not be looked up: %s", type(error).__name__)
            return None
        return joined(asked, target) if target else None


@asynccontextmanager
async def open_redirects(
    *,
    is_allowed: Callable[[str], bool] = is_public,
    ports: Collection[str] = OWN_PORTS,
    resolver: AbstractResolver | None = None,
) -> AsyncIterator[HttpRedirects]:
    """A guarded session, closed at the end. The arguments are for a test's own server on the loopback address."""
    async with open_session(_AGENT, _SECONDS, is_allowed=is_allowed, resolver=resolver) as session:
        yield HttpRedirects(session, ports)
