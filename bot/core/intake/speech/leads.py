"""Words that lead to a speaker: “according to X”, “nach Angaben von X”, “según X”, “X zufolge”, “by X’s own count”."""

import re
from collections.abc import Iterator, Sequence

from bot.core.intake.speech.bodies import is_body
from bot.core.intake.speech.find import CITED, ENDING, Find, named
from bot.core.intake.speech.names import ITS, OWNERS, name_of
from bot.core.intake.speech.nouns import noun_after, noun_before
from bot.core.intake.speech.sentence import Word, last_of, low_at
from bot.core.intake.words import DETERMINERS, DOCUMENTS, OUTLET_WORDS, PREPOSITIONS, SAME_WORK, words

_NEXT, _LATER, _FAR = 2, 8, 14
_IN_OR_BY, _FOR = words("in by on"), words("for para")
_THERE = words("darin dort da weiter")
_ENGLISH_ARTICLES = words("the a an this that these those his her its their")
_OBJECTS = words("den dem des")
_DATIVES = words("einem einer dem der den")
_OF_DATIVE = words("dem einem diesem seinem ihrem")
_POSSESSIVES = words("seiner ihrer seinen ihren")
_ARTICLES = words("el la los las un una se")
_KEPT = words("run operated kept compiled collected gathered published released issued prepared drawn")
_LEADS = tuple(
    tuple(lead.split())
    for lead in (
        "according to", "in the words of", "in the view of", "in the opinion of", "in the eyes of",
        "by the reckoning of",
        "laut", "gemäß", "nach ansicht", "nach überzeugung", "nach auffassung", "nach lesart", "in den augen",
        "aus sicht", "unter berufung auf", "wie aus", "heißt es in", "heißt es im", "heißt es bei",
        "según", "de acuerdo con", "a juicio de", "en palabras de", "en opinión de", "a ojos de", "a entender de",
        "a decir de", "tal como",
    )
)  # fmt: skip
"""Words after which a speaker is named."""
_ACCOUNTS = words(
    """
    account accounts count counts estimate estimates reckoning figures telling view words calculation
    calculations admission opinion version
    """
)
_ROLE = re.compile(r"(?:er|or|ist|ary|man|woman|ian|ant|ent|ey|head|chief|boss|lead|clerk|aide|spokesperson|general)$")
_ANGABEN, _SHORTEST_COMPOUND = "angaben", 9


def by_there(said: Sequence[Word], i: int, _: int) -> Iterator[Find] | None:
    """“…, heißt es darin”: what was named before."""
    is_there = said[i].low in {"heißt", "hieß", "steht"} and low_at(said, i + 1) == "es"
    return iter([Find(ENDING, "es")]) if is_there and low_at(said, i + 2) in _THERE else None


def by_own_account(said: Sequence[Word], i: int, _: int) -> Iterator[Find] | None:
    """“In his estimate”, “by her account”"""
    pronoun = OWNERS.get(low_at(said, i + 1))
    is_account = said[i].low in _IN_OR_BY and pronoun is not None and low_at(said, i + 2) in _ACCOUNTS
    return iter([Find(ENDING, pronoun)]) if is_account and pronoun else None


def by_for(said: Sequence[Word], i: int, _: int) -> Iterator[Find] | None:
    """“Para la geógrafa Delia Santurde, el experimento llega tarde”: at the beginning, before a comma."""
    if i or said[i].low not in _FOR:
        return None
    noun = noun_after(said, 1)
    end = last_of(said, noun)
    is_holder = sum(word.is_capital for word in noun) >= _NEXT and low_at(said, end + 1) == ","
    return named(noun, ENDING) if is_holder else None


def by_own_figures(said: Sequence[Word], i: int, thats: int) -> Iterator[Find] | None:
    """“Die Regierung hat nach eigenen Angaben …”"""
    if said[i].low not in {"nach", "según"} or low_at(said, i + 1) not in words("eigenen eigener", "sus su"):
        return None
    first = () if said[0].low in _OBJECTS or said[0].plain in PREPOSITIONS else noun_after(said, 0)
    end = next((at for at in range(i, 0, -1) if said[at - 1].is_name), 0)
    start = end
    while start > 0 and (said[start - 1].is_capital or said[start - 1].low in words("der die das", "el la")):
        start -= 1
    near = said[start:end]
    is_thing = bool(near) and end == i and not any(is_body(word.text) for word in first)
    if name_of(first) and first[0].is_first and not is_thing:
        return named(
            first, thats
        )  # “Das Landratsamt hat die Firma nach eigenen Angaben …”, not “Die Brücke hat das Land …”
    return named(near, thats)


