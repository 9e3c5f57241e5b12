"""Who is said to say it: the speakers of a statement, innermost first. Takes names as they stand; guesses none."""

import re
from collections.abc import Iterator

_ARTICLE = re.compile(
    r"^(?:the|a|an|its|der|die|das|den|dem|des|ein|eine|einer|eines|el|la|los|las|un|una)\s+", re.IGNORECASE
)
_TITLE = re.compile(r"^(?:(?:Dr|Prof|Mr|Mrs|Ms|Sir|Councillor|President|Minister)\.?\s+)+(?=[A-ZÄÖÜ])")
_OUTLET = re.compile(
    r"(?:article|piece|author|authors|essay|feature|investigation|paper|report|text|story|newspaper|magazine|writer|reportage|artikel|beitrag|autor|verfasser|blatt|crónica|columna|"
    r"autorin|artículo|texto|reportaje|periódico)s?",
    re.IGNORECASE,
)
_WHO = r"(?P<who>[^,;:()“”„\"—]{2,90}?)"
_SAYS = (
    r"(?:say|claim|find|show|list|put|report|estimate|calculates|concedes|conceded|reckons|counters|assumes|assume|established|establishes|adds|"
    r"added|told|zählte|zählten|señalan|afirman|eleva|said|says|told|tells|stated|reported|reports|announced|announces|claimed|claims|confirmed|confirms|denied|"
    r"denies|declared|declares|found|finds|estimates|estimated|warned|warns|wrote|writes|explained|explains|notes|noted|"
    r"puts|gives|lists|counted|acknowledged|acknowledges|admitted|admits|concluded|concludes|affirms|affirmed|points|"
    r"rejected|rejects|revealed|reveals|recalls|testified|insists|maintains|blames|speaks|shows|showed|measured|highlights|"
    r"calculates|calculated|documented|documents|recorded|records|alleges|alleged|accuses|identified|identifies|provides|"
    r"recounts|recounted|remarks|remarked|discloses|disclosed|detected|counts|disputes|disputed|observes|observed|contends|"
    r"replies|replied|responds|responded|complains|complained|argued|asserts|asserted|tallied|registered|testifies|promises|"
    r"pledges|pledged|recalled|states|attributes|attributed|assumes|advises|advised|suggests|suggested|predicts|predicted|contradicts|contradicted|"
    r"describes|described|cautions|cautioned|emphasises|emphasised|emphasizes|emphasized|stresses|stressed|adds up|"
    r"behauptet|behauptete|ermittelte|ermittelt|hält|hielt|mahnt|mahnte|warnt|warnte|kündigte|führt|führte|weist|wies|meint|meinte|"
    r"berechnete|dokumentiert|dokumentierte|verweist|verwies|antwortet|entgegnet|widerspricht|zitiert|"
    r"anuncia|anunció|informa|apunta|apuntó|constata|constató|recoge|recogió|expone|expuso|precisa|precisó|admite|admitió|"
    r"considera|reveló|revela|documenta|documentó|concluye|concluyó|insiste|insistió|rechaza|rechazó|matiza|matizó|"
    r"räumt|räumte|bestreitet|bestritt|schildert|schilderte|stellt|stellte|gibt|gab|betont|betonte|rechnet|beklagt|kritisiert|"
    r"atribuye|atribuyó|replica|replicó|relata|relató|reconstruye|declara|denuncia|denunció|añade|añadió|alega|alegó|cuenta|contó|"
    r"advierte|advirtió|recuerda|recordó|sostuvo|responde|respondió|publica|registra|registró|detalla|"
    r"sagte|sagt|erklärte|erklärt|sprach|spricht|meldete|meldet|berichtet|berichtete|berichten|teilte|zeigt|schätzt|"
    r"bestätigte|bestätigt|schreibt|schrieb|nennt|beziffert|dijo|dice|afirma|afirmó|explica|explicó|reconoce|reconoció|"
    r"señala|señaló|asegura|aseguró|sostiene|declaró|informó|confirmó|cifra|indica|calcula|estima|niega|negó)"
)
_NAME = r"[A-ZÄÖÜÁÉÍÓÚ][\w&’'.-]*(?:\s(?:(?:of|de|del|la|los|las|von|van|für|and|&|y|und)\s)?(?:the\s|la\s|los\s|las\s)?[A-ZÄÖÜÁÉÍÓÚ&][\w&’'.-]*){0,5}"
"""Words with capitals in a row, with what can stand between them in a name."""
_PERSON = r"[A-ZÄÖÜÁÉÍÓÚ][\w’'-]+(?:\s[A-ZÄÖÜÁÉÍÓÚ][\w’'-]+){1,3}"
_FIRST = (
    # “Hedda Marsh, who chairs the college, told …”, “Tobias Renn, chief engineer of X, maintains …”, “… is quoted by …”
    re.compile(
        rf"^(?:The |Die |Der |Das |El |La )?(?P<who>{_NAME}),\s[^,;]{{3,90}},\s+(?:has |had |hat |is |was )?(?:{_SAYS}|quoted)\b"
    ),
    re.compile(rf"^(?P<who>{_PERSON})\s+(?:is|was)\s+(?:quoted|cited)\b"),
    # “Its director Ulrich Semmering objects …”
    re.compile(rf"^(?:[A-ZÄÖÜ][\w-]+ )?(?:[\w-]+ ){{0,2}}(?P<who>{_PERSON})\s+(?:has |had |hat )?{_SAYS}\b"),
    # “…, states Dr Noor Haddaway”, “zitiert die Ökologin Miriam Askani”, “que cita a la bióloga Inés Berrueta”
    re.compile(
        r"(?:,\s+(?:states?|says?|said|adds?|added|notes?|recalls?|explains?|warns?|argues?|writes?)|zitiert|zitieren|Berufung auf|citando a|que cita a|"
        rf"cites?|citing|quotes?|quoting)\s+(?:the |an? |die |den |der |la |el |al )?(?:[\w-]+ ){{0,2}}?(?P<who>{_PERSON})"
    ),
    # “The Post reports that economist Lotte Braam has arrived at …”
    re.compile(
        rf"\b(?:reports?|reported|writes|wrote) that (?:the |an? )?(?:[a-z]+ ){{1,3}}(?P<who>{_PERSON}) (?:has|had) "
    ),
    # “In its interim notice the Bureau concluded …”
    re.compile(
        rf"^(?:In|Bei|En) (?:its|their|his|her|an?|einem|einer|un|una|su) [^,;]{{3,50}}? (?:the |die |der |das |el |la )(?P<who>{_NAME})\s+{_SAYS}\b"
    ),
    # “… quotes the clerk Jory Penn as saying”
    re.compile(rf"\bquot(?:es|ed|ing)\s+(?:the |an? )?(?:[a-z]+ ){{0,3}}(?P<who>{_PERSON})\s+as saying"),
    # “According to the minutes of the inquiry, the agronomist Piet Lannoy stated …”
    re.compile(
        rf"^(?:According to|In|As|Según|En|Laut|Nach)\s[^,;]{{3,90}},\s+(?:the |an? |el |la |der |die )?(?:[a-zäöüßáéíóúñ-]+ ){{0,3}}"
        rf"(?P<who>{_PERSON})\s+(?:has |had |hat )?{_SAYS}\b"
    ),
)
_GERMAN = (
    re.compile(
        rf"\b(?:[Nn]ach (?:Angaben|Zahlen|Schätzungen|Berechnungen)|[Ll]aut|[Ss]o)\s+(?:von |der |des |dem |einer? )?(?P<who>{_NAME})"
    ),
    re.compile(
        r"\b(?:Umfrage|Studie|Bericht|Gutachten|Erhebung|Auswertung|Messreihe|Untersuchung|Statistik)\s+(?:des|der|vom|von)\s+"
        rf"(?P<who>{_NAME})"
    ),
    re.compile(
        rf"^(?:Den|Die|Das|Der)\s\w+\s(?:beziffert|beziffern|schätzt|schätzen|nennt|nennen)\s+(?:die |der |das )?(?P<who>{_NAME})"
    ),
)
_ACCORDING = re.compile(
    rf"(?:according to|laut|nach Angaben|nach Zahlen|según|de acuerdo con)\s+(?:von\s+|der\s+|des\s+|dem\s+)?{_WHO}"
    r"(?=,|;|\.|\)|—|–|:|$|\s+(?:quoted|cited|seen|vor allem|im Jahr|eine?|einen|müssen|sind|ist|bekommt|bei|hat)\b)",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"[,”\"]\s+(?:(?:so|as)\s+)?{_WHO}\s+{_SAYS}\b", re.IGNORECASE)
