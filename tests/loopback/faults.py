"""What goes wrong: one fault after another by order, or each with its own chance. Every kind has a name."""

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """A way in which Discord, or the network to it, fails."""

    TOO_MANY = "429"
    ERROR_500 = "500"
    ERROR_502 = "502"
    ERROR_503 = "503"
    RESET_BEFORE = "reset before the effect"
    RESET_AFTER = "reset after the effect"
    DELAY_BEFORE = "delay before the effect"
    DELAY_AFTER = "delay after the effect"
    DUPLICATE_EVENT = "duplicate event"
    LOST_EVENT = "lost event"
    DISCONNECT = "disconnect"
    INVALID_SESSION = "invalid session"


OF_REQUESTS = (
    Fault.TOO_MANY,
    Fault.ERROR_500,
    Fault.ERROR_502,
    Fault.ERROR_503,
    Fault.RESET_BEFORE,
    Fault.RESET_AFTER,
    Fault.DELAY_BEFORE,
    Fault.DELAY_AFTER,
)
OF_EVENTS = (Fault.DUPLICATE_EVENT, Fault.LOST_EVENT, Fault.DISCONNECT, Fault.INVALID_SESSION)


@dataclass
class Ordered:
    """A fault that is to come so many times, for requests or events whose name begins like this."""

    fault: Fault
    on: str
    times: int


@dataclass
class Faults:
    """The switch. `chances`: how probable each fault is, from 0 to 1, for events and for requests with `where`
    in their name; `delay`: the bounds of a delay in seconds; `until`: what a delay waits for instead, where it is set.
    """

    chances: dict[Fault, float] = field(default_factory=dict)
    where: str = ""
    delay: tuple[float, float] = (0.05, 0.6)
    until: asyncio.Event | None = None
    chance: random.Random = field(default_factory=random.Random)
    happened: Counter[Fault] = field(default_factory=Counter)
    ordered: list[Ordered] = field(default_factory=list)

    def order(self, fault: Fault, on: str, times: int = 1) -> None:
        """So many times this fault: `on` is how a request (`POST /channels/`) or an event's name begins."""
        self.ordered.append(Ordered(fault, on, times))

    def clear(self) -> None:
        """Everything works again."""
        self.ordered.clear()
        self.chances.clear()

    def of_request(self, name: str) -> Fault | None:
        """What happens to this request."""
        return self._next(name, OF_REQUESTS)

    def of_event(self, name: str) -> Fault | None:
        """What happens to this event."""
        return self._next(name, OF_EVENTS)

    async def wait(self) -> None:
        """A delay."""
        if self.until is not None:
            await self.until.wait()
        else:
            await asyncio.sleep(self.chance.uniform(*self.delay))

    def _next(self, name: str, kinds: tuple[Fault, ...]) -> Fault | None:
        for order in self.ordered:
            if order.fault in kinds and order.times and name.startswith(order.on):
                order.times -= 1
                self.happened[order.fault] += 1
                return order.fault
        if kinds is OF_REQUESTS and self.where not in name:
            return None
        drawn = self.chance.random()
        for fault in kinds:
            drawn -= self.chances.get(fault, 0.0)
            if drawn < 0:
                self.happened[fault] += 1
                return fault
        return None
