"""How long to wait before the next try: longer each time, never twice the same."""

import random
from datetime import timedelta

_FIRST, _LONGEST = 0.5, 60.0
AN_HOUR = timedelta(hours=1)


def pause(tries: int, *, first: float = _FIRST, longest: float = _LONGEST) -> timedelta:
    """The wait after so many tries: doubles from `first` to `longest` seconds, with jitter of half of it.

    https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
    """
    seconds = min(longest, first * 2 ** min(tries, 20))
    return timedelta(seconds=seconds * random.uniform(0.5, 1))  # noqa: S311 - no secret hangs on it
