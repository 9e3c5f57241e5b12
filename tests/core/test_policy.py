"""The only place that decides: a table of circumstances, and what follows."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.core.model import (
    LOCAL_LIST,
    Address,
    AuthorKind,
    ChannelId,
    ChannelPast,
    ChatMessage,
    Found,
    GuildId,
    GuildRules,
    Label,
    Link,
    ListName,
    LookupKey,
    Match,
    MessageId,
    Mode,
    PostedNote,
    PostKind,
    PostNote,
    Publication,
    PublicationId,
    Reason,
    Record,
    RecordVersion,
    Repeats,
    Spoken,
    StaySilent,
)
from bot.core.note import Composer
from bot.core.policy import decide, flagged, may_change, wanted
from bot.core.revise import Edit, Keep, Withdraw, revise
from bot.settings import load_words

Parts = dict[str, Any]
NOW = datetime(2026, 1, 1, tzinfo=UTC)
COMPOSER = Composer(load_words("en"))
MESSAGE = ChatMessage(
    MessageId(1), GuildId(1), ChannelId(9), AuthorKind.MEMBER, NOW, (), places=(ChannelId(9), ChannelId(8))
)
RULES = GuildRules(mode=Mode.POST)


def match(number: int = 1, *, name: str = "guild-1", key: str | None = None, **parts: Any) -> Match:
    found = LookupKey(key or f"a.example/{number}")
    address = Address(f"https://{found}", found)
    publication = Publication((address,), f"T{number}", labels=(Label("a", "P"),))
    record = Record(PublicationId(number), ListName(name), 1, replace(publication, **parts))
    return Match(Link(address.url, Found.CONTENT, (found,)), address, record)


def past(seconds: float, notes: int = 0) -> ChannelPast:
    """Record 1 was spoken of so many seconds after now."""
    spoken = Spoken(NOW + timedelta(seconds=seconds), MessageId(77), MessageId(78))
    return ChannelPast({PublicationId(1): spoken}, notes)


QUIET = {"repeats": Repeats.SILENCE}
SILENT: list[tuple[Parts, Parts, ChannelPast, Reason]] = [
    ({"author": AuthorKind.SELF}, {}, ChannelPast(), Reason.OWN_MESSAGE),
    ({"author": AuthorKind.SYSTEM}, {}, ChannelPast(), Reason.SYSTEM_MESSAGE),
    ({"author": AuthorKind.BOT}, {}, ChannelPast(), Reason.ANOTHER_BOT),
    ({"author": AuthorKind.BOT, "answers_bot": True}, {"other_bots": True}, ChannelPast(), Reason.REPLY_TO_BOT),
    ({"has_our_components": True}, {"other_bots": True}, ChannelPast(), Reason.OUR_COMPONENTS),
    ({}, {"mode": Mode.OFF}, ChannelPast(), Reason.MODE_OFF),
    ({}, {"mode": Mode.OBSERVE}, ChannelPast(), Reason.OBSERVING),
    ({}, {"ignored": frozenset({ChannelId(9)})}, ChannelPast(), Reason.CHANNEL_IGNORED),
    ({}, {"ignored": frozenset({ChannelId(8)})}, ChannelPast(), Reason.CHANNEL_IGNORED),
    ({"missing": ("send_messages",)}, {}, ChannelPast(), Reason.NO_PERMISSION),
    ({}, QUIET, past(-599), Reason.COOLING_DOWN),
    ({}, QUIET, past(5), Reason.COOLING_DOWN),
    ({}, {"mode": Mode.OBSERVE}, past(-599), Reason.COOLING_DOWN),
    ({}, {}, ChannelPast({}, 5), Reason.TOO_MANY_NOTES),
]
ANSWERED: list[tuple[Parts, Parts, ChannelPast]] = [
    ({}, {}, ChannelPast()),
    ({"author": AuthorKind.WEBHOOK}, {}, ChannelPast()),
    ({"author": AuthorKind.BOT}, {"other_bots": True}, ChannelPast()),
    ({"answers_bot": True}, {}, ChannelPast()),
    ({}, {"ignored": frozenset({ChannelId(7)})}, ChannelPast()),
    ({}, {}, past(-600, 4)),
    ({}, {"cooldown_seconds": 0}, past(0)),
]


@pytest.mark.parametrize(("message", "rules", "before", "reason"), SILENT, ids=lambda x: str(x)[:30])
def test_silence_has_a_reason(
    message: dict[str, Any], rules: dict[str, Any], before: ChannelPast, reason: Reason
) -> None:
    decision = decide(replace(MESSAGE, **message), [match()], replace(RULES, **rules), before, COMPOSER)
    assert isinstance(decision, StaySilent)
    assert decision.reason is reason


@pytest.mark.parametrize(("message", "rules", "before"), ANSWERED, ids=lambda x: str(x)[:30])
def test_what_is_answered(message: Parts, rules: Parts, before: ChannelPast) -> None:
    decision = decide(replace(MESSAGE, **message), [match()], replace(RULES, **rules), before, COMPOSER)
    assert isinstance(decision, PostNote)


def test_nothing_flagged_is_nothing_to_say() -> None:
    for matches in ([], [match(labels=())], [match(valid_until=NOW)], [match(valid_from=NOW + timedelta(1))]):
        assert decide(MESSAGE, matches, RULES, ChannelPast(), COMPOSER) == StaySilent(Reason.NOTHING_FLAGGED)


def test_only_what_is_fresh_is_spoken_of() -> None:
    decision = decide(MESSAGE, [match(1), match(2)], RULES, past(0), COMPOSER)
    assert isinstance(decision, PostNote)
    assert decision.note.records == (RecordVersion(PublicationId(2), 1),)


def test_a_guilds_word_stands_before_the_operators_and_each_record_once() -> None:
    both = [match(1, name=LOCAL_LIST, key="a.example/x"), match(2, key="a.example/x"), match(3, name=LOCAL_LIST)]
    assert [r.id for r in flagged([*both, *both], GuildId(1), NOW)] == [2, 3]


@pytest.mark.parametrize(
    ("message", "rules", "may"),
    [
        ({}, {}, True),
        ({}, {"mode": Mode.OFF}, False),
        ({}, {"mode": Mode.OBSERVE}, False),
        ({"missing": ("x",)}, {}, False),
        ({}, {"ignored": frozenset({ChannelId(9)})}, False),
    ],
)
def test_a_note_changes_only_where_it_would_be_posted(message: Parts, rules: Parts, *, may: bool) -> None:
    assert may_change(replace(MESSAGE, **message), replace(RULES, **rules)) is may


@pytest.mark.parametrize(
    ("posted", "wanted", "kind"),
    [([1], [1], Keep), ([1], [1, 2], Edit), ([1], [2], Edit), ([1], [], Withdraw), ([1, 2], [2, 1], Edit)],
)
def test_the_posted_note_is_kept_edited_or_withdrawn(posted: list[int], wanted: list[int], kind: type) -> None:
    versions = tuple(RecordVersion(PublicationId(i), 1) for i in posted)
    note = PostedNote(MESSAGE.id, MESSAGE.guild_id, MESSAGE.channel_id, MessageId(2), versions)
    should_stand = COMPOSER.note([match(i).record for i in wanted], NOW) if wanted else None
    assert isinstance(revise(note, should_stand), kind)
    if should_stand and posted:
        says = COMPOSER.note([match(i).record for i in posted], NOW).says
        assert isinstance(revise(replace(note, says=says), should_stand), kind)


def test_another_version_of_a_record_is_another_note() -> None:
    note = PostedNote(
        MESSAGE.id, MESSAGE.guild_id, MESSAGE.channel_id, MessageId(2), (RecordVersion(PublicationId(1), 1),)
    )
    assert isinstance(revise(note, COMPOSER.note([replace(match().record, version=2)], NOW)), Edit)


def test_a_repeat_gets_one_line_that_leads_to_the_note() -> None:
    decision = decide(MESSAGE, [match()], RULES, past(-5), COMPOSER)
    assert isinstance(decision, PostNote)
    assert decision.note.points_to == past(-5).last_spoken[PublicationId(1)]
    [line] = decision.note.lines
    assert line.link.endswith(f"/{MESSAGE.channel_id}/78")
    assert decision.note.records == ()


def test_a_pointer_becomes_the_note_when_the_note_is_gone_and_goes_with_the_link() -> None:
    pointing = PostedNote(
        MESSAGE.id, MESSAGE.guild_id, MESSAGE.channel_id, MessageId(2), (), kind=PostKind.POINTER, says="x"
    )
    still = wanted(pointing, MESSAGE, [match()], replace(RULES, repeats=Repeats.SILENCE), past(-5), COMPOSER, NOW)
    assert still is not None
    assert still.points_to is not None
    promoted = wanted(pointing, MESSAGE, [match()], RULES, ChannelPast(), COMPOSER, NOW)
    assert promoted is not None
    assert promoted.points_to is None
    assert wanted(pointing, MESSAGE, [], RULES, ChannelPast(), COMPOSER, NOW) is None
