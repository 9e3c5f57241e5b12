"""One exam for every note log: the fake in memory and SQLite."""

import asyncio
from dataclasses import replace
from datetime import timedelta

from bot.core.model import (
    AuthorKind,
    ChannelId,
    ChatMessage,
    ContextNote,
    GuildId,
    MessageId,
    PostKind,
    PublicationId,
    RecordVersion,
    Spoken,
    Todo,
)
from tests.store.conftest import NOW, Stores

WEEK = timedelta(days=7)
NOTE = ContextNote((), (), (RecordVersion(PublicationId(5), 1), RecordVersion(PublicationId(6), 2)))


def message(number: int = 1, *, channel: int = 9, seconds: float = 0) -> ChatMessage:
    return ChatMessage(
        MessageId(number), GuildId(1), ChannelId(channel), AuthorKind.MEMBER, NOW + timedelta(seconds=seconds), ()
    )


class TestNoteLog:
    async def test_a_slot_is_granted_once_however_many_ask(self, stores: Stores) -> None:
        granted = await asyncio.gather(*(stores.notes.reserve(message(), NOTE, PostKind.NOTE, NOW) for _ in range(20)))
        assert sum(filter(None, granted)) == 1

    async def test_a_note_is_found_by_its_message_and_by_itself(self, stores: Stores) -> None:
        assert await stores.notes.get(MessageId(1)) is None
        await stores.notes.reserve(message(), NOTE, PostKind.NOTE, NOW)
        reserved = await stores.notes.get(MessageId(1))
        assert reserved is not None
        assert (reserved.note_message_id, reserved.records, reserved.withdrawn) == (None, NOTE.records, None)
        assert await stores.notes.confirm(MessageId(1), MessageId(2), NOW)
        posted = await stores.notes.by_note(MessageId(2))
        assert posted is not None
        assert posted == replace(reserved, note_message_id=MessageId(2), todo=posted.todo)
        assert posted.todo is not Todo.SETTLE
        assert await stores.notes.by_note(MessageId(1)) is None

    async def test_a_vacated_slot_is_given_again_under_the_next_number(self, stores: Stores) -> None:
        assert await stores.notes.reserve(message(), NOTE, PostKind.NOTE, NOW) == 1
        await stores.notes.vacate(MessageId(1), NOW)
        assert await stores.notes.get(MessageId(1)) is None
        assert await stores.notes.reserve(message(), NOTE, PostKind.NOTE, NOW) == 2
        assert await stores.notes.reserve(message(), NOTE, PostKind.NOTE, NOW) == 0
        await stores.notes.confirm(MessageId(1), MessageId(2), NOW)
        assert await stores.notes.reserve(message(), NOTE, PostKind.NOTE, NOW) == 0
        await stores.notes.vacate(MessageId(1), NOW)
        assert await stores.notes.by_note(MessageId(2)) is None
        renewed = ContextNote((), (), NOTE.records[:1])
        assert await stores.notes.reserve(message(), renewed, PostKind.NOTE, NOW) == 3
        posted = await stores.notes.get(MessageId(1))
        assert posted is not None
        assert (posted.note_message_id, posted.records) == (None, renewed.records)

    async def test_an_observation_is_made_once_and_does_not_stand_in_a_notes_way(self, stores: Stores) -> None:
        assert await stores.notes.reserve(message(), NOTE, PostKind.OBSERVATION, NOW)
        assert not await stores.notes.reserve(message(), NOTE, PostKind.OBSERVATION, NOW)
        assert await stores.notes.get(MessageId(1)) is None
        assert (await stores.notes.past(message(2), [PublicationId(5)], PostKind.NOTE, WEEK)).last_spoken == {}
        assert (await stores.notes.past(message(2), [PublicationId(5)], PostKind.OBSERVATION, WEEK)).last_spoken
        assert await stores.notes.reserve(message(), NOTE, PostKind.NOTE, NOW)
        assert not await stores.notes.reserve(message(), NOTE, PostKind.OBSERVATION, NOW)

    async def test_a_withdrawn_note_stays_withdrawn(self, stores: Stores) -> None:
        await stores.notes.reserve(message(), NOTE, PostKind.NOTE, NOW)
        await stores.notes.confirm(MessageId(1), MessageId(2), NOW)
        assert await stores.notes.withdraw(MessageId(1), "why", NOW)
        assert not await stores.notes.withdraw(MessageId(1), "why", NOW)
        assert not await stores.notes.withdraw(MessageId(7), "why", NOW)
        assert not await stores.notes.reserve(message(), NOTE, PostKind.NOTE, NOW)
        posted = await stores.notes.get(MessageId(1))
        assert posted is not None
        assert posted.withdrawn

    async def test_a_note_withdrawn_on_its_way_is_told_at_confirm(self, stores: Stores) -> None:
        await stores.notes.reserve(message(), NOTE, PostKind.NOTE, NOW)
        await stores.notes.withdraw(MessageId(1), "message deleted", NOW)
        assert not await stores.notes.confirm(MessageId(1), MessageId(2), NOW)
        posted = await stores.notes.get(MessageId(1))
        assert posted is not None
        assert posted.note_message_id == 2

    async def test_the_newest_note_of_a_channel_is_one_that_stands(self, stores: Stores) -> None:
        for number in (1, 2, 3):
            await stores.notes.reserve(message(number, seconds=number), NOTE, PostKind.NOTE, NOW)
            if number < 3:
                await stores.notes.confirm(MessageId(number), MessageId(10 + number), NOW)
        await stores.notes.reserve(message(4, channel=8, seconds=9), NOTE, PostKind.NOTE, NOW)
        latest = await stores.notes.latest(ChannelId(9))
        assert latest is not None
        assert latest.message_id == 2
        await stores.notes.withdraw(MessageId(2), "gone", NOW)
        latest = await stores.notes.latest(ChannelId(9))
        assert latest is not None
        assert latest.message_id == 1
        assert await stores.notes.latest(ChannelId(7)) is None

    async def test_the_past_of_a_channel_is_its_own_without_the_message_itself(self, stores: Stores) -> None:
        await stores.notes.reserve(message(1, seconds=-90), NOTE, PostKind.NOTE, NOW)
        shorter = ContextNote((), (), NOTE.records[:1])
        await stores.notes.reserve(message(2, seconds=-30), shorter, PostKind.NOTE, NOW)
        await stores.notes.reserve(message(3, channel=8), NOTE, PostKind.NOTE, NOW)
        await stores.notes.reserve(message(4), NOTE, PostKind.NOTE, NOW)
        past = await stores.notes.past(
            message(4), [PublicationId(5), PublicationId(6), PublicationId(7)], PostKind.NOTE, WEEK
        )
        assert past.last_spoken == {
            PublicationId(5): Spoken(NOW - timedelta(seconds=30), MessageId(2)),
            PublicationId(6): Spoken(NOW - timedelta(seconds=90), MessageId(1)),
        }
        assert past.notes_last_minute == 2  # this message's own attempts count too
        assert (await stores.notes.past(message(4), [], PostKind.NOTE, WEEK)).last_spoken == {}

    async def test_a_withdrawn_note_does_not_keep_its_record_quiet(self, stores: Stores) -> None:
        await stores.notes.reserve(message(1, seconds=-5), NOTE, PostKind.NOTE, NOW)
        await stores.notes.withdraw(MessageId(1), "gone", NOW)
        assert (await stores.notes.past(message(2), [PublicationId(5)], PostKind.NOTE, WEEK)).last_spoken == {}

    async def test_a_renewed_note_speaks_of_other_records(self, stores: Stores) -> None:
        await stores.notes.reserve(message(), NOTE, PostKind.NOTE, NOW)
        renewed = ContextNote((), (), (RecordVersion(PublicationId(6), 3),))
        await stores.notes.renew(MessageId(1), renewed, None)
        posted = await stores.notes.get(MessageId(1))
        assert posted is not None
        assert posted.records == renewed.records

    async def test_a_notice_is_given_once_until_it_is_cleared(self, stores: Stores) -> None:
        given = [await stores.notes.notice(ChannelId(9), "a", NOW) for _ in range(3)]
        assert given == [True, False, False]
        assert await stores.notes.notice(ChannelId(9), "b", NOW)
        assert await stores.notes.notice(ChannelId(8), "a", NOW)
        await stores.notes.clear_notices(ChannelId(9))
        assert await stores.notes.notice(ChannelId(9), "a", NOW)
        assert not await stores.notes.notice(ChannelId(8), "a", NOW)
