"""Fact-check markup → entries: JSON of any size as it streams in, or the markup in an HTML page."""

import codecs
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import BinaryIO

import ijson
from pydantic_core import from_json

from bot.core.errors import BadRecord, SidenoteError
from bot.core.markup import Group, MarkupReader, Node
from bot.services.transfer.source import Entry

MarkupIn = Callable[[bytes], list[object]]
"""The values of the markup in an HTML page."""

_WHOLE = 8_000_000
"""In bytes; smaller files are read at once, so that nodes may refer to each other."""
_LARGEST_PAGE = 8_000_000
_HOLDERS = frozenset({"@graph", "dataFeedElement", "claims", "claimReviewMarkupPages", "itemListElement"})
"""Keys of a document under which its parts are listed."""


def read_markup(file: BinaryIO, reader: MarkupReader, passed: Counter[str]) -> Iterator[Entry]:
    """The records of a document, or of documents a line each. What is no JSON ends it with a refusal; what came before
    stays. A document in which nothing was found is refused.
    """
    beginning = file.read(_WHOLE + 1)
    if len(beginning) <= _WHOLE:
        values: Iterable[object] = _document(beginning)
    else:
        file.seek(0)
        values = _large(file, beginning)
    yield from _some(_entries(values, reader, passed), "no_markup_here" if beginning.strip() else None)


