"""How fast do notes follow a record? `python -m tests.benchmarks.fanout [--scale 1]`

10,000 notes of one record in 500 channels; the server takes 50 requests a second in all and 5 per 5 s a channel. The
record changes, while two flagged messages a second are posted. Exit status 1 where edits and live answers together stay
under 95 % of the 50/s, a live answer's 95th percentile reaches a second, or a request is refused as one too many.
"""

import argparse
import asyncio
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.app import House, open_house
from bot.core.model import OPERATOR, GuildId, guild_list
from bot.core.note import Composer
from bot.services.transfer import Source
from bot.settings import load_settings
from tests.benchmarks.verdict import text_of
from tests.cli.program import Program
from tests.loopback import GUILD_ID, TOKEN, Limits, Loopback
from tests.loopback.world import ME, Json

_LIST = guild_list(GuildId(GUILD_ID))
_ROW = (
    "INSERT INTO notes (message_id, guild_id, channel_id, kind, attempt, message_sent_at, reserved_at,"
    " note_message_id, posted_at, says) VALUES (?, ?, ?, 'note', 1, ?, ?, ?, ?, ?)"
)
_AGE = 8 * 3600
"""Older than what a start looks at again, so that only the fan-out is measured."""


def now() -> datetime:
    """The clock."""
    return datetime.now(UTC)  # noqa: TID251


async def prepare(discord: Loopback, house: House, notes: int, channels: int) -> None:
    """Messages with notes in every channel, in Discord and in the database."""
    lines = [
        f'{{"addresses":["https://page.example/{i}"],"title":"Page {i} state 1","labels":["summary"],'
        f'"claims":[{{"text":"Something {i}"}}]}}'
        for i in range(2)
    ]
    assert not (await house.transfer.bring_in(Source.lines(lines, "bench"), _LIST, OPERATOR)).refused
    record = await anext(house.catalog.all(_LIST))
    says = Composer(house.texts.words).note([record], now()).says
    world, old = discord.world, time.time() - _AGE  # noqa: TID251
    at = datetime.fromtimestamp(old, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    places = [world.add_channel(f"talk-{i}") for i in range(channels)]
    rows, told = [], []
    for number in range(notes):
        channel = places[number % channels]
        message = world.post(channel, "https://page.example/0", at=old)
        reference = {"message_reference": {"type": 0, "message_id": str(message), "channel_id": str(channel)}}
        note = int(world._add(channel, ME, reference, old)["id"])
        rows.append((message, GUILD_ID, channel, at, at, note, at, says))
        told.append((message, 0, record.id, record.version))
    with closing(sqlite3.connect(house.database_path)) as connection:
        connection.executemany(_ROW, rows)
        connection.executemany("INSERT INTO note_records VALUES (?, ?, ?, ?)", told)
        connection.commit()


class Watching:
    """Times what happens in the simulated Discord."""

    def __init__(self, discord: Loopback) -> None:
        self.edits: list[float] = []
        self.answers: dict[int, float] = {}
        self.asked: dict[int, float] = {}
        self._tell = discord.world.tell
        discord.world.tell = self

    def __call__(self, name: str, data: Json) -> None:
        if name == "MESSAGE_UPDATE":
            self.edits.append(time.monotonic())
        elif name == "MESSAGE_CREATE" and data["author"].get("bot"):
            self.answers[int(data["message_reference"]["message_id"])] = time.monotonic()
        self._tell(name, data)


async def measure(folder: Path, notes: int, channels: int) -> int:
    """Prints what was measured; the exit status."""
    loaded = load_settings(folder, overrides={"database": {"path": folder / "sidenote.db"}})
    async with Loopback(limits=Limits()) as discord, open_house(loaded, now) as house:
        await prepare(discord, house, notes, channels)
        seen = Watching(discord)
        process = await Program(folder).start(
            "run", SIDENOTE_TOKEN=TOKEN, SIDENOTE_GUILD_DEFAULTS__MODE="post", SIDENOTE_NOTES__STABILITY_SECONDS="0",
            SIDENOTE_LOG__LEVEL="error", **discord.env(),
        )  # fmt: skip
        try:
            await asyncio.wait_for(discord.ready.wait(), 30)
            await asyncio.sleep(4)
            record = await anext(house.catalog.all(_LIST))
            changed = replace(record.publication, title="Page 0 state 2")
            await house.catalog.change(record, changed, OPERATOR, now())
            await live(discord, seen, notes)
        finally:
            process.terminate()
            await process.communicate()
        stale = sum(
            "state 2" not in text_of(m)
            for messages in discord.world.messages.values()
            for i, m in messages.items()
            if m["author"].get("bot")
            and i not in seen.answers
            and int(m["message_reference"]["message_id"]) not in seen.asked
        )
        return told(discord, seen, stale, notes, channels)


async def live(discord: Loopback, seen: Watching, notes: int) -> None:
    """Two flagged messages a second until every note was edited."""
    places = list(discord.world.channels)
    began = time.monotonic()
    while len(seen.edits) < notes and time.monotonic() - began < notes / 20 + 30:
        channel = places[len(seen.asked) * 7 % len(places)]
        message = discord.world.post(channel, "https://page.example/1")
        seen.asked[message] = time.monotonic()
        await asyncio.sleep(0.5)
    await asyncio.sleep(2)


def told(discord: Loopback, seen: Watching, stale: int, notes: int, channels: int) -> int:
    """Prints it; the exit status."""
    first, last = seen.edits[0], seen.edits[-1]
    within = [t for t in seen.answers.values() if first <= t <= last]
    rate = (len(seen.edits) + len(within) - 1) / (last - first)
    waits = sorted(seen.answers[i] - asked for i, asked in seen.asked.items() if i in seen.answers)
    p50, p95 = waits[len(waits) // 2], waits[int(len(waits) * 0.95)]
    limits = discord.limits
    refused = limits.refused if limits else []
    missing = len(seen.asked) - len(waits)
    print(f"{notes} notes of one record in {channels} channels: {last - first:.1f} s, not up to date {stale}")
    print(f"edits and live answers together {rate:.2f}/s, {rate / 50:.1%} of 50/s (bound: 95 %)")
    print(
        f"{len(waits)} live answers: p50 {p50:.3f} s, p95 {p95:.3f} s (bound: 1 s), worst {waits[-1]:.3f} s, "
        f"missing {missing}"
    )
    print(f"refused as one too many: {len(refused)} {refused[:3]}; wrong requests: {discord.wrong[:2]}")
    good = rate >= 47.5 and p95 < 1 and not refused and not missing and not stale and not discord.wrong
    return 0 if good else 1


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    scale = parser.parse_args().scale
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        return asyncio.run(measure(Path(folder), int(10_000 * scale), max(1, int(500 * scale))))


if __name__ == "__main__":
    sys.exit(main())
