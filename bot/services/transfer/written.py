"""Records → the text of a file, in each format that is written."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain

from bot.core.markup import CONTEXT, nodes_of
from bot.core.markup import what_is_lost as markup_loses
from bot.core.model import Record
from bot.core.records import header_line, header_row, record_line, table_rows, what_is_lost
from bot.core.records.table import LONGEST_CELL
from bot.core.records.write import json_line
from bot.services.transfer.source import Format
from bot.services.transfer.tables import csv_text

_Written = tuple[str, Iterable[str]]
"""A record's text, and the fields that it could not carry."""


@dataclass(frozen=True, slots=True)
class _Way:
    """How a format is written: what stands before, between and after records, and each record."""

    head: str
    tail: str
    between: str
    record: Callable[[Record, str], _Written]


class Writer:
    """One file. `keeper` is who answers for the list, where a format names one."""

    def __init__(self, format_: Format, keeper: str) -> None:
        self._way = _WAYS[format_]
        self._keeper = keeper
        self.count = 0
        self.lost: dict[str, int] = {}
        """Fields that the format could not carry, and of how many records."""

    @property
    def head(self) -> str:
        """What stands before all records."""
        return self._way.head

    @property
    def tail(self) -> str:
        """What stands after them."""
        return self._way.tail

    def record(self, record: Record) -> str:
        """One record's text."""
        text, lost = self._way.record(record, self._keeper)
        for field in lost:
            self.lost[field] = self.lost.get(field, 0) + 1
        self.count += 1
        return self._way.between + text if self.count > 1 else text


def _line(record: Record, _keeper: str) -> _Written:
    return record_line(record) + "\n", ()


def _rows(record: Record, _keeper: str) -> _Written:
    text = csv_text(table_rows(record)) + "\n"
    return text, what_is_lost(record.publication) if len(text) > LONGEST_CELL else ()


def _nodes(record: Record, keeper: str) -> _Written:
    return ",\n".join(map(json_line, nodes_of(record, keeper))), chain(markup_loses(record.publication), ("list",))


_WAYS = {
    Format.JSONL: _Way(header_line() + "\n", "", "", _line),
    Format.CSV: _Way(csv_text([header_row()]) + "\n", "", "", _rows),
    Format.JSONLD: _Way(f'{{"@context":"{CONTEXT}","@graph":[\n', "\n]}\n", ",\n", _nodes),
}
