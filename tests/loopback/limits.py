"""Discord's rate limits: so many requests a second in all, so many a bucket (route and channel), told in headers.

https://discord.com/developers/docs/topics/rate-limits
"""

import time
from collections import deque
from dataclasses import dataclass, field
from hashlib import sha256


@dataclass
class Limits:
    """`overall` requests in any second; `bucket` requests in each window of `window` seconds, which starts with the
    first of them.
    """

    overall: int = 50
    bucket: int = 5
    window: float = 5.0
    refused: list[str] = field(default_factory=list)
    """What was one too many, by route."""
    _all: deque[float] = field(default_factory=deque)
    _buckets: dict[tuple[str, str], tuple[float, int]] = field(default_factory=dict)

    def take(self, route: str, channel: str) -> tuple[dict[str, str], float | None, bool]:
        """Headers, the seconds to wait where the request is one too many, and whether that is the limit over all."""
        now = time.monotonic()
        while self._all and self._all[0] <= now - 1:
            self._all.popleft()
        if len(self._all) >= self.overall:
            self.refused.append(f"over all: {route}")
            return {"X-RateLimit-Global": "true"}, self._all[0] + 1 - now, True
        began, used = self._buckets.get((route, channel), (now, 0))
        if now >= began + self.window:
            began, used = now, 0
        left = began + self.window - now
        headers = {
            "X-RateLimit-Limit": str(self.bucket),
            "X-RateLimit-Remaining": str(max(0, self.bucket - used - 1)),
            "X-RateLimit-Reset": f"{time.time() + left:.3f}",  # noqa: TID251 - Discord's own clock
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": sha256(route.encode()).hexdigest()[:32],
        }
        if used >= self.bucket:
            self.refused.append(f"bucket: {route} {channel}")
            return headers, left, False
        self._buckets[(route, channel)] = began, used + 1
        self._all.append(now)
        return headers, None, False
