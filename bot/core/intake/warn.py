"""What a moderator should look at before a proposal is accepted. Points out; settles nothing."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from bot.core.intake.claims import Judged
from bot.core.intake.counted import Figure

_DEATHS = re.compile(
    r"\b(?:killed|dead|died|deaths?|casualt\w+|bodies|fatalities|tote|gestorben|getötet|muert\w+|fallecid\w+)\b",
    re.IGNORECASE,
)
_MEASURES = frozenset(
    [
        "percent",
        "years",
        "year",
        "months",
        "days",
        "hours",
        "minutes",
        "weeks",
        "times",
        "metres",
        "meters",
        "m",
        "km",
        "votes",
        "jahre",
        "monate",
        "tage",
        "stunden",
        "mal",
        "prozent",
        "años",
        "meses",
        "días",
        "horas",
    ]
)


def differing(sentences: Sequence[Judged]) -> Iterator[tuple[str, list[str]]]:
    """Figures of one kind that differ: the kind, and each as it stands."""
    kinds: defaultdict[str, dict[object, str]] = defaultdict(dict)
    for sentence in sentences:
        for number, figure in enumerate(sentence.figures):
            kind = "deaths" if not number and _DEATHS.search(sentence.text) else _kind(figure)
            if kind:
                kinds[kind].setdefault(figure.value, figure.text)
    for kind, values in kinds.items():
        if len(values) > 1:
            yield kind, list(values.values())


def _kind(figure: Figure) -> str:
    word = figure.unit.split()[-1].lower() if figure.unit else ""
    return "" if word in _MEASURES or len(word) < 4 else word
