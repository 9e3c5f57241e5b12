"""JSON lines → entries. Each line stands for itself: one that is broken spoils no other."""

import json
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from bot.core.errors import BadRecord
from bot.core.records import read_header
from bot.services.transfer.source import Entry

LONGEST_LINE = 100_000_000
"""In bytes; more than the largest record there can be."""


def read_lines(file: BinaryIO) -> Iterator[Entry]:
    """The entries of a file; empty lines and the header are none."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            length = len(line) + _pass_over(file)
            yield Entry(number, None, str, BadRecord("", "too_long", length=length, limit=LONGEST_LINE))
            continue
        raw = partial(_as_text, line)
        try:
            value = _value(line)
            if value is None or (number == 1 and read_header(value)):
                continue
        except BadRecord as bad:
            yield Entry(number, None, raw, bad)
        else:
            yield Entry(number, value, raw)


def _as_text(line: bytes) -> str:
    return line.decode("utf-8", "replace").strip()


def _pass_over(file: BinaryIO) -> int:
    """Reads on to the end of a line that is too long; how many bytes."""
    length = 0
    while part := file.readline(LONGEST_LINE):
        length += len(part)
        if part.endswith(b"\n"):
            break
    return length


def _value(line: bytes) -> object:
    """A line's value, None for an empty line; BadRecord with a reason where it is no JSON object."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        raise BadRecord("", "not_utf8") from None
    return parse_json(text)


def parse_json(text: str) -> object:
    """A JSON object, None for nothing at all."""
    text = text.strip().removeprefix("\ufeff")
    if not text:
        return None
    try:
        value: object = json.loads(text, object_pairs_hook=_once)
    except RecursionError:
        raise BadRecord("", "nested") from None
    except ValueError as error:
        raise BadRecord("", "not_json", error=error) from None
    if not isinstance(value, dict):
        raise BadRecord("", "not_json_object")
    return value


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    entry = dict(pairs)
    if len(entry) < len(pairs):
        raise ValueError("a key stands there twice")
    return entry
