"""Does the bot keep its word when it is killed? `python -m tests.benchmarks.chaos [--runs 200] [--seed N]`

The bot runs as a process against a Discord on the loopback address that fails at random. Members post, edit and delete,
moderators change records; the process is killed with SIGKILL at random moments and started again. After one last clean
start everything that stands in the channels is counted. Exit status 1 where anything is doubled, lost or stale, or
where in a run no kill hit an open reservation.
"""

import argparse
import asyncio
import contextlib
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from dataclasses import replace as changed
from datetime import UTC, datetime
from pathlib import Path

from bot.app import House, open_house
from bot.core.model import OPERATOR, ClaimStatus, Evidence, GuildId, PartialDate, Stance, guild_list
from bot.services.transfer import Source
from bot.settings import load_settings
from tests.benchmarks.verdict import Verdict, judge
from tests.cli.program import ROOT, Program
from tests.loopback import GUILD_ID, TOKEN, Fault, Faults, Loopback

_RECORDS = 12
_CHANNELS = 5
_MOST_KILLS = 12
_SETTLED_WITHIN = 60.0
_NONCE_SECONDS = 8.0
"""The bot's window; the server remembers a nonce a little longer, as Discord does."""
_SLOW = (3.0, 7.0)
"""Seconds that a slow request takes: it may be carried out after the next start looked in the channel, but before the
nonce is forgotten.
"""
_IDLE = (
    "SELECT (SELECT COUNT(*) FROM notes WHERE todo IS NOT NULL) + (SELECT COUNT(*) FROM record_changes)"
    " + (SELECT COUNT(*) FROM corrections WHERE posted_id IS NULL AND closed_because IS NULL)"
)
_TAKEN_UP = "a new session is taken up"
_OPEN = "SELECT COUNT(*) FROM notes WHERE todo = 'settle' AND note_message_id IS NULL AND withdrawn_at IS NULL"


