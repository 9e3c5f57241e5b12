"""Anyone asks what changed about a recorded page, and when. Never who changed it."""

from collections.abc import Sequence

from bot.core.history import told
from bot.core.model import GuildId, LineKind, NoteLine, TextPart
from bot.core.text import cut, shown
from bot.core.words import Words
from bot.ports import GuildBook, RecordHistory
from bot.services.look_up import LookUp

_MOST_RECORDS = 3
_MOST_EVENTS = 25
_LONGEST_TITLE = 150


class History:
    """Answers questions about the past of records."""

    def __init__(self, look_up: LookUp, book: GuildBook, events: RecordHistory, words: Words) -> None:
        self._look_up = look_up
        self._book = book
        self._events = events
        self._words = words

    async def of(self, guild_id: GuildId, texts: Sequence[TextPart]) -> list[NoteLine]:
        """The records that these links lead to, each with its changes, the newest first."""
        findings = await self._look_up.in_guild(texts, guild_id, await self._book.rules(guild_id))
        records = {match.record.id: match.record for match in findings.matches}
        if not records:
            return [NoteLine(LineKind.LABEL, self._words("history.nothing"))]
        lines: list[NoteLine] = []
        for record in list(records.values())[:_MOST_RECORDS]:
            title = shown(cut(record.publication.title, _LONGEST_TITLE))
            lines.append(NoteLine(LineKind.TITLE, self._words("history.heading", title=title, version=record.version)))
            events = await self._events.of(record.id, _MOST_EVENTS)
            lines += [NoteLine(LineKind.LABEL, told(event, self._words)) for event in events]
        return lines
