"""Finds the http(s) links of a text where Discord makes links of them. Knows markup, knows no addresses.

Discord's rules were read off its rendering: code (spans and closed blocks) holds no links; `<…>` only hides the
preview; a masked link is `[text](address "title")`, its text may carry another address; a spoiler ends a link;
a bare link ends at white space or `<`, gives back closing punctuation, and keeps only balanced parentheses.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

_START = re.compile(r"https?://", re.IGNORECASE)
_BARE = re.compile(r"(?:(?!\]\(|\|\|)[^\s<])+")
_ANGLE = re.compile(r"[^\s<>]+(?=>)")
_TICKS = re.compile(r"`+")
_INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_CLOSING = ".,:;\"'!?*~|>]}…‚„“”‘’«»‹›、。，．！？：；」』】》〉）］｝،؛؟।॥" + _INVISIBLE
_CODE_BLOCK = 3


@dataclass(frozen=True, slots=True)
class Span:
    """A link of a text: the address as written, where it begins, and whether other words hide it."""

    url: str
    start: int
    masked: bool = False


def scan(text: str) -> list[Span]:
    """The links of a text in reading order. Linear in its length; never raises."""
    if not _START.search(text):
        return []
    return list(_spans(text))


def _spans(text: str) -> Iterator[Span]:
    code = _code(text)
    starts = [start for start, _ in code]
    end = 0
    for found in _START.finditer(text):
        start = found.start()
        if start < end:
            continue
        nearest = bisect_right(starts, start) - 1
        if nearest >= 0 and start < code[nearest][1]:
            continue
        masked = text.endswith(("](", "](<"), 0, start)
        url = _angled(text, start) or _bare(text, start, masked=masked)
        end = start + len(url)
        if len(url) > len(found[0]):
            yield Span(url, start, masked)


def _angled(text: str, start: int) -> str | None:
    if not text.endswith("<", 0, start):
        return None
    found = _ANGLE.match(text, start)
    return found[0] if found else None


def _bare(text: str, start: int, *, masked: bool) -> str:
    found = _BARE.match(text, start)
    url = found[0] if found else ""
    if masked:
        return _until_unbalanced(url)
    return url[: _end(url, _CLOSING + "_" if text.endswith("_", 0, start) else _CLOSING)]


def _end(url: str, closing: str) -> int:
    """Where a bare link ends: without closing punctuation, and without parentheses that nothing in it opens."""
    end = len(url)
    surplus = url.count(")") - url.count("(")
    while end:
        last = url[end - 1]
        if last == ")" and surplus > 0:
            surplus -= 1
        elif last not in closing:
            break
        end -= 1
    return end


def _until_unbalanced(url: str) -> str:
    """A masked link's address: up to the parenthesis that closes the link."""
    depth = 0
    for at, c in enumerate(url):
        if c == "(":
            depth += 1
        elif c == ")":
            if depth == 0:
                return url[:at]
            depth -= 1
    return url


def _code(text: str) -> list[tuple[int, int]]:
    """The code spans and closed code blocks as (start, end), in order. One look at each run of backticks."""
    runs = [(m.start(), m.end()) for m in _TICKS.finditer(text) if not _escaped(text, m.start())]
    next_same: list[int | None] = [None] * len(runs)
    last: dict[int, int] = {}
    for i in range(len(runs) - 1, -1, -1):
        size = min(runs[i][1] - runs[i][0], _CODE_BLOCK)
        next_same[i] = last.get(size)
        last[size] = i
    spans: list[tuple[int, int]] = []
    i = 0
    while i < len(runs):
        closing = next_same[i]
        if closing is None:
            i += 1
        else:
            spans.append((runs[i][0], runs[closing][1]))
            i = closing + 1
    return spans


def _escaped(text: str, at: int) -> bool:
    before = at
    while before and text[before - 1] == "\\":
        before -= 1
    return (at - before) % 2 == 1
