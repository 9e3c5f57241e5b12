"""A source → records ready to be written, or refusals with field and reason, some at a time. Knows no database."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO

from bot.core.errors import BadRecord
from bot.core.markup import MarkupReader, Verdicts
from bot.core.records import Packed, Reading, pack, read_record
from bot.core.records.write import time_text
from bot.services.transfer.lines import read_lines
from bot.services.transfer.markup import MarkupIn, read_markup, read_page
from bot.services.transfer.source import Entry, Format, Source
from bot.services.transfer.tables import read_tables

CHUNK = 200
"""Records that are looked up and written together."""
_CHUNK_CHARACTERS = 400_000
"""What they hold together at most, so that large records too are written in short transactions."""


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that is no record: where it begins, the field, the key of the reason with its values, how it stands."""

    number: int
    field: str
    key: str
    values: dict[str, object]
    raw: str


@dataclass(slots=True)
class Chunk:
    """Some entries of a source. `position` is how many of its bytes were read by then."""

    position: int = 0
    ready: list[tuple[int, Packed]] = field(default_factory=list)
    """Where it begins, and the record."""
    refused: list[Refused] = field(default_factory=list)
    passed_over: dict[str, int] = field(default_factory=dict)
    """What the source held besides, by its kind: how many."""
    characters: int = 0

    def __len__(self) -> int:
        return len(self.ready) + len(self.refused)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What it takes to read any source: labels and link rules, verdicts' words, markup in a page."""

    reading: Reading
    verdicts: Verdicts
    markup_in: MarkupIn


MakeKnowledge = Callable[[], Knowledge]
"""Called again in another process, so it must be a plain function or a partial of one."""


def chunks(source: Source, known: Knowledge, now: datetime, size: int = CHUNK) -> Iterator[Chunk]:
    """The source in chunks, in order. `now` is when records without a time were recorded."""
    recorded, passed = time_text(now), Counter[str]()
    with source.open() as file:
        chunk = Chunk()
        for entry in _entries(source.format, file, known, passed):
            _put(chunk, entry, known.reading, recorded)
            if len(chunk) >= size or chunk.characters > _CHUNK_CHARACTERS:
                chunk.position = file.tell()
                yield chunk
                chunk = Chunk()
        chunk.position, chunk.passed_over = source.size, dict(passed)
        yield chunk


def _entries(format_: Format, file: BinaryIO, known: Knowledge, passed: Counter[str]) -> Iterator[Entry]:
    match format_:
        case Format.JSONL:
            return read_lines(file)
        case Format.CSV:
            return read_tables(file)
        case Format.JSONLD:
            return read_markup(file, MarkupReader(known.verdicts, known.reading.links), passed)
        case Format.HTML:
            return read_page(file, MarkupReader(known.verdicts, known.reading.links), passed, known.markup_in)


def again(source: Source, known: Knowledge, numbers: Collection[int]) -> Iterator[list[Refused]]:
    """The entries that begin at these places once more, as they stand there; some at a time."""
    some: list[Refused] = []
    with source.open() as file:
        for entry in _entries(source.format, file, known, Counter()):
            if entry.number in numbers:
                some.append(Refused(entry.number, "", "", {}, entry.raw()))
            if len(some) >= CHUNK:
                yield some
                some = []
    yield some


def _put(chunk: Chunk, entry: Entry, reading: Reading, recorded: str) -> None:
    if isinstance(entry.value, dict) and entry.value.get("recorded") is None:
        entry.value["recorded"] = recorded
    refused = entry.refused
    if refused is None:
        try:
            packed = pack(read_record(entry.value, reading))
        except BadRecord as bad:
            refused = entry.locate(bad)
        else:
            chunk.ready.append((entry.number, packed))
            chunk.characters += len(packed.contents)
            return
    if parts := entry.parts():
        for part in parts:
            _put(chunk, part, reading, recorded)
    else:
        raw = entry.raw()
        chunk.refused.append(refusal_of(entry.number, refused, raw))
        chunk.characters += len(raw)


def refusal_of(number: int, bad: BadRecord, raw: str) -> Refused:
    """A refusal that can go from one process to another."""
    values: dict[str, object] = {
        name: value if isinstance(value, int) else str(value) for name, value in bad.values.items()
    }
    return Refused(number, bad.field, bad.key, values, raw)
