"""A page's text → its blocks (headings, list items, paragraphs) and their sentences, each an exact substring."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

BULLETS = "-–—•🞛*▪·‣◦●○■□►▸»›➤✓✔⁃∙★☆◆◇→⇒☐🔲🞄✦"
_BULLET = re.compile(rf"\s*(?:[{re.escape(BULLETS)}][\s\u00a0]*)+(?=\S)")
_NUMBER = r"\s*(?:\d{1,2}|[IVX]{1,4})[.)]"
_NUMBERED = re.compile(rf"{_NUMBER}\s+(?=\S)")
_MONTH = re.compile(r"\s+(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b")
_ORDINAL_BEFORE = re.compile(
    r"\b(?:der|die|das|den|dem|des|zum|zur|im|am|vom|beim|(?:ihr|sein|jed|ein|dies)e[mnrs]?|ihrem?) \d{1,2}$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\s+(?!(?:Der|Die|Das|Den|Dem|Ein|Eine|Es|Er|Sie|Im|In|Am|Auf|Bei|Zu|Dort|Doch|Auch|Wer|Wie|Was|Danach|Dann|Laut|Nach|Seit|Mit|Von|Vor|Für|Als|Aber|Wir|Man|Denn|Damit|Deshalb|Zudem|Außerdem|"
    r"Dabei|Dazu|Ihre?|Seine?|Nun|Jetzt|Heute|Ob|Wenn|Weil|Noch|Nur|Alle|Viele|Beide|Bis|Um|Unter|Über|Zwei|Drei)\b)[A-ZÄÖÜ][a-zäöüß]"
)
"""“in der 44. | Runde”"""
_ALL_NUMBERS = re.compile(rf"(?:{_NUMBER}(?!{_MONTH.pattern})\s+)+(?=\S)")
_ENDING = re.compile(r"[.!?…:;,]['\"”’»)\]]*$")
_DATUM = re.compile(r"[^:.!?“„«\"]{2,60}: (?:[^\s\d]{1,12} ){0,2}[$€£]?\d(?:[^.!?]|[.](?=\d)){0,80}$")
"""A line such as “Robusta: 1.140 tonnes”: short as a heading, and a statement."""
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")
_BLANKS = re.compile(r"[^\S\n\r\u0085\u2028\u2029]{4,}")
_LONGEST_HEADING, _LONGEST_HEADING_WORDS = 110, 14
LONGEST_SENTENCE = 1000
"""What is longer is no sentence that anybody could check; to look for what is in it takes time that grows too fast."""
_LONGEST_PARAGRAPH = 4000
_NEAR = 60
"""Characters around a full stop that say whether it ends a sentence."""


class BlockKind(StrEnum):
    """What a block is on its page."""

    HEADING = "heading"
    ITEM = "item"
    PARAGRAPH = "paragraph"


@dataclass(frozen=True, slots=True)
class Block:
    """One block, without its bullet; a heading has no sentences."""

    kind: BlockKind
    text: str
    sentences: tuple[str, ...] = ()


def tidy(text: str) -> str:
    """The text without characters that may not be stored, and with no run of blanks that says nothing."""
    return _BLANKS.sub(" ", _CONTROLS.sub(" ", text))


def blocks_of(text: str) -> list[Block]:
    """The blocks of a text, a line each; blank lines count for nothing. A line too long for a paragraph is several."""
    return [block for line in text.splitlines() if line.strip() for block in _blocks(line)]


def _blocks(line: str, *, is_unnumbered: bool = False) -> Iterator[Block]:
    """The blocks of a line; `is_unnumbered`: its numbers, however many, are taken off already."""
    bullet = _BULLET.match(line)
    body = line[bullet.end() :].strip() if bullet else line.strip()
    if bullet and len(body) <= LONGEST_SENTENCE:
        yield Block(BlockKind.ITEM, body, (body,))  # an item of a list is one statement
    elif _DATUM.match(body):
        yield Block(BlockKind.ITEM, body, (body,))
    elif is_heading(body):
        yield Block(BlockKind.HEADING, body)
    elif not is_unnumbered and (numbers := _ALL_NUMBERS.match(body)):
        yield from _blocks(body[numbers.end() :], is_unnumbered=True)
    elif len(body) <= _LONGEST_PARAGRAPH:
        yield Block(BlockKind.PARAGRAPH, body, tuple(sentences_of(body)))
    else:
        for sentence in sentences_of(body):
            yield Block(BlockKind.PARAGRAPH, sentence, (sentence,))


def is_heading(line: str) -> bool:
    """Whether a line reads as a heading: short, and no sentence's end."""
    if len(line) > 2 * _LONGEST_HEADING:
        return False
    bare = _NUMBERED.sub("", line, count=1)
    if len(bare) > _LONGEST_HEADING or len(bare.split()) > _LONGEST_HEADING_WORDS:
        return False
    return not _ENDING.search(bare) or bare.endswith("?")


