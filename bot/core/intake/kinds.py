"""Words beside the name of a publication: kinds of works, nouns that name outlets, lines that lead to the source."""

import re

_WORK = r"(?:article|story|text|report|feature|piece|essay|column|investigation|Artikel|Beitrag|Text|Bericht|artículo|texto|reportaje|ensayo|crónica)"
LEADS = re.compile(
    r"^[^\w“„\"«]*(?:(?:source|original|quelle|fuente|vorlage|originalbeitrag|originalartikel|"
    rf"(?:original|full) {_WORK}|{_WORK} (?:original|completo))\b[^:.!?]{{0,25}}:|zum original|"
    r"(?:based on|basierend auf|nach|basado en|a partir de|adapted from|summary of)\b[^.!?]{0,60}[“„«\"]|"
    r"(?:read|view|see) the (?:full|original|whole|complete)|read (?:more|on) (?:at|in)|(?:mehr|weiter) (?:bei|im)|más en|go to the (?:full|original)|"
    rf"(?:read|view|see|visit) the .{{0,60}}{_WORK}|the original (?:{_WORK}\b.{{0,60}})?(?:is|can be) |"
    r"(?:lesen sie|lea|leer|hier geht es|continue reading|keep reading|(?:zum )?(?:weiter|nach)lesen|seguir leyendo|sigue leyendo)\b|"
    rf"(?:den|der|zum) (?:ganzen?|vollständigen?|kompletten?) {_WORK}|el (?:{_WORK} )?(?:completo|íntegro|original))",
    re.IGNORECASE,
)
"""How a line begins that only leads to the source."""
DIRECTION = re.compile(
    r"\b(?:read|continue|keep|original|here|full|source|article|zum|hier|leer|aquí|website|more|quelle|fuente|weiterlesen|report|column|piece|"
    r"essay|feature|story|investigation|artikel|beitrag|artículo|reportaje|texto|go)\b",
    re.IGNORECASE,
)
KIND = (
    r"(?:articles?|pieces?|essays?|features?|investigations?|reports?|stor(?:y|ies)|columns?|long read|cover story|editorials?|op-ed|"
    r"commentary|explainer|primer|backgrounder|leader|leading article|interview|dossier|series|analysis|review|papers?|study|text|blog post|post|polemic|manifesto|"
    r"headline|title|pamphlet|\w*artikel|\w+beitrag|Artikel|Beitrag|Reportage|Text|Kommentar|Recherche|Leitartikel|Essay|Bericht|Titel|Überschrift|Serie|"
    r"Streitschrift|Aufsatz|Analyse|artículo|reportaje|crónica|ensayo|texto|columna|título|titular|titulad[oa]|editorial|"
    r"investigación|pieza|informe|análisis|entrevista|titled|entitled|called|headed|betitelt|überschrieben|llamad[oa])"
)
IS_KIND = re.compile(rf"\b{KIND}\b", re.IGNORECASE)
OUTLET_NOUN = re.compile(
    r"(?:review|gazette|times|post|herald|courier|monitor|ledger|observer|standard|tribune|journal|mirror|chronicle|dispatch|bulletin|"
    r"messenger|clarion|voice|mercury|quarterly|weekly|monthly|magazine?|news|press|daily|echo|sentinel|register|star|sun|globe|mail|"
    r"telegraph|independent|guardian|digest|record|examiner|inquirer|advocate|argus|beacon|letter|wire|call|worker|socialist|"
    r"bote|kurier|zeitung|anzeiger|blatt|nachrichten|tagblatt|rundschau|spiegel|allgemeine|presse|stimme|wacht|wächter|merkur|"
    r"radio|gaceta|diario|faro|heraldo|correo|voz|tribuna|noticias|mundo|país|periódico|cuadernos?|revista|semanario|prensa|hoja|boletín|eco)s?\b",
    re.IGNORECASE,
)
"""Words that name outlets: … Gazette."""
OUTLET_KIND = (
    r"(?:magazine|newspaper|paper|weekly|daily|journal|quarterly|monthly|broadsheet|agency|site|website|outlet|blog|"
    r"Zeitschrift|Zeitung|Wochenzeitung|Tageszeitung|Magazins?|Blatt|Wochenblatt|Portal|Monatsschrift|revista|periódico|diario|"
    r"semanario|portal|publicación|medio)"
)
"""What stands before the name of an outlet: “the magazine …”."""
_LONGEST_LEAD = 300


def is_lead(line: str) -> bool:
    """Whether a line only leads to the source."""
    return len(line) <= _LONGEST_LEAD and bool(LEADS.match(line))
