"""CSV files → entries, as office programs write them."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import BinaryIO

from bot.core.errors import BadRecord
from bot.core.records import COLUMNS, TableEntry, read_table
from bot.services.transfer.source import Entry

_LONGEST_LINE = 64_000_000
"""In bytes; a longer line is read in parts, and so refused."""
_NO_UTF_8 = re.compile("[\udc80-\udcff]")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_tables(file: BinaryIO) -> Iterator[Entry]:
    """The records of a file. UTF-8, or UTF-16 where the file says so."""
    for found in read_table(_lines(file)):
        value = found.value
        refused = value if isinstance(value, BadRecord) else None
        text = "".join(chain.from_iterable(found.rows))
        if not text.isascii() and _NO_UTF_8.search(text):
            refused = BadRecord("", "not_utf8")
        yield Entry(found.line, value, partial(_as_text, found), refused, found.located)


def _as_text(found: TableEntry) -> str:
    """The rows under the header of an export, whatever the order of the file's own."""
    if not found.columns:
        return csv_text(found.rows)
    places = [found.columns.index(column) if column in found.columns else None for column in COLUMNS]
    return csv_text(
        [row[place] if place is not None and place < len(row) else "" for place in places] for row in found.rows
    )


def csv_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV with commas; without a line feed at the end."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(row for row in rows if row)
    return out.getvalue().removesuffix("\n")


def _lines(file: BinaryIO) -> Iterator[str]:
    """Bytes that are no UTF-8 become halves of characters, which spoil their own record only."""
    first = file.readline(_LONGEST_LINE)
    if first.startswith(_UTF_16):
        text = (first + file.read()).decode("utf-16", "replace")
        yield from io.StringIO(text, newline="")
        return
    line = first
    while line:
        yield line.decode("utf-8", "surrogateescape")
        line = file.readline(_LONGEST_LINE)
