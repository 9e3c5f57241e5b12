"""Who is said to say it: the speakers of a statement, innermost first. Takes names as they stand; guesses none.

A verb of saying has its subject before it (“the board said”, “Marsh, its clerk, said”) or after it (“…”, said the
board); words such as “according to” have theirs after them. What stands in quotation marks or brackets names nobody:
it is part of what is said.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.core.intake.numbers import NUMBER_WORDS
from bot.core.intake.speech.finders import Find, finds_in
from bot.core.intake.speech.names import ITS, name_of
from bot.core.intake.speech.nouns import noun_after
from bot.core.intake.speech.sentence import Word, low_at, words_of
from bot.core.intake.speech.verbs import NARRATES, OF_TEXTS, SAYS
from bot.core.intake.words import (
    AUXILIARIES,
    DETERMINERS,
    DOCUMENTS,
    OPENINGS,
    OUTLET_WORDS,
    PRONOUNS,
    SAME_WORK,
    WRITERS,
)

_MOST, _EARLY, _SHORT, _OPENING = 3, 6, 3, 14


_IS_BODY = re.compile(
    r"(?:board|council|ministry|court|union|league|institute|university|commission|authority|office|agency|association|bank|group|"
    r"company|party|committee|federation|society|fund|trust|service|inspectorate|police|government|parliament|club|foundation|"
    r"amt|verband|ministerium|gericht|institut|kammer|bund|rat|bank|gruppe|universität|review|gazette|post|ledger|times|herald|courier|AG|GmbH|Ltd|Co)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Last:
    """Who was named before a sentence: the last person, and the body that spoke in the sentence before."""

    person: str | None = None
    thing: str | None = None


def named_last(sentence: str, speakers: Sequence[str], outlet: str | None, last: Last) -> Last:
    """Who is named last, after a sentence with these speakers."""
    others = [name for name in speakers if name != outlet]
    first = _first_name(words_of(sentence))
    person = next((name for name in (*others[:1], first) if name and _is_person(name)), last.person)
    return Last(person if person != outlet else last.person, others[0] if others else None)


def _is_person(name: str) -> bool:
    """Two or three words with capitals, none of them a small one: no “Harbour Board of Lund”."""
    parts = name.split()
    if parts[0].lower() in NUMBER_WORDS or parts[0].lower() in DETERMINERS:
        return False
    return len(parts) in {2, 3} and all(part[:1].isupper() for part in parts) and not _IS_BODY.search(name)


def speakers_in(
    sentence: str, outlet: str | None = None, last: Last | None = None, apart: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """The speakers of a sentence, at most three. `outlet` is the publication that is summarised: it counts only where
    nobody else is named. `last` is who spoke or was named before, for a pronoun. `apart` are words that elsewhere mean
    the outlet's work, and here another's: an inquiry's report.
    """
    found: list[str] = []
    said = words_of(sentence)
    known, finds = last or Last(), list(finds_in(said))
    himself = _first_name(said)
    for find in sorted(finds, key=lambda find: find.order):
        name: str | None = find.name
        if find.name.lower().startswith("same ") and find.name.split()[-1].lower() in DOCUMENTS:
            name = known.thing or find.name  # “the same report”
        elif find.name == ITS:
            name = himself or known.thing or outlet
        elif (kind := PRONOUNS.get(find.name.lower())) is not None:
            before = next((one.name for one in reversed(finds) if one.at < find.at and not _is_pronoun(one)), None)
            who = before or (himself if find.is_beside or find.inner else None) or known.person or known.thing or outlet
            thing = before or (None if find.verb in OF_TEXTS else known.thing) or outlet
            name = thing if kind == "thing" else who
        if name and name.lower() not in apart and is_outlet(name, outlet):
            name = outlet or (name if name.lower() in WRITERS else None)
        if name and not any(name in other for other in found):
            found.append(name)
    if not found and outlet and _narrates(said, outlet):
        found.append(outlet)
    others = [name for name in found if name != outlet]
    if outlet in found and all(not find.has_clause for find in finds if not is_outlet(find.name, outlet)):
        return (outlet,) if outlet else ()  # “the company promised a smelter, the article reports”
    return tuple((others or found)[:_MOST])


def _is_pronoun(find: Find) -> bool:
    return find.name == ITS or find.name.lower() in PRONOUNS


def is_outlet(name: str, outlet: str | None) -> bool:
    """Whether a name is the publication that is summarised: “the article”, “an older Courier investigation”."""
    named = name.lower().split()
    is_work = named[-1] in OUTLET_WORDS or named[0] in OUTLET_WORDS
    if is_work and all(word.strip("’s'") in OUTLET_WORDS for word in named):
        return True
    if not outlet:
        return False
    initials = "".join(word[0] for word in outlet.split() if word[:1].isupper())
    known = {initials.lower(), *(word for word in outlet.lower().split() if len(word) > _SHORT)}
    if is_work and (
        known.intersection(named)
        or known.intersection(word.removesuffix("s") for word in named)
        or all(word in OUTLET_WORDS | SAME_WORK for word in named)
    ):
        return True
    short, whole = name.casefold(), outlet.casefold()
    return len(short) > 2 and (short in whole or whole in short or name == initials)


def _first_name(said: Sequence[Word]) -> str | None:
    """The person that a sentence begins with."""
    noun = noun_after(said, 0)
    return name_of(noun) if sum(word.is_capital for word in noun) > 1 else None


def _narrates(said: Sequence[Word], outlet: str | None) -> bool:
    """“The article points to …”, “It also highlights …”, “En él se afirma …”, “…, the author reaches back to …”"""
    starts = (i for i, word in enumerate(said) if word.is_word and word.plain not in OPENINGS | DETERMINERS)
    first = next(starts, None)
    if first is None:
        return False
    head = [word.low for word in said[first : first + _EARLY]]
    if head[0] in OUTLET_WORDS or (head[0] in NARRATES and not any(word.plain in DETERMINERS for word in said[:first])):
        return True  # “También señala …”
    colon = next((k for k, word in enumerate(said[:_OPENING]) if word.text == ":"), 0)
    if any(word.low in OUTLET_WORDS for word in said[:colon]):
        return True  # “The balance drawn up in the essay is bleak: …”
    if outlet and said[first].is_capital and is_outlet(said[first].text, outlet):
        return any(low in NARRATES for low in head)  # “The Observer traces …”
    for k, (word, after) in enumerate(pairwise(said)):
        if word.low in {"the", "this"} and after.low in OUTLET_WORDS and low_at(said, k - 1) in {"", ","}:
            return True
    if head[0] in {"en", "in"}:
        return any(low in NARRATES | SAYS for low in head[1:])
    it = next((k for k, word in enumerate(said[: first + _EARLY]) if word.low == "it"), len(said))
    verb = next((word.low for word in said[it + 1 :] if word.is_word and word.plain not in AUXILIARIES), "")
    return verb in NARRATES | SAYS or _asserts(said)


def _asserts(said: Sequence[Word]) -> bool:
    """“On the last point the author gets carried away, asserting that …”"""
    at = next((i for i, word in enumerate(said) if word.low in OUTLET_WORDS), len(said))
    tells = any(word.low.endswith("ing") and after.low == "that" for word, after in pairwise(said))
    return at < _EARLY and (tells or any(word.plain in NARRATES for word in said[at + 1 : at + 4]))