@dataclass
class Run:
    """One run: what happened in it."""

    seed: int
    verdict: Verdict = field(default_factory=Verdict)
    kills: int = 0
    hits: int = 0
    settled: bool = True
    wrong: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether everything is as promised."""
        return self.verdict.good and self.hits > 0 and self.settled and not self.wrong

    def line(self) -> str:
        """One line for a person."""
        more = "" if self.settled else ", NOT SETTLED"
        return f"seed {self.seed}: kills {self.kills} (on an open reservation {self.hits}), {self.verdict}{more}"


class Stage:
    """A server with members and moderators who act at random, and the bot's process."""

    def __init__(
        self,
        discord: Loopback,
        house: House,
        program: Program,
        chance: random.Random,
        without: str = "",
        **settings: str,
    ) -> None:
        self.discord = discord
        self.house = house
        self.chance = chance
        self.titles: dict[int, str] = {}
        self.channels = [discord.world.add_channel(f"talk-{i}") for i in range(_CHANNELS)]
        self._program = program
        self._without = without
        self._settings = settings
        self._process: asyncio.subprocess.Process | None = None
        self._log = (program.folder / "log.txt").open("ab")

    async def start(self) -> None:
        """Starts the bot and waits until it is connected."""
        self.discord.ready.clear()
        module = ["tests.benchmarks.broken", self._without] if self._without else ["bot"]
        self._process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", *module, "run", cwd=self._program.folder, env={**self._program.env, **self.env()},
            stdout=self._log, stderr=self._log,
        )  # fmt: skip
        while not self.discord.ready.is_set():
            if self._process.returncode is not None:
                raise RuntimeError(self.log()[-2000:])
            await asyncio.sleep(0.02)

    async def connected(self) -> None:
        """Starts the bot and waits until it compared what it knows with what stands in the channels."""
        taken_up = self.log().count(_TAKEN_UP)
        await self.start()
        async with asyncio.timeout(_SETTLED_WITHIN):
            while self.log().count(_TAKEN_UP) == taken_up:  # noqa: ASYNC110 - it happens in another process
                await asyncio.sleep(0.05)

    def env(self) -> dict[str, str]:
        """The bot's settings."""
        return {
            **self.discord.env(),
            "SIDENOTE_TOKEN": TOKEN,
            "SIDENOTE_GUILD_DEFAULTS__MODE": "post",
            "SIDENOTE_GUILD_DEFAULTS__NOTES_PER_MINUTE": "60",
            "SIDENOTE_NOTES__NONCE_SECONDS": str(_NONCE_SECONDS),
            "SIDENOTE_NOTES__STABILITY_SECONDS": "0.4",
            "SIDENOTE_DATABASE__BUSY_TIMEOUT_MS": "10000",
            **self._settings,
        }

    async def ended(self) -> tuple[int, str]:
        """Waits until the process ends by itself: its exit status and what it said last."""
        assert self._process is not None
        status = await asyncio.wait_for(self._process.wait(), 60)
        return status, self.log().splitlines()[-1]

    def log(self) -> str:
        """What the bot said so far."""
        return (self._program.folder / "log.txt").read_text("utf-8")

    async def kill(self) -> bool:
        """SIGKILL; whether it hit an open reservation."""
        assert self._process is not None
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()
        return bool(self.asked(_OPEN))

    def asked(self, sql: str) -> int:
        """A number from the database, as another process sees it."""
        with contextlib.closing(sqlite3.connect(self._program.folder / "sidenote.db")) as connection:
            return int(connection.execute(sql).fetchone()[0])

    async def close(self) -> None:
        """Ends the process."""
        if self._process and self._process.returncode is None:
            self._process.terminate()
            await self._process.wait()
        self._log.close()

    def link(self) -> str:
        """A link to a page, mostly a recorded one."""
        number = self.chance.randrange(_RECORDS + 3)
        return f"https://page.example/{number}"

    async def act(self, seconds: float) -> None:
        """Members and moderators act for so long."""
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            channel = self.chance.choice(self.channels)
            mine = [i for i, m in self.discord.world.messages[channel].items() if not m["author"].get("bot")]
            drawn = self.chance.random()
            if drawn < 0.6 or not mine:
                self.discord.world.post(channel, f"look {self.link()}" if drawn < 0.5 else "nothing")
            elif drawn < 0.8:
                text = f"now {self.link()}" if drawn < 0.74 else "nothing any more"
                self.discord.world.edit(channel, self.chance.choice(mine), text)
            elif drawn < 0.93:
                some = self.chance.sample(mine, k=min(len(mine), self.chance.choice([1, 1, 1, 2, 3])))
                self.discord.world.delete(channel, *some)
            else:
                await self._moderate()
            await asyncio.sleep(self.chance.uniform(0.02, 0.14))

    async def _moderate(self) -> None:
        """A moderator changes a record, and now and then removes one."""
        found = [record async for record in self.house.catalog.all(guild_list(GuildId(GUILD_ID)))]
        record = self.chance.choice(found)
        now = datetime.now(UTC)  # noqa: TID251
        if self.chance.random() < 0.1 and len(found) > _RECORDS // 2:
            await self.house.catalog.remove(record, OPERATOR, now)
            return
        title = f"Page {record.address.rsplit('/', 1)[1]} state {record.version + 1}"
        claims = record.publication.claims
        if self.chance.random() < 0.5:
            turned = ClaimStatus.DISPUTED if claims[0].status is ClaimStatus.UNVERIFIED else ClaimStatus.UNVERIFIED
            shown = (Evidence("https://proof.example/1", PartialDate("2026-01-01"), Stance.CONTRADICTS),)
            claims = (changed(claims[0], status=turned, evidence=shown if turned is ClaimStatus.DISPUTED else ()),)
        publication = changed(record.publication, title=title, claims=claims)
        await self.house.catalog.change(record, publication, OPERATOR, now)

    async def records(self) -> dict[str, str]:
        """The title of every record by its address."""
        found = [record async for record in self.house.catalog.all(guild_list(GuildId(GUILD_ID)))]
        return {record.address: record.publication.title for record in found}

    async def settled(self) -> bool:
        """Waits until nothing is left to be done."""
        ends, still = time.monotonic() + _SETTLED_WITHIN, 0
        while time.monotonic() < ends:
            await asyncio.sleep(0.25)
            still = still + 1 if not self.asked(_IDLE) else 0
            if still >= 8:
                return True
        return False


