"""Whether a verb says something where it stands: it may be a noun there, passive, or have nothing that is said."""

from collections.abc import Sequence

from bot.core.intake.numbers import NUMBER_WORDS
from bot.core.intake.speech.nouns import noun_before
from bot.core.intake.speech.sentence import Word, is_adverb, low_at, start_of
from bot.core.intake.speech.verbs import (
    ALSO_NOUNS,
    ASKS,
    ENGLISH_SAYS,
    EVIDENCE,
    EXAMINES,
    FIGURES,
    PERFECT,
    PUTS,
    PUTS_AT,
    REACHES,
    REVISES,
    SAYS,
    SAYS_IF,
    SEPARABLE,
    SPANISH_PARTICIPLES,
    WITH,
)
from bot.core.intake.words import (
    AUXILIARIES,
    BEING,
    DETERMINERS,
    GERMAN_DOCUMENTS,
    OUTLET_WORDS,
    PLURALS,
    PREPOSITIONS,
    PRONOUNS,
    words,
)

THAT = words("that", "dass", "que")
_QUANTIFIERS = words("all most many some few no every each any such these those")
_NO_NOUN_AFTER = DETERMINERS | PREPOSITIONS | _QUANTIFIERS
_MAY_BE_SUBJECT = words("that this one another as")
_FOUND, _HELD = words("fand fanden"), words("statt platz sich")
"""“fand das Labor ein Titanweiß”, not “fand am Montag statt”."""
_CLAIMS, _MONEY = words("claim claims claimed add adds added"), frozenset("£$€")
_REFLEXIVE = words("queja quejan quejó quejaron lamenta lamentan lamentó")
_NAMED = words("named names")
_AT = words("um gegen")
_PUT = words("put puts")
_AWAY = words("off up down on out to into aside back forward through")
_GIVES = words("give gives gave")
_OBJECTS = words("ein eine einen")
_PRONOUN_AFTER = words("find found add adds added discovered detected identified")
_VICTIMS = words("victim victims life lives responsibility")
_ITSELF = words("it them him her nothing up")
_INSERTED = words("however indeed too though then")
_ONE = words("that this")
_OF_ONE = words("a an this that its his her every each")
_SUBJECTS = words("who which that they he she it also")
_CLITICS = words("lo le les se me nos")
_SPANISH_NOUNS = words("cuenta cifra denuncia muestra prueba")
_WITHOUT = {
    verb: words(excluded)
    for verbs, excluded in (
        ("cuenta cuentan contaba", "con"), ("rechnet rechnete rechnen", "mit"),
        ("ermittelt ermittelte ermitteln ermittelten", "gegen wegen seit"),
    )
    for verb in verbs.split()
}  # fmt: skip
"""Verbs that say nothing with a word that follows."""
_PARTICLES = {
    verb: words(particles)
    for verbs, particles in (
        ("schreibt schreiben schrieb schrieben", "vor zu um ab"), ("meldet melden meldete meldeten", "an ab um"),
        ("sagt sagen sagte sagten", "ab"), ("zeigt zeigen zeigte", "an"), ("rechnet rechnete", "ab an"),
    )
    for verb in verbs.split()
}  # fmt: skip
"""German verbs that say nothing with a word at the end of their clause."""
_HABER = words("ha han había habían")
_DONE = words("ist sind war waren wird werden wurde wurden worden")
_FAR, _NEAR, _SOON, _NEXT = 30, 9, 4, 2
_REACH = 17


def is_saying(sentence: Sequence[Word], i: int) -> bool:
    """Whether the word there is a verb of saying whose subject says something."""
    word, before = sentence[i], low_at(sentence, i - 1)
    is_english = word.low in ENGLISH_SAYS
    if word.is_name or _is_first_noun(word) or before in {"to", "zu"} or is_passive(sentence, i):
        return False
    if not is_english and _is_other(sentence, i):
        return False
    if is_english and _is_of_things(sentence, i):
        return False
    if is_english and (_is_noun(sentence, i) or _is_done_by(sentence, i)):
        return False  # “the envoy announced by the League”
    if word.low in PERFECT and low_at(sentence, subject_end(sentence, i)) in {"has", "have", "had"}:
        return True
    if word.low in SPANISH_PARTICIPLES and any(one.low in _HABER for one in sentence[subject_end(sentence, i) : i]):
        return True  # “ha reconocido que”
    if word.low in _PUT and low_at(sentence, i + 1) == "it" and _is_as(sentence, i):
        return True
    if (word.low in REACHES and _reaches(sentence, i)) or _revises(sentence, i):
        return True
    if word.plain in EXAMINES and _examines(sentence, i):
        return True
    return _is_with_its_word(sentence, i)


