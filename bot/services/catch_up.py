"""Reads what was said while nobody listened: per channel from the last message that was dealt with, within bounds.

A mark trails what was handled by a few minutes, because an event can be lost; reading a message twice changes nothing.
A channel whose messages could not be handled (the database failed) is read again from its mark.
"""

import asyncio
import logging
from collections import defaultdict
from datetime import datetime, timedelta

from bot.core.errors import PostRefused, PostUncertain
from bot.core.model import ChannelId, GuildId, MessageId, first_id_at
from bot.ports import ChannelReader, Clock, Newest, NoteWork, ReadMarks
from bot.services.bounds import Bounds
from bot.services.journal import Journal
from bot.services.watch import Watch

log = logging.getLogger(__name__)

_TRAIL = timedelta(minutes=5)
_AT_ONCE = 4
_AGAIN_AFTER = timedelta(seconds=10)
"""Before a channel that could not be read is tried again."""
_MADE_UP_EVERY = timedelta(seconds=30)
"""At most so often everything young is looked at again because the database failed."""


class CatchUp:
    """Knows up to where each channel was dealt with."""

    def __init__(
        self,
        watch: Watch,
        work: NoteWork,
        marks: ReadMarks,
        reader: ChannelReader,
        journal: Journal,
        clock: Clock,
        bounds: Bounds,
    ) -> None:
        self._watch = watch
        self._journal = journal
        self._work = work
        self._stored = marks
        self._reader = reader
        self._clock = clock
        self._bounds = bounds
        self._since = clock()
        """Nothing from before this is read in a channel without a mark."""
        self._marks: dict[ChannelId, MessageId] = {}
        self._handled: dict[ChannelId, MessageId] = {}
        self._open: defaultdict[ChannelId, set[MessageId]] = defaultdict(set)
        self._behind: dict[ChannelId, Newest] = {}
        self._is_new = False
        self._compared = False
        self._whole = False
        """Nothing was missed since the marks were compared with the channels; else they must not move."""
        self._guilds: set[GuildId] = set()
        """Those whose channels were compared: only their marks move."""
        self._guild_of: dict[ChannelId, GuildId] = {}
        self._places = asyncio.Semaphore(_AT_ONCE)
        self._not_before: dict[ChannelId, datetime] = {}
        self._made_up_at: datetime | None = None
        self._missed = False
        """Edits or deletions could not be handled."""

    def began(self, guild_id: GuildId, channel_id: ChannelId, message_id: MessageId) -> None:
        """A new message is being dealt with."""
        self._guild_of[channel_id] = guild_id
        self._open[channel_id].add(message_id)

    def ended(self, channel_id: ChannelId, message_id: MessageId) -> None:
        """It was dealt with."""
        self._open[channel_id].discard(message_id)
        self._handled[channel_id] = max(message_id, self._handled.get(channel_id, message_id))

    async def failed(self, guild_id: GuildId | None = None) -> None:
        """An event could not be dealt with: what it was about is read again when that is possible."""
        self._missed = True
        if guild_id is not None:
            await self._journal.database_fails(guild_id)

    def interrupted(self) -> None:
        """The connection broke."""
        self._whole = False

    def resumed(self) -> None:
        """It is back, and what happened meanwhile was told."""
        self._whole = self._compared

    def connected(self, since: datetime) -> None:
        """A new session: what happened before it was not told. `since`: when the bot first ran on this database."""
        self._since = since
        self._compared = self._whole = False
        self._is_new = True

    async def step(self) -> None:
        """Takes up a new session, reads channels that are behind, moves the marks."""
        now = self._clock()
        if self._is_new:
            self._marks = await self._stored.all() | self._marks
            await self._work.settle_at_once()
            await self._work.look_again(now - self._bounds.look_back)
            self._guilds = set()
            self._compare()
            self._is_new = False
            self._compared = self._whole = True
            log.info("a new session is taken up, channels to read=%s", len(self._behind))
        if self._missed and (self._made_up_at is None or now >= self._made_up_at + _MADE_UP_EVERY):
            await self._work.look_again(now - self._bounds.look_back)
            self._missed = False
            self._made_up_at = now
            self._compare()
            await self._journal.database_works()
        due = [newest for newest in self._behind.values() if self._not_before.get(newest.channel_id, now) <= now]
        results = await asyncio.gather(*(self._read(newest) for newest in due), return_exceptions=True)
        for failed in results:
            if isinstance(failed, BaseException):
                raise failed
        await self.flush()

    async def flush(self) -> None:
        """Writes the marks that moved."""
        if not self._whole:
            return
        trail = first_id_at(self._clock() - _TRAIL)
        moved: dict[ChannelId, MessageId] = {}
        for channel_id, handled in list(self._handled.items()):
            if channel_id in self._behind or self._guild_of.get(channel_id) not in self._guilds:
                continue
            waiting = self._open.get(channel_id)
            mark = min(handled, trail, min(waiting) - 1) if waiting else min(handled, trail)
            if mark > self._marks.get(channel_id, 0):
                moved[channel_id] = MessageId(mark)
            if mark == handled:
                del self._handled[channel_id]
        if moved:
            await self._stored.advance(moved)
            self._marks |= moved

    def appeared(self, guild_id: GuildId) -> None:
        """A guild was told of only now (late, or after an outage)."""
        if self._compared:
            self._compare(guild_id)

    def disappeared(self, guild_id: GuildId) -> None:
        """A guild is out of order, or the bot is in it no more: nothing of it is read, and no mark moves."""
        self._guilds.discard(guild_id)
        self._behind = {c: newest for c, newest in self._behind.items() if newest.guild_id != guild_id}

    def _compare(self, only: GuildId | None = None) -> None:
        """Which channels have messages after their mark."""
        self._guilds |= self._reader.guilds() if only is None else {only}
        for newest in self._reader.newest(only):
            self._guild_of[newest.channel_id] = newest.guild_id
            if newest.message_id > self._start(newest):
                self._behind[newest.channel_id] = newest

    def _start(self, newest: Newest) -> MessageId:
        bound = first_id_at(self._clock() - self._bounds.look_back)
        known = self._marks.get(newest.channel_id) or first_id_at(max(self._since, newest.since))
        return max(known, bound)

    async def _read(self, newest: Newest) -> None:
        channel_id = newest.channel_id
        self._not_before[channel_id] = self._clock() + _AGAIN_AFTER
        async with self._places:
            try:
                count = await self._read_forward(newest)
            except PostRefused as refused:
                log.info("channel=%s is not read: %s", channel_id, refused)
            except PostUncertain as failed:
                log.warning("channel=%s is read later: %s", channel_id, failed)
                return
            else:
                log.info("channel=%s read again, messages=%s", channel_id, count)
        if self._behind.get(channel_id) is not newest:
            return  # more was missed meanwhile
        del self._behind[channel_id]
        self._not_before.pop(channel_id, None)
        self._open.pop(channel_id, None)  # whatever was left there by a failure was read now

    async def _read_forward(self, newest: Newest) -> int:
        after, count = self._start(newest), 0
        while count < self._bounds.messages:
            page = await self._reader.after(newest.guild_id, newest.channel_id, after)
            for message in page:
                await self._watch.read_again(message)
                count += 1
                after = message.id
                if count >= self._bounds.messages:
                    break
            self._handled[newest.channel_id] = max(after, self._handled.get(newest.channel_id, after))
            if not page or page[-1].id >= newest.message_id:
                return count
        log.warning(
            "channel=%s: more than %s messages were missed; the later ones are not read", newest.channel_id, count
        )
        return count
