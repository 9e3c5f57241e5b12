"""Turns: one at a time for a message or a channel, whatever is done with it."""

import asyncio
from weakref import WeakValueDictionary


class Turns:
    """Locks by number; a lock lives as long as somebody holds or awaits it."""

    def __init__(self) -> None:
        self._locks: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    def of(self, number: int) -> asyncio.Lock:
        """The lock of a number, for `async with`."""
        return self._locks.setdefault(number, asyncio.Lock())
