"""Dates in a sentence, as precise as they stand there: English, German, Spanish, ISO."""

import re
from calendar import monthrange
from collections.abc import Iterator
from functools import lru_cache

from bot.core.intake.numbers import plain

Span = tuple[int, int, str]
"""Where a date begins and ends, and the date; empty where it lacks a year."""

_MONTHS = {
    name: number
    for number, names in enumerate(
        ["january jan januar jänner enero", "february feb februar febrero", "march mar märz marzo", "april apr abril",
         "may mai mayo", "june jun juni junio", "july jul juli julio", "august aug agosto",
         "september sep sept septiembre", "october oct oktober octubre", "november nov noviembre",
         "december dec dezember diciembre"],
        1,
    )
    for name in names.split()
}  # fmt: skip
_AMBIGUOUS = frozenset({"may", "mar", "march", "august", "sep", "dec", "jun", "jan"})
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR_OF = r"(?P<year>(?:1[5-9]|20)[0-9]{2})"
_PATTERNS = (
    re.compile(rf"(?<![\w/-]){_YEAR_OF}-(?P<month>[0-9]{{2}})(?:-(?P<day>[0-9]{{2}}))?(?![\w/-])"),
    re.compile(
        rf"(?<!\w)(?P<month>{_MONTH})\.?\s+(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR_OF}(?!\w)", re.IGNORECASE
    ),
    re.compile(
        rf"(?<!\w)(?P<month>{_MONTH})\.?\s+(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?"
        r"(?=[.;)](?!\d)|,(?!\s*\d)|$|\s(?:and|when|that|to|at|after|by|it)\b)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<!\w)(?:(?P<day>[0-9]{{1,2}})(?:\.|st|nd|rd|th)?\s+(?:de\s+|of\s+)?)?(?P<month>{_MONTH})(?:heft|nummer|ausgabe)?\.?"
        rf"(?:,?\s+(?:de\s+|of\s+|del\s+)?{_YEAR_OF})?(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(rf"(?<![\w.,$€£/-]){_YEAR_OF}(?![\w/]|[.,]\d|\s?%|-\d)"),
)
_NAME_OF_MONTH = re.compile(rf"(?<!\w)(?:{_MONTH})(?!\w)", re.IGNORECASE)
_LEAP_YEAR = 2000
"""Where a year is not told, 29 February may be."""
_COUNTED = re.compile(
    r"\s+(?:people|persons|civilians|patients|jobs|tonnes|euros|dollars|crowns|households|hectares)\b"
)


def dates_in(sentence: str) -> list[str]:
    """The dates in their order, ISO, each once; one without a year is left out."""
    return list(dict.fromkeys(date for _, _, date in date_spans(sentence) if date))


@lru_cache(maxsize=64)
def date_spans(sentence: str, year: str = "") -> tuple[Span, ...]:
    """Where dates stand; `year` is that of dates which tell none. Asked several times for a sentence."""
    spans: list[Span] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(sentence):
            if any(match.start() < end and start < match.end() for start, end, _ in spans):
                continue
            is_year = pattern is _PATTERNS[-1]
            if is_year and _COUNTED.match(sentence[match.end() :]):
                continue
            if (date := _date(match)) is not None:
                spans.append((match.start(), match.end(), date))
    return tuple(sorted(_with_years(spans, year)))


def month_spans(sentence: str) -> Iterator[tuple[int, int, int]]:
    """Where names of months stand, and which month it is."""
    return ((at.start(), at.end(), _MONTHS[plain(at[0])]) for at in _NAME_OF_MONTH.finditer(sentence))


def _with_years(spans: list[Span], default: str) -> list[Span]:
    """A month without a year has that of the next date that has one: “between January and June 2025”."""
    filled: list[Span] = []
    year = default
    for start, end, date in sorted(spans, reverse=True):
        if date.startswith("-"):
            is_told = year and (year != default or date[4:])  # a month alone says too little
            filled.append((start, end, iso_date(year, int(date[1:3]), int(date[4:] or 0)) if is_told else ""))
        else:
            year = date[:4]
            filled.append((start, end, date))
    return filled


def _date(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    month, day, year = parts.get("month"), parts.get("day"), parts.get("year") or ""
    if month is None:
        return year
    if not year and not day and (month[0].islower() or plain(month) in _AMBIGUOUS):
        return None  # a verb or a name
    number = int(month) if month.isdigit() else _MONTHS[plain(month)]
    if not 1 <= number <= 12 or (day and not 1 <= int(day) <= 31):
        return None
    return iso_date(year, number, int(day or 0))


def iso_date(year: str, month: int, day: int) -> str:
    """A date as far as the calendar has it: with no day (0), or with a day that the month lacks, it is the month."""
    is_in_month = 0 < day <= monthrange(int(year or _LEAP_YEAR), month)[1]
    return f"{year}-{month:02}" + (f"-{day:02}" if is_in_month else "")
