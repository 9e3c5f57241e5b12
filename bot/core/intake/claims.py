"""Which sentences of a page state something that can be checked: readable features with weights in one table."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from bot.core.intake.dates import dates_in
from bot.core.intake.figures import Figure, figures_in


@dataclass(frozen=True, slots=True)
class Look:
    """What a feature sees of a sentence."""

    text: str
    figures: tuple[Figure, ...]
    dates: tuple[str, ...]
    speakers: tuple[str, ...]
    is_item: bool
    names_source: bool
    """The title of the source publication stands in it."""


def _cased(pattern: str) -> Callable[[Look], bool]:
    compiled = re.compile(pattern)
    return lambda look: compiled.search(look.text) is not None


def _has(pattern: str) -> Callable[[Look], bool]:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda look: compiled.search(look.text) is not None


_ACTS = (
    r"applied|extended|returned|appealed|refused|acquitted|represents|dates from|were given|was given|taken to|left|ordered|transmitió|emitió|"
    r"approved|convicted|sold|sells|closed|shut|awarded|examined|cut|outsourced|filed|voted|elected|re-elected|opened|signed|"
    r"fined|arrested|killed|died|injured|collapsed|dismissed|refunded|switched|destroyed|lost|visited|stationed|compiled|"
    r"evaluated|measured|spent|received|paid|pays|cost|costs|rose|fell|grew|shrank|dropped|increased|decreased|narrowed|doubled|"
    r"halved|tripled|confirmed|denied|rejected|ruled|set aside|examined|banned|suspended|withdrew|published|launched|merged|built|"
    r"demolished|evacuated|flooded|burned|infected|caught|tested|vaccinated|recalled|contaminated|leaked|discharged|hired|laid "
    r"off|resigned|appointed|bought|acquired|sued|settled|imposed|lifted|halted|stalled|failed to|cancelled|postponed|dined|"
    r"disappeared|vanished|emptied|drowned|stranded|deployed|displaced|expelled|detained|disclose|serves|contains|obtained|"
    r"secured|employs|operates|produces|exported|imported|registered|enrolled|died|born|"
    r"leitete|brach|schaltete|trieben|meldete|beträgt|betrug|stieg|sank|fiel|geprüft|verurteilt|gestorben|starben|verletzt|"
    r"verkauft|verkaufte|beschloss|genehmigte|kündigte|entließ|schloss|liegt|lag bei|angestellt|ausgesprochen|"
    r"murieron|descendi[óo]|descendido|extrajeron|secaron|pasaron de|cerró|aprobó|vendió|despidió|aumentó|cayó|registró|"
    r"dispone|reciben|funcionan|multó|detuvo|condenó"
)
_TELLS = (
    r"noting that|(?:which|and) (?:argues|claims|reports|finds) that|summari[sz]ing (?:the|how)|recalls (?:that|earlier)|"
    r"highlights that|reports that|points out that"
)
"""A text that tells a fact in passing."""
_MIGHT = re.compile(r"\b(?:would|could(?! not)|might|may be|könnte|würde|podría)\b", re.IGNORECASE)
_SWEEPING = re.compile(
    r"\b(?:all|never|nobody|nothing|everything|everywhere|always|must be|nie|nichts|alles|nadie|siempre)\b",
    re.IGNORECASE,
)
_ACT = re.compile(
    rf"\b(?:{_ACTS}|is|are|was|were|has|have|had|ist|sind|war|hat|es|son|fue|está|están)\b", re.IGNORECASE
)
FEATURES: tuple[tuple[str, float, Callable[[Look], bool]], ...] = (
    ("a figure", 2.2, lambda look: bool(look.figures)),
    ("several figures", 0.4, lambda look: len(look.figures) > 1),
    ("a date", 1.4, lambda look: bool(look.dates)),
    ("a day is named", 0.7, lambda look: any(len(date) == 10 for date in look.dates)),
    ("a tie or an office", 1.3, _has(
        r"\b(?:brother|sister|cousin|daughter|son|wife|husband)(?:-in-law)? of|\b(?:owns|owned by|shareholder|belongs to|is (?:a|the) member of)\b")),
    ("somebody is named who says it", 1.1, lambda look: bool(look.speakers)),
    ("an act or an event", 1.2, _has(rf"\b(?:{_ACTS})\b")),
    ("a body or a person acts", 0.5, _cased(r"(?<=[a-zäöüß,] )[A-ZÄÖÜ][\w’'-]+ (?:[A-ZÄÖÜ&]|of |der |de )")),
    ("a finding is reported", 0.9, _has(r"\b(?:found|finds|shows?|showed|cites|citing|according to|quoted by|laut|zeigt|según|confirmed|denied|told)\b")),
    ("somebody's words are told", 0.9, _has(
        r"\b(?:declared|says|said|explained|stated|told (?:\w+ ){1,4}|gives the same|confirmed|denied)\s?that\b|\bauf Anfrage, |\bthis and says|"
        r"\b(?:dijo|explica|afirma|reconoce|erklärte|sagte)\b|gives the same number")),
    ("evidence of who keeps a count", 0.5, _has(r"\b(?:register|database|survey|audit|study|report by|log ?book|minutes|census|ruling)\b")),
    ("a question", -4.0, lambda look: look.text.rstrip("”\"’)").endswith("?")),
    ("an exclamation", -1.2, lambda look: look.text.rstrip("”\"’)").endswith("!")),
    ("a demand or a call", -3.2, _has(
        r"^(?:and next time, |please |let us |let's |do not |don’t |don't |never )?(?:publish|hold|refuse|sign|give|fill|write|join|boycott|"
        r"organise|organize|refer|stop|demand|come|ask|buy|bring|share|subscribe|read|click|see also|follow|support|donate|call|stand|"
        r"tell|vote|contact|help|make|keep|take|return|end|free|send|spread|remember|think|look|imagine|consider|kommt|bringt|"
        r"redet|lest|schreibt|unterschreibt|wir verlangen|wir fordern|exigimos|pedimos|firme|comparta|venid|wer hilft)\b")),
    ("urging", -2.2, _has(r"\b(?:urg(?:e|es|ed|ing)|call(?:s|ing)? (?:on|for|to)|demand(?:s|ing)?|propos(?:e|es|ing)|should|must|ought|"
                          r"soll(?:te|ten)?|müssen wir|debería|deben|hay que)\b")),
    ("what may come", -2.0, _has(r"^(?!.*\b(?:told|said|declared|announced|intends)\b).*\b(?:expects?|forecasts?|projects|dentro de|"
                                 r"advierte que|will (?:probably|surely|only|once|be|find)|predicts?|perhaps|probably|wird wohl|vielleicht|quizás|tal vez)\b")),
    ("what might be", -1.8, lambda look: not look.figures and _MIGHT.search(look.text) is not None),
    ("a line about the page", -4.0, _has(r"\||\b(?:views|reading time|min read|lesezeit|redaktion|published in \w+ on|posted by|read(?:ers)? who want|"
                                        r"are referred to|verwiesen wird|por la redacción)\b")),
    ("it tells of the source", -2.2, _has(
        r"\b(?:cover (?:story|essay)|long read|issue of|which ran in|published its (?:story|article)|in its (?:long read|issue|report) |the headline|"
        r"if you (?:only )?(?:have|read)|anyone who|asks (?:whether|how)|it follows)\b")),
    ("the writer speaks of itself", -1.6, _has(r"\b(?:we|our|us|I|my|ours|our view|one would|wir|uns|unsere?|ich|nosotros|nuestra?)\b(?! walked)")),
    ("opinion on the text", -2.2, _has(
        r"\b(?:readable|smug|patient|passage|chapter|headline writer|style|adjectives|journalism|pictures are|well sourced|strongest|weakness|"
        r"best (?:so far|in the)|good article|reads? like|deserves|funnier|elegant|clumsy|convincing|persuasive|thin|shabby|pity|admirable|"
        r"treffender|lesenswert|merece la pena)\b")),
    ("the text reports a fact", 1.5, _has(
        rf"\b(?:{_TELLS}|notes that|claims that|affirms that|points? (?:also )?to the|describing (?:it|how)|draws up|provides a|"
        r"discloses?)\b(?!,? [“\"])")),
    ("the text says it in a phrase", -1.6, _has(r"\b(?:claims|notes|insists|says|warns|writes|calls this|nennt das|concludes) (?:that )?[“\"„«]")),
    ("it names the source", -3.0, lambda look: look.names_source),
    ("an item that is no statement", -1.8, lambda look: look.is_item and ":" not in look.text and not _ACT.search(look.text)),
    ("it speaks to the reader", -1.6, _has(r"\b(?:you|your|yours|ihr|euch|eure|usted|vosotros)\b")),
    ("narration of the text", -1.7, _has(
        rf"^(?!.*\b(?:{_TELLS})\b)(?:(?:the|this|el|der|die|das) (?:article|piece|author|authors|text|report|story|essay|paper|autor|artikel|beitrag|reportage|artículo)(?:’s|s)? (?:also |even |then |itself |rather )?"
        r"(?:argues?|asserts?|stress(?:es)?|emphasises?|emphasizes?|underscores?|insists?|paints?|positions|presents|draws|opens|ends|closes|looks|leans|"
        r"concludes|contends|suggests|lets|lingers|treats|wants|frames|makes|offers|asks|returns|links|considers|doubts|never))\b")),
    ("a summing up", -1.6, _has(r"^(?:in summary|in short|in conclusion|to sum up|overall|below is|here is|this is|that is|it is a|for anyone|through its|an essential|"
                                r"kurz gesagt|insgesamt|en resumen|en definitiva)\b")),
    ("it introduces the source", -2.6, _has(
        r"(?:which first appeared|first appeared in|in the .{2,60} (?:article|piece) [“\"]|Below is|Source: |steht eine Reportage|"
        r"publicó (?:el|en)|everybody|everyone in town has)")),
    ("only a link", -1.2, _has(r"^(?!.*(?:which (?:argues|claims|reports|finds)|summarising|noting that)).*\b(?:links to|link to|see also|weiterlesen|an (?:earlier|older) (?:piece|contribution))\b")),
    ("a sweeping word", -0.8, lambda look: not (look.figures or look.speakers) and _SWEEPING.search(look.text) is not None),
    ("a figure of speech", -0.9, _has(r"\b(?:like a|as if|is not (?:a|just)|nothing but|no map|is a reminder|wie ein|como si)\b")),
    ("it is short", -0.7, lambda look: len(look.text.split()) < 7),
    ("only a quotation", -1.0, _has(r"^[“\"„«][^”\"“»]+[”\"“»][^.]{0,40}\.?$")),
)  # fmt: skip
THRESHOLD = 1.5


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence with its score (0 to 1, from 0.5 it is chosen), the reasons for and against it, its figures and dates."""

    text: str
    score: float
    reasons: tuple[str, ...]
    figures: tuple[Figure, ...]
    dates: tuple[str, ...]

    @property
    def is_chosen(self) -> bool:
        """Whether it is a candidate."""
        return self.score >= 0.5


def judge(
    sentence: str, speakers: tuple[str, ...], *, is_item: bool = False, source_title: str | None = None
) -> Judged:
    """How check-worthy a sentence is."""
    figures, dates = tuple(figures_in(sentence)), tuple(dates_in(sentence))
    names_source = bool(source_title) and str(source_title).casefold() in sentence.casefold()
    look = Look(sentence, figures, dates, speakers, is_item, names_source)
    met = [(name, weight) for name, weight, sees in FEATURES if sees(look)]
    total = sum(weight for _, weight in met) - THRESHOLD
    score = 1 / (1 + 2.718281828 ** -max(-30.0, min(30.0, total)))
    return Judged(sentence, round(score, 3), tuple(name for name, _ in met), figures, dates)