@asynccontextmanager
async def stage(seed: int, without: str = "", **settings: str) -> AsyncIterator[Stage]:
    """A server of its own, with records, and no bot yet."""
    chance = random.Random(seed)  # noqa: S311
    faults = Faults(where="/channels/", chance=random.Random(seed + 1), delay=(0.05, 0.8))  # noqa: S311
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        program = Program(folder)
        loaded = load_settings(
            folder, overrides={"database": {"path": folder / "sidenote.db", "busy_timeout_ms": 10_000}}
        )
        async with (
            Loopback(faults=faults, nonce_seconds=_NONCE_SECONDS + 4) as discord,
            open_house(loaded, lambda: datetime.now(UTC)) as house,  # noqa: TID251
        ):
            lines = [
                f'{{"addresses":["https://page.example/{i}"],"title":"Page {i} state 1","labels":["summary"],'
                f'"claims":[{{"text":"Something {i}"}}]}}'
                for i in range(_RECORDS)
            ]
            outcome = await house.transfer.bring_in(
                Source.lines(lines, "chaos"), guild_list(GuildId(GUILD_ID)), OPERATOR
            )
            assert not outcome.refused
            one = Stage(discord, house, program, chance, without, **settings)
            try:
                yield one
            finally:
                await one.close()


async def run(seed: int, without: str = "") -> Run:
    """One run."""
    done = Run(seed)
    async with stage(seed, without) as one:
        faults, chance = one.discord.faults, one.chance
        await one.start()
        for fault in (*Fault,):
            faults.chances[fault] = chance.uniform(0, 0.06)
        faults.chances[Fault.DELAY_BEFORE] = faults.chances[Fault.DELAY_AFTER] = chance.uniform(0.1, 0.3)
        for fault in (Fault.LOST_EVENT, Fault.DISCONNECT, Fault.INVALID_SESSION):
            faults.chances[fault] = chance.uniform(0, 0.02)
        faults.delay = chance.choice([(0.05, 0.8), _SLOW])
        wanted = chance.randrange(1, 4)
        while done.kills < wanted or (not done.hits and done.kills < _MOST_KILLS):
            await one.act(chance.choice([chance.uniform(0.2, 1.5), chance.uniform(1.5, 4.5)]))
            done.hits += await one.kill()
            done.kills += 1
            await one.act(chance.uniform(0, 0.6))
            if chance.random() < 0.25:  # sometimes for longer than the nonce is known
                await asyncio.sleep(_NONCE_SECONDS)
            await one.start()
        await one.kill()
        faults.clear()
        await one.connected()
        done.settled = await one.settled()
        done.verdict = judge(one.discord.world, await one.records())
        done.wrong = one.discord.wrong[:3]
    return done


async def runs(count: int, seed: int, jobs: int, without: str = "", *, tell: bool = True) -> list[Run]:
    """Several, some at a time."""
    places = asyncio.Semaphore(jobs)

    async def placed(number: int) -> Run:
        async with places:
            one = await run(seed + number, without)
        if tell:
            print(one.line(), *one.verdict.details[:4], *one.wrong, sep="\n    ", flush=True)
        return one

    return list(await asyncio.gather(*(placed(number) for number in range(count))))


def total(done: list[Run]) -> str:
    """The last line."""

    def of(name: str) -> int:
        return sum(getattr(one.verdict, name) for one in done)

    return f"{len(done)} runs, flagged {of('flagged')}, doubled {of('doubled')}, lost {of('lost')}, stale {of('stale')}"


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=3, help="runs at the same time")
    parser.add_argument("--without", default="", help="take one safeguard out: see tests/benchmarks/broken.py")
    given = parser.parse_args()
    assert (ROOT / "bot").is_dir()
    began = time.monotonic()
    done = asyncio.run(runs(given.runs, given.seed, given.jobs, given.without))
    kills, hits = sum(one.kills for one in done), sum(one.hits for one in done)
    print(f"kills {kills}, on an open reservation {hits}; {time.monotonic() - began:.0f} s; seed {given.seed}")
    print(total(done))
    return 0 if all(one.good for one in done) else 1


if __name__ == "__main__":
    sys.exit(main())
