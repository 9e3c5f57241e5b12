"""Which sentences of a page state something that can be checked: readable features with weights in one table.

The weights are those of a logistic regression over the annotated pages of the tests, all but one invented for this
project, rounded to a tenth (`python -m tests.benchmarks.weights`): no other data was learned from. The real page counts
four times and central sentences more than others; what asks, or speaks of the page itself, is never chosen.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.core.intake.counted import Figure
from bot.core.intake.dates import date_spans, dates_in
from bot.core.intake.figures import figures_in
from bot.core.intake.kinds import KIND
from bot.core.intake.speech.verbs import SAYS
from bot.core.intake.words import OUTLET_WORDS

_QUOTED = re.compile(r"[“„«\"]([^”“»\"]*)[”“»\"]?")
_CLAUSE = re.compile(r"\b(?:that|dass|que)\b|: |, (?:der|die|das|es|er|sie|alle|man|in)\b")


@dataclass(frozen=True, slots=True)
class Look:
    """What a feature sees of a sentence."""

    text: str
    figures: tuple[Figure, ...]
    dates: tuple[str, ...]
    speakers: tuple[str, ...]
    is_item: bool = False
    names_title: bool = False
    """The title of the source publication stands in it."""
    outlet: str | None = None
    is_demanded: bool = False
    """An item of a list that says what should be done."""
    is_verdict: bool = False
    """It stands under a heading such as “Verdict”."""
    bare: str = field(default="")
    """The sentence without what stands in quotation marks."""

    @property
    def is_dated(self) -> bool:
        """Whether a date stands in it, even one without a year."""
        return bool(date_spans(self.text))

    @property
    def others(self) -> tuple[str, ...]:
        """Who says it besides the outlet."""
        return tuple(name for name in self.speakers if name != self.outlet)

    @property
    def names(self) -> int:
        """How many names stand in it."""
        return len(_NAME.findall(self.bare))

    @property
    def names_outlet(self) -> bool:
        """Whether it speaks of the publication that is summarised."""
        return bool(self.outlet and self.outlet in self.text) or bool(_OF_OUTLET.search(self.bare))


_NAME = re.compile(r"(?<=[\w,;:’] )[A-ZÄÖÜÁÉÍÓÚ][\w’-]+(?:\s(?:of|de|der|del|la|the)?\s?[A-ZÄÖÜÁÉÍÓÚ&][\w’-]*)*")
_OF_OUTLET = re.compile(
    r"(?<!told )(?<!by )(?<!to )(?<!with )\b(?:the|this|its|der|die|das|dieser?|el|la|este|esta) (?:(?:own|long|short|same|neue|ganze) )?"
    rf"(?:{'|'.join(sorted(OUTLET_WORDS))})\b",
    re.IGNORECASE,
)


def _has(pattern: str) -> Callable[[Look], bool]:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda look: compiled.search(look.text) is not None


def _tells(pattern: str) -> Callable[[Look], bool]:
    """Outside quotation marks."""
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda look: compiled.search(look.bare) is not None


_PAST = re.compile(
    r"\b(?:became|began|bought|broke|brought|built|burnt|caught|came|cut|drew|drove|fell|fled|flew|froze|gave|went|grew|hit|kept|led|left|"
    r"lent|lost|made|met|paid|quit|ran|rose|sank|sent|shot|shut|sold|spent|stood|stole|struck|swept|took|threw|won|withdrew|died|"
    r"trat|ging|lief|fiel|stieg|sank|verlor|gewann|starben?|brach|schloss|zog|zogen|nahm|stand|lag|saß|ließ|traf|wuchs|wuchsen|trug|entschied|"
    r"murieron|[a-záéíóúñ]{3,}(?:ó|aron|ieron)|"
    r"(?!(?:könn|soll|müss|hät|würd|woll|möch|heu|letz|rech|bes|ers|drit|weites|leich)te)[a-zäöüß]{3,}(?:el|er|ig|g|r|l|n|s|z|d|b|f|k|h|m|p)te(?:n|st)?)\b"
)
_ED = re.compile(r"\b[a-z]{3,}ed\b")
_DONE = re.compile(
    r"\b(?:has|have|had|was|were|been)(?: \w+ly| since| also| now| already| never| not| yet)* (?:[a-z]+ed|[a-z]+en|been|built|cut|found|held|kept|left|lost|made|paid|"
    r"put|sent|shut|sold|spent|told|gone|done|run|come|become|met|won)\b"
    r"|\b(?:hat|haben|hatte|hatten|wurden?|worden|ist|sind|war|waren)\b.{0,120}?\b(?:\w{0,20}ge\w{2,}(?:t|en)|[a-zäöü]\w+iert|\w{2,}(?:lassen|loren|nommen|schlossen|troffen|fallen|brochen|boten|standen|gangen|kauft|zahlt|setzt|legt|höht))\b"
    r"|\b(?:ha|han|había|habían|fue|fueron|sido|está|están) (?:\w+(?:ado|ido|ados|idos|ada|ida|adas|idas)|muerto|hecho|abierto|visto|puesto|escrito|roto)\b",
    re.IGNORECASE,
)


def _is_event(look: Look) -> bool:
    verbs = [m[0] for m in _ED.finditer(look.bare)]
    return bool(_PAST.search(look.bare)) or any(verb not in SAYS for verb in verbs)


def _in_digits(look: Look) -> bool:
    return any(any(c.isdigit() for c in f.text) or isinstance(f.value, tuple) or f.value > _SMALL for f in look.figures)


def _is_mostly_quoted(look: Look) -> bool:
    return len(look.bare) < len(look.text) / 2


_SMALL = 3
_SHORT = 7

_INTRODUCES = re.compile(
    r"\b(?:first appeared|which appeared|appeared (?:in|on)|came out (?:in|on)|(?:issue|edition|number) of|published (?:on|in|by)|is based on|"
    r"erschien(?:en)?|veröffentlichte|(?:publicad[oa]|aparecid[oa]) (?:el|en)|publicó)\b",
    re.IGNORECASE,
)
_ARGUES = re.compile(
    rf"^(?:(?:the|this|its|der|die|das|el|la) )?(?:{KIND}|author|authors|writer|writers|autor|autora|autorin|verfasserin?)\b[^,;:]{{0,25}}? "
    r"(?:argues?|asserts?|contends?|insists?|stress(?:es)?|emphasi[sz]es?|underscores?|underlines?|maintains?|holds?|believes?|warns?|suggests?|"
    r"laments?|complains?|argumentiert|betont|meint|fordert|mahnt|sostiene|insiste|subraya|opina|argumenta|lamenta|defiende)\b",
    re.IGNORECASE,
)
_LINKS = re.compile(
    r"\b(?:links? (?:to|leads?)|link to|see also|weiterlesen|verlinkt|verweist auf|enlaza|enlace|an (?:earlier|older) (?:piece|contribution|column))\b",
    re.IGNORECASE,
)
_WITH_FACT = re.compile(
    r"\b(?:summari[sz]ing|describing|noting|reporting|documenting|which (?:argues|claims|reports|finds|found|shows|revealed|describes)|according to which|"
    r"who|in which|dem zufolge|das zeigt|que (?:revela|reveló|muestra|sostiene|documenta))\b",
    re.IGNORECASE,
)
_SWEEPING = re.compile(
    r"\b(?:all|never|nobody|nothing|everything|everyone|everywhere|always|anyone|nie|niemand|nichts|alles|nadie|nada|todo|todos|siempre|nunca)\b",
    re.IGNORECASE,
)
_APPEARED = re.compile(
    r"\b(?:publish\w*|printed|ran|carried|appear\w*|issue|edition|cover|devotes?|released|in its|erschien\w*|veröffentlicht\w*|Ausgabe|befasst|"
    r"public[oó]\w*|publicad[oa]|aparecid[oa]|número|edición|dedica|firmad[oa]|titula\w*|written|is a)\b",
    re.IGNORECASE,
)
_NARRATION = re.compile(
    rf"^(?:(?:but|and|yet|so|still|here|there|its|for|also|as) )*(?:(?:the|this|its|der|die|das|el|la) )?(?:{KIND}|author|authors|writer|paper|autor|autora|autorin|verfasserin?|reporters?)"
    r"(?:’s|s)?(?:, [^,]{3,60},)? (?:also |even |then |itself |rather |plainly |only )?"
    r"(?:argues?|asserts?|stress(?:es)?|emphasi[sz]es?|underscores?|insists?|paints?|positions|presents|draws|opens|begins|starts|ends|closes|looks|leans|"
    r"concludes|contends|suggests|lets|lingers|treats|wants|frames|makes|offers|asks|returns|links|considers|doubts|never|builds|sets out|moves|turns|goes|"
    r"lays|spends|does|is|are|has no|fordert|endet|beginnt|schildert|zeigt|ist|lässt|acaba|empieza|arranca|termina|propone|es)\b",
    re.IGNORECASE,
)
_DID_NOT = re.compile(
    r"\b(?:nobody|no one|none|not (?:one|a single)|no (?:\w+ ){1,3})\b[^.;,]{0,30}\b(?:was|were|is|are|has|have|had|stands?|came|did|died|survived|said)\b|"
    r"\b(?:has|have|was|were|had|is|are) (?:never|not yet|not) (?:been )?\w+(?:ed|en|n|t)\b|\bnobody (?:died|was|has|had)\b|"
    r"\bkein(?:e|en|er|em|es)? (?:einzig\w+ )?(?:\w+ ){1,3}?\w*(?:ge\w+(?:t|en)|\w{4,}(?:annt|iert|fen|ben))\b|\b(?:wurden?|ist|sind) (?:\w+ )?(?:nicht|nie)\b|"
    r"\b(?:gab|gibt) es (?:\w+ )?(?:nicht|kein\w*|nie)|\bniemand\b|\b(?:nicht|nie) ge\w+(?:t|en)\b|"
    r"\b(?:nunca|jamás|nadie|ningun[oa]|ningún) \w+|\bno (?:se )?(?:ha|han|hubo|fue|fueron|llegó|hay)\b",
    re.IGNORECASE,
)
_BY_THE_WAY = re.compile(
    r"\b(?:while|because|although|though|if|unless|whether|weil|obwohl|während|wenn|falls|ob|porque|aunque|mientras|si)\b",
    re.IGNORECASE,
)


def _did_not_happen(look: Look) -> bool:
    """In the first clause: behind a “while” or a “because” it is said by the way; what the source argues is none."""
    return bool(_DID_NOT.search(_BY_THE_WAY.split(look.bare)[0])) and not _ARGUES.search(look.bare)


FEATURES: tuple[tuple[str, float, Callable[[Look], bool]], ...] = (
    ("a figure", 4.6, _in_digits),
    ("a small number in words", 1.9, lambda look: bool(look.figures) and not _in_digits(look)),
    ("several figures", 1.7, lambda look: len(look.figures) > 1),
    ("a date", 3.1, lambda look: look.is_dated),
    ("a day is named", 0.3, lambda look: any(len(date) == 10 for date in look.dates)),
    ("somebody is named who says it", 1.4, lambda look: bool(look.others)),
    ("the source itself says it", 0.5, lambda look: bool(look.speakers) and not look.others),
    ("what somebody says follows", 0.9, lambda look: bool(look.others) and bool(_CLAUSE.search(look.bare))),
    ("an event", 1.4, _is_event),
    ("something was done", 1.4, lambda look: bool(_DONE.search(look.bare))),
    ("a name", 1.0, lambda look: look.names > 0),
    ("a tie or an office", 0.9, _has(
        r"\b(?:brother|sister|cousin|daughter|son|wife|husband|nephew|niece)s?(?:-in-law)? of|\b(?:owns|owned by|shareholder|belongs to|sits? on the|"
        r"is (?:a|the) member of|Schwager|Schwester|Bruder|gehört|cuñad[oa]s?|herman[oa] de|pertenece)\b")),
    ("a finding is reported", 1.9, _tells(r"\b(?:found|finds|shows?|showed|established|revealed?|according to|laut|nach Angaben|zufolge|ergab|zeigt|según|muestra|reveló)\b")),
    ("evidence of who keeps a count", 0.5, _has(
        r"\b(?:register|database|survey|audit|study|report by|log ?book|minutes|census|ruling|records|Gutachten|Studie|Umfrage|Protokoll|Bericht|"
        r"estudio|informe|encuesta|censo|registro)\b")),
    ("the text reports a fact", 2.7, _tells(
        r"\b(?:noting|notes that|reports that|recalls? (?:that|how|the|earlier)|highlights|(?:points?|pointing) (?:also )?(?:out|to)|draws up|provides|cites|citing|mentions|"
        r"summari[sz]ing|describing|listing|documenting|which (?:argues|claims|reports|finds|found|shows|revealed) that|"
        r"recuerda|señala|documenta|zeichnet nach|erinnert an)\b")),
    ("a question", -8.0, lambda look: look.text.rstrip("”“»\"’)").endswith("?")),
    ("an exclamation", -1.5, lambda look: look.text.rstrip("”“»\"’)").endswith("!")),
    ("a demand or a call", -3.0, _has(
        r"^[“„«\"]?(?:and next time, |please |let us |let's |let’s |do not |don’t |don't |never |so )?(?:publish|hold|refuse|sign|give|fill|write|join|boycott|organi[sz]e|"
        r"refer|stop|demand|come|ask|buy|bring|share|subscribe|read|click|see|follow|support|donate|call|stand|tell|vote|contact|help|make|keep|take|"
        r"return|end|free|send|spread|remember|think|look|imagine|consider|set|put|go|try|believe|judge|note|allow|forget|skip|wait|add|count|compare|"
        r"kommt|bringt|redet|lest|schreibt|unterschreibt|lesen sie|firme|comparta|venid|lea|guardar|boicotear|exigir|organizar|instalar|publicar|"
        r"firmar|rechazar|convocar)\b(?! (?:by|apart|aside from)\b)")),
    ("an item of demands", -3.2, lambda look: look.is_demanded),
    ("urging", -1.6, _tells(
        r"\b(?:urg(?:e|es|ed|ing)|call(?:s|ed|ing)? (?:on|for|upon)|demand(?:s|ing)?|propos(?:e|es|ing)|should|ought|has to|have to|needs? to|deserves?|"
        r"soll(?:te|ten|en)?|müss(?:en|ten|te)|muss|gefordert|fordert|fordern|verlangt|debería|deberían|deben?|hay que|exig\w+|pid[eo]n?|reclama\w*)\b")),
    ("what may come", -2.4, _tells(
        r"\b(?:will|won’t|expects?|(?-i:hopes?)|hofft|hoffen|forecasts?|projects|predicts?|perhaps|probably|presumably|likely|(?-i:may)|werde|vielleicht|wohl|dürfte|quizás?|"
        r"tal vez|probablemente|será|serán|podrán?|expected to|\w+[aei]r(?:á|án)|habrán?|tendrán?|dentro de|próxim[oa]s?)\b")),
    ("what might be", -1.3, _tells(r"\b(?:would|could(?! not)|might|may be|könnten?|würden?|wäre|podría|habría|sería)\b")),
    ("a condition", -1.4, _tells(r"\b(?:if|whether|unless|wenn|falls|ob|sofern|si)\b")),
    ("a line about the page", -8.0, _has(
        r"\||\b(?:views|reading time|min read|lesezeit|redaktion|redacción|published in \w+ on|published in [\w ]{1,40} on \w+day|posted by|(?:this|dieser|este) (?:text|summary|page|digest|article|beitrag|resumen|texto) (?:was|is|wurde|ist|fue|ha sido) [\w ]{0,20}(?:generated|automatically|automatisch|maschinell|generad[oa]|elaborad[oa])|read(?:ers)? who want|stars? out of|are referred to|"
        r"verwiesen wird|comments?:|tags?:|share this|newsletter|cookies?|subscri\w+)\b")),
    ("the writer speaks of itself", -3.1, _tells(
        r"\b(?:we|our|us|I|my|ours|our view|one (?:would|might|may|can|could|need|believes?|suspects?|wishes|cannot|has|is|also)|wir|uns|unsere?[rsmn]?|ich|mein\w*|man|"
        r"nosotros|nuestr[oa]s?|yo|mi)\b(?! walked)")),
    ("opinion on the text", -1.5, _tells(
        r"\b(?:readable|smug|patient|passage|chapters?|headline|style|prose|adjectives?|journalism|pictures|sourced|strongest|weakest|weakness|strength|"
        r"best (?:so far|in the)|reads? like|deserves?|funnier|elegant|clumsy|convinc\w+|persua\w+|thin|shabby|pity|admirable|tone|register|verdict|"
        r"argument|rhetoric|sentences?|paragraphs?|sympathies|honest|fair|unfair|careful|careless|lesenswert|Tonfall|Sprache|Stil|überzeug\w+|merece la pena|"
        r"tono|estilo|prosa|convinc\w+|lectura|páginas)\b")),
    ("a judgement", -1.4, _tells(
        r"\b(?:surely|plainly|clearly|frankly|hardly|simply|merely|of course|indeed|obviously|rightly|wrongly|sadly|fortunately|stark|bleak|grim|damning|"
        r"scathing|powerful|striking|sobering|bitter|absurd|scandal|shame\w*|good|bad|better|worse|worst|great|strange|curious|natürlich|leider|schlicht|"
        r"gewiss|kaum|immerhin|freilich|offenkundig|claro|desde luego|lamentable\w*|sin duda|siempre)\b")),
    ("it names the source's title", -6.0, lambda look: look.names_title),
    ("it tells when the source appeared", -2.1, lambda look: look.names_outlet and bool(_APPEARED.search(look.bare))),
    ("it introduces the source", -4.0, lambda look: look.names_outlet and bool(_INTRODUCES.search(look.bare))),
    ("it speaks of the source", -0.9, lambda look: look.names_outlet),
    ("it tells what the source does", -0.9, lambda look: bool(_NARRATION.search(look.bare))),
    ("an item", 0.6, lambda look: look.is_item),
    ("an item that is no statement", -1.5, lambda look: look.is_item and ":" not in look.text and not look.figures and not look.dates and not _is_event(look)),
    ("the source argues it", -3.5, lambda look: not look.figures and bool(_ARGUES.search(look.bare))),
    ("it speaks to the reader", -1.7, _tells(r"\b(?:you|your|yours|yourself|readers?|euch|eure[rn]?|Leser(?:innen)?|usted|vosotros|lector(?:es)?)\b")),
    ("a summing up", -1.5, _has(
        r"^(?:in (?:summary|short|conclusion|sum)|to sum up|taken (?:as a whole|together)|overall|all in all|below is|here is|this is|that is|it is|for anyone|through its|an essential|"
        r"what (?:is|remains|follows)|kurz gesagt|insgesamt|alles in allem|das ist|es ist|en resumen|en definitiva|en conjunto|en suma|es un)\b")),
    ("under a verdict", -1.1, lambda look: look.is_verdict),
    ("only a link", -0.4, lambda look: bool(_LINKS.search(look.bare)) and not _WITH_FACT.search(look.bare)),
    ("a sweeping word", -0.3, lambda look: not look.figures and bool(_SWEEPING.search(look.bare))),
    ("a figure of speech", -0.4, _tells(r"\b(?:like a|as if|as though|is not (?:a|just)|nothing but|no map|is a reminder|wie ein|als (?:ob|wäre)|como si|como un)\b")),
    ("a time of day", 0.8, _has(r"\b\d{1,2}[:.]\d{2}(?:\s?(?:Uhr|h\b|a\.?m|p\.?m)|(?=\W|$))(?!\s?(?:%|percent|per cent|Prozent|million|euros?|por ciento))")),
    ("it says that something did not happen", 1.5, _did_not_happen),
    ("it is short", 0.1, lambda look: len(look.text.split()) < _SHORT),
    ("mostly a quotation", -1.1, _is_mostly_quoted),
)  # fmt: skip
THRESHOLD = 2.4
_WEIGHTS = {name: weight for name, weight, _ in FEATURES}


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence with its score (0 to 1, from 0.5 it is chosen), the features that it meets, its figures and dates."""

    text: str
    score: float
    reasons: tuple[str, ...]
    figures: tuple[Figure, ...]
    dates: tuple[str, ...]

    @property
    def reasons_for(self) -> tuple[str, ...]:
        """The features that speak for it."""
        return tuple(reason for reason in self.reasons if _WEIGHTS[reason] > 0)

    @property
    def reasons_against(self) -> tuple[str, ...]:
        """The features that speak against it."""
        return tuple(reason for reason in self.reasons if _WEIGHTS[reason] < 0)

    @property
    def is_chosen(self) -> bool:
        """Whether it is a candidate."""
        return self.score >= 0.5


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sentence stands on its page."""

    is_item: bool = False
    is_demanded: bool = False
    is_verdict: bool = False
    source_title: str | None = None
    outlet: str | None = None


def judge(sentence: str, speakers: tuple[str, ...], place: Place) -> Judged:
    """How check-worthy a sentence is."""
    figures, dates = tuple(figures_in(sentence)), tuple(dates_in(sentence))
    names_title = bool(place.source_title) and str(place.source_title).casefold() in sentence.casefold()
    bare = " ".join(_QUOTED.sub(" ", sentence).split())
    look = Look(
        sentence,
        figures,
        dates,
        speakers,
        place.is_item,
        names_title,
        place.outlet,
        place.is_demanded,
        place.is_verdict,
        bare,
    )
    met = [(name, weight) for name, weight, sees in FEATURES if sees(look)]
    total = sum(weight for _, weight in met) - THRESHOLD
    score = 1 / (1 + 2.718281828 ** -max(-30.0, min(30.0, total)))
    return Judged(sentence, round(score, 3), tuple(name for name, _ in met), figures, dates)
