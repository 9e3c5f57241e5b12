"""A moderator takes one note back: its readers see that, why and when; its message is never answered again."""

from bot.core.errors import NotFound
from bot.core.model import ChannelId, GuildId, MessageId, PostedNote
from bot.core.text import cut, shown
from bot.core.words import Words
from bot.ports import Clock, NoteLog, NotePoster

_LONGEST_REASON = 200


class WithdrawNote:
    """Takes notes back."""

    def __init__(self, notes: NoteLog, poster: NotePoster, words: Words, clock: Clock) -> None:
        self._notes = notes
        self._poster = poster
        self._words = words
        self._clock = clock

    async def by_message(self, guild_id: GuildId, message_id: MessageId, reason: str | None) -> None:
        """By the id of the note or of the message it answers."""
        posted = await self._notes.by_note(message_id) or await self._notes.get(message_id)
        if posted is None or posted.guild_id != guild_id or posted.note_message_id is None:
            raise NotFound(self._words("withdraw.no_note"))
        await self._take_back(posted, reason)

    async def latest(self, guild_id: GuildId, channel_id: ChannelId, reason: str | None) -> None:
        """The newest note of a channel."""
        posted = await self._notes.latest(channel_id)
        if posted is None or posted.guild_id != guild_id:
            raise NotFound(self._words("withdraw.none_here"))
        await self._take_back(posted, reason)

    async def _take_back(self, posted: PostedNote, reason: str | None) -> None:
        if posted.withdrawn:
            raise NotFound(self._words("withdraw.already"))
        now = self._clock()
        why = shown(cut(reason, _LONGEST_REASON)) if reason and reason.strip() else self._words("withdraw.no_reason")
        await self._poster.strike(posted, self._words("withdraw.struck", date=now.date().isoformat(), reason=why))
        await self._notes.withdraw(posted.message_id, "withdrawn by a moderator", now)
