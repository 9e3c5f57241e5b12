"""Titles where they stand on a page, and readable signs with weights of whether one is the source's."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.core.intake.addresses import is_about, likeness
from bot.core.intake.dates import date_spans
from bot.core.intake.kinds import KIND, LEADS, OUTLET_NOUN
from bot.core.intake.speech.verbs import SAYS

_OUTLET_BEFORE = re.compile(
    rf"(?-i:[A-ZÄÖÜ][\w’-]+) {OUTLET_NOUN.pattern}\b[^.!?“„«\"]{{0,60}},? (?:in|en)\s+$", re.IGNORECASE
)
"""“The Lake Courier lays it open in “…””"""
_IS_OUTLET = re.compile(
    rf"{OUTLET_NOUN.pattern}$|^\w+(?:bote|kurier|zeitung|anzeiger|blatt|rundschau|spiegel|presse)\b(?=(?:\s\S+){{0,2}}$)|^(?:radio|canal|portal)\b|^(?:(?:el|la|los|las|der|die|das|the)\s)?{OUTLET_NOUN.pattern}\b(?=(?:\s\S+){{0,3}}$)",
    re.IGNORECASE,
)
_KIND_BEFORE = re.compile(rf"\b{KIND}\b[^.!?“„«\"]{{0,70}}$", re.IGNORECASE)
_KIND_AFTER = re.compile(rf"^[^.!?“„«\"]{{0,30}}\b(?!called\b|headed\b){KIND}\b", re.IGNORECASE)
_RETOLD = re.compile(
    r"\b(?:summar\w+|digest|gist|retell\w*|evaluat\w+|assess\w+|review(?:s|ed)?|comment\w*|response|repl(?:y|ies)|answer\w*|based on|"
    r"drawn from|comes from|account of|read|zusammenfass\w*|fass\w+|bewert\w+|antwort\w*|erwider\w*|resum\w+|reseña\w*|comenta\w*|"
    r"respuesta|responde\w*|valora\w*)\b[^.!?]{0,60}$",
    re.IGNORECASE,
)
_PUBLISHED = re.compile(
    r"\b(?:publish\w*|print(?:ed|s)|ran|runs|carried|carries|appear\w*|issue|edition|released|brought out|posted|wrote for|written for|came out|"
    r"erschien\w*|veröffentlicht\w*|\w*ausgabe|\w*heft|\w*nummer|gedruckt|brachte|public\w+|aparec\w+|apareció|edición|número)\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"\b(?:links? to|link to|verlinkt|verweist|enlaza|enlace|an? (?:earlier|older|previous|related|companion|separate|follow-up)|earlier|older|"
    r"previous|companion|sister|related|früher\w*|älter\w*|anterior\w*|previo|vorherig\w*|other|another|second piece|weiter\w*|"
    r"(?:an?|un|una|eine[mnr]?) (?:[\w-]+ ){0,2}(?:report|study|survey|audit|informe|estudio|encuesta|auditoría|studie|umfrage|gutachten)|"
    r"also (?:links|refers|points)|see also|background|own (?:note|report|study)|according to|laut|según|survey|Gutachten|siehe|véase|cit(?:es|ing)|quot(?:es|ing))\b[^.!?]{0,90}$",
    re.IGNORECASE,
)
_SPEECH_BEFORE = re.compile(
    r"\b(?:says?|said|wrote|writes|claims?|notes|states?|that|as|of|calls?|describ\w+|speaks of|sagt\w*|nennt|spricht von|dass|als|von|dice|"
    r"que|como|de|(?:words?|sentence|phrase|Satz|Worten?|frase|palabras)(?: [\w’]+)?:)\s*:?\s*$",
    re.IGNORECASE,
)
_PUT_SO = re.compile(
    r"[,\s]*(?:as|is how|wie|como)\b[^.;]{0,80}\b(?:put|puts|says?|said|sagte?|formuliert\w*|dice|dijo)\b"
)
_STUDY_AFTER = re.compile(
    r"[”“»\"’]?,? (?:an?|eine?|un[ao]?) (?:[\w-]+ ){0,2}(?:study|survey|audit|Studie|estudio|encuesta)\b", re.IGNORECASE
)
_YEAR_IN_BRACKETS = re.compile(r"[”“»\"’]?\s*\((?:[^()]{0,30}[\s,])?(?:19|20)\d\d\)")
_OF_STUDY = re.compile(
    r"(?:study|survey|audit|untersuchung|studie|gutachten|umfrage|informe|estudio|encuesta)\b.*\b(?:of|by|from|der|des|von|vom|del?)\b",
    re.IGNORECASE,
)
_IN_ITS = re.compile(
    r"\b(?:calculat\w+|found|estimat\w+|conclud\w+|counted|reckon\w+|errechne\w+|schätz\w+|calcul\w+|estim\w+|concluy\w+) (?:in|en) "
    r"(?:its|an?|ihre[mr]|eine[mr]|su|una?) (?:[\w-]+ ){1,3}$",
    re.IGNORECASE,
)
"""“the think tank calculated in its paper …”"""
_HAILED = re.compile(
    r"\b(?:feier\w*|bezeichne\w*|beschreib\w*|verspotte\w*|lob\w*|describ\w*|hail\w*|dismiss\w*|praise\w*|mock\w*|califica\w*|"
    r"presenta\w*|tacha\w*)\b[^.]{0,60}\b(?:als|as|como|de)\s*$",
    re.IGNORECASE,
)
_NAMES_ABOVE = re.compile(
    rf"(?:así|de este modo) se (?:titula|llama)\b|(?:so|derart) (?:heißt|lautet|überschreibt|betitelt)\b|"
    rf"(?:such|that|this) is (?:the (?:title|headline|name)|what .{{0,40}}\bcalled)\b|(?:that|this|thus) is how .{{0,40}}{KIND}\b .{{0,20}}(?:headed|titled|called)\b",
    re.IGNORECASE,
)
"""How a line begins that says what the one above it is: “Así se titula la crónica, …”"""
_IS_DATED = re.compile(r"(?:,|\s)\s*(?:\S+\s){0,3}(?:19|20)\d\d\)?$")
"""“Fen & Field, spring 2025”"""
_IN_OUTLET = re.compile(r"(?:\s*\([^)]*\))?,?\s+(?:in|of|from|by|im|aus|en|de|der|del)\s")
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ])")
_IN = frozenset({"in", "of", "im", "en"})
_DAY = len("2025-05-12")
IS_CALLED, MOST_WORDS = 2, 16
_NEXT, _LONG = 5, 3
_UNTOLD, _UNTOLD_IN_TITLE = 2.0, 2.4


@dataclass(frozen=True, slots=True)
class Place:
    """A title where it stands."""

    words: str
    line: str
    at: int
    lines: int
    before: str
    """Of its sentence."""
    after: str
    is_quoted: bool
    is_link: bool
    is_marked: bool
    """It is set apart, and leads nowhere."""
    beside: str | None
    """The address that stands right after it, or that it links."""
    about: int
    """How much an address of the page is made of its words."""
    below: str
    """The next line, where the title is a line of its own."""
    ends_with_comma: bool
    """As what is said does: “…,” he wrote."""
    is_outlet: bool
    """Whether a line calls it one: “the magazine …”."""
    is_led_to: bool | None
    """Whether the address to which a line of its own leads is made of its words; None where there is no such line, or where
    this address is its own."""


def _has_day(at: Place) -> bool:
    """Whether its sentence tells a day and an outlet: “„Handgeld“, mit der der Kurier am 12. Mai 2025 …”"""
    around = f"{at.before} {SENTENCE.split(at.after)[0]}"
    return bool(OUTLET_NOUN.search(around)) and any(date and len(date) == _DAY for _, _, date in date_spans(around))


_SIGNS: tuple[tuple[str, float, Callable[[Place], object]], ...] = (
    ("a line that leads to the source", 5.0, lambda at: LEADS.match(at.line)),
    ("“the article …”", 2.0, lambda at: _KIND_BEFORE.search(at.before)),
    ("“…, an article”", 1.2, lambda at: _KIND_AFTER.match(at.after) and not _KIND_BEFORE.search(at.before)),
    ("the next line says so", 4.0, lambda at: _NAMES_ABOVE.match(at.below)),
    ("a summary of …", 1.5, lambda at: _RETOLD.search(at.before)),
    ("it was published", 1.5, lambda at: _PUBLISHED.search(at.before) or _PUBLISHED.search(at.after[:80])),
    ("it stands in an outlet", 1.2, lambda at: _IN_OUTLET.match(at.after)),
    ("an outlet does something in it", 1.2, lambda at: at.is_quoted and _OUTLET_BEFORE.search(at.before)),
    ("an address", 1.5, lambda at: at.beside),
    ("a link", 1.0, lambda at: at.is_link),
    ("an address has its words", 1.25, lambda at: at.about == 1),
    ("an address has several of its words", 2.5, lambda at: at.about > 1),
    ("a line leads to it", 4.0, lambda at: at.is_led_to),
    ("a line leads elsewhere", -2.0, lambda at: at.is_led_to is False and at.beside),
    ("dated in brackets", 2.0, lambda at: at.is_quoted and _YEAR_IN_BRACKETS.match(at.after)),
    ("a day beside it", 1.2, lambda at: at.is_quoted and _has_day(at)),
    ("a link of this site, and a line leads elsewhere", -4.0, lambda at: at.is_led_to is False and at.is_link and not at.beside),
    ("in quotation marks", 0.8, lambda at: at.is_quoted),
    ("written as a title", 0.8, lambda at: _is_title_case(at.words)),
    ("a link that is not written as one", -1.0, lambda at: not at.is_quoted and not _is_title_case(at.words)),
    ("at the end", 0.7, lambda at: at.at >= at.lines - 3),
    ("another work", -3.0, lambda at: _OTHER.search(at.before)),
    ("a study's title", -3.0, lambda at: _STUDY_AFTER.match(at.after) or _IN_ITS.search(at.before) or _OF_STUDY.match(at.words)),
    ("somebody says it", -3.0, lambda at: at.is_quoted and _is_said(at.after)),
    ("something is called so", -1.5, lambda at: at.is_quoted and _SPEECH_BEFORE.search(at.before) and not _KIND_BEFORE.search(at.before)),
    ("one word", -2.0, lambda at: len(at.words.split()) == 1),
    ("a name with its date", -4.0, lambda at: at.is_link and not at.is_quoted and _IS_DATED.search(at.words)),
    ("a comma within its marks", -2.0, lambda at: at.is_quoted and at.ends_with_comma and not _PUBLISHED.search(at.after[:40])),
    ("something is hailed as it", -3.0, lambda at: at.is_quoted and _HAILED.search(at.before)),
    ("only set apart", -3.0, lambda at: at.is_marked and not at.is_quoted and not (at.about and _KIND_BEFORE.search(at.before))),
    ("very long", -0.5, lambda at: len(at.words.split()) > MOST_WORDS),
    ("an outlet’s name as a link", -9.0, lambda at: not at.is_quoted and not at.about and _IS_OUTLET.search(at.words)),
    ("an outlet elsewhere", -9.0, lambda at: not at.is_quoted and at.is_outlet),
    ("the name of the address", -3.0, lambda at: at.beside and not is_about(at.beside, at.words) and likeness(at.words, at.beside) >= IS_CALLED),
)  # fmt: skip
_TELLING = frozenset(
    [
        "a line that leads to the source", "“the article …”", "“…, an article”", "a summary of …", "it was published",
        "it stands in an outlet", "an outlet does something in it", "an address", "a link", "an address has its words",
        "an address has several of its words", "a line leads to it", "dated in brackets",
    ]
)  # fmt: skip
"""Signs of a title; words in quotation marks without any of them are what somebody says."""


def score_of(place: Place) -> float:
    """How much speaks for a title where it stands."""
    met = [(name, weight) for name, weight, sees in _SIGNS if sees(place)]
    score = sum(weight for _, weight in met)
    if place.is_quoted and not any(name in _TELLING for name, _ in met):
        score -= _UNTOLD if place.at else _UNTOLD_IN_TITLE
    return score


def names_above(line: str) -> bool:
    """Whether a line says that the one above it is a title: “Así se titula la crónica, …”"""
    return bool(_NAMES_ABOVE.match(line))


def _is_said(after: str) -> bool:
    """Whether words in quotation marks are somebody's: “…”, said the clerk; “…” is how the doctor puts it."""
    if _PUT_SO.match(after):
        return True
    first = re.findall(r"[\w’]+", re.split(r"[.;:“„«]", after)[0])[:_NEXT]
    at = next((i for i, word in enumerate(first) if word.lower() in SAYS), len(first))
    return at < len(first) and not any(_PUBLISHED.fullmatch(word) or word.lower() in _IN for word in first[:at])


def _is_title_case(words: str) -> bool:
    long = [word for word in words.split() if len(word) > _LONG]
    return len(long) > 1 and sum(word[:1].isupper() for word in long) >= 0.75 * len(long)
