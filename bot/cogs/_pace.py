"""The bot's own share of Discord's limit over all: so many requests a second, live answers before everything else.

discord.py keeps to the limits of channels, not to this one. It is kept at the last moment, when a request leaves for
the network, so that waiting for a channel uses nothing up.
"""

import asyncio
from types import SimpleNamespace

import aiohttp
from aiolimiter import AsyncLimiter

_SHARE = 0.956
"""Of what is allowed: clocks differ, and a request takes a moment that is not always the same."""
_BURST = 1.1
"""Requests that may leave at once when the loop was late."""
_WAITING = 3
"""Requests that are no live answer and wait at once: so many a live answer may find before it."""
_NOT_COUNTED = ("/interactions/", "/webhooks/")
"""https://discord.com/developers/docs/topics/rate-limits#global-rate-limit"""


class Pace:
    """A limiter, and the aiohttp hook that discord.py takes."""

    def __init__(self, per_second: int) -> None:
        self._limiter = AsyncLimiter(_BURST, _BURST / (per_second * _SHARE))
        self._waiting = asyncio.Semaphore(_WAITING)

    def trace(self) -> aiohttp.TraceConfig:
        """For `discord.Client(http_trace=…)`."""
        config = aiohttp.TraceConfig()
        config.on_request_start.append(self._before)
        return config

    async def _before(
        self, _session: aiohttp.ClientSession, _context: SimpleNamespace, request: aiohttp.TraceRequestStartParams
    ) -> None:
        path = request.url.path
        if request.url.scheme in {"ws", "wss"} or any(part in path for part in _NOT_COUNTED):
            return
        if request.method == "POST" and path.endswith("/messages"):
            await self._limiter.acquire()
        else:
            async with self._waiting:
                await self._limiter.acquire()
