"""Where in a sentence somebody is named who says something, and how near to the statement.

Each finder knows one way of naming: “according to X”, “X said”, “a report by X”. The first that knows a word has it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from bot.core.intake.speech.bodies import is_body
from bot.core.intake.speech.find import CITED, EMPTY, ENDING, HELD, QUOTED, REFERRING, Find, named
from bot.core.intake.speech.leads import (
    by_compound,
    by_for,
    by_lead,
    by_own_account,
    by_own_figures,
    by_there,
    by_zufolge,
)
from bot.core.intake.speech.names import IS_TIME, name_of
from bot.core.intake.speech.nouns import first_noun, noun_after, noun_before
from bot.core.intake.speech.saying import THAT, agent_at, is_passive, is_said_by, is_saying
from bot.core.intake.speech.sentence import Word, low_at
from bot.core.intake.speech.subjects import RELAYED, is_dative, is_nobody, subject_at, subjects_of
from bot.core.intake.speech.verbs import (
    ACTS,
    CITING,
    DENIES,
    MADE,
    PARTICIPLES,
    SAID_OF,
    SAYS,
    SAYS_IF,
    WITH,
)
from bot.core.intake.words import (
    BEING,
    CLAUSE,
    CONNECTORS,
    DETERMINERS,
    DOCUMENTS,
    MONTHS,
    PREPOSITIONS,
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
_WHICH = words("that which")
_BY = words("by in", "von vom", "por en")
_REFERS = words("verweist verwies verweisen verwiesen beruft berief berufen beriefen")
_ARTICLES = words("el la los las lo")
_NOT = words("nicht nie niemals kaum")
_RELATIVES = words("which that", "was die das", "que")
_HAS = words("hat haben hatte hatten")
_PLEAS = words("letter letters petition petitions complaint complaints lawsuit suit appeal offer report e-mail")
_ARGUING = words(
    "arguing saying claiming adding insisting noting warning maintaining contending explaining", "alegando"
)
_PROMISED = words("zugesagt versprochen angekündigt")
_NOTHING = words("this it that so the these those", "dies das es", "esto eso")
_CHARGES = words(
    "account accounts charge charges claim claims accusation accusations allegation allegations version criticism"
)
_STOPS = frozenset({"", ";", ":", ",", ".", "and", "und", "y"})
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
        is_beside = any(one.low in _AS for one in said[max(1, i - _LATER) : i])
        finds = next((finds for finder in _FINDERS if (finds := finder(said, i, thats)) is not None), ())
        for find in finds:
            yield replace(find, at=i, inner=inner, clause=clause, is_beside=is_beside)


def _by_being_quoted(said: Sequence[Word], i: int, thats: int) -> Iterator[Find] | None:
    """“X is quoted as saying”, “X, quoted by Y”"""
    is_said, by = i > 0 and said[i - 1].plain in BEING, low_at(said, i + 1) in _BY
    is_fined = low_at(said, i + 1) == "for" and i + 2 < len(said) and said[i + 2].is_number
    is_known = said[i].plain in SAID_OF and not is_fined  # not “was cited for 40 offences”
    return _quoted(said, i, thats, is_said=is_said, by=by) if is_known and (is_said or by) else None


def _quoted(said: Sequence[Word], i: int, thats: int, *, is_said: bool, by: bool) -> Iterator[Find]:
    if is_said:
        yield from named(noun_before(said, i - 1), thats + QUOTED)
    if by:
        yield from named(noun_after(said, i + 2), RELAYED)
        yield from named(noun_before(said, i - (low_at(said, i - 1) == ",")), thats)


def _by_citing(said: Sequence[Word], i: int, thats: int) -> Iterator[Find] | None:
    """“X cites the report”, “citing the report”"""
    word = said[i]
    if word.plain not in CITING or word.is_capital or (i and said[i - 1].plain in DETERMINERS):
        return None
    return _cited(said, i, thats)


def _cited(said: Sequence[Word], i: int, thats: int) -> Iterator[Find]:
    cited = noun_after(said, i + 1)
    if any(word.is_capital or word.is_document for word in cited):  # not “citing pressure”
        yield from named(cited, thats + CITED)
    if not said[i].low.endswith(("ing", "ando")):
        yield from named(noun_before(said, i), thats + ENDING)


def _by_perfect(said: Sequence[Word], i: int, thats: int) -> Iterator[Find] | None:
    """“Das Amt hat vor Gericht eingeräumt, dass”"""
    if any(word.low in _NOT for word in said[max(0, i - _NEAR) : i]):
        return None
    if said[i].low in PARTICIPLES and low_at(said, i + 1) in _HAS and any(one.low in _AS for one in said[:i]):
        return named(noun_before(said, i), thats)  # “…, wie die Initiative gemessen hat”
    if said[i].low not in PARTICIPLES or i + 1 >= len(said) or (said[i + 1].is_word and said[i + 1].low != "und"):
        return None
    at = next((at for at in range(i - 1, 0, -1) if said[at].low in _HAS), 0)
    needed = WITH.get(said[i].low)
    if not at or any(word.text == ";" or word.low in _NOT for word in said[at:i]):
        return None
    if needed and not any(word.low in needed for word in said[at:i]):
        return None  # “hat von 40 Fällen gesprochen”
    noun = noun_before(said, at)
    is_before = name_of(noun) and not is_dative(noun)
    if is_nobody(said, at):
        return None
    has_clause = (
        said[i].low not in _PROMISED or low_at(said, i + 2) in THAT
    )  # not “hat eine Bürgschaft zugesagt, wie …”
    found = named(noun if is_before else subject_at(said, at + 1), thats)
    return (replace(find, has_clause=has_clause) for find in found)


def _by_passive(said: Sequence[Word], i: int, thats: int) -> Iterator[Find] | None:
    """“was confirmed by the court”"""
    return named(noun_after(said, agent_at(said, i)), thats) if is_said_by(said, i) else None


def _by_verb(said: Sequence[Word], i: int, thats: int) -> Iterator[Find] | None:
    """“the board said”, “…”, said the board"""
    if not is_saying(said, i):
        return None
    is_empty = low_at(said, i + 1) in _NOTHING and (low_at(said, i + 2) in _STOPS or low_at(said, i + 2) in _CHARGES)
    is_empty |= said[i].low in DENIES and _is_of_before(said, i)
    depth = thats + (EMPTY if is_empty else 0.0)  # “The ministry denies this; …”
    has_clause, found = _has_clause(said, i), []
    if said[i].low in _REFERS and low_at(said, i + 1) == "auf":
        depth += REFERRING  # “Sie verweist auf eine Erhebung der Fachstelle, nach der …”
    for far, name in subjects_of(said, i, depth):
        giver = _giver(said, i) if name.lower() in DOCUMENTS else None
        found.append(Find(far, giver or name, verb=said[i].low, has_clause=has_clause))
    return iter(found)


def _giver(said: Sequence[Word], i: int) -> str | None:
    """Who gave a document that says something: “wie eine Liste zeigt, | die das Ministerium vorlegte”."""
    if low_at(said, i + 1) != "," or low_at(said, i + 2) not in _RELATIVES | words("den"):
        return None
    noun = noun_after(said, i + 3)
    return name_of(noun) if noun and noun[0].plain in DETERMINERS else None


def _is_of_before(said: Sequence[Word], i: int) -> bool:
    """Whether a verb at the end of a clause has what was said before as its object: “…, which the ministry denies.”"""
    is_last = i + 1 >= len(said) or not said[i + 1].is_word
    return is_last and any(word.low in _RELATIVES for word in said[max(0, i - _NEAR) : i])


def _has_clause(said: Sequence[Word], i: int) -> bool:
    after = said[i + 1 : i + 1 + _FAR]
    thats = (k for k, word in enumerate(after) if word.plain in THAT and low_at(after, k - 1) not in _ARTICLES)
    is_open = not after or not after[0].is_word or next(thats, -1) >= 0 or any(word.is_quote for word in after)
    return is_open or any(word.text == ":" for word in after) or said[i].low not in ACTS


def _by_participle(said: Sequence[Word], i: int, thats: int) -> Iterator[Find] | None:
    """“The ministry refused a grant, | arguing that …”"""
    is_open = low_at(said, i + 1) in THAT or (i + 1 < len(said) and said[i + 1].is_quote)
    if said[i].low not in _ARGUING or low_at(said, i - 1) != "," or not is_open:
        return None
    clause = said[:i]
    is_theirs = any(word.is_document or word.low in _CHARGES | _PLEAS for word in clause)
    if is_theirs or any(clause[k].plain in BEING and is_passive(clause, k + 1) for k in range(len(clause) - 1)):
        return None  # “The council received a petition, claiming that …”, “Hale Line was sued, arguing that …”
    noun = first_noun(said, i)
    is_known = any(word.is_name for word in noun) or bool(noun and is_body(noun[-1].text))
    return named(noun, thats) if is_known and noun[0].is_first and not is_nobody(said, 1) else None


def _by_document(said: Sequence[Word], i: int, thats: int) -> Iterator[Find] | None:
    """“relies on a 2025 report by the Observatory”"""
    if not said[i].is_document:
        return None
    rests = any(word.plain in _RESTS_ON for word in said[max(0, i - _NEAR) : i])
    tells = any(word.low in {"which", "that"} and verb.plain in SAYS | SAYS_IF for word, verb in pairwise(said[i:]))
    is_source = said[i].low not in _WORKS or rests or tells
    owner = _owner(said, i)
    noun = (owner if rests or tells else ()) if owner else _holder(said, i)
    return named(noun, min(thats, HELD)) if is_source else None


def _by_maker(said: Sequence[Word], i: int, thats: int) -> Iterator[Find] | None:
    """“a poll, conducted by the university”, “kitchens visited by the bureau”, “von der Kammer befragte Betriebe”"""
    if said[i].plain not in MADE or is_passive(said, i):
        return None
    is_by = low_at(said, i + 1) in _MADE_BY or low_at(said, i + 2) in _MADE_BY
    is_active = not is_by and any(word.low in _WHICH for word in said[max(0, i - _LATER) : i])
    if is_active and any(word.is_document for word in said[max(0, i - _FAR) : i]):
        return named(noun_before(said, i), HELD)  # “a survey that the network carried out”
    at = i + 1 + (low_at(said, i + 1) in {"out", "up", "a"}) + (low_at(said, i + 2) == "cabo")
    if low_at(said, at) in _MADE_BY:
        noun = noun_after(said, at + 1)
    elif german := next((k for k in range(i - 1, max(-1, i - _NEAR), -1) if said[k].plain in {"von", "vom"}), 0):
        noun = noun_after(said[:i], german + 1)
    else:
        return None
    is_by_it = (
        low_at(said, at) == "by" and bool(noun) and noun[0].plain in DETERMINERS
    )  # “an inventory drawn up by the museum”
    is_of_document = is_by_it and any(word.is_document for word in said[max(0, i - _NEAR) : i])
    return named(noun, HELD) if is_of_document or any(word.is_capital for word in noun) else None


def _owner(said: Sequence[Word], i: int) -> Sequence[Word]:
    """“the Thornley Courier’s own | account”"""
    owner = next((k for k in range(i - 1, max(-1, i - 3), -1) if said[k].is_owner), None)
    if owner is None or IS_TIME.match(said[owner].low):
        return ()
    start = owner
    while start > 0 and (said[start - 1].is_capital or said[start - 1].plain in CONNECTORS | DETERMINERS):
        start -= 1
    return said[start : i + 1]


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
    by_own_figures, by_own_account, by_for, by_there, by_lead, by_compound, by_zufolge, _by_being_quoted, _by_citing,
    _by_perfect, _by_passive, _by_participle, _by_verb, _by_maker, _by_document,
)  # fmt: skip