_BEFORE = re.compile(
    r"^(?:However,|But|Yet|And|Still,|Meanwhile,|Later,|Further down,|Also,|As proof|About this,)?\s*"
    rf"{_WHO}(?:, (?:however|too|meanwhile|for its part),)?(?:,[^,]+(?:,[^,]+)?,)?\s+(?:has |had |have |also |later |only |then |even |does |hat |haben )*{_SAYS}\b"
)
_SPOKE = re.compile(
    rf"^{_WHO}\s+(?:has |had |hat )?(?:said|announced|stated|declared|claimed|confirmed|warned|admitted|denied|promised|told|"
    r"sagte|erklärte|kündigte|versprach|anunció|declaró|dijo|afirmó|negó)\b"
)
_QUOTED_BY = re.compile(
    r"(?:quoted|cited)\s+(?:by|in)\s+(?:an? |the )?(?:(?:leaflet|report|letter|statement) (?:of|by) (?:the )?|"
    r"(?:radio station|agency|newspaper|paper|insurer|daily) )?(?P<who>[^,;()]{2,60}?)(?=,|;|\)|\.|$|\s+(?:say|says|said|that|claim)\b)"
    r"|(?:zitiert (?:von|vom|in)|citad[oa] por)\s+(?:la plataforma |el |la |der |die |das )?(?P<who2>[^,;()]{2,60}?)(?=,|;|\)|\.|$)",
    re.IGNORECASE,
)
_CITES = re.compile(
    r"(?:cites|citing|quotes|quoting|unter Berufung auf|zitiert|citando)\s+(?:an? |the |its own |ein |eine )?(?:\d{4} )?"
    r"(?:(?:report|study|survey|letter|paper|analysis|figures)\s+(?:by|of|from)\s+(?:the )?(?:insurer )?)?"
    r"(?P<who>(?-i:[A-ZÄÖÜ])[^,;()“]{2,70}?|internes Papier|zwei \w+)(?=,|;|\)|\.|$|\s+(?:that|which|who|says|said|finds|found|am)\b)",
    re.IGNORECASE,
)
_REPORT_BY = re.compile(
    r"\b(?:report|study|survey|audit|letter|analysis|census|informe|estudio|Messreihe|Studie|Bericht)\b[^,.;]{0,40}?\s"
    r"(?:by|of|from|des|der|de la|del|de)\s+(?:the |la |el )?(?P<who>(?:[a-zäöüß’'-]+ ){0,3}[A-ZÄÖÜ][^,;()“”]{2,70}?)"
    r"(?=,|;|\(|\.|\s+(?:found|finds|says|said|showed|shows|that|which|zeigt|cifra|puts|has|identifies|names)\b)",
)
_ROLE = re.compile(
    r"^(?:[A-Z]\w+ )?(?:The |An? |Its |Their |La |El )?[^,“”.]{2,90}, (?:(?:the|a|and its \w+) )?(?:[a-z]+ ){0,3}(?:(?:Mr|Mrs|Ms|Sra?)\.? )?"
    rf"(?P<who>[A-ZÄÖÜ][\w’'-]+(?: [A-ZÄÖÜ][\w’'-]+)+),[^.]{{0,130}}?\s?{_SAYS}\b"
)
_SAYING = re.compile(rf",\s+{_WHO},?\s+(?:is|are|was|were) quoted as saying", re.IGNORECASE)
_APPOSED = re.compile(
    r"\b(?:its|their|his|her|the|an?|ihr|ihre|sein|seine|der|die|su|el|la)\s+[a-zäöüßA-Z][\w’'-]+(?:\s[\w’'-]+){0,4},\s+"
    rf"(?P<who>[A-ZÄÖÜ][\w’'.-]+(?:\s[A-ZÄÖÜ][\w’'-]+)+),\s+(?:has |had |hat )?{_SAYS}\b"
)
_AS_TOLD = re.compile(
    r"\b(?:[Aa]s|[Ww]ie|[Cc]omo)\s+(?:the |die |der |das |el |la )?(?P<who>[A-ZÄÖÜ][^,;.()]{1,60}?)\s+"
    r"(?:mentions?|notes?|writes?|wrote|puts? it|points? out|recalls?|reports?|says|said|observes?|concedes?|admits?|schreibt|berichtet|"
    r"erwähnt|sagt|mitteilt|meldet|angibt|erklärt|betont|ermittelte|feststellte|vorrechnet|recuerda|señala|indica|explica|informa|apunta)\b"
)
_IN_WORDS = re.compile(rf"in the words of (?:presiding judge |judge )?{_WHO}(?=,|;|\.)", re.IGNORECASE)
_SAID_BY = re.compile(
    r"[,”\"]\s+(?:said|says|afirma|señala|indica|dice|asegura|explica|declaró|afirmó)\s+(?:lead author |spokes\w+ |el |la |un informe (?:del|de la|de) |"
    r"the )?(?P<who>[^,.;()]{2,60}?)(?=,|\.|;|$| fechado| dated)"
)
_CITADO = re.compile(r"^(?:El |La |Los |Las )?(?P<who>[^,]{2,60}), citad[oa]s? por")
_QUOTED = re.compile(rf"^{_WHO} (?:quoted|cited) (?:by|in) [^,]{{2,40}}? {_SAYS}\b")
_INVERTED = re.compile(
    r",\s+(?:so\s+)?(?:schätzt|berichten|berichtet|berichtete|sagt|sagte|erklärt|erklärte|meint|meinte|said|says|wie aus einer? \w+ der|wie aus einem \w+ des)(?: es)?\s+"
    r"(?:der |die |das |zwei |drei |the )?(?P<who>[A-ZÄÖÜ][^,;.()]{2,50}?)(?=,|;|\.|$| hervor| der Zeitschrift)"
)
_FOUND = re.compile(
    rf"^{_WHO} (?:examined|reviewed|tested|analysed|analyzed|checked|investigated|audited|surveyed|studied)\b.{{0,120}}? and "
    r"(?:found|concluded|confirmed|said)\b"
)
_COLON = re.compile(rf"[:;]\s+{_WHO}\s+{_SAYS}\b")
_NARRATES = re.compile(
    r"^(?:As proof |Further down, |In particular, |There, |Here )?(?P<who>(?:The |This )?(?:article|piece|authors?|report|paper|it|author)) (?:also |does |further )*(?:opens|draws|points?|links|recalls|"
    r"provides|highlights|notes|speaks|discloses?|claims|describes|cites|disclose)\b",
    re.IGNORECASE,
)
_DOCTOR = re.compile(r"\b(?:Dr|Prof|Mrs|Mr|Ms|St)\.\s+")
_GENITIVE = re.compile(r"^((?:Anglerverband|Institut|Verband|Amt|\w+verband|\w+amt|\w+institut))(?:e?s)\b")
_PRONOUN = frozenset({"he", "she", "they", "it", "er", "sie", "es", "él", "ella", "ellos"})
_FINITE = frozenset(
    [
        "has",
        "have",
        "had",
        "was",
        "were",
        "is",
        "are",
        "will",
        "would",
        "could",
        "hat",
        "haben",
        "hatte",
        "war",
        "waren",
        "ist",
        "sind",
        "wird",
        "wurde",
        "ha",
        "han",
        "había",
        "fue",
        "son",
        "será",
    ]
)
"""What stands in a clause and in no name."""
_NO_SPEAKER = frozenset(
    [
        "the",
        "der",
        "die",
        "el",
        "la",
        "according",
        "laut",
        "nach",
        "según",
        "under",
        "outside",
        "inside",
        "after",
        "before",
        "during",
        "since",
        "last",
        "earlier",
        "yesterday",
        "today",
        "that",
        "this",
        "although",
        "because",
        "while",
        "whereas",
        "citing",
        "noting",
        "obwohl",
        "weil",
        "aunque",
        "with",
        "these",
        "those",
        "there",
        "which",
        "who",
        "what",
        "nobody",
        "none",
        "all",
        "some",
        "many",
        "most",
        "others",
        "critics",
        "opponents",
        "both",
        "and",
        "but",
        "so",
        "i",
        "we",
        "wir",
        "one",
        "dies",
        "das",
        "dort",
        "niemand",
        "man",
        "esto",
        "eso",
        "as",
        "in",
        "on",
        "at",
        "for",
        "from",
        "with",
        "when",
        "if",
    ]
)