def by_lead(said: Sequence[Word], i: int, thats: int) -> Iterator[Find] | None:
    """“according to the board”, “nach Angaben der Behörde”, “…“, so die Behörde”, “by the board’s own count”"""
    if not (lead := _lead(said, i)):
        return None
    if low_at(said, i + lead) == "which" or low_at(said, i + lead + 1) in {"cual", "cuales"}:
        return _by_antecedent(said, i, thats)
    noun = _person_after(said, i + lead) or noun_after(said, i + lead) or _bare_document(said, i + lead)
    after = last_of(said, noun, i) + 1
    noun = _releasing(said, after, noun) or noun
    if i == 0 and name_of(noun) == ITS and low_at(said, after) == ",":
        noun = noun_after(said, after + 1)  # “According to its reports, the Council …”
    end = last_of(said, noun, i)
    is_last = not any(word.is_word for word in said[end + 1 :])
    return named(noun, ENDING if i == 0 or is_last else thats + CITED)


def _bare_document(said: Sequence[Word], at: int) -> Sequence[Word]:
    """“according to | figures | that …”, “according to counts by | the Agency”"""
    if at < len(said) and said[at].is_document and low_at(said, at + 1) in {"by", "from", "of"}:
        return noun_after(said, at + 2)
    if at < len(said) and said[at].is_document and low_at(said, at + 2) == "by" and low_at(said, at + 1) in _KEPT:
        return noun_after(said, at + 3)  # “counters run by the department”
    return said[at : at + 1] if at < len(said) and said[at].is_document else ()


def _releasing(said: Sequence[Word], at: int, noun: Sequence[Word]) -> Sequence[Word]:
    """Who keeps or gave what is named: “figures | that the Authority released”, “datos | que publicó el Instituto”."""
    if not noun or noun[-1].is_capital:
        return ()
    if low_at(said, at) in {"that", "which"} or (low_at(said, at) == "que" and low_at(said, at + 1) not in _ARTICLES):
        holder = noun_after(said, at + 1 + (low_at(said, at) == "que"))
        return holder if any(word.is_capital for word in holder) else ()
    is_kept = noun[-1].is_document and low_at(said, at) in _KEPT and low_at(said, at + 1) == "by"
    return noun_after(said, at + 2) if is_kept else ()  # “readings kept by the district”


def _person_after(said: Sequence[Word], start: int) -> Sequence[Word]:
    """“according to | League secretary Hew Brannock”: a body, a role and the name."""
    role = start
    while role < len(said) and said[role].is_capital:
        role += 1
    end = role + 1
    while end < len(said) and said[end].is_capital:
        end += 1
    is_role = start < role < len(said) and _ROLE.search(said[role].low) is not None
    return said[role + 1 : end] if is_role and end - role > _NEXT else ()


def _by_antecedent(said: Sequence[Word], i: int, thats: int) -> Iterator[Find]:
    """“an older piece, The Ring, according to which …”, “un estudio sobre sombra, según el cual …”"""
    for at in range(i - 1, max(-1, i - _FAR), -1):
        if said[at].low in OUTLET_WORDS:
            is_same = low_at(said, at - 1) in SAME_WORK
            return iter([Find(thats, "article" if is_same else said[at].low)])
        if said[at].is_document:
            end = next((k for k in range(at, i) if not said[k].is_word), i)
            return named(said[at:end], thats)
    return named(noun_before(said, i), thats)


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


def by_compound(said: Sequence[Word], i: int, thats: int) -> Iterator[Find] | None:
    """“nach Polizeiangaben”"""
    word = said[i]
    if not word.low.endswith(_ANGABEN) or len(word.low) <= _SHORTEST_COMPOUND or low_at(said, i - 1) != "nach":
        return None
    return iter([Find(ENDING if i == 1 else thats + CITED, word.text[: -len(_ANGABEN)])])


def by_zufolge(said: Sequence[Word], i: int, thats: int) -> Iterator[Find] | None:
    """“der Behörde zufolge”"""
    if said[i].low != "zufolge":
        return None
    start = next((k for k in range(i - 1, max(-1, i - _LATER), -1) if said[k].plain in _OF_DATIVE), None)
    noun = noun_before(said, i) if start is None else said[start:i]  # “Sie erfuhr | dem Gutachten zufolge | davon”
    return named(noun, min(thats, ENDING))
