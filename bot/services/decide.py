"""What should stand under a message: reads, asks core, and takes the right to post. Posts nothing itself."""

from dataclasses import dataclass
from datetime import timedelta

from bot.core.model import (
    ChatMessage,
    ContextNote,
    Decision,
    GuildRules,
    LookupKey,
    Mode,
    PostedNote,
    PostKind,
    PostNote,
    Reason,
    StaySilent,
    lists_read_in,
)
from bot.core.note import Composer
from bot.core.policy import counted_as, decide, flagged, may_answer, wanted
from bot.core.words import Words
from bot.ports import Basis, Clock, GuildBook, NoteLog, ReadMarks
from bot.services.look_up import Findings, LookUp
from bot.services.shorteners import Shorteners
from bot.services.turns import Turns

_MOST_ROUNDS = 10
"""Of deciding anew because another process posted in the channel meanwhile."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision; the number of the attempt where the right to post was taken; which links led to records."""

    decision: Decision
    attempt: int = 0
    rules: GuildRules | None = None
    keys: tuple[LookupKey, ...] = ()


class Decide:
    """Decides about messages. A channel's messages take turns, so that two links in one instant get one note."""

    def __init__(
        self,
        look_up: LookUp,
        notes: NoteLog,
        marks: ReadMarks,
        book: GuildBook,
        shorteners: Shorteners,
        words: Words,
        clock: Clock,
    ) -> None:
        self._look_up = look_up
        self._notes = notes
        self._marks = marks
        self._book = book
        self._shorteners = shorteners
        self._words = words
        self._clock = clock
        self._channels = Turns()

    async def about(self, message: ChatMessage) -> Decided:
        """The decision about a message without an answer; where it is to be answered, the right to is taken."""
        keys = self._look_up.keys(message.texts)
        if not keys:
            return Decided(StaySilent(Reason.NO_LINK))
        is_short = bool(self._look_up.short_keys(keys))
        if not is_short and not await self._look_up.is_any_recorded(keys, lists_read_in(message.guild_id)):
            return Decided(StaySilent(Reason.NOTHING_FLAGGED))
        rules = await self._book.rules(message.guild_id)
        findings = await self._look_up.in_guild(message.texts, message.guild_id, rules)
        if not findings.matches:
            return Decided(StaySilent(Reason.NOTHING_FLAGGED))
        for match in findings.matches:
            await self._shorteners.propose(match, message.guild_id)
        found = tuple(m.address.key for m in findings.matches)
        async with self._channels.of(message.channel_id):
            for _ in range(_MOST_ROUNDS):
                decision, attempt = await self._take(message, findings, rules)
                if attempt is not None:
                    return Decided(decision, attempt, rules, found)
        return Decided(StaySilent(Reason.TOO_MANY_NOTES), 0, rules, found)

    async def wanted(self, message: ChatMessage, posted: PostedNote) -> tuple[ContextNote | None, GuildRules]:
        """The note that should stand under a message that has one, by what the message says now."""
        rules = await self._book.rules(message.guild_id)
        findings = await self._look_up.in_guild(message.texts, message.guild_id, rules)
        basis = await self._basis(message, findings, rules, PostKind.NOTE)
        composer = Composer.for_guild(self._words, rules)
        return wanted(posted, message, findings.matches, rules, basis.past, composer, self._clock()), rules

    async def needs_look_up(self, message: ChatMessage) -> list[LookupKey]:
        """The short links to be asked about first: where the guild allows it and nothing else is flagged."""
        short = self._look_up.short_keys(self._look_up.keys(message.texts))
        if not short or message.sent_by is None:
            return []
        rules = await self._book.rules(message.guild_id)
        if not rules.short_links or not may_answer(message, rules):
            return []
        findings = await self._look_up.in_guild(message.texts, message.guild_id, rules)
        if flagged(findings.matches, message.guild_id, message.sent_at):
            return []
        return self._look_up.short_keys(self._look_up.keys(message.texts, typed=rules.typed_links))

    async def _take(self, message: ChatMessage, findings: Findings, rules: GuildRules) -> tuple[Decision, int | None]:
        counted = counted_as(rules)
        basis = await self._basis(message, findings, rules, counted)
        decision = decide(message, findings.matches, rules, basis.past, Composer.for_guild(self._words, rules))
        observed = isinstance(decision, StaySilent) and decision.reason is Reason.OBSERVING
        if decision.note is None or not (isinstance(decision, PostNote) or observed):
            return decision, 0
        if not observed and await self._marks.is_closed(message.channel_id, message.permissions):
            return StaySilent(Reason.CHANNEL_REFUSED, decision.note), 0
        kind = counted if rules.mode is Mode.OBSERVE else decision.note.kind
        attempt = await self._notes.reserve(message, decision.note, kind, self._clock(), basis)
        if attempt == 0:
            earlier = await self._notes.get(message.id)
            return StaySilent(Reason.WITHDRAWN if earlier and earlier.withdrawn else Reason.ALREADY_ANSWERED), 0
        return decision, attempt

    async def _basis(self, message: ChatMessage, findings: Findings, rules: GuildRules, kind: PostKind) -> Basis:
        records = frozenset(m.record.id for m in findings.matches)
        cooldown = timedelta(seconds=rules.cooldown_seconds)
        return Basis(await self._notes.past(message, records, kind, cooldown), records, cooldown)
