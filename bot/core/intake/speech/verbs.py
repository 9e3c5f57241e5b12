"""Verbs with which somebody says, finds or counts something: from base forms (`forms`)."""

from bot.core.intake.speech.forms import english, german, parted, spanish
from bot.core.intake.words import words

_ENGLISH = english(
    "say said|tell told|claim|find found|report|estimate|calculate|concede|reckon|counter|establish|add|state|"
    "announce|confirm|deny|declare|warn|write wrote|explain|note|acknowledge|admit admitted|conclude|affirm|"
    "reject|reveal|recall|testify|insist|maintain|highlight|document|allege|accuse|recount|remark|disclose|"
    "dispute|observe|contend|reply|respond|complain|argue|assert|tally|attribute|advise|suggest|predict|"
    "contradict|describe|caution|emphasise|emphasize|stress|object|indicate|demonstrate|mention|certify|"
    "determine|infer inferred|comment|retort|uncover|refute|rebut rebutted|criticise|criticize|boast|vow|swear swore|"
    "protest|attest|notify|believe|assume|promise|pledge|detect|identify|detail|discover|learn|fear|"
    "verify|worry|cite|quote|blame|count|assure|remind|disagree|advertise|confess|lament|grumble|interject|elaborate|"
    "relay|quip quipped|joke|posit|surmise|speculate|reiterate|clarify|proclaim|divulge|concur concurred|opine|"
    "underline|underscore|forecast forecast forecasted|justify|doubt|retrace|chronicle|summarise|summarize|"
    "remember|ascribe|deduce|gauge|"
    "hypothesise|hypothesize"
)
_ENGLISH_IF = english(
    "put put|list|record|see saw|think thought|know knew|hold held|rule|hint|imply|specify|stipulate|outline|"
    "point|call|rank|speak spoke|agree|dismiss|show|answer|value|rate|guess|give gave|register"
)
_ENGLISH_IF |= {"measured"}
ENGLISH_SAYS = _ENGLISH | _ENGLISH_IF

PERFECT = words("written spoken given shown told found said")
"""English forms that say something after “has” only."""

ALSO_NOUNS = english(
    "report|claim|tally|estimate|count|note|record|show|state|list|find finds|document|quote|detail|fear|blame|"
    "value|rate|answer|comment|protest|stress|dispute|promise|pledge|worry|guess|hint|boast|vow|object|reply|"
    "point|register|rule|highlight|thought thoughts|recount|remark|outline|call|rank|forecast forecast|gauge"
)
"""English verbs of saying whose forms are nouns too."""


_PARTED = """
    fest~stellen|klar~stellen|mit~teilen|vor~rechnen|an~kündigen|an~merken|dar~legen|nach~rechnen|
    hinzu~fügen|zu~sagen|aus~sagen|auf~decken|offen~legen|ein~räumen|
    an~geben gibt gab gegeben|zu~geben gibt gab gegeben|bekannt~geben gibt gab gegeben|hervor~heben hebt hob gehoben|
    nach~weisen weist wies gewiesen|hin~weisen weist wies gewiesen|
    zurück~weisen weist wies gewiesen|
    vor~werfen wirft warf geworfen|fest~halten hält hielt gehalten|dagegen~halten hält hielt gehalten|
    entgegen~halten hält hielt gehalten|heraus~finden findet fand gefunden|ein~wenden wendet wandte gewandt
    """
