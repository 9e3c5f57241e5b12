"""The cells of a table of records: several values in one cell, and cells that a spreadsheet must not take for formulas.

Values stand apart with ` | `, the parts of one value with `; `. A `|`, a `;` or a backslash that belongs to a value has
a backslash before it; a backslash before anything else is itself, so that a path typed by hand is read as it stands.
A cell whose first character acts in a spreadsheet has an apostrophe before it; so has one that begins with apostrophes
and such a character, because reading takes exactly one away.
"""

import re
from collections.abc import Iterable, Sequence

from bot.core.errors import BadRecord

_ACTING = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
"""What begins a formula (OWASP: CSV injection), or an apostrophe that reading would take for ours."""
_FIRST = frozenset("'=+-@\t\r＝＋－＠")
_MARK = re.compile(r"\\[\\|;]|[|;]")
_ESCAPED = re.compile(r"\\([\\|;])")


def guarded(cell: str) -> str:
    """A cell as it is written: it begins no formula."""
    return "'" + cell if cell and cell[0] in _FIRST and _ACTING.match(cell) else cell


def plain(cell: str) -> str:
    """What a written cell says, without spaces around it: the way back from `guarded`."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and _ACTING.match(cell) else cell


def joined(values: Iterable[str]) -> str:
    """A cell of several values."""
    return " | ".join(value.replace("\\", "\\\\").replace("|", "\\|") for value in values)


def joined_parts(items: Iterable[Sequence[str | None]]) -> str:
    """A cell of several values that have parts; parts that are missing at an end are left out."""
    return " | ".join("; ".join(_part(part) for part in _trimmed(item)) for item in items)


def values(cell: str) -> list[str]:
    """The values of a cell without parts; empty ones are none."""
    return [value for item in _split(cell, "|") if (value := _unescaped(item))]


def parts(cell: str, column: str, names: Sequence[str]) -> list[dict[str, str]]:
    """The values of a cell with their parts by name, empty ones left out; BadRecord where a value has more parts."""
    found: list[dict[str, str]] = []
    for item in _split(cell, "|"):
        pieces = [_unescaped(piece) for piece in _split(item, ";")]
        if len(pieces) > len(names) and any(pieces[len(names) :]):
            raise BadRecord(column, "too_many_parts", most=len(names))
        named = {name: piece for name, piece in zip(names, pieces, strict=False) if piece}
        if named:
            found.append(named)
    return found


def _trimmed(item: Sequence[str | None]) -> Sequence[str | None]:
    end = len(item)
    while end and not item[end - 1]:
        end -= 1
    return item[:end]


def _part(part: str | None) -> str:
    return part.replace("\\", "\\\\").replace("|", "\\|").replace(";", "\\;") if part else ""


def _split(text: str, mark: str) -> list[str]:
    """At each mark that has no backslash of its own; escapes stay, for the split within."""
    if "\\" not in text:
        return text.split(mark)
    pieces: list[str] = []
    start = 0
    for found in _MARK.finditer(text):
        if found[0] == mark:
            pieces.append(text[start : found.start()])
            start = found.end()
    return [*pieces, text[start:]]


def _unescaped(piece: str) -> str:
    return _ESCAPED.sub(r"\1", piece.strip()) if "\\" in piece else piece.strip()
