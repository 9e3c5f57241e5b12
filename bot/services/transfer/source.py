"""Where records come from: a file or bytes in hand, in one of the formats that are read."""

import codecs
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

from bot.core.errors import BadRecord, UserError


class Format(StrEnum):
    """A way in which records are written."""

    JSONL = "jsonl"
    """A record a line (contracts.md)."""
    CSV = "csv"
    """A claim a row."""
    JSONLD = "jsonld"
    """Fact-check markup: schema.org ClaimReview and Claim, also as the Fact Check Tools API answers it."""
    HTML = "html"
    """A page with such markup in it. Read only."""


WRITTEN = (Format.JSONL, Format.CSV, Format.JSONLD)

_BY_ENDING = {
    "jsonl": Format.JSONL, "ndjson": Format.JSONL, "csv": Format.CSV, "tsv": Format.CSV,
    "jsonld": Format.JSONLD, "html": Format.HTML, "htm": Format.HTML, "xhtml": Format.HTML,
}  # fmt: skip
_LOOKED_AT = 65_536
_LINES = {"jsonl", "ndjson"}
_CLOSED = {b"\x1f\x8b": "compressed", b"PK\x03\x04": "workbook", b"BZh": "compressed", b"\xfd7zXZ": "compressed"}
"""What compressed files and workbooks begin with."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file by its path, or its bytes. `name` is what people call it, without its folder."""

    name: str
    data: Path | bytes
    format: Format

    @classmethod
    def of(cls, name: str, data: Path | bytes, written_as: Format | None = None) -> "Source":
        """With the format that it is said to have, else the one that its name and its beginning show."""
        return cls(name, data, written_as or sniff(name, _beginning(data)))

    @classmethod
    def lines(cls, lines: Iterable[str], name: str) -> "Source":
        """Lines of JSON in hand."""
        return cls(name, "\n".join(lines).encode("utf-8", "surrogatepass"), Format.JSONL)

    @property
    def size(self) -> int:
        """In bytes."""
        return len(self.data) if isinstance(self.data, bytes) else self.data.stat().st_size

    def open(self) -> BinaryIO:
        """The bytes from their beginning."""
        return io.BytesIO(self.data) if isinstance(self.data, bytes) else self.data.open("rb")


def _as_it_is(bad: BadRecord) -> BadRecord:
    return bad


@dataclass(frozen=True, slots=True)
class Entry:
    """One record of a source before it was read: where it begins (a line or a number, from 1), what it says, or why it
    says nothing.
    """

    number: int
    value: object
    raw: Callable[[], str]
    """How it stands there, so that it can be written out again to be mended; asked only where it is refused."""
    refused: BadRecord | None = None
    locate: Callable[[BadRecord], BadRecord] = _as_it_is
    """Says where in the source the cause of a refusal stands."""
    parts: Callable[[], Sequence["Entry"]] = tuple
    """Where the whole is refused, what it is made of, so that the good in it need not go with the bad."""


def sniff(name: str, beginning: bytes) -> Format:
    """The format by a file's ending and by what it begins with; JSON lines where neither tells. UserError for what no
    reader here can open.
    """
    for mark, reason in _CLOSED.items():
        if beginning.startswith(mark):
            raise UserError(key=f"refused.{reason}")
    ending = name.rpartition(".")[2].lower()
    text = _decoded(beginning).lstrip()
    first = text.split("\n", 1)[0]
    if ending in _LINES or ending not in _BY_ENDING:
        if text.startswith("<"):
            return Format.HTML
        if text.startswith("["):
            return Format.JSONLD
        if text.startswith("{"):
            return Format.JSONLD if _is_markup(text, first) else Format.JSONL
        header = first.lower()
        if header.startswith("sep=") or ("address" in header and any(mark in header for mark in ",;\t")):
            return Format.CSV
    return _BY_ENDING.get(ending, Format.JSONL)


def _is_markup(text: str, first: str) -> bool:
    """Whether JSON is no record of ours: by its first line where that is whole, else by any word of its beginning."""
    if '"sidenote"' in first or '"addresses"' in first:
        return False
    words = ("ClaimReview", "claimReview", "schema.org", "dataFeedElement", "@graph", "@type")
    return any(word in text for word in words) or not first.rstrip().endswith("}")


def _decoded(beginning: bytes) -> str:
    wide = beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return beginning.decode("utf-16" if wide else "utf-8", "replace").removeprefix("\ufeff")


def _beginning(data: Path | bytes) -> bytes:
    if isinstance(data, bytes):
        return data[:_LOOKED_AT]
    with data.open("rb") as file:
        return file.read(_LOOKED_AT)
