"""A record as rows of a table and back: one row a claim, what the record has of its own in the first (README: CSV).

Only values: `table_file` knows files. Checks of contents are `read_record`'s, so that both formats take the same.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from bot.core.errors import BadRecord
from bot.core.model import Claim, Publication, Record, SourcePublication
from bot.core.records import cells
from bot.core.records.write import time_text
from bot.core.text import cut, shown

_SOURCE = ("source_name", "source_title", "source_url", "source_published", "source_relation")
_VERDICT = ("verdict_by", "verdict_words", "verdict_url", "verdict_date")
_TIMES = ("recorded", "reviewed", "valid_from", "valid_until")
_HEAD = ("address", "more_addresses", "title", "language", "labels", *_SOURCE, "works")
_CLAIM = ("claim", "quote", "attribution", "status", "evidence", *_VERDICT)
COLUMNS: tuple[str, ...] = (*_HEAD, *_CLAIM, *_TIMES, "list")
"""The header, in the order of an export. Only the first and the title must stand in a file that is read."""
CLAIM_COLUMNS = frozenset(_CLAIM)

LABEL_PARTS, WORK_PARTS, EVIDENCE_PARTS = ("key", "phrase", "set", "until"), ("name", "url"), ("url", "date", "stance")
"""The parts of one value in the cells `labels`, `works` and `evidence`."""
LONGEST_CELL = 131_072
"""In characters: what Python's csv reads unless the whole process allows more."""

_GAP = re.compile(r"[\s_-]+")


def header_row() -> tuple[str, ...]:
    """The first row of an export."""
    return COLUMNS


def table_rows(record: Record) -> Iterator[tuple[str, ...]]:
    """A record's rows under `COLUMNS`, one a claim, at least one. Later rows repeat the address and nothing else."""
    return _rows(record.publication, record.list)


def what_is_lost(publication: Publication) -> Iterator[str]:
    """The columns whose cells are longer than what is read back (`LONGEST_CELL`); everything else comes back."""
    longest = dict.fromkeys(COLUMNS, 0)
    for row in _rows(publication, ""):
        for column, cell in zip(COLUMNS, row, strict=True):
            longest[column] = max(longest[column], len(cell))
    return (column for column, length in longest.items() if length > LONGEST_CELL)


def read_columns(header: Sequence[str]) -> tuple[str, ...]:
    """The columns of a file by their names in `COLUMNS`, whatever their case, spaces and order; nameless ones empty.

    BadRecord for a name that is unknown or stands there twice, and where address or title is missing.
    """
    columns = tuple(folded_name(name) for name in header)
    for i, (column, written) in enumerate(zip(columns, header, strict=True)):
        if column and column not in COLUMNS:
            raise BadRecord(cut(shown(written), 60), "unknown_key", known=", ".join(COLUMNS))
        if column and column in columns[:i]:
            raise BadRecord(column, "column_twice")
    for needed in ("address", "title"):
        if needed not in columns:
            raise BadRecord(needed, "column_missing")
    return columns


def folded_name(name: str) -> str:
    """A column's name without a byte order mark, in small letters, with `_` for what separates words."""
    return _GAP.sub("_", name.replace("\ufeff", "").strip().casefold())


def record_of(rows: Sequence[Mapping[str, str]]) -> dict[str, object]:
    """The record object (as in JSON) of a record's rows, cells by column; an empty cell says nothing.

    BadRecord names the column; its `line` is the row's number among these, from 1, or None where the record's own
    field is wrong, in whichever row it stands.
    """
    own: dict[str, str] = {}
    claims: list[dict[str, object]] = []
    for number, row in enumerate(rows, 1):
        claim: dict[str, str] = {}
        for column, written in row.items():
            if not (cell := cells.plain(written)):
                continue
            if column in CLAIM_COLUMNS:
                claim[column] = cell
            elif own.setdefault(column, cell) != cell:
                raise BadRecord(column, "row_differs", line=number)
        if not cells.plain(row.get("address", "")):
            raise BadRecord("address", "row_without_address", line=number)
        if claim:
            claims.append(_claim_object(claim, number))
    return _record_object(own, claims)


