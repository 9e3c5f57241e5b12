"""Who was named before a sentence, and whom a pronoun in it means: the nearest that it fits, or who surely does.

What a sentence is about is nearer than what else it names, and who spoke in it is nearest. Whether somebody is a woman
is taken from titles, roles and pronouns of the text; where they do not say it, from how a first name ends.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from bot.core.intake.numbers import NUMBER_WORDS
from bot.core.intake.speech.bodies import is_body
from bot.core.intake.speech.names import ROLE, name_of
from bot.core.intake.speech.nouns import noun_after
from bot.core.intake.speech.sentence import Word, low_at, words_of
from bot.core.intake.speech.verbs import SAYS
from bot.core.intake.words import (
    BEING,
    CLAUSE,
    CONNECTORS,
    DETERMINERS,
    MONTHS,
    OF,
    OPENINGS,
    OUTLET_WORDS,
    PREPOSITIONS,
    PRONOUNS,
    WRITERS,
    words,
)

_MOST, _FEWEST, _LONGEST = 12, 2, 3
_SURE, _LIKELY, _NEAR, _HEAD, _RECENT = 2, 1, 8, 6, 1
_WOMEN = words(
    "mrs ms miss dame lady madam spokeswoman chairwoman councilwoman businesswoman sister mother widow queen",
    "frau",
    "sra doña señora",
)
_MEN = words(
    "mr sir lord spokesman chairman councilman businessman brother father widower king", "herr", "sr don señor"
)
_TITLES = _WOMEN | _MEN | words("dr dra prof professor captain colonel general judge mayor reverend")
_WHOSE = words("his her their")
_WIVES = words("daughter wife mother sister widow niece aunt girlfriend")
_HUSBANDS = words("son husband father brother widower nephew uncle boyfriend")
_BIDS = words("take consider meet enter ask imagine")
"""“Take | Joanna Prewitt”"""
_SHE, _HE = words("she her herself hers ella"), words("he his him himself er él")
_FEMININE, _MASCULINE = words("die la"), words("der dem des el")
_FEMALE_ROLE = re.compile(r"\w{3}in$")
_BEFORE_NAMES = words("by von por")
_OWNER = re.compile(r"[’']s?$")
_GERMAN = words("der die das und ist nicht ein eine den dem im für auf wie")
_AUTHORS = WRITERS | words("autorin reporterin")
_BY = words("by von por de")
_KEPT = words("log logs files file list lists ledgers minutes e-mails emails documents logbooks accounts receipts")


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with a name. `is_woman`: above 0 a woman, below a man, the farther the surer; `age`: sentences ago."""

    name: str
    is_woman: int = 0
    age: int = 0


@dataclass(frozen=True, slots=True)
class Last:
    """Who was named before a sentence: people and a body, the nearest first, and a document."""

    people: tuple[Person, ...] = ()
    thing: str | None = None
    document: str | None = None
    is_thing_nearer: bool = False
    """Whether the sentence before was about a body."""
    is_outlet_nearer: bool = False
    """Whether it told what the publication does that is summarised."""
    author: str | None = None
    """Who wrote it."""
    is_author_nearer: bool = False
    has_begun: bool = False
    """Whether any sentence stood before."""

    def person(self, pronoun: str = "") -> str | None:
        """Whom a pronoun means, if a person."""
        if self.is_author_nearer and self.author:
            return self.author
        sign = 1 if pronoun in _SHE else -1 if pronoun in _HE else 0
        fitting = [one for one in self.people if one.is_woman * sign >= 0]
        near = (one.name for one in fitting if one.age <= _RECENT or not sign)
        sure = (one.name for one in fitting if one.is_woman * sign >= _SURE)
        who = next(near, None) or next(sure, None) or next((one.name for one in fitting), None)
        return who or next((one.name for one in self.people if abs(one.is_woman) < _SURE), None)

    def body(self) -> str | None:
        """What “its” means: a body, or who may be one."""
        maybe = next((one.name for one in self.people[:1] if not one.age and not one.is_woman), None)
        return self.thing or maybe

    def meant(self, pronoun: str, *, is_many: bool = False) -> str | None:
        """Whom a pronoun means, person or body, where its kind does not say which; several are no single person."""
        if self.is_outlet_nearer:
            return None
        if is_many:
            return self.thing if self.thing and (self.thing.endswith("s") or " and " in self.thing) else None
        return (self.thing if self.is_thing_nearer else None) or self.person(pronoun) or self.thing


