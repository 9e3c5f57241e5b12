"""Words that bodies are called by, so that a name with one of them is no person's: English, German, Spanish."""

import re

from bot.core.intake.words import words

_BODIES = words(
    """
    board council ministry court union league institute university commission authority office agency association
    bank group company party committee federation society fund trust service inspectorate police government
    parliament club foundation inquiry tribunal contractor operator manufacturer insurer firm campaign network mission
    team college hospital chamber laboratory observatory register directorate department bureau charity church mutual
    insurance energy water airports airlines foods steel mining rail railways media press motors holdings partners
    systems works industries solutions capital logistics transit plc ltd inc co review gazette post ledger times herald
    courier observer
    """,
    """
    ag gmbh amt bund rat hof dienst betreiber betreiberin firma konzern unternehmen initiative partei regierung polizei
    """,
    """
    junta ministerio tribunal sindicato instituto universidad comisión autoridad agencia asociación banco grupo empresa
    partido comité federación sociedad fundación observatorio consejo gobierno ayuntamiento fiscalía cámara mutua
    seguros aguas energía
    """,
)
_COMPOUND = re.compile(
    r"\w{4}(?:amts?|rat|hof|dienst|bank|verband|ministerium|gericht|gerichtshof|institut|kammer|gruppe|universität|"
    r"hochschule|agentur|behörde|kommission|konzern|firma|unternehmen|initiative|partei|gewerkschaft|stiftung|verein|"
    r"regierung|polizei|anstalt|zentrale|verwaltung|betreiber|betreiberin)$|"
    r"^(?:verband|gericht|institut|kammer|gruppe|hochschule|agentur|behörde|kommission|gewerkschaft|stiftung|verein|"
    r"anstalt|zentrale|verwaltung|\w{5,}stelle)$",
    re.IGNORECASE,
)
"""German bodies, which are written as one word: “Landgericht”."""


def is_body(name: str) -> bool:
    """Whether a word of a name is one that bodies are called by: “Harbour Board of Lund”."""
    return any(part.lower().strip(".’'") in _BODIES or _COMPOUND.search(part) for part in name.split())
