"""The noun before a verb, and the noun after it: which words of a sentence are somebody who can speak."""

import re
from collections.abc import Sequence

from bot.core.intake.numbers import NUMBER_WORDS
from bot.core.intake.speech.apposition import is_called, is_open, is_titled, names_it
from bot.core.intake.speech.names import LONGEST, TITLED, is_name, is_role, name_of
from bot.core.intake.speech.sentence import Word, low_at
from bot.core.intake.speech.verbs import SAYS, SAYS_IF
from bot.core.intake.words import (
    AUXILIARIES,
    CLAUSE,
    CONNECTORS,
    DETERMINERS,
    FINITE,
    OF,
    OPENINGS,
    OUTLET_WORDS,
    PREPOSITIONS,
    PRONOUNS,
    words,
)

_FARTHEST, _REACH, _MOST_INSERTED = 24, LONGEST + 3, 3
_OBJECTS = words("dem gegenüber")
"""German words that begin what a verb is done to: “zwei Angestellte | dem Portal bestätigten”."""
_RELATIVE = words("which who that", "que quien")
_TELLING = words("who which", "que quien")
_SOMEBODY = words("who quien")
_OBJECT_ARTICLES = words("die das den dem eine einen ein ihre ihren seine seinen", "el la los las un una")
_NOBODY = words("one man uno")
_CITES = words("cites quotes")
_WITH_PREPOSITION = words("al del")
_CLITICS = words("la lo los las le les se")
_ADVERBS = words("zudem außerdem ferner dagegen hingegen allerdings", "además asimismo luego después entonces")
_GERMAN_OBJECTS = words("die das den dem eine einen ein")
_GENITIVES = words("der des")
_AND = words("and", "und", "y e")
_BUT = words("but yet then", "aber", "pero")
_PARTICIPLE = re.compile(r"ed$|\w{3}[ai]d[oa]s?$|^(?:seen|held|kept|made|written|drawn|given|put|sent)$")
_DESCRIBES = re.compile(r"\w{3,}-")
"""“the state-owned operator”"""
_ASIDES = (("en", "cambio"), ("por", "su", "parte"), ("a", "su", "vez"), ("in", "turn"))
"""What may stand between a verb and its subject after it."""
_PAST = re.compile(r"\w{2}ed$|(?:[bdfghklmnpzß]|er|[äöüh]r)te(?:n|st)?$|(?:ó|aron|ieron)$")
"""Endings of verbs in the past: English, German, Spanish."""
_JOINING = CONNECTORS | OF | DETERMINERS


def noun_before(sentence: Sequence[Word], end: int) -> Sequence[Word]:
    """The subject that ends before `end`; insertions between it and the verb are passed."""
    before = low_at(sentence, end - 1)
    if before in _NOBODY:
        return sentence[end - 1 : end]  # “until one | remembers”
    if before in _RELATIVE:
        is_said = end > 1 and sentence[end - 2].plain in SAYS
        return () if is_said else _antecedent(sentence, end - 1)  # not “declaró que | había avisado”
    if before in _AND or (before in _BUT and low_at(sentence, end - 2) == ","):
        return first_noun(sentence, end)
    for _ in range(_MOST_INSERTED):
        if low_at(sentence, end - 1) != ",":
            break
        reach = range(end - 2, max(-1, end - _FARTHEST), -1)
        start = next((at for at in reach if sentence[at].text == ","), None)
        if start is None:
            return ()
        inserted, end = sentence[start + 1 : end - 1], start
        if (noun := _back(sentence, end)) and not _is_apposed(sentence, end, noun):
            if is_name(noun) and _is_title(sentence, end - len(noun)):
                end -= len(noun)  # “A study by the Centre, | Owners and Leaks, | published in May, found”
                continue
            if any(word.is_document for word in noun) and any(word.low == "by" for word in inserted[1:]):
                return [*noun, *inserted]  # “DNA tests, published by the Institute, show”
            return inserted if is_called(noun, inserted) else noun
    return _back(sentence, end)


