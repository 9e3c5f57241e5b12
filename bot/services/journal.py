"""What a guild's log channel is told: ids, titles and reasons, never what a member wrote."""

import logging
from collections.abc import Sequence

from bot.core.errors import PostRefused, PostUncertain
from bot.core.model import (
    ChatMessage,
    ContextNote,
    Decision,
    GuildRules,
    LineKind,
    LookupKey,
    PostNote,
    Reason,
    StaySilent,
)
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
        if not refused.lasting or await self._first_time(message, "refused"):
            await self._about(message, "refused", str(refused))

    async def not_changed(self, message: ChatMessage, why: str) -> None:
        """Discord would not let a note be changed."""
        await self._about(message, "not_changed", why)

    async def uncertain(self, message: ChatMessage) -> None:
        """Discord did not say whether it took a note."""
        await self._about(message, "uncertain", "")

    async def _about(self, message: ChatMessage, what: str, why: str) -> None:
        log.warning("message=%s channel=%s note %s: %s", message.id, message.channel_id, what, why)
        rules = await self._book.rules(message.guild_id)
        await self._tell(rules, self._words(f"journal.{what}", jump=_jump(message), why=why), [])

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
    """The address of a message (https://discord.com/developers/docs/reference)."""
    return f"https://discord.com/channels/{message.guild_id}/{message.channel_id}/{message.id}"
