"""Who is said to say it: the speakers of a statement, innermost first. Takes names as they stand.

A verb of saying has its subject before it (“the board said”, “Marsh, its clerk, said”) or after it (“…”, said the
board); words such as “according to” have theirs after them. What stands in quotation marks or brackets names nobody:
it is part of what is said.
"""

from collections.abc import Sequence
from itertools import pairwise

from bot.core.intake.speech.bodies import is_body
from bot.core.intake.speech.find import Find
from bot.core.intake.speech.finders import finds_in
from bot.core.intake.speech.known import Last, body_in, may_mean
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
    PREPOSITIONS,
    PRONOUNS,
    SAME_WORK,
    WRITERS,
    words,
)

_AT = words("at", "bei")
_HENCE = words("demnach")
_GENDERED = words("he she")
_DIES = words(
    "died dies dead drowned killed murdered perished",
    "starb gestorben ertrank getötet",
    "murió muerto muerta ahogó falleció",
)
_OWNED_BY = {"she": words("her"), "he": words("his")}
_SHOWS = words("show shows showed reveal revealed prove proved list record recorded document suggest suggested")
_MOST, _EARLIEST, _EARLY, _SHORT, _OPENING, _SHORTEST_PART = 3, 2, 6, 3, 14, 4


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
    for find in sorted(finds, key=lambda find: find.order):
        own = _of_outlet(find, said, known, outlet) if _is_pronoun(find) else find.name
        name = _who(find, said, finds, known) or own
        if name and name.lower() not in apart and is_outlet(name, outlet):
            name = outlet or (name if name.lower() in WRITERS else None)
        if name and not any(name in other for other in found):
            found.append(name)
    if not found and known.thing and any(word.low in _HENCE for word in said):
        found.append(known.thing)  # “Demnach überwies das Land …”
    if not found and known.author and _tells(said, known.author):
        found.append(known.author)
    if not found and (author := _named_author(said)):
        found.append(author)
    if not found and outlet and _narrates(said, outlet, known):
        found.append(outlet)
    others = [name for name in found if name != outlet]
    if outlet in found and all(not find.has_clause for find in finds if not is_outlet(find.name, outlet)):
        return (outlet,) if outlet else ()  # “the company promised a smelter, the article reports”
    return tuple((others or found)[:_MOST])


def _who(find: Find, said: Sequence[Word], finds: Sequence[Find], known: Last) -> str | None:
    """Whom a find means that is no name: “its report”, “the same report”, “she”; nobody where it says it itself."""
    low = find.name.lower()
    if low.startswith("same ") and low.split()[-1] in DOCUMENTS:
        return known.thing
    if find.name == ITS:
        return _first_name(said) or _at_whose(said) or body_in(said) or known.body()
    if find.inner and low in DOCUMENTS:
        return body_in([word for word in said if word.plain not in OPENINGS])
    return _meant(find, said, finds, known) if low in PRONOUNS else None


def _meant(find: Find, said: Sequence[Word], finds: Sequence[Find], known: Last) -> str | None:
    """Whom a pronoun means: who was named before it in the sentence, or before the sentence."""
    pronoun, himself = find.name.lower(), _first_name(said)
    kind = PRONOUNS[pronoun]
    earlier = [one.name for one in finds if one.at < find.at and not _is_pronoun(one)]
    if kind == "thing":
        is_text = find.verb in OF_TEXTS and (find.at > _EARLIEST or low_at(said, find.at + 1) != "out")
        return (earlier[-1] if earlier else None) or (None if is_text else known.thing)
    if pronoun in _GENDERED:
        earlier = [name for name in earlier if not is_body(name)]
    if pronoun in _GENDERED and any(word.low in WRITERS for word in said[: find.at]):
        return known.author  # “The writer leaves no doubt that she blames …”
    is_inserted = low_at(said, find.at - 1) == pronoun and low_at(said, find.at - 2) == ","
    is_spoken_of = any(word.low in _DIES for word in said) or _is_relative(said, pronoun)
    if (
        pronoun in _GENDERED
        and is_inserted
        and not (earlier or is_spoken_of)
        and himself
        and may_mean(pronoun, himself)
    ):
        return himself  # “Joy Abara learnt of it, she says, from the radio”
    if (
        pronoun == "ellos"
        and not (earlier or is_spoken_of)
        and himself
        and _stands_alone(said, find.at)
        and may_mean(pronoun, himself)
    ):
        return himself  # “Blas Otamendi comparte un piso por el que pagan, asegura, 1.300 euros”
    before = (earlier[-1] if earlier else None) or (himself if find.is_beside or find.inner else None)
    if before or pronoun in _GENDERED:
        return before or known.person(pronoun) or known.thing
    is_many = pronoun == "they" or (pronoun == "sie" and find.verb.endswith("n"))
    return (known.document if find.verb in _SHOWS else None) or known.meant(pronoun, is_many=is_many)


