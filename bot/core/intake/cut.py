"""The statement of a sentence, cut from it: who says it goes, not a word is changed."""

import re

_BEFORE = (
    re.compile(
        r"^(?:the|this) (?:article|piece|report|paper|text|authors?|story)\b[^,:;“”]{0,40}?\b(?:that|:)\s+",
        re.IGNORECASE,
    ),
    re.compile(r"^(?:the|this) (?:article|piece)[^:“”]{0,60}:\s+", re.IGNORECASE),
    re.compile(
        r"^(?:according to|laut|según|nach angaben)\b[^,]{2,80}(?:, (?:quoted|cited|head|citad)[^,]{2,80})?,\s+",
        re.IGNORECASE,
    ),
    re.compile(
        r"^[^,“”]{2,80}?(?:,[^,“”]{2,60},)? (?:said|says|told [^,]{2,40}?|stated|reports?|reported|declared|claims?|found|finds|confirmed|denied|"
        r"explained|affirms|notes)(?: on [^,]{3,25})? that\s+"
    ),
)
_AFTER = (
    re.compile(
        r",\s+(?:the [\w &’'-]{2,60}|[A-Z][\w &’'.-]{2,60}) (?:said|says|writes|reports|claims|told [^,.]{2,40})\.?$"
    ),
    re.compile(r",\s+according to [^,]{2,90}\.?$", re.IGNORECASE),
)
_SHORTEST = 20
_STOP = re.compile(r"(?:[^\W_]{3}|\d|[%)”\"’])\.$")


def statement_in(sentence: str) -> str:
    """An exact part of the sentence: the statement without who is said to make it; the whole where nothing can go."""
    start, end = 0, len(sentence)
    for pattern in _BEFORE:
        match = pattern.match(sentence)
        if match and end - match.end() >= _SHORTEST:
            start = match.end()
            break
    for pattern in _AFTER:
        match = pattern.search(sentence)
        if match and match.start() - start >= _SHORTEST:
            end = match.start()
            break
    part = sentence[start:end].strip()
    # A full stop ends the sentence, not the statement; that of an abbreviation or of an ellipsis stays.
    return part[:-1] if _STOP.search(part) else part