def noun_apart(sentence: Sequence[Word], end: int) -> Sequence[Word]:
    """The subject that an insertion parts from the verb, at the beginning of a sentence or where a name is inserted."""
    commas = [at for at in range(max(0, end - _FARTHEST), end) if sentence[at].text == ","]
    if len(commas) < 2 or commas[-1] != end - 1:
        return ()
    start = commas[-2]
    inserted, before = sentence[start + 1 : end - 1], sentence[:start]
    noun = _back(sentence, start)
    if noun and is_called(noun, inserted):
        return inserted  # “…, a council inspector, Moira Tench, noted”
    is_relative = bool(inserted) and inserted[0].low in _TELLING  # “Quiroga, que ya ha cobrado el premio, niega”
    is_sentence = len(commas) > 2 or any(_is_verb(word) for word in (*before, *(() if is_relative else inserted)))
    return () if is_sentence or not before or before[0].plain in PREPOSITIONS | OF else noun


def _antecedent(sentence: Sequence[Word], end: int) -> Sequence[Word]:
    """“the institute, | which puts …”, “an older Courier investigation, The Plumber’s Ledger, | which …”"""
    end -= low_at(sentence, end - 1) == ","
    is_somebody = low_at(sentence, end) in _SOMEBODY or low_at(sentence, end + 1) in _SOMEBODY
    noun = _back(sentence, end) or (_name_ending(sentence, end) if is_somebody else ())
    noun = noun or _behind_preposition(sentence, end)
    if noun and not name_of(noun) and "who" in {low_at(sentence, end), low_at(sentence, end + 1)}:
        noun = next((noun[k:] for k in range(len(noun) - 1, 0, -1) if noun[k].plain in DETERMINERS), noun)
    comma = end - len(noun) - 1
    if noun and low_at(sentence, comma) == "," and _PARTICIPLE.search(noun[0].low) and not noun[0].is_capital:
        return _antecedent(sentence, comma)  # “un informe del Instituto, | fechado en marzo, | que halló”
    if noun and is_role(noun) and (_is_apposed(sentence, end, noun) or _is_bare_role(sentence, comma, noun)):
        start = last = end - len(noun) - 1
        while start > 0 and sentence[start - 1].is_capital:
            start -= 1
        if last - start > 1:
            return sentence[start:last]  # “Femi Adeyo, a geriatrician, | who …”
    owner = next((k for k, word in enumerate(noun) if word.is_owner), 0)
    noun = noun[max((k for k in range(owner) if noun[k].plain in DETERMINERS), default=0) :]
    at = end - len(noun) - 1
    start = at
    while start > 0 and sentence[start - 1].is_word:
        start -= 1
    named = sentence[start:at] if noun and at > 0 and sentence[at].text in {",", ":"} else ()
    is_titled = any(word.low in TITLED for word in noun)
    return _work_in(named) or (_work_in(noun) if is_titled else ()) or noun


def _name_ending(sentence: Sequence[Word], end: int) -> Sequence[Word]:
    """The name that ends there, also behind a preposition: “tabled by | Maud Tilney, | who told”."""
    start = end
    while start > 0 and sentence[start - 1].is_capital:
        start -= 1
    return sentence[start:end] if end - start > 1 else ()


def _is_bare_role(sentence: Sequence[Word], comma: int, noun: Sequence[Word]) -> bool:
    """“Berta Ocaranza, | presidenta de la Cámara, | que …”"""
    is_after_name = low_at(sentence, comma) == "," and comma > 1 and sentence[comma - 1].is_capital
    return is_after_name and not noun[0].is_capital and noun[0].plain not in DETERMINERS


def _behind_preposition(sentence: Sequence[Word], end: int) -> Sequence[Word]:
    """The document that stands behind a preposition there: “in | its report of 12 November, | which”."""
    start = end
    while start > 0 and end - start < _REACH and _may_belong(sentence, start - 1, end):
        start -= 1
    at = max((k + 1 for k in range(start, end) if sentence[k].plain in PREPOSITIONS), default=start)
    noun = sentence[at:end]
    return noun if any(word.is_document for word in noun) else ()


def _work_in(noun: Sequence[Word]) -> Sequence[Word]:
    """“links to | an older Courier investigation | titled The Plumber’s Ledger”"""
    work = max((k for k, word in enumerate(noun) if word.low in OUTLET_WORDS), default=-1)
    starts = (k + (noun[k].plain in PREPOSITIONS) for k in range(work) if noun[k].plain in DETERMINERS | PREPOSITIONS)
    return noun[max(starts, default=0) : work + 1] if work >= 0 else ()


