"""The statement of a sentence, cut from it: who says it goes, not a word is changed.

What goes must be no more than who says it: one plain subject with its verb. Where it has another verb, a condition, a
refusal, a doubt or a second clause, the whole sentence stays: what was left would say something else than the page.
"""

import re
from collections.abc import Sequence

from bot.core.intake.speech.forms import english, spanish
from bot.core.intake.speech.names import name_of
from bot.core.intake.speech.quotes import CLOSED_BY
from bot.core.intake.speech.saying import THAT, is_saying
from bot.core.intake.speech.sentence import Word, is_adverb, low_at, words_of
from bot.core.intake.speech.verbs import CITING, DENIES, ENGLISH_SAYS, INVERTING, NARRATES, SAYS
from bot.core.intake.words import CLAUSE, DETERMINERS, DOCUMENTS, FINITE, MONTHS, PREPOSITIONS, words

_SAYS = "|".join(sorted(SAYS - DENIES - CITING, key=len, reverse=True))
_INVERTED = "|".join(sorted((SAYS - ENGLISH_SAYS - DENIES) | INVERTING, key=len, reverse=True))
_TURNS = re.compile(
    r"\b(?:not|never|no|no longer|neither|nor|nobody|nothing|none|nowhere|cannot|without|\w+n[’']t|few|hardly|scarcely|rarely|seldom|barely|yet|"
    r"unable|refus\w+|declin\w+|fail\w*|den(?:y|ies|ied|ials?)|wrong\w*|false\w*|falsity|fake\w*|forged|hoax\w*|myths?|lie[sd]?|lying|debunk\w*|"
    r"withdr\w+|retract\w*|disown\w*|undermin\w+|mock\w*|ridicul\w+|disprov\w+|challeng\w+|discredit\w*|repudiat\w+|dismiss\w*|"
    r"doubt\w*|disput\w+|reject\w*|refut\w+|rebut\w*|contradict\w*|critici[sz]\w+|debunk\w*|invent\w*|satir\w+|parod\w+|spoof\w*|"
    r"novels?|fiction\w*|imagine|suppose|let|moment|zweifel\w*|scherz\w*|spott\w*|gerede|erfunden\w*|haltlos\w*|roman\w*|märchen|"
    r"sin|equivoc\w+|novelas?|leyendas?|sátira\w*|parodia\w*|"
    r"incorrect\w*|mistake\w*|erroneous\w*|mislead\w*|contrary|opposite|rumou?rs?|suppos\w+|pretend\w*|having|being|"
    r"anyone|anybody|whoever|everyone|everybody|would|could|might|may|should|"
    r"nicht|nie|niemals|kein\w*|niemand|weder|noch|kaum|keineswegs|bestreit\w*|fälschlich\w*|unrecht|falsch\w*|gefälscht\w*|irrtüm\w*|lügt?|lügen?|gerüchte?|"
    r"falls|bevor|nachdem|sofern|wer|würde|könnte|"
    r"nunca|jamás|tampoco|apenas|nadie|ningun[oa]?|ningún|ni|nieg\w*|negó|fals[oa]s?|falsamente|bulos?|mentiras?|miente|mintió|errónea\w*|rumor\w*|"
    r"quién|aunque|contrari\w+)\b",
    re.IGNORECASE,
)
"""Words that turn what is said into something else: nothing is cut beside them."""
_WHO = r"(?!(?:to|um|para|in order) )[^“”„«»:;]{2,140}?"
_WHEN = (
    r"(?: (?:on|before|during|to|at|ante|vor|am|im) [^“”„«»:;,]{2,50}?| (?:in|en|el) [^“”„«»:;,]{0,40}?\d{4}| in (?:a letter|parliament)[^“”„«»:;,]{0,40}?|"
    r" en el [^“”„«»:;,]{2,40}?)?"
)
_SOMEBODY = r"(?:the|a|an|its|his|her|their|der|die|das|ein|eine|el|la|los|las|un|una|su|[A-ZÄÖÜ])"
_BEFORE = (
    # “The Rail Safety Board found that …”, “La compañía asegura que …”, “Das Amt räumte ein, dass …”
    re.compile(rf"^{_WHO} (?:{_SAYS}){_WHEN} (?:that|que)\s+", re.IGNORECASE),
    re.compile(
        rf"^{_WHO} (?:told|tells|informed|assured|reminded|reminds) [^“”„«»:;,]{{2,70}}? that\s+", re.IGNORECASE
    ),
    re.compile(rf"^{_WHO} (?:{_SAYS})(?: [^“”„«»:;,]{{2,60}}?)?, dass\s+", re.IGNORECASE),
    # “The article draws up a bitter balance: …”
    re.compile(r"^(?:the|this) (?:article|piece|report|essay|text|story)[^:“”]{0,60}:\s+", re.IGNORECASE),
    # “According to the board, quoted by the Post, …”
    re.compile(
        r"^(?:according to|según|de acuerdo con|in the words of) [^,;:]{2,100}"
        r"(?:, (?:quoted|cited|seen|obtained|published|released|head of|director of|citad)[^,;:]{2,80})?,\s+(?!(?:an?|un|una|einer?) [^,;:]{2,50}, )"
        r"(?!(?:the|der|die|das|el|la) [^,;:]{2,50}, (?:the|der|die|das|el|la|(?-i:[A-ZÄÖÜ\d])))",
        re.IGNORECASE,
    ),
)
# “…, schätzt der Betriebsrat.”
_VERB_FIRST = re.compile(rf",[”“»]?\s+(?:{_INVERTED}) {_SOMEBODY}[^,“”„«»:;\d]{{1,70}}\.?$")
_AFTER = (
    # “…, the Association told the paper.”, “…, as the Courier reports.”
    re.compile(
        rf",[”“»]?\s+(?:as |wie )?{_SOMEBODY}[^,“”„«»:;\d]{{0,70}} "
        rf"(?:(?:{_SAYS})(?: (?:dem|der|al|a|to) [^,:;\d]{{2,30}})?|(?:told|tells|informed|assured) [^,:;\d]{{2,30}})\.?$"
    ),
    _VERB_FIRST,
    re.compile(rf",\s+(?:according to|laut|según|so (?={_SOMEBODY}))\s*(?<=\s)(?!which|den|welche)[^,;:]{{2,110}}\.?$"),
)
_SHORTEST = 22
_WHENEVER = words("moment day minute instant more less")
_URGES = english("insist|suggest|advise|recommend|urge|propose|demand|request").union(words("insiste insistió"))
_MAY_DEMAND = spanish("decir dice dijo|indicar|advertir advierte advirtió|insistir|recordar recuerda|señalar").finite
_OBJECTS = words("glauben these behauptung vorwurf gerücht verdacht bericht berichten berichte vermutung")
_BEFORE_BE = words("to will would can could may might must shall should not cannot also never it’ll")
_INDICATIVE = re.compile(
    r"(?:ó|aron|ieron|aba|aban|ía|ían|rá|rán|ría|rían|ado|ido)$|^(?:está|están|hay|tiene|tienen|va|van|sigue|siguen)$"
)
"""Spanish forms that state; “cierre” may be demanded."""
_STOP = re.compile(r"(?:[^\W_]{3}|\d|[%)”\"’])\.$")
_MARKS = frozenset("\"'‘’")
_CITING = words("according", "laut", "según")
_LEADS = _CITING | words("as", "wie so")
"""What stands before who says it."""
_PLACES = words("in on at", "im am", "en")
_TELLING = words("who whose which", "der die das deren dessen", "que quien")
_ASKED = words("asked dated contacted")
_AND = words("and or", "und oder", "y o")
_HAVE = words("has have had", "hat haben hatte hatten habe", "ha han había")
_TO = words("to", "zu zum zur")
_NOUNS_ON_LY = words("assembly family supply weekly daily monthly quarterly elderly early anomaly monopoly")
_ADVERB = re.compile(r"\w{3}(?:mente|lich|licherweise|widrig)$")
_PAST = re.compile(r"\w{2}ed$|\w{2}(?:[bdfghklmnpzß]|er|[äöüh]r)te(?:n|st)?$|(?:ó|aron|ieron)$")
_GIVEN = words("published released obtained seen cited quoted reviewed compiled collected unnamed united dated")
"""Participles that say where something is from."""
_SETS_OUT = words(
    "draws sets lays sums begins closes ends opens concludes paints presents offers makes",
    "zieht beginnt schließt",
    "traza cierra",
)
_IRREGULAR = re.compile(
    r"lost|left|fell|rose|sank|stood|went|came|became|began|broke|built|burst|bought|sold|cost|cut|died|drew|drove|fed|fought|fled|flew|found|"
    r"gave|got|grew|held|hit|hurt|kept|knew|laid|lay|led|let|made|met|paid|put|ran|saw|sent|set|shot|shut|spent|spread|stole|struck|"
    r"took|taught|tore|wore|won|wrote|lies|stands|lacks?|owes?|remains?|costs?|comes?|goes|owns?|holds?|lives?|works?|pays?|dies?|falls?|rises?"
)
_OTHER_VERB = re.compile(
    r"[a-zäöüß]{3,}(?:t|en|te|ten|an|ía|ían|aba|aban)|[a-zäöüß]{2,}(?:ieß|ahm|og|ieg|iel|ank|arb|ing|and|ieb|ar)"
)
"""German and Spanish forms that may be a verb."""
_NO_CLAUSE = re.compile(
    r"^[^,]+, (?:not|nicht|no|sino|who|which|whose|die|der|das|den|que|quien) [^,]*$", re.IGNORECASE
)
"""A noun with what says more about it, and no verb: “Ada Byron, who lost her house”."""


