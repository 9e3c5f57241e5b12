"""Verbs with which somebody says, finds or counts something: English by a rule, German and Spanish by their forms."""

from bot.core.intake.words import words


def _english(table: str) -> frozenset[str]:
    """Base forms → their finite forms: “deny” → deny, denies, denied. A second word is a past that no rule gives."""
    forms: set[str] = set()
    for entry in table.split("|"):
        base, *past = entry.split()
        stem = base[:-1] + "i" if base.endswith("y") and base[-2] not in "aeiou" else base
        forms |= {base, stem + ("es" if stem != base or base.endswith(("s", "sh", "ch", "x")) else "s")}
        forms |= set(past) or {stem + ("d" if base.endswith("e") else "ed")}
    return frozenset(forms)


_ENGLISH = _english(
    "say said|tell told|claim|find found|report|estimate|calculate|concede|reckon|counter|establish|add|state|"
    "announce|confirm|deny|declare|warn|write wrote|explain|note|acknowledge|admit admitted|conclude|affirm|"
    "reject|reveal|recall|testify|insist|maintain|highlight|document|allege|accuse|recount|remark|disclose|"
    "dispute|observe|contend|reply|respond|complain|argue|assert|tally|attribute|advise|suggest|predict|"
    "contradict|describe|caution|emphasise|emphasize|stress|object|indicate|demonstrate|mention|certify|"
    "determine|infer|comment|retort|uncover|refute|rebut rebutted|criticise|criticize|boast|vow|swear swore|"
    "protest|attest|notify|believe|assume|promise|pledge|detect|identify|detail|discover|learn|fear|"
    "verify|worry|cite|quote|blame|count|assure|remind|disagree|advertise|confess|lament|grumble|interject|elaborate"
)
_ENGLISH_IF = _english(
    "put put|list|record|see saw|think thought|know knew|hold held|rule|hint|imply|specify|stipulate|outline|"
    "point|speak spoke|agree|dismiss|show|answer|value|rate|rank|guess|give gave|register"
)
ENGLISH_SAYS = _ENGLISH | _ENGLISH_IF | {"measured"}

PERFECT = words("written spoken given shown told found said")
"""English forms that say something after “has” only."""

ALSO_NOUNS = _english(
    "report|claim|tally|estimate|count|note|record|show|state|list|find|document|quote|detail|fear|blame|"
    "value|rate|answer|comment|protest|stress|dispute|promise|pledge|worry|guess|hint|boast|vow|object|reply|"
    "point|register|rule|highlight|thought|recount|remark|speak|outline"
)
"""English verbs of saying whose forms are nouns too."""


def _plural(forms: frozenset[str]) -> frozenset[str]:
    """“bestätigte” → bestätigte, bestätigten"""
    return forms | {f"{form}n" for form in forms if form.endswith("te")}


_GERMAN = words(
    """
    behauptet behauptete behaupten ermittelt ermittelte ermitteln mahnt mahnte mahnen warnt warnte warnen meint
    meinte meinen berechnet berechnete dokumentiert dokumentierte dokumentieren verweist verwies verweisen
    verwiesen antwortet antwortete entgegnet entgegnete entgegnen widerspricht widersprach widersprechen zitiert
    zitierte bestreitet bestritt bestreiten schildert schilderte schildern betont betonte betonen beklagt
    beklagte beklagen kritisiert kritisierte kritisieren sagt sagte sagen sagten erklärt erklärte erklären
    erklärten meldet meldete melden meldeten berichtet berichtete berichten berichteten zeigt zeigte zeigen
    schätzt schätzte schätzen bestätigt bestätigte bestätigen schreibt schrieb schreiben nennt nannte nennen
    beziffert bezifferte beziffern zählte zählten versichert versicherte versichern begründet begründete
    erinnert erinnerte verspricht versprach ergab ergaben belegt belegte belegen vermutet vermutete verneint
    verneinte dementiert dementierte feststellt feststellte mitteilt mitteilte mitteilten angibt angab erwähnt
    erwähnte registrierte verzeichnete einräumt einräumte vorrechnet prognostiziert prognostizierte hervorhebt
    bezeichnet bezeichnete anmerkt anmerkte nachweist spricht sprach befürchtet erzählt erzählte erzählen
    festhält festhielt klagt klagte klagen moniert monierte rügt rügte beanstandet beanstandete bemängelt
    bemängelte heißt argumentiert argumentierte folgert folgerte notiert notierte mutmaßt hinweist hinwies
    darlegt darlegte ausführt ausführte urteilt rechnet rechnete
    """
)