_NAMES_SHORTENED = frozenset(
    [
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "gen",
        "col",
        "lt",
        "sgt",
        "gov",
        "sen",
        "rep",
        "rev",
        "hon",
        "est",
        "ing",
        "lic",
        "tel",
        "co",
        "inc",
    ]
)
"""Shortened words with a capital: the Spanish “mar” is the sea."""
_ABBREVIATIONS = _NAMES_SHORTENED | frozenset(
    [
        "dr",
        "mr",
        "mrs",
        "ms",
        "prof",
        "az",
        "st",
        "no",
        "nos",
        "nr",
        "vs",
        "etc",
        "e.g",
        "i.e",
        "approx",
        "ca",
        "cf",
        "fig",
        "vol",
        "u.s",
        "u.k",
        "u.n",
        "jr",
        "sr",
        "ltd",
        "corp",
        "dept",
        "art",
        "abs",
        "bzw",
        "z.b",
        "d.h",
        "u.a",
        "vgl",
        "usw",
        "mio",
        "mrd",
        "sra",
        "dra",
        "ee.uu",
        "pág",
        "núm",
        "aprox",
        "a",
        "z",
        "b",
        "d",
        "h",
        "i",
        "r",
        "u",
    ]
)
_BEFORE_NUMBERS = frozenset({"no", "nos", "nr", "art", "abs", "fig", "vol", "pág", "núm", "sec"})
"""Shortened words before a number; without one they are words: “a flat no.”"""
_STOP = re.compile(r"(?<![.!?…])[.!?…]+[\"'”“’»)\]]*(?=\s|$)")
_LAST_WORD = re.compile(r"([^\s(\[\"“„«]+)$")
_BEGINNING = re.compile(r"\s+[\"'“„‘«¿¡(\[]*(?:[^\W\d_]|\d|[🞛•])")


def sentences_of(text: str) -> Iterator[str]:
    """The sentences of a block, those left out that are longer than LONGEST_SENTENCE."""
    start = 0
    for end in _ends_of(text):
        if 0 < len(sentence := text[start:end].strip()) <= LONGEST_SENTENCE:
            yield sentence
        start = end


def _ends_of(text: str) -> Iterator[int]:
    for stop in _STOP.finditer(text):
        if _ends(text, stop):
            yield stop.end()
    yield len(text)


def _ends(text: str, stop: re.Match[str]) -> bool:
    after = text[stop.end() : stop.end() + _NEAR]
    if not after.strip():
        return True
    begins = _BEGINNING.match(after)
    if begins is None or begins[0][-1].islower():
        return False
    if stop[0][0] != ".":
        return True
    word = _LAST_WORD.search(text[max(0, stop.start() - _NEAR) : stop.start()])
    last = word[1] if word else ""
    if last == "h" and re.search(r"\d\s?h$", text[max(0, stop.start() - 4) : stop.start()]):
        return True  # “a las 3 h. La consejera …”
    if last.lower() in _BEFORE_NUMBERS or (last.islower() and last in _NAMES_SHORTENED):
        return not re.match(r"\s*\d", after) if last.lower() in _BEFORE_NUMBERS else True
    if last.lower() in _ABBREVIATIONS or (len(last) == 1 and last.isalpha() and last.isupper()):
        return False
    is_counted = _ORDINAL_BEFORE.search(text[max(0, stop.start() - _NEAR) : stop.start()]) and _COUNTED.match(after)
    return not (last.isdigit() and len(last) <= 2 and (_MONTH.match(after) or is_counted))
