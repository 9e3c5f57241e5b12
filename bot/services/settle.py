"""Settles reservations whose note may or may not stand in the channel: after a crash, or an answer that never came.

Within the nonce's window it sends again under the same nonce, and Discord gives back the first message where there is
one. Later it looks in the channel for its own reply first. What the message says by now decides in both cases.
"""

import logging
from datetime import datetime

from bot.core.model import ChatMessage, ContextNote, MessageId, PostedNote, PostNote, Todo
from bot.core.note import nonce
from bot.core.policy import may_change
from bot.ports import ChannelReader, Clock, NoteLog, NoteWork
from bot.services.bounds import Bounds
from bot.services.decide import Decide
from bot.services.life import MESSAGE_GONE, NoteLife
from bot.services.replies import TooMuchSaid, own_reply

log = logging.getLogger(__name__)

TOO_OLD, TOO_MUCH_SAID = "not settled in time", "too much was said since to be sure"


class Settle:
    """Whoever calls holds the message's turn."""

    def __init__(
        self,
        decide: Decide,
        life: NoteLife,
        notes: NoteLog,
        work: NoteWork,
        reader: ChannelReader,
        clock: Clock,
        bounds: Bounds,
    ) -> None:
        self._decide = decide
        self._life = life
        self._notes = notes
        self._work = work
        self._reader = reader
        self._clock = clock
        self._bounds = bounds

    async def settle(self, posted: PostedNote) -> None:
        """Brings one reservation to an end, or leaves it for later."""
        message = await self._reader.message(posted.guild_id, posted.channel_id, posted.message_id)
        try:
            if message is None or posted.withdrawn:
                await self._nothing(posted, gone=True)
                return
            wanted, rules = await self._decide.wanted(message, posted)
            if wanted is None or not may_change(message, rules):
                await self._nothing(posted, gone=False)
            else:
                await self._something(message, posted, wanted)
        except TooMuchSaid:
            await self._close(posted, TOO_MUCH_SAID)

    async def _something(self, message: ChatMessage, posted: PostedNote, wanted: ContextNote) -> None:
        if not self._is_nonce_known(posted):
            if note_id := await self._own_reply(posted):
                if await self._life.stands(posted.message_id, note_id):
                    await self._fit(message, wanted)
                return
            if self._clock() - self._reserved_at(posted) > self._bounds.settle:
                await self._close(posted, TOO_OLD)
                return
        token = nonce(posted.message_id, posted.kind, posted.attempt)
        given = await self._life.give(message, wanted, token, max(1, posted.tries))
        if isinstance(given, PostNote):
            await self._fit(message, wanted)

    async def _fit(self, message: ChatMessage, wanted: ContextNote) -> None:
        """What stands there may be what the first try said."""
        posted = await self._notes.get(message.id)
        if posted and not posted.withdrawn and posted.says != wanted.says:
            await self._life.change(posted, wanted)

    async def _nothing(self, posted: PostedNote, *, gone: bool) -> None:
        """No note is to stand there: what may have been posted goes."""
        if note_id := await self._own_reply(posted):
            stands = await self._life.stands(posted.message_id, note_id)  # a withdrawn one is deleted at this
            if gone and stands:
                await self._life.end(posted.message_id)
            elif stands and (confirmed := await self._notes.get(posted.message_id)):
                await self._life.take_away(confirmed)
        elif self._is_nonce_known(posted):  # a request may still be under way
            over = self._reserved_at(posted) + self._bounds.nonce
            await self._work.put(posted.message_id, Todo.SETTLE, over)
        elif gone:
            await self._close(posted, MESSAGE_GONE)
        else:
            await self._notes.vacate(posted.message_id, self._clock())

    async def _own_reply(self, posted: PostedNote) -> MessageId | None:
        where = (posted.guild_id, posted.channel_id, posted.message_id)
        return await own_reply(self._reader, *where, self._reserved_at(posted))

    async def _close(self, posted: PostedNote, reason: str) -> None:
        log.info("message=%s channel=%s closed: %s", posted.message_id, posted.channel_id, reason)
        await self._notes.withdraw(posted.message_id, reason, self._clock())
        await self._work.put(posted.message_id, None)

    def _is_nonce_known(self, posted: PostedNote) -> bool:
        return self._clock() - self._reserved_at(posted) < self._bounds.nonce

    def _reserved_at(self, posted: PostedNote) -> datetime:
        return posted.reserved_at or self._clock()
