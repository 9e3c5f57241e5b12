"""Do files of records that nobody wrote end a reader? `python -m tests.benchmarks.formats [--runs 20000] [--seed 1]`

Good files of every format, and the real markup where it lies beside the checkout, are broken at random: bytes and
values taken out, doubled, swapped, nested, put in place of others. Each is read to its end. Exit status 1 at the first
exception; what a reader makes of a broken file is counted.
"""

import argparse
import json
import random
import sys
import traceback
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.app import load_knowledge
from bot.core.model import ListName, PublicationId, Record
from bot.core.records import read_record
from bot.services.transfer import Format, Source, Writer
from bot.services.transfer.prepare import chunks
from tests.core.markup.samples import FOLDER, samples
from tests.core.records.test_read_write import FULL, READING, SMALL

_NOW = datetime(2026, 1, 1, tzinfo=UTC)
_ODD = ["", "null", "\x00", "\ud800", "=1+1", "|", ";", "\\", '"', "'", "\n", "\r\n", "\ufeff", "é", "字", "<",
        "&amp;quot;", "-1", "1e999", "[", "]", "{", "}", ",", "@", "https://", "x" * 5000]  # fmt: skip
_VALUES: list[Any] = [
    None,
    "",
    [],
    {},
    0,
    -1,
    1e308,
    True,
    "x",
    ["x"],
    {"@type": "ClaimReview"},
    [[[]]],
    {"@value": None},
]


def good() -> dict[str, bytes]:
    """Files as they should be, by their names."""
    found = {}
    for format_ in (Format.JSONL, Format.CSV, Format.JSONLD):
        writer = Writer(format_, "keeper")
        records = [Record(PublicationId(1), ListName("l"), 1, read_record(x, READING)) for x in (FULL, SMALL)]
        text = writer.head + "".join(map(writer.record, records)) + writer.tail
        found[f"ours.{format_}"] = text.encode()
    script = found["ours.jsonld"].decode()
    found["page.html"] = f"<html><script type='application/ld+json'>{script}</script></html>".encode()
    for name, value in samples().items():
        found[f"{name}.json"] = json.dumps(value).encode()
    for path in sorted(FOLDER.glob("*.html")) if FOLDER else []:
        found[path.name] = path.read_bytes()
    return found


def of_bytes(data: bytes, chance: random.Random) -> bytes:
    """The file with some bytes wrong."""
    broken = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        at, length = chance.randrange(len(broken) + 1), chance.randint(0, 40)
        piece = (
            chance.choice(_ODD).encode("utf-8", "surrogatepass") if chance.random() < 0.7 else chance.randbytes(length)
        )
        match chance.randrange(4):
            case 0:
                broken[at : at + length] = piece
            case 1:
                broken[at:at] = piece
            case 2:
                broken[at:at] = broken[at : at + length] * chance.randint(1, 30)
            case _:
                del broken[at : at + length]
    return bytes(broken)


def of_values(data: bytes, chance: random.Random) -> bytes:
    """A JSON document with some values in place of others; other files with bytes wrong."""
    try:
        value = json.loads(data)
    except ValueError:
        return of_bytes(data, chance)
    for _ in range(chance.randint(1, 6)):
        holder: Any = value
        while isinstance(holder, dict | list) and holder:
            keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            key = chance.choice(keys)
            if chance.random() < 0.3 or not isinstance(holder[key], dict | list):
                holder[key] = _odd(holder[key], chance)
                break
            holder = holder[key]
    return json.dumps(value).encode()


def _odd(value: Any, chance: random.Random) -> Any:
    makers: list[Callable[[], Any]] = [
        lambda: chance.choice(_VALUES), lambda: [value, value], lambda: {"@graph": [value]}, lambda: [value],
        lambda: chance.choice(_ODD), lambda: str(value) + chance.choice(_ODD),
        lambda: {"name": value, "url": value, "@id": value}, lambda: {"@list": [value, None]},
    ]  # fmt: skip
    return deepcopy(chance.choice(makers)())


def main(runs: int, seed: int) -> int:
    """Prints what became of the files."""
    known, files, counts = load_knowledge(Path("/nonexistent")), good(), Counter[str]()
    for number in range(runs):
        chance = random.Random(seed * 1_000_003 + number)  # noqa: S311
        name = chance.choice(list(files))
        data = chance.choice([of_bytes, of_values])(files[name], chance)
        source = Source.of(name, data)
        try:
            for chunk in chunks(source, known, _NOW):
                counts[f"{source.format} records"] += len(chunk.ready)
                counts[f"{source.format} refused"] += len(chunk.refused)
        except Exception:  # noqa: BLE001
            print(f"run {number} of seed {seed}, {name}: {data[:300]!r}")
            traceback.print_exc()
            return 1
        counts[f"{source.format} files"] += 1
    print(f"{runs} files read to their end, no exception: " + ", ".join(f"{n} {k}" for k, n in sorted(counts.items())))
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    sys.exit(main(asked.runs, asked.seed))
