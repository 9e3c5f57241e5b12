"""Quotations that go on over several sentences: whose they are stands in one of them."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

CLOSED_BY = {"“": "”", "„": "“", "«": "»", '"': '"'}
"""Quotation marks that open → those that close."""
_OPEN_AT_MOST = 6
_QUOTED = re.compile(r"„[^„“”]*[“”]|“[^“”]*”|«[^«»]*»|\"[^\"]*\"")
_REPORTED = re.compile(
    r"(?:[\w’-]+ ){1,7}?(?:habe|sei(?! (?:Dank|denn|es|gesagt|angemerkt|erwähnt))|seien|werde|könne|müsse|dürfe|solle|"
    r"wolle|gebe|liege|bleibe|stehe|gehe|wisse|brauche|komme)\b(?!,)"
)
"""No comma stands before the verb: “Ein Gast rief, das Bad sei kalt” has its own speaker."""
_NOT_REPORTED = re.compile(
    r"^(?:ich|wenn|falls|ob|man|\w+ ich)\b|\b(?:es sei denn|heißt es|ob|während)\b", re.IGNORECASE
)
_HIS_WORDS = re.compile(r"(?:so|with these words|mit diesen Worten|con estas palabras)\b", re.IGNORECASE)
"""“So says Piers Lathom.”: what stands before is not who spoke before."""


def restored(sentences: Sequence[str]) -> list[str]:
    """The sentences of a paragraph; those inside a quotation that began before begin with its mark. A mark that nothing
    closes opens nothing.
    """
    through = {i: mark for start, end, mark in _spans(sentences) for i in range(start + 1, end + 1)}
    return [through.get(i, "") + sentence for i, sentence in enumerate(sentences)]


def with_quoted(sentences: Sequence[str], speakers: Sequence[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The speakers of each sentence; those of a quotation hold for all its sentences, and for one that goes on with
    nothing but a quotation: “…”, said Marsh. “…”
    """
    found = list(speakers)
    for start, end, _ in _spans(sentences):
        whose = next((found[i] for i in (end, start) if found[i]), ())
        found[start : end + 1] = [one or whose for one in found[start : end + 1]]
    for i, (before, sentence) in enumerate(pairwise(sentences), 1):
        after = sentences[i + 1] if i + 1 < len(sentences) else ""
        goes_on = _is_quotation(sentence) and _quotes(before) and not _HIS_WORDS.match(after)
        if not found[i] and (goes_on or _is_reported(sentence)):
            found[i] = found[i - 1]
    return found


def _is_reported(sentence: str) -> bool:
    """Whether a German sentence is told as somebody's words: “Ihr Unternehmen habe 2025 …”"""
    bare = _QUOTED.sub(" ", sentence)
    return bool(_REPORTED.match(bare)) and not _NOT_REPORTED.search(bare)


def _spans(sentences: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The first and the last sentence of every quotation that goes over more than one, and its mark."""
    opened, start = "", 0
    for i, sentence in enumerate(sentences):
        if opened and i - start > _OPEN_AT_MOST:
            opened = ""
        for at, mark in enumerate(sentence):
            if mark == '"' and bool(opened) == sentence[at + 1 : at + 2].isalnum():
                continue  # inches, or a mark that only looks like one that closes
            if opened and mark == CLOSED_BY[opened]:
                if i > start:
                    yield start, i, opened
                opened = ""
            elif mark in CLOSED_BY and not opened:
                opened, start = mark, i


def _quotes(sentence: str) -> bool:
    """Whether a sentence is somebody's words and who said them: “…,” said Marsh. Marsh said: “…”"""
    bare = sentence.strip()
    return bare[:1] in CLOSED_BY or any(f": {mark}" in bare for mark in CLOSED_BY)


def _is_quotation(sentence: str) -> bool:
    """Whether a sentence is nothing but a quotation."""
    bare = sentence.strip()
    closing = CLOSED_BY.get(bare[:1])
    return closing is not None and bare.rstrip(".!?…").endswith(closing) and bare.count(closing, 1) == 1
