"""Shares in a sentence: “one in six”, “one post in six”, “two thirds”, “tres de cada cuatro”, “die Hälfte”."""

import re
from collections.abc import Iterator

from bot.core.intake.counted import BEFORE_IT, WORD, Figure, unit_of, value_of
from bot.core.intake.numbers import NTHS, NUMBER_WORDS, ORDINAL_PARTS, PARTS, plain

_RATIO = re.compile(
    rf"(?:(?P<before>{BEFORE_IT})\s+)?(?<!\w)(?P<part>{WORD}|\d{{1,3}}|un[ao]?)\s+"
    rf"(?:(?:in|von)\s+(?P<word>{WORD})|(?:out of|de cada|von je)\s+(?P<whole>{WORD}|\d{{1,4}}))(?![\w.,/-]\d|\w|%)",
    re.IGNORECASE,
)
_AMONG = re.compile(
    rf"(?<!\w)(?P<part>one|two|three|ein(?:e|er|es)?) (?P<of>[a-zA-ZÄÖÜäöüß’-]{{3,20}}) (?:in|von) (?P<whole>{WORD})"
    r"(?![\w.,/-]\d|\w|%|\s+(?:feet|people|men|women|children|sheep|(?!(?:is|was|has|says|goes)\b)[a-zäöüß]+(?:s|en|n))\b|\s+(?-i:[A-ZÄÖÜ]))",
    re.IGNORECASE,
)
"""“one household in six”, not “one visit in four years”."""
_PART = re.compile(
    rf"(?:(?P<before>{BEFORE_IT})\s+)?(?<!\w)(?:(?P<many>{WORD}|an?|eine?r?|un|una)[\s-]+|(?P<half>(?:die |der |la )?(?=half\b|Hälfte\b|mitad\b)))"
    rf"(?P<name>{'|'.join(sorted(PARTS, key=len, reverse=True))})s?(?P<parte>\s+partes?\b)?"
    r"(?=\s+(?:of|an?|the|der|des|aller|von|de|del|more|less|fewer|higher|lower|in|since|than|on|as|and|to|weniger|mehr|más|menos)\b|[^\w\s-]|\s*$)",
    re.IGNORECASE,
)
_DIVIDED = re.compile(
    r"\b(?:that|this|other|first|second|latter|eastern|western|northern|southern|better|its|zweite|erste|segunda|primera|the)\s+$",
    re.IGNORECASE,
)
"""“on that half”: a side of something, no share of it."""
_IS_RATIO = re.compile(r"\b(?:in|out of|von|de cada)\b", re.IGNORECASE)
_IS_PART = re.compile("|".join(PARTS), re.IGNORECASE)
_OF = re.compile(r"^\s+(?:of|der|des|von|de|del)\s+(?:the |a |an |all |aller |la |los |las |un |una )?")
_EACH = re.compile(
    rf"(?:(?P<before>{BEFORE_IT})\s+)?(?<!\w)(?:jede[rsnm]?|every)\s+(?P<nth>{'|'.join(NTHS)})[rsnm]?(?!\w)"
    r"(?!\s+(?:years?|months?|weeks?|days?|hours?|time|Jahre?s?|Monate?s?|Wochen?|Tage?s?|Stunden?|Mal)\b)",
    re.IGNORECASE,
)
"""“jeder fünfte”, “every third household”; not “every second year”."""
_PLACES, _NEAR = 3, 60


def shares_in(sentence: str) -> Iterator[Figure]:
    """The shares of a sentence, each worth less than one."""
    if _IS_RATIO.search(sentence):
        yield from _ratios(sentence)
    if _IS_PART.search(sentence):
        yield from _parts(sentence)
    for match in _EACH.finditer(sentence):
        share = round(1 / NTHS[plain(match["nth"])], _PLACES)
        yield Figure(match[0], share, unit_of(sentence[match.end() :]), match.start())


def _ratios(sentence: str) -> Iterator[Figure]:
    for match in _RATIO.finditer(sentence):
        if match["word"] and match["part"].isdigit():
            continue  # “17 in four years”
        of, out_of = value_of(match["part"]), value_of(match["whole"] or match["word"])
        if 0 < of < out_of:
            start = match.start("before") if match["before"] else match.start("part")
            yield Figure(
                sentence[start : match.end()], round(of / out_of, _PLACES), unit_of(sentence[match.end() :]), start
            )

    for match in _AMONG.finditer(sentence):
        of, out_of = value_of(match["part"]), value_of(match["whole"])
        if 0 < of < out_of and plain(match["of"]) not in NUMBER_WORDS:
            yield Figure(match[0], round(of / out_of, _PLACES), match["of"], match.start())


def _parts(sentence: str) -> Iterator[Figure]:
    for match in _PART.finditer(sentence):
        name = plain(match["name"])
        name = name if name in PARTS else name.removesuffix("s")
        is_ordinal = name in ORDINAL_PARTS and not match["parte"]
        if is_ordinal or (
            match["many"] is None and _DIVIDED.search(sentence[max(0, match.start() - _NEAR) : match.start()])
        ):
            continue
        many = value_of(match["many"]) if match["many"] and plain(match["many"]) in NUMBER_WORDS else 1
        if many < PARTS[name]:
            unit = unit_of(_OF.sub(" ", sentence[match.end() :]))
            yield Figure(sentence[match.start() : match.end()], round(many / PARTS[name], _PLACES), unit, match.start())
