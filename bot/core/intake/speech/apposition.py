"""Who a noun before a comma is called by, behind it: “the director, | Ilsa Bram”, “Deren Leiter, | der Arzt Uhlig”."""

from collections.abc import Sequence

from bot.core.intake.speech.names import ROLE, is_name, is_role
from bot.core.intake.speech.sentence import Word
from bot.core.intake.speech.verbs import SAYS
from bot.core.intake.words import CLAUSE, DETERMINERS, FINITE, OUTLET_WORDS, PREPOSITIONS, words

_LONGEST_PERSON, _SOON = 3, 7
_BY = words("by from")


def is_called(noun: Sequence[Word], inserted: Sequence[Word]) -> bool:
    """Whether a name is that of the noun before it: “a council inspector, | Moira Tench”, “the Data Commissioner, …”"""
    if not inserted or not (is_name(inserted) or _by_role(inserted)):
        return False
    is_whole = 1 < len(inserted) <= _LONGEST_PERSON and all(word.is_capital for word in inserted)
    is_title = inserted[0].low in DETERMINERS or any(word.low in OUTLET_WORDS or word.is_document for word in noun)
    is_ones_role = len(noun) == len(("Tannhofs", "Stellvertreter")) and noun[0].low.endswith("s")
    if is_ones_role and _by_role(inserted) and ROLE.search(noun[-1].low):
        return True
    return is_role(_last_part(noun)) or (is_whole and not is_title and noun[0].plain in DETERMINERS)


def _by_role(inserted: Sequence[Word]) -> bool:
    """“Deren Leiter, | der Kriminologe Bernd Uhlig, | fand”"""
    is_whole = all(word.is_capital for word in inserted[1:])
    return inserted[0].plain in words("der die") and is_whole and len(inserted) > _LONGEST_PERSON


def is_open(noun: Sequence[Word]) -> bool:
    """Whether a noun is a role that a name may follow: “the director, | Ilsa Bram”, not “its own, | The Ring”."""
    return bool(noun) and noun[-1].low != "own" and is_role(_last_part(noun))


def is_titled(found: Sequence[Word], sentence: Sequence[Word], at: int) -> bool:
    """“the City Auditor, | Lorna Whitby, …”"""
    end = next((k for k in range(at + 1, len(sentence)) if not sentence[k].is_word), len(sentence))
    inserted = sentence[at + 1 : end]
    return bool(found) and is_name(found) and len(inserted) > 1 and is_called(found, inserted)


def _last_part(noun: Sequence[Word]) -> Sequence[Word]:
    """“a note by | the manufacturer”"""
    start = max((k + 1 for k, word in enumerate(noun) if word.plain in _BY), default=0)
    return noun[start:]


def names_it(sentence: Sequence[Word], at: int) -> bool:
    """Whether a name stands there, perhaps after what it is, up to the next comma: “the director, | Ilsa Bram, …”."""
    end = next((k for k in range(at, min(at + _SOON, len(sentence))) if not sentence[k].is_word), at)
    named = sentence[at:end] if end > at else sentence[at:] if len(sentence) - at < _SOON else ()
    if not named or not (named[0].is_capital or named[0].plain in DETERMINERS):
        return False
    articles = sum(word.plain in DETERMINERS for word in named)
    bad = FINITE | CLAUSE | PREPOSITIONS | SAYS
    return articles < 2 and any(word.is_name for word in named) and not any(word.plain in bad for word in named)
