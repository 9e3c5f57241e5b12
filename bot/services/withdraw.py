"""A moderator takes one note back: its readers see that, why and when; its message is never answered again."""

from bot.core.errors import NotFound
from bot.core.model import Actor, ChannelId, GuildId, MessageId, PostedNote
from bot.core.text import cut, shown
from bot.core.words import Words
from bot.ports import Clock, NoteLog
from bot.services.life import NoteLife
from bot.services.turns import Turns

_LONGEST_REASON = 200


class WithdrawNote:
    """Takes notes back."""

    def __init__(self, notes: NoteLog, life: NoteLife, words: Words, clock: Clock, turns: Turns) -> None:
        self._notes = notes
        self._life = life
        self._words = words
        self._clock = clock
        self._turns = turns

    async def by_message(self, guild_id: GuildId, message_id: MessageId, reason: str | None, by: Actor) -> None:
        """By the id of the note or of the message it answers."""
        posted = await self._notes.by_note(message_id) or await self._notes.get(message_id)
        if posted is None or posted.guild_id != guild_id or posted.note_message_id is None:
            raise NotFound(self._words("withdraw.no_note"))
        await self._take_back(posted, reason, by)

    async def latest(self, guild_id: GuildId, channel_id: ChannelId, reason: str | None, by: Actor) -> None:
        """The newest note of a channel."""
        posted = await self._notes.latest(channel_id)
        if posted is None or posted.guild_id != guild_id:
            raise NotFound(self._words("withdraw.none_here"))
        await self._take_back(posted, reason, by)

    async def _take_back(self, posted: PostedNote, reason: str | None, by: Actor) -> None:
        now = self._clock()
        why = shown(cut(reason, _LONGEST_REASON)) if reason and reason.strip() else self._words("withdraw.no_reason")
        # In the message's turn, so that no edit of it writes over the struck note.
        async with self._turns.of(posted.message_id):
            text = self._words("withdraw.struck", date=now.date().isoformat(), reason=why)
            reason = f"withdrawn by a moderator: {why}"
            first = await self._notes.withdraw(posted.message_id, reason, now, by, struck=text)
            if first:
                await self._life.strike(posted, text)
        if not first:
            raise NotFound(self._words("withdraw.already"))
