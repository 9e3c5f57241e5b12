"""Records in and out in bulk. `python -m tests.benchmarks.bulk [--records 1000000] [--format jsonl] [--size]
[--more] [--undo]`

Publications with three claims each come in through the program, while this process reserves a note every 20 ms beside
it. The same rows are then written by plain `sqlite3.executemany` into a new file with the same indexes and foreign
keys. `--size` measures `check`, autocomplete, `db check` and `db backup` on what was imported; `--more` adds a claim
to 20,000 of the records and takes that back; `--undo` takes the import back. Exit status 1 where the import takes over
4 × the plain writing, its memory passes 300 MB, a note waits over 200 ms, or the export is slower than the import.
Figures of one run belong together: machines are noisy.
"""

import argparse
import asyncio
import json
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.app import House, open_house
from bot.core.model import LOCAL_LIST as LOCAL
from bot.core.model import (
    AuthorKind,
    ChannelId,
    ChatMessage,
    ContextNote,
    GuildId,
    GuildRules,
    MessageId,
    Mode,
    PostKind,
)
from bot.services.inspect import Audience
from bot.settings import Loaded, load_settings
from bot.store.migrate import migrate
from tests.cli.program import Program

_PHRASE = "This publication is a summary or evaluation of another publication"
_TABLES = ("lists", "batches", "publications", "addresses", "labels", "sources", "works", "claims", "speakers",
           "evidence", "title_words", "audit")  # fmt: skip
_MOST_TIMES, _MOST_MEGABYTES, _MOST_MS = 4, 300, 200
_ROWS_AT_ONCE = 10_000
_ADDED_TO = 20_000


def now() -> datetime:
    """The clock."""
    return datetime.now(UTC)  # noqa: TID251


def lines(records: int, start: int = 0) -> Iterator[str]:
    """Records as JSON lines, no two alike."""
    yield '{"sidenote":"records","format":1}\n'
    for i in range(start, start + records):
        claims = [
            {"text": f"Lake {i} lost {30 + k} centimetres in {2000 + k}", "attribution": ["Water Board", "Lake Weekly"]}
            for k in range(3)
        ]
        source = {
            "name": "Lake Weekly", "title": f"Lake {i} in numbers", "url": f"https://weekly.example/lake/{i}",
            "published": "2025-11-19", "relation": "summary_of",
        }  # fmt: skip
        record = {
            "addresses": [f"https://digest{i % 997}.example/2026/story-{i}"],
            "title": f"The report on lake {i} in short",
            "language": "en", "labels": [{"key": "summary", "phrase": _PHRASE}], "source": source, "claims": claims,
            "recorded": "2026-01-01T00:00:00Z",
        }  # fmt: skip
        yield json.dumps(record) + "\n"


@dataclass
class Watched:
    """A program that ran: how long, how much memory its processes held at most, how long notes waited meanwhile."""

    seconds: float = 0.0
    megabytes: float = 0.0
    waits: list[float] = field(default_factory=list)
    out: str = ""


async def watched(sidenote: Program, house: House | None, *arguments: str) -> Watched:
    """Runs the program to its end; in milliseconds what each note waited for its reservation."""
    seen, started = Watched(), time.perf_counter()
    process = await sidenote.start(*arguments)
    ended = asyncio.ensure_future(process.communicate())
    while not ended.done():
        seen.megabytes = max(seen.megabytes, _memory(process.pid))
        if house:
            begun = time.perf_counter()
            await _reserve(house)
            seen.waits.append((time.perf_counter() - begun) * 1000)
        await asyncio.wait([ended], timeout=0.02)
    seen.seconds = time.perf_counter() - started
    out, err = await ended
    assert process.returncode == 0, err.decode()
    seen.out = out.decode()
    return seen


_message = iter(range(1, 1 << 60))


