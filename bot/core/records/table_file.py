"""A file of comma-separated values → record objects with the lines where they stand. Nothing in a file raises.

Opening and decoding are the caller's, with line ends as they are in the file (`newline=""`).
"""

import csv
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from bot.core.errors import BadRecord
from bot.core.records import cells
from bot.core.records.table import CLAIM_COLUMNS, COLUMNS, folded_name, read_columns, record_of

_SEPARATOR = re.compile(r'"?sep=([,;\t|])"?[,;\t|]*\s*', re.IGNORECASE)
"""What Excel writes and obeys as a file's first line."""


class Row(NamedTuple):
    """One row with the number of its first line in the file, from 1.

    With `bad`, a refusal, the lines could not be taken apart, and one cell holds them as they are.
    """

    line: int
    cells: list[str]
    bad: BadRecord | None = None


@dataclass(frozen=True, slots=True)
class TableEntry:
    """The rows of one record, and what they come to: a record object, or a refusal with column and line.

    `columns` is the file's header and `rows` the cells under it as they stand, so that they can be written again.
    """

    value: dict[str, object] | BadRecord
    rows: list[list[str]]
    lines: list[int]
    columns: tuple[str, ...]

    @property
    def line(self) -> int:
        """The first line of the record in the file, from 1."""
        return self.lines[0]

    def located(self, bad: BadRecord) -> BadRecord:
        """A refusal of the record object (`read_record`) with the column and line where its cause stands."""
        column, claim = _place(bad.field)
        wanted = CLAIM_COLUMNS if claim is not None else {column}
        having = [i for i, row in enumerate(self.rows) if self._has(row, wanted)]
        at = having[min(claim or 0, len(having) - 1)] if having else 0
        return BadRecord.of(bad, column, self.lines[at])

    def _has(self, row: list[str], wanted: Iterable[str]) -> bool:
        return any(cells.plain(cell) for column, cell in zip(self.columns, row, strict=False) if column in wanted)


def read_table(lines: Iterable[str]) -> Iterator[TableEntry]:
    """The records of a file, one at a time; of a file whose header is refused, that refusal alone.

    Comma, semicolon or tab, whichever makes the most known columns of the header. Blank lines count for nothing.
    """
    source = _Lines(lines)
    rows = _rows(source, *_beginning(source))
    header = next(rows, None)
    if header is None:
        return
    try:
        if header.bad:
            raise header.bad
        columns = read_columns(header.cells)
    except BadRecord as bad:
        yield TableEntry(BadRecord.of(bad, bad.field, header.line), [header.cells], [header.line], ())
        return
    for group in grouped(rows, columns.index("address")):
        yield _entry(group, columns)


def grouped(rows: Iterable[Row], at: int) -> Iterator[list[Row]]:
    """Rows that follow each other with the same address, which is their cell number `at`.

    A row without an address counts to the record above, so that a sheet with merged cells is refused record by record
    and not row by row. An unreadable one counts to a record whose rows go on after it, else it stands alone.
    """
    group: list[Row] = []
    waiting: list[Row] = []
    address = ""
    for row in rows:
        if row.bad:
            waiting.append(row)
            continue
        written = cells.plain(row.cells[at]) if at < len(row.cells) else ""
        if group and written in (address, ""):
            group += [*waiting, row]
        else:
            yield from _done(group, waiting)
            group, address = [row], written
        waiting = []
    yield from _done(group, waiting)


def _done(group: list[Row], waiting: list[Row]) -> Iterator[list[Row]]:
    if group:
        yield group
    for row in waiting:
        yield [row]


class _Lines:
    """Lines, counted; those since `text` was last emptied are kept, for a row that cannot be read."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.count = 0
        self.text: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.count += 1
        self.text.append(line)
        return line


def _beginning(source: _Lines) -> tuple[list[str], str]:
    """The header's first line, if any, and the character that separates cells."""
    delimiter = ""
    for text in source:
        line = text.removeprefix("\ufeff")
        if not delimiter and (found := _SEPARATOR.fullmatch(line)):
            delimiter = found[1]
        elif line.strip():
            del source.text[:-1]
            return [line], delimiter or max(",;\t", key=lambda mark: _known_names(line, mark))
    return [], ","


def _known_names(header: str, mark: str) -> int:
    return len({folded_name(name.strip('" \r\n')) for name in header.split(mark)}.intersection(COLUMNS))


def _rows(source: _Lines, first: list[str], delimiter: str) -> Iterator[Row]:
    """Every row that has contents. The reader begins anew after a line that it refused."""
    reader = csv.reader(chain(first, source), delimiter=delimiter, skipinitialspace=True, strict=True)
    line = source.count or 1
    while True:
        try:
            found = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(line, ["".join(source.text)], _unreadable(error))
        else:
            if any(map(str.strip, found)):
                yield Row(line, found)
        source.text.clear()
        line = source.count + 1


def _unreadable(error: csv.Error) -> BadRecord:
    if "limit" in str(error):
        return BadRecord("", "cell_too_long", limit=csv.field_size_limit())
    return BadRecord("", "not_csv")


def _entry(group: list[Row], columns: tuple[str, ...]) -> TableEntry:
    rows, lines = [row.cells for row in group], [row.line for row in group]
    try:
        value = record_of([_named(row, number, columns) for number, row in enumerate(group, 1)])
    except BadRecord as bad:
        if bad.line is None:
            bad = TableEntry({}, rows, lines, columns).located(bad)
        else:
            bad = BadRecord.of(bad, bad.field, lines[bad.line - 1])
        return TableEntry(bad, rows, lines, columns)
    return TableEntry(value, rows, lines, columns)


def _named(row: Row, number: int, columns: tuple[str, ...]) -> dict[str, str]:
    """The cells by column; missing ones at the end are empty, surplus ones may be."""
    if row.bad:
        raise BadRecord.of(row.bad, row.bad.field, number)
    if len(row.cells) > len(columns) or "" in columns:
        for i, cell in enumerate(row.cells):
            if cell.strip() and (i >= len(columns) or not columns[i]):
                raise BadRecord("", "no_column", line=number, number=i + 1)
    return {column: cell for column, cell in zip(columns, row.cells, strict=False) if cell}


def _place(field: str) -> tuple[str, int | None]:
    """A path in the record object (`claims[2].verdict.by`) as a column and the claim's position."""
    if field.startswith("claims["):
        position, _, rest = field.removeprefix("claims[").partition("]")
        name = rest.removeprefix(".").partition("[")[0].replace(".", "_")
        return ("claim" if name in {"", "text"} else name), int(position)
    if field.startswith("addresses[") and not field.startswith("addresses[0]"):
        return "more_addresses", None
    name = field.partition("[")[0].replace(".", "_")
    return {"addresses": "address", "claims": "claim"}.get(name, name), None