def _is_title(sentence: Sequence[Word], start: int) -> bool:
    """Whether what stands there is the title of a document named right before it."""
    before = _back(sentence, start - 1) if low_at(sentence, start - 1) == "," else ()
    return any(word.is_document for word in before)


def _is_apposed(sentence: Sequence[Word], end: int, noun: Sequence[Word]) -> bool:
    """“Marsh, a doctor, who …, said”: whether a noun only says more about the one before it."""
    start = end - len(noun)
    return low_at(sentence, start - 1) == "," and noun[0].low in words("a an ein eine un una who")


def _back(sentence: Sequence[Word], end: int) -> Sequence[Word]:
    """The noun that ends there."""
    start = end
    while start > 0 and end - start < _REACH and _may_belong(sentence, start - 1, end):
        start -= 1
    before = sentence[start - 1].plain if start > 0 else ""
    if before in FINITE:  # “two councillors who asked not to be named | told”
        while start > 0 and sentence[start - 1].is_word and sentence[start - 1].plain not in _RELATIVE - {"that"}:
            start -= 1
        before = low_at(sentence, start - 1)
        if start <= 1 or not sentence[start - 1].is_word:
            return ()
    if start > 1 and before in _RELATIVE and sentence[start - 2].plain not in SAYS:
        at = start - 1 - (sentence[start - 2].text == ",")  # “an inspector who asked not to be named | said”
        is_subject = start < end and (
            sentence[start].plain in DETERMINERS
            or sentence[start].is_capital
            or sentence[start].low in PRONOUNS
            or sentence[end - 1].low.endswith("s")
        )
        if at and start < end and not is_subject and (noun := _back(sentence, at)):
            return noun  # but “which the piece | accuses of …”
    return _without_opening(sentence[start:end])


def _may_belong(sentence: Sequence[Word], at: int, end: int) -> bool:
    word = sentence[at]
    if not word.is_word or word.plain in FINITE | _CITES:
        return False
    if word.low in _AND:
        after = at + 1 + (at + 1 < end and sentence[at + 1].plain in DETERMINERS)
        return bool(at) and sentence[at - 1].is_capital and after < end and sentence[after].is_capital
    return word.plain not in CLAUSE


def _without_opening(noun: Sequence[Word]) -> Sequence[Word]:
    """Without what stands before the subject: “In its notice | the Bureau”, “Later | the board”."""
    while noun and noun[0].plain in OPENINGS | AUXILIARIES:
        noun = noun[1:]
    if not noun or noun[0].low in PRONOUNS:
        return noun[:1]
    noun = noun[: next((i for i, word in enumerate(noun) if i and word.plain in _OBJECTS), len(noun))]
    if noun[0].plain in PREPOSITIONS and noun[-1].low in PRONOUNS:
        return noun[-1:] if len(noun) > 2 else ()
    while len(noun) > 1 and noun[-1].plain in _CLITICS:
        noun = noun[:-1]  # “Tarsenia | la rechazó”
    joined = PREPOSITIONS | _JOINING
    articles = DETERMINERS - _WITH_PREPOSITION
    starts = [i for i in range(1, len(noun)) if noun[i].plain in articles and noun[i - 1].plain not in joined]
    if noun[0].plain in PREPOSITIONS:
        dated = [i for i in range(1, len(noun)) if noun[i - 1].is_year and noun[i].is_capital]
        return noun[(starts or dated)[-1] :] if starts or dated else ()
    if starts and noun[0].plain in DETERMINERS and noun[starts[0]].plain in _GERMAN_OBJECTS:
        return noun[: starts[0]]  # “was die Rundschau | ein Übel nennt”
    is_of = bool(starts) and noun[starts[0]].low in _GENITIVES and noun[0].is_capital  # “Kritiker | der Firma”
    if starts and noun[0].plain not in DETERMINERS and not noun[0].is_name and not is_of:
        return noun[starts[0] :]
    if starts and noun[starts[-1]].plain == "the":
        return noun[starts[-1] :]  # “a figure | the author dismisses”
    return noun


