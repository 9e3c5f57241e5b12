"""A number as it is written, what it is worth, and what is counted with it."""

import re
from dataclasses import dataclass

from bot.core.intake.numbers import BEFORE, NUMBER_WORDS, plain
from bot.core.intake.words import AUXILIARIES, CLAUSE, DETERMINERS, FINITE, PREPOSITIONS, words

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


DIGITS = r"\d{1,3}(?:[,.\u202f\u00a0'’ ]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)?"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
WORD = rf"(?:(?:{_TENS})[-\u2011\u2010])?(?:{'|'.join(sorted(NUMBER_WORDS, key=len, reverse=True))})"
NUMBER = rf"(?:{DIGITS}|{WORD})"
BEFORE_IT = "|".join(sorted(map(re.escape, BEFORE), key=len, reverse=True))
_LETTERS = r"[^\W\d_]+(?:[’'\u2011-][^\W\d_]+)*"
_UNIT = re.compile(rf"[\s\u00a0]*({_LETTERS}(?:\s+{_LETTERS}){{0,4}})")
_PARTITIVE = re.compile(
    rf"^\s+(?:of|von|de)\s+(?:(?:the|its|their|his|her|our|these|those|all|den|der|seinen|ihren|diesen|los|las|sus|esos|esas|estos|estas)\s+)?"
    rf"(?:{NUMBER}(?!\w)\s+)?(?!them\b|these\b|those\b|ellos\b|ellas\b)",
    re.IGNORECASE,
)
_NO_UNIT = (
    PREPOSITIONS
    | CLAUSE
    | FINITE
    | AUXILIARIES
    | DETERMINERS
    | words(
        "of and or than instead who as per later earlier more less fewer killed injured took fell rose said no not left stayed",
        "und oder davon darunter ein gegen von",
        "y o se que de del siguen quedaron hay",
    )
)
"""Words that name nothing that is counted."""
_ONES = words("a an", "jeder jede jedes ein eine", "un una uno")
_MOST_WORDS = 3


def value_of(written: str) -> int | float:
    """What digits or words are worth."""
    low = plain(written)
    if low in NUMBER_WORDS:
        return NUMBER_WORDS[low]
    for dash in "-\u2011\u2010":
        tens, found, ones = low.partition(dash)
        if found and tens in NUMBER_WORDS:
            return NUMBER_WORDS[tens] + NUMBER_WORDS.get(ones, 0)
    if low in _ONES:
        return 1
    bare = re.sub(r"[\s\u202f\u00a0'’]", "", written)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", bare):
        return int(re.sub(r"[.,]", "", bare))
    if grouped := re.fullmatch(r"(\d{1,3}(?:[.,]\d{3})+)[.,](\d+)", bare):
        return float(re.sub(r"[.,]", "", grouped[1]) + "." + grouped[2])
    if bare.isdigit():
        return int(bare)
    # Groups may be written in two ways at once (“1 234.567,8”): only the last mark can stand before a fraction.
    whole, _, fraction = bare.replace(",", ".").rpartition(".")
    return float(f"{whole.replace('.', '')}.{fraction}")


def unit_of(after: str, scale: str = "") -> str:
    """What is counted: up to three words of what stands after a number."""
    counted: list[str] = []
    if part := _PARTITIVE.match(after):
        after = " " + after[part.end() :]
        scale += " de" * (plain(scale) in {"millones", "millón"})
    found = _UNIT.match(after)
    for word in found[1].split() if found else []:
        if word.lower() in _NO_UNIT or len(counted) == _MOST_WORDS:
            break
        counted.append(word)
    return " ".join([*([scale] if scale else []), *counted])
