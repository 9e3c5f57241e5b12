"""Dates as publishers write them → a record's dates. A date that can be read in two ways is none."""

import re
from datetime import UTC, date, datetime

from bot.core.markup.values import words_of
from bot.core.model import PartialDate

_PARTIAL = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)
_ISO = re.compile(r"(\d{4})([-/.]?)(\d{2})\2(\d{2})(?:[T\s].*)?", re.ASCII | re.DOTALL)
_DAY_FIRST = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?[\s-]+([^\W\d]{3,9})\.?,?[\s-]+(\d{4})\b.*", re.DOTALL
)
_MONTH_FIRST = re.compile(
    r"(?:[^\W\d]+\.?,\s+)?([^\W\d]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b.*", re.DOTALL
)
_MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
           "december")  # fmt: skip
_LONGEST = 100


def date_of(value: object) -> PartialDate | None:
    """The day, month or year that a value names, in the publisher's own time zone; None where it is not plain."""
    written = words_of(value)
    if written is None or len(written) > _LONGEST:
        return None
    if _PARTIAL.fullmatch(written):
        return PartialDate(written) if _day((written + "-01-01")[:10]) else None
    return _iso(written) or _spelled(written)


def _iso(written: str) -> PartialDate | None:
    found = _ISO.fullmatch(written)
    # Year 1 is what some programs write for no date.
    return _day(f"{found[1]}-{found[3]}-{found[4]}") if found and found[1] >= "1000" else None


def _spelled(written: str) -> PartialDate | None:
    """`Tue, 6 Oct 2020 10:00:00 GMT` (RFC 9110, 5.6.7), `October 7, 2020`, with English months."""
    if found := _DAY_FIRST.fullmatch(written):
        day, month, year = found.groups()
    elif found := _MONTH_FIRST.fullmatch(written):
        month, day, year = found.groups()
    else:
        return None
    name = month.casefold()
    numbers = [i for i, known in enumerate(_MONTHS, 1) if known == name or known[:3] == name or known[:4] == name]
    return _day(f"{year}-{numbers[0]:02}-{int(day):02}") if numbers and int(year) >= 1000 else None


def _day(iso: str) -> PartialDate | None:
    try:
        date.fromisoformat(iso)
    except ValueError:
        return None
    return PartialDate(iso)


def time_of(value: object) -> str | None:
    """A time with its zone, as a record writes it; None where there is none."""
    written = words_of(value)
    if written is None or len(written) > _LONGEST:
        return None
    try:
        time = datetime.fromisoformat(written)
        return f"{time.astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat()}Z" if time.tzinfo else None
    except (ValueError, OverflowError):
        return None
