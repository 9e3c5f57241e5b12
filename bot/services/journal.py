"""What a guild's log channel is told: ids, titles and reasons, never what a member wrote."""

import contextlib
import logging
from collections.abc import Sequence

from bot.core.errors import PostRefused, PostUncertain, StoreError
from bot.core.model import (
    ChannelId,
    ChatMessage,
    ContextNote,
    Correction,
    Decision,
    GuildId,
    GuildRules,
    LineKind,
    LookupKey,
    MessageId,
    PostedNote,
    PostNote,
    Reason,
    StaySilent,
)
from bot.core.note import jump
from bot.core.text import cut, shown
from bot.core.words import Words
from bot.ports import Clock, GuildBook, NoteLog, NotePoster

log = logging.getLogger(__name__)

_MOST_KEYS = 3
_LONGEST_KEY = 150
_ONCE = {Reason.NO_PERMISSION, Reason.TOO_MANY_NOTES}
"""Said once for a channel, until it is over."""


class Journal:
    """Writes to log channels. A failure here never stops an answer."""

    def __init__(self, notes: NoteLog, book: GuildBook, poster: NotePoster, words: Words, clock: Clock) -> None:
        self._notes = notes
        self._book = book
        self._poster = poster
        self._words = words
        self._clock = clock
        self._troubled: set[GuildId] = set()
        """Guilds that were told that the database cannot be used."""

    async def record(
        self, message: ChatMessage, decision: Decision, rules: GuildRules, keys: Sequence[LookupKey]
    ) -> None:
        """What a decision means for the log channel: mostly nothing. `keys`: the links that led to records."""
        if isinstance(decision, PostNote):
            await self._notes.clear_notices(message.channel_id)
        elif decision.reason is Reason.OBSERVING:
            why = [self._words("journal.key", key=shown(cut(key, _LONGEST_KEY))) for key in keys[:_MOST_KEYS]]
            await self._tell(rules, self._words("journal.observed", jump=_jump(message)), [*self._what(decision), *why])
        elif decision.reason in _ONCE and rules.log_channel and await self._first_time(message, decision.reason):
            values = {"jump": _jump(message), "channel": f"<#{message.channel_id}>", "n": rules.notes_per_minute,
                      "missing": ", ".join(self._words(f"permission.{name}") for name in message.missing)}  # fmt: skip
            await self._tell(rules, self._words(f"journal.{decision.reason}", **values), self._what(decision))

    async def _first_time(self, message: ChatMessage, what: str) -> bool:
        return await self._notes.notice(message.channel_id, what, self._clock())

    async def refused(self, message: ChatMessage, refused: PostRefused) -> None:
        """Discord would not take a note; a refusal that lasts is said once."""
        once = refused.lasting or refused.seconds is not None
        if not once or await self._first_time(message, f"refused: {refused.answer}"):
            await self._about(message.guild_id, message.channel_id, message.id, "refused", str(refused))

    async def not_changed(self, posted: PostedNote, refused: PostRefused) -> None:
        """Discord would not let a note be changed or deleted."""
        where = (posted.guild_id, posted.channel_id, posted.message_id)
        if not refused.lasting or await self._notes.notice(posted.channel_id, "not_changed", self._clock()):
            await self._about(*where, "not_changed", str(refused))

    async def no_correction(self, correction: Correction, refused: PostRefused) -> None:
        """Discord would not take a correction."""
        where = (correction.guild_id, correction.channel_id, correction.message_id)
        await self._about(*where, "no_correction", str(refused))

    async def uncertain(self, message: ChatMessage) -> None:
        """Discord did not say whether it took a note, several times."""
        await self._about(message.guild_id, message.channel_id, message.id, "uncertain", "")

    async def database_fails(self, guild_id: GuildId) -> None:
        """Nothing can be written; said once, until it works again."""
        if guild_id in self._troubled:
            return
        self._troubled.add(guild_id)
        with contextlib.suppress(StoreError):  # nor perhaps read, so that nobody knows where to say it
            await self._tell(await self._book.rules(guild_id), self._words("journal.database_fails"), [])

    async def database_works(self) -> None:
        """It can be written again."""
        while self._troubled:
            await self._tell(await self._book.rules(self._troubled.pop()), self._words("journal.database_works"), [])

    async def _about(
        self, guild_id: GuildId, channel_id: ChannelId, message_id: MessageId, what: str, why: str
    ) -> None:
        log.warning("message=%s channel=%s note %s: %s", message_id, channel_id, what, why)
        rules = await self._book.rules(guild_id)
        told = self._words(f"journal.{what}", jump=jump(guild_id, channel_id, message_id), why=why)
        await self._tell(rules, told, [])

    def _what(self, decision: StaySilent) -> list[str]:
        note: ContextNote | None = decision.note
        if note is None:
            return []
        return [
            self._words(f"journal.{line.kind}", text=line.text)
            for line in note.lines
            if line.kind in {LineKind.TITLE, LineKind.LABEL}
        ]

    async def _tell(self, rules: GuildRules, head: str, details: Sequence[str]) -> None:
        if rules.log_channel is None:
            return
        try:
            await self._poster.log(rules.log_channel, f"{self._words('journal.mark')} · {head}", details)
        except (PostRefused, PostUncertain) as refused:
            log.warning("log channel=%s: %s", rules.log_channel, refused)


def _jump(message: ChatMessage) -> str:
    return jump(message.guild_id, message.channel_id, message.id)