def first_noun(sentence: Sequence[Word], end: int) -> Sequence[Word]:
    """The subject of the clause that ends there: “The bureau examined the pipes and | found”."""
    start = end - 1
    while start > 0 and sentence[start - 1].text not in {";", ":"}:
        start -= 1
    stop = start
    while stop < end and sentence[stop].is_word and not (stop > start and _is_verb_here(sentence, stop)):
        stop += 1
    noun = sentence[start:stop]
    is_told = len(noun) > 1 and noun[1].low in OUTLET_WORDS
    noun = noun[:2] if is_told else _without_opening(noun)
    if stop == end or sentence[stop].text != ",":
        return noun if stop < end and sentence[stop].is_word else ()
    close = next((at for at in range(stop + 1, end) if sentence[at].text == ","), stop)
    inserted = sentence[stop + 1 : close]
    is_person = is_role(noun) and any(word.is_capital for word in inserted) and name_of(inserted)
    return (
        inserted if noun and (is_person or is_called(noun, inserted)) else noun
    )  # “its author, the hydrologist M. Toller, went”


def _is_verb_here(sentence: Sequence[Word], i: int) -> bool:
    """A verb, or a word on -s after a name: “Perpetua Rand | remains in office and maintains”."""
    word, at = sentence[i], i - 1
    at -= at > 0 and sentence[at].plain in OPENINGS
    before = sentence[at]
    is_after_name = at > 0 and before.is_name and not before.is_owner and sentence[at - 1].is_capital
    is_present = word.low.endswith("s") and not word.is_capital and word.plain not in _JOINING | PREPOSITIONS
    return _is_verb(word) or (is_after_name and is_present)


def _is_verb(word: Word) -> bool:
    is_form = word.plain in FINITE | SAYS or _PAST.search(word.low) is not None
    return is_form and not word.is_capital and _DESCRIBES.match(word.low) is None


def noun_after(sentence: Sequence[Word], start: int) -> Sequence[Word]:
    """The noun that begins at `start`."""
    while start < len(sentence) and sentence[start].plain in AUXILIARIES | _ADVERBS:
        start += 1
    asides = (
        len(aside) for aside in _ASIDES if tuple(one.low for one in sentence[start : start + len(aside)]) == aside
    )
    start += next(asides, 0)
    found: list[Word] = []
    has_name = False
    for at in range(start, min(len(sentence), start + _REACH)):
        word, after = sentence[at], sentence[at + 1] if at + 1 < len(sentence) else None
        if word.text == "," and (is_open(found) or is_titled(found, sentence, at)) and names_it(sentence, at + 1):
            found, has_name = [], False  # “the director, Ilsa Bram”, “su directora, la fitopatóloga Nuria Calvete”
            continue
        if _ends_noun(found, word, after, has_name=has_name):
            break
        has_name |= word.is_capital and at > 0 and not word.is_owner
        found.append(word)
        if len(found) == 1 and word.low in PRONOUNS:
            break
    while found and found[-1].plain in _JOINING:
        found.pop()
    return found if _is_noun(found) else ()


def _ends_noun(found: Sequence[Word], word: Word, after: Word | None, *, has_name: bool) -> bool:
    """Whether a noun ends before the word."""
    if not word.is_word:
        return True
    if word.is_capital:
        return False
    if word.plain in FINITE | CLAUSE:
        return True
    if not found:
        return False
    if word.low in NUMBER_WORDS and found[-1].plain not in _JOINING:
        return True  # “according to the service | eleven were hurt”
    if word.plain in _OBJECT_ARTICLES and has_name and found[-1].is_capital:
        return True  # “lehnte das Gericht | den Antrag ab”
    if after and after.low in words("by in to") and _PARTICIPLE.search(word.low):
        return True  # “dates | published in the paper”
    if word.plain in SAYS and not word.is_document:
        return True
    if word.plain in _JOINING:
        return not (after and (after.is_capital or after.plain in DETERMINERS or not has_name))
    is_work = word.low in OUTLET_WORDS  # “a Red Furrow | investigation”
    return word.plain in PREPOSITIONS or (has_name and not is_work and not _is_adjective(found, word))


def _is_adjective(found: Sequence[Word], word: Word) -> bool:
    """“the Indian | military”, “the Kashmiri | activist organisation Free Kashmir Front”"""
    has_one = found[0].low in words("the a an") and not any(one.is_capital for one in found[2:])
    return has_one and word.plain not in SAYS_IF and not word.low.endswith("ed")


def _is_noun(found: Sequence[Word]) -> bool:
    if not found or found[0].plain in CLAUSE | PREPOSITIONS or (found[0].plain in SAYS and not found[0].is_capital):
        return False
    return len(found) > 1 or found[0].is_capital or found[0].low in PRONOUNS
