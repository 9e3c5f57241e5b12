"""Percent-encoding folded to one form, and characters that cannot be seen. Total: any text has a form.

Needless escapes are taken off and missing ones set (RFC 3986, section 6.2.2.2), for whole pieces of an address only:
an escaped delimiter (`%2F` in a path, `%26` in a query) is another address than the bare one, and stays.
"""

import re
import unicodedata
from urllib.parse import quote

INVISIBLE = dict.fromkeys(
    [0xAD, 0x34F, 0x61C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070),
     *range(0xFE00, 0xFE10), 0xFEFF, *range(0xE0000, 0xE0200)]
)  # fmt: skip
"""For str.translate: soft hyphen, joiners, direction and format controls, variation selectors, tags."""

_UNRESERVED = r"A-Za-z0-9._~\-"
_IN_PATH = _UNRESERVED + "!$&'()*+,;=:@"
_IN_QUERY = _UNRESERVED + "!$'()*,;:@/?"
_ESCAPES = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_BARE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")

_KEPT = re.compile(r"(%[0-9A-F]{2})")
"""Escapes that stay, and that no mark after them may join."""


class Quoting:
    """How one piece of an address is folded. `bare` may stand unescaped, `delimiters` only where they stood so."""

    def __init__(self, bare: str, delimiters: str) -> None:
        self._bare = re.compile(f"[{bare}]")
        self._odd = re.compile(f"[^{bare}{delimiters}]")
        self._missing = re.compile(f"[^{bare}{delimiters}%]+")

    def fold(self, piece: str) -> str:
        """The piece in its one form."""
        if not self._odd.search(piece):
            return piece
        text = _BARE_PERCENT.sub("%25", piece)  # first, or what is taken out behind it makes it an escape
        text = _ESCAPES.sub(self._unescaped, text)
        if not text.isascii():
            text = "".join(unicodedata.normalize("NFC", each) for each in _KEPT.split(text.translate(INVISIBLE)))
        return self._missing.sub(lambda c: quote(c[0], safe="", errors="replace"), text)

    def _unescaped(self, run: re.Match[str]) -> str:
        text = bytes.fromhex(run[0].replace("%", "")).decode(errors="surrogateescape")
        return "".join(c if _is_letter(c) or self._bare.match(c) else f"%{ord(c) & 0xFF:02X}" for c in text)


def _is_letter(c: str) -> bool:
    """Whether a decoded character is neither ASCII nor a byte of another encoding, which is never guessed at."""
    return not c.isascii() and not "\ud800" <= c <= "\udfff"


PATH = Quoting(_IN_PATH, "/")
QUERY = Quoting(_IN_QUERY, "&=")
