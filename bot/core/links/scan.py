"""Finds the http(s) links of a text where Discord makes links of them. Knows markup, knows no addresses.

A link in chat has loose ends: Discord takes closing brackets, letters without spaces and marks of emphasis into it
that its writer did not mean. So a link has readings: the address in full, and where the text gives a reason, shorter
ones. Only a reading that is a recorded address to the letter ever counts.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.links.code import code_spans
from bot.core.links.quoting import INVISIBLE

_START = re.compile(r"https?://", re.IGNORECASE)
_QUICK = re.compile(
    r"https?://([A-Za-z0-9.-]++)((?:/[A-Za-z0-9_/-]*+)?)((?:\?[A-Za-z0-9_.=&-]*+)?)"
    r"([A-Za-z0-9/._?=&%#+-]*+)(?=[ \n<]|$)"
)
"""An address that nothing is to be asked about, once its last character is none of the sentence's. Without the last
group the URL standard leaves it as it is, if its host is a name, so it needs no parser.
"""
_BARE = re.compile(
    r"(?:[^hH|\] \t\n\v\f\r\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000<]|[hH](?![tT]{2}[pP][sS]?://)|\|(?!\|)|\](?!\())+"
)
"""Up to JavaScript's white space (Python's has other characters too), the end of a spoiler or of a masked text, or
another address.
"""
_ANGLE = re.compile(r"[^ <>]+(?=>)")
_MASKED = re.compile(r"\]\(\s{0,8}<?$")
_HIDDEN = "".join(map(chr, INVISIBLE))
_CLOSING = "—–۔։•·‼⁉※〜～.,:;\"'!?~|>]}`…‚„“”‘’«»‹›、。，．！？：；」』】》〉）］｝〕〗〙〛،؛؟।॥።፧៖។" + _HIDDEN
_SENTENCE = "、。，．！？：；「」『』【】《》〈〉［］｛｝〔〕…“”«»‹›،؛؟।॥።۔։"
"""Marks that stand in no address unescaped: a sentence goes on after them."""
_SOFT = "—–•·‼⁉※〜～（）‘’"
"""Marks that titles have too: they end a link only where it looks whole without what follows."""
_NO_SPACES = re.compile(
    r"(?<=[0-9A-Za-z])[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3130-\u318f"
    r"\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""A letter of a script that writes without spaces, right after Latin letters or digits."""
_PICTURE = re.compile(r"[\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff]")
_MARK = re.compile(rf"[{re.escape(_SENTENCE)}]")
_SOFT_MARK = re.compile(rf"[{re.escape(_SOFT)}](?![A-Za-z])|(?<=[0-9A-Za-z]{{3}})[—–](?=[A-Za-z])")
_NUMBER = re.compile(r"[0-9]{3}")
_FOLDERS = 3
_SETTING = re.compile(r"[_=]\w{0,12}$")
"""As services that carry addresses in theirs write before a comma: `w_300,https://…`."""
_PAIRS = {'"': '"', "'": "'", "[": "]", "{": "}", "“": "”", "„": "“", "‘": "’", "«": "»", "‹": "›", "=": "]",
          "「": "」", "『": "』", "【": "】", "《": "》", "〈": "〉", "（": "）", "［": "］"}  # fmt: skip
_ENDS = ('"', "&gt;", "&lt;", "&quot;", "&nbsp;", "[/")
"""What stands in no address unescaped, left over from other markup."""
_MARKS = "*_"
"""They close a link only where one was opened before it."""
_MEANT = frozenset("!_')")
"""Closing marks that an address can end with."""
_EMPHASIS = ("**", "__", "~~", "*", "_")
_JOINS = frozenset("/=?&:%.#+@_~-$([{<!*^\\`")
"""After these an address in an address is part of it (a wrapper's target); after others it was glued on."""


@dataclass(frozen=True, slots=True)
class Span:
    """A link of a text: the address as written, where it begins and ends, whether other words hide it; other readings
    of the same place.
    """

    url: str
    start: int
    end: int
    masked: bool = False
    others: tuple[str, ...] = ()


def scan(text: str, *, markup: bool = True) -> list[Span]:
    """The links of a text in reading order. Linear in its length; never raises. Without markup nothing is code."""
    return [
        Span(url, start, end, masked, tuple(others))
        for url, start, end, masked, others, _ in spans(text, code_of(text) if markup else [])
    ]


def code_of(text: str) -> list[tuple[int, int]]:
    """The code of a text as (start, end), in order."""
    return code_spans(text, _end_of_link)


_NONE: list[str] = []
Spelt = tuple[str, int, int, bool, list[str], tuple[str, str, str] | None]