_GERMAN = german(
    _PARTED
    + """
    |behaupten|ermitteln|mahnen|warnen|meinen|berechnen|dokumentieren|antworten|entgegnen|erwidern|zitieren|schildern|
    betonen|beklagen|kritisieren|sagen|erklären|erläutern|melden|vermelden|berichten|zeigen|schätzen|bestätigen|
    bekräftigen|beziffern|zählen|versichern|beteuern|begründen|erinnern|belegen|vermuten|verneinen|dementieren|
    erwähnen|registrieren|verzeichnen|prognostizieren|bezeichnen|befürchten|erzählen|monieren|rügen|
    beanstanden|bemängeln|argumentieren|folgern|notieren|mutmaßen|urteilen|rechnen|errechnen|präzisieren|konstatieren|
    resümieren|attestieren|bescheinigen|kommentieren|recherchieren|enthüllen|
    offenbaren offenbart offenbarte offenbart|bezweifeln|widerlegen|
    verkünden|taxieren|datieren|entdecken|kontern|protokollieren|bezeugen|
    verweisen verweist verwies verwiesen|widersprechen widerspricht widersprach widersprochen|
    bestreiten bestreitet bestritt bestritten|schreiben schreibt schrieb geschrieben|nennen nennt nannte genannt|
    versprechen verspricht versprach versprochen|ergeben ergibt ergab ergeben|heißen heißt hieß geheißen|
    befinden befindet befand befunden|beweisen beweist bewies bewiesen|gestehen gesteht gestand gestanden
    """
)
_GERMAN_IF = german(
    "werten|verteidigen|klagen|sprechen spricht sprach gesprochen|wissen weiß wusste gewusst|messen misst maß gemessen"
)
_SPANISH = spanish(
    """
    afirmar|explicar|señalar|asegurar|declarar|informar|confirmar|cifrar|indicar|calcular|estimar|anunciar|apuntar|
    constatar|precisar|revelar|documentar|rechazar|matizar|relatar|denunciar|alegar|replicar|detallar|ironizar|
    culpar|criticar|lamentar|subrayar|destacar|mencionar|acusar|comunicar|manifestar manifiesta|puntualizar|detectar|
    identificar|considerar|contabilizar|atestiguar atestigua|relativizar|certificar|recalcar|aclarar|argumentar|
    sentenciar|zanjar|reprochar|achacar|testificar|acreditar|corroborar|verificar|desvelar|notificar|narrar|
    augurar|pronosticar|vaticinar|diagnosticar|dictaminar|objetar|enfatizar|remarcar|aseverar|evaluar evalúa|
    sospechar|reiterar|avisar|contestar|comentar|opinar|valorar|negar niega|contar cuenta|mostrar muestra|
    demostrar demuestra|recordar recuerda|arrojar|reflejar|elevar|situar sitúa|encontrar encuentra|hallar|
    reconocer|responder|reconstruir reconstruye reconstruyó|atribuir atribuye atribuyó|
    concluir concluye concluyó|insistir|admitir|describir describe describió descrito|añadir añade añadió|
    advertir advierte advirtió|sugerir sugiere sugirió|prometer|
    sostener sostiene sostuvo|exponer expone expuso expuesto|
    desmentir desmiente desmintió|decir dice dijo dicho|comprobar comprueba|
    escribir escribe escribió escrito|quejar|descartar
    """
)
_SPANISH_IF = spanish(
    "publicar|registrar|figurar|constar|coincidir|enumerar|"
    "mantener mantiene mantuvo|creer cree creyó|hablar|saber sabe supo|conceder|recoger recoge|"
    "medir mide midió|defender defiende|establecer|probar prueba|descubrir descubre descubrió descubierto"
)

SAYS = _ENGLISH | _GERMAN.finite | _SPANISH.finite | words("dató dataron fechó fecharon")
"""Finite forms of verbs with which somebody says something."""

SAYS_IF = _ENGLISH_IF | _GERMAN_IF.finite | _SPANISH_IF.finite | words("ve ven vio vieron")
"""The same, where a clause, words in quotation marks or a figure follow."""

WITH = {
    verb: words(needed)
    for verbs, needed in (
        ("spricht sprach sprechen sprachen gesprochen", "von"),
        ("habla hablaba hablan habló", "de"),
        ("point points pointed", "out to"),
        ("rule rules ruled", "out that"),
        ("date dates dated", "to"),
        ("beruft berief berufen beriefen", "auf darauf"),
    )
    for verb in verbs.split()
}
"""Verbs that say something with one of the words that follow: “spricht von 33 Prozent”, not “spricht ein Urteil”."""

