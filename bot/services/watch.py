"""A message is posted, edited or deleted: answer it, mend its note, or take the note away.

The order is the promise (house.md, The way of a message): read, decide, reserve, post, confirm. A channel's
messages take turns between reading what was posted and reserving, so that two links in one instant get one note.
"""

import logging
from collections.abc import Sequence
from contextlib import suppress

from bot.core.errors import PostGone, PostRefused, PostUncertain
from bot.core.model import (
    AuthorKind,
    ChatMessage,
    ContextNote,
    Decision,
    GuildRules,
    MessageId,
    PostedNote,
    PostKind,
    PostNote,
    Reason,
    StaySilent,
    lists_read_in,
)
from bot.core.note import Composer
from bot.core.policy import counted_as, decide, flagged, may_answer, may_change, to_speak_of
from bot.core.revise import Edit, Withdraw, revise
from bot.core.words import Words
from bot.ports import Clock, GuildBook, NoteLog, NotePoster
from bot.services.journal import Journal
from bot.services.look_up import Findings, LookUp
from bot.services.shorteners import Shorteners
from bot.services.turns import Turns

log = logging.getLogger(__name__)

_MOST_SEEN = 500


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
        turns: Turns,
        shorteners: Shorteners,
    ) -> None:
        self._look_up = look_up
        self._notes = notes
        self._book = book
        self._poster = poster
        self._journal = journal
        self._words = words
        self._clock = clock
        self._shorteners = shorteners
        self._channels = Turns()
        self._messages = turns
        self._seen: dict[MessageId, MessageId] = {}
        """Message → our reply to it, as the gateway showed it of late."""
        self._uncertain: set[MessageId] = set()
        """Messages whose note was sent, and nobody knows whether it arrived."""
        self._looking: dict[MessageId, ChatMessage] = {}
        """Messages whose short links are being looked up, as they stand by now; one that is deleted goes."""
        self._leaving: set[MessageId] = set()
        """Notes that we take away ourselves: Discord tells of their deletion like of any other."""

    async def answer(self, message: ChatMessage) -> Decision:
        """Decides about a message and acts on the decision."""
        if message.author is AuthorKind.SELF:
            await self._adopt(message)
            return StaySilent(Reason.OWN_MESSAGE)
        current = await self._with_targets(message)
        if current is None:
            return StaySilent(Reason.NOTHING_FLAGGED)
        async with self._messages.of(message.id):
            return await self._answer(current)

    async def revisit(self, message: ChatMessage) -> None:
        """The message was edited: its note is kept, edited or taken away; without one it is answered anew.

        Waits for a note that is on its way to the older text.
        """
        if message.id in self._looking:
            self._looking[message.id] = message  # its older text is being looked up; that goes on with this one
            return
        current = await self._with_targets(message)
        if current is None:
            return
        message = current
        async with self._messages.of(message.id):
            posted = await self._notes.get(message.id)
            if posted is None:
                await self._answer(message)
            elif not posted.withdrawn and posted.note_message_id is not None:
                await self._revise(message, posted)

    async def gone(self, message_ids: Sequence[MessageId]) -> None:
        """Messages were deleted. A member's takes its note along; our note, deleted by hand, counts as withdrawn."""
        for message_id in message_ids:
            self._looking.pop(message_id, None)
        for message_id in message_ids:
            async with self._messages.of(message_id):
                if posted := await self._notes.get(message_id):
                    await self._notes.withdraw(message_id, "message deleted", self._clock())
                    with suppress(PostGone):
                        await self._delete(posted)
                elif message_id not in self._leaving:
                    await self._deleted_by_hand(message_id)

    async def _adopt(self, note: ChatMessage) -> None:
        """Our own reply comes by: proof of a note that Discord took without saying so."""
        if note.replies_to is None:
            return
        self._seen[note.replies_to] = note.id
        while len(self._seen) > _MOST_SEEN:
            del self._seen[next(iter(self._seen))]
        if note.replies_to in self._uncertain:
            await self._notes.confirm(note.replies_to, note.id, self._clock())
            self._uncertain.discard(note.replies_to)

    async def _deleted_by_hand(self, note_id: MessageId) -> None:
        posted = await self._notes.by_note(note_id)
        if posted and await self._notes.withdraw(posted.message_id, "deleted by hand", self._clock()):
            log.info("note=%s of message=%s was deleted by hand", note_id, posted.message_id)

    async def _answer(self, message: ChatMessage) -> Decision:
        keys = self._look_up.keys(message.texts)
        if not keys:
            return StaySilent(Reason.NO_LINK)
        is_short = bool(self._look_up.short_keys(keys))
        if not is_short and not await self._look_up.is_any_recorded(keys, lists_read_in(message.guild_id)):
            return StaySilent(Reason.NOTHING_FLAGGED)
        rules = await self._book.rules(message.guild_id)
        findings = await self._look_up.in_guild(message.texts, message.guild_id, rules)
        if not findings.matches:
            return StaySilent(Reason.NOTHING_FLAGGED)
        for match in findings.matches:
            await self._shorteners.propose(match, message.guild_id)
        async with self._channels.of(message.channel_id):
            decision, attempt = await self._decide(message, findings, rules)
        if isinstance(decision, PostNote):
            decision = await self._post(message, decision.note, attempt)
        log.info(
            "message=%s guild=%s channel=%s decision=%s",
            message.id, message.guild_id, message.channel_id, _name(decision),
        )  # fmt: skip
        await self._journal.record(message, decision, rules, [m.address.key for m in findings.matches])
        return decision

    async def _with_targets(self, message: ChatMessage) -> ChatMessage | None:
        """The message as it stands once its short links were looked up; None where it is gone by then.

        Asked only where the guild allows it and nothing else in the message is flagged. Not in the message's turn:
        nothing waits for a shortener but the note of this very message.
        """
        short = self._look_up.short_keys(self._look_up.keys(message.texts))
        if not short or message.sent_by is None:
            return message
        rules = await self._book.rules(message.guild_id)
        if not rules.short_links or not may_answer(message, rules):
            return message
        findings = await self._look_up.in_guild(message.texts, message.guild_id, rules)
        if flagged(findings.matches, message.guild_id, message.sent_at):
            return message
        self._looking[message.id] = message
        try:
            keys = self._look_up.keys(message.texts, typed=rules.typed_links)
            await self._shorteners.look_up(self._look_up.short_keys(keys), message.sent_by)
        finally:
            current = self._looking.pop(message.id, None)
        return current

    async def _decide(self, message: ChatMessage, findings: Findings, rules: GuildRules) -> tuple[Decision, int]:
        kind = counted_as(rules)
        past = await self._notes.past(message, {m.record.id for m in findings.matches}, kind)
        decision = decide(message, findings.matches, rules, past, Composer.for_guild(self._words, rules))
        observed = isinstance(decision, StaySilent) and decision.reason is Reason.OBSERVING
        if decision.note is None or not (isinstance(decision, PostNote) or observed):
            return decision, 0
        attempt = await self._notes.reserve(message, decision.note, kind, self._clock())
        if attempt:
            return decision, attempt
        earlier = await self._notes.get(message.id)
        return StaySilent(Reason.WITHDRAWN if earlier and earlier.withdrawn else Reason.ALREADY_ANSWERED), 0

    async def _post(self, message: ChatMessage, note: ContextNote, attempt: int) -> Decision:
        self._seen.pop(message.id, None)  # a reply of an earlier attempt proves nothing about this one
        try:
            note_id = await self._poster.post(message, note, attempt)
        except PostRefused as refused:
            await self._notes.vacate(message.id, self._clock())
            await self._journal.refused(message, refused)
            return StaySilent(Reason.NOT_SENT, note)
        except PostUncertain:
            if message.id not in self._seen:
                # The reservation stays: a second note would be worse than none.
                self._uncertain.add(message.id)
                await self._journal.uncertain(message)
                return StaySilent(Reason.NOT_SENT, note)
            note_id = self._seen[message.id]
        if await self._notes.confirm(message.id, note_id, self._clock()):
            return PostNote(note)
        if posted := await self._notes.get(message.id):  # its message went while the note was on its way
            with suppress(PostGone):
                await self._delete(posted)
        return StaySilent(Reason.WITHDRAWN)

    async def _revise(self, message: ChatMessage, posted: PostedNote) -> None:
        rules = await self._book.rules(message.guild_id)
        findings = await self._look_up.in_guild(message.texts, message.guild_id, rules)
        past = await self._notes.past(message, {m.record.id for m in findings.matches}, PostKind.NOTE)
        found = flagged(findings.matches, message.guild_id, message.sent_at)
        told = {version.id for version in posted.records}
        fresh = {record.id for record in to_speak_of(found, message, rules, past)}
        wanted = [record for record in found if record.id in told | fresh]
        match revise(posted, wanted, Composer.for_guild(self._words, rules), message.sent_at):
            case Edit(note) if may_change(message, rules):
                await self._change(message, posted, note)
            case Edit() | Withdraw():
                await self._take_away(posted)

    async def _take_away(self, posted: PostedNote) -> None:
        """The message may be answered again. Deleted first: where that fails, the next edit of it tries again."""
        note_id = posted.note_message_id or MessageId(0)
        self._leaving.add(note_id)
        try:
            if await self._delete(posted):
                await self._notes.vacate(posted.message_id, self._clock())
        except PostGone:
            await self._deleted_by_hand(note_id)
        finally:
            self._leaving.discard(note_id)

    async def _change(self, message: ChatMessage, posted: PostedNote, note: ContextNote) -> None:
        try:
            await self._poster.edit(posted, note)
        except PostGone:
            await self._deleted_by_hand(posted.note_message_id or MessageId(0))
        except (PostRefused, PostUncertain) as refused:
            await self._journal.not_changed(message, str(refused))
        else:
            await self._notes.renew(message.id, note)

    async def _delete(self, posted: PostedNote) -> bool:
        if posted.note_message_id is None:
            return True
        try:
            await self._poster.delete(posted)
        except PostGone:
            raise
        except (PostRefused, PostUncertain) as refused:
            log.warning("note=%s of message=%s stays: %s", posted.note_message_id, posted.message_id, refused)
            return False
        log.info("note=%s of message=%s taken away", posted.note_message_id, posted.message_id)
        return True


def _name(decision: Decision) -> str:
    return decision.reason if isinstance(decision, StaySilent) else "post"
