"""Where a text is code, as Discord reads it: what begins further left wins, be it code, an address or an escape.

Read off the client's rules: a block is three backticks up to the next three, with something between; a span is a run
of backticks up to the next run of the same length, or of a shorter one; what is not closed is plain text. A quote, a
heading, small print and an item of a list are read by themselves, so code begun in one of them ends there or is none.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator

_FENCE = 3
_EMPHASIS = frozenset({"||", "**", "__", "~~"})
_EVENT = re.compile(
    r"(?:\\[^0-9A-Za-z\s])+|`|\|\||\*\*|__|~~|https?://|\[(?=[^\[\]]*\]\(\s*<?https?://)", re.IGNORECASE
)
_TICKS = re.compile("`+")
_FENCED = re.compile(r"```\n*[^\n][\s\S]*?```")
_BLOCK = re.compile(
    r"^(?:-# [^\n]*| *(?:>>> [\s\S]*|(?:> [^\n]*(?:\n *> [^\n]*)*)|#{1,3} [^\n]*|(?:[-*]|\d+\.) [^\n]*(?:\n [^\n]*)*))",
    re.MULTILINE,
)
_MASK_END = re.compile(r"\]\(")


def code_spans(text: str, end_of_link: Callable[[str, int], int]) -> list[tuple[int, int]]:
    """The code of a text as (start, end), in order. `end_of_link` tells where an address that begins at an index ends.

    Linear in the length of the text.
    """
    return list(_Reader(text, end_of_link).spans()) if "`" in text else []


class _Reader:
    def __init__(self, text: str, end_of_link: Callable[[str, int], int]) -> None:
        self._text = text
        self._end_of_link = end_of_link
        self._runs: dict[int, list[int]] = {}
        """Length of a run of backticks → where such runs begin."""
        self._ends: list[int] = []
        for run in _TICKS.finditer(text):
            self._runs.setdefault(run.end() - run.start(), []).append(run.start())
            self._ends.append(run.end())
        self._sizes = sorted(-size for size in self._runs)
        """Lengths of runs, negative, the longest first."""
        self._blocks = [(found.start(), found.end()) for found in _BLOCK.finditer(text)]
        self._starts = [start for start, _ in self._blocks]
        self._no_fence_from = len(text)
        self._never: set[str] = set()
        """Marks that nothing closes any more."""

    def spans(self) -> Iterator[tuple[int, int]]:
        at, inner_end = 0, -1
        while at < self._ends[-1] and (event := _EVENT.search(self._text, at)):
            start, what = event.start(), event[0]
            if what[0] == "`":
                limit = inner_end if start < inner_end else self._limit(start)
                run_end = self._ends[bisect_right(self._ends, start)]
                end = self._closed(start, run_end, limit)
                if end:
                    yield start, end
                at = end or run_end
            elif what == "[":
                found = _MASK_END.search(self._text, start)
                inner_end = found.start() if found else -1
                at = event.end()
            elif what in _EMPHASIS:
                if start > inner_end:
                    inner_end = self._closing(what, event.end())
                at = event.end()
            elif what[0] == "\\":
                at = event.end()
            else:
                at = max(self._end_of_link(self._text, start), event.end())

    def _closing(self, mark: str, at: int) -> int:
        """Where emphasis or a spoiler ends that begins before this; -1 where it does not."""
        if mark in self._never:
            return -1
        found = self._text.find(mark, at + 1)
        if found < 0:
            self._never.add(mark)
        return found

    def _limit(self, at: int) -> int:
        """Where code that begins here must have ended: the end of its quote, heading or small print."""
        nearest = bisect_right(self._starts, at) - 1
        if nearest >= 0 and at < self._blocks[nearest][1]:
            return self._blocks[nearest][1]
        return len(self._text)

    def _closed(self, start: int, end: int, limit: int) -> int:
        """Where the code that begins with these backticks ends; 0 where they begin none."""
        length = end - start
        if length >= _FENCE and start < self._no_fence_from:
            found = _FENCED.match(self._text, start, limit)
            if found:
                return found.end()
            if limit == len(self._text):
                self._no_fence_from = start  # none further left was looked for, none further right can be
        for size in self._sizes[bisect_left(self._sizes, -length) :]:
            begins = self._runs[-size]
            # The closing run stands after at least one character that is no backtick.
            after = bisect_left(begins, end if -size < length else end + 1)
            if after < len(begins) and begins[after] - size <= limit:
                return begins[after] - size
        return 0
