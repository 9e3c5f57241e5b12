"""A record flattened into plain tuples: cheap to hand to another process and to write many of at once."""

import re
from typing import NamedTuple

from bot.core.model import Publication
from bot.core.records.write import kept_line, time_text
from bot.core.text import fold

WORDS = 1
"""The rules by which `title_words` cuts; counted up when they change."""
MOST_WORDS = 40

_WORD = re.compile(r"\w+")

Cell = str | int | None
Cells = tuple[Cell, ...]


class Packed(NamedTuple):
    """Cells of one record in the order of their columns, without ids. `speakers` and `evidence` begin with the position
    of their claim and their own.
    """

    keys: tuple[str, ...]
    contents: str
    """As the audit keeps it."""
    head: Cells
    words: tuple[str, ...]
    addresses: tuple[Cells, ...]
    labels: tuple[Cells, ...]
    source: tuple[Cells, ...]
    works: tuple[Cells, ...]
    claims: tuple[Cells, ...]
    speakers: tuple[Cells, ...]
    evidence: tuple[Cells, ...]

    @property
    def title(self) -> str:
        """The record's title."""
        return str(self.head[0])


def pack(publication: Publication) -> Packed:
    """The record's cells."""
    source = publication.source
    return Packed(
        tuple(address.key for address in publication.addresses),
        kept_line(publication),
        head_cells(publication),
        title_words(publication.title),
        tuple((a.url, a.key, a.kind.value, a.claimed_by) for a in publication.addresses),
        tuple((x.key, x.phrase, x.set, x.until) for x in publication.labels),
        ((source.name, source.title, source.url, source.published, source.relation and source.relation.value),)
        if source
        else (),
        tuple((work.name, work.url) for work in publication.works),
        _claims(publication),
        tuple((i, n, name) for i, c in enumerate(publication.claims) for n, name in enumerate(c.attribution)),
        tuple(
            (i, n, e.url, e.date, e.stance.value)
            for i, c in enumerate(publication.claims)
            for n, e in enumerate(c.evidence)
        ),
    )


def head_cells(publication: Publication) -> Cells:
    """Title, folded title, language and the four times."""
    times = (publication.recorded, publication.reviewed, publication.valid_from, publication.valid_until)
    return (
        publication.title,
        fold(publication.title),
        publication.language,
        *(time_text(time) if time else None for time in times),
    )


def title_words(title: str) -> tuple[str, ...]:
    """The words under which a title is found, folded, each once; at most MOST_WORDS."""
    return tuple(dict.fromkeys(_WORD.findall(fold(title))))[:MOST_WORDS]


def _claims(publication: Publication) -> tuple[Cells, ...]:
    cells = []
    for claim in publication.claims:
        v = claim.verdict
        verdict = (v.by, v.words, v.url, v.date) if v else (None, None, None, None)
        cells.append((claim.text, claim.quote, claim.status.value, *verdict))
    return tuple(cells)