def _is_of_things(sentence: Sequence[Word], i: int) -> bool:
    """“how the gunman had found it”, “the blaze claimed a second victim”, “claimed £46,310 in expenses”"""
    low, after = sentence[i].low, sentence[i + 1 : i + 1 + _SOON]
    if not after:
        return False
    if (low.startswith("reckon") and after[0].low == "with") or low_at(sentence, i - 1) == "ever":
        return True  # “the highest level ever measured”
    is_money = after[0].is_number or after[0].text in _MONEY or any(word.low in _VICTIMS for word in after)
    return (low in _CLAIMS and is_money) or (low in _PRONOUN_AFTER and after[0].low in _ITSELF)


def _is_first_noun(word: Word) -> bool:
    """A German noun at the beginning: “Angaben der Polizei”, “Klagen der Kammer scheiterten”."""
    is_plural = word.is_capital and word.low.endswith("en") and word.low not in ENGLISH_SAYS
    return word.is_first and (word.low in GERMAN_DOCUMENTS or is_plural)


def _is_with_its_word(sentence: Sequence[Word], i: int) -> bool:
    """“spricht | von 33 Prozent”, “teilte | die Behörde mit”, or a verb that says something alone."""
    word = sentence[i]
    if needed := WITH.get(word.low):
        after = sentence[i + 1 : i + _NEAR]
        if low_at(sentence, i + 1) == "to" and any(one.low in OUTLET_WORDS for one in after):
            return False  # “points to an earlier investigation, which …”
        at = next((k for k, one in enumerate(after) if one.low in needed), None)
        return at is not None and not any(
            one.plain in _OBJECTS for one in after[:at]
        )  # “sprach ihr eine Zahlung von … zu”
    if word.low in _NAMED and i + 1 < len(sentence) and sentence[i + 1].is_capital:
        is_as = any(one.low == "as" for one in sentence[i + 1 : i + _FAR])  # “named Dorian Feake as the owner”
        return is_as and any(one.is_capital for one in noun_before(sentence, i)[-1:])
    if word.low in _FOUND and not any(one.low in _HELD for one in sentence[i + 1 : i + _FAR]):
        return True
    if particles := SEPARABLE.get(word.low):
        return any(one.low in particles or one.plain in THAT for one in sentence[i + 1 : i + _FAR])
    return word.low in SAYS or (word.low in SAYS_IF and _is_followed(sentence, i))


def _is_other(sentence: Sequence[Word], i: int) -> bool:
    """“cuenta con 40 empleados”, “rechnet mit Regen”, “ermittelt gegen drei”; “se concedieron”; “… versichert waren”"""
    low, before, after = sentence[i].low, low_at(sentence, i - 1), low_at(sentence, i + 1)
    is_noun = low in _SPANISH_NOUNS and before in DETERMINERS
    if low.startswith(("befand", "befind")) and _is_reflexive(sentence, i):
        return True
    if _is_counted_adjective(sentence, i):
        return True
    end = next((k for k in range(i + 1, len(sentence)) if not sentence[k].is_word), len(sentence)) - 1
    if end > i and sentence[end].low in _PARTICLES.get(low, ()):
        return True  # “schreibt sie erst für Heime vor”
    return is_noun or (before == "se" and low not in _REFLEXIVE) or after in _DONE or after in _WITHOUT.get(low, ())


def _is_as(sentence: Sequence[Word], i: int) -> bool:
    """“as Edda Lyle | put it in her statement”, not “as a test, the crew put it in”, “as the council put it off”."""
    start = next((k for k in range(i - 1, max(-1, i - _NEAR), -1) if sentence[k].low == "as"), None)
    is_clause = start is not None and all(word.is_word for word in sentence[start:i])
    after, then = low_at(sentence, i + 2), low_at(sentence, i + 3)
    return is_clause and after not in _AWAY and (after != "in" or then in DETERMINERS)


