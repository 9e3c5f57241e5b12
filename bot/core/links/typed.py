"""Addresses typed around the rules: no scheme or a misspelt one, `hxxp`, `[.]`, `(dot)`, backslashes, wide letters.

Nothing here is a link in Discord. A finding counts only where it is a recorded address to the letter, so prose that
happens to look like a host (`node.js`) leads nowhere.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence

from bot.core.links.quoting import INVISIBLE
from bot.core.links.scan import readings_of

_DOT = re.compile(r"\.[^\W_]")
_WIDE_SIGN = re.compile(r"[．。｡․ａ-ｚＡ-Ｚ]|\.\W?[^\W_]")
_BRACKETED = re.compile(r"\s?[\[({<]\s?(?:[.,]|d[o0]t|punto?|punkt|point)\s?[\])}>]\s?|\[\.|\.\]", re.IGNORECASE)
_BRACKETED_MARK = re.compile(r"[\[({]\s?(:/{0,2}|/{1,2}|slash)\s?[\])}]", re.IGNORECASE)
_SPELT = re.compile(r"(?<=[^\W_])\s*[\s_*-]d[o0]t[\s_*-]\s*(?=[^\W_])|(?<=[^\W_]) \.\s?(?=[^\W_])", re.IGNORECASE)
_PARTED = re.compile(r"(\.[^\W\d_]{2,24}) /(?=[^\W_])")
_SPELT_DOT = "\x02"
"""For a full stop that was spelt out, so that a host of nothing but prose ("the polka dot com") is told apart."""
_ESCAPE = re.compile(r"\\+(?=[^\w\s\\/])|\\(?=_)")
_BACKSLASHES = re.compile(r"\\+")
_ADDRESS = re.compile(
    r"(?<![\w@.\-%=&?#+~])(?:[^\W_](?:[\w-]{0,62})[.\x02]){1,20}[^\W\d_][\w-]{1,62}(?![\w-]|\.[\w-]|@)"
    r"(?::\d{1,5}(?=[/?#\s]|$))?(?:\.?[/?#][^\s<]*)?"
)
_LEAD = re.compile(r"([^\s:;.,/|()\[\]<>\"']*)\s?([:;.,]*)\s?(/*)$")
_NEAR = re.compile(r"h{0,2}[tx*_+]{1,3}p{1,2}s{0,2}", re.IGNORECASE)
_OTHER_SCHEMES = frozenset(
    {"mailto", "javascript", "data", "tel", "sms", "file", "blob", "about", "magnet", "urn", "ftp"}
)
_LEAD_LENGTH = 14
_SCHEME = re.compile(rf"(?:{'|'.join(sorted(_OTHER_SCHEMES))}):", re.IGNORECASE)
_TOKEN_LENGTH = 80
_PORT_80 = re.compile(r"^[^/?#]*:80(?:[/?#]|$)")
_JOINED_BEFORE = re.compile(r"^[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7ff]+(?=[0-9A-Za-z])")
"""Letters of a script that writes without spaces, before a Latin letter or a digit."""
_NARROWED = INVISIBLE | str.maketrans(
    {"。": ".", "．": ".", "｡": ".", "․": ".", "⁄": "/", "∕": "/", "：": ":", "∶": ":", "꞉": ":"}
)


def typed_addresses(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What may have been meant as an address: with a scheme put before it, and other readings of it.

    `text` is what is neither a link nor code (`without`), and worth the trouble (`has_sign`). Linear in its length.
    """
    rest = _plain(text)
    for found in _ADDRESS.finditer(rest):
        if not _may_begin(rest, found.start()):
            continue
        written = found[0].replace(_SPELT_DOT, ".")
        if _SPELT_DOT in found[0] and "/" not in written:
            continue
        if written.isascii() and written[-1].isalnum():
            yield _with_scheme(written), ()
        else:
            url, others = readings_of(rest.replace(_SPELT_DOT, "."), found.start(), found.end())
            bare = [_JOINED_BEFORE.sub("", each) for each in (url, *others)]
            yield _with_scheme(url), tuple(dict.fromkeys(map(_with_scheme, [*others, *bare])))


def _with_scheme(written: str) -> str:
    return f"http://{written}" if _PORT_80.search(written) else f"https://{written}"


def is_broken(url: str) -> bool:
    """Whether an address was broken on purpose, so that it is none as it stands."""
    return _BRACKETED.search(url) is not None


def without(text: str, taken: Sequence[tuple[int, int]]) -> str:
    """The text without these places, which stand in order: those that are links or code already."""
    if not taken:
        return text
    if len(taken) == 1:
        [(start, end)] = taken
        return f"{text[:start]}\n{text[end:]}"
    pieces, at = [], 0
    for start, end in taken:
        pieces.append(text[at:start])
        at = max(at, end)
    pieces.append(text[at:])
    return "\n".join(pieces)


def has_sign(text: str) -> bool:
    """Whether there can be an address at all; most messages end here."""
    if "." in text and (_DOT.search(text) or " ." in text):
        return True
    if not text.isascii() and _WIDE_SIGN.search(text):
        return True
    low = text.lower()
    if "dot" in low or "d0t" in low:
        return True
    return ("[" in low or "(" in low or "{" in low or "<" in low) and _BRACKETED.search(low) is not None


def _plain(text: str) -> str:
    """The text as it would have been typed by somebody who meant a link."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text.translate(_NARROWED))
    if "[" in text or "(" in text or "{" in text or "<" in text:
        text = _BRACKETED.sub(".", text)
        text = _BRACKETED_MARK.sub(lambda mark: "/" if mark[1].isalpha() else mark[1], text)
    text = _SPELT.sub(_SPELT_DOT, text)
    if " /" in text:
        text = _PARTED.sub(r"\1/", text)
    if "\\" in text:
        text = _BACKSLASHES.sub(lambda run: "/" * len(run[0]), _ESCAPE.sub("", text))
    return text


def _may_begin(text: str, at: int) -> bool:
    """Whether an address may begin here: not in the path of another one, nor under another scheme."""
    if not at or text[at - 1] in " \n":
        return True
    token = (text[max(0, at - _TOKEN_LENGTH) : at].rsplit(None, 1) or [""])[-1]
    if "://" in token[:-3] or _SCHEME.match(token):
        return False  # inside another address
    lead = _LEAD.search(text, max(0, at - _LEAD_LENGTH), at)
    if lead is None or not (lead[2] or lead[3]):
        return True
    word, colon, slashes = lead.groups()
    if not slashes:
        return colon != "::" and word.lower() not in _OTHER_SCHEMES
    if not word:
        return len(slashes) > 1
    return _is_nearly_http(word.lower()) and bool(colon or len(slashes) > 1)


def _is_nearly_http(word: str) -> bool:
    """Whether a scheme is `http` or `https` with a slip of the finger, or in the spelling that avoids links."""
    return bool(_NEAR.fullmatch(word)) or any(_is_one_slip(word, scheme) for scheme in ("http", "https"))


def _is_one_slip(word: str, meant: str) -> bool:
    """One letter missing, too many, another one, or two swapped."""
    if abs(len(word) - len(meant)) > 1 or len(word) < len("ttp"):
        return False
    same = 0
    while same < min(len(word), len(meant)) and word[same] == meant[same]:
        same += 1
    rest, wanted = word[same:], meant[same:]
    swapped = rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:]
    return swapped or rest[1:] == wanted[1:] or rest[1:] == wanted or rest == wanted[1:]
