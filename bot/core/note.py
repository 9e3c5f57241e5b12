"""Composes a context note: what it says, in which order, within which bounds. Words come from the catalogue.

The bounds are contracts.md's: one record at most 10 lines and 900 visible characters; claims give way first, then
lengths of titles; labels and the last line never. Several records: title, labels and original of each, no claims.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.core.links import web_address
from bot.core.model import (
    LOCAL_LIST,
    ButtonKind,
    ChannelId,
    ChatMessage,
    Claim,
    ClaimStatus,
    ContextNote,
    GuildId,
    GuildRules,
    Label,
    LineKind,
    MessageId,
    NoteButton,
    NoteLine,
    Publication,
    Record,
    RecordVersion,
    SourcePublication,
    Spoken,
)
from bot.core.text import cut, cut_counted, shown
from bot.core.words import Words

MOST_LINES = 10
MOST_CHARACTERS = 900
MOST_CHARACTERS_TOGETHER = 1900
"""For several records: escaped it stays under Discord's 4,000 characters and its cap in bytes (discord-facts.md)."""
MOST_RECORDS = 3
MOST_CLAIMS = 3
LONGEST_LINK = 512
"""Discord's limit for the address of a link button."""

_CHANNEL = re.compile(r"<#\d{15,20}>")
_CLAIM, _SPEAKERS = 150, 80
_LENGTHS = ((150, 220), (100, 120), (60, 60), (40, 0))
"""Tried in turn: how long a title and the line about the original may be."""


