"""A note lives with its record and with the note it leads to, as people in the channel see it."""

from dataclasses import replace

import pytest

from bot.core.model import OPERATOR, ChannelId, Mode, PublicationId, Repeats, guild_list
from bot.live import utc_now
from tests.cogs.acts import DELAY, claim_id, edits, given, record_id, retitle
from tests.stage import OTHER, PAGE, Stage, answer, raw, read, stage_client


async def turn(stage: Stage, status: str, typed: str = "dam") -> None:
    """A moderator sets the status of a claim of the Lake Report."""
    record = await record_id(stage, "lake")
    more = {"evidence": "https://proof.example/1", "date": "2026-01-01", "stance": "contradicts"}
    result = await stage.moderator.slash(
        stage.channel, "claim status",
        record=record, claim=await claim_id(stage, record, typed), status=status,
        **(more if status != "unverified" else {}),
    )  # fmt: skip
    assert "is now recorded as" in answer(result)


class TestRecord:
    async def test_every_note_follows_once_the_record_came_to_rest(self, stage: Stage) -> None:
        elsewhere = stage.guild.create_text_channel("elsewhere")
        await stage.member.send(stage.channel, PAGE)
        await stage.member.send(elsewhere, f"{PAGE} {OTHER}")
        await retitle(stage, "First")
        await stage.later(DELAY - 30)
        await retitle(stage, "The Lake, Retold", "first")
        await stage.later(DELAY - 30)
        assert "The Lake Report in Short" in read(stage.note())
        assert edits(stage) == 0
        await stage.later(60)
        for channel in (stage.channel, elsewhere):
            [note] = stage.notes(channel)
            assert "### The Lake, Retold" in read(note)
        assert "version 3 of 2026-01-01" in read(stage.note())
        assert "The Bridge in Short" in read(stage.notes(elsewhere)[0])
        assert edits(stage) == 2
        await stage.later(DELAY)
        assert edits(stage) == 2

    async def test_a_record_that_never_comes_to_rest_is_followed_all_the_same(self, stage: Stage) -> None:
        await stage.member.send(stage.channel, PAGE)
        title = "lake"
        for number in range(8):
            await retitle(stage, f"Lake {number}", title)
            await stage.later(DELAY - 20)
        assert "### Lake" in read(stage.note())

    async def test_a_removed_records_notes_are_struck_with_date_and_reason(self, stage: Stage) -> None:
        message = await stage.member.send(stage.channel, PAGE)
        record = await record_id(stage, "lake")
        result = await stage.moderator.slash(stage.channel, "flag remove", record=record)
        await stage.moderator.click(given(result), label="Remove this record")
        await stage.later(DELAY)
        assert read(stage.note()).splitlines() == [
            "~~Context note~~",
            "-# What this context note spoke of was removed from the records on 2026-01-01 by those who keep them.",
        ]
        await stage.member.delete(message)
        assert stage.notes() == []

    async def test_a_note_on_two_pages_goes_on_about_the_one_that_stays(self, stage: Stage) -> None:
        await stage.member.send(stage.channel, f"{PAGE} {OTHER}")
        record = await record_id(stage, "lake")
        result = await stage.moderator.slash(stage.channel, "flag remove", record=record)
        await stage.moderator.click(given(result), label="Remove this record")
        await stage.later(DELAY)
        assert "Lake" not in read(stage.note())
        assert "### The Bridge in Short" in read(stage.note())

    async def test_a_merged_records_notes_speak_of_the_one_that_stays(self, stage: Stage) -> None:
        await stage.member.send(stage.channel, PAGE)
        bridge, lake = await record_id(stage, "bridge"), await record_id(stage, "lake")
        ids = [PublicationId(int(bridge)), PublicationId(int(lake))]
        records = await stage.house.catalog.get(ids, [guild_list(stage.id)])
        same = records[1].publication.source
        await stage.house.catalog.change(records[0], replace(records[0].publication, source=same), OPERATOR, utc_now())
        await stage.moderator.slash(stage.channel, "flag addresses", record=bridge, action="merge", other=lake)
        await stage.later(DELAY)
        assert "### The Bridge in Short" in read(stage.note())

    async def test_a_deleted_message_beats_the_change_of_its_record(self, stage: Stage) -> None:
        message = await stage.member.send(stage.channel, PAGE)
        await retitle(stage, "The Lake, Retold")
        stage.env.backend.messages[stage.channel.id].pop(message.id)
        stage.env.backend.messages[stage.channel.id].pop(stage.note().id)
        await stage.later(DELAY)
        assert stage.notes() == []


