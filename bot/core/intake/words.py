"""What words do in sentences of English, German and Spanish: which open a clause, which stand in no name, which name a
publication or a document.
"""


def words(*tables: str) -> frozenset[str]:
    """The words of tables in which blanks part them."""
    return frozenset(word for table in tables for word in table.split())


BEING = words(
    "is are was were be been being",
    "ist sind war waren wird werden wurde wurden",
    "es son fue fueron era eran ser",
)
FINITE = BEING | words(
    "has have had will would could can may might must shall should does did",
    """
    hat haben hatte hatten habe hätte sei seien wäre werde kann können konnte soll muss müssen würde wollen wollte
    wollten möchte möchten darf dürfen
    """,
    "ha han había puede pueden podría debe",
)
"""What stands in a clause and in no name."""

AUXILIARIES = words(
    """
    has have had also later then only even does did do still again now already since first itself himself
    herself themselves not however openly flatly never all both each
    """,
    "hat haben hatte hatten auch inzwischen später selbst jedoch beide nie niemals",
    "ha han había habían también ya mismo ambos nunca jamás tampoco",
)
"""What can stand between a subject and its verb."""

PRONOUNS = {
    "he": "person", "she": "person", "er": "person", "él": "person", "ella": "person", "they": "any", "ellos": "any",
    "sie": "any", "it": "thing", "es": "thing",
}  # fmt: skip

DETERMINERS = words(
    "the a an its their his her our my this that these those same both another one other two three several",
    """
    der die das den dem des ein eine einer eines einem einen ihr ihre ihrer ihren ihrem deren dessen sein seine
    seiner seinem seinen dieser diese dieses selben gleichen zwei drei einige mehrere
    """,
    "el la los las un una unos unas su sus este esta al del",
    "mismo misma propio propia otro otra otros otras varios varias",
)

CONNECTORS = words(
    "of the and & for am i", "von der des vom zu zum für und im van den", "de del la las los el y e da di",
)  # fmt: skip
"""What can stand between the capitals of a name."""

OF = words("of for from by at", "von vom des der für beim bei", "de del")
"""What leads from a role, or from a document, to whose it is."""

PREPOSITIONS = words(
    """
    in on at by after before during under from with without within against over between among through across
    since until near outside inside despite into onto about for to like than per via
    """,
    """
    bei nach vor im am auf unter aus mit seit während wegen trotz zu zur zum durch über in gegen hinter neben zwischen
    ohne bis
    """,
    "en tras desde durante ante bajo con sin sobre entre hasta por para pese hace",
)

CLAUSE = words(
    """
    that which who whom whose where why how when while whereas because although though if unless but yet so nor or as
    according
    """,
    "dass weil obwohl während wenn als ob aber sondern oder denn wobei wie laut zufolge",
    "que qué quien quienes donde cómo cuando mientras porque aunque si pero sino pues como cual según",
)
"""Where a clause or a part of one begins."""

OPENINGS = words(
    """
    but and yet still sometimes often meanwhile later however also elsewhere earlier then yesterday today now even
    nevertheless moreover furthermore instead already once again finally indeed overall separately so not nor
    """,
    """
    aber doch zudem außerdem ferner dagegen dennoch dabei damals dort inzwischen nun später zuletzt daraufhin
    darüber dazu dafür davon allerdings hingegen tatsächlich schließlich zugleich bereits heute gestern ebenso
    demnach seither seitdem darin hierin bisher bislang auch und nicht kein keine immerhin freilich gleichwohl indes
    vielmehr mittlerweile übrigens jedenfalls offenbar angeblich ebenfalls insgesamt lediglich nur sogar schon erst
    wiederum zwar zuvor danach anschließend
    """,
    """
    y pero además también así sin sólo solo ahora después luego ayer hoy finalmente lo le les se no tampoco
    entonces incluso
    """,
)
"""What can open a sentence before its subject."""

NOBODY = words(
    """
    there nobody none nothing all some many most others critics opponents i we you one what this that these
    those here both everyone out percent percentage who which whoever anyone anybody somebody someone few hardly
    """,
    "wir ich man niemand alle dies das dort wer nein ja kaum jemand prozent kritiker gegner befürworter",
    "uno nadie todos muchos algunos ninguno esto eso quién quien",
)
"""Subjects that name no one."""

MONTHS = words(
    "january february march april may june july august september october november december",
    "januar februar märz mai juni juli oktober dezember",
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
)

PLURALS = words("police people staff researchers scientists experts they we i you families officials")
"""Subjects of a verb without an s."""

WRITERS = words(
    "author authors writer writers reporter reporters columnist journalist journalists editor correspondent essayist",
    "autor autorin verfasser verfasserin",
    "autor autora autores",
)

OUTLET_WORDS = WRITERS | words(
    """
    article articles piece pieces stories reports dossier manifesto pamphlet appeal site website portal blog
    petition broadcast podcast programme series op-ed commentary essay feature investigation paper report text
    story newspaper magazine column review editorial weekly daily newsletter outlet broadcaster tabloid
    """,
    """
    magazin portal sender aufruf zeitung artikel beitrag blatt text bericht reportage kommentar recherche
    zeitschrift leitartikel aufsatz streitschrift
    """,
    """
    artículo sitio portal llamamiento texto reportaje periódico crónica columna diario revista semanario pieza
    ensayo manifiesto emisora boletín
    """,
)
"""What a summary calls the publication that it is about, or who wrote it."""

GERMAN_DOCUMENTS = words(
    """
    bericht berichte studie studien umfrage umfragen gutachten erhebung auswertung messreihe untersuchung
    statistik zahlen angaben daten schätzung schätzungen berechnung berechnungen analyse darstellung auskunft
    antwort brief schreiben protokoll protokolle messungen messung liste zählung zählungen rechnung erhebungen
    auswertungen untersuchungen beobachtungen ermittlungen erkenntnissen erkenntnisse
    informationen befragung bilanz prüfung ansicht recherchen einschätzung aussage aussagen worten meinung akten
    unterlagen register
    """
)
"""Documents that are written with a capital without being a name."""

DOCUMENTS = GERMAN_DOCUMENTS | words(
    """
    report reports study studies survey surveys audit audits letter letters paper papers analysis census data
    figures statistics numbers records record tests measurements samples images notes note estimates estimate
    count review inquiry investigation assessment poll polls counts readings register database testimony
    statement document documents memo minutes ruling findings evaluation tally researchers team calculations
    index trial trials release filing bulletin notice log logbook inventory brief account accounts experts scientists
    counters sensors detectors gauges tables slips receipts invoices rosters timesheets footage recordings photographs
    trapping sampling monitoring testing modelling
    """,
    """
    informe informes estudio estudios encuesta datos cifras análisis auditoría censo estadísticas registros
    balance cálculos fuentes mediciones
    """,
)
"""What somebody writes or keeps, so that its holder is who says it."""

SAME_WORK = words(
    "linked earlier older previous companion same original own long short first second another related mismo anterior",
    "frühere ältere",
)
"""What stands before a word for a publication that is no name."""
