"""A message is posted, edited or deleted: answer it, mend its note, or take the note away.

The order is the promise (house.md, The way of a message): read, decide, reserve, post, confirm.
"""

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core.model import (
    AuthorKind,
    ChannelId,
    ChatMessage,
    Decision,
    MessageId,
    PostNote,
    Reason,
    StaySilent,
    Todo,
)
from bot.core.note import nonce
from bot.ports import Clock, NoteLog, NoteWork
from bot.services.decide import Decide
from bot.services.journal import Journal
from bot.services.life import CHANNEL_GONE, LEAVING, NoteLife
from bot.services.shorteners import Shorteners
from bot.services.turns import Turns

log = logging.getLogger(__name__)

_MOST_EDITED = 2000
_YOUNG = timedelta(minutes=10)
"""An edit is answered at least when it is younger than that, however little is read back."""


class Watch:
    """Answers the links of messages and keeps the answers with their messages."""

    def __init__(
        self,
        decide: Decide,
        life: NoteLife,
        notes: NoteLog,
        work: NoteWork,
        journal: Journal,
        shorteners: Shorteners,
        turns: Turns,
        clock: Clock,
        look_back: timedelta,
    ) -> None:
        self._decide = decide
        self._life = life
        self._notes = notes
        self._work = work
        self._journal = journal
        self._shorteners = shorteners
        self._messages = turns
        self._clock = clock
        self._look_back = max(look_back, _YOUNG)
        self._edited: dict[MessageId, datetime] = {}
        """When messages were edited of late: an older copy of one, still on its way here, says nothing any more."""
        self._looking: dict[MessageId, ChatMessage] = {}
        """Messages whose short links are being looked up, as they stand by now; one that is deleted goes."""

    async def answer(self, message: ChatMessage) -> Decision:
        """Decides about a message and acts on the decision."""
        if message.author is AuthorKind.SELF:
            await self._own(message)
            return StaySilent(Reason.OWN_MESSAGE)
        current = await self._with_targets(message)
        if current is None:
            return StaySilent(Reason.NOTHING_FLAGGED)
        async with self._messages.of(message.id):
            return await self.answer_in_turn(current)

    async def answer_in_turn(self, message: ChatMessage) -> Decision:
        """The same, where the caller holds the message's turn."""
        if self._is_stale(message):
            return StaySilent(Reason.NOTHING_FLAGGED)
        decided = await self._decide.about(message)
        decision = decided.decision
        if decided.rules is None:
            return decision
        if isinstance(decision, PostNote):
            token = nonce(message.id, decision.note.kind, decided.attempt)
            decision = await self._life.give(message, decision.note, token)
        log.info(
            "message=%s guild=%s channel=%s decision=%s",
            message.id, message.guild_id, message.channel_id, _name(decision),
        )  # fmt: skip
        await self._journal.record(message, decision, decided.rules, decided.keys)
        return decision

    async def revisit(self, message: ChatMessage) -> None:
        """The message was edited: its note is kept, edited or taken away; without one it is answered anew.

        Waits for a note that is on its way to the older text.
        """
        if message.author is AuthorKind.SELF:  # our own edits come by too
            return
        if self._is_stale(message):
            return
        self._edited[message.id] = message.sent_at
        while len(self._edited) > _MOST_EDITED:
            del self._edited[next(iter(self._edited))]
        if message.id in self._looking:
            self._looking[message.id] = message  # its older text is being looked up; that goes on with this one
            return
        current = await self._with_targets(message)
        if current is None:
            return
        async with self._messages.of(message.id):
            await self._revisit(current)

    async def read_again(self, message: ChatMessage) -> None:
        """A message that was read from the channel, not told by the gateway: answered like a live one.

        One that has an answer is not decided anew here; what may have changed is looked at by `services/keeper`.
        """
        if message.author is AuthorKind.SELF:
            await self._own(message)
        elif await self._notes.get(message.id) is None:
            await self.answer(message)

    async def gone(self, message_ids: Sequence[MessageId]) -> None:
        """Messages were deleted. A member's takes its note along; our note, deleted by hand, counts as withdrawn."""
        for message_id in message_ids:
            self._looking.pop(message_id, None)
        for message_id in message_ids:
            async with self._messages.of(message_id):
                if await self._notes.get(message_id):
                    await self._life.end(message_id)
                    continue
            await self._note_gone(message_id)

    async def channel_gone(self, channel_id: ChannelId) -> None:
        """A channel or thread was deleted with everything in it."""
        await self._notes.end_channel(channel_id, CHANNEL_GONE, self._clock())

    async def _note_gone(self, note_id: MessageId) -> None:
        posted = await self._notes.by_note(note_id)
        if posted is None:
            return
        async with self._messages.of(posted.message_id):
            posted = await self._notes.by_note(note_id)
            if posted and posted.todo not in LEAVING:
                await self._life.deleted_by_hand(posted)

    async def _own(self, note: ChatMessage) -> None:
        if note.replies_to is not None:
            self._life.seen(note.replies_to, note.id)
            async with self._messages.of(note.replies_to):
                await self._life.own(note)

    async def _revisit(self, message: ChatMessage) -> None:
        posted = await self._notes.get(message.id)
        if posted and posted.todo is Todo.VACATE:  # first to its end, then anew
            await self._life.take_away(posted)
            posted = await self._notes.get(message.id)
            if posted and posted.todo is Todo.VACATE:  # not to be had now; who ends it answers anew
                return
        if posted is None:
            # Discord tells of old messages too that were pinned or given a preview.
            if message.sent_at > self._clock() - self._look_back:
                await self.answer_in_turn(message)
        elif posted.withdrawn:
            return
        elif posted.is_open:  # to be settled, by what the message says then
            await self._work.put(message.id, Todo.SETTLE)
        else:
            wanted, rules = await self._decide.wanted(message, posted)
            await self._life.fit(message, posted, wanted, rules)

    def _is_stale(self, message: ChatMessage) -> bool:
        """Whether this is an older copy of a message than one that was seen."""
        return message.sent_at < self._edited.get(message.id, message.sent_at)

    async def _with_targets(self, message: ChatMessage) -> ChatMessage | None:
        """The message as it stands once its short links were looked up; None where it is gone by then.

        Not in the message's turn: nothing waits for a shortener but the note of this very message.
        """
        keys = await self._decide.needs_look_up(message)
        if not keys or message.sent_by is None:
            return message
        self._looking[message.id] = message
        try:
            await self._shorteners.look_up(keys, message.sent_by)
        finally:
            current = self._looking.pop(message.id, None)
        return current


def _name(decision: Decision) -> str:
    return decision.reason if isinstance(decision, StaySilent) else "post"
