"""A sentence as words: what is quoted is one mark, brackets are left out."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.intake.words import DETERMINERS, DOCUMENTS, GERMAN_DOCUMENTS

_QUOTED = re.compile(r"[“„\"«]([^”“\"»„«]*)[”“\"»]?")
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]")
_ORDINAL = re.compile(r"\b(\d{1,2})\.(?=\s[^\W\d])")
"""“am 18. Februar”"""
_RETIRED = re.compile(r"(?<=\w) (?:a\.\s?D\.|i\.\s?R\.)(?=\s)")
"""“Feldwebel | a. D. | Jorin Tamm”"""
_MARK = "\ue000"
_WORD = re.compile(rf"{_MARK}|&|\d+(?:[.,:]\d+)+|[^\W_]+(?:[’'.&/-][^\W_]+)*(?:[’'](?!\w))?|[^\w\s]")
_ABBREVIATED = re.compile(r"\b(Dra?|Prof|Mrs?|Ms|St|Sra?|Co|Ltd|Inc|Corp|[A-ZÄÖÜ])\.(?=\s*[\w,])")
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d")
_SHORT_NAME = 4
_COMPOUND = re.compile(
    r"\w{3}(?:berichte?|studien?|gutachten|umfragen?|statistik|protokolle?|analyse|auswertung|erhebung|schätzung)$"
)


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """A word or a mark of a sentence."""

    text: str
    low: str
    is_word: bool
    is_first: bool
    is_capital: bool
    is_name: bool
    """A part of a name by its capital, which says nothing of the first word of a sentence."""
    plain: str
    """In small letters; empty for a name's part, which is no “war” and no “per”."""

    @property
    def is_document(self) -> bool:
        """“report”, “Gutachten”, not the Accounts of a court's name."""
        if self.is_capital and _COMPOUND.search(self.low):
            return True  # “Prüfbericht”
        return self.low in DOCUMENTS and (not self.is_name or self.low in GERMAN_DOCUMENTS)

    @property
    def is_quote(self) -> bool:
        """Whether words in quotation marks stood here."""
        return self.text == _MARK

    @property
    def is_number(self) -> bool:
        """Whether it begins with a digit."""
        return self.text[0].isdigit()

    @property
    def is_year(self) -> bool:
        """1500 to 2099."""
        return _YEAR.fullmatch(self.text) is not None

    @property
    def is_owner(self) -> bool:
        """“board’s”, “doctors’”"""
        return self.low.endswith(("’s", "'s", "s’", "s'"))


def words_of(sentence: str, *, are_names_kept: bool = True) -> list[Word]:
    """The words and marks; a short name in quotation marks stands as it is, unless it shall not."""
    quoted = _QUOTED.sub(_unquoted if are_names_kept else f" {_MARK} ", _ORDINAL.sub(r"\1", sentence))
    bare = _BRACKETS.sub("", _ABBREVIATED.sub(r"\1", _RETIRED.sub("", quoted)))
    found = _WORD.findall(bare)
    return [word(text, is_first=i == 0 or found[i - 1] == ":") for i, text in enumerate(found)]


def word(text: str, *, is_first: bool = False) -> Word:
    """A word that stands for itself."""
    low, is_capital = text.lower(), text[0].isupper()
    is_name = is_capital and not is_first
    return Word(text, low, text[0].isalnum() or text == "&", is_first, is_capital, is_name, "" if is_name else low)


def low_at(words: Sequence[Word], i: int) -> str:
    """The word there in small letters; empty outside the sentence."""
    return words[i].low if 0 <= i < len(words) else ""


def start_of(sentence: Sequence[Word], noun: Sequence[Word], default: int = 0) -> int:
    """Where a noun of the sentence begins."""
    return next((i for i, this in enumerate(sentence) if noun and this is noun[0]), default)


def last_of(sentence: Sequence[Word], noun: Sequence[Word], default: int = 0) -> int:
    """Where its last word stands."""
    return next((i for i, this in enumerate(sentence) if noun and this is noun[-1]), default)


def is_adverb(words: Sequence[Word], at: int) -> bool:
    """“flatly”, not “his family”."""
    this = words[at]
    return at > 0 and this.low.endswith("ly") and not this.is_capital and words[at - 1].plain not in DETERMINERS


def _unquoted(match: re.Match[str]) -> str:
    inner = match[1]
    is_name = inner[:1].isupper() and len(inner.split()) <= _SHORT_NAME and inner[-1:].isalnum()
    return inner if is_name else f" {_MARK} "
