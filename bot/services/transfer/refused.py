"""Refused entries, written out as they stood, so that they can be mended and imported again."""

import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple, Self

from bot.core.records import COLUMNS
from bot.services.transfer.prepare import Refused
from bot.services.transfer.source import Format
from bot.services.transfer.tables import csv_text


class _Way(NamedTuple):
    head: str
    between: str
    tail: str


_NODES = _Way("[\n", ",\n", "\n]\n")
_WAYS = {
    Format.JSONL: _Way("", "\n", "\n"),
    Format.CSV: _Way(csv_text([COLUMNS]) + "\n", "\n", "\n"),
    Format.JSONLD: _NODES,
    Format.HTML: _NODES,
}


class RefusedFile:
    """Gathers them on the disk; `save` puts them where they are wanted."""

    def __init__(self, format_: Format) -> None:
        self._format = format_
        # Closed by the block. Halves of characters are replaced: no file can hold them.
        self._file = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace", newline="")  # noqa: SIM115
        self._count = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def put(self, refused: Refused) -> None:
        """One more; nothing where nothing of it can be written again: a line too long to be kept, a broken document."""
        if not refused.raw:
            return
        way = _WAYS[self._format]
        self._file.write((way.between if self._count else way.head) + refused.raw)
        self._count += 1

    def save(self, path: Path) -> None:
        """Writes them to a file; an older one of that name is replaced. OSError where that cannot be done."""
        self._file.write(_WAYS[self._format].tail)
        self._file.seek(0)
        with path.open("w", encoding="utf-8", newline="") as out:
            shutil.copyfileobj(self._file, out)