def _is_reflexive(sentence: Sequence[Word], i: int) -> bool:
    """“Dort | befand sich das Lager”, not “Das Gericht befand, er habe sich geirrt”."""
    first = next((k + 1 for k in range(i - 1, -1, -1) if not sentence[k].is_word), 0)
    last = next((k for k in range(i + 1, len(sentence)) if not sentence[k].is_word), len(sentence))
    return any(word.low == "sich" for word in sentence[first:last])


def _is_counted_adjective(sentence: Sequence[Word], i: int) -> bool:
    """“214.000 | registrierte Kunden”, not “2020 sagte Minister Voss”, “um 12 meldete Ute Lang”."""
    if not i or i + 1 >= len(sentence) or not sentence[i].low.endswith(("te", "ten")):
        return False
    number, after = sentence[i - 1], sentence[i + 2 : i + 2 + _SOON]
    is_count = number.is_number and not number.is_year and low_at(sentence, i - 2) not in _AT
    is_said = any(word.plain in THAT or word.is_quote for word in after) or (bool(after) and after[0].is_capital)
    return is_count and sentence[i + 1].is_capital and not is_said


def _reaches(sentence: Sequence[Word], i: int) -> bool:
    """“arrived | at 37 percent”, “kommt | in einer eigenen Zählung auf höchstens 60”"""
    reach = range(i + 1, min(i + _NEAR, len(sentence)))
    at = next((k for k in reach if sentence[k].low == REACHES[sentence[i].low]), 0)
    figure = sentence[at + 1 : at + 1 + _SOON] if at else ()
    if sentence[at].low == "von" and not any(word.low == "aus" for word in sentence[at:]):
        return False  # “geht von 134 Betroffenen aus”
    return any(word.is_number or word.low in NUMBER_WORDS for word in figure)


def _revises(sentence: Sequence[Word], i: int) -> bool:
    """“cut | its harvest estimate from 27.5 to 19 million tonnes”, “rebaja | la cifra a 97 bajas”"""
    after = sentence[i + 1 : i + 1 + _NEAR]
    is_figure = any(word.low in FIGURES for word in after[:_SOON]) and not any(word.is_document for word in after[:1])
    is_told = is_figure and any(word.is_number for word in after)
    return sentence[i].plain in REVISES and is_told and any(word.is_capital for word in noun_before(sentence, i))


def _examines(sentence: Sequence[Word], i: int) -> bool:
    """“questioned 311 members: 44 per cent left”, “asked 1,500 of its members; 212 believed that”"""
    marks = {one.text for one in sentence[i + 1 :]}
    is_asked = sentence[i].low in ASKS and any(one.is_number for one in sentence[i + 1 : i + 1 + _SOON])
    return ":" in marks or (is_asked and ";" in marks)


def _is_done_by(sentence: Sequence[Word], i: int) -> bool:
    """“the envoy announced | by the League”, not “replied by e-mail”"""
    agent = sentence[i + 2] if low_at(sentence, i + 1) == "by" and i + 2 < len(sentence) else None
    return agent is not None and sentence[i].low.endswith("ed") and (agent.is_capital or agent.plain in DETERMINERS)


def is_said_by(sentence: Sequence[Word], i: int) -> bool:
    """“was confirmed | by the court”"""
    if sentence[i].low in _PUT and low_at(sentence, i + 1) != "at":
        return False  # “screens were put up …”
    return sentence[i].plain in EVIDENCE and agent_at(sentence, i) > 0 and is_passive(sentence, i)


def agent_at(sentence: Sequence[Word], i: int) -> int:
    """Where who does it begins: “was estimated at 70 million florins by | the Chamber”; 0: nowhere."""
    stop = next((k for k in range(i + 1, len(sentence)) if not sentence[k].is_word), len(sentence))
    by = next((k for k in range(i + 1, min(stop, i + _NEAR + _SOON)) if sentence[k].low == "by"), 0)
    agent = sentence[by + 1] if by and by + 1 < stop else None
    is_near = by == i + 1 or (agent is not None and (agent.is_capital or agent.plain in DETERMINERS))
    return by + 1 if agent is not None and is_near else 0


def is_passive(sentence: Sequence[Word], i: int) -> bool:
    """“is said”, “was reported”; a form on -s is none."""
    at, low = subject_end(sentence, i), sentence[i].low
    is_finite = low.endswith("s") and not low.endswith("ss")
    return at > 0 and sentence[at - 1].plain in BEING and not is_finite


