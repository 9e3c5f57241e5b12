"""The statement of a sentence, cut from it: who says it goes, not a word is changed.

Nothing is cut where the sentence says that somebody denies it, or has not said it: what was left would say the opposite.
"""

import re

from bot.core.intake.speech.verbs import CITING, ENGLISH_SAYS, INVERTING, SAYS
from bot.core.intake.words import words

_DENIES = words(
    """
    deny denies denied dispute disputes disputed reject rejects rejected refute refutes refuted rebut rebuts rebutted
    contradict contradicts contradicted protest protests protested criticise criticises criticised criticize criticizes
    criticized complain complains complained object objects objected dismiss dismisses dismissed doubt doubts doubted
    question questions questioned fear fears feared worry worries worried
    """,
    """
    bestreitet bestritt bestreiten dementiert dementierte widerspricht widersprach widersprechen verneint verneinte
    kritisiert kritisierte kritisieren beklagt beklagte befürchtet
    """,
    "niega negó niegan desmiente desmintió rechaza rechazó rechazan critica criticó lamenta lamentó",
)
"""Verbs after which a clause is not what their subject states."""
_SAYS = "|".join(sorted(SAYS - _DENIES - CITING, key=len, reverse=True))
_INVERTED = "|".join(sorted((SAYS - ENGLISH_SAYS - _DENIES) | INVERTING, key=len, reverse=True))
_NOT = re.compile(
    r"\b(?:not|never|no longer|neither|nor|nobody|nicht|nie|kein\w*|niemand|no|nunca|nadie|ni|deny|denies|denied|denial|"
    r"wrongly|falsely|bestreit\w*|nieg\w*|negó)\b",
    re.IGNORECASE,
)
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
_AFTER = (
    # “…, the Association told the paper.”, “…, as the Courier reports.”
    re.compile(
        rf",[”“»]?\s+(?:as |wie )?{_SOMEBODY}[^,“”„«»:;\d]{{0,70}} (?:{_SAYS})(?: (?:the|dem|der|al|a|to) [^,:;\d]{{2,30}})?\.?$"
    ),
    # “…, schätzt der Betriebsrat.”
    re.compile(rf",[”“»]?\s+(?:{_INVERTED}) {_SOMEBODY}[^,“”„«»:;\d]{{1,70}}\.?$"),
    re.compile(rf",\s+(?:according to|laut|según|so (?={_SOMEBODY})) ?(?!which|den|welche)[^,;:]{{2,110}}\.?$"),
)
_SHORTEST = 22
_STOP = re.compile(r"(?:[^\W_]{3}|\d|[%)”\"’])\.$")


def statement_in(sentence: str) -> str:
    """An exact part of the sentence: the statement without who is said to make it; the whole where nothing can go."""
    start, end = 0, len(sentence)
    for pattern in _BEFORE:
        match = pattern.match(sentence)
        if match and end - match.end() >= _SHORTEST and not _NOT.search(match[0]):
            start = match.end()
            break
    for pattern in _AFTER:
        match = pattern.search(sentence, start)
        if match and match.start() - start >= _SHORTEST and not _NOT.search(match[0]):
            end = match.start()
            break
    part = sentence[start:end].strip()
    # A full stop ends the sentence, not the statement; that of an abbreviation or of an ellipsis stays.
    part = part[:-1] if _STOP.search(part) else part
    return part if _is_whole(part) else sentence.strip().removesuffix(".")


def _is_whole(part: str) -> bool:
    """Whether every quotation that begins in it ends in it."""
    return part.count("“") <= part.count("”") + part.count("„") and part.count("«") == part.count("»")
