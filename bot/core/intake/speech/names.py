"""A noun → a speaker's name: whose document it is, the person after a role, without articles and titles."""

import re
from collections.abc import Iterator, Sequence

from bot.core.intake.numbers import NUMBER_WORDS
from bot.core.intake.speech.bodies import is_body
from bot.core.intake.speech.sentence import Word, word
from bot.core.intake.words import (
    AUXILIARIES,
    CLAUSE,
    CONNECTORS,
    DETERMINERS,
    FINITE,
    MONTHS,
    NOBODY,
    OF,
    OPENINGS,
    OUTLET_WORDS,
    PREPOSITIONS,
    PRONOUNS,
    SAME_WORK,
    WRITERS,
    words,
)

ITS = "its"
"""Stands for whom a sentence begins with: “ISTA …, its annual report shows”."""
LONGEST = 11
"""Words of a noun that can be a speaker."""
TITLES = words("dr prof mr mrs ms sir st", "herr frau", "sr sra")
_KINDS = words(
    "agency newspaper paper magazine insurer company firm union daily weekly",
    "agencia diario revista empresa compañía sindicato",
)
OWNERS = {
    word: pronoun
    for pronoun, owners in (
        ("he", "his"), ("she", "her"), (ITS, "its"), ("they", "their"), ("er", "sein seine seinen seiner seinem"),
        ("sie", "ihr ihre ihren ihrer ihrem"), ("ellos", "su sus"),
    )
    for word in owners.split()
}  # fmt: skip
"""Words for whose it is, as pronouns."""
_FIRMS = words("plc ltd inc gmbh ag llc")
_OWN = words("own", "eigene eigenen eigener eigenes", "propio propia propios propias")
_VOICES = words("spokesman spokeswoman spokesperson", "sprecher sprecherin", "portavoz")
"""Those who speak for whose they are, where they have no name."""
IS_TIME = re.compile(r"(?:year|month|week|day|today|yesterday|spring|summer|autumn|winter)s?[’']")
"""“last year’s survey” is nobody's."""
_BY = words("by")
_TOLD_ARTICLES = words("der dem dieser diesem")
_GERMAN_PLACES = words("im am unter nach seit mit aus bei")
_ROLE_AND_NAME, _NAMES = 3, 2
ROLE = re.compile(r"\w{4}(?:in|er|or|eur|ist|oge|logen|ologin|ekt|sident|om|omen)$")
"""German roles before a name: “Sprecher Willi Kranich”, “Bürgermeisterin Swantje Kolb”."""
_READ = words("seen obtained reviewed leaked quoted cited")
"""Participles before who did not write it: “minutes seen by the magazine”."""
_CLAUSES = words("having whether to")
_SAID = words("said says told tells")
TITLED = words("titled entitled called headed", "namens", "titulado titulada llamado")
_NAMING = words("published released issued", "mit")
_TOLD = OUTLET_WORDS - WRITERS


def name_of(noun: Sequence[Word]) -> str | None:
    """A noun as a speaker's name, a pronoun as it stands; None where it names nobody."""
    noun = _cut(_cut(noun, _READ), TITLED)
    is_voice = len(noun) == 2 and noun[1].low in _VOICES
    is_own = len(noun) > 1 and (noun[1].low in _OWN or is_voice or any(one.is_document for one in noun))
    if is_own and noun[0].low in OWNERS:
        return OWNERS[noun[0].low]  # “his own filing”, “its annual report”
    is_definite = bool(noun) and noun[0].plain in DETERMINERS
    noun = _without_place(_bare(_first_of(_cut(_holder_in(noun) or noun, _NAMING))))
    if noun and noun[-1].low in PRONOUNS and not noun[-1].is_owner:
        return noun[-1].text
    if not _can_be_named(noun):
        return None
    if person := _titled_in(noun) or _member_in(noun) or _person_in(noun):
        noun = person
    elif len(noun) > 1 and noun[0].low in _KINDS and noun[1].is_capital:
        noun = noun[1:]  # “the agency Coastwire”
    elif noun[0].low.endswith("ing") and not noun[0].is_name and not is_definite:
        return None  # “citing pressure”
    text = " ".join(one.text for one in noun)
    return text if any(c.isalpha() for c in text) else None