def subject_end(sentence: Sequence[Word], i: int) -> int:
    """Where the subject of a verb would end: auxiliaries and adverbs before the verb are passed."""
    at = i
    if at > 3 and sentence[at - 1].text == sentence[at - 3].text == "," and sentence[at - 2].low in _INSERTED:
        at -= 3  # “did, however, admit”
    while at > 0 and (sentence[at - 1].plain in AUXILIARIES | _CLITICS or is_adverb(sentence, at - 1)):
        at -= 1
    return at


def _is_followed(sentence: Sequence[Word], i: int) -> bool:
    """Whether what is said follows: a clause, a quotation, a figure."""
    after = sentence[i + 1 : i + 1 + _REACH]
    low = sentence[i].low
    if not any(word.is_word for word in after):  # “…, the Weather Office recorded.”
        noun = noun_before(sentence, i)
        start = start_of(sentence, noun)
        return low.startswith("show") or (low_at(sentence, start - 1) == "," and low.endswith("ed"))
    if after[0].text == "," and low in ALSO_NOUNS and low.endswith("s") and not low.startswith("show"):
        return False  # “the shift lists, which, the committee says, prove that”
    numbers = [word.is_number or word.low in NUMBER_WORDS for word in after]
    is_document = any(word.is_document for word in noun_before(sentence, i))
    if any(numbers[:_NEXT]) and (low in PUTS or is_document):
        return True
    if is_document and any(numbers) and any(word.text == ":" for word in after):
        return True  # “an audit gives a different sum: 5.85”
    if low.startswith("show") and (not after[0].is_word or is_document):
        return True  # “data from the treasury show.”
    clause = after[: next((k for k, word in enumerate(after) if word.text in {";", ":"}), len(after))]
    end = next((k for k, word in enumerate(clause) if word.text == ","), _NEAR) if low in _PUT else _NEAR
    if any(word.plain in THAT for word in clause[:end]) or any(word.is_quote for word in clause[:_NEAR]):
        return True
    if low in _GIVES and any(one.low == "as" and is_number for one, is_number in zip(after, numbers[1:], strict=False)):
        return True  # “gives the cost as 57,000 crowns”
    return low in PUTS_AT and any(numbers) and any(word.low in {"at", "of", "as"} for word in after)


def _is_noun(sentence: Sequence[Word], i: int) -> bool:
    """“the report”, “its claims”, “estimates of”, not “the board reports”."""
    if not i:
        return True
    low, before = sentence[i].low, sentence[i - 1]
    if before.plain in AUXILIARIES:
        return False
    if i == 1 and before.low in _ONE and low in ALSO_NOUNS and not low.endswith(("s", "ed")):
        return True  # “That forecast assumes …”
    if before.plain in _NO_NOUN_AFTER - _MAY_BE_SUBJECT:
        return True
    if low not in ALSO_NOUNS or low.endswith("ed"):
        return False
    after = sentence[i + 1] if i + 1 < len(sentence) else None
    if after is not None and (after.plain in SAYS or (i == 1 and after.text == "," and before.low not in PRONOUNS)):
        return True  # “Traffic counts tell”, “Mileage claims, a spokesman said”
    is_counted = before.is_number and not before.is_year
    if before.is_owner or is_counted or low_at(sentence, i + 1) in {"of", "from", "by"}:
        return True
    return not _agrees(sentence, i)


def _agrees(sentence: Sequence[Word], i: int) -> bool:
    """Whether what stands before it can be its subject: one has a verb on -s, several one without."""
    low, before, noun = sentence[i].low, sentence[i - 1], noun_before(sentence, i)
    if any(word.is_document for word in noun) or not before.is_word or before.plain in _SUBJECTS:
        return True  # “data from the treasury show”, “its register of outages lists”
    if before.is_capital and (low.endswith("s") or before.is_first):
        return True
    is_plural = before.low.endswith("s") and not before.low.endswith(("ss", "us", "is"))
    is_many = is_plural or before.low in PLURALS or low_at(sentence, i - 2) == "and"
    if low.endswith("s"):
        is_bare = len(noun) == 1 and not noun[0].is_capital  # “payment records”
        return not is_many and not is_bare
    start = max((k + 1 for k, word in enumerate(noun) if word.plain in DETERMINERS), default=0)
    is_one = start > 0 and noun[start - 1].plain in _OF_ONE  # “a grim tally”, “its annual report”
    return is_many or (not is_one and any(word.low.endswith("s") or word.low in PLURALS for word in noun[start:]))
