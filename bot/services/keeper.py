"""Works off what is still to be done about notes: one at a time in a channel, several channels at once.

The queue stands in the database (`NoteWork`), so that a new process goes on where an old one ended. What fails here
rests a while and stays in the queue.
"""

import asyncio
import logging
from collections import Counter, deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.errors import PostRefused, PostUncertain, StoreError
from bot.core.model import ChannelId, ChatMessage, Correction, GuildId, PostedNote, Todo
from bot.core.words import Words
from bot.ports import ChannelReader, Clock, NoteLog, NoteWork
from bot.services.bounds import Bounds
from bot.services.decide import Decide
from bot.services.follow import Follow
from bot.services.life import CHANNEL_GONE, NoteLife
from bot.services.pauses import pause
from bot.services.settle import Settle
from bot.services.turns import Turns

log = logging.getLogger(__name__)

_AT_ONCE = 24
_FETCHED = 100
_MOST_A_CHANNEL = 5
"""Jobs of one channel in hand: it can do one at a time, and the others are not to wait for it."""
_URGENT_EVERY = timedelta(seconds=0.5)
_A_MOMENT = timedelta(milliseconds=200)
_MOST_AGAIN = 5
"""Times in a row that one thing is done before it rests: what is never done is a bug, and must not hammer Discord."""
URGENT = (Todo.SETTLE, Todo.DELETE, Todo.VACATE, Todo.STRIKE)
PATIENT = (Todo.LOOK, Todo.RENEW)
_REST = timedelta(seconds=10)
_MOST_LOOKS = 12
"""Tries at reading a message again before its note is left as it is."""

