"""The life of a note: posted once, kept true, taken away. Every act on a note goes through here.

Whoever calls holds the message's turn. What is to be done stands in the database first and is crossed out last, so
that a crash at any point leaves it to be done again (`services/keeper`).
"""

import contextlib
import logging
from collections.abc import Awaitable

from bot.core.errors import PostGone, PostRefused, PostUncertain
from bot.core.model import (
    ChannelId,
    ChatMessage,
    ContextNote,
    Decision,
    GuildRules,
    MessageId,
    PostedNote,
    PostNote,
    PublicationId,
    Reason,
    StaySilent,
    Todo,
)
from bot.core.policy import may_change
from bot.core.revise import Edit, Keep, Withdraw, revise
from bot.ports import Clock, NoteLog, NotePoster, NoteWork, ReadMarks, RecordChanges
from bot.services.journal import Journal
from bot.services.pauses import AN_HOUR, pause

log = logging.getLogger(__name__)

MESSAGE_GONE, BY_HAND, CHANNEL_GONE = "message deleted", "deleted by hand", "channel deleted"
_MOST_SEEN = 500
_TELL_AFTER = 2
"""Tries with an unknown outcome after which the log channel hears of it."""
_MOST_TRIES = 30
"""Of changing or taking away a note that Discord refuses; with an hour between the last ones."""


LEAVING = {Todo.DELETE, Todo.VACATE}
"""Notes that we take away ourselves: Discord tells of their deletion like of any other."""


