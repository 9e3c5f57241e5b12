"""The bot's own share of Discord's limit over all: so many requests a second, live answers before everything else.

discord.py keeps to the limits of channels, not to this one. It is kept at the last moment, when a request leaves for
the network, so that waiting for a channel uses nothing up.
"""

import asyncio
from types import SimpleNamespace

import aiohttp
from aiolimiter import AsyncLimiter

_SECOND = 1.005
"""Seconds: Discord counts by its own clock."""
_BURST = 1.1
"""Requests that may leave at once when the loop was late."""
_WAITING = 3
"""Requests that are no live answer and wait at once: so many a live answer may find before it."""
_NOT_COUNTED = ("/interactions/", "/webhooks/")
"""https://discord.com/developers/docs/topics/rate-limits#global-rate-limit"""


class Pace:
    """A limiter, and the aiohttp hooks that discord.py takes.

    The limiter spreads the requests over a second. A place for each request that Discord may have counted within the
    last second keeps the promise: when a request arrives there lies between its leaving and its answer, so its place is
    free again a second after the answer, and no second at Discord holds more requests than there are places.
    """

    def __init__(self, per_second: int) -> None:
        self._limiter = AsyncLimiter(_BURST, _BURST / per_second)
        self._places = asyncio.Semaphore(per_second)
        self._waiting = asyncio.Semaphore(_WAITING)

    def trace(self) -> aiohttp.TraceConfig:
        """For `discord.Client(http_trace=…)`."""
        config = aiohttp.TraceConfig()
        config.on_request_start.append(self._before)
        config.on_request_end.append(self._after)
        config.on_request_exception.append(self._after)
        return config

    async def _before(
        self, _session: aiohttp.ClientSession, context: SimpleNamespace, request: aiohttp.TraceRequestStartParams
    ) -> None:
        path = request.url.path
        context.counted = request.url.scheme not in {"ws", "wss"} and not any(part in path for part in _NOT_COUNTED)
        if not context.counted:
            return
        if request.method == "POST" and path.endswith("/messages"):
            await self._turn()
        else:
            async with self._waiting:
                await self._turn()

    async def _turn(self) -> None:
        await self._limiter.acquire()
        await self._places.acquire()

    async def _after(
        self,
        _session: aiohttp.ClientSession,
        context: SimpleNamespace,
        _request: aiohttp.TraceRequestEndParams | aiohttp.TraceRequestExceptionParams,
    ) -> None:
        if context.counted:
            asyncio.get_running_loop().call_later(_SECOND, self._places.release)
