"""The web as tables: fulfil `ports.Redirects` and `ports.Pages`, and remember what they were asked."""

import asyncio

from bot.core.errors import UserError


class RedirectTable:
    """Address → where it sends its visitors; an address that is not there answers nothing."""

    def __init__(self, table: dict[str, str] | None = None) -> None:
        self.table = table or {}
        self.asked: list[str] = []
        self.was_asked = asyncio.Event()
        self.silent = asyncio.Event()
        """Until it is set, addresses in `slow` are not answered."""
        self.slow: set[str] = set()

    async def next(self, url: str) -> str | None:
        """See `ports.Redirects`."""
        self.asked.append(url)
        self.was_asked.set()
        if url in self.slow:
            await self.silent.wait()
        return self.table.get(url)


class PageTable:
    """Address → the page there; an address that is not there answers with status 404."""

    def __init__(self) -> None:
        self.table: dict[str, bytes] = {}
        self.asked: list[str] = []

    async def read(self, url: str) -> bytes:
        """See `ports.Pages`."""
        self.asked.append(url)
        if url not in self.table:
            raise UserError(key="refused.fetch_status", status=404)
        return self.table[url]