SAYS = (
    _ENGLISH
    | _plural(_GERMAN)
    | words(
        """
    dice dijo dicen dijeron afirma afirmó afirman afirmaron explica explicó explican reconoce reconoció
    reconocen señala señaló señalan señalaron asegura aseguró aseguran aseguraron sostiene sostuvo sostienen
    declara declaró declaran declararon informa informó informan informaron confirma confirmó confirman cifra
    cifró cifran indica indicó indican calcula calculó calculan estima estimó estiman niega negó niegan anuncia
    anunció anuncian apunta apuntó apuntan constata constató recoge recogió expone expuso precisa precisó admite
    admitió admiten revela reveló revelan documenta documentó documentan concluye concluyó concluyen insiste
    insistió rechaza rechazó rechazan matiza matizó relata relató relatan denuncia denunció denuncian añade
    añadió alega alegó alegan cuenta contó cuentan advierte advirtió advierten recuerda recordó recuerdan
    responde respondió responden replica replicó detalla detalló atribuye atribuyó muestra mostró muestran
    demuestra atestigua sitúa situó sitúan ironiza sostuvieron culpa culpó mantiene mantuvo desmiente desmintió critica
    criticó lamenta lamentó subraya subrayó destaca destacó describe describió menciona mencionó acusa acusó
    promete prometió comunicó manifestó puntualizó halló encontró detectó identificó refleja reflejan arroja
    sugiere eleva elevó señalaba decía reconstruye midió considera consideró contabiliza contabilizó contabilizan
    contabilizaron defendió añaden
    """,
    )
)
"""Finite forms of verbs with which somebody says something."""

SAYS_IF = _ENGLISH_IF | words(
    "wertet wertete weiß wusste",
    "publica publicó registra registró registran figura consta valora valoró cree habla hablan habló",
)
"""The same, where a clause, words in quotation marks or a figure follow."""

SEPARABLE = {
    verb: words(particles)
    for verbs, particles in (
        ("teilt teilte teilten", "mit"),
        ("gibt gab gaben", "an zu bekannt"),
        ("stellt stellte stellten", "fest klar"),
        ("räumt räumte räumten", "ein"),
        ("weist wies", "zurück hin darauf nach"),
        ("weisen", "zurück hin darauf"),
        ("wirft warf werfen", "vor"),
        ("führt führte", "an auf zurück"),
        ("geht gehen ging", "davon"),
        ("kommt kam kommen", "schluss ergebnis"),
        ("kündigt kündigte kündigten nimmt nahm nehmen", "an"),
        ("hält hielt halten hielten", "fest dagegen entgegen"),
        ("beruft", "darauf"),
        ("findet fand fanden", "heraus"),
        ("legt", "dar vor"),
        ("legte", "dar"),
        ("streitet lehnt lehnte", "ab"),
    )
    for verb in verbs.split()
}
"""German verbs that say something together with a word that stands later."""

PARTICIPLES = words(
    """
    eingeräumt erklärt bestätigt gesagt mitgeteilt angekündigt berichtet festgestellt betont behauptet gewarnt
    herausgefunden ermittelt bestritten zugegeben versichert angegeben gemeldet geschrieben gezählt errechnet
    berechnet geschätzt nachgewiesen beziffert dokumentiert zugesagt zurückgewiesen vorgeworfen gemessen
    recherchiert aufgedeckt
    """
)
"""German verbs of saying at the end of a clause: “hat … eingeräumt”."""

INVERTING = words(
    """
    say says said add adds added report reports reported write writes wrote note notes noted recall recalls
    explain explains explained warn warns warned argue argues argued concede concedes conceded state states
    stated insist insists insisted complain complains complained claim claims claimed believe believes estimate
    estimates
    """
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
    disputed valued
    """
)
"""What is done to a fact by who says it: “was confirmed by the court”."""

OBJECT_FIRST = words("beziffert bezifferte schätzt schätzte nennt nannte bestreitet bestritt begründet begründete")
"""German verbs whose object may stand before them: “Die Kosten beziffert der Rechnungshof auf …”."""

PUTS = words(
    """
    value values valued rate rates rated put puts speak speaks spoke give gives gave list lists record records
    recorded count counts counted registra registró registran habla hablan habló
    """
)
"""Verbs that say something with a figure right after them."""
PUTS_AT = words("value values valued rate rates rated put puts speak speaks spoke", "habla hablan habló")
"""Those whose figure may stand further on: “put the plot at 2.8 million”."""

NARRATES = words(
    """
    opens draws points point links recalls provides highlights notes speaks discloses claims describes cites
    lists tells names turns quotes refers adds mentions puts counts gives records traces documents reconstructs
    shows says reports states alleges asserts
    """,
    "zeichnet nennt schildert erinnert zitiert",
    """
    recuerda señala cita menciona recoge relata cuenta afirma evoca describe repasa enumera denuncia añade
    detalla documenta reconstruye
    """,
)
"""What a publication does that tells a fact: “the article points to”."""

OF_TEXTS = words(
    "opens draws points links recalls highlights notes cites mentions describes quotes refers turns traces",
    "zeichnet schildert erinnert zitiert",
    "recuerda cita menciona recoge relata evoca describe repasa enumera reconstruye",
)
"""Those that a body does not do, so that “it” is the text."""

ACTS = words(
    "promise promises promised pledge pledges pledged announce announces announced report reported",
    "register registered record",
)
"""What a body also does with a thing: “promised a smelter”. The outlet tells it, where the sentence says so."""