def is_role(noun: Sequence[Word]) -> bool:
    """“a spokesman for the board”, which a name follows: “Piers Lathom”."""
    bare = [one for one in noun if one.plain not in DETERMINERS]
    if not bare or any(one.is_document or one.low in _TOLD for one in bare) or _person_in(noun):
        return False
    is_german = len(bare) == 1 and noun[0].low in words("der die deren dessen ihr ihre sein seine")
    return is_german or not (bare[0].is_capital and bare[-1].is_capital)


def is_name(noun: Sequence[Word]) -> bool:
    """Whether all of it is a name: “the hydrologist” is none."""
    fits = (
        one.is_capital or one.low in _FIRMS or one.plain in CONNECTORS | DETERMINERS or one.low in TITLES
        for one in noun
    )
    return any(one.is_capital for one in noun) and all(fits) and noun[0].plain not in OF


def _cut(noun: Sequence[Word], participles: frozenset[str]) -> Sequence[Word]:
    """Without what a participle says more about it: “a piece | titled The …”, “minutes | seen by …”"""
    for i in range(1, len(noun) - 1):
        after = noun[i + 1]
        if noun[i].low in participles and (after.is_capital or after.plain in PREPOSITIONS | OF | DETERMINERS):
            return noun[:i]
    return noun


def _first_of(noun: Sequence[Word]) -> Sequence[Word]:
    """Without a title (“the linked piece | A Chamber of Echoes”) or a date (“its release | of 3 April 2025”)."""
    for i, this in enumerate(noun[:-1]):
        after = noun[i + 1]
        if this.low in _TOLD and not this.is_name and after.is_name:
            return noun[: i + 1]
        if i and this.plain in OF and (after.is_number or after.low in MONTHS):
            return noun[:i]
    return noun


def _without_place(noun: Sequence[Word]) -> Sequence[Word]:
    """Without what says where or when: “hamlet of Oxney | under two parishes”, not “Commission on Housing”."""
    for i in range(1, len(noun) - 1):
        is_in_name = noun[i + 1].is_capital and noun[i].low not in _GERMAN_PLACES
        is_place = noun[i].plain in (PREPOSITIONS - CONNECTORS - OF) | _GERMAN_PLACES
        is_told = i == _NAMES and noun[i].low in _TOLD_ARTICLES and _are_names(noun[:i])
        if is_told or (is_place and noun[i - 1].is_name and not is_in_name):
            return noun[:i]
    return noun


def _are_names(noun: Sequence[Word]) -> bool:
    """“Ilse Brandt | der Kammer”, not “Sprecherin | der Kammer”."""
    return all(one.is_capital and not (is_body(one.text) or one.is_document or ROLE.search(one.low)) for one in noun)


def _bare(noun: Sequence[Word]) -> Sequence[Word]:
    """Without articles and titles before it."""
    while noun and (noun[0].plain in DETERMINERS or noun[0].low in TITLES | SAME_WORK or noun[0].text.isdigit()):
        after = noun[1:]
        noun = [_nominative(after[0]), *after[1:]] if noun[0].low == "des" and after else after
    while len(noun) > 1 and noun[-1].plain in AUXILIARIES:
        noun = noun[:-1]  # “the fund | itself”
    return noun


def _nominative(genitive: Word) -> Word:
    """“des Landesamtes” → Landesamt"""
    text = genitive.text
    if re.search(r"[tdkfgbszß]es$", text):
        text = text[:-2]
    elif re.search(r"[^s]s$", text):
        text = text[:-1]
    return word(text)


