"""Who a verb of saying has as its subject: before it, after it, or whoever spoke before."""

import re
from collections.abc import Iterator, Sequence

from bot.core.intake.speech.bodies import is_body
from bot.core.intake.speech.names import is_role, name_of
from bot.core.intake.speech.nouns import noun_after, noun_apart, noun_before
from bot.core.intake.speech.saying import subject_end
from bot.core.intake.speech.sentence import Word, last_of, low_at, start_of
from bot.core.intake.speech.verbs import ADDRESSED, ENGLISH, ENGLISH_SAYS, INVERTING, OBJECT_FIRST
from bot.core.intake.words import CLAUSE, CONNECTORS, DETERMINERS, FINITE, PREPOSITIONS, PRONOUNS, words

RELAYED = -1.0
"""The depth of who relays what a whole sentence says: “…, the Post reports”."""
_FAR, _ROLE, _NAMES = 14, 6, 2
_NOT = words(
    "not never neither nor no cannot hardly scarcely rarely seldom few none",
    "nicht nie niemals kaum kein keine weder",
    "nunca jamás tampoco apenas no",
    "allegedly supposedly reportedly angeblich supuestamente presuntamente",
)
_NOT_AFTER = words("nicht nie niemals kaum")
_CONTRARY = words("contra pese contrary entgegen")
_NOBODY = words("no none neither nor", "kein keine keiner weder noch niemand", "ningún ninguna ninguno ni nadie")
_MORE = words("more over", "mehr", "más")
_GERMAN_PRONOUNS = words("er sie")
_OPENS = words("wie dass weil nachdem")
_FEMININE = re.compile(
    r"(?:ung|keit|heit|schaft|ion|tät|(?:er|or|st|nt|ur|og|at|ef|rt)in|stadt|kammer|bank|firma|klinik|partei|polizei|behörde|gruppe|schule|presse|kirche)$"
)
_NEAR_VERB = 3
_AND = words("and", "und", "y")
_BETWEEN = words("en ante durante")
_ARTICLES = words("el la los las")
_NO_SUBJECT = words("dem den des einem einen", "al a del de")
_OBJECT = words("den dem")
_TELLING = words("who which whose")
_NOMINATIVES = words("die der ein eine")
_TO = words("a al")
_AS = words("als como")
_IT = words("es dies das")


def subjects_of(said: Sequence[Word], i: int, thats: float) -> Iterator[tuple[float, str]]:
    """The speakers of the verb there, each with its depth; `thats` is that of its clause."""
    end = subject_end(said, i)
    if _is_denied(said, i, end):
        return  # “the state has not declared …”
    is_english = said[i].low in ENGLISH
    if inverted := _inverted(said, i, end, is_english=is_english):
        yield from _named(_joined_with(said, i, inverted) if inverted[-1] in said[:end] else (), thats)
        yield from _named(inverted, thats if end == 0 or inverted[-1] in said[:end] else RELAYED)
        return
    noun = noun_before(said, end)
    if not is_english and low_at(said, i + 1) in _GERMAN_PRONOUNS:
        yield thats, said[i + 1].text  # “Immerhin erwähnt er, dass …”
        return
    if low_at(said, end - 1) == "que" and noun and noun[-1].low.endswith("s") and not said[i].low.endswith("n"):
        return  # “las libretas que encontró”
    is_object = said[i].low in OBJECT_FIRST and (low_at(said, i + 1) == "der" or _is_name_at(said, i + 1, noun))
    is_object |= not is_english and bool(noun) and is_dative(noun)
    if not is_english and end and said[end - 1].text == "," and low_at(said, i + 1) in _TO:
        first = noun_after(said, 0)  # “Marta Olaizu …, cuenta a la revista”, not “La presa es segura, dijo al juez”
        is_named = any(word.is_name for word in first)
        yield from _named(first, thats) if is_named else [(thats, "ellos")] if end == 2 else ()
    elif (
        name_of(noun) and noun[0].low not in _OBJECT and not is_object and not _is_as(said, noun, is_english=is_english)
    ):
        yield from _named(_joined_with(said, i, noun), thats)
        yield from _named(noun, thats)
    elif not is_english:  # “Den Schaden beziffert die Kammer”, “Así lo confirmó el sindicato”
        if first := _clause_subject(said, i):
            yield from _named(first, thats)
            return
        after = _agreeing(said[i], subject_at(said, i + 1))
        is_apart = end > 0 and said[end - 1].text == ","
        is_last = is_apart and (low_at(said, i + 1) == "," or not any(word.is_word for word in said[i + 1 :]))
        is_many = i + 1 < len(said) and said[i + 1].is_number  # “declararon 6.700 personas”
        is_unnamed = not name_of(after) and not is_many and (is_last or said[i].low.endswith(("ó", "aron", "ieron")))
        yield from [(thats, "ellos")] if is_unnamed else _named(after, thats)  # “Recordó que …”: who spoke before


