"""JSON-LD and microdata in an HTML page, as JSON values that `core.markup` reads. Opens no connection.

Needs the extra `html`, because HTML as people write it takes a parser.
"""

import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Any
from urllib.parse import urljoin

from bot.core.errors import UserError

LARGEST = 8 * 1024 * 1024
"""Bytes of a page that are read; what comes later is not looked at."""
_MOST_PIECES = 200
"""Pieces of text of one property: what lies in each other would else be read again for each level."""
_LINKS = {"a": "href", "area": "href", "link": "href", "img": "src", "audio": "src", "video": "src", "iframe": "src"}
_WRITTEN = {"meta": "content", "data": "value", "meter": "value", "time": "datetime"}
"""Elements whose value is no text (https://html.spec.whatwg.org/multipage/microdata.html#values)."""
_COMMENT = re.compile(r"<!--|-->|(?:/\*|//)?\s*(?:<!\[CDATA\[|\]\]>)\s*(?:\*/)?|^\s*/\*.*?\*/", re.DOTALL)
_DECODER = json.JSONDecoder(strict=False)
_SCRIPTS = "//script[contains(translate(@type, 'ACDIJLNOPST', 'acdijlnopst'), 'application/ld+json')]"


def markup_in(html: bytes, url: str | None = None) -> list[object]:
    """The values of a page's JSON-LD scripts in order, then its items of microdata.

    Never raises for what a page holds: a script that is no JSON is passed over. `url` completes relative addresses.
    UserError where the extra is not installed.
    """
    try:
        from lxml.html import HTMLParser, fromstring  # type: ignore[import-untyped]
    except ImportError:
        raise UserError(key="refused.no_html_reader") from None
    head = html[:LARGEST].replace(b"\0", b"")
    try:
        page = fromstring(head, parser=HTMLParser(encoding=_encoding(head)))
    except Exception:  # noqa: BLE001  # lxml's errors have no common parent that does not cover ours too
        return []
    if not isinstance(page.tag, str):
        return []  # a page may be a comment and nothing else
    return [*_scripts(page), *_microdata(page, url or "")]


def _encoding(html: bytes) -> str | None:
    """UTF-8 where the bytes are, else what the page itself says."""
    try:
        html.decode("utf-8")
    except UnicodeDecodeError as error:
        # A page that was cut may end inside a character.
        return "utf-8" if error.start >= LARGEST - 4 else None
    return "utf-8"


def _scripts(page: Any) -> Iterator[object]:
    """The values in scripts, several in one too; of what is no JSON a node that names it, so that it is counted."""
    for script in page.xpath(_SCRIPTS):
        rest = _COMMENT.sub("", (script.text or "").lstrip("\ufeff"))
        while rest := rest.strip(" \t\r\n;,"):
            try:
                value, end = _DECODER.raw_decode(rest)
            except (ValueError, RecursionError):
                yield {"@type": "script that is no JSON"}
                break
            yield value
            rest = rest[end:]


def _microdata(page: Any, url: str) -> list[object]:
    """Items that are no property of another, in the shape of JSON-LD with every property as a list.

    Read in one pass: the extractors at hand take minutes for a small page of items in items. `itemref` is not followed.
    """
    from lxml.etree import iterwalk  # type: ignore[import-untyped]

    found: list[object] = []
    inside: list[dict[str, Any]] = []
    for event, element in iterwalk(page, events=("start", "end")):
        is_item, names = element.get("itemscope") is not None, element.get("itemprop", "").split()
        if event == "end":
            if is_item:
                inside.pop()
        elif is_item or (names and inside):
            value: Any = _item(element) if is_item else _value(element, url)
            if names and inside:
                _add(inside[-1], names, value)
            else:
                found.append(value)
            if is_item:
                inside.append(value)
    return found


def _item(element: Any) -> dict[str, Any]:
    named = {"@type": element.get("itemtype", "").split(), "@id": element.get("itemid")}
    return {key: value for key, value in named.items() if value}


def _add(item: dict[str, Any], names: list[str], value: object) -> None:
    for name in names:
        if not name.startswith("@"):
            item.setdefault(name, []).append(value)


def _value(element: Any, url: str) -> str:
    """What a property says: an address, what is written in an attribute, or the text in it."""
    if written := element.get(_WRITTEN.get(element.tag, "content")):
        return str(written)
    if address := str(element.get(_LINKS.get(element.tag, "href")) or ""):
        try:
            return urljoin(url, address.strip())
        except ValueError:
            return address
    return " ".join("".join(islice(element.itertext(), _MOST_PIECES)).split())