def read_page(file: BinaryIO, reader: MarkupReader, passed: Counter[str], markup_in: MarkupIn) -> Iterator[Entry]:
    """The records of an HTML page."""
    html = file.read(_LARGEST_PAGE + 1)
    if len(html) > _LARGEST_PAGE:
        yield _refusal(1, BadRecord("", "page_too_large", limit=_LARGEST_PAGE // 1_000_000))
        return
    yield from _some(_entries(markup_in(html), reader, passed), "no_markup")


def _large(file: BinaryIO, beginning: bytes) -> Iterable[object]:
    if _is_lines(beginning):
        return _lines(file)
    head = beginning.partition(b"\n")[0]
    if (
        head.startswith(b'{"@context":')
        and head.endswith(b'"@graph":[')
        and beginning[len(head) + 1 :].startswith(b"{")
    ):
        return _exported(file)
    return _streamed(file)


def _some(entries: Iterator[Entry], reason: str | None) -> Iterator[Entry]:
    first = next(entries, None)
    if first is not None:
        yield first
        yield from entries
    elif reason:
        yield _refusal(1, BadRecord("", reason))


def _entries(values: Iterable[object], reader: MarkupReader, passed: Counter[str]) -> Iterator[Entry]:
    refused: list[BadRecord] = []
    records: list[dict[str, object]] = []

    def nodes() -> Iterator[Node]:
        try:
            for value in values:
                for part in value if isinstance(value, list) else [value]:
                    if isinstance(part, dict) and "addresses" in part and "@type" not in part:
                        records.append(part)  # a record of ours, in a list or over several lines
                    else:
                        yield from reader.nodes(part, passed)
        except _Broken as broken:
            refused.append(broken.bad)

    last = 0
    for group in reader.groups(nodes()):
        last = group.number + len(group.nodes) - 1
        yield _entry(group, reader)
        yield from _ours(last, records)
    yield from _ours(last, records)
    yield from (_refusal(last + 1, bad) for bad in refused)


def _ours(last: int, records: list[dict[str, object]]) -> Iterator[Entry]:
    for record in records:
        yield Entry(last + 1, record, partial(_json, [record]))
    records.clear()


def _entry(group: Group, reader: MarkupReader) -> Entry:
    raw = partial(_json, group.nodes)
    is_one = len(group.nodes) == 1 or group.nodes[0].get("sdPublisher") is not None
    parts = tuple if is_one else partial(_apart, group, reader)
    try:
        return Entry(group.number, reader.record(group), raw, parts=parts)
    except BadRecord as bad:
        return Entry(group.number, None, raw, bad, parts=parts)


def _apart(group: Group, reader: MarkupReader) -> list[Entry]:
    """Each node by itself: one that says nothing does not take its neighbours with it."""
    alone = [next(reader.groups([node])) for node in group.nodes]
    return [_entry(replace(one, number=group.number + i), reader) for i, one in enumerate(alone)]


def _json(nodes: Sequence[Mapping[str, object]]) -> str:
    try:
        return ",\n".join(json.dumps(node, ensure_ascii=False) for node in nodes)
    except RecursionError:  # what a stream can hold is deeper than what can be written
        return ""


class _Broken(SidenoteError):
    """The document is no JSON from here on."""

    def __init__(self, bad: BadRecord) -> None:
        super().__init__(bad.reason)
        self.bad = bad


def _document(data: bytes) -> Iterator[object]:
    """The value of a document, or the values of its lines."""
    if not data.strip():
        return
    try:
        value = _value(data)
    except _Broken:
        if not _is_lines(data):
            raise
        yield from _lines(io.BytesIO(data))
    else:
        yield value


def _value(data: bytes) -> object:
    """A JSON value. What the quick reader refuses is read once more: another encoding, what is nested deep, and the
    reason in Python's words.
    """
    try:
        return from_json(data)
    except ValueError:
        pass
    try:
        return json.loads(data)
    except UnicodeDecodeError:
        raise _Broken(BadRecord("", "not_utf8")) from None
    except RecursionError:
        raise _Broken(BadRecord("", "nested")) from None
    except ValueError as error:
        raise _Broken(BadRecord("", "not_json", error=error)) from None


def _is_lines(beginning: bytes) -> bool:
    """Whether the first line is a JSON object, and another follows it."""
    first, _, rest = beginning.removeprefix(codecs.BOM_UTF8).lstrip().partition(b"\n")
    if not rest.lstrip().startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _lines(file: BinaryIO) -> Iterator[object]:
    for line in file:
        if text := line.strip():
            yield _value(text)


def _exported(file: BinaryIO) -> Iterator[object]:
    """The nodes of a document as `written` makes it, one a line: quicker than to take a stream apart."""
    file.readline()
    for line in file:
        node = line.strip().removesuffix(b",")
        if node == b"]}":
            return
        yield _value(node)
    raise _Broken(BadRecord("", "not_json", error="the end is missing"))


def _streamed(file: BinaryIO) -> Iterator[object]:
    """The parts of a large document one by one: items of the outer list, or of the list under one of `_HOLDERS`.

    Any other object is not read at this size, because it would have to be held in memory whole.
    """
    if file.read(3) != b"\xef\xbb\xbf":
        file.seek(0)
    start = file.tell()
    prefix = _holder(file)
    if prefix is None:
        raise _Broken(BadRecord("", "too_large_whole", limit=_WHOLE // 1_000_000))
    file.seek(start)
    try:
        yield from ijson.items(file, prefix, use_float=True)
    except (ijson.JSONError, UnicodeDecodeError, ValueError) as error:
        raise _Broken(BadRecord("", "not_json", error=str(error).splitlines()[0] if str(error) else "")) from None
    except RecursionError:
        raise _Broken(BadRecord("", "nested")) from None


def _holder(file: BinaryIO) -> str | None:
    """Where the parts are, in ijson's words."""
    try:
        for prefix, event, value in ijson.parse(file, use_float=True):
            if prefix == "" and event == "start_array":
                return "item"
            if event == "start_array" and prefix in _HOLDERS:
                return f"{prefix}.item"
            if prefix == "" and event not in {"start_map", "map_key", "start_array"}:
                return None if value is None else ""
    except (ijson.JSONError, UnicodeDecodeError, ValueError) as error:
        raise _Broken(BadRecord("", "not_json", error=str(error).splitlines()[0] if str(error) else "")) from None
    return None


def _refusal(number: int, bad: BadRecord) -> Entry:
    return Entry(number, None, str, bad)
