"""Reads a page from the web through the guarded client. Fulfils `ports.Pages`."""

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import asynccontextmanager

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from bot.core.errors import UserError
from bot.core.intake import must_fit
from bot.web.guard import is_public
from bot.web.session import OWN_PORTS, REDIRECTS, NotPublic, checked, joined, open_session

log = logging.getLogger(__name__)

_SECONDS = 15
_MOST_HOPS = 5
_AGENT = "Sidenote (a Discord bot; a moderator asked it to read this page)"
_KINDS = frozenset({"text/html", "application/xhtml+xml", "text/plain"})
_BLOCK = 65_536


class HttpPages:
    """One session for all pages. Make one with `open_pages`."""

    def __init__(self, session: aiohttp.ClientSession, ports: Collection[str]) -> None:
        self._session = session
        self._ports = ports

    async def read(self, url: str) -> bytes:
        """See `ports.Pages`. At most 15 seconds and 5 redirects for all of it, and 5 MB."""
        try:
            async with asyncio.timeout(_SECONDS):
                for _ in range(_MOST_HOPS + 1):
                    asked = checked(url, self._ports)
                    if asked is None:
                        raise UserError(key="refused.fetch_address")
                    data, target = await self._ask(asked)
                    if target is None:
                        return data
                    url = joined(asked, target) or ""
        except TimeoutError:
            raise UserError(key="refused.fetch_slow", seconds=_SECONDS) from None
        except NotPublic:
            raise UserError(key="refused.fetch_address") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            if isinstance(error.__cause__, NotPublic) or isinstance(getattr(error, "os_error", None), NotPublic):
                raise UserError(key="refused.fetch_address") from None
            log.info("a page could not be fetched: %s", type(error).__name__)
            raise UserError(key="refused.fetch_failed") from None
        raise UserError(key="refused.fetch_hops", most=_MOST_HOPS)

    async def _ask(self, url: str) -> tuple[bytes, str | None]:
        """The page, or where it sends its visitors."""
        async with self._session.get(URL(url, encoded=True), allow_redirects=False) as answer:
            target = answer.headers.get("Location")
            if answer.status in REDIRECTS and target:
                answer.close()
                return b"", target
            if answer.status != 200:
                raise UserError(key="refused.fetch_status", status=answer.status)
            encoding = answer.headers.get("Content-Encoding", "identity").strip().lower()
            if answer.content_type not in _KINDS or encoding not in {"", "identity"}:
                raise UserError(key="refused.fetch_kind")
            data = bytearray()
            async for block in answer.content.iter_chunked(_BLOCK):
                data += block
                must_fit(len(data))
            return bytes(data), None


@asynccontextmanager
async def open_pages(
    *,
    is_allowed: Callable[[str], bool] = is_public,
    ports: Collection[str] = OWN_PORTS,
    resolver: AbstractResolver | None = None,
) -> AsyncIterator[HttpPages]:
    """A guarded session, closed at the end. The arguments are for a test's own server on the loopback address."""
    async with open_session(_AGENT, _SECONDS, is_allowed=is_allowed, resolver=resolver) as session:
        yield HttpPages(session, ports)
