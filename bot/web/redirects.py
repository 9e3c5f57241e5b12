"""Asks an address where it sends its visitors, and reads nothing else of the answer. Fulfils `ports.Redirects`."""

import logging
import socket
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urljoin

import aiohttp
import can_ada
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.web.guard import is_public

log = logging.getLogger(__name__)

OWN_PORTS = frozenset({""})
"""http on 80 and https on 443: the URL standard writes no other port so."""
_SECONDS = 3
_MOST_HEADER = 8190
_LONGEST = 2048
_REDIRECTS = range(300, 400)
_AGENT = "Sidenote (a Discord bot; asks where a short link leads)"


class NotPublic(OSError):
    """The address that a connection would have gone to is not public."""


class HttpRedirects:
    """One session for all questions. Make one with `open_redirects`."""

    def __init__(self, session: aiohttp.ClientSession, ports: Collection[str]) -> None:
        self._session = session
        self._ports = ports

    async def next(self, url: str) -> str | None:
        """See `ports.Redirects`. At most 3 seconds; the body of the answer is not read."""
        checked = self._checked(url)
        if checked is None:
            return None
        try:
            async with self._session.get(URL(checked, encoded=True), allow_redirects=False) as answer:
                target = answer.headers.get("Location") if answer.status in _REDIRECTS else None
                answer.close()
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            log.info("a short link could not be looked up: %s", type(error).__name__)
            return None
        return self._joined(checked, target) if target else None

    def _checked(self, url: str) -> str | None:
        """The address as it would be asked; None where it may not be."""
        try:
            parsed = can_ada.parse(url)
        except (ValueError, TypeError):
            return None
        if parsed.protocol not in {"http:", "https:"} or parsed.port not in self._ports or len(parsed.href) > _LONGEST:
            return None
        if parsed.username or parsed.password or not parsed.hostname:
            return None
        return str(parsed.href).partition("#")[0]

    def _joined(self, base: str, target: str) -> str | None:
        try:
            return str(can_ada.parse(urljoin(base, target)).href)
        except (ValueError, TypeError):
            return None


@asynccontextmanager
async def open_redirects(
    *,
    is_allowed: Callable[[str], bool] = is_public,
    ports: Collection[str] = OWN_PORTS,
    resolver: AbstractResolver | None = None,
) -> AsyncIterator[HttpRedirects]:
    """A guarded session, closed at the end. The arguments are for a test's own server on the loopback address."""

    def guarded_socket(target: Any) -> socket.socket:
        """The last moment before a connection: whatever name or number led here, this is where it goes."""
        family, kind, protocol, _, address = target
        if not is_allowed(str(address[0])):
            raise NotPublic(f"{address[0]} is not public")
        made = socket.socket(family, kind, protocol)
        made.setblocking(False)
        return made

    connector = aiohttp.TCPConnector(
        resolver=resolver, use_dns_cache=False, force_close=True, limit=8, socket_factory=guarded_socket
    )
    async with aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        timeout=aiohttp.ClientTimeout(total=_SECONDS),
        headers={"User-Agent": _AGENT, "Accept": "text/html"},
        max_line_size=_MOST_HEADER,
        max_field_size=_MOST_HEADER,
        auto_decompress=False,
        read_bufsize=_MOST_HEADER,
    ) as session:
        yield HttpRedirects(session, ports)
