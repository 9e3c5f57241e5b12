"""decide(…) → PostNote | StaySilent(reason): the only place that decides whether a message is answered."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core.model import (
    AuthorKind,
    ChannelPast,
    ChatMessage,
    ContextNote,
    Decision,
    GuildId,
    GuildRules,
    Match,
    Mode,
    PostedNote,
    PostKind,
    PostNote,
    Reason,
    Record,
    Repeats,
    StaySilent,
    guild_list,
)
from bot.core.note import Composer, is_flagged


def decide(
    message: ChatMessage, matches: Sequence[Match], rules: GuildRules, past: ChannelPast, composer: Composer
) -> Decision:
    """The decision about one message. Its own time is the clock."""
    if reason := _not_ours_to_answer(message, rules):
        return StaySilent(reason)
    records = flagged(matches, message.guild_id, message.sent_at)
    if not records:
        return StaySilent(Reason.NOTHING_FLAGGED)
    fresh = to_speak_of(records, message, rules, past)
    if not fresh and (rules.repeats is Repeats.SILENCE or rules.mode is Mode.OBSERVE):
        return StaySilent(Reason.COOLING_DOWN, composer.note(records, message.sent_at))
    note = composer.note(fresh, message.sent_at) if fresh else pointer(records, message, past, composer)
    if past.notes_last_minute >= rules.notes_per_minute:
        return StaySilent(Reason.TOO_MANY_NOTES, note)
    if message.missing:
        return StaySilent(Reason.NO_PERMISSION, note)
    if rules.mode is Mode.OBSERVE:
        return StaySilent(Reason.OBSERVING, note)
    return PostNote(note)


def flagged(matches: Sequence[Match], guild_id: GuildId, at: datetime) -> list[Record]:
    """The records to speak of, in the order of the links, each once; the guild's own word before the operator's.

    Where a guild and the operator recorded the same address, the guild's record stands alone.
    """
    own = guild_list(guild_id)
    own_keys = {m.address.key for m in matches if m.record.list == own}
    chosen = [m.record for m in matches if m.record.list == own or m.address.key not in own_keys]
    return [r for r in {record.id: record for record in chosen}.values() if is_flagged(r.publication, at)]


def counted_as(rules: GuildRules) -> PostKind:
    """What a decision under these rules counts as, for cooldown and rate: an observation beside observations."""
    return PostKind.NOTE if rules.mode is Mode.POST else PostKind.OBSERVATION


def to_speak_of(records: Sequence[Record], message: ChatMessage, rules: GuildRules, past: ChannelPast) -> list[Record]:
    """The records that were not spoken of in this channel within the cooldown."""
    return [record for record in records if not _cooling_down(record, message, rules, past)]


def pointer(records: Sequence[Record], message: ChatMessage, past: ChannelPast, composer: Composer) -> ContextNote:
    """The line that leads to the newest note of the channel about one of these records (there is one)."""
    spoken = max((past.last_spoken[r.id] for r in records if r.id in past.last_spoken), key=lambda s: s.at)
    return composer.pointer(message, spoken)


def wanted(
    posted: PostedNote,
    message: ChatMessage,
    matches: Sequence[Match],
    rules: GuildRules,
    past: ChannelPast,
    composer: Composer,
    now: datetime,
) -> ContextNote | None:
    """The note that should stand under a message that has one, as things are now; None: none."""
    records = flagged(matches, message.guild_id, now)
    told = {version.id for version in posted.records}
    fresh = {record.id for record in to_speak_of(records, message, rules, past)}
    if speak_of := [record for record in records if record.id in told | fresh]:
        return composer.note(speak_of, now)
    if records and (rules.repeats is Repeats.POINTER or posted.kind is PostKind.POINTER):
        return pointer(records, message, past, composer)
    return None


def may_answer(message: ChatMessage, rules: GuildRules) -> bool:
    """Whether a message is one that this guild wants answered at all, posted or observed."""
    return _not_ours_to_answer(message, rules) is None


def may_change(message: ChatMessage, rules: GuildRules) -> bool:
    """Whether a note may get new contents: not where a note would not be posted today."""
    return rules.mode is Mode.POST and not message.missing and _not_ours_to_answer(message, rules) is None


def _not_ours_to_answer(message: ChatMessage, rules: GuildRules) -> Reason | None:
    if message.author is AuthorKind.SELF:
        return Reason.OWN_MESSAGE
    if message.author is AuthorKind.SYSTEM:
        return Reason.SYSTEM_MESSAGE
    if message.has_our_components:
        return Reason.OUR_COMPONENTS
    if rules.mode is Mode.OFF:
        return Reason.MODE_OFF
    if rules.ignored.intersection(message.places):
        return Reason.CHANNEL_IGNORED
    if message.author is AuthorKind.BOT:
        if not rules.other_bots:
            return Reason.ANOTHER_BOT
        if message.answers_bot:
            return Reason.REPLY_TO_BOT
    return None


def _cooling_down(record: Record, message: ChatMessage, rules: GuildRules, past: ChannelPast) -> bool:
    spoken = past.last_spoken.get(record.id)
    return spoken is not None and abs(message.sent_at - spoken.at) < timedelta(seconds=rules.cooldown_seconds)