def spans(text: str, code: list[tuple[int, int]]) -> Iterator[Spelt]:
    """The fields of each `Span` of a text; code holds none. Last, host, path and query where they need no parser."""
    at, next_code, codes = 0, 0, len(code)
    while (colon := text.find("://", at)) >= 0:
        start = colon - 5 if text[colon - 1] in "sS" else colon - 4
        if start < at or not (text.startswith("http", start) or text[start : start + 4].lower() == "http"):
            at = colon + 3
            continue
        while next_code < codes and code[next_code][1] <= start:
            next_code += 1
        if next_code < codes and code[next_code][0] <= start:
            at = code[next_code][1]
            continue
        quick = _QUICK.match(text, start) if not start or text[start - 1] in " \n" else None
        if quick and text[(end := quick.end()) - 1] not in ".?_":
            at = end
            host, path, query, rest = quick.groups()
            yield text[start:end], start, end, False, _NONE, None if rest else (host, path, query)
            continue
        url, at, masked, others = _written(text, start)
        at = max(at, colon + 3)
        if start + len(url) > colon + 3:
            yield url, start, start + len(url), masked, others, None


def _written(text: str, start: int) -> tuple[str, int, bool, list[str]]:
    """The link that begins here: its address, where to look for the next one, whether it is masked, other readings."""
    end, masked, is_angled = _extent(text, start)
    url = text[start:end]
    if is_angled:
        url = url.replace("\n", "")
        return url, end, masked, [url.partition("|")[0]] if "|" in url else []
    if masked:
        return url, end, True, [_unescaped(url)] if "\\" in url else []
    url, others = readings_of(text, start, end)
    return url, end, False, others


def _extent(text: str, start: int) -> tuple[int, bool, bool]:
    """Where the link that begins here ends, whether it is masked, whether angle brackets hold it."""
    masked = bool(start > 1 and _MASKED.search(text, max(0, start - 12), start))
    if text[start - 1 : start] == "<" and (angled := _ANGLE.match(text, start)):
        return angled.end(), masked, True
    token = _token(text, start, is_whole=masked)
    return start + len(_until_unbalanced(token) if masked else token), masked, False


def readings_of(text: str, start: int, end: int) -> tuple[str, list[str]]:
    """What was meant by the address that stands there up to the next white space: the best reading, and others."""
    token = text[start:end]
    url = token[: _end(token, _CLOSING + "".join(mark for mark in _MARKS if _is_open(text, start, mark)))]
    return url, [other for other in dict.fromkeys(_readings(token, url, text, start)) if other != url]


def _token(text: str, start: int, *, is_whole: bool) -> str:
    """The text up to the next white space, or up to another address that is glued on."""
    end = start
    while True:
        scheme = _START.match(text, end)
        found = _BARE.match(text, scheme.end() if scheme else end)
        end = found.end() if found else scheme.end() if scheme else end
        joins = is_whole or text[end - 1] in _JOINS or "?" in text[start:end] or text[end - 3] == "%"
        if text[end - 1] in ",;":
            piece = text[start : end - 1]
            joins = joins or not _is_whole(piece) or _SETTING.search(piece, len(piece) - 14) is not None
        if not joins or not _START.match(text, end):
            return text[start:end]


def _end_of_link(text: str, start: int) -> int:
    return _extent(text, start)[0]


def _readings(token: str, url: str, text: str, start: int) -> Iterator[str]:
    """Shorter readings of a link, each for a reason in the text, and the longer one that Discord takes."""
    before = text[start - 1] if start else ""
    if before == "(":
        yield _until_unbalanced(token)
    elif closing := _PAIRS.get(before):
        yield _before(token, closing)
    for mark in (*_ENDS, *(mark for mark in _EMPHASIS if mark in url and _is_open(text, start, mark))):
        if mark in token:
            yield _before(token, mark)
    if not url.isascii():
        yield from _before_letters(url)
    if token[len(url) : len(url) + 1] in _MEANT:
        yield token[: len(url) + 1]


def _before_letters(url: str) -> Iterator[str]:
    """Readings that end before a sentence's mark, or where the address looks whole before a softer mark, a letter of a
    script without spaces, or a picture.
    """
    if found := _MARK.search(url):
        yield _cut(url, found.start())
    for soft in (_SOFT_MARK, _NO_SPACES, _PICTURE):
        if (found := soft.search(url)) and _is_whole(head := _cut(url, found.start())):
            yield head


def _is_whole(url: str) -> bool:
    """Whether an address looks whole: a front page, some folders deep, or a number or several words at its end."""
    path = url.partition("://")[2].rstrip("/").split("/")[1:]
    if not path or len(path) >= _FOLDERS:
        return True
    return "-" in path[-1][1:-1] or path[-1].endswith((".html", ".htm")) or _NUMBER.search(path[-1]) is not None


def _cut(url: str, at: int) -> str:
    return url[: _end(url[:at], _CLOSING)]


def _is_open(text: str, start: int, mark: str) -> bool:
    """Whether a mark of emphasis was opened before this place: at the edge of a word, with a word after it."""
    at = text.rfind(mark, 0, start)
    if at < 0 or text[at + len(mark)].isspace():
        return False
    return at == 0 or not text[at - 1].isalnum()


def _before(token: str, mark: str) -> str:
    head = token.partition(mark)[0]
    return head[: _end(head, _CLOSING)]


def _unescaped(url: str) -> str:
    return re.sub(r"\\(?=[^0-9A-Za-z\s])", "", url)


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
