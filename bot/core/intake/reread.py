"""What of a record its page says otherwise by now. Nothing is decided: a person looks at it."""

from collections.abc import Iterator

from bot.core.intake.cut import statement_in
from bot.core.intake.read import Proposal
from bot.core.model import Publication
from bot.core.text import fold

Difference = tuple[str, dict[str, object]]
"""The key of its words, and their values."""


def differences(publication: Publication, proposal: Proposal) -> Iterator[Difference]:
    """Labels, title, original and accepted sentences that are others or gone, and statements that are new."""
    recorded = {fold(label.phrase): label.phrase for label in publication.labels}
    there = {fold(phrase): phrase for phrase in proposal.labels}
    for key in recorded.keys() - there.keys():
        yield "reread.label_gone", {"label": recorded[key]}
    for key in there.keys() - recorded.keys():
        yield "reread.label_new", {"label": there[key]}
    if proposal.title and fold(proposal.title) != fold(publication.title):
        yield "reread.title", {"title": proposal.title}
    before, source = publication.source, proposal.source
    if source.url and source.url != (before.url if before else None):
        yield "reread.source", {"url": source.url}
    text = fold(proposal.text)
    for claim in publication.claims:
        if claim.quote and fold(claim.quote) not in text:
            yield "reread.quote_gone", {"quote": claim.quote}
    known = {fold(claim.text) for claim in publication.claims}
    new = [c for c in proposal.claims if c.is_central and fold(statement_in(c.judged.text)) not in known]
    if new:
        yield "reread.statements_new", {"n": len(new)}