def statement_in(sentence: str) -> str:
    """An exact part of the sentence: the statement without who is said to make it; the whole where nothing can go."""
    if sentence.rstrip().endswith("?"):
        return sentence.strip()
    start, end = 0, len(sentence)
    for pattern in _BEFORE:
        match = pattern.match(sentence)
        if match and end - match.end() >= _SHORTEST and _goes_before(match[0], sentence[match.end() :]):
            start = match.end()
            break
    for pattern in _AFTER:
        match = pattern.search(sentence, start)
        rest = sentence[start : match.start()] if match else ""
        if match and len(rest) >= _SHORTEST and _goes_after(match[0], rest, is_inverted=pattern is _VERB_FIRST):
            end = match.start()
            break
    part = sentence[start:end].strip()
    # A full stop ends the sentence, not the statement; that of an abbreviation or of an ellipsis stays.
    part = part[:-1] if _STOP.search(part) else part
    return part if _is_whole(part) else sentence.strip().removesuffix(".")


def _goes_before(frame: str, rest: str) -> bool:
    """Whether words before a statement only say who makes it."""
    said, after = words_of(frame), words_of(rest)
    if not said or not after or after[0].low in CLAUSE:
        return False  # “According to the firm, | which the court says lied, …”
    if said[-1].text == ":":
        return _is_plain(said) and any(word.low in NARRATES or word.low in _SETS_OUT for word in said)
    if said[0].plain in PREPOSITIONS - _PLACES or (said[0].low == "the" and low_at(said, 1) in _WHENEVER):
        return False
    if said[-1].low in THAT and not _states(said, after):
        return False
    return _is_plain(_without_insertion(said[:-1] if said[-1].low in THAT else said))


