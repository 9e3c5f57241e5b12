"""On which statements the message of a page rests: readable signs with weights in one table.

As in `claims`, the weights are those of a logistic regression over the annotated pages of the tests, rounded.
"""

import math
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.core.intake.claims import Judged
from bot.core.text import fold

_FEWEST, _MOST, _FIRST = 3, 8, 3
_LONG_WORD = re.compile(r"\w{4,}")
_QUOTE = re.compile(r"[“„«\"]")
_BIG = 1000
_SCALES = ("million", "billion", "milliard", "millones")


@dataclass(frozen=True, slots=True)
class Seen:
    """A statement among those of its page."""

    judged: Judged
    place: int
    share: float
    """Which share of the statements stands before it."""
    titles: frozenset[str]

    def meets(self, reason: str) -> bool:
        """Whether this feature of `claims` is met."""
        return reason in self.judged.reasons

    @property
    def has_big_figure(self) -> bool:
        """A thousand, a million and more."""
        values = (f.value if isinstance(f.value, int | float) else f.value[1] for f in self.judged.figures)
        return any(value >= _BIG for value in values) or any(
            f.unit.lower().startswith(_SCALES) for f in self.judged.figures
        )

    @property
    def title_words(self) -> int:
        """How many words it shares with the titles, up to three."""
        return min(3, len(self.titles.intersection(_LONG_WORD.findall(fold(self.judged.text)))))


SIGNS: tuple[tuple[str, float, Callable[[Seen], float]], ...] = (
    ("how late it stands", -2.7, lambda seen: seen.share),
    ("among the first", 0.8, lambda seen: seen.place < _FIRST),
    ("the first", 0.2, lambda seen: seen.place == 0),
    ("words of the title", 0.3, lambda seen: seen.title_words),
    ("a day is named", 1.1, lambda seen: seen.meets("a day is named")),
    ("a date", 0.1, lambda seen: seen.meets("a date")),
    ("a figure", 0.4, lambda seen: bool(seen.judged.figures)),
    ("each figure", 0.3, lambda seen: min(3, len(seen.judged.figures))),
    ("a big figure", 0.5, lambda seen: seen.has_big_figure),
    ("a finding is reported", 0.7, lambda seen: seen.meets("a finding is reported")),
    ("the source itself says it", 0.8, lambda seen: seen.meets("the source itself says it")),
    ("somebody is named who says it", 0.3, lambda seen: seen.meets("somebody is named who says it")),
    ("a name", 0.3, lambda seen: seen.meets("a name")),
    ("twenty words", 0.8, lambda seen: len(seen.judged.text.split()) / 20),
    ("under a verdict", 0.9, lambda seen: seen.meets("under a verdict")),
    ("the text reports a fact", -0.5, lambda seen: seen.meets("the text reports a fact")),
    ("somebody's words", -0.8, lambda seen: _QUOTE.search(seen.judged.text) is not None),
    ("an item", -1.4, lambda seen: seen.meets("an item")),
)
_BASE, _CHOSEN = -1.15, 0.4


def central_in(found: Sequence[Judged], titles: str) -> set[int]:
    """Places of the central ones among the statements of a page, in its order: at least three, at most eight."""
    totals = [_BASE + sum(weight * float(sees(seen)) for _, weight, sees in SIGNS) for seen in seen_in(found, titles)]
    chances = [1 / (1 + math.exp(-total)) for total in totals]
    ranked = sorted(range(len(found)), key=lambda i: (-chances[i], i))
    many = sum(chance > _CHOSEN for chance in chances)
    return set(ranked[: min(_MOST, max(_FEWEST, many))])


def seen_in(found: Sequence[Judged], titles: str) -> Iterator[Seen]:
    """The statements of a page, each with where it stands."""
    words = frozenset(_LONG_WORD.findall(fold(titles)))
    for i, judged in enumerate(found):
        yield Seen(judged, i, i / max(1, len(found) - 1), words)
