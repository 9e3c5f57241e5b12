"""Figures in a sentence, with value and unit. A year, a date, a clock time or a number in a name is no figure."""

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.core.intake.counted import BEFORE_IT, NUMBER, Figure, Value, unit_of, value_of
from bot.core.intake.dates import date_spans
from bot.core.intake.numbers import ELEVEN, MULTIPLIES, SCALES, VAGUE, plain
from bot.core.intake.shares import shares_in

_LONGEST, _NEAR = 80, 60
"""How long a figure is at most, and how many characters before it say what it is."""
_SCALE = rf"\s?(?:{'|'.join(sorted(map(re.escape, SCALES), key=len, reverse=True))})(?!\w)"
_FIGURE = re.compile(
    rf"(?<![\w.,/:#-])(?P<before>(?:{BEFORE_IT})\s+)?(?P<money>[$€£¥]\s?)?(?P<low>{NUMBER})(?P<lowscale>{_SCALE}|(?(money)m(?!\w)|(?!)))?"
    rf"(?:(?P<gap>\s?[–—]\s?|-|\s(?:to|and|bis|und|y|a)\s(?:el\s|the\s|den\s)?)(?P<high>{NUMBER})(?P<highscale>{_SCALE})?)?"
    rf"(?P<percent>\s?%)?(?![\w/]|[:.,-]\d)",
    re.IGNORECASE,
)
_VAGUELY = re.compile(rf"(?<!\w)(?P<word>{'|'.join(sorted(VAGUE, key=len, reverse=True))})(?!\w)", re.IGNORECASE)
_PAIRED = re.compile(r"\s+(?:to|auf|al?|bis|and|y|und|or|o|oder)\s+", re.IGNORECASE)
_MONEY = re.compile(r"[\s\u00a0]?[€$£¥]")
_BETWEEN = re.compile(r"(?:between|zwischen|entre)\s+(?:el |the |den )?$", re.IGNORECASE)
_PERCENT = re.compile(r"[\s\u00a0-]*(?:%|per\s?cent(?:age)?\b|prozent|por\s?ciento\b)", re.IGNORECASE)
_JOINED = re.compile(
    r"(?:\bto|\binstead of|\bagainst|\bthan|\band|\bor|\bversus|\bfrom|\bafter|\bfrente a|\bgegen|\bgegenüber|\bstatt|\bauf|\ba|\bde|\bbis|\by|\bund|\bbei|,)"
    r"\s+(?:the |a |the prescribed |only |nur |solo )?$",
    re.IGNORECASE,
)
_ELEVEN = re.compile(
    rf"(?:(?<=\blos )|(?<=\blas )|(?<=\bdurante )|(?<=\bde )|(?<=\ben )|(?<=\bhabía )|(?<=\bhay )|(?<=\bcon )|(?<=\btras )|(?<=\botros )|(?<=\ba ))"
    rf"{ELEVEN}(?=\s[a-zñáéíóú]{{3,}})"
)
_RANGE = re.compile(r"\s?(?:[–—-]|to|bis|al?)\s?$", re.IGNORECASE)
_NAMES = re.compile(
    r"(?:\b(?:No|Nr|number|Article|Artikel|Section|Chapter|Gang|Room|Route|Highway|Page|Seite|Resolution|Act|núm|n\.º|"
    r"Flight|Ward|Gate|Line|Track|Platform|Signal|Zone|District|Phase|Block|Unit|Station|Kapitel|Linie|Gleis|Flight|Grade|Type|Level|Version|report no|no)\.?\s*|[#§]\s*)$",
    re.IGNORECASE,
)
_CLOCK = re.compile(
    r"^(?:[.:]\d{2})?\s?(?:a\.m\.|p\.m\.|am\b|pm\b|Uhr\b|o[’']clock|h\b)|^\s+in the (?:morning|evening|afternoon)"
)
_AT_CLOCK = re.compile(r"\b(?:a|desde|hacia|hasta) las?\s*$", re.IGNORECASE)
_TO_DAY = re.compile(r"\s+al?\s+\d{1,2}\s+de\s")
_ORDINAL = re.compile(r"(?:st|nd|rd|th|ª|º)\b")
_ALONE = frozenset({"one"})
_COUNTS_ONE = re.compile(
    r"\s+(?!of\b|or\b|and\b|would\b|might\b|may\b|must\b|can\b|could\b|should\b|has\b|had\b|is\b|was\b|who\b|that\b|which\b|another\b|"
    r"day\b|thing\b|hand\b|side\b|way\b|point\b|more\b|by\b|in\b|at\b|on\b|to\b|for\b|from\b|with\b|than\b|as\b|a\b|reads\b|"
    r"does\b|will\b|sees\b|finds\b|cannot\b|wonders\b|wishes\b|such\b|single\b|last\b|critic\b|reader\b|kind\b|word\b|time\b|reason\b)[a-z]{3,}"
)
"""What stands after a one that counts: “one dispatcher”, not “one would”."""


