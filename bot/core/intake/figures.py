"""Figures in a sentence, with value and unit. A year, a date, a clock time or a number in a name is no figure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.core.intake.dates import date_spans
from bot.core.intake.numbers import BEFORE, NUMBER_WORDS, SCALES, VAGUE

Value = int | float | tuple[int | float, int | float]


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as it stands, what it is worth (a range where the text gives one), what is counted, where it stands.

    A scale counts to the unit: “4.1 million francs” is 4.1 of the unit “million francs”.
    """

    text: str
    value: Value
    unit: str
    start: int


_DIGITS = r"\d{1,3}(?:[,.\u202f\u00a0'’ ]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?"
_LONGEST = 80
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_WORD = rf"(?:(?:{_TENS})[-\u2011\u2010])?(?:{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})"
_NUMBER = rf"(?:{_DIGITS}|{_WORD})"
_SCALE = rf"\s?(?:{'|'.join(sorted(map(re.escape, SCALES), key=len, reverse=True))})(?!\w)"
_BEFORE = "|".join(sorted(map(re.escape, BEFORE), key=len, reverse=True))
_FIGURE = re.compile(
    rf"(?<![\w.,/:#-])(?P<before>(?:{_BEFORE})\s+)?(?P<money>[$€£¥]\s?)?(?P<low>{_NUMBER})(?P<lowscale>{_SCALE})?"
    rf"(?:(?P<gap>\s?[–—]\s?|-|\s(?:to|and|bis|und|y|a)\s)(?P<high>{_DIGITS})(?P<highscale>{_SCALE})?)?"
    rf"(?P<percent>\s?%)?(?![\w/]|[:.,-]\d)",
    re.IGNORECASE,
)
_VAGUELY = re.compile(rf"(?<!\w)(?P<word>{'|'.join(sorted(VAGUE, key=len, reverse=True))})(?!\w)", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:between|zwischen|entre)\s+$", re.IGNORECASE)
_PERCENT_WORDS = frozenset({"percent", "prozent", "ciento"})
_LETTERS = r"[^\W\d_]+(?:[’'\u2011-][^\W\d_]+)*"
_UNIT = re.compile(rf"[\s\u00a0]*({_LETTERS}(?:\s+{_LETTERS}){{0,4}})")
_NO_UNIT = frozenset(
    [
        "of",
        "in",
        "on",
        "at",
        "for",
        "from",
        "by",
        "to",
        "the",
        "a",
        "an",
        "and",
        "or",
        "but",
        "since",
        "with",
        "as",
        "who",
        "that",
        "which",
        "were",
        "was",
        "is",
        "are",
        "have",
        "has",
        "had",
        "been",
        "per",
        "between",
        "before",
        "after",
        "during",
        "within",
        "than",
        "their",
        "its",
        "more",
        "less",
        "later",
        "earlier",
        "would",
        "could",
        "von",
        "im",
        "in",
        "am",
        "an",
        "der",
        "die",
        "das",
        "den",
        "dem",
        "des",
        "für",
        "seit",
        "mit",
        "und",
        "oder",
        "auf",
        "bei",
        "nach",
        "aus",
        "zu",
        "war",
        "waren",
        "ist",
        "sind",
        "hat",
        "haben",
        "wurden",
        "wurde",
        "als",
        "de",
        "del",
        "la",
        "el",
        "los",
        "las",
        "en",
        "por",
        "para",
        "con",
        "desde",
        "y",
        "o",
        "que",
        "se",
        "fue",
        "fueron",
        "es",
        "son",
        "ha",
        "han",
        "al",
        "killed",
        "injured",
        "took",
        "fell",
        "rose",
        "said",
    ]
)
_NAMES = re.compile(
    r"(?:\b(?:No|Nr|number|Article|Artikel|Section|Chapter|Gang|Room|Route|Highway|Page|Seite|Resolution|Act|núm|n\.º|"
    r"Flight|Grade|Type|Level|Version|report no|no)\.?\s*|[#§]\s*)$",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"^(?:[.:]\d{2})?\s?(?:a\.m\.|p\.m\.|am\b|pm\b|Uhr\b|o[’']clock|h\b)|^\s+in the (?:morning|evening|afternoon)"
)
_ORDINAL = re.compile(r"(?:st|nd|rd|th|ª|º)\b")
_ALONE = frozenset({"one"})