class TestCorrection:
    async def test_a_channel_is_told_once_without_a_ping(self, stage: Stage) -> None:
        for _ in range(2):
            await stage.member.send(stage.channel, PAGE)
        await turn(stage, "disputed")
        await stage.later(DELAY)
        await stage.later(2)
        *notes, correction = stage.notes()
        assert [note.reference.message_id == notes[1].id for note in [correction] if note.reference] == [True]
        assert "was corrected on 2026-01-01: a claim's recorded status is another now" in read(correction)
        assert correction.flags.suppress_notifications
        assert not correction.mentions
        assert all("3 of them unverified" in read(note) for note in notes)
        await stage.later(DELAY)
        assert len(stage.notes()) == 3

    @pytest.mark.parametrize("how", ["setting", "turned back", "other change", "shown nowhere alone"])
    async def test_there_is_none_where_nothing_turned_or_nobody_wants_it(self, stage: Stage, how: str) -> None:
        await stage.rules(corrections=how != "setting")
        await stage.member.send(stage.channel, f"{PAGE} {OTHER}" if how == "shown nowhere alone" else PAGE)
        if how == "other change":
            await retitle(stage, "The Lake, Retold")
        else:
            await turn(stage, "disputed")
        if how == "turned back":
            await turn(stage, "unverified")
        for _ in range(3):
            await stage.later(DELAY)
        assert len(stage.notes()) == 1

    async def test_it_goes_with_its_note(self, stage: Stage) -> None:
        message = await stage.member.send(stage.channel, PAGE)
        await turn(stage, "disputed")
        for _ in range(2):
            await stage.later(DELAY)
        assert len(stage.notes()) == 2
        await stage.member.delete(message)
        assert stage.notes() == []

    async def test_discord_refuses_it_and_that_is_said(self, stage: Stage) -> None:
        await stage.member.send(stage.channel, PAGE)
        await turn(stage, "disputed")
        path = f"/channels/{stage.channel.id}/messages"
        stage.env.inject_error("POST", path, status=403, code=200000, message="blocked")
        for _ in range(2):
            await stage.later(DELAY)
        assert len(stage.notes()) == 1
        assert "No correction of the note under" in stage.logged()


class TestRepeats:
    async def test_a_repeat_gets_one_line_that_leads_to_the_note(self, stage: Stage) -> None:
        await stage.rules(cooldown_seconds=600)
        await stage.member.send(stage.channel, PAGE)
        again = await stage.member.send(stage.channel, PAGE)
        note, pointer = stage.notes()
        assert raw(pointer) == (
            "The context note on this page, of 2026\\-01\\-01, stands here\\: "
            f"<https://discord.com/channels/{stage.guild.id}/{stage.channel.id}/{note.id}>"
        )
        assert pointer.reference is not None
        assert pointer.reference.message_id == again.id
        await stage.member.edit(again, "nothing")
        assert [n.id for n in stage.notes()] == [note.id]

    async def test_a_pointer_becomes_the_note_when_the_note_goes(self, stage: Stage) -> None:
        await stage.rules(cooldown_seconds=600)
        first = await stage.member.send(stage.channel, PAGE)
        await stage.member.send(stage.channel, PAGE)
        await stage.member.delete(first)
        await stage.later()
        assert "### The Lake Report in Short" in read(stage.note())

    async def test_silence_is_a_setting(self, stage: Stage) -> None:
        await stage.rules(cooldown_seconds=600)
        result = await stage.moderator.slash(stage.channel, "settings set", repeats="silence")
        assert "A repeat within that time (repeats): gets nothing" in answer(result)
        for _ in range(2):
            await stage.member.send(stage.channel, PAGE)
        assert len(stage.notes()) == 1

    async def test_pointers_count_for_the_most_notes_a_minute(self, stage: Stage) -> None:
        await stage.rules(cooldown_seconds=600, notes_per_minute=3, repeats=Repeats.POINTER)
        for _ in range(6):
            await stage.member.send(stage.channel, PAGE)
        assert len(stage.notes()) == 3


class TestHistory:
    async def test_it_says_what_changed_when_and_never_who(self, stage: Stage) -> None:
        await retitle(stage, "The Lake, Retold")
        await turn(stage, "disputed")
        said = answer(await stage.member.slash(stage.channel, "context history", link=f"{PAGE}?utm_source=x"))
        lines = said.splitlines()
        assert lines[0] == "### “The Lake, Retold”, version 3"
        assert "2026-01-01: claim “A dam is planned”: unverified → disputed" in lines[1]
        assert "title “The Lake Report in Short” → “The Lake, Retold”" in lines[2]
        assert lines[3] == "2026-01-01: recorded"
        assert "theo" not in said
        assert str(stage.moderator.id) not in said

    async def test_a_page_that_is_not_recorded_has_none(self, stage: Stage) -> None:
        said = answer(await stage.member.slash(stage.channel, "context history", link="https://example.org/x"))
        assert "Nothing is recorded about this page" in said


async def test_observe_mode_posts_no_correction(stage: Stage) -> None:
    await stage.member.send(stage.channel, PAGE)
    await stage.rules(mode=Mode.OBSERVE, log_channel=ChannelId(stage.log.id))
    await turn(stage, "disputed")
    for _ in range(2):
        await stage.later(DELAY)
    [note] = stage.notes()
    assert "1 of them" not in read(note)
    assert "3 of them unverified" in read(note)


class TestWords:
    async def test_where_to_object_is_changed_in_every_note(self, stage: Stage) -> None:
        await stage.member.send(stage.channel, PAGE)
        await stage.moderator.slash(stage.channel, "settings set", objections="write to the desk")
        await stage.later()
        assert read(stage.note()).endswith("Objections: write to the desk")

    async def test_new_words_reach_old_notes_at_the_next_start(self, stage: Stage) -> None:
        await stage.member.send(stage.channel, PAGE)
        before = edits(stage)
        await stage.env.restart_bot(stage_client(stage.house))
        await stage.later()
        assert edits(stage) == before
        words = stage.house.texts.words._flat
        words["list.guild"] = "The list of this place"
        await stage.env.restart_bot(stage_client(stage.house))
        await stage.later()
        assert "-# The list of this place · version 1" in read(stage.note())
        assert edits(stage) == before + 1