def figures_in(sentence: str) -> list[Figure]:
    """The figures of a sentence, in order."""
    dates = date_spans(sentence)
    found = [*_vague(sentence), *shares_in(sentence)]
    taken = [(figure.start, figure.start + len(figure.text)) for figure in found]
    at = 0
    while match := _FIGURE.search(sentence, at):
        start, at = match.start("low"), match.end()
        if any(low <= start < high for low, high, _ in dates):
            at = match.end("low")  # “in 2014 to 1.4 million”: what follows a date may be a figure
        elif any(low <= start < high for low, high in taken) or len(match[0]) > _LONGEST:
            continue  # too long: no figure, and Python reads no more than 4,300 digits
        elif match["high"] and any(low <= match.start("high") < high for low, high, _ in dates):
            at = match.end("low")  # “from 12 to 15 June” is a part of a date
            found += [] if _RANGE.match(match["gap"]) else _alone(sentence, match)
        elif not _is_name(sentence, match):
            found += _figures_of(sentence, match)
    found += _elevens(sentence)
    return _with_units(sentence, sorted(found, key=lambda figure: figure.start))


def _with_units(sentence: str, figures: list[Figure]) -> list[Figure]:
    """A figure without a unit counts what the one before it counts, where they are joined: “19 votes to 14”."""
    for i in range(1, len(figures)):
        last, this = figures[i - 1], figures[i]
        if not this.unit and last.unit and _JOINED.search(_before(sentence, this.start, last.start + len(last.text))):
            figures[i] = replace(this, unit=last.unit)
        elif not last.unit and this.unit and _PAIRED.fullmatch(sentence[last.start + len(last.text) : this.start]):
            figures[i - 1] = replace(last, unit=this.unit)
    return figures


def _before(sentence: str, at: int, start: int = 0) -> str:
    """What stands near before a place: all that stands before it, for each figure, takes time that grows too fast."""
    return sentence[max(start, at - _NEAR) : at]


def _alone(sentence: str, match: re.Match[str]) -> Iterator[Figure]:
    if not _is_name(sentence, match):
        start = match.start("before") if match["before"] else match.start("low")
        yield Figure(
            sentence[start : match.end("low")], value_of(match["low"]), unit_of(sentence[match.end("low") :], ""), start
        )


def _elevens(sentence: str) -> Iterator[Figure]:
    """The Spanish eleven, which in English is a word of time."""
    for match in _ELEVEN.finditer(sentence):
        yield Figure(match[0], 11, unit_of(sentence[match.end() :], ""), match.start())


def _figures_of(sentence: str, match: re.Match[str]) -> Iterator[Figure]:
    after = sentence[match.end() :]
    scale = (match["highscale"] or match["lowscale"] or "").strip()
    scale = "million" if scale == "m" else scale  # £1.2m
    times = MULTIPLIES.get(plain(scale), 1)
    scale = "" if times > 1 else scale
    low = value_of(match["low"]) * times
    unit = unit_of(after, scale)
    if match["percent"] or _PERCENT.match(after):
        unit = "percent"
    elif match["money"] or (_MONEY.match(after)):
        sign = (match["money"] or after.strip()[:1]).strip()
        unit = f"{scale} {sign}".strip()
    start = match.start("before") if match["before"] else match.start("low")
    if match["high"] and not _is_range(sentence, match):
        yield Figure(
            sentence[start : match.end("lowscale") if match["lowscale"] else match.end("low")], low, unit, start
        )
        yield Figure(
            sentence[match.start("high") : match.end()], value_of(match["high"]) * times, unit, match.start("high")
        )
        return
    value: Value = low
    if match["high"]:
        value = (low, value_of(match["high"]) * times)
        near = _before(sentence, start)
        if between := _BETWEEN.search(near):
            start -= len(near) - between.start()
    yield Figure(sentence[start : match.end()].strip(), value, unit, start)


def _is_range(sentence: str, match: re.Match[str]) -> bool:
    gap = match["gap"].split()[0].lower()
    before = re.sub(r"\s(?:el|the|den)$", "", _before(sentence, match.start()).lower().rstrip())
    if gap in {"–", "—", "-"}:
        return True
    if gap in {"and", "und", "y"}:
        return before.endswith(("between", "zwischen", "entre"))
    votes = before.endswith(("from", "von", "de", "by", "votes")) or bool(re.search(r"\bvot", sentence))
    return not votes and match["high"] > "" and value_of(match["high"]) > value_of(match["low"])


def _is_name(sentence: str, match: re.Match[str]) -> bool:
    low = match["low"]
    before, after = _before(sentence, match.start("low")), sentence[match.end("low") :]
    is_first = not sentence[: match.start("low")].strip()
    if _NAMES.search(before) or _CLOCK.match(after) or _ORDINAL.match(after):
        return True
    if plain(low) in _ALONE and not match["lowscale"] and not match["before"] and not _COUNTS_ONE.match(after):
        return True
    if (_AT_CLOCK.search(before) and (low.isalpha() or len(low) < 3)) or _TO_DAY.match(after):
        return True
    if low[0].isupper() and low.isalpha() and not is_first and re.match(r"\s+[A-ZÄÖÜÁÉÍÓÚ]", after):
        return True  # the Seven Fords
    return bool(is_first and re.match(r"[.)]\s", after))


def _vague(sentence: str) -> Iterator[Figure]:
    for match in _VAGUELY.finditer(sentence):
        after = re.sub(r"^\s+(?:of|von|de)\s+", " ", sentence[match.end() :])
        yield Figure(match[0], VAGUE[plain(match["word"])], unit_of(after, ""), match.start())
