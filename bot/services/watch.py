"""A message is posted, edited or deleted: answer it, mend its note, or take the note away.

The order is the promise (house.md, The way of a message): read, decide, reserve, post, confirm. A channel's
messages take turns between reading what was posted and reserving, so that two links in one instant get one note.
"""

import asyncio
import logging
from collections.abc import Sequence
from weakref import WeakValueDictionary

from bot.core.errors import PostRefused
from bot.core.model import (
    ChannelId,
    ChatMessage,
    ContextNote,
    Decision,
    GuildRules,
    MessageId,
    PostedNote,
    PostNote,
    Reason,
    StaySilent,
    lists_read_in,
)
from bot.core.note import Composer
from bot.core.policy import decide, flagged, to_speak_of
from bot.core.revise import Edit, Withdraw, revise
from bot.core.words import Words
from bot.ports import Clock, GuildBook, NoteLog, NotePoster
from bot.services.journal import Journal
from bot.services.look_up import Findings, LookUp

log = logging.getLogger(__name__)


class Watch:
    """Answers the links of live messages and keeps the answers with their messages."""

    def __init__(
        self,
        look_up: LookUp,
        notes: NoteLog,
        book: GuildBook,
        poster: NotePoster,
        journal: Journal,
        words: Words,
        clock: Clock,
    ) -> None:
        self._look_up = look_up
        self._notes = notes
        self._book = book
        self._poster = poster
        self._journal = journal
        self._words = words
        self._clock = clock
        self._turns: WeakValueDictionary[ChannelId, asyncio.Lock] = WeakValueDictionary()

    async def answer(self, message: ChatMessage) -> Decision:
        """Decides about a message and acts on the decision."""
        links = self._look_up.links(message.texts)
        if not links:
            return StaySilent(Reason.NO_LINK)
        findings = await self._look_up.find(links, lists_read_in(message.guild_id))
        if not findings.matches:
            return StaySilent(Reason.NOTHING_FLAGGED)
        rules = await self._book.rules(message.guild_id)
        async with self._turn(message.channel_id):
            decision = await self._decide(message, findings, rules)
        if isinstance(decision, PostNote):
            decision = await self._post(message, decision.note)
        log.info(
            "message=%s guild=%s channel=%s decision=%s",
            message.id,
            message.guild_id,
            message.channel_id,
            _name(decision),
        )
        await self._journal.record(message, decision, rules)
        return decision

    async def revisit(self, message: ChatMessage) -> None:
        """The message was edited: its note is kept, edited or taken away; without one it is answered anew."""
        posted = await self._notes.get(message.id)
        if posted is None:
            await self.answer(message)
        elif not posted.withdrawn and posted.note_message_id is not None:
            await self._revise(message, posted)

    async def gone(self, message_ids: Sequence[MessageId]) -> None:
        """Messages were deleted. A member's takes its note along; our note, deleted by hand, counts as withdrawn."""
        for message_id in message_ids:
            if posted := await self._notes.get(message_id):
                await self._take_away(posted, "message deleted")
            elif (posted := await self._notes.by_note(message_id)) and await self._notes.withdraw(
                posted.message_id, "deleted by hand", self._clock()
            ):
                log.info("note=%s of message=%s was deleted by hand", message_id, posted.message_id)

    async def _decide(self, message: ChatMessage, findings: Findings, rules: GuildRules) -> Decision:
        past = await self._notes.past(message, {m.record.id for m in findings.matches})
        decision = decide(message, findings.matches, rules, past, Composer.for_guild(self._words, rules))
        if isinstance(decision, PostNote) and not await self._notes.reserve(message, decision.note, self._clock()):
            earlier = await self._notes.get(message.id)
            return StaySilent(Reason.WITHDRAWN if earlier and earlier.withdrawn else Reason.ALREADY_ANSWERED)
        return decision

    async def _post(self, message: ChatMessage, note: ContextNote) -> Decision:
        try:
            note_id = await self._poster.post(message, note)
        except PostRefused as refused:
            await self._notes.release(message.id)
            await self._journal.refused(message, str(refused))
            return StaySilent(Reason.NOT_SENT, note)
        if await self._notes.confirm(message.id, note_id, self._clock()):
            return PostNote(note)
        if posted := await self._notes.get(message.id):  # its message went while the note was on its way
            await self._poster.delete(posted)
        return StaySilent(Reason.WITHDRAWN)

    async def _revise(self, message: ChatMessage, posted: PostedNote) -> None:
        findings = await self._look_up.find(self._look_up.links(message.texts), lists_read_in(message.guild_id))
        rules = await self._book.rules(message.guild_id)
        past = await self._notes.past(message, {m.record.id for m in findings.matches})
        wanted = to_speak_of(flagged(findings.matches, message.guild_id, message.sent_at), message, rules, past)
        match revise(posted, wanted, Composer.for_guild(self._words, rules), message.sent_at):
            case Edit(note):
                await self._poster.edit(posted, note)
                await self._notes.renew(message.id, note)
            case Withdraw():
                await self._take_away(posted, "link removed")

    async def _take_away(self, posted: PostedNote, reason: str) -> None:
        if posted.withdrawn:
            return
        if posted.note_message_id is not None:
            await self._poster.delete(posted)
        await self._notes.withdraw(posted.message_id, reason, self._clock())
        log.info("note=%s of message=%s taken away: %s", posted.note_message_id, posted.message_id, reason)

    def _turn(self, channel_id: ChannelId) -> asyncio.Lock:
        return self._turns.setdefault(channel_id, asyncio.Lock())


def _name(decision: Decision) -> str:
    return decision.reason if isinstance(decision, StaySilent) else "post"
