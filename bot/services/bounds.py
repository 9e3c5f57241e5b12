"""How far and how long the bot looks after its notes; the operator's settings `notes.*`."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Bounds:
    """Spans of time and one count."""

    settle: timedelta
    """How old a reservation may be to be posted still."""
    nonce: timedelta
    """How long Discord knows a nonce, for certain."""
    stability: timedelta
    """How long a record must stand unchanged before its notes follow."""
    look_back: timedelta
    """How far back messages are read that came while the bot was away, and notes are looked at again."""
    messages: int
    """How many of them in a channel."""
    poll: timedelta = timedelta(seconds=2)
    """Between two looks at the queue, which other processes write too."""