async def _reserve(house: House) -> None:
    number, at = MessageId(next(_message)), now()
    message = ChatMessage(number, GuildId(1), ChannelId(number % 50 + 1), AuthorKind.MEMBER, at, ())
    assert await house.notes.reserve(message, ContextNote((), (), ()), PostKind.NOTE, at)


def _memory(pid: int) -> float:
    """What a process and those it started hold, in MB (https://man7.org/linux/man-pages/man5/proc_pid_status.5.html)."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0.0
    own = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS")), 0)
    return own / 1000 + sum(_memory(int(child)) for child in below)


async def plain(loaded: Loaded, folder: Path) -> float:
    """Seconds that `executemany` takes for all rows that the import wrote, parents first, in one transaction."""
    target = folder / "plain.db"
    await migrate(target, now())
    seconds = 0.0
    with closing(sqlite3.connect(loaded.settings.database.path)) as there, closing(sqlite3.connect(target)) as here:
        here.execute("PRAGMA foreign_keys = ON")
        for table in _TABLES:
            rows = there.execute(f"SELECT * FROM {table}")
            marks = ", ".join("?" * len(rows.description))
            while some := rows.fetchmany(_ROWS_AT_ONCE):
                started = time.perf_counter()
                here.executemany(f"INSERT INTO {table} VALUES ({marks})", some)
                seconds += time.perf_counter() - started
        started = time.perf_counter()
        here.commit()
        return seconds + time.perf_counter() - started


async def milliseconds(times: int, act: Callable[[int], Awaitable[object]]) -> list[float]:
    """What each of so many acts takes."""
    took = []
    for i in range(times):
        started = time.perf_counter()
        await act(i)
        took.append((time.perf_counter() - started) * 1000)
    return sorted(took)


def spread(took: list[float]) -> str:
    """The median, the 99th percentile, the worst."""
    return f"p50 {statistics.median(took):.1f} ms, p99 {took[int(len(took) * 0.99)]:.1f} ms, worst {took[-1]:.1f} ms"


async def looked_up(loaded: Loaded) -> list[float]:
    """A message with a link that is not recorded."""
    async with open_house(loaded, now, read_only=True) as house:
        text = "see https://elsewhere.example/2026/a-page-that-nobody-recorded?utm_source=x"
        audience = Audience((LOCAL,), GuildRules(mode=Mode.POST))
        return await milliseconds(300, lambda _: house.inspect.text(text, audience, why=False))


async def at_size(sidenote: Program, loaded: Loaded, records: int, small: list[float]) -> None:
    """Prints what is done with the whole list there, beside the same with 1,000 records."""
    large = await looked_up(loaded)
    ratio = statistics.median(large) / statistics.median(small)
    print(f"check, not recorded: {spread(large)}; with 1,000 records {spread(small)}; {ratio:.2f} ×")
    async with open_house(loaded, now, read_only=True) as house:
        middle = records // 2
        for what, typed in {
            "beginning": f"The report on lake {middle}", "word": f"{middle}", "a word of every title": "report",
            "nothing": "zebra crossing", "empty": "",
        }.items():  # fmt: skip
            took = await milliseconds(20, lambda _, typed=typed: house.catalog.search(typed, [LOCAL], 25))  # type: ignore[misc]
            print(f"autocomplete by {what}: {spread(took)}")
    for command in (("db", "check"), ("db", "backup", "copy.db")):
        print(f"{' '.join(command)}: {(await watched(sidenote, None, *command)).seconds:.1f} s")


async def main(records: int, ending: str, *, size: bool, more: bool, undo: bool) -> int:
    """Prints the figures; how many bounds were passed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sidenote = Program(folder)
        loaded = load_settings(folder, overrides={"database": {"path": folder / "sidenote.db"}})
        small = await _with_a_thousand(folder) if size else []
        file = folder / f"records.{ending}"
        await _write(sidenote, folder, records, file)
        async with open_house(loaded, now) as house:
            came = await watched(sidenote, house, "import", str(file))
        rate = records / came.seconds
        print(
            f"import of {records} records ({ending}, {file.stat().st_size / 1e6:.0f} MB): {came.seconds:.1f} s, ",
            end="",
        )
        print(f"{rate:.0f}/s, memory at most {came.megabytes:.0f} MB; {came.out.splitlines()[0]}")
        waits = sorted(came.waits)
        print(f"{len(waits)} notes reserved meanwhile: {spread(waits)}")
        seconds = await plain(loaded, folder)
        (folder / "plain.db").unlink()
        print(f"plain executemany of the same rows: {seconds:.1f} s; the import took {came.seconds / seconds:.2f} ×")
        went = await watched(sidenote, None, "export", f"out.{ending}")
        print(f"export: {went.seconds:.1f} s, {records / went.seconds:.0f}/s, memory at most {went.megabytes:.0f} MB")
        if size:
            await at_size(sidenote, loaded, records, small)
        if more:
            await _take_back(sidenote, loaded, await _add_to_them(sidenote, loaded, folder, records))
        if undo:
            await _take_back(sidenote, loaded, came)
        passed = [came.seconds > _MOST_TIMES * seconds, came.megabytes > _MOST_MEGABYTES, waits[-1] > _MOST_MS]
        return sum([*passed, went.seconds > came.seconds])


