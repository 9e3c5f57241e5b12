"""Where in a sentence somebody is named who says something, and how near to the statement.

Each finder knows one way of naming: “according to X”, “X said”, “a report by X”. The first that knows a word has it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.core.intake.speech.names import ITS, name_of
from bot.core.intake.speech.nouns import noun_after, noun_before
from bot.core.intake.speech.saying import THAT, is_passive, is_said_by, is_saying
from bot.core.intake.speech.sentence import Word, low_at
from bot.core.intake.speech.subjects import RELAYED, subject_at, subjects_of
from bot.core.intake.speech.verbs import (
    ACTS,
    CITING,
    MADE,
    PARTICIPLES,
    SAID_OF,
    SAYS,
    SAYS_IF,
)
from bot.core.intake.words import (
    BEING,
    CLAUSE,
    DETERMINERS,
    DOCUMENTS,
    MONTHS,
    OUTLET_WORDS,
    PREPOSITIONS,
    SAME_WORK,
    words,
)

_NEAR, _LATER, _FAR = 5, 8, 14
_BESIDE = words("and while but whereas although", "und aber während", "y pero mientras")
"""What begins a clause beside another, not in it."""
_MEANWHILE = words("while whereas", "während", "mientras")
_WORKS = words("team researchers inquiry ruling investigation experts scientists statement minutes records count")
"""What somebody does: its holder says something only where a sentence rests on it."""
_RESTS_ON = words("in on from to cites citing relies based per", "aus auf laut", "en según sobre")
_OF_DOCUMENT = words("by from of", "des der von vom", "del de")
_AS = words("as", "wie", "según como")
_MADE_BY = words("by at", "por")
_BY = words("by in", "von vom", "por en")
_REFERS = words("verweist verwies verweisen verwiesen")
_POSSESSIVES = words("seiner ihrer seinen ihren")
_ENGLISH_ARTICLES = words("the a an this that these those his her its their")
_DATIVES = words("einem einer dem der den")
_KEPT = words("kept compiled collected gathered published released issued prepared drawn")
_ARTICLES = words("el la los las lo")
_NOT = words("nicht nie niemals kaum")
_HAS = words("hat haben hatte hatten")
_NOTHING = words("this it that so the these those", "dies das es", "esto eso")
_CHARGES = words(
    "account accounts charge charges claim claims accusation accusations allegation allegations version criticism"
)
_STOPS = frozenset({"", ";", ":", ",", ".", "and", "und", "y"})
_LEADS = tuple(
    tuple(lead.split())
    for lead in (
        "according to", "in the words of", "in the view of", "in the opinion of",
        "laut", "gemäß", "nach ansicht", "unter berufung auf", "wie aus", "heißt es in", "heißt es im", "heißt es bei",
        "según", "de acuerdo con", "a juicio de", "en palabras de", "en opinión de", "a decir de", "tal como",
    )
)  # fmt: skip
"""Words after which a speaker is named."""
_ACCOUNTS = words(
    """
    account accounts count counts estimate estimates reckoning figures telling view words calculation
    calculations admission
    """
)
_ANGABEN, _SHORTEST_COMPOUND = "angaben", 9
_ENDING, _CITED, _HELD, _REFERRING, _QUOTED, _EMPTY = -0.5, 0.5, -0.7, -0.8, 0.1, -9
"""How much nearer to the statement, or farther from it, a speaker stands than the subject of the same clause."""


@dataclass(frozen=True, slots=True)
class Find:
    """A speaker; within a clause, the greater its depth, the nearer it is to the statement."""

    depth: float
    name: str
    at: int = 0
    """Which word names it."""
    inner: int = 0
    """Behind how many colons it stands: “The government rejects the charge: its minister said …”."""
    clause: int = 0
    """Behind how many semicolons."""
    verb: str = ""
    has_clause: bool = True
    """Whether what is said follows as a clause or in quotation marks, not as a thing: “promised a smelter”."""
    is_beside: bool = False
    """It stands in a clause such as “as she said”, so that a pronoun is who the sentence begins with."""

    @property
    def order(self) -> tuple[bool, int, int, float]:
        """The nearest to the statement first; who only denies “this” comes last."""
        return (self.depth <= _EMPTY + 1, -self.inner, self.clause, -self.depth)


_Finder = Callable[[Sequence[Word], int, int], Iterator[Find] | None]
"""Looks at a word with how many “that” it stands behind; None: nothing that it knows stands there."""


def finds_in(said: Sequence[Word]) -> Iterator[Find]:
    """Everybody who is named as saying something."""
    clause = inner = thats = 0
    for i, word in enumerate(said):
        clause += word.text == ";" or (word.text == "," and low_at(said, i + 1) in _MEANWHILE)
        inner += word.text == ":"
        thats += word.plain in THAT
        if word.text == ";" or (word.text == "," and low_at(said, i + 1) in _BESIDE):
            thats = 0
        is_beside = any(one.low in _AS for one in said[max(1, i - _NEAR) : i])
        finds = next((finds for finder in _FINDERS if (finds := finder(said, i, thats)) is not None), ())
        for find in finds:
            yield replace(find, at=i, inner=inner, clause=clause, is_beside=is_beside)


def _named(noun: Sequence[Word], depth: float) -> Iterator[Find]:
    if name := name_of(noun):
        yield Find(depth, name)


def _by_own_figures(said: Sequence[Word], i: int, thats: int) -> Iterator[Find] | None:
    """“Die Regierung hat nach eigenen Angaben …”"""
    if said[i].low not in {"nach", "según"} or low_at(said, i + 1) not in words("eigenen eigener", "sus su"):
        return None
    end = next((at for at in range(i, 0, -1) if said[at - 1].is_name), 0)
    start = end
    while start > 0 and (said[start - 1].is_capital or said[start - 1].low in words("der die das", "el la")):
        start -= 1
    return _named(said[start:end], thats)


def _by_lead(said: Sequence[Word], i: int, thats: int) -> Iterator[Find] | None:
    """“according to the board”, “nach Angaben der Behörde”, “…“, so die Behörde”, “by the board’s own count”"""
    if not (lead := _lead(said, i)):
        return None
    if low_at(said, i + lead) == "which" or low_at(said, i + lead + 1) in {"cual", "cuales"}:
        return _by_antecedent(said, i, thats)
    noun = noun_after(said, i + lead)
    after = next((at for at in range(i, len(said)) if noun and said[at] is noun[-1]), i) + 1
    if noun and noun[-1].is_document and low_at(said, after) in {"that", "which"}:
        noun = noun_after(said, after + 1)  # “figures that the Authority released”
    elif noun and noun[-1].is_document and low_at(said, after) in _KEPT and low_at(said, after + 1) == "by":
        noun = noun_after(said, after + 2)  # “readings kept by the district”
    if i == 0 and name_of(noun) == ITS and low_at(said, after) == ",":
        noun = noun_after(said, after + 1)  # “According to its reports, the Council …”
    end = next((at for at in range(i, len(said)) if noun and said[at] is noun[-1]), i)
    is_last = not any(word.is_word for word in said[end + 1 :])
    return _named(noun, _ENDING if i == 0 or is_last else thats + _CITED)


def _by_antecedent(said: Sequence[Word], i: int, thats: int) -> Iterator[Find]:
    """“an older piece, The Ring, according to which …”, “un estudio sobre sombra, según el cual …”"""
    for at in range(i - 1, max(-1, i - _FAR), -1):
        if said[at].low in OUTLET_WORDS:
            is_same = low_at(said, at - 1) in SAME_WORK
            return iter([Find(thats, "article" if is_same else said[at].low)])
        if said[at].is_document:
            end = next((k for k in range(at, i) if not said[k].is_word), i)
            return _named(said[at:end], thats)
    return _named(noun_before(said, i), thats)


def _lead(said: Sequence[Word], i: int) -> int:
    """How many words lead to a speaker here; 0: none."""
    low, after = said[i].low, low_at(said, i + 1)
    for lead in _LEADS:
        if low == lead[0] and tuple(word.low for word in said[i : i + len(lead)]) == lead:
            return len(lead)
    if low == "nach" and after in DOCUMENTS:
        return 2
    if low == "nach" and after in _DATIVES and i + 2 < len(said) and said[i + 2].is_document:
        return 1  # “nach einem Prüfbericht des Amtes”
    if low == "nach" and after in _POSSESSIVES and low_at(said, i + 2) in DOCUMENTS:
        return 1
    if low == "so" and after and i and not said[i - 1].is_word:
        return int((after in DETERMINERS and after not in _ENGLISH_ARTICLES) or said[i + 1].is_capital)
    return int(low in {"by", "in", "on"} and _owns(said[i + 1 : i + _LATER]))


def _owns(said: Sequence[Word]) -> bool:
    """“the board’s own count”"""
    at = next((i for i, word in enumerate(said) if word.low in _ACCOUNTS), 0)
    return any(word.is_owner for word in said[:at])


def _by_compound(said: Sequence[Word], i: int, thats: int) -> Iterator[Find] | None:
    """“nach Polizeiangaben”"""
    word = said[i]
    if not word.low.endswith(_ANGABEN) or len(word.low) <= _SHORTEST_COMPOUND or low_at(said, i - 1) != "nach":
        return None
    return iter([Find(_ENDING if i == 1 else thats + _CITED, word.text[: -len(_ANGABEN)])])


def _by_zufolge(said: Sequence[Word], i: int, thats: int) -> Iterator[Find] | None:
    """“der Behörde zufolge”"""
    return _named(noun_before(said, i), min(thats, _ENDING)) if said[i].low == "zufolge" else None


def _by_being_quoted(said: Sequence[Word], i: int, thats: int) -> Iterator[Find] | None:
    """“X is quoted as saying”, “X, quoted by Y”"""
    is_said, by = i > 0 and said[i - 1].plain in BEING, low_at(said, i + 1) in _BY
    return _quoted(said, i, thats, is_said=is_said, by=by) if said[i].plain in SAID_OF and (is_said or by) else None


def _quoted(said: Sequence[Word], i: int, thats: int, *, is_said: bool, by: bool) -> Iterator[Find]:
    if is_said:
        yield from _named(noun_before(said, i - 1), thats + _QUOTED)
    if by:
        yield from _named(noun_after(said, i + 2), RELAYED)
        yield from _named(noun_before(said, i - (low_at(said, i - 1) == ",")), thats)


def _by_citing(said: Sequence[Word], i: int, thats: int) -> Iterator[Find] | None:
    """“X cites the report”, “citing the report”"""
    word = said[i]
    if word.plain not in CITING or word.is_capital or (i and said[i - 1].plain in DETERMINERS):
        return None
    return _cited(said, i, thats)


def _cited(said: Sequence[Word], i: int, thats: int) -> Iterator[Find]:
    cited = noun_after(said, i + 1)
    if any(word.is_capital or word.is_document for word in cited):  # not “citing pressure”
        yield from _named(cited, thats + _CITED)
    if not said[i].low.endswith(("ing", "ando")):
        yield from _named(noun_before(said, i), thats + _ENDING)


def _by_perfect(said: Sequence[Word], i: int, thats: int) -> Iterator[Find] | None:
    """“Das Amt hat vor Gericht eingeräumt, dass”"""
    if said[i].low in PARTICIPLES and low_at(said, i + 1) in _HAS and any(one.low in _AS for one in said[:i]):
        return _named(noun_before(said, i), thats)  # “…, wie die Initiative gemessen hat”
    if said[i].low not in PARTICIPLES or i + 1 >= len(said) or (said[i + 1].is_word and said[i + 1].low != "und"):
        return None
    at = next((at for at in range(i - 1, 0, -1) if said[at].low in _HAS), 0)
    if not at or any(word.text == ";" or word.low in _NOT for word in said[at:i]):
        return None
    noun = noun_before(said, at)
    return _named(noun if name_of(noun) else subject_at(said, at + 1), thats)


def _by_passive(said: Sequence[Word], i: int, thats: int) -> Iterator[Find] | None:
    """“was confirmed by the court”"""
    return _named(noun_after(said, i + 2), thats) if is_said_by(said, i) else None


def _by_verb(said: Sequence[Word], i: int, thats: int) -> Iterator[Find] | None:
    """“the board said”, “…”, said the board"""
    if not is_saying(said, i):
        return None
    is_empty = low_at(said, i + 1) in _NOTHING and (low_at(said, i + 2) in _STOPS or low_at(said, i + 2) in _CHARGES)
    depth = thats + (_EMPTY if is_empty else 0.0)  # “The ministry denies this; …”
    has_clause = _has_clause(said, i)
    if said[i].low in _REFERS and low_at(said, i + 1) == "auf":
        depth += _REFERRING  # “Sie verweist auf eine Erhebung der Fachstelle, nach der …”
    found = subjects_of(said, i, depth)
    return (Find(far, name, verb=said[i].low, has_clause=has_clause) for far, name in found)


def _has_clause(said: Sequence[Word], i: int) -> bool:
    after = said[i + 1 : i + 1 + _FAR]
    thats = (k for k, word in enumerate(after) if word.plain in THAT and low_at(after, k - 1) not in _ARTICLES)
    is_open = not after or not after[0].is_word or next(thats, -1) >= 0 or any(word.is_quote for word in after)
    return is_open or any(word.text == ":" for word in after) or said[i].low not in ACTS


def _by_document(said: Sequence[Word], i: int, thats: int) -> Iterator[Find] | None:
    """“relies on a 2025 report by the Observatory”"""
    if not said[i].is_document:
        return None
    rests = any(word.plain in _RESTS_ON for word in said[max(0, i - _NEAR) : i])
    tells = any(word.low in {"which", "that"} and verb.plain in SAYS | SAYS_IF for word, verb in pairwise(said[i:]))
    is_source = said[i].low not in _WORKS or rests or tells
    return _named(_holder(said, i), min(thats, _HELD)) if is_source else None


def _by_maker(said: Sequence[Word], i: int, thats: int) -> Iterator[Find] | None:
    """“a poll, conducted by the university”, “kitchens visited by the bureau”, “von der Kammer befragte Betriebe”"""
    if said[i].plain not in MADE or is_passive(said, i):
        return None
    at = i + 1 + (low_at(said, i + 1) in {"out", "up", "a"}) + (low_at(said, i + 2) == "cabo")
    if low_at(said, at) in _MADE_BY:
        noun = noun_after(said, at + 1)
    elif german := next((k for k in range(i - 1, max(-1, i - _NEAR), -1) if said[k].plain in {"von", "vom"}), 0):
        noun = noun_after(said[:i], german + 1)
    else:
        return None
    return _named(noun, _HELD) if any(word.is_capital for word in noun) else None


def _holder(said: Sequence[Word], i: int) -> Sequence[Word]:
    for at in range(i + 1, min(i + _NEAR, len(said))):
        if said[at].low in _OF_DOCUMENT:
            noun = noun_after(said, at + (said[at].low not in {"des", "der"}))
            is_known = any(word.is_capital and word.low not in MONTHS for word in noun)
            is_known = is_known and not any(word.is_number for word in noun)
            return noun if is_known else ()
        if not said[at].is_word or said[at].is_name or said[at].plain in CLAUSE | SAYS | BEING | PREPOSITIONS:
            break
    return ()


_FINDERS: tuple[_Finder, ...] = (
    _by_own_figures, _by_lead, _by_compound, _by_zufolge, _by_being_quoted, _by_citing, _by_perfect, _by_passive,
    _by_verb, _by_maker, _by_document,
)  # fmt: skip
