"""The web as a table: fulfils `ports.Redirects`, and remembers what it was asked."""

import asyncio


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