def _states(said: Sequence[Word], after: Sequence[Word]) -> bool:
    """Whether a frame that ends with “that” has a verb that states what follows, and no demand does: not “withdrew its
    report | that”, “insisted | that the factory be closed”, “sugirió | que la presa se cierre”.
    """
    whole = [*said, *after]
    verb = next((i for i in range(len(said) - 1, 0, -1) if is_saying(whole, i)), None)
    if verb is None:
        return False
    low, between = said[verb].low, said[verb + 1 : -1]
    if said[-1].low == "dass" and any(word.is_document or word.low in _OBJECTS for word in between):
        return False  # “verteidigte die Angabe, | dass”
    if low in _URGES and not any(word.plain in FINITE or _PAST.search(word.low) for word in after):
        return False
    if low in _MAY_DEMAND:
        return any(word.plain in FINITE | _HAVE or _INDICATIVE.search(word.low) for word in after)
    is_bare = any(word.low == "be" and low_at(after, i - 1) not in _BEFORE_BE for i, word in enumerate(after) if i)
    return not is_bare


def _without_insertion(said: Sequence[Word]) -> Sequence[Word]:
    """“Ada Byron, who keeps the log, said”: without the clause that only says more about a subject."""
    first = next((i for i, word in enumerate(said) if word.text == ","), len(said))
    last = next((i for i in range(len(said) - 1, first, -1) if said[i].text == ","), first)
    inserted = said[first + 1 : last]
    begins = any(word.low in _TELLING for word in inserted[:2]) or (inserted and inserted[0].low in _ASKED)
    is_one = begins and not any(_turns(word) for word in inserted)
    return [*said[:first], *said[last + 1 :]] if is_one else said


