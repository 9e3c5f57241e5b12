"""A client that connects to public addresses only, whatever name, number or redirect led there."""

import socket
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urljoin

import aiohttp
import can_ada
from aiohttp.abc import AbstractResolver

from bot.web.guard import is_public

OWN_PORTS = frozenset({""})
"""http on 80 and https on 443: the URL standard writes no other port so."""
REDIRECTS = range(300, 400)
_MOST_HEADER = 8190
_LONGEST = 2048


class NotPublic(OSError):
    """The address that a connection would have gone to is not public."""


def checked(url: str, ports: Collection[str]) -> str | None:
    """The address as it would be asked; None where it may not be."""
    try:
        parsed = can_ada.parse(url)
    except (ValueError, TypeError):
        return None
    if parsed.protocol not in {"http:", "https:"} or parsed.port not in ports or len(parsed.href) > _LONGEST:
        return None
    if parsed.username or parsed.password or not parsed.hostname:
        return None
    return str(parsed.href).partition("#")[0]


def joined(base: str, target: str) -> str | None:
    """Where a redirect leads from an address; None where it leads nowhere."""
    try:
        return str(can_ada.parse(urljoin(base, target)).href)
    except (ValueError, TypeError):
        return None


@asynccontextmanager
async def open_session(
    agent: str,
    seconds: float,
    *,
    is_allowed: Callable[[str], bool] = is_public,
    resolver: AbstractResolver | None = None,
) -> AsyncIterator[aiohttp.ClientSession]:
    """A session for HTML without cookies, proxies and compression, closed at the end. A request takes at most so many
    seconds. The last two arguments are for a test's own server on the loopback address.
    """

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
        timeout=aiohttp.ClientTimeout(total=seconds),
        headers={"User-Agent": agent, "Accept": "text/html", "Accept-Encoding": "identity"},
        max_line_size=_MOST_HEADER,
        max_field_size=_MOST_HEADER,
        auto_decompress=False,
        read_bufsize=_MOST_HEADER,
    ) as session:
        yield session