async def _take_back(sidenote: Program, loaded: Loaded, came: Watched) -> None:
    batch = came.out.split("--undo ")[1].split("`")[0]
    async with open_house(loaded, now) as house:
        back = await watched(sidenote, house, "import", "--undo", batch)
    print(f"undo: {back.seconds:.1f} s, memory at most {back.megabytes:.0f} MB; notes: {spread(sorted(back.waits))}")


async def _add_to_them(sidenote: Program, loaded: Loaded, folder: Path, records: int) -> Watched:
    """One more claim for each of some records that are there."""
    file, count = folder / "more.jsonl", min(_ADDED_TO, records)
    with file.open("w", encoding="utf-8") as out:
        for line in lines(count):
            record = json.loads(line)
            if "claims" in record:
                record["claims"] = [{"text": f"The shore of {record['title']} moved by 12 metres"}]
            out.write(json.dumps(record) + "\n")
    async with open_house(loaded, now) as house:
        more = await watched(sidenote, house, "import", str(file))
    rate = count / more.seconds
    print(f"additions to {count} records that were there: {more.seconds:.1f} s, {rate:.0f}/s; ", end="")
    print(f"{more.out.splitlines()[0]} Notes meanwhile: {spread(sorted(more.waits))}")
    return more


async def _with_a_thousand(folder: Path) -> list[float]:
    small = folder / "small"
    small.mkdir()
    (small / "records.jsonl").write_text("".join(lines(1000)), "utf-8")
    await watched(Program(small), None, "import", "records.jsonl")
    return await looked_up(load_settings(small, overrides={"database": {"path": small / "sidenote.db"}}))


async def _write(sidenote: Program, folder: Path, records: int, file: Path) -> None:
    """The file to import; of other formats than JSON lines what the program itself exports."""
    first = file.with_suffix(".jsonl")
    with first.open("w", encoding="utf-8") as out:
        out.writelines(lines(records))
    if file.suffix != ".jsonl":
        await watched(sidenote, None, "import", str(first), "--database", "first.db")
        await watched(sidenote, None, "export", str(file), "--database", "first.db")
        (folder / "first.db").unlink()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--format", choices=["jsonl", "csv", "jsonld"], default="jsonl")
    parser.add_argument("--size", action="store_true")
    parser.add_argument("--more", action="store_true")
    parser.add_argument("--undo", action="store_true")
    asked = parser.parse_args()
    sys.exit(asyncio.run(main(asked.records, asked.format, size=asked.size, more=asked.more, undo=asked.undo)) > 0)
