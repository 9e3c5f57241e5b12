"""What runs beside the gateway: steps that are taken again and again, and a watch over the gateway's heartbeat."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any

import discord
from discord.ext import tasks

from bot.core.errors import OperatorError, StoreError
from bot.ports import Clock

log = logging.getLogger(__name__)

Step = Callable[[], Awaitable[None]]


class Background:
    """Steps with an owner: each is taken every so many seconds, and ended with the owner."""

    def __init__(self) -> None:
        self._loops: list[tasks.Loop[Any]] = []

    def start(self, name: str, step: Step, seconds: float) -> None:
        """Takes a step now and then. One that fails is said in the log, and taken again."""

        async def carefully() -> None:
            try:
                await step()
            except StoreError as error:
                log.error("%s waits: %s", name, error)  # noqa: TRY400 - a sentence, no bug
            except Exception:
                log.exception("%s failed, and goes on", name)

        loop: tasks.Loop[Any] = tasks.loop(seconds=seconds, name=name)(carefully)
        loop.start()
        self._loops.append(loop)

    async def end(self) -> None:
        """Cancels all and waits for them, except the one that asks."""
        mine = asyncio.current_task()
        for loop in self._loops:
            loop.stop()
        running: Sequence[asyncio.Task[None] | None] = [loop.get_task() for loop in self._loops]
        others = [task for task in running if task is not None and task is not mine]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)


class Heartbeat:
    """Tells when Discord's gateway gave no sign of life for too long (discord.py can try to resume for ever)."""

    def __init__(self, client: discord.Client, seconds: float, clock: Clock) -> None:
        self._client = client
        self._limit = timedelta(seconds=seconds)
        self._clock = clock
        self._last = clock()
        self._latency = 0.0

    def beat(self) -> None:
        """Something came from the gateway."""
        self._last = self._clock()

    def lost(self) -> OperatorError | None:
        """The sentence with which to end, once it is lost."""
        # An acknowledged heartbeat is no event; it shows in the latency, which is never twice the same.
        latency = self._client.latency
        if latency == latency and latency != self._latency:
            self._latency = latency
            self.beat()
        if self._clock() - self._last <= self._limit:
            return None
        seconds = int(self._limit.total_seconds())
        return OperatorError(
            f"Discord's gateway gave no sign of life for {seconds} seconds, so the program ends; whoever supervises it "
            "starts it again. What was missed is read then."
        )
