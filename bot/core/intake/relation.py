"""What a page is to the publication that it reports – a summary, a judgement or an answer – by signs in one table.

The weights are those of a logistic regression over the annotated pages of the tests, rounded by hand.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.model import Relation

_FIRST, _LAST, _OPENING = 40, 10, 900
_WORDS_OF_OTHERS = re.compile(r"[“„«\"][^“„«”»\"]*[”“»\"]|(?<!\w)‘[^‘’]{2,200}’(?!\w)")
"""No mark that opens stands within: each of thousands that nothing closes would be looked at to the end of the text."""


def _words(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b", re.IGNORECASE)


def _heading(*patterns: str) -> re.Pattern[str]:
    return re.compile(rf"^(?:\W|\d+\W)*(?:{'|'.join(patterns)})", re.IGNORECASE)


_WORK = r"(?:article|piece|essay|report|story|column|leader|editorial|feature|investigation|text|author|artikel|beitrag|aufsatz|bericht|reportage|artículo|ensayo|reportaje|columna|texto)"
_ANSWER = r"(?:reply|answer|response|rejoinder|retort|comment|antwort|erwiderung|replik|entgegnung|kommentar|respuesta|réplica|contestación|comentario)"
_A = r"(?:an?|in|my|our|une?|una|mi|nuestra|eine?|meine|unsere)"

_IS_WORK = re.compile(rf"\b{_WORK}\b", re.IGNORECASE)
_EMPTY_MARKS = re.compile(r"[„“‘«\"]\s*[“”’»\"]")
_TITLE_JUDGES = _words(
    r"evaluat\w+|assess\w*|review(?:ing|ed)|weigh(?:ed|ing)|verdicts?|judged?|fact-?check\w*|under review",
    r"how (?:solid|sound|fair|good|well|convincing|reliable|true|strong|much truth)|(?:hold|add|stand|stack)s? up|make its case|convinc\w+|get\w* .{0,60} right",
    r"(?:critical|sober|careful|frank|fresh|closer?|second|hard|long|sceptical) look|thin (?:sourcing|footnotes|evidence)|(?:missing|weak) (?:pages|parts|spots)",
    r"bewert\w+|einordnung|auf dem prüfstand|wie (?:gut|solide|fair|stichhaltig|belastbar|überzeugend)|rezension|besprechung|faktencheck|haltbar\w*|einwände|lücken",
    r"valora(?:ción|mos)|evaluación|reseña|veredicto|a examen|se sostiene|convence|luces y sombras",
)
_TITLE_ANSWERS = _words(
    rf"{_A} (?:\w+ )?{_ANSWER}(?=\W*$|[.:?!,;]|\s+(?:to|on|an|auf|zu[rm]?|al?)\b)|(?:comments?|remarks|reply|response|answer) (?:to|on)|remarks|convinced|(?:is|was|are|were) (?:wrong|right) (?:about|to)|was right|should say so",
    r"(?:antwort|replik|erwiderung|kommentar) (?:auf|an|zu)|widerspruch|(?:respuesta|réplica|comentario) al?|otra mirada|dar la razón",
)
_TITLE_COMMENTS = _words(
    r"(?:a comment|some remarks|ein kommentar|un comentario|a rejoinder|eine (?:replik|erwiderung)|una réplica)"
)
_OPENING_JUDGES = _words(
    r"(?:this|the present|our|my) (?:\w+ ){0,3}(?:evaluation|review|assessment|appraisal|verdict|reading)|under (?:review|examination) here|whether (?:it|the \w+) (?:succeeds|holds|convinces)",
    r"we (?:have )?(?:checked|tested|weighed|assess(?:ed)?|examined|rate)|wir haben .{0,80}(?:geprüft|nachgerechnet)|unsere (?:bewertung|einordnung|prüfung)|(?:esta|nuestra) (?:valoración|reseña|evaluación)",
)
_OPENING_ANSWERS = _words(
    rf"(?:our|my|an?|this|eine?|unsere|meine) (?:\w+ )?{_ANSWER}|(?:deserves?|owe\w*|merece\w*|verdient\w*) (?:an?|una?|eine) {_ANSWER}|(?:respuesta|responde) (?:al?|a la)|antwort (?:schuldig|auf|an)",
    r"(?:we|I) (?:disagree|beg to differ|do not (?:share|agree)|cannot (?:share|agree))|no (?:la|lo) comparti\w+|nicht teilen|anderer meinung",
)
_HEADING_JUDGES = _heading(
    r"(?:(?:our|the|my|unser|mein|nuestr[oa]|la|el|das|and) )?(?:verdict|judge?ment|assessment|evaluation|rating|marks?|scorecard|grumbles|strengths?|weak\w+|omissions|slips|tone|urteil|bewertung|fazit|wertung|stärken|schwächen|veredicto|valoración|aciertos|puntos débiles)\b",
    r"on balance|what we make|claims without",
    r"(?:and )?(?:what|where|who) .{0,40}\b(?:convinc\w+|holds?|works?|does (?:well|badly|not)|falls? short|stumbles?|right|wrong|astray|missing|misses|overreach\w*|fails?|good|weak|leaves out|too far|has a point|part company|part ways)\b",
    r"(?:und )?was .{0,40}\b(?:stimmt|fehlt|überzeugt|trägt|hinkt|gut (?:macht|ist)|verschweigt)|wo .{0,40}\b(?:hinkt|irrt|überzeugt)",
    r"lo que .{0,40}\b(?:acierta|falta|convence|calla|echamos de menos|(?:cuenta|hace) (?:bien|mal))",
)
_HEADING_MARKS = _heading(r"(?:fairness|style|tone|prose|headline|research|ton|stil|tono|estilo)\s*:")
_MARKS = re.compile(
    r"★|\b(?:(?:rate|award)s? (?:the \w+|it|this)|(?:give|award)s? (?:it|this|the \w+) (?:one|two|three|four|five|six)|(?:stars?|marks?|points?) out of|out of (?:five|ten)|(?:one|two|three|four|five) (?:and a half )?stars|sternen?|estrellas)\b",
    re.IGNORECASE,
)
_JUDGES = _words(
    r"fairer|weaker|thin(?:ner)?|(?:does not|doesn’t|nor does (?:it|the \w+)|never|hardly) mentions?|is missing|is silent|leaves? (?:out|unsaid)|loses its balance|too (?:kind|ready|quick|far|easily)|unconvincing|convinc\w+|persua\w+",
    r"at (?:its|her|his) (?:best|strongest|weakest)|omissions?|worth (?:having|reading)|frames|how fair|strengths?|weakness(?:es)?|overstat\w+|falls short|stumbles|well sourced|holds up|gets? (?:\w+ ){0,3}(?:right|wrong)",
    r"careful(?! (?:not|to)\b)|careless\w*|one-sided|exaggerat\w+|(?:our|my) (?:verdict|reading|judge?ment)|one (?:would have liked|misses|believes)|(?:is|are) (?:right|wrong) (?:about|to|that)",
    r"am (?:stärksten|schwächsten)|überzeug\w+|geprüft|nachgerechnet|stimmt nicht|stimmt(?=[:,.])|trifft zu|lesenswert|einseitig\w*|sauber|hinkt|verliert .{0,20}kein wort|mit keinem wort|erwähnt (?:der|die|das) \w+ nicht",
    r"acierta|se equivoca|exagera\w*|calla|convence\w*|no (?:dice|menciona|cuenta)|echa\w* (?:de menos|en falta)",
)
_JUDGES_THE_WORK = _words(
    rf"(?:the|der|die|das|el|la) {_WORK} (?:is|are|remains|deserves|overlooks|ignores|forgets|makes|loses|ist|wirkt|bleibt|verdient|es|resulta)"
)
_SPEAKS_ITSELF = re.compile(
    r"\b(?:I|I’m|I’ve|I’d|I’ll|[Mm]y|[Mm]ine|me|[Ii]ch|[Mm]ir|[Mm]ich|[Mm]eine?[mnrs]?|[Yy]o|[Mm]is?|conmigo|estoy|creo|pienso|opino|discrepo|confieso)\b"
)
_WE_HOLD = _words(
    r"we (?:believe|think|find|disagree|hope|demand|ask|say|do not|have no|would|should|can)|(?:to|told|with) us",
    r"(?:finde|glaube|meine|denke) ich|ich (?:finde|glaube|meine|denke|halte)|I (?:think|believe|find)|a mí me|wir (?:finden|meinen|fordern|widersprechen|hoffen|halten|glauben)|nos (?:parece|dijo|gustaría)|no (?:la|lo|nos) \w+mos|proponemos|decimos|creemos|pensamos|pedimos|exigimos",
)
_ANSWERS = _words(
    rf"(?:our|my|die) {_ANSWER}|dear (?:editor|sir|minister|mr)|(?:to|an|al) (?:the editor|mr|mrs|herrn?|señora?)|artículo al que se responde|(?:columna|artículo|texto) que (?:aquí )?se comenta|artículo comentado|respond(?:o|e|emos) (?:aquí )?al?"
)
_SUMS_UP = _words(
    r"summar\w+|digest\w*|retold|gist|overview|recap|in short|in brief|below is|explained|explainer",
    r"zusammenfass\w+|zusammengefasst|überblick|kurzfassung|resum\w+|síntesis",
)


@dataclass(frozen=True, slots=True)
class Sign:
    """A pattern that is counted in one part of the page, so many times at most."""

    where: str
    pattern: re.Pattern[str]
    most: int
    judges: float
    answers: float


SIGNS = (
    Sign("title", _TITLE_JUDGES, 1, 2.2, 0.0),
    Sign("title", _TITLE_ANSWERS, 1, 0.0, 2.6),
    Sign("title", _TITLE_COMMENTS, 1, 0.0, 1.0),
    Sign("title of the source", _TITLE_JUDGES, 1, 1.3, 0.0),
    Sign("title of the source", _TITLE_ANSWERS, 1, 0.0, 1.0),
    Sign("opening", _OPENING_JUDGES, 1, 1.0, 0.0),
    Sign("opening", _OPENING_ANSWERS, 2, 0.0, 2.0),
    Sign("headings", _HEADING_JUDGES, 3, 1.4, 0.8),
    Sign("headings", _HEADING_MARKS, 3, 1.0, 0.0),
    Sign("text", _MARKS, 2, 0.5, 0.0),
    Sign("text", _JUDGES, 5, 1.0, 0.4),
    Sign("text", _JUDGES_THE_WORK, 3, 0.2, 0.0),
    Sign("text", _SPEAKS_ITSELF, 8, 0.4, 1.0),
    Sign("text", _WE_HOLD, 4, 0.3, 0.9),
    Sign("text", _ANSWERS, 2, 0.0, 1.5),
    Sign("title", _SUMS_UP, 1, -0.7, -0.7),
    Sign("opening", _SUMS_UP, 2, -0.7, -0.7),
)
"""What counts for a page that judges, and for one that answers."""
_LEAST_JUDGED, _LEAST_ANSWERED = 3.4, 3.3


def relation_of(title: str, lines: Sequence[str], headings: Sequence[str], outlet: str | None) -> Relation:
    """What a page is to its source; a summary, where little in it judges or answers.

    `title`: the page's, without that of its source; `lines`: its text, `headings` those that are such; `outlet`: the
    source's. Words in quotation marks are others'.
    """
    text = _WORDS_OF_OTHERS.sub(" ", "\n".join([*lines[:_FIRST], *lines[_FIRST:][-_LAST:]]))
    parts = {
        "title": [title],
        "title of the source": [title] if _speaks_of(title, outlet) else [],
        "opening": [text[:_OPENING]],
        "headings": headings,
        "text": [text],
    }
    judged, answered = -_LEAST_JUDGED, -_LEAST_ANSWERED
    for sign in SIGNS:
        met = min(sign.most, sum(len(sign.pattern.findall(part)) for part in parts[sign.where]))
        judged += sign.judges * met
        answered += sign.answers * met
    if max(judged, answered) <= 0:
        return Relation.SUMMARY_OF
    return Relation.EVALUATION_OF if judged > answered else Relation.COMMENT_ON


def _speaks_of(title: str, outlet: str | None) -> bool:
    """Whether a title names the outlet, or a last word of its name, a work (“Weighing a Report on Our Orchestras”) or the
    source's title, of which only the marks are left here.
    """
    last = outlet.rsplit(maxsplit=1)[-1] if outlet else ""
    return bool(_IS_WORK.search(title) or _EMPTY_MARKS.search(title)) or (
        bool(last) and last.casefold() in title.casefold()
    )
