"""Single values of markup as people write them: texts, names, addresses, in place of each other and in lists.

Never raises. What cannot be read is left out.
"""

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from bot.core import text
from bot.core.errors import BadRecord
from bot.core.links import LinkRules
from bot.core.model import Address
from bot.core.records import fields

Node = Mapping[str, Any]
"""A JSON object of markup, with plain names as keys."""
Accept = Callable[[str], Address | None]

DEEPEST = 20
"""Lists in lists and objects in objects that are followed."""
_LONGEST_TYPE = 80
_NOTHING: Node = {}
_PLAIN = re.compile(r"^(?:https?://(?:www\.)?schema\.org/|schema:)", re.IGNORECASE)
_WEB = re.compile(r"https?://", re.IGNORECASE)


def items(value: object, depth: int = DEEPEST) -> Sequence[object]:
    """What stands in a value, lists in lists taken apart; nothing for null."""
    if not isinstance(value, list):
        return () if value is None else (value,)
    found: list[object] = []
    for item in value if depth else ():
        if isinstance(item, list):
            found += items(item, depth - 1)
        elif item is not None:
            found.append(item)
    return found


def objects(value: object) -> Sequence[Node]:
    """The objects that stand in a value."""
    if isinstance(value, dict):
        return (value,)
    return [item for item in items(value) if isinstance(item, dict)] if isinstance(value, list) else ()


def first_object(value: object) -> Node:
    """The first object in a value, an empty one where there is none."""
    return value if isinstance(value, dict) else next(iter(objects(value)), _NOTHING)


def words_of(value: object) -> str | None:
    """A text, trimmed and with character references read; of a list the first. A number is its digits."""
    if value is None:
        return None
    if isinstance(value, str):
        return _visible(value)
    for item in items(value):
        inner = item.get("@value") if isinstance(item, dict) else item
        if isinstance(inner, int | float) and not isinstance(inner, bool):
            inner = _digits(inner)
        if isinstance(inner, str) and (found := _visible(inner)):
            return found
    return None


def _visible(written: str) -> str | None:
    if "&" in written:
        written = html.unescape(written)
    found = written.strip()
    return found if found[:1].isalnum() or text.is_visible(found) else None


def _digits(number: float) -> str | None:
    try:
        return str(number)
    except ValueError:  # Python prints no integer of more than 4,300 digits
        return None


def names_of(value: object) -> list[str]:
    """The names of the persons or organizations in a value: objects with a name, or bare texts that are no address."""
    return [name for item in items(value) if (name := _name(item))]


def _name(item: object) -> str | None:
    if isinstance(item, dict):
        return cut(words_of(item.get("name")) or words_of(item), fields.NAME)
    found = words_of(item)
    return None if found and _WEB.match(found) else cut(found, fields.NAME)


def title_of(value: Node) -> str | None:
    """How a work is called."""
    return cut(words_of(value.get("headline")) or words_of(value.get("name")), fields.TITLE)


def cut(found: str | None, limit: int) -> str | None:
    """At most `limit` characters of a text that may be missing."""
    return text.cut(found, limit) if found else None


def types_of(node: Node) -> Sequence[str]:
    """The names of a node's types, short."""
    kind = node.get("@type")
    if isinstance(kind, str):
        return (plain_name(kind),)
    return [plain_name(item) for item in items(kind) if isinstance(item, str)]


def plain_name(name: str) -> str:
    """`http://schema.org/Claim`, `schema:Claim` → `Claim`."""
    return _PLAIN.sub("", name)[:_LONGEST_TYPE] if ":" in name else name[:_LONGEST_TYPE]


def plain(value: Any, depth: int = DEEPEST) -> Any:
    """The value with plain names as keys, at every level that is read."""
    if depth == 0:
        return None
    if isinstance(value, dict):
        return {plain_name(str(key)): plain(inner, depth - 1) for key, inner in value.items()}
    return [plain(inner, depth - 1) for inner in value] if isinstance(value, list) else value


def acceptance(rules: LinkRules) -> Accept:
    """Takes the http(s) addresses that a record takes; remembers the last thousand answers."""

    @lru_cache(1000)
    def accept(url: str) -> Address | None:
        try:
            written = fields.line(url, "", fields.LONGEST_ADDRESS)
        except BadRecord:
            return None
        try:
            return fields.address(written, "", rules) if written else None
        except BadRecord:
            return None

    return accept


def web(value: object, accept: Accept) -> str | None:
    """The first address in a value, as written; see `webs`."""
    found = accept(value) if isinstance(value, str) else next(webs(value, accept), None)
    return found.url if found else None


def webs(value: object, accept: Accept) -> Iterator[Address]:
    """The addresses in a value that are accepted: texts, or objects that have one under `url`, `@id` or `sameAs`."""
    for item in items(value):
        for written in _addresses(item):
            if isinstance(written, str) and (found := accept(written)):
                yield found


def _addresses(item: object) -> Iterator[object]:
    if isinstance(item, dict):
        for key in ("url", "sameAs") if item.get("url") else ("@id", "@value", "sameAs"):
            for inner in items(item.get(key)):
                yield (inner.get("@id") or inner.get("@value")) if isinstance(inner, dict) else inner
    else:
        yield item


def language_of(value: object) -> str | None:
    """A language tag: a text, or an object that has one under `alternateName` or `name`; `en_US` is read as `en-US`."""
    for item in items(value):
        candidates = (item.get("alternateName"), item.get("name")) if isinstance(item, dict) else (item,)
        for candidate in map(words_of, candidates):
            try:
                if candidate and (found := fields.language(candidate.replace("_", "-"), "")):
                    return found
            except BadRecord:
                continue
    return None
