"""Addresses in a page's text: where they stand, and what their parts say about the work they lead to."""

import re
from collections.abc import Sequence

from bot.core.intake.dates import iso_date
from bot.core.text import fold

_ADDRESS = re.compile(
    r"(?:https?://[^\s\])>\"”’»]+|(?<![\w@/.-])(?:[a-z0-9-]{2,40}\.){1,4}[a-z]{2,12}/[^\s\])>\"”’»]+)", re.IGNORECASE
)
_END = ".,;:!?'*_"
_HOST = re.compile(r"https?://(?:www\.)?([^/:?#]+)", re.IGNORECASE)
_DATED = re.compile(
    r"(?<!\d)(?P<y>20[0-9]{2})(?:(?P<m3>[01][0-9])(?P<d3>[0-3][0-9])|/(?P<m>[0-9]{1,2})(?:/(?P<d>[0-9]{1,2}))?|"
    r"-(?P<m2>[0-9]{2})(?:-(?P<d2>[0-9]{2}))?)(?=[/._-]|$)"
)
_ISSUE = re.compile(
    r"/(?:issues?|hefte?|ausgaben?|numeros?|ediciones?|archive?|archiv)/(?P<y>20[0-9]{2})(?:-[0-9])?(?=[/.]|$)",
    re.IGNORECASE,
)
"""The second issue of a year: …/issues/2025-2/…"""
_QUERY = re.compile("[?#]")
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
_SMALL = re.compile(r"\b(?:the|of|and|der|die|das|und|el|la|los|las|de|del|y)\b", re.IGNORECASE)
_SHORTEST_NAME, _LONGEST_HOST, _SHORTEST_PART = 5, 100, 3


def addresses_in(text: str) -> list[tuple[int, str]]:
    """Where web addresses stand, and the addresses; one without a scheme gets https."""
    found = []
    for match in _ADDRESS.finditer(text):
        written = match[0].rstrip(_END)
        found.append((match.start(), written if "://" in written else f"https://{written}"))
    return found


def host_of(url: str) -> str:
    """The host without www, in small letters; empty where there is none."""
    match = _HOST.match(url)
    return match[1].lower()[:_LONGEST_HOST] if match else ""


def has_path(url: str) -> bool:
    """Whether it leads further than a site's first page."""
    return bool(url.split("://", 1)[-1].partition("/")[2].strip("/"))


def date_in(url: str) -> str | None:
    """The date in an address, as precise as it is: …/2025/11/19/… or …-2025-11-06.html, …/issues/2025-2/…"""
    for match in _DATED.finditer(url.split("://", 1)[-1]):
        year, month, day = (
            match["y"],
            int(match["m"] or match["m2"] or match["m3"]),
            int(match["d"] or match["d2"] or match["d3"] or 0),
        )
        if 1 <= month <= 12 and day <= 31:
            return iso_date(year, month, day)
    issue = _ISSUE.search(url)
    return issue["y"] if issue else None


def is_about(url: str, title: str) -> int:
    """Whether the last part of an address is made of words of a title (…/tax-the-arm, “Tax the Arm”).

    2: of several words, 1: of one, 0: not at all.
    """
    path = _QUERY.split(url.split("://", 1)[-1].partition("/")[2], maxsplit=1)[0].rstrip("/")
    last = re.sub(r"\.\w{2,5}$", "", path.rpartition("/")[2])
    named = {part for way in _ways(title) for part in re.split(r"[^a-z0-9]+", way) if part}
    parts = [part for part in re.split(r"[^a-z0-9]+", fold(last)) if not part.isdigit() and part]
    if not parts or not named:
        return 0
    shared = sum(part in named for part in parts)
    long = sum(part in named and len(part) > _SHORTEST_PART for part in parts)
    if shared * 2 < len(parts):
        return 0
    return 2 if shared >= 2 else int(long == len(parts))


_SECTION = re.compile(r"^(?:news|blog|online|m|magazine|archive)\.(?=.)")
"""A part of a host that is not its name: “news.meridianpost”."""


def likeness(name: str, url: str) -> float:
    """How much a host is called after a name, 0 to 2.3.

    2.3: it is the initials of a long name, 2.2: the name, 2: the end or the beginning of the name; less: the name is a
    part of the host, by how much of it; 1: its initials are.
    """
    host = _SECTION.sub("", host_of(url).rpartition(".")[0])
    if not host or not name:
        return 0.0
    labels = ["".join(c for c in fold(label) if c.isalnum()) for label in host.split(".")]
    letters = {"".join(labels), "".join(reversed(labels))}
    ways = {way for way in ("".join(c for c in way if c.isalnum()) for way in _ways(name)) if way}
    words = [word for word in re.split(r"[\s-]+", fold(name)) if word]
    initials = "".join(word[0] for word in words)
    if ways & letters or (len(words) > 1 and initials[:-1] + words[-1] in letters):
        return _IS_NAME  # also “sfcourier” for the Sellmar Financial Courier
    if len(initials) >= _LONG_INITIALS and initials in letters:
        return _IS_SHORTENED
    pairs = [(way, one) for way in ways for one in letters if len(one) >= _SHORTEST_NAME <= len(way)]
    if any(way.startswith(one) or way.endswith(one) for way, one in pairs):
        return _IS_PART
    shares = [len(way) / len(one) for way, one in pairs if one.startswith(way) or one.endswith(way)]
    is_short = len(initials) >= _SHORT_INITIALS and initials in {*letters, *labels}
    return max([_IS_PART * share * share for share in shares], default=float(is_short))


_IS_SHORTENED, _IS_NAME, _IS_PART = 2.3, 2.2, 2.0
_LONG_INITIALS, _SHORT_INITIALS = 4, 3


def _ways(name: str) -> Sequence[str]:
    """A name as hosts write it: without accents, the German way, with “and” spelled out, without small words."""
    ways = (
        name,
        name.translate(_UMLAUTS),
        name.replace("&", " and "),
        name.replace("&", " und "),
        _SMALL.sub(" ", name),
    )
    return [fold(way) for way in ways]