ASKS = english("question|ask|survey|poll|interview")
EXAMINES = (ASKS | english("sample|analyse|analyze|examine|inspect|test|audit|check|review")) | words(
    "befragte befragten untersuchte untersuchten prüfte prüften",
    "encuestó encuestaron analizó analizaron examinó examinaron inspeccionó inspeccionaron revisó revisaron",
)
"""Verbs that say something with a colon: “questioned 311 former members: 44 per cent left”."""

REACHES = {
    verb: word
    for verbs, word in (
        ("arrive arrives arrived", "at"), ("settle settles settled", "on"), ("kommt kam", "auf"),
        ("geht gehen ging gingen", "von"),
    )
    for verb in verbs.split()
}  # fmt: skip
"""Verbs that say something with the word that follows and a figure: “arrived at 37 percent”."""

ENGLISH_REVISES = english("cut cut|lower|raise|revise|correct|reduce|halve|double|set set|slash")
REVISES = ENGLISH_REVISES | words(
    "senkt senkte korrigiert korrigierte erhöht erhöhte setzt setzte halbiert halbierte",
    "rebaja rebajó eleva elevó corrige corrigió reduce redujo sube subió",
)
FIGURES = words(
    "estimate estimates forecast forecasts figure figures count projection projections toll tally",
    "schätzung zahl zahlen prognose angabe angaben ziel",
    "cifra cifras previsión estimación cálculo balance",
)
"""What somebody who says it can revise: “cut its estimate to 19 million tonnes”."""

ENGLISH = ENGLISH_SAYS | ENGLISH_REVISES | EXAMINES | english("arrive|settle")

SEPARABLE = {
    **{verb: particles for verb, particles in parted(_PARTED).items() if verb not in _GERMAN.finite},
    **{
        verb: words(particles)
        for verbs, particles in (
            ("legt", "dar vor"),
            ("geht gehen ging", "davon"),
            ("kommt kam kommen kamen", "schluss ergebnis"),
            ("weist wies weisen", "aus darauf hin nach zurück"),
            ("beruft berufen berief", "darauf"),
            ("streitet stritt lehnt lehnte", "ab"),
            ("führt führte führten", "an auf zurück"),
            ("nimmt nahm nehmen", "an"),
        )
        for verb in verbs.split()
    },
}
"""German verbs that say something together with a word that stands later."""

PARTICIPLES = _GERMAN.participles | _GERMAN_IF.participles | {"gefunden"}
"""German verbs of saying at the end of a clause: “hat … eingeräumt”."""

SPANISH_PARTICIPLES = _SPANISH.participles
"""Spanish ones after “ha”: “ha reconocido que”."""

INVERTING = english(
    "say said|add|report|write wrote|note|recall|explain|warn|argue|concede|state|insist|complain|claim|believe|"
    "estimate|reckon|think thought|observe|remark|suggest|maintain|counter|calculate|admit admitted|acknowledge|"
    "announce|confirm|reply|respond|retort|joke|quip quipped|lament|conclude|assert|declare|object|testify|"
    "remember|point|caution|stress|emphasise|emphasize|contend|comment|protest|grumble|boast|predict|disclose|reveal|"
    "affirm|interject|elaborate|clarify|reiterate|advise|speculate"
)
"""English verbs that can stand before their subject: “…, reports the Post”."""

ADDRESSED = words("told tells tell informed informs notified")
"""Those that are followed by who is told."""

CITING = words("cites cite citing cited quotes quote quoting quoted", "zitiert zitierte", "cita citando")
SAID_OF = words("quoted cited", "zitiert", "citado citada citados citadas")

EVIDENCE = words(
    """
    confirmed reported found documented recorded estimated established counted measured revealed disclosed
    described verified certified determined calculated said stated announced acknowledged admitted denied
    disputed valued linked attributed blamed put priced
    """
)
"""What is done to a fact by who says it: “was confirmed by the court”."""

