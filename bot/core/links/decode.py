"""How wrappers encode the address they carry. Each decoder takes the text that stands there; "" where it is none."""

import base64
import binascii
import codecs
import re
from collections.abc import Callable
from urllib.parse import unquote, unquote_plus

import can_ada

_SCHEME = re.compile(r"https?:/+(?=[^/\s])", re.IGNORECASE)
_ENCODED_SCHEME = re.compile(r"https?(?::|%(?:25)*3a)(?:/|%(?:25)*2f)+", re.IGNORECASE)
_BARE_HOST = re.compile(
    r"(?:[^\W_](?:[\w-]{0,62})\.)+(?!(?:html?|php|aspx?|jsp|xml|js|css|png|jpe?g|gif|svg|ico|pdf|txt|json)\b)[^\W\d_][\w-]*(?=[/:?#%]|$)"
)
_INSIDE = re.compile(r"https?:(?:\\?/){2}[^\x00-\x20\"'<>\\]+(?:\\/[^\x00-\x20\"'<>\\]*)*", re.IGNORECASE)
_NESTED_ESCAPES = 4
_NOT_BASE64 = re.compile(r"[^A-Za-z0-9+/_=-]")
_TRANSLATE_HOST = re.compile(r"-(-)?")
_CACHE_ID = re.compile(r"^[\w-]{6,20}:(?!//)")
_TURBO = re.compile(r"/[sh]/")
_CHECKSUM = re.compile(r":[\w-]{6,64}$")
_PROOFPOINT_3 = re.compile(r"__(?P<url>.+)__;(?P<bytes>[\w=-]*)!", re.DOTALL)
_HOLE = re.compile(r"\*(?:\*(.))?", re.DOTALL)
_RUN_LENGTHS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def plain_target(text: str, *, escaped: bool) -> str:
    """The address that a text is, escaped however often; "" where it is none.

    `escaped`: it stands in a query, so one escape is the query's own. Without a scheme it must begin with a host.
    """
    text = (unescaped(text) if escaped else text).strip()
    for _ in range(_NESTED_ESCAPES):
        if _SCHEME.match(text):
            return text
        if not _ENCODED_SCHEME.match(text):
            break
        text = unquote(text)
    if text[:6].lower() == "%2f%2f":
        text = unquote(text)
    text = text.removeprefix("//")
    host = _BARE_HOST.match(text)
    if host is None:
        return ""
    return f"https://{text}" if text.startswith(":443", host.end()) else f"http://{text}"


def is_escaped(text: str) -> bool:
    """Whether a text begins with an address whose own marks are escaped."""
    return not _SCHEME.match(text) and _ENCODED_SCHEME.match(text) is not None


def unescaped(text: str) -> str:
    """The text without percent-encoding, as urllib's unquote gives it; the parser's way of doing it is the quicker."""
    if "%" not in text:
        return text
    if "+" in text or "&" in text:
        return unquote(text)
    try:
        return can_ada.URLSearchParams(f"a={text}").get("a") or ""
    except UnicodeError:  # another encoding's letters
        return unquote(text)


def address_inside(text: str) -> str:
    """The first address in a decoded text, which may be JSON."""
    found = _INSIDE.search(text)
    return found[0].replace("\\/", "/") if found else ""


def _from_base64(text: str) -> str:
    text = unquote(text).replace(" ", "+").partition(".")[0]
    if _NOT_BASE64.search(text):
        return ""
    bare = text.rstrip("=")
    try:
        raw = base64.b64decode(bare.replace("-", "+").replace("_", "/") + "=" * (-len(bare) % 4))
    except (binascii.Error, ValueError):
        return ""
    return raw.decode("utf-8", "ignore")


def _from_hex(text: str) -> str:
    try:
        return bytes.fromhex(text).decode("utf-8", "ignore")
    except ValueError:
        return ""


def _from_rot13(text: str) -> str:
    return codecs.decode(unquote(text), "rot13")


def _from_proofpoint_2(text: str) -> str:
    return unquote(text.replace("-", "%").replace("_", "/"))


def _from_proofpoint_3(text: str) -> str:
    """`__address__;characters!…`: a star stands for the next character, `**X` for as many as X says."""
    found = _PROOFPOINT_3.match(text)
    if found is None:
        return ""
    try:
        characters = base64.urlsafe_b64decode(found["bytes"] + "=" * (-len(found["bytes"]) % 4)).decode()
    except (binascii.Error, ValueError):
        return ""
    at = 0

    def fill(hole: re.Match[str]) -> str:
        nonlocal at
        count = 1 if hole[1] is None else max(_RUN_LENGTHS.find(hole[1]), 0) + 2
        at += count
        return characters[at - count : at]

    return _HOLE.sub(fill, found["url"])


def _from_hyphens(text: str) -> str:
    """A host in one label, as translate.goog writes it: `-` for a full stop, `--` for a hyphen."""
    return _TRANSLATE_HOST.sub(lambda found: "-" if found[1] else ".", text)


def _from_segment(text: str) -> str:
    """An address escaped into one segment of a path."""
    return unquote(text.partition("/")[0])


def _from_base64_segment(text: str) -> str:
    """Base64 in one segment of a path; `-` and `~` may stand for the filling at its end."""
    return _from_base64(text.partition("/")[0].rstrip("~-"))


def _from_turbo(text: str) -> str:
    """`host/s/path`: a page's host and path parted by what scheme it has."""
    return _TURBO.sub("/", text, count=1)


def _from_last_address(text: str) -> str:
    """Whatever stands before the last address of a text goes."""
    found = [match.start() for match in _ENCODED_SCHEME.finditer(text)]
    return text[found[-1] :] if found else ""


def _from_cache(text: str) -> str:
    """`cache:address words`, `cache:id:address words`, as search engines write it into their question."""
    kind, _, rest = unquote_plus(text).partition(":")
    if kind.lower() != "cache":
        return ""
    address = rest.partition(" ")[0]
    return _CACHE_ID.sub("", address)


def _from_hashed(text: str) -> str:
    """An address with a colon and a checksum after it."""
    return _CHECKSUM.sub("", unquote(text))


def _from_underscores(text: str) -> str:
    """An address between three underscores and three more."""
    return text.partition("___")[0]


DECODERS: dict[str, Callable[[str], str]] = {
    "base64": _from_base64,
    "hex": _from_hex,
    "rot13": _from_rot13,
    "proofpoint2": _from_proofpoint_2,
    "proofpoint3": _from_proofpoint_3,
    "hyphens": _from_hyphens,
    "segment": _from_segment,
    "base64_segment": _from_base64_segment,
    "turbo": _from_turbo,
    "last": _from_last_address,
    "cache": _from_cache,
    "hashed": _from_hashed,
    "underscores": _from_underscores,
}
"""By the name that links.toml gives them."""

OR_PLAIN = frozenset({"base64", "hex", "rot13"})
"""Where these are used, plain addresses are met too."""