@dataclass(frozen=True, slots=True)
class Composer:
    """What a note needs besides records: the words, and the objection address of the guild."""

    words: Words
    objections: str | None = None

    @classmethod
    def for_guild(cls, words: Words, rules: GuildRules) -> "Composer":
        """The composer of a guild."""
        return cls(words, rules.objections)

    def note(self, records: Sequence[Record], at: datetime) -> ContextNote:
        """The note about these records (at least one) as they stand at this time."""
        lines = self._one(records[0], at) if len(records) == 1 else self._several(records, at)
        return ContextNote(
            tuple(lines), tuple(self._buttons(records)), tuple(RecordVersion(r.id, r.version) for r in records)
        )

    def pointer(self, message: ChatMessage, spoken: Spoken) -> ContextNote:
        """One line for a repeat: where the note about it stands."""
        link = jump(message.guild_id, message.channel_id, spoken.note_message_id or spoken.message_id)
        text = self.words("note.pointer", date=spoken.at.date().isoformat())
        return ContextNote((NoteLine(LineKind.POINTER, text, link),), (), (), spoken)

    def _one(self, record: Record, at: datetime) -> list[NoteLine]:
        publication = record.publication
        foot = self._foot([record])
        lines: list[NoteLine] = []
        for title, original in _LENGTHS:
            head = [*self._head(publication, at, title, original), *self._count(publication.claims)]
            for shown_claims in range(min(MOST_CLAIMS, len(publication.claims)), -1, -1):
                lines = [*head, *self._claims(publication.claims, shown_claims), foot]
                if len(lines) <= MOST_LINES and _size(lines) <= MOST_CHARACTERS:
                    return lines
        return lines

    def _several(self, records: Sequence[Record], at: datetime) -> list[NoteLine]:
        lines: list[NoteLine] = []
        for spoken_of in range(min(MOST_RECORDS, len(records)), 0, -1):
            for title, original in _LENGTHS:
                lines = list(self._some(records, spoken_of, at, title, original))
                if _size(lines) <= MOST_CHARACTERS_TOGETHER:
                    return lines
        return lines

    def _some(
        self, records: Sequence[Record], spoken_of: int, at: datetime, title: int, original: int
    ) -> Iterator[NoteLine]:
        for record in records[:spoken_of]:
            yield from self._head(record.publication, at, title, original)
        if rest := len(records) - spoken_of:
            yield NoteLine(LineKind.MORE, self.words.count("note.more_records", rest))
        yield self._foot(records[:spoken_of])

    def _head(self, publication: Publication, at: datetime, title: int, original: int) -> Iterator[NoteLine]:
        yield NoteLine(LineKind.TITLE, self.short(publication.title, title))
        for label in labels_in_force(publication, at):
            yield NoteLine(LineKind.LABEL, self.label(label))
        if publication.source and original:
            yield NoteLine(LineKind.ORIGINAL, self.original(publication.source, original))

    def short(self, text: str, limit: int) -> str:
        """A record's text for a line: cut at a word, with a count of what was left out."""
        return shown(cut_counted(text, limit, lambda n: self.words.count("note.left_out", n)))

    def label(self, label: Label) -> str:
        """A label's line: its verbatim phrase, and since when it stands there."""
        text = self.words("note.label", phrase=shown(label.phrase))
        return text + (self.words("note.label_since", date=label.set) if label.set else "")

    def original(self, source: SourcePublication, limit: int) -> str:
        """What the publication is about: relation, title, outlet, date, whatever of them is recorded."""
        parts = [
            self.words("note.quoted", text=self.short(source.title, limit)) if source.title else "",
            self.short(source.name, limit) if source.name else "",
            source.published or "",
        ]
        about = ", ".join(part for part in parts if part) or self.words("note.original_untitled")
        relation = source.relation or "unknown"
        return self.words(f"note.relation.{relation}", original=about)

    def claim(self, claim: Claim, *, text: int = _CLAIM, speakers: int = _SPEAKERS) -> str:
        """A claim's line: its status as a sign and a word, the statement in quotes, who is said to say it."""
        return self.words(
            "note.claim",
            status=self.words(f"status.{claim.status}"),
            text=self.short(claim.text, text),
            speakers=self.speakers(claim.attribution, speakers),
        )

    def speakers(self, attribution: Sequence[str], limit: int) -> str:
        """Who is said to say it, innermost first; that nobody is named, where nobody is."""
        if not attribution:
            return self.words("note.no_speaker")
        named: list[str] = []
        for name in attribution:
            if sum(map(len, named)) + len(name) > 2 * limit and named:
                named.append("…")
                break
            named.append(self.short(name, limit))
        return self.words("note.speakers", names=self.words("note.speaker_chain").join(named))

    def _count(self, claims: Sequence[Claim]) -> Iterator[NoteLine]:
        if claims:
            unverified = sum(claim.status is ClaimStatus.UNVERIFIED for claim in claims)
            key = "all" if unverified == len(claims) else "some" if unverified else "none"
            yield NoteLine(LineKind.COUNT, self.words.count(f"note.claims.{key}", len(claims), unverified=unverified))

    def _claims(self, claims: Sequence[Claim], shown_claims: int) -> Iterator[NoteLine]:
        for claim in claims[:shown_claims]:
            yield NoteLine(LineKind.CLAIM, self.claim(claim))
        rest = len(claims) - shown_claims
        if shown_claims and rest:
            yield NoteLine(LineKind.MORE, self.words.count("note.more_claims", rest))

    def _foot(self, records: Sequence[Record]) -> NoteLine:
        lists = dict.fromkeys(self.list_name(record) for record in records)
        parts = [
            ", ".join(lists),
            self.words.count("note.versions", len(records), versions=", ".join(map(self._version, records))),
            self._reviewed([record.publication for record in records]),
        ]
        where, link = self.where_to_object()
        parts.append(self.words("note.objections", where=where))
        return NoteLine(LineKind.FOOT, " · ".join(parts), link)

    def _version(self, record: Record) -> str:
        if record.changed is None:
            return str(record.version)
        return self.words("note.version_of", version=record.version, date=record.changed.date().isoformat())

    def where_to_object(self) -> tuple[str, str]:
        """The text and the link: a channel, an address or a short text, as the guild set it."""
        given = self.objections
        if not given:
            return self.words("note.moderators"), ""
        if _CHANNEL.fullmatch(given):
            return "", given
        address = web_address(given)
        return ("", address) if address and len(address) <= LONGEST_LINK else (shown(cut(given, 100)), "")

    def _reviewed(self, publications: Sequence[Publication]) -> str:
        reviewed = [p.reviewed for p in publications if p.reviewed]
        if len(reviewed) == len(publications):
            return self.words("note.reviewed", dates=_days(reviewed))
        recorded = [p.recorded for p in publications if p.recorded]
        return self.words("note.not_reviewed", dates=_days(recorded)) if recorded else self.words("note.not_dated")

    def list_name(self, record: Record) -> str:
        """What a reader calls the list that a record stands in."""
        return self.words("list.local" if record.list == LOCAL_LIST else "list.guild")

    def _buttons(self, records: Sequence[Record]) -> Iterator[NoteButton]:
        several = len(records) > 1
        for number, record in enumerate(records[:MOST_RECORDS], 1):
            source = record.publication.source
            address = web_address(source.url) if source and source.url else None
            if address and len(address) <= LONGEST_LINK:
                label = self.words("button.original_of", n=number) if several else self.words("button.original")
                yield NoteButton(ButtonKind.ORIGINAL, label, address)
        if several or any(record.publication.claims for record in records):
            yield NoteButton(ButtonKind.CLAIMS, self.words("button.claims"))
        yield NoteButton(ButtonKind.WHY, self.words("button.why"))


def labels_in_force(publication: Publication, at: datetime) -> tuple[Label, ...]:
    """The labels that have not run out. `until` is the last day, month or year on which one holds."""
    today = at.date().isoformat()
    return tuple(x for x in publication.labels if x.until is None or today[: len(x.until)] <= x.until)


def is_flagged(publication: Publication, at: datetime) -> bool:
    """Whether the record is in force at this time and carries a label that is."""
    if publication.valid_from and at < publication.valid_from:
        return False
    if publication.valid_until and at >= publication.valid_until:
        return False
    return bool(labels_in_force(publication, at))


def _size(lines: Sequence[NoteLine]) -> int:
    return sum(len(line.text) + len(line.link) for line in lines)


def _days(times: Sequence[datetime]) -> str:
    return ", ".join(dict.fromkeys(time.date().isoformat() for time in times))


def jump(guild_id: GuildId, channel_id: ChannelId, message_id: MessageId) -> str:
    """The address of a message (https://discord.com/developers/docs/reference)."""
    return f"https://discord.com/channels/{guild_id}/{channel_id}/{message_id}"


def nonce(message_id: int, kind: str, attempt: int) -> str:
    """The nonce of a post: only a retry of the same reservation repeats it. At most 25 characters, Discord's limit."""
    return f"{message_id}-{kind[:1]}{attempt}"