OBJECT_FIRST = words("beziffert bezifferte schätzt schätzte nennt nannte bestreitet bestritt begründet begründete")
"""German verbs whose object may stand before them: “Die Kosten beziffert der Rechnungshof auf …”."""

PUTS = words(
    """
    value values valued rate rates rated put puts speak speaks spoke give gives gave list lists record records
    recorded count counts counted measured rank ranks ranked registra registró registran habla hablan habló
    """
)
"""Verbs that say something with a figure right after them."""
PUTS_AT = words("value values valued rate rates rated put puts speak speaks spoke measured", "habla hablan habló")
"""Those whose figure may stand further on: “put the plot at 2.8 million”."""

NARRATES = words(
    """
    opens closes ends begins draws points point links recalls provides highlights notes speaks discloses claims
    describes cites lists tells names turns quotes refers adds mentions puts counts gives records traces documents
    reconstructs shows says reports states alleges asserts
    """,
    "zeichnet nennt schildert erinnert zitiert",
    """
    recuerda señala cita menciona recoge relata cuenta afirma evoca describe repasa enumera denuncia añade
    detalla documenta reconstruye
    """,
)
"""What a publication does that tells a fact: “the article points to”."""

OF_TEXTS = words(
    """
    opens closes ends begins draws points links recalls highlights notes cites mentions describes quotes refers turns
    traces
    """,
    "zeichnet schildert erinnert zitiert",
    "recuerda cita menciona recoge relata evoca describe repasa enumera reconstruye",
)
"""Those that a body does not do, so that “it” is the text."""

ACTS = (
    words("promise promises promised pledge pledges pledged announce announces announced report reported")
    | words("register registered record")
    | spanish("prometer|anunciar|reconocer|denunciar").finite
    | spanish("prometer|anunciar|reconocer|denunciar").participles
)
"""What a body also does with a thing: “promised a smelter”. The outlet tells it, where the sentence says so."""

MADE = words(
    """
    conducted carried kept compiled undertaken performed drawn prepared produced collected gathered inspected
    examined tested checked sampled surveyed polled audited interviewed visited measured logged
    """,
    """
    durchgeführt durchgeführte durchgeführten erstellt erstellte erstellten geprüft geprüfte geprüften untersuchte
    untersuchten befragte befragten erhobene erhobenen geführte geführten
    """,
    """
    realizado realizada realizados realizadas elaborado elaborada elaborados elaboradas hecho hecha encuestados
    encuestadas inspeccionados inspeccionadas analizados analizadas examinados examinadas recopilados recopiladas
    llevado llevada
    """,
)
"""What is done to a survey, a list or what is examined by who then says it: “a poll conducted by the university”."""

_GERMAN_DENIES = german(
    "verteidigen|kommentieren|klagen|begründen|versprechen verspricht versprach versprochen|"
    "dementieren|verneinen|kritisieren|beklagen|befürchten|bezweifeln|widerlegen|vermuten|mutmaßen|rügen|monieren|"
    "bestreiten bestreitet bestritt bestritten|widersprechen widerspricht widersprach widersprochen|"
    "zurück~weisen weist wies gewiesen"
)
_SPANISH_DENIES = spanish(
    "sugerir sugiere sugirió|establecer|defender defiende|avisar|escribir escribe escribió|prometer|"
    "negar niega|desmentir desmiente desmintió|rechazar|criticar|lamentar|sospechar|ironizar|objetar|reprochar|"
)
DENIES = (
    english(
        "deny|dispute|reject|refute|rebut rebutted|contradict|protest|criticise|criticize|complain|object|fear|worry|"
        "doubt|pledge|promise|vow|swear swore|remember|justify|summarise|summarize|joke|quip quipped|surmise|speculate|"
        "hypothesise|hypothesize|posit"
    )
    | _GERMAN_DENIES.finite
    | _SPANISH_DENIES.finite
)
"""Verbs after which a clause is not what their subject states."""
