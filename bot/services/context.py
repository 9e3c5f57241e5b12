"""Anyone asks about a link or a message: the note, or what is known, or that nothing is. For the asker's eyes only."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.core.errors import NotFound
from bot.core.links import keys_of
from bot.core.model import (
    ButtonKind,
    ChatMessage,
    ContextNote,
    GuildId,
    Link,
    MessageId,
    PublicationId,
    Record,
    TextPart,
    lists_read_in,
)
from bot.core.note import Composer
from bot.core.policy import flagged
from bot.core.text import cut, shown
from bot.core.words import Words
from bot.ports import Catalog, Clock, GuildBook, NoteLog
from bot.services.look_up import Findings, LookUp

_LONGEST_KEY = 300
_LONGEST_TITLE = 150
_MOST_WAYS = 5


@dataclass(frozen=True, slots=True)
class Known:
    """An answer: a note where something is flagged, and lines in any case."""

    note: ContextNote | None
    lines: tuple[str, ...]


class Context:
    """Answers questions about links."""

    def __init__(
        self, look_up: LookUp, catalog: Catalog, notes: NoteLog, book: GuildBook, words: Words, clock: Clock
    ) -> None:
        self._look_up = look_up
        self._catalog = catalog
        self._notes = notes
        self._book = book
        self._words = words
        self._clock = clock

    async def ask(self, guild_id: GuildId, texts: Sequence[TextPart], most: int | None = None) -> Known:
        """What is known about the links in these texts; `most` bounds how many records one answer speaks of."""
        findings = await self._asked(guild_id, texts)
        keys = keys_of(findings.links)
        if not keys:
            return Known(None, (self._words("context.no_link"),))
        now = self._clock()
        composer = Composer.for_guild(self._words, await self._book.rules(guild_id))
        if records := flagged(findings.matches, guild_id, now):
            note = composer.note(records[:most], now)
            # Nothing to explain: the asker gave the link, and no message is kept.
            buttons = tuple(b for b in note.buttons if b.kind is not ButtonKind.WHY)
            left_out = most is not None and len(records) > most
            return Known(
                replace(note, buttons=buttons), (self._words("context.ask_one_by_one", n=most),) if left_out else ()
            )
        recorded = {m.record.id: m.record for m in findings.matches}
        if recorded:
            return Known(None, tuple(self._unflagged(record) for record in recorded.values()))
        looked_up = ", ".join(shown(cut(key, _LONGEST_KEY)) for key in keys[:3])
        return Known(None, (self._words("context.nothing", key=looked_up),))

    async def records_in(self, message: ChatMessage) -> list[Record]:
        """The flagged records that a message's links lead to now; NotFound where there is none."""
        findings = await self._asked(message.guild_id, message.texts)
        records = flagged(findings.matches, message.guild_id, self._clock())
        if not records:
            raise NotFound(self._words("context.records_gone"))
        return records

    async def records_of_note(self, guild_id: GuildId, message_id: MessageId) -> list[Record]:
        """The records that the answer to a message speaks of, as they stand now."""
        posted = await self._notes.get(message_id)
        if posted is None or posted.guild_id != guild_id:
            raise NotFound(self._words("context.note_unknown"))
        return await self.records(guild_id, [r.id for r in posted.records])

    async def records(self, guild_id: GuildId, ids: Sequence[PublicationId]) -> list[Record]:
        """Records by id, as far as this guild sees them; NotFound where none is left."""
        found = await self._catalog.get(ids, lists_read_in(guild_id))
        if not found:
            raise NotFound(self._words("context.records_gone"))
        return found

    async def why(self, message: ChatMessage) -> list[str]:
        """Why this message has a note: for each link that led to a record, the way from the text to it."""
        findings = await self._asked(message.guild_id, message.texts)
        matched = {m.link.key for m in findings.matches}
        lines = self._ways([link for link in findings.links if link.key in matched], findings)
        return lines or [self._words("why.no_longer")]

    async def why_of(self, guild_id: GuildId, texts: Sequence[TextPart]) -> list[str]:
        """For each link in these texts the way to its key, and to the record where there is one."""
        findings = await self._asked(guild_id, texts)
        links = findings.worth_showing() or findings.links
        return self._ways(links[:_MOST_WAYS], findings) or [self._words("context.no_link")]

    async def _asked(self, guild_id: GuildId, texts: Sequence[TextPart]) -> Findings:
        """Who asks means what they typed, so what is typed around the rules counts, whatever the guild's setting."""
        rules = replace(await self._book.rules(guild_id), typed_links=True)
        return await self._look_up.in_guild(texts, guild_id, rules)

    def _ways(self, links: Iterable[Link], findings: Findings) -> list[str]:
        lines: list[str] = []
        for link in links:
            lines.append(self._words("why.link", link=shown(cut(link.key or link.text, _LONGEST_KEY))))
            lines.extend(self._words("why.step", text=step) for step in self._look_up.why(link, findings))
        return lines

    def _unflagged(self, record: Record) -> str:
        publication = record.publication
        key = "context.not_in_force" if publication.labels else "context.no_labels"
        return self._words(key, title=shown(cut(publication.title, _LONGEST_TITLE)))