def _is_denied(said: Sequence[Word], i: int, end: int) -> bool:
    """Whether a verb is denied: “has not declared”, “doesn’t say”, “sagt nicht, dass”, “few residents say”."""
    first = next((k + 1 for k in range(i - 1, max(-1, i - 1 - _NEAR_VERB), -1) if not said[k].is_word), i - _NEAR_VERB)
    before = said[min(max(0, first), end) : i]
    if any(word.low in _CONTRARY for word in said[max(0, i - _ROLE) : i]) or is_nobody(said, end):
        return True
    if low_at(said, i) not in ENGLISH_SAYS and _is_denied_later(said, i):
        return True
    if any(low_at(said, i + 1) == more for more in _MORE):
        return False  # “never admitted more than 711 deaths”
    return low_at(said, i + 1) in _NOT_AFTER or any(
        word.low in _NOT or word.low.endswith(("n’t", "n't")) for word in before
    )


def is_nobody(said: Sequence[Word], end: int) -> bool:
    """“Kein Mitglied der Kammer | behauptet”, “No member of the Board | said”, “Ni la junta ni la firma | reconoce”"""
    noun = noun_before(said, end)
    if not noun and end and not said[end - 1].is_word:
        return False  # “no se ha comprado ninguno, | denuncia el artículo”
    start = start_of(said, noun, end)
    return any(word.low in _NOBODY for word in (*said[max(0, start - 2) : start], *noun[:1]))


def _is_denied_later(said: Sequence[Word], i: int) -> bool:
    """“sagte am Montag nicht, dass …”"""
    stop = next((k for k in range(i + 1, len(said)) if not said[k].is_word), len(said))
    is_that = low_at(said, stop) == "," and low_at(said, stop + 1) == "dass"
    return is_that and any(word.low in _NOT_AFTER for word in said[i + 1 : stop])


def _named(noun: Sequence[Word], depth: float) -> Iterator[tuple[float, str]]:
    if name := name_of(noun):
        yield depth, name


def _is_name_at(said: Sequence[Word], at: int, noun: Sequence[Word]) -> bool:
    """“Die Kosten bezifferte | Ilse Brandt auf 40 Millionen”: a person's name after the verb, and a thing before it."""
    name = said[at : at + _NAMES]
    is_person = len(name) == _NAMES and all(word.is_capital for word in name)
    return is_person and bool(noun) and noun[0].plain in DETERMINERS and not is_body(noun[-1].text)


def is_dative(noun: Sequence[Word]) -> bool:
    """“Der Stadt Wendel | teilte die Kammer mit”: “der” before a word that is feminine by how it ends."""
    return len(noun) > 1 and noun[0].low == "der" and _FEMININE.search(noun[1].low) is not None


def _is_as(said: Sequence[Word], noun: Sequence[Word], *, is_english: bool) -> bool:
    """“Als Grund | nannte die Bürgermeisterin …”, “A la junta | le dijo la empresa …”"""
    start = start_of(said, noun)
    is_told = not is_english and (noun[0].low in _TO or (start == 1 and said[0].low in _TO))
    return is_told or (said[0].low in _AS and len(said) > 1 and said[1] is noun[0])


def _joined_with(said: Sequence[Word], i: int, noun: Sequence[Word]) -> Sequence[Word]:
    """The first of two subjects: “Marsh, a doctor at Lund, and Ruben Ash both say”; nobody before a verb on -s."""
    low = said[i].low
    start = start_of(said, noun)
    at = start - 1
    if low_at(said, at) == ",":  # “and his predecessor, | Ilse Brandt”
        at = next((k for k in range(at - 1, max(0, at - 1 - _ROLE), -1) if said[k].low in _AND), 0)
        at = at if is_role(said[at + 1 : start - 1]) else 0
    if at <= 0 or low_at(said, at) not in _AND or (low in ENGLISH_SAYS and low.endswith("s")):
        return ()
    first = _name_before(said, at)
    while first and low_at(said, at := start_of(said, first) - 1) == ",":
        if not (earlier := _name_before(said, at)):
            break
        first = earlier  # “The Assembly, | the League and two guards”
    return first


def _name_before(said: Sequence[Word], at: int) -> Sequence[Word]:
    noun = noun_before(said, at)
    begins = start_of(said, noun)
    is_part = any(word.plain in FINITE or word.is_number for word in said[begins:at])
    return noun if noun and noun[-1].is_capital and not is_part and name_of(noun) else ()