class NoteLife:
    """Acts on notes."""

    def __init__(
        self,
        notes: NoteLog,
        work: NoteWork,
        changes: RecordChanges,
        marks: ReadMarks,
        poster: NotePoster,
        journal: Journal,
        clock: Clock,
    ) -> None:
        self._notes = notes
        self._work = work
        self._changes = changes
        self._marks = marks
        self._poster = poster
        self._journal = journal
        self._clock = clock
        self._seen: dict[MessageId, MessageId] = {}
        """Message → our reply to it, as the gateway showed it of late."""

    async def give(self, message: ChatMessage, note: ContextNote, token: str, tries: int = 0) -> Decision:
        """Posts what was reserved, and confirms it. An unknown outcome stays to be settled.

        `token`: the reservation's nonce, the same at each of the tries.
        """
        if not tries:
            self._seen.pop(message.id, None)  # a reply of an earlier attempt proves nothing about this one
        try:
            note_id = await self._poster.post(message, note, token)
        except PostRefused as refused:
            return await self._refused(message, note, refused, tries)
        except PostUncertain:
            if message.id not in self._seen:
                await self._work.later(message.id, self._clock() + pause(tries))
                if tries == _TELL_AFTER:
                    await self._journal.uncertain(message)
                return StaySilent(Reason.NOT_SENT, note)
            note_id = self._seen[message.id]
        if await self.stands(message.id, note_id):
            return PostNote(note)
        return StaySilent(Reason.WITHDRAWN)

    async def stands(self, message_id: MessageId, note_id: MessageId) -> bool:
        """A reserved note stands in the channel. False where its message went meanwhile: then it goes too."""
        if await self._notes.confirm(message_id, note_id, self._clock()):
            return True
        posted = await self._notes.get(message_id)
        if posted and posted.note_message_id == note_id:
            await self.delete(posted)
        elif posted:  # another note stands on record
            await self._delete_stray(posted.channel_id, note_id)
        return False

    async def fit(
        self, message: ChatMessage, posted: PostedNote, wanted: ContextNote | None, rules: GuildRules
    ) -> None:
        """Keeps, edits or takes away a note whose message was read again."""
        match revise(posted, wanted):
            case Keep():
                if wanted and (posted.todo or wanted.records != posted.records):
                    await self._notes.renew(posted.message_id, wanted, posted.todo)
            case Edit(note) if may_change(message, rules):
                await self.change(posted, note)
            case Edit(note) if message.missing and _pages(note) == _pages(posted):
                # It is on the right page, and may be brought up to date when the bot may write here again.
                await self._work.put(posted.message_id, Todo.LOOK, self._clock() + AN_HOUR)
            case Edit() | Withdraw():
                await self.take_away(posted)

    async def change(self, posted: PostedNote, note: ContextNote, otherwise: Todo = Todo.LOOK) -> None:
        """Gives a note new contents; where Discord will not, `otherwise` is to be done later."""
        try:
            await self._poster.edit(posted, note)
        except PostGone:
            await self.deleted_by_hand(posted)
        except (PostRefused, PostUncertain) as failed:
            await self._later(posted, otherwise, failed)
        else:
            await self._notes.renew(posted.message_id, note, posted.todo)

    async def take_away(self, posted: PostedNote) -> None:
        """The note goes; its message may be answered again. Gone before we came: somebody else took it away."""
        try:
            if posted.todo is not Todo.VACATE:
                if not await self._poster.stands(posted):
                    await self.deleted_by_hand(posted)
                    return
                await self._work.put(posted.message_id, Todo.VACATE)
            await self._remove(posted)
        except (PostRefused, PostUncertain) as failed:
            await self._later(posted, Todo.VACATE, failed)
            return
        await self._notes.vacate(posted.message_id, self._clock())
        log.info("note=%s of message=%s taken away", posted.note_message_id, posted.message_id)

    async def end(self, message_id: MessageId) -> None:
        """The message is gone: its note goes with it, for good."""
        await self._notes.end(message_id, MESSAGE_GONE, self._clock())
        posted = await self._notes.get(message_id)
        if posted and not posted.is_open:
            await self.delete(posted)

    async def delete(self, posted: PostedNote) -> None:
        """Deletes a note that is marked so."""
        if await self._done(posted, Todo.DELETE, self._remove(posted)):
            log.info("note=%s of message=%s deleted", posted.note_message_id, posted.message_id)

    async def strike(self, posted: PostedNote, text: str) -> None:
        """Strikes a note that is marked so."""
        await self._done(posted, Todo.STRIKE, self._poster.strike(posted, text))

    async def deleted_by_hand(self, posted: PostedNote) -> None:
        """Somebody deleted our note, not we ourselves: that message is never answered again."""
        now = await self._notes.get(posted.message_id)
        if now is None or now.note_message_id != posted.note_message_id or now.todo in LEAVING:
            return
        if await self._notes.withdraw(posted.message_id, BY_HAND, self._clock()):
            log.info("note=%s of message=%s was deleted by hand", posted.note_message_id, posted.message_id)

    async def own(self, note: ChatMessage) -> None:
        """Our own reply comes by: proof of a note whose outcome was unknown, or a note that should not be there."""
        answered = note.replies_to
        if answered is None:
            return
        posted = await self._notes.get(answered)
        if posted is None:
            if await self._notes.was_vacated(answered):
                await self._delete_stray(note.channel_id, note.id)
        elif posted.is_open:
            if await self.stands(answered, note.id):  # by what the message said then
                await self._work.put(answered, Todo.LOOK)
        elif posted.note_message_id is not None and posted.note_message_id < note.id:
            await self._delete_stray(note.channel_id, note.id)

    def seen(self, answered: MessageId, note_id: MessageId) -> None:
        """The gateway showed our reply to a message, perhaps before the request that made it was answered."""
        self._seen[answered] = note_id
        while len(self._seen) > _MOST_SEEN:
            del self._seen[next(iter(self._seen))]

    async def _delete_stray(self, channel_id: ChannelId, note_id: MessageId) -> None:
        log.warning("note=%s is not the one on record; deleted", note_id)
        try:
            with contextlib.suppress(PostGone):
                await self._poster.delete(channel_id, note_id)
        except (PostRefused, PostUncertain) as failed:
            log.warning("note=%s stays: %s", note_id, failed)

    async def _remove(self, posted: PostedNote) -> None:
        """The note and what answers it: first the corrections, so that nothing is forgotten where it fails between."""
        note_id = posted.note_message_id or MessageId(0)
        corrections = await self._changes.of_note(note_id)
        for message_id in corrections:
            with contextlib.suppress(PostGone):
                await self._poster.delete(posted.channel_id, message_id)
        if corrections:
            await self._changes.gone(note_id)
        with contextlib.suppress(PostGone):
            await self._poster.delete(posted.channel_id, note_id)

    async def _done(self, posted: PostedNote, todo: Todo, act: Awaitable[None]) -> bool:
        try:
            await act
        except (PostRefused, PostUncertain) as failed:
            await self._later(posted, todo, failed)
            return False
        await self._work.done(posted.message_id, todo)
        return True

    async def _later(self, posted: PostedNote, todo: Todo, failed: PostRefused | PostUncertain) -> None:
        if posted.todo is not todo:
            await self._work.put(posted.message_id, todo)
        now = self._clock()
        if isinstance(failed, PostUncertain):  # however long Discord is out of order, it is tried again
            await self._work.later(posted.message_id, now + pause(posted.tries, longest=300))
            return
        wait = pause(posted.tries, first=failed.seconds or (300 if failed.lasting else 30), longest=3600)
        if failed.seconds is None and not posted.tries:
            await self._journal.not_changed(posted, failed)
        if failed.answer == "channel_gone":
            await self._notes.end_channel(posted.channel_id, CHANNEL_GONE, now)
            return
        if posted.tries >= _MOST_TRIES:
            log.warning("note=%s of message=%s stays: %s", posted.note_message_id, posted.message_id, failed)
            await self._work.put(posted.message_id, None)
            return
        await self._work.later(posted.message_id, now + wait)
        if failed.lasting:  # nor will it take anything else here
            await self._work.channel_later(posted.channel_id, now + wait)

    async def _refused(self, message: ChatMessage, note: ContextNote, refused: PostRefused, tries: int) -> Decision:
        """Each known answer has its handling: wait, close the channel, or leave this one message alone."""
        if refused.seconds is not None:
            wait = pause(tries, first=refused.seconds * 2, longest=600)
            await self._work.later(message.id, self._clock() + wait)
        else:
            await self._notes.vacate(message.id, self._clock())
            if refused.lasting:
                await self._marks.close(message.channel_id, message.permissions, self._clock())
        await self._journal.refused(message, refused)
        return StaySilent(Reason.NOT_SENT, note)


def _pages(note: ContextNote | PostedNote) -> set[PublicationId]:
    return {version.id for version in note.records}
