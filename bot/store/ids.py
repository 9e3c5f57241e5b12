"""Ids made by the program: they rise with time, so that new rows land at the end of every index."""

import secrets
from datetime import UTC, datetime

_EPOCH = datetime(2025, 1, 1, tzinfo=UTC)
_CHANCE_BITS = 20
_MOST = 2**62


class Ids:
    """Milliseconds since 2025, then 20 bits of chance against other processes; always higher than the one before."""

    def __init__(self) -> None:
        self._last = 0

    def next(self, at: datetime) -> int:
        """A new id, above zero and below 2**62, whatever the clock says."""
        milliseconds = max(0, int((at - _EPOCH).total_seconds() * 1000))
        fresh = ((milliseconds << _CHANCE_BITS) | secrets.randbits(_CHANCE_BITS)) % _MOST
        self._last = max(self._last + 1, fresh)
        return self._last

    def take(self, at: datetime, count: int) -> range:
        """So many new ids in a row."""
        first = self.next(at)
        self._last = first + max(0, count - 1)
        return range(first, first + count)