def _is_relative(said: Sequence[Word], pronoun: str) -> bool:
    """“Her colleague Tam Willick, she says, …”, “Tina Orso, her sister, drowned, she says”: somebody else than she."""
    owned = _OWNED_BY.get(pronoun, frozenset())
    return said[0].low in owned or any(
        word.text == "," and after.low in owned for word, after in pairwise(said[:_OPENING])
    )


def _stands_alone(said: Sequence[Word], i: int) -> bool:
    return low_at(said, i - 1) == "," and low_at(said, i + 1) == ","


def _of_outlet(find: Find, said: Sequence[Word], known: Last, outlet: str | None) -> str | None:
    """The publication, where a pronoun means nobody named: if the sentence before was about it, or a text does so, or
    it is inserted: “The Tribunal, it reports, has postponed it.”
    """
    is_inserted = low_at(said, find.at - 1) == "it" and low_at(said, find.at - 2) == ","
    return outlet if known.is_outlet_nearer or find.verb in OF_TEXTS or not known.has_begun or is_inserted else None


def _is_pronoun(find: Find) -> bool:
    return find.name == ITS or find.name.lower() in PRONOUNS


def is_outlet(name: str, outlet: str | None) -> bool:
    """Whether a name is the publication that is summarised: “the article”, “an older Courier investigation”."""
    named = name.lower().split()
    if outlet and named == ["leader"]:
        return True  # where a page calls no article so, it stands `apart`
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
    is_part = short in whole.split() or (len(short) > _SHORTEST_PART and short in whole)  # not “Land” of “Island Post”
    return len(short) > 2 and (is_part or whole in short or name == initials)


def _first_name(said: Sequence[Word]) -> str | None:
    """The person or body that a sentence begins with: “ISTA carried out 1,906 tests”."""
    said = said[next((i for i, word in enumerate(said) if word.low not in OPENINGS), 0) :]
    if not said or said[0].low in PREPOSITIONS:
        return None
    if len(said[0].text) > 1 and said[0].text.isupper():
        return said[0].text
    noun = noun_after(said, 0)
    return name_of(noun) if sum(word.is_capital for word in noun) > 1 else None


def _at_whose(said: Sequence[Word]) -> str | None:
    """“At | the waste company Islerecover, | fires have fallen, according to its report”"""
    noun = noun_after(said, 1) if said[0].low in _AT else ()
    is_body = len(noun) > 1 and noun[0].plain in DETERMINERS and any(word.is_name for word in noun)
    return name_of(noun) if is_body and low_at(said, len(noun) + 1) == "," else None


def _named_author(said: Sequence[Word]) -> str | None:
    """“The author, | Delphine Okoro-Hay, | traces the trouble to …”"""
    at = next((i for i, word in enumerate(said[:_SHORT]) if word.low in WRITERS), None)
    if at is None or low_at(said, at + 1) != ",":
        return None
    end = next((i for i in range(at + 2, len(said)) if not said[i].is_word), len(said))
    name = said[at + 2 : end]
    tells = low_at(said, end) == "," and low_at(said, end + 1) in NARRATES
    return name_of(name) if tells and len(name) > 1 and all(word.is_capital for word in name) else None


def _tells(said: Sequence[Word], author: str) -> bool:
    """“Orme closes with a woman who has been living in a caravan for 13 months”"""
    surname = author.rsplit(maxsplit=1)[-1]
    at = next((i for i, word in enumerate(said[:_SHORT]) if word.text == surname), None)
    return at is not None and low_at(said, at + 1) in NARRATES


def _narrates(said: Sequence[Word], outlet: str | None, known: Last) -> bool:
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
    is_near = known.is_outlet_nearer or not known.has_begun or verb in OF_TEXTS or low_at(said, it - 1) == ","
    return (is_near and verb in NARRATES | SAYS) or _asserts(said)


def _asserts(said: Sequence[Word]) -> bool:
    """“On the last point the author gets carried away, asserting that …”"""
    at = next((i for i, word in enumerate(said) if word.low in OUTLET_WORDS), len(said))
    tells = any(word.low.endswith("ing") and after.low == "that" for word, after in pairwise(said))
    return at < _EARLY and (tells or any(word.plain in NARRATES for word in said[at + 1 : at + 4]))