Key = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to do in a channel."""

    key: Key
    channel_id: ChannelId
    do: Callable[[], Awaitable[None]]


class Keeper:
    """Keeps what was posted true."""

    def __init__(
        self,
        settle: Settle,
        follow: Follow,
        life: NoteLife,
        decide: Decide,
        notes: NoteLog,
        work: NoteWork,
        reader: ChannelReader,
        answer: Callable[[ChatMessage], Awaitable[object]],
        turns: Turns,
        words: Words,
        clock: Clock,
        bounds: Bounds,
    ) -> None:
        self._settle = settle
        self._follow = follow
        self._life = life
        self._decide = decide
        self._notes = notes
        self._work = work
        self._reader = reader
        self._answer = answer
        self._turns = turns
        self._words = words
        self._clock = clock
        self.seconds = bounds.poll.total_seconds()
        """Between two steps, so that what other processes put there is seen."""
        self._jobs: deque[Job] = deque()
        self._running: dict[asyncio.Task[None], Job] = {}
        self._resting: dict[Key, datetime] = {}
        self._again: dict[Key, tuple[int, datetime]] = {}
        """How often in a row, without a moment between, something was done, and when last."""
        self._asked_at = clock() - _URGENT_EVERY

    async def step(self) -> None:
        """Works off all that is due, and what becomes due meanwhile."""
        self._again.clear()
        self._asked_at = self._clock() - _URGENT_EVERY
        try:
            while await self._fill() or self._jobs or self._running:
                self._start()
                if self._running:
                    await asyncio.wait(self._running, timeout=0.5, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in self._running:
                task.cancel()
            await asyncio.gather(*self._running, return_exceptions=True)
            self._jobs.clear()

    async def _fill(self) -> bool:
        """Fetches more where little is left; whether there was any. What is urgent is asked for more often."""
        now = self._clock()
        if self._jobs and now < self._asked_at + _URGENT_EVERY:
            return True
        self._asked_at = now
        self._resting = {key: until for key, until in self._resting.items() if until > now}
        urgent = self._fresh([self._note_job(posted) for posted in await self._work.due(URGENT, now, _FETCHED)])
        self._jobs.extendleft(urgent)
        if len(self._jobs) >= _AT_ONCE:
            return True
        await self._follow.take_up()
        in_hand = Counter(job.channel_id for job in (*self._jobs, *self._running.values()))
        full = [channel_id for channel_id, count in in_hand.items() if count >= _MOST_A_CHANNEL]
        found = [self._note_job(posted) for posted in await self._work.due(PATIENT, now, _FETCHED, full[:400])]
        found += [self._correction_job(correction) for correction in await self._follow.corrections()]
        fresh = []
        for job in self._fresh(found):
            in_hand[job.channel_id] += 1
            if in_hand[job.channel_id] <= _MOST_A_CHANNEL:
                fresh.append(job)
        self._jobs.extend(fresh)
        return bool(urgent or fresh)

    def _fresh(self, found: Sequence[Job]) -> list[Job]:
        known = {job.key for job in (*self._jobs, *self._running.values())} | set(self._resting)
        return [job for job in found if job.key not in known]

    def _start(self) -> None:
        busy = {job.channel_id for job in self._running.values()}
        for _ in range(len(self._jobs)):
            if len(self._running) >= _AT_ONCE:
                return
            job = self._jobs.popleft()
            if job.channel_id in busy:
                self._jobs.append(job)
                continue
            busy.add(job.channel_id)
            task = asyncio.get_running_loop().create_task(self._carefully(job))
            self._running[task] = job
            task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.pop(task, None)

    async def _carefully(self, job: Job) -> None:
        if self._is_never_done(job.key):
            self._rest(job)
            log.warning("work=%s is never done; it rests", job.key)
            return
        try:
            await job.do()
        except StoreError as error:
            self._rest(job)
            log.error("work=%s waits: %s", job.key, error)  # noqa: TRY400 - a sentence, no bug
        except Exception:
            self._rest(job)
            log.exception("work=%s failed", job.key)

    def _is_never_done(self, key: Key) -> bool:
        now = self._clock()
        count, last = self._again.get(key, (0, now))
        self._again[key] = (count + 1 if now - last < _A_MOMENT else 1), now
        if count < _MOST_AGAIN:
            return False
        del self._again[key]
        return True

    def _rest(self, job: Job) -> None:
        self._resting[job.key] = self._clock() + _REST

    def _note_job(self, posted: PostedNote) -> Job:
        async def do() -> None:
            async with self._turns.of(posted.message_id):
                current = await self._notes.get(posted.message_id)
                if current and current.todo:
                    await self._on(current, current.todo)

        return Job(("note", posted.message_id, 0), posted.channel_id, do)

    def _correction_job(self, correction: Correction) -> Job:
        key = ("correction", correction.record_id, correction.channel_id)

        async def do() -> None:
            async with self._turns.of(correction.message_id):
                await self._follow.correct(correction)

        return Job(key, correction.channel_id, do)

    async def forget_guild(self, guild_id: GuildId) -> None:
        """The bot was taken out of a guild: nothing is to be done there."""
        await self._work.forget_guild(guild_id, self._clock())

    async def _on(self, posted: PostedNote, todo: Todo) -> None:
        try:
            match todo:
                case Todo.SETTLE:
                    await self._settle.settle(posted)
                case Todo.DELETE:
                    await self._life.delete(posted)
                case Todo.VACATE:
                    await self._vacate(posted)
                case Todo.STRIKE:
                    await self._life.strike(posted, posted.struck or "")
                case Todo.RENEW if await self._follow.renew(posted):
                    pass
                case Todo.RENEW | Todo.LOOK:
                    await self._look(posted)
        except (PostRefused, PostUncertain) as failed:  # of reading; those of acting are dealt with where they happen
            await self._not_read(posted, failed)

    async def _vacate(self, posted: PostedNote) -> None:
        """The note goes; its message may have come to hold a link again since that was decided."""
        message = await self._reader.message(posted.guild_id, posted.channel_id, posted.message_id)
        await self._life.take_away(posted)
        if message and await self._notes.get(posted.message_id) is None:
            await self._answer(message)

    async def _look(self, posted: PostedNote) -> None:
        message = await self._reader.message(posted.guild_id, posted.channel_id, posted.message_id)
        if message is None:
            await self._life.end(posted.message_id)
            return
        if posted.withdrawn:  # struck, and its message is still there
            await self._work.done(posted.message_id, Todo.LOOK)
            return
        wanted, rules = await self._decide.wanted(message, posted)
        if wanted is None and await self._follow.is_record_gone(posted):
            now = self._clock()
            text = self._words("withdraw.record_gone", date=now.date().isoformat())
            await self._notes.withdraw(posted.message_id, "its record was removed", now, struck=text)
            await self._life.strike(posted, text)
        else:
            await self._life.fit(message, posted, wanted, rules)

    async def _not_read(self, posted: PostedNote, failed: PostRefused | PostUncertain) -> None:
        if isinstance(failed, PostRefused) and failed.answer == "channel_gone":
            await self._notes.end_channel(posted.channel_id, CHANNEL_GONE, self._clock())
        elif isinstance(failed, PostRefused) and failed.answer == "guild_gone":
            await self.forget_guild(posted.guild_id)
        elif isinstance(failed, PostUncertain):
            await self._work.later(posted.message_id, self._clock() + pause(posted.tries, longest=300))
        elif posted.tries < _MOST_LOOKS:
            wait = pause(posted.tries, first=300 if failed.lasting else 30, longest=3600)
            await self._work.later(posted.message_id, self._clock() + wait)
            if failed.lasting:
                await self._work.channel_later(posted.channel_id, self._clock() + wait)
        else:
            log.warning("message=%s channel=%s cannot be read: %s", posted.message_id, posted.channel_id, failed)
            if posted.is_open:
                await self._notes.withdraw(posted.message_id, "its channel cannot be read", self._clock())
            await self._work.put(posted.message_id, None)
