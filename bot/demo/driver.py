"""Carries out what `/demo` asks for, outside the bot: in SimCord a bot may not act as a member."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

import simcord
from simcord.preview import Preview

Job = Callable[[], Awaitable[object]]

_TURN_SECONDS = 0.05


class Driver:
    """Does one job after another, each when the page's own action is over, and shows the result on the page."""

    def __init__(self, preview: Preview, failed: Callable[[Exception], Awaitable[None]]) -> None:
        self._preview = preview
        self._failed = failed
        self._jobs: asyncio.Queue[Job] = asyncio.Queue()

    def put(self, job: Job) -> None:
        """Asks for a job; returns at once."""
        self._jobs.put_nowait(job)

    async def run(self) -> None:
        """Works until it is cancelled."""
        while True:
            job = await self._jobs.get()
            try:
                await self._when_free(job)
            except Exception as error:  # noqa: BLE001
                await self._when_free(partial(self._failed, error))
            await self._when_free(self._preview.refresh)

    async def _when_free(self, job: Job) -> None:
        """SimCord does one thing at a time and refuses a second: wait for our turn."""
        while True:
            try:
                await job()
            except simcord.SetupError as busy:
                if "overlaps" not in str(busy):
                    raise
                await asyncio.sleep(_TURN_SECONDS)
            else:
                return