def _rows(publication: Publication, name: str) -> Iterator[tuple[str, ...]]:
    claims = [_claim_cells(claim) for claim in publication.claims] or [("",) * len(_CLAIM)]
    head, tail = _head_cells(publication), _tail_cells(publication, name)
    yield tuple(map(cells.guarded, (*head, *claims[0], *tail)))
    if len(claims) > 1:
        address = cells.guarded(head[0])
        no_head, no_tail = ("",) * (len(head) - 1), ("",) * len(tail)
        for claim in claims[1:]:
            yield (address, *no_head, *map(cells.guarded, claim), *no_tail)


def _head_cells(publication: Publication) -> tuple[str, ...]:
    first, *more = (address.url for address in publication.addresses)
    source = publication.source or SourcePublication()
    return (
        first,
        cells.joined(more),
        publication.title,
        publication.language or "",
        cells.joined_parts((label.key, label.phrase, label.set, label.until) for label in publication.labels),
        source.name or "",
        source.title or "",
        source.url or "",
        source.published or "",
        source.relation or "",
        cells.joined_parts((work.name, work.url) for work in publication.works),
    )


def _claim_cells(claim: Claim) -> tuple[str, ...]:
    verdict = claim.verdict
    return (
        claim.text,
        claim.quote or "",
        cells.joined(claim.attribution),
        claim.status,
        cells.joined_parts((evidence.url, evidence.date, evidence.stance) for evidence in claim.evidence),
        *((verdict.by, verdict.words, verdict.url or "", verdict.date or "") if verdict else ("", "", "", "")),
    )


def _tail_cells(publication: Publication, name: str) -> tuple[str, ...]:
    times = (publication.recorded, publication.reviewed, publication.valid_from, publication.valid_until)
    return (*(time_text(time) if time else "" for time in times), name)


def _record_object(own: Mapping[str, str], claims: list[dict[str, object]]) -> dict[str, object]:
    found: dict[str, object] = {"addresses": [own["address"], *cells.values(own.get("more_addresses", ""))]}
    found |= {column: own[column] for column in ("title", "language", *_TIMES, "list") if column in own}
    if "labels" in own:
        found["labels"] = [_label(label) for label in cells.parts(own["labels"], "labels", LABEL_PARTS)]
    if "works" in own:
        found["works"] = cells.parts(own["works"], "works", WORK_PARTS)
    if source := _under("source_", _SOURCE, own):
        found["source"] = _small(source, "relation")
    if claims:
        found["claims"] = claims
    return found


def _label(label: dict[str, str]) -> str | dict[str, str]:
    """One that stands alone may be a key or a phrase, as in JSON."""
    return label["key"] if len(label) == 1 and "key" in label else label


def _claim_object(claim: Mapping[str, str], number: int) -> dict[str, object]:
    found: dict[str, object] = {}
    for column, key in (("claim", "text"), ("quote", "quote")):
        if column in claim:
            found[key] = claim[column]
    if "attribution" in claim:
        found["attribution"] = cells.values(claim["attribution"])
    if "status" in claim:
        found["status"] = claim["status"].lower()
    if "evidence" in claim:
        found["evidence"] = _evidence(claim["evidence"], number)
    if verdict := _under("verdict_", _VERDICT, claim):
        found["verdict"] = verdict
    return found


def _evidence(cell: str, number: int) -> list[dict[str, str]]:
    try:
        return [_small(found, "stance") for found in cells.parts(cell, "evidence", EVIDENCE_PARTS)]
    except BadRecord as bad:
        raise BadRecord.of(bad, bad.field, number) from bad


def _under(prefix: str, columns: Sequence[str], row: Mapping[str, str]) -> dict[str, str]:
    return {column.removeprefix(prefix): row[column] for column in columns if column in row}


def _small(found: dict[str, str], key: str) -> dict[str, str]:
    """With one word in small letters: office programs like to begin a cell with a capital."""
    return {**found, key: found[key].lower()} if key in found else found
