"""Texts at the two doors: what may be stored, and how a stored text is shown. Never changes what words say."""

import re
import unicodedata
from collections.abc import Callable

from bot.core.errors import BadText

_REFUSED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""U+0000, controls other than tab and line feed, lone surrogates (contracts.md: a record)."""
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Bidirectional controls (UAX 9): a record's text must not turn the words around it."""
_SPACE = re.compile(r"\s+")
_PLAIN = re.compile("[!-~]")
_MARKS_IN_A_ROW = 4
"""Combining marks on one letter that living scripts need; more is decoration that climbs over other lines."""
_LONGEST_UNFOLDED, _SLACK = 4, 1000
"""No letter has more marks than that in any form that NFC composes; what surrounds the text is trimmed."""
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


def accept(text: str, field: str, limit: int, *, many_lines: bool = False) -> str:
    """The text in NFC, trimmed, for storing; raises BadText with field and position where it may not be stored.

    `limit` counts characters after normalization. Line feeds are kept only where `many_lines` says so.
    """
    text = text.replace("\r\n", "\n")
    if len(text) > limit * _LONGEST_UNFOLDED + _SLACK:  # to compose marks takes time that grows with their square
        raise BadText(field, "too_long", length=len(text), limit=limit)
    if bad := _REFUSED.search(text):
        raise BadText(field, "character", code=f"{ord(bad[0]):04X}", position=bad.start() + 1)
    text = (text if text.isascii() else unicodedata.normalize("NFC", text)).strip()
    if not many_lines and "\n" in text:
        text = _SPACE.sub(" ", text)
    if len(text) > limit:
        raise BadText(field, "too_long", length=len(text), limit=limit)
    return text


def fold(text: str) -> str:
    """The form in which titles are searched: case, width and accents aside. SQLite's lower() knows only ASCII."""
    if text.isascii():
        return " ".join(text.lower().split())
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(c for c in decomposed if not unicodedata.combining(c)).split())


def shown(text: str) -> str:
    """A stored text on one line, with nothing in it that acts on its surroundings.

    Direction controls go, marks are bounded, and a text with right-to-left letters is isolated.
    """
    calm = _bound_marks(_DIRECTION.sub("", _SPACE.sub(" ", text))).strip()
    if any(unicodedata.bidirectional(c) in {"R", "AL"} for c in calm):
        return f"{_FIRST_STRONG_ISOLATE}{calm}{_POP_ISOLATE}"
    return calm


def is_visible(text: str) -> bool:
    """Whether anything in a text can be seen: not only spaces, controls and marks without a letter."""
    return bool(_PLAIN.search(text)) or any(unicodedata.category(c)[0] not in "CMZ" for c in text)


def _bound_marks(text: str) -> str:
    if text.isascii():
        return text
    out: list[str] = []
    run = 0
    for c in text:
        run = run + 1 if unicodedata.category(c)[0] == "M" else 0
        if run <= _MARKS_IN_A_ROW:
            out.append(c)
    return "".join(out)


def cut_counted(text: str, limit: int, ending: Callable[[int], str]) -> str:
    """The same with a count: `ending` says how many characters were left out, within the limit."""
    if len(text) <= limit:
        return text
    head = cut(text, limit - len(ending(len(text))) + 1).removesuffix("…")
    return head + ending(len(text) - len(head))


def cut(text: str, limit: int) -> str:
    """At most `limit` characters, cut at a word where one ends in the second half, with an ellipsis."""
    if len(text) <= limit:
        return text
    if limit < 1:
        return ""
    head = text[: limit - 1]
    space = head.rfind(" ")
    if space >= limit // 2:
        head = head[:space]
    # Never leave a base without the marks and joiners that belong to it.
    end = len(head)
    while end and (unicodedata.combining(text[end]) or text[end] in "\u200d\ufe0f" or text[end - 1] == "\u200d"):
        end -= 1
    return head[:end].rstrip() + "…"
