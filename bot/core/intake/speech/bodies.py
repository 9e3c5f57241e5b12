"""Words that bodies are called by, so that a name with one of them is no person's: English, German, Spanish."""

import re

_BODY = re.compile(
    r"(?:board|council|ministry|court|union|league|institute|university|commission|authority|office|agency|association|"
    r"bank|group|company|party|committee|federation|society|fund|trust|service|inspectorate|police|government|parliament|"
    r"club|foundation|inquiry|tribunal|contractor|operator|manufacturer|insurer|firm|campaign|network|mission|team|"
    r"college|hospital|chamber|laboratory|observatory|register|directorate|department|bureau|charity|church|"
    r"amt|amts|verband|ministerium|gericht|gerichtshof|institut|kammer|bund|rat|bank|gruppe|universität|hochschule|"
    r"agentur|behörde|kommission|konzern|firma|unternehmen|initiative|partei|gewerkschaft|stiftung|verein|"
    r"betreiber|betreiberin|regierung|polizei|hof|anstalt|zentrale|dienst|stelle|verwaltung|"
    r"junta|ministerio|tribunal|sindicato|instituto|universidad|comisión|autoridad|agencia|asociación|banco|grupo|"
    r"empresa|partido|comité|federación|sociedad|fundación|observatorio|consejo|gobierno|ayuntamiento|fiscalía|cámara|"
    r"mutual|insurance|energy|water|airports|airlines|foods|steel|mining|rail|railways|media|press|motors|holdings|partners|"
    r"systems|works|industries|solutions|capital|logistics|transit|plc|mutua|seguros|aguas|energía|"
    r"review|gazette|post|ledger|times|herald|courier|observer|^(?:AG|GmbH|Ltd|Co|plc|Inc))$",
    re.IGNORECASE,
)


def is_body(name: str) -> bool:
    """Whether a word of a name is one that bodies are called by: “Harbour Board of Lund”."""
    return any(_BODY.search(part) for part in name.split())