def _inverted(said: Sequence[Word], i: int, end: int, *, is_english: bool) -> Sequence[Word]:
    """The subject of a verb that follows a comma, a quotation or nothing: it may stand after it."""
    low = said[i].low
    if (end and said[end - 1].is_word) or low in ADDRESSED or (is_english and low not in INVERTING):
        return ()
    apart = noun_apart(said, end)
    if name_of(apart):
        return apart  # “Un informe de la Fundación, El precio, calcula los daños”
    first = noun_before(said, end) if is_english and end > 1 else ()
    if name_of(first) and said.index(first[0]) <= 1 and any(word.low in _TELLING for word in said[:end]):
        return first  # “Marsh of the college, who sequenced the samples, said”
    after = i + 1 + (low.startswith("point") and low_at(said, i + 1) == "out")  # “…, points out Dorothea Pym”
    noun = subject_at(said, after)
    if after > i + 1 and not (noun and noun[0].is_capital):
        return ()
    fits = end == 0 or said[end - 1].is_quote or not is_english or _ends(said, after, noun)
    return noun if noun and not noun[0].is_number and name_of(noun) and fits else ()


def subject_at(said: Sequence[Word], i: int) -> Sequence[Word]:
    """The noun there, if it can be a subject: not “sagte dem Blatt”, not “contó al diario”."""
    if low_at(said, i) in _BETWEEN:  # “recuerda en una columna vecina la diputada …”
        i = next(
            (
                at
                for at in range(i + 2, min(i + _FAR, len(said)))
                if said[at].low in _ARTICLES and said[at - 1].plain not in PREPOSITIONS | DETERMINERS | CONNECTORS
            ),
            i,
        )
    i += i + 1 < len(said) and said[i].low in _IT and said[i + 1].is_word
    if i + 2 < len(said) and (named := _behind_told(said, i)):
        return named
    return () if low_at(said, i) in _NO_SUBJECT else noun_after(said, i)


def _behind_told(said: Sequence[Word], i: int) -> Sequence[Word]:
    """Who tells, behind who is told: “contó al diario | la alcaldesa Rosa Inchaur”, “dijo a La Aldaba | Tomás Ruano”,
    “sagte dem Blatt | die Sprecherin”.
    """
    low, first, second = said[i].low, said[i + 1], said[i + 2]
    begins = i + 1 + (low == "a" and first.low in _ARTICLES and not first.is_capital)
    stop = next((k for k in range(begins + 1, len(said)) if not said[k].is_capital), len(said))
    if low == "al" and first.is_word and (stop - begins > _NAMES or second.low in _ARTICLES):
        return noun_after(said, i + 2)
    if low == "a" and first.low in _ARTICLES and stop - begins > _NAMES:
        return said[stop - _NAMES : stop]
    is_told = low == "dem" and first.is_capital and second.plain in _NOMINATIVES
    return noun_after(said, i + 2) if is_told else ()


def _clause_subject(said: Sequence[Word], i: int) -> Sequence[Word]:
    """The subject of a German clause that ends with its verb: “wie | die Ministerin Ada Voss | am Montag erklärte”."""
    if i + 1 < len(said) and said[i + 1].is_word:
        return ()
    before = range(i - 1, max(-1, i - _FAR), -1)
    opening = next((k for k in before if said[k].low in _OPENS or said[k].text == ","), None)
    noun = noun_after(said, opening + 1) if opening is not None and said[opening].low in _OPENS else ()
    return noun if name_of(noun) else ()


def _agreeing(verb: Word, noun: Sequence[Word]) -> Sequence[Word]:
    """The noun, if it can be the verb's subject: not “detectaron | la enfermedad”, “sprach | lange von Medaillen”."""
    if noun and noun[0].is_number:
        return ()  # “encontraron | 40 cartas”
    is_open = noun and not (noun[0].plain in DETERMINERS or noun[0].is_capital or noun[0].low in PRONOUNS)
    is_one = not any(word.low.endswith("s") or word.low in _AND for word in noun)
    is_many = verb.low.endswith(("aron", "ieron", "aban", "ían")) and is_one
    return () if is_open or is_many else noun


def _ends(said: Sequence[Word], i: int, noun: Sequence[Word]) -> bool:
    """Whether a clause ends where the noun ends: “…, reports the Post.”"""
    end = last_of(said, noun, i) + 1
    return end >= len(said) or not said[end].is_word or said[end].plain in PREPOSITIONS | CLAUSE
