"""Notes follow their record: a change that stood long enough puts its notes to be renewed, and where a status turned
after it was shown, one correction a channel.
"""

import contextlib
import hashlib
import logging
from datetime import timedelta

from bot.core.errors import PostGone, PostRefused, PostUncertain
from bot.core.model import Correction, MessageId, Mode, PostedNote, Showing, Todo, lists_read_in
from bot.core.note import Composer, is_flagged, nonce
from bot.core.revise import Edit, revise
from bot.core.words import Words
from bot.ports import Catalog, ChannelReader, Clock, GuildBook, NoteLog, NotePoster, NoteWork, RecordChanges
from bot.services.bounds import Bounds
from bot.services.journal import Journal
from bot.services.life import NoteLife
from bot.services.pauses import pause
from bot.services.replies import TooMuchSaid, own_reply

log = logging.getLogger(__name__)

_MOST_AT_ONCE = 50
_OF_NOTES = ("note", "status", "list", "button")
_LONGEST_CHANGING = 5
"""Times the stability delay after which notes follow a record that never comes to rest."""


class Follow:
    """Works on records that changed."""

    def __init__(
        self,
        changes: RecordChanges,
        notes: NoteLog,
        work: NoteWork,
        catalog: Catalog,
        book: GuildBook,
        life: NoteLife,
        reader: ChannelReader,
        poster: NotePoster,
        journal: Journal,
        words: Words,
        clock: Clock,
        bounds: Bounds,
    ) -> None:
        self._changes = changes
        self._notes = notes
        self._work = work
        self._catalog = catalog
        self._book = book
        self._life = life
        self._reader = reader
        self._poster = poster
        self._journal = journal
        self._words = words
        self._clock = clock
        self._bounds = bounds

    async def take_up(self) -> None:
        """Puts the notes of records that came to rest among what is to be done."""
        delay = self._bounds.stability
        for change in await self._changes.due(self._clock(), delay, delay * _LONGEST_CHANGING, _MOST_AT_ONCE):
            corrections = [s for s in change.turned if await self._is_told(s)]
            if await self._changes.take_up(change, corrections, self._clock()):
                log.info("record=%s version=%s: its notes follow", change.record_id, change.version)

    async def in_words(self, known: str | None) -> str:
        """A fingerprint of the words of notes; where it is not the known one, every note is put into those of now."""
        texts = [sorted(self._words.under(part).items()) for part in _OF_NOTES]
        now = hashlib.sha256(repr(texts).encode()).hexdigest()[:16]
        if known is not None and known != now:
            log.info("the words changed: every note is put into those of now")
            await self._work.renew_all()
        return now

    async def renew(self, posted: PostedNote) -> bool:
        """The note says what its records say now. False where they cannot tell: its message has to be read again."""
        records = await self._catalog.get([v.id for v in posted.records], lists_read_in(posted.guild_id))
        now = self._clock()
        if len(records) != len(posted.records) or not all(is_flagged(r.publication, now) for r in records):
            return False
        composer = Composer.for_guild(self._words, await self._book.rules(posted.guild_id))
        note = composer.note(records, now)
        if isinstance(revise(posted, note), Edit):
            await self._life.change(posted, note, Todo.RENEW)
        else:  # what changed is not shown; the note is about it all the same
            await self._notes.renew(posted.message_id, note, posted.todo)
        return True

    async def is_record_gone(self, posted: PostedNote) -> bool:
        """Whether nothing that the note spoke of is recorded as flagged any more."""
        records = await self._catalog.get([v.id for v in posted.records], lists_read_in(posted.guild_id))
        return bool(posted.records) and not any(is_flagged(r.publication, self._clock()) for r in records)

    async def corrections(self) -> list[Correction]:
        """What is to be posted now."""
        return await self._changes.corrections_due(self._clock(), _MOST_AT_ONCE)

    async def correct(self, correction: Correction) -> None:
        """Posts one correction, once. Whoever calls holds the turn of the note's message."""
        posted = await self._notes.by_note(correction.note_message_id)
        stands = posted is not None and not posted.withdrawn
        age = self._clock() - correction.reserved_at
        if stands and posted and posted.todo:  # first the note, then what leads to it
            await self._changes.later(correction, self._clock() + pause(correction.tries))
            return
        try:
            found = None
            if age >= self._bounds.nonce or not stands:
                where = (correction.guild_id, correction.channel_id, correction.note_message_id)
                found = await own_reply(self._reader, *where, correction.reserved_at)
            if not stands:
                await self._dangling(correction, found, age)
            elif found:
                await self._changes.posted(correction, found)
            elif age > self._bounds.settle:
                await self._changes.closed(correction, "not posted in time")
            else:
                await self._post(correction)
        except TooMuchSaid:
            await self._changes.closed(correction, "too much was said since to be sure")
        except PostRefused as refused:
            await self._changes.closed(correction, str(refused))
            await self._journal.no_correction(correction, refused)
        except PostUncertain:
            await self._changes.later(correction, self._clock() + pause(correction.tries))

    async def _post(self, correction: Correction) -> None:
        text = self._words("note.correction", date=self._clock().date().isoformat())
        token = nonce(correction.message_id, "correction", correction.version)
        await self._changes.posted(correction, await self._poster.correct(correction, text, token))

    async def _dangling(self, correction: Correction, found: MessageId | None, age: timedelta) -> None:
        """The note went: nothing is to answer it."""
        if found:
            with contextlib.suppress(PostGone):
                await self._poster.delete(correction.channel_id, found)
        elif correction.tries and age < self._bounds.nonce:  # a request may still be under way
            await self._changes.later(correction, correction.reserved_at + self._bounds.nonce)
            return
        await self._changes.closed(correction, "the note is gone")

    async def _is_told(self, showing: Showing) -> bool:
        rules = await self._book.rules(showing.guild_id)
        return rules.corrections and rules.mode is Mode.POST