def _can_be_named(noun: Sequence[Word]) -> bool:
    if not noun or len(noun) > LONGEST or noun[0].low in NOBODY:
        return False
    if noun[0].plain in CLAUSE | PREPOSITIONS | OPENINGS | AUXILIARIES | OF | MONTHS:
        return False
    if all(one.low in MONTHS for one in noun) or noun[-1].low in NUMBER_WORDS:
        return False
    if any(one.low in _CLAUSES or _is_doing(noun, i) for i, one in enumerate(noun) if i):
        return False
    return not any(one.plain in FINITE or (one.is_number and not _is_numbered(noun, i)) for i, one in enumerate(noun))


def _is_doing(noun: Sequence[Word], at: int) -> bool:
    """“minister | asked the board”, “the firm | lied”, not “a man | named Ash”, not “the retired engineer”."""
    after = noun[at + 1] if at + 1 < len(noun) else None
    is_past = re.search(r"\w{3}ed$", noun[at].plain) is not None or noun[at].plain in _SAID
    return is_past and (after is None or after.plain in DETERMINERS | PRONOUNS.keys())


def _is_numbered(noun: Sequence[Word], at: int) -> bool:
    """“Local 88”, not “March 14”."""
    return at > 0 and noun[at - 1].is_name and noun[at - 1].low not in MONTHS and at == len(noun) - 1


def _holder_in(noun: Sequence[Word]) -> Sequence[Word]:
    """“a study by the Holm Institute” → the Holm Institute; “the board’s figures” → the board."""
    at = next((i for i, one in enumerate(noun) if one.is_document), None)
    return next(_holders(noun, at), ()) if at is not None else ()


def _holders(noun: Sequence[Word], at: int) -> Iterator[Sequence[Word]]:
    """Who owns it, who it is by, whose it is: “a study of the aquifer | by the Institute”."""
    for i in range(at - 1, -1, -1):
        if noun[i].is_owner and not IS_TIME.match(noun[i].low):
            yield [*noun[:i], word(re.sub(r"(?:[’']s|[’'])$", "", noun[i].text))]
    after_it = range(at + 1, len(noun) - 1)
    for i in sorted(after_it, key=lambda i: noun[i].plain not in _BY):
        after = noun[i + 1]
        is_in_name = noun[i].plain == "of" and noun[i - 1].is_name  # “sent to the Ministry | of Works”
        if noun[i].plain in OF and not (after.is_number or after.low in MONTHS or is_in_name):
            held = noun[i if noun[i].low in {"des", "der"} else i + 1 :]
            stop = (j for j, one in enumerate(held) if j > 1 and one.plain in PREPOSITIONS - OF)
            yield held[: next(stop, len(held))]


def _member_in(noun: Sequence[Word]) -> Sequence[Word]:
    """The person at a noun's beginning: “Nora Lindqvist | of the consumer group Plain Terms”."""
    at = next((i for i, one in enumerate(noun) if not one.is_capital), 0)
    is_of = at > 1 and len(noun) > at + 2 and noun[at].plain in OF and noun[at + 1].plain in DETERMINERS
    return noun[:at] if is_of and not noun[at + 2].is_capital else ()


def _titled_in(noun: Sequence[Word]) -> Sequence[Word]:
    """The person after a role and perhaps a title: “Wildbiologe Prof. | Endrik Saalow | von der Hochschule”."""
    end = next((i for i, one in enumerate(noun) if not one.is_capital), len(noun))
    title = max((i for i in range(1, end) if noun[i].low in TITLES), default=0)
    if title:
        return noun[title + 1 : end] if end - title > 2 else ()
    is_role = end == _ROLE_AND_NAME and ROLE.search(noun[0].low) is not None and not is_body(noun[0].text)
    return noun[1:end] if is_role and (end == len(noun) or noun[end].plain in OF) else ()


def _person_in(noun: Sequence[Word]) -> Sequence[Word]:
    """The person at a noun's end: “the economist | Lotte Braam”."""
    start = len(noun)
    while start > 0 and noun[start - 1].is_capital and noun[start - 1].plain not in CONNECTORS:
        start -= 1
    if start == 0 or len(noun) - start < 2 or noun[start - 1].is_capital:
        return ()
    return () if noun[start - 1].plain in CONNECTORS | OF | DETERMINERS | PREPOSITIONS else noun[start:]
