"""The language of a text, by its commonest words."""

import re

# The commonest words of each language; many words a line, where the formatter would give each its own.
# fmt: off
_STOPWORDS = {
    "en": [
        "the", "of", "and", "to", "in", "that", "is", "was", "for", "with", "on", "by", "as", "are", "from", "which",
        "this", "at", "have",
    ],
    "de": [
        "der", "die", "das", "und", "in", "den", "von", "zu", "mit", "ist", "auf", "für", "nicht", "ein", "eine",
        "sich", "des", "dem", "im", "war",
    ],
    "es": [
        "el", "la", "los", "las", "de", "que", "y", "en", "un", "una", "por", "con", "se", "del", "para", "es", "fue",
        "su", "al", "como",
    ],
    "fr": [
        "le", "la", "les", "de", "des", "et", "en", "un", "une", "que", "pour", "dans", "est", "qui", "sur", "au",
        "par", "pas",
    ],
    "it": [
        "il", "lo", "la", "di", "che", "e", "un", "una", "per", "con", "del", "della", "non", "sono", "nel", "alla",
        "dei",
    ],
    "pt": [
        "o", "a", "os", "as", "de", "que", "e", "em", "um", "uma", "para", "com", "não", "do", "da", "no", "na",
        "dos",
    ],
    "nl": [
        "de", "het", "een", "en", "van", "in", "is", "dat", "op", "te", "voor", "met", "niet", "zijn", "aan", "er",
    ],
}
# fmt: on


def language_of(text: str) -> str | None:
    """The language by its commonest words; None where none stands out."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    scores = {language: sum(map(words.count, common)) for language, common in _STOPWORDS.items()}
    best = max(scores, key=lambda language: scores[language])
    return best if scores[best] * 12 > len(words) and scores[best] else None