def named_last(sentence: str, speakers: Sequence[str], outlet: str | None, last: Last) -> Last:
    """Who is named last, after a sentence with these speakers."""
    said = words_of(sentence, are_names_kept=False)
    others = [name for name in speakers if name != outlet]
    named = [*_relatives_in(said), *_people_in(said, last.people)]
    first = _known(others[0], [*named, *last.people]) if others else None
    first = replace(first, age=0) if first else None
    older = [replace(one, age=one.age + 1) for one in last.people]
    nearest = [one for one in _merged([*([first] if first else []), *named], older) if one.name != outlet]
    body = next((name for name in others if first is None or name != others[0]), None)
    is_about_person = bool(named) and _starts_with(said, named[0])
    body = body or (None if is_about_person else body_in(said))
    is_nearer = first is None and body is not None and not is_about_person
    thing = body or next(iter(others), None)
    is_outlet = not others and outlet in speakers and body is None
    author = last.author or _author_in(said, named)
    is_author = is_outlet and not named and any(word.low in _AUTHORS for word in said[:_HEAD])
    return Last(
        tuple(nearest[:_MOST]), thing, _document_in(said), is_nearer, is_outlet, author, is_author, has_begun=True
    )


def _relatives_in(said: Sequence[Word]) -> Iterator[Person]:
    """“His daughter found 40 letters.”: somebody without a name whom “she” may mean next."""
    is_somebody = len(said) > 2 and said[0].low in _WHOSE and not (said[1].is_capital or said[1].is_document)
    if is_somebody and said[1].low in _WIVES | _HUSBANDS:
        yield Person(said[1].text, _SURE if said[1].low in _WIVES else -_SURE)


def _author_in(said: Sequence[Word], named: Sequence[Person]) -> str | None:
    """“the reporter Imke Sallow”, “a piece by Imke Sallow”"""
    for person in named:
        first = person.name.split()[0]
        at = next((i for i, word in enumerate(said) if word.text == first), 0)
        is_by = low_at(said, at - 1) in _BY and any(word.low in OUTLET_WORDS for word in said[max(0, at - _NEAR) : at])
        owner = next((i for i in range(at, min(at + _LONGEST, len(said))) if said[i].is_owner), None)
        after = said[owner + 1 : owner + _LONGEST] if owner is not None else ()
        is_its = any(word.is_quote or word.low in OUTLET_WORDS for word in after)
        if is_by or is_its or any(word.low in _AUTHORS for word in said[max(0, at - 2) : at]):
            return person.name
    return None


def is_person(name: str) -> bool:
    """Two or three words with capitals, none of them a small one: no “Harbour Board of Lund”."""
    parts = name.split()
    if parts[0].lower() in NUMBER_WORDS or parts[0].lower() in DETERMINERS:
        return False
    is_short = _FEWEST <= len(parts) <= _LONGEST
    return is_short and all(part[:1].isupper() for part in parts) and not is_body(name)


def _known(name: str, people: Sequence[Person]) -> Person | None:
    """The person of that name; nobody, where it is a body's."""
    there = next((one for one in people if _are_same(one.name, name)), None)
    is_name = is_person(name) or (name.isalpha() and name.istitle() and not is_body(name))
    return there or (Person(name, _by_first_name(name)) if is_name else None)


def _are_same(one: str, other: str) -> bool:
    """“Farrant” and “Ilona Farrant”, not “Ilona Farrant” and “Neil Farrant”."""
    return one.rsplit(maxsplit=1)[-1] == other.rsplit(maxsplit=1)[-1] and (one in other or other in one)


def _merged(named: Sequence[Person], known: Sequence[Person]) -> list[Person]:
    """Those named now before those known, each once, with what is known of them."""
    found: list[Person] = []
    for one in (*named, *known):
        at = next((i for i, there in enumerate(found) if _are_same(there.name, one.name)), None)
        if at is None:
            found.append(one)
        else:
            surest = max(found[at], one, key=lambda person: abs(person.is_woman))
            longest = max(found[at], one, key=lambda person: len(person.name))
            found[at] = Person(longest.name, surest.is_woman, found[at].age)
    return found


def _people_in(said: Sequence[Word], known: Sequence[Person]) -> Iterator[Person]:
    found = [person for person in (_person_at(said, *run, known) for run in _runs(said)) if person]
    if len({one.name for one in found}) == 1:
        woman = _by_pronoun(said, found[0])
        found = [replace(one, is_woman=woman if abs(woman) > abs(one.is_woman) else one.is_woman) for one in found]
    return iter(found)


def _by_pronoun(said: Sequence[Word], person: Person) -> int:
    """“Wendt is at her best”: the only person of a sentence, and a pronoun soon after the name."""
    surname = person.name.split()[-1]
    at = next((i for i, word in enumerate(said) if word.text.startswith(surname)), len(said))
    after = range(at + 1, min(at + 1 + _NEAR, len(said)))
    near = [said[i].low for i in after if said[i - 1].plain not in BEING]  # not “Ilona Farrant is his deputy”
    if any(low in _SHE for low in near) == any(low in _HE for low in near):
        return 0
    return _SURE if any(low in _SHE for low in near) else -_SURE