def figures_in(sentence: str) -> list[Figure]:
    """The figures of a sentence, in order."""
    dates = date_spans(sentence)
    found = [*_vague(sentence)]
    for match in _FIGURE.finditer(sentence):
        start = match.start("low")
        if len(match[0]) > _LONGEST:  # no figure, and Python reads no more than 4,300 digits
            continue
        if not any(low <= start < high for low, high, _ in dates) and not _is_name(sentence, match):
            found += _figures_of(sentence, match)
    return sorted(found, key=lambda figure: figure.start)


def _figures_of(sentence: str, match: re.Match[str]) -> Iterator[Figure]:
    after = sentence[match.end() :]
    low = _value(match["low"])
    scale = (match["highscale"] or match["lowscale"] or "").strip()
    is_percent = bool(match["percent"]) or bool(_PERCENT_WORDS.intersection(after.lower().split()[:2]))
    unit = "percent" if is_percent else _unit(after, scale)
    start = match.start("before") if match["before"] else match.start("low")
    if match["high"] and not _is_range(sentence, match):
        yield Figure(
            sentence[start : match.end("lowscale") if match["lowscale"] else match.end("low")], low, unit, start
        )
        yield Figure(sentence[match.start("high") : match.end()], _value(match["high"]), unit, match.start("high"))
        return
    value: Value = low
    if match["high"]:
        value = (low, _value(match["high"]))
        if between := _BETWEEN.search(sentence[:start]):
            start = between.start()
    yield Figure(sentence[start : match.end()].strip(), value, unit, start)


def _is_range(sentence: str, match: re.Match[str]) -> bool:
    gap, before = match["gap"].strip().lower(), sentence[: match.start()].lower().rstrip()
    if gap in {"–", "—", "-"}:
        return True
    if gap in {"and", "und", "y"}:
        return before.endswith(("between", "zwischen", "entre"))
    votes = before.endswith(("from", "von", "de", "by", "votes")) or bool(re.search(r"\bvot", sentence))
    return not votes and match["high"] > "" and _value(match["high"]) > _value(match["low"])


def _value(written: str) -> int | float:
    low = written.lower()
    if low in NUMBER_WORDS:
        return NUMBER_WORDS[low]
    for dash in "-\u2011\u2010":
        tens, found, ones = low.partition(dash)
        if found and tens in NUMBER_WORDS:
            return NUMBER_WORDS[tens] + NUMBER_WORDS.get(ones, 0)
    bare = re.sub(r"[\s\u202f\u00a0'’]", "", written)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", bare):
        return int(re.sub(r"[.,]", "", bare))
    if grouped := re.fullmatch(r"(\d{1,3}(?:[.,]\d{3})+)[.,](\d+)", bare):
        return float(re.sub(r"[.,]", "", grouped[1]) + "." + grouped[2])
    return int(bare) if bare.isdigit() else float(bare.replace(",", "."))


def _unit(after: str, scale: str) -> str:
    words: list[str] = []
    found = _UNIT.match(after)
    for word in found[1].split() if found else []:
        if word.lower() in _NO_UNIT or len(words) == 3:
            break
        words.append(word)
    return " ".join([*([scale] if scale else []), *words])


def _is_name(sentence: str, match: re.Match[str]) -> bool:
    low = match["low"]
    before, after = sentence[: match.start("low")], sentence[match.end("low") :]
    if _NAMES.search(before) or _CLOCK.match(after) or _ORDINAL.match(after):
        return True
    if low.lower() in _ALONE and not match["lowscale"]:
        return True
    return bool(not before.strip() and re.match(r"[.)]\s", after))


def _vague(sentence: str) -> Iterator[Figure]:
    for match in _VAGUELY.finditer(sentence):
        after = re.sub(r"^\s+(?:of|von|de)\s+", " ", sentence[match.end() :])
        yield Figure(match[0], VAGUE[match["word"].lower()], _unit(after, ""), match.start())
