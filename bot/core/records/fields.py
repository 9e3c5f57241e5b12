"""Single fields of a record: what each may hold. Raises BadRecord with the field's path; knows no whole record."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeVar

from bot.core import text
from bot.core.errors import BadRecord, BadText
from bot.core.links import LinkRules, lookup_key
from bot.core.model import Address, LookupKey, PartialDate

E = TypeVar("E", bound=StrEnum)
T = TypeVar("T")

LONGEST_ADDRESS = 2048
TITLE, NAME, PHRASE, CLAIM, QUOTE = 300, 200, 120, 1000, 2000
"""The longest a text may be, in characters."""

_TIMES_REMEMBERED = 256
_key = lru_cache(1024)(lookup_key)
"""A record's addresses are asked for more than once while it is read."""

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
_TIME = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]00:00)", re.ASCII)
_WEB = re.compile(r"https?://", re.IGNORECASE)
_SECOND = re.compile(r"[\s,;|]\s*https?://|\shttps?://", re.IGNORECASE)
"""Another address after a gap: two of them stand in one field."""
_LIST = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", re.ASCII)


def line(value: object, field: str, limit: int, *, many_lines: bool = False) -> str | None:
    """A text, None where there is none."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadRecord(field, "not_text")
    if len(value) <= limit and value.isascii() and value.isprintable() and (stripped := value.strip()):
        return stripped  # the most common case: nothing in it could be refused
    try:
        accepted = text.accept(value, field, limit, many_lines=many_lines)
        return accepted if text.is_visible(accepted) else None
    except BadText as bad:
        raise BadRecord.of(bad, field) from bad


def name(value: object, field: str) -> str | None:
    """The name of a person, an organization, a publication."""
    return line(value, field, NAME)


def needed_line(value: object, field: str, limit: int, *, many_lines: bool = False) -> str:
    """A text that must be there."""
    found = line(value, field, limit, many_lines=many_lines)
    if found is None:
        raise BadRecord(field, "required")
    return found


def partial_date(value: object, field: str) -> PartialDate | None:
    """`YYYY`, `YYYY-MM` or `YYYY-MM-DD`, a day that exists."""
    found = line(value, field, 20)
    if found is None:
        return None
    if _DATE.fullmatch(found):
        try:
            date.fromisoformat((found + "-01-01")[:10])
        except ValueError:
            pass
        else:
            return PartialDate(found)
    raise BadRecord(field, "not_date")


def time(value: object, field: str) -> datetime | None:
    """An ISO 8601 time in UTC; kept to the second."""
    found = line(value, field, 40)
    if found is None:
        return None
    if (read := _time(found)) is None:
        raise BadRecord(field, "not_time")
    return read


@lru_cache(_TIMES_REMEMBERED)
def _time(written: str) -> datetime | None:
    try:
        return (
            datetime.fromisoformat(written).astimezone(UTC).replace(microsecond=0) if _TIME.fullmatch(written) else None
        )
    except ValueError:
        return None


def language(value: object, field: str) -> str | None:
    """A BCP 47 language tag."""
    found = line(value, field, 35)
    if found is not None and not _LANGUAGE.fullmatch(found):
        raise BadRecord(field, "not_language")
    return found


def list_name(value: object, field: str) -> str | None:
    """The name of a list."""
    found = line(value, field, 64)
    if found is not None and not _LIST.fullmatch(found):
        raise BadRecord(field, "not_list_name")
    return found


def token(value: object, field: str, kind: type[E]) -> E | None:
    """One of a closed set of words."""
    if value is None:
        return None
    try:
        return kind(str(value))
    except ValueError:
        raise BadRecord(field, "not_token", tokens=", ".join(kind)) from None


def web_address(value: object, field: str, rules: LinkRules) -> str | None:
    """An http(s) address, as written."""
    found = _keyed(value, field, rules)
    return found[0] if found else None


def needed_address(value: object, field: str, rules: LinkRules) -> str:
    """An http(s) address that must be there."""
    return address(value, field, rules).url


def address(value: object, field: str, rules: LinkRules) -> Address:
    """A publication's address with its key."""
    found = _keyed(value, field, rules)
    if found is None:
        raise BadRecord(field, "address_required")
    return Address(*found)


def _keyed(value: object, field: str, rules: LinkRules) -> tuple[str, LookupKey] | None:
    found = line(value, field, LONGEST_ADDRESS)
    if found is None:
        return None
    if _SECOND.search(found):
        raise BadRecord(field, "two_addresses")
    key = _key(found, rules) if _WEB.match(found) else None
    if key is None:
        raise BadRecord(field, "not_address")
    return found, key


def table(value: object, field: str, known: frozenset[str]) -> Mapping[str, Any]:
    """An object with no other keys than the known ones."""
    if not isinstance(value, dict):
        raise BadRecord(field, "not_object")
    if not value.keys() <= known:
        key = next(key for key in value if key not in known)
        raise BadRecord(f"{field}.{key}" if field else str(key), "unknown_key", known=", ".join(sorted(known)))
    return value


def many(value: object, field: str, most: int, read: Callable[[object, str], T]) -> tuple[T, ...]:
    """A list, each item read with its path."""
    if value is None:
        return ()
    if not isinstance(value, list):
        raise BadRecord(field, "not_list")
    if len(value) > most:
        raise BadRecord(field, "too_many", count=len(value), most=most)
    return tuple([read(item, f"{field}[{i}]") for i, item in enumerate(value)])