def _runs(said: Sequence[Word]) -> Iterator[tuple[int, int]]:
    """Where words with capitals stand side by side."""
    start = None
    for i, word in enumerate((*said, None)):
        fits = word is not None and word.is_word and word.is_capital and word.low not in OPENINGS | PRONOUNS.keys()
        fits = fits and word is not None and word.low not in DETERMINERS | PREPOSITIONS | CLAUSE
        if fits and start is None:
            start = i
        elif not fits and start is not None:
            yield start, i
            start = None
        if fits and word is not None and word.is_owner and start is not None:
            yield start, i + 1
            start = None


def _person_at(said: Sequence[Word], start: int, end: int, known: Sequence[Person]) -> Person | None:
    """The person whose name stands there, perhaps after a title or a role."""
    first = start + (start == 0 and said[0].low in _BIDS)
    title = max((i for i in range(start, end) if said[i].low in _TITLES), default=None)
    first = first if title is None else title + 1
    parts = [_OWNER.sub("", word.text) for word in said[first:end]]
    if not parts or len(parts) > _LONGEST + 1 or any(part.lower() in MONTHS | OUTLET_WORDS for part in parts):
        return None
    if len(parts) == 1:
        one = next((one for one in known if one.name.split()[-1] == parts[0]), None)
        one = one or (Person(parts[0]) if title is not None else None)
        return replace(one, is_woman=_by_role(said, start, first) or one.is_woman, age=0) if one else None
    before = low_at(said, first - 1)
    is_role = before in DETERMINERS or len(parts) > _LONGEST or ROLE.search(parts[0].lower())
    if has_role := bool(is_role) and len(parts) > _FEWEST:
        parts = parts[-_FEWEST:]  # “Die Ökonomin | Sabine Rehwald”
    name = " ".join(parts)
    is_introduced = title is not None or has_role or _may_be_named(said, first)
    if not is_introduced or not is_person(name) or before in NUMBER_WORDS or parts[0].lower() in NUMBER_WORDS:
        return None
    return Person(name, _by_role(said, start, end - len(parts)) or _by_first_name(name))


def _may_be_named(said: Sequence[Word], at: int) -> bool:
    """Whether a name may stand there without a role: no “40 Millionen Euro”, “in Port Hesper”, “the Free Front”."""
    before = said[at - 1] if at else None
    if before is None or not before.is_word:
        return True
    is_place = before.plain in (PREPOSITIONS | OF | CONNECTORS | DETERMINERS) - _BEFORE_NAMES
    # Where every noun has a capital, two side by side need be no name.
    is_german = any(word.plain in _GERMAN for word in said) and before.plain not in SAYS
    return not (before.is_number or is_place or is_german)


def _by_role(said: Sequence[Word], start: int, name: int) -> int:
    """“Ms | Farrant”, “die Ökonomin | Sabine Rehwald”, “el alcalde | Gonzalo Arrieta”"""
    near = [word.low for word in said[max(0, start - 2) : name]]
    if any(low in _WOMEN | _FEMININE for low in near) or (near and _FEMALE_ROLE.search(near[-1])):
        return _SURE
    return -_SURE if any(low in _MEN | _MASCULINE for low in near) else 0


def may_mean(pronoun: str, name: str) -> bool:
    """Whether “she” or “he” may be the person of that name, by how the first name ends."""
    sign = 1 if pronoun in _SHE else -1 if pronoun in _HE else 0
    return is_person(name) and _by_first_name(name) * sign >= 0


def _by_first_name(name: str) -> int:
    first = name.split(maxsplit=1)[0].lower()
    return _LIKELY if first.endswith("a") else -_LIKELY if first.endswith("o") else 0


def _starts_with(said: Sequence[Word], person: Person) -> bool:
    head = " ".join(word.text for word in said[:4])
    return person.name.split()[-1] in head


def body_in(said: Sequence[Word]) -> str | None:
    """The body that a sentence begins with: “The inquiry heard 203 witnesses.”"""
    noun = noun_after(said, 0)
    head = next((i for i, word in enumerate(said[:_HEAD]) if word.is_word and is_body(word.text)), None)
    if head is None or any(not word.is_word for word in said[:head]):
        return None
    goes_on = any(word.is_name for word in noun)
    name = name_of(noun) if goes_on else name_of(said[: head + 1])  # “The inquiry | heard 203 witnesses”
    return name if name and name.lower() not in PRONOUNS else None


def _document_in(said: Sequence[Word]) -> str | None:
    """“She obtained the entry statistics”, “180 pages of shift logs”"""
    at = next((i for i in range(len(said) - 1, -1, -1) if said[i].is_document or said[i].low in _KEPT), None)
    if at is None or low_at(said, at - 1) in PRONOUNS:
        return None
    start = at
    while start > 0 and said[start - 1].is_word and said[start - 1].plain not in DETERMINERS | OF | PREPOSITIONS:
        if said[start - 1].is_number or at - start > 1:
            break
        start -= 1
    return " ".join(word.text for word in said[start : at + 1])
