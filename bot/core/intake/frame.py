"""What else stands around the claims of a page: its labels and the works that it links."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from bot.core.intake.blocks import Block
from bot.core.intake.source import Source
from bot.core.labels import LabelBook, LabelKind
from bot.core.text import fold

_LONGEST_NAME, _MOST_WORKS = 300, 100
_LINK_TO = re.compile(
    r"(?P<before>[^.;()]*?)\s*\((?:link to|Link zu|enlace a)?\s*[“„\"«]?(?P<href>[^\s“”\"()„»]+?(?:\.(?:html?|php|pdf|aspx)|/[^\s“”\"()]*))[”“\"»]?\)",
)
_TITLED = re.compile(
    r"(?:titled|called|entitled|mit dem Titel|titulado|contribution,|piece,|article,|investigation)\s+(?P<name>[A-ZÄÖÜ“„\"].*)$"
)
_NAMED_THEN_ADDRESS = re.compile(r"[“„\"«](?P<name>[^”“\"»]{3,160})[”“\"»],?\s*\(?(?P<href>https?://[^\s)”“]+)\)?")
_AROUND = re.compile(r"^[^\w“„\"«]+|[\s\])}]+$")
"""Brackets, bullets and pictures around a label."""
_IS_PLACE = re.compile(
    r"#|mailto:|javascript:|/?(?:newsletter|app|subscribe|login|join|about|contact|tag|author)s?\b|https?://[^/]+/?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class LinkedWork:
    """Another work that the page refers to. `url` is resolved; `is_certain` False where the address was relative."""

    name: str
    href: str
    url: str | None = None
    is_certain: bool = True


def labels_of(blocks: Sequence[Block], book: LabelBook) -> tuple[list[tuple[LabelKind, str]], set[int]]:
    """The labels with their verbatim phrases, and the blocks that they are. A label is a block of its own: a phrase in a
    sentence is none.
    """
    found: list[tuple[LabelKind, str]] = []
    places: set[int] = set()
    by_phrase = {fold(phrase).rstrip("."): (kind, phrase) for kind in book for phrase in kind.phrases}
    for i, block in enumerate(blocks):
        bare = _AROUND.sub("", block.text)
        if met := by_phrase.get(fold(bare).rstrip(".")):
            places.add(i)
            if met[0].key not in {kind.key for kind, _ in found}:
                found.append((met[0], bare))
    return found, places


def works_of(
    blocks: Sequence[Block], source: Source, skip: set[int], links: Sequence[tuple[str, str]] = ()
) -> list[LinkedWork]:
    """Works that the text refers to with an address, each once; never the source itself."""
    works: dict[str, LinkedWork] = {}
    for name, href in links:
        if (
            href != source.url
            and href not in works
            and len(name.split()) > 1
            and len(name) <= _LONGEST_NAME
            and "://" not in name
            and not _IS_PLACE.match(href)
        ):
            works[href] = _work(name.strip(' “”„"«»'), href, source.url)
    for i, block in enumerate(blocks):
        if i in skip:
            continue
        for name, href in _references(block.text):
            if href != source.url and href not in works:
                works[href] = _work(name, href, source.url)
    return list(works.values())[:_MOST_WORKS]


def _work(name: str, href: str, base: str | None) -> LinkedWork:
    if re.match(r"https?://", href, re.IGNORECASE):
        return LinkedWork(name, href, href)
    try:
        return LinkedWork(name, href, urljoin(base, href) if base else None, is_certain=False)
    except ValueError:
        return LinkedWork(name, href, None, is_certain=False)


def _references(text: str) -> Iterator[tuple[str, str]]:
    for match in _LINK_TO.finditer(text) if "(" in text else ():
        before = match["before"].strip()
        titled = _TITLED.search(before)
        name = titled["name"] if titled else " ".join(before.split()[-6:])
        yield name.strip(' “”„"«»,'), match["href"]
    for match in _NAMED_THEN_ADDRESS.finditer(text) if "://" in text else ():
        yield match["name"].strip(), match["href"].rstrip(".,;")