def _goes_after(frame: str, rest: str, *, is_inverted: bool) -> bool:
    """Whether words after a statement only say who makes it, and what stays is a sentence."""
    said, after = [word for word in words_of(frame) if word.is_word], words_of(rest)
    if not said or not after or not _is_plain(said) or _NO_CLAUSE.match(rest):
        return False
    is_clause = "," in rest or after[0].low not in (PREPOSITIONS if is_inverted else frozenset()) | CLAUSE
    if not is_inverted or after[0].is_quote:
        return is_clause
    # “…, says the dam held”: what follows such a verb may be what is said
    is_english = any(word.low in ENGLISH_SAYS for word in said)
    return is_clause and any(_is_verb(word, is_english=is_english) for word in after)


def _is_plain(said: Sequence[Word]) -> bool:
    """Whether words are a subject and its verb, and nothing that turns what is said."""
    if any(word.is_quote or _turns(word) or word.text in _MARKS for word in said):
        return False
    if said[0].low in _CITING and not _names_somebody([word for word in said if word.is_word]):
        return False
    for i, word in enumerate(said):
        after = said[i + 1] if i + 1 < len(said) else None
        if word.text == "," and after and after.low in _AND:
            return False  # “The dam broke, | and the board says that …”
        if not word.is_word or not word.plain or (i == 0 and word.low in _LEADS):
            continue
        if word.plain in CLAUSE or word.plain in FINITE - _HAVE or (i == 0 and word.plain in _HAVE):
            return False
        if (
            word.plain in _TO
            and after
            and said[i - 1].low != "according"
            and not (after.is_capital or after.plain in DETERMINERS)
        ):
            return False  # “is asked | to say that”
        if (is_adverb(said, i) and word.low not in _NOUNS_ON_LY) or _ADVERB.search(word.low):
            return False
        if _is_other_verb(said, i):
            return False
    return True


def _turns(word: Word) -> bool:
    return _TURNS.fullmatch(word.low) is not None and not (word.is_name and word.low in MONTHS)


def _is_other_verb(said: Sequence[Word], i: int) -> bool:
    """“The mayor | resigned and says that …”, not “a retired mayor”, not “documents obtained by the paper”."""
    word, before = said[i], said[i - 1].plain if i else ""
    is_known = word.plain in SAYS | _GIVEN or before in DETERMINERS
    return _PAST.search(word.low) is not None and not is_known


def _names_somebody(said: Sequence[Word]) -> bool:
    """“according to the board”, not “according to plan”."""
    noun = said[2:] if said[0].low == "according" else said[1:]
    known = noun and (noun[0].plain in DETERMINERS or noun[0].is_capital or any(word.low in DOCUMENTS for word in noun))
    return bool(known or (noun and noun[0].low.endswith("s"))) and name_of(noun) is not None


def _is_verb(word: Word, *, is_english: bool) -> bool:
    irregular = _IRREGULAR if is_english else _OTHER_VERB
    is_form = _PAST.search(word.low) or irregular.fullmatch(word.low)
    return bool(word.plain) and (word.plain in FINITE | SAYS or is_form is not None)


def _is_whole(part: str) -> bool:
    """Whether every quotation that begins in it ends in it, and none that ends in it began before."""
    opened = ""
    for mark in part:
        if mark in CLOSED_BY.get(opened, ""):
            opened = ""
        elif mark in CLOSED_BY:
            if opened:
                return False
            opened = mark
        elif mark in "”»":
            return False
    return not opened
