"""A guild's settings: shown, changed, and tried out on a link without effect."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.core.errors import BadRecord
from bot.core.model import (
    Actor,
    ChannelId,
    ChatMessage,
    Decision,
    GuildId,
    GuildRules,
    LineKind,
    Mode,
    NoteLine,
    Reason,
    Repeats,
    StaySilent,
)
from bot.core.note import Composer
from bot.core.policy import counted_as, decide
from bot.core.records import fields
from bot.core.words import Words
from bot.ports import Clock, GuildBook, NoteLog, NoteWork
from bot.services.look_up import Findings, LookUp

COOLDOWN_MOST = 7 * 24 * 3600
NOTES_MOST = 60
OBJECTIONS_MOST = 100
IGNORED_MOST = 200
_SHOWN = 20


@dataclass(frozen=True, slots=True)
class RulesChange:
    """What a moderator set; None leaves it as it is."""

    mode: Mode | None = None
    ignore: ChannelId | None = None
    listen: ChannelId | None = None
    log_channel: ChannelId | None = None
    cooldown_seconds: int | None = None
    objections: str | None = None
    other_bots: bool | None = None
    notes_per_minute: int | None = None
    typed_links: bool | None = None
    short_links: bool | None = None
    repeats: Repeats | None = None
    corrections: bool | None = None
    page_fetching: bool | None = None
    clear_log_channel: bool = False
    clear_objections: bool = False


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What would happen to a message, and everything that led to it."""

    decision: Decision
    findings: Findings
    missing: tuple[str, ...]


class Rules:
    """The settings of one guild at a time."""

    def __init__(
        self, look_up: LookUp, notes: NoteLog, work: NoteWork, book: GuildBook, words: Words, clock: Clock
    ) -> None:
        self._look_up = look_up
        self._notes = notes
        self._work = work
        self._book = book
        self._words = words
        self._clock = clock

    async def of(self, guild_id: GuildId) -> GuildRules:
        """The settings in force."""
        return await self._book.rules(guild_id)

    async def change(self, guild_id: GuildId, actor: Actor, change: RulesChange) -> GuildRules:
        """New settings; BadRecord where one is out of bounds."""
        before = await self._book.rules(guild_id)
        after = _changed(before, change)
        if after != before:
            await self._book.save(guild_id, after, actor, self._clock())
        if after.objections != before.objections:  # it stands in the last line of every note
            await self._work.renew_all(guild_id)
        return after

    async def rehearse(self, message: ChatMessage) -> Rehearsal:
        """What would happen to this message here and now. Nothing is reserved, posted, logged or counted."""
        rules = await self._book.rules(message.guild_id)
        findings = await self._look_up.in_guild(message.texts, message.guild_id, rules)
        if not findings.links:
            return Rehearsal(StaySilent(Reason.NO_LINK), Findings(), message.missing)
        cooldown = timedelta(seconds=rules.cooldown_seconds)
        past = await self._notes.past(message, {m.record.id for m in findings.matches}, counted_as(rules), cooldown)
        decision = decide(message, findings.matches, rules, past, Composer.for_guild(self._words, rules))
        return Rehearsal(decision, findings, message.missing)

    async def hints(self, guild_id: GuildId) -> list[str]:
        """What is not set up yet, each with the command that sets it."""
        rules = await self._book.rules(guild_id)
        hints = [] if rules.mode is Mode.POST else [self._words(f"hint.mode_{rules.mode}")]
        return hints + ([self._words("hint.no_log_channel")] if rules.log_channel is None else [])

    async def shown(self, guild_id: GuildId) -> list[NoteLine]:
        """The settings in words, one a line; channels stand as links."""
        rules = await self._book.rules(guild_id)
        nothing = self._words("settings.nothing")
        log_channel = [rules.log_channel] if rules.log_channel else []
        return [
            self._line("mode", self._words(f"settings.mode_{rules.mode}")),
            self._line("ignored", "" if rules.ignored else nothing, _mentions(sorted(rules.ignored), self._words)),
            self._line("log_channel", "" if log_channel else nothing, _mentions(log_channel, self._words)),
            self._line("cooldown", self._words.count("settings.seconds", rules.cooldown_seconds)),
            self._line("objections", *Composer.for_guild(self._words, rules).where_to_object()),
            self._line("other_bots", self._words(f"settings.{'' if rules.other_bots else 'not_'}answered")),
            self._line("notes_per_minute", str(rules.notes_per_minute)),
            self._line("typed_links", self._words(f"settings.{'' if rules.typed_links else 'not_'}counted")),
            self._line("short_links", self._words(f"settings.{'' if rules.short_links else 'not_'}looked_up")),
            self._line("repeats", self._words(f"settings.repeats_{rules.repeats}")),
            self._line("corrections", self._words(f"settings.{'' if rules.corrections else 'not_'}corrected")),
            self._line("page_fetching", self._words(f"settings.{'' if rules.page_fetching else 'not_'}fetched")),
        ]

    def _line(self, setting: str, value: str, link: str = "") -> NoteLine:
        return NoteLine(LineKind.LABEL, self._words(f"settings.line.{setting}", value=value), link)


def _mentions(channels: Sequence[ChannelId], words: Words) -> str:
    listed = ", ".join(f"<#{channel}>" for channel in channels[:_SHOWN])
    rest = len(channels) - _SHOWN
    return f"{listed} {words.count('note.more_claims', rest)}" if rest > 0 else listed


def _changed(rules: GuildRules, change: RulesChange) -> GuildRules:
    ignored = (rules.ignored | ({change.ignore} if change.ignore else set())) - (
        {change.listen} if change.listen else set()
    )
    if len(ignored) > IGNORED_MOST:
        raise BadRecord("ignore", "ignored_most", most=IGNORED_MOST)
    objections = fields.line(change.objections, "objections", OBJECTIONS_MOST)
    return replace(
        rules,
        mode=change.mode or rules.mode,
        ignored=frozenset(ignored),
        log_channel=None if change.clear_log_channel else change.log_channel or rules.log_channel,
        cooldown_seconds=_bounded(change.cooldown_seconds, rules.cooldown_seconds, 0, COOLDOWN_MOST, "cooldown"),
        objections=None if change.clear_objections else objections or rules.objections,
        other_bots=rules.other_bots if change.other_bots is None else change.other_bots,
        notes_per_minute=_bounded(change.notes_per_minute, rules.notes_per_minute, 1, NOTES_MOST, "notes_per_minute"),
        typed_links=rules.typed_links if change.typed_links is None else change.typed_links,
        short_links=rules.short_links if change.short_links is None else change.short_links,
        repeats=change.repeats or rules.repeats,
        corrections=rules.corrections if change.corrections is None else change.corrections,
        page_fetching=rules.page_fetching if change.page_fetching is None else change.page_fetching,
    )


def _bounded(value: int | None, otherwise: int, least: int, most: int, field: str) -> int:
    if value is None:
        return otherwise
    if not least <= value <= most:
        raise BadRecord(field, "between", least=least, most=most)
    return value
