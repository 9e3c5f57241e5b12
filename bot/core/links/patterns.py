"""The small language of links.toml: patterns of hosts and of paths. The shipped ones are matched in linear time."""

import re
from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")

_PATH_PIECES = re.compile(r"\*\*|\*|#|\{hex\}|[^*#{]+|\{")
_HOLES = {"**": "(.*?)", "*": "([^/*]+)", "#": r"(\d+)", "{hex}": r"((?=\d*[a-f])[0-9a-f]{10,})"}
_STAR = re.compile(r"\*([1-9]?)")
_COUNTRY = 2
_SECOND_LEVELS = frozenset({"co", "com"})
ANY_ENDING = "{tld}"


class HostIndex(Generic[T]):
    """Finds what belongs to a host. `a.b` is that host, `*.a.b` any below it, `a.{tld}` any country's ending.

    A country's ending is `com`, two letters, or `co`/`com` before two letters: `google.evil.example` has none.
    """

    def __init__(self, rows: Iterable[tuple[str, T]]) -> None:
        self._exact: dict[str, list[T]] = {}
        self._below: dict[str, list[T]] = {}
        for pattern, row in rows:
            table = self._below if pattern.startswith("*.") else self._exact
            table.setdefault(pattern.removeprefix("*."), []).append(row)

    def find(self, host: str) -> tuple[T, ...]:
        """The rows of a host in lower case, the nearest first."""
        return tuple(self._find(host)) + (tuple(self._find(stem)) if (stem := _stem(host)) else ())

    def _find(self, host: str) -> Iterator[T]:
        yield from self._exact.get(host, ())
        if not self._below:
            return
        while host := host.partition(".")[2]:
            yield from self._below.get(host, ())


def _stem(host: str) -> str:
    """`news.google.co.uk` → `news.google.{tld}`; empty where the ending is no country's."""
    front, _, last = host.rpartition(".")
    if last != "com" and len(last) != _COUNTRY:
        return ""
    before, _, second = front.rpartition(".")
    if before and len(last) == _COUNTRY and second in _SECOND_LEVELS:
        front = before
    return f"{front}.{ANY_ENDING}" if front else ""


class PathPattern:
    """A path with holes. Case aside.

    `*` is any text without a slash or star, `#` digits, `{hex}` ten or more of 0-9 and a-f with a letter among them,
    `**` any text. Two stars in one segment cost the square of its length, three the cube.
    """

    def __init__(self, written: str) -> None:
        pieces = _PATH_PIECES.findall(written)
        self.literal = None if any(piece in _HOLES for piece in pieces) else written
        self._pattern = re.compile(
            "".join(_HOLES.get(piece) or re.escape(piece) for piece in pieces), re.IGNORECASE | re.DOTALL
        )

    def rest(self, path: str) -> str | None:
        """What follows the pattern at the beginning of a path; None where it does not begin so."""
        found = self._pattern.match(path)
        return path[found.end() :] if found else None

    def is_whole(self, path: str) -> bool:
        """Whether the pattern is the whole path, a slash at its end aside."""
        if self.literal is not None:
            return path.rstrip("/") == self.literal.rstrip("/")
        return bool(self._pattern.fullmatch(path) or self._pattern.fullmatch(path.rstrip("/")))

    def fits(self, template: str) -> bool:
        """Whether there is a hole for each star of a template."""
        stars = _STAR.findall(template)
        return max([stars.count(""), *(int(number) for number in stars if number)]) <= self._pattern.groups

    def fill(self, path: str, template: str) -> str | None:
        """The template with what the holes of the whole path hold: each `*` the next one, `*2` the second one."""
        found = self._pattern.fullmatch(path)
        if found is None:
            return None
        holes = iter(found.groups())
        return _STAR.sub(lambda star: found[int(star[1])] if star[1] else next(holes), template)
