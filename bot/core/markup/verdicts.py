"""The verdicts that publishers print → a claim's status, by a table of exact words. Guesses nothing."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.model import ClaimStatus
from bot.core.text import fold

_DOUBT = re.compile("[?\u037e\u055e\u061f\u2047-\u2049\ufe56\uff1f\u203d\u0334-\u0338\u20d2\u20d3\u20e5\u20eb]")
"""Question marks, and marks that strike letters out: with one, words do not say what they would say without."""
_DENIED = frozenset("❌✖✕✗✘☒🚫⛔👎🤥")
"""Pictures that say no to what they stand beside, so that only words that say no too are what they seem."""
_AROUND = frozenset({"Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps", "So", "Sk", "Zs", "Zl", "Zp", "Cf", "Me"})
"""What may stand around words and leave them what they are. No mathematical sign: some of them negate."""
_PICTURE_STYLE = "\ufe0e\ufe0f"


@dataclass(frozen=True, slots=True)
class Verdicts:
    """The table in force, by the form that `compared` gives."""

    statuses: Mapping[str, ClaimStatus]

    def find(self, words: str) -> ClaimStatus | None:
        """The status that these very words give a claim: supported, disputed or refuted; None where they are not known.

        Case, accents and what stands around them aside. Never by a part: “not false” is not “false”.
        """
        status = self.statuses.get(compared(words))
        says_no = not _DENIED.isdisjoint(words) or words.lstrip().startswith("!")
        return None if says_no and status is not ClaimStatus.REFUTED else status


def compared(words: str) -> str:
    """The form in which verdicts are compared: folded, without quotes, punctuation and pictures around them.

    Empty where nothing is left or where the words are a question or struck out.
    """
    if _DOUBT.search(words):
        return ""
    folded = fold(words).replace("ı", "i")  # Turkish capitals are folded to the dotted letter
    start, end = 0, len(folded)
    while start < end and _is_around(folded[start]):
        start += 1
    while start < end and _is_around(folded[end - 1]):
        end -= 1
    return folded[start:end]


def _is_around(character: str) -> bool:
    return character in _PICTURE_STYLE or unicodedata.category(character) in _AROUND