def speakers_in(sentence: str, outlet: str | None = None, last: str | None = None) -> tuple[str, ...]:
    """The speakers of a sentence, at most three. `outlet` is the publication that is summarised: it counts only where
    nobody else is named. `last` is who spoke before, for a pronoun.
    """
    found: list[str] = []
    for who in _named(sentence):
        name = _clean(who)
        if name and name.lower() in _PRONOUN:
            name = outlet if name.lower() in {"it", "es"} else last
        elif name and (_OUTLET.fullmatch(name) or (outlet and _is_same(name, outlet))):
            name = outlet
        if name and name not in found and not any(name in other for other in found):
            found.append(name)
    others = [name for name in found if name != outlet]
    return tuple((others or found)[:3])


def _named(sentence: str) -> Iterator[str]:
    sentence = _DOCTOR.sub("", sentence)
    for pattern in (
        *_FIRST, _SAYING, _APPOSED, _AS_TOLD, _IN_WORDS, _SAID_BY, _CITADO, _REPORT_BY, _ACCORDING, *_GERMAN, _CITES, _INVERTED,
    ):  # fmt: skip
        if match := pattern.search(sentence):
            yield match["who"]
    if (after := _AFTER.search(sentence)) and (before := _SPOKE.match(sentence)) and before.end() <= after.start("who"):
        yield before["who"]  # “X announced that …, Y reports”: X is the inner one
    tries = (_ROLE.match, _AFTER.search, _FOUND.match, _BEFORE.match, _COLON.search, _QUOTED.match, _NARRATES.match)
    matches = (match for attempt in tries if (match := attempt(sentence)) and _clean(match["who"]))
    if match := next(matches, None):
        yield match["who"]
    if match := _QUOTED_BY.search(sentence):
        yield match["who"] or match["who2"]


def _clean(who: str) -> str | None:
    name = _TITLE.sub("", _ARTICLE.sub("", who.strip(" ’'‘\t"))).strip()
    name = _GENITIVE.sub(r"\1", name)
    words = name.split()
    if not words or len(words) > 8 or words[0].lower() in _NO_SPEAKER:
        return None
    if any(word.isdigit() or word.lower() in _FINITE for word in words):
        return None
    return name


def _is_same(name: str, outlet: str) -> bool:
    short, whole = name.casefold(), outlet.casefold()
    initials = "".join(word[0] for word in outlet.split() if word[:1].isupper())
    return len(short) > 2 and (short in whole or (name == initials))
