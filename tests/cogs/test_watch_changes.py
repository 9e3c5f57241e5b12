"""Messages that change or go, and failures: the note goes with its message."""

import pytest

from bot.core.model import Mode, Repeats
from tests.stage import OTHER, PAGE, Stage, raw, read


async def test_an_edit_into_a_link_gets_a_note_and_an_edit_out_of_it_takes_the_note_away(stage: Stage) -> None:
    message = await stage.member.send(stage.channel, "nothing yet")
    assert stage.notes() == []
    await stage.member.edit(message, f"now {PAGE}")
    assert "The Lake Report" in read(stage.note())
    await stage.member.edit(message, f"now {OTHER}")
    assert "The Bridge" in read(stage.note())
    await stage.member.edit(message, "gone")
    assert stage.notes() == []


async def test_an_edit_that_changes_no_link_changes_no_note(stage: Stage) -> None:
    message = await stage.member.send(stage.channel, PAGE)
    before = len(stage.env.http_requests)
    await stage.member.edit(message, f"the same: {PAGE}")
    assert len(stage.env.http_requests) == before


async def test_a_deleted_message_takes_its_note_along(stage: Stage) -> None:
    message = await stage.member.send(stage.channel, PAGE)
    await stage.member.delete(message)
    assert stage.notes() == []


async def test_a_note_deleted_by_hand_counts_as_withdrawn(stage: Stage) -> None:
    message = await stage.member.send(stage.channel, PAGE)
    await stage.moderator.delete(stage.note())
    await stage.member.edit(message, f"again {PAGE}")
    assert stage.notes() == []


async def test_a_link_edited_out_and_back_gets_its_note_back(stage: Stage) -> None:
    message = await stage.member.send(stage.channel, PAGE)
    for text in ("x", PAGE, "y", PAGE):
        await stage.member.edit(message, text)
    assert "The Lake Report" in read(stage.note())
    nonces = {r.json["nonce"] for r in stage.env.http_requests if r.json and "nonce" in r.json}
    assert len(nonces) == 3


@pytest.mark.parametrize(("edited", "notes"), [("nothing", 0), (OTHER, 1)])
async def test_an_edit_that_overtakes_its_note_is_followed(stage: Stage, edited: str, notes: int) -> None:
    backend = stage.env.backend
    message = backend.create_message(stage.channel.id, stage.member.id, PAGE)
    backend.edit_message(stage.channel.id, message.id, {"content": edited})
    await stage.env.settle()
    assert len(stage.notes()) == notes
    if notes:
        assert "The Bridge" in read(stage.note())


async def test_a_delete_that_overtakes_its_note_takes_it_along(stage: Stage) -> None:
    backend = stage.env.backend
    message = backend.create_message(stage.channel.id, stage.member.id, PAGE)
    backend.delete_message(stage.channel.id, message.id)
    await stage.env.settle()
    assert stage.notes() == []


async def test_old_messages_edited_into_links_keep_to_the_bounds(stage: Stage) -> None:
    await stage.rules(notes_per_minute=2)
    old = [await stage.member.send(stage.channel, f"words {i}") for i in range(6)]
    await stage.env.advance_time(3600)
    for message in old:
        await stage.member.edit(message, PAGE)
    assert len(stage.notes()) == 2
    await stage.rules(cooldown_seconds=600, repeats=Repeats.SILENCE)
    late = await stage.member.send(stage.channel, "words")
    await stage.member.edit(late, PAGE)
    assert len(stage.notes()) == 2


async def test_a_harmless_edit_keeps_a_note_whatever_the_cooldown_is_now(stage: Stage) -> None:
    await stage.member.send(stage.channel, PAGE)
    second = await stage.member.send(stage.channel, PAGE)
    await stage.rules(cooldown_seconds=600)
    await stage.member.edit(second, f"{PAGE} with a word more")
    assert len(stage.notes()) == 2


async def test_in_observe_mode_each_message_is_logged_once(stage: Stage) -> None:
    await stage.rules(mode=Mode.OBSERVE)
    message = await stage.member.send(stage.channel, PAGE)
    await stage.member.edit(message, f"{PAGE} again")
    assert stage.logged().count("Observed") == 1
    await stage.rules()
    await stage.member.edit(message, f"{PAGE} and again")
    assert len(stage.notes()) == 1


async def test_mode_off_rewrites_nothing_and_leaves_no_wrong_note(stage: Stage) -> None:
    message = await stage.member.send(stage.channel, PAGE)
    await stage.rules(mode=Mode.OFF)
    await stage.member.edit(message, f"{PAGE} again")
    assert "The Lake Report" in read(stage.note())
    await stage.member.edit(message, OTHER)
    assert stage.notes() == []


async def test_deleting_many_at_once_takes_every_note_that_can_be_taken(stage: Stage) -> None:
    sent = [await stage.member.send(stage.channel, PAGE) for _ in range(4)]
    stage.env.inject_error("DELETE", f"/channels/{stage.channel.id}/messages/*", status=403, code=50013)
    stage.env.backend.bulk_delete_messages(stage.channel.id, [m.id for m in sent])
    await stage.env.settle()
    assert len(stage.notes()) == 1


async def test_a_passing_failure_is_tried_again_under_the_same_nonce(stage: Stage) -> None:
    stage.env.inject_error("POST", f"/channels/{stage.channel.id}/messages", status=503, times=2)
    await stage.member.send(stage.channel, PAGE)
    for _ in range(2):
        await stage.later(2)
    assert len(stage.notes()) == 1
    nonces = [r.json["nonce"] for r in stage.env.http_requests if r.json and "nonce" in r.json]
    assert len(set(nonces)) == 1


async def test_a_lasting_failure_is_told_to_the_log_channel(stage: Stage) -> None:
    stage.env.inject_error("POST", f"/channels/{stage.channel.id}/messages", status=503, times=None)
    await stage.member.send(stage.channel, PAGE)
    for _ in range(3):
        await stage.later(10)
    assert stage.notes() == []
    assert "Discord did not answer for certain" in stage.logged()


async def test_a_member_who_forwards_a_note_gets_none(stage: Stage) -> None:
    chain = (
        f'{{"addresses":["https://chain.example/1"],"title":"Chain","labels":["summary"],"source":{{"url":"{PAGE}"}}}}'
    )
    await stage.record(chain)
    await stage.member.send(stage.channel, "https://chain.example/1")
    await stage.member.forward(stage.note(), stage.channel)
    assert len(stage.notes()) == 1


async def test_a_struck_note_goes_with_its_message(stage: Stage) -> None:
    message = await stage.member.send(stage.channel, PAGE)
    await stage.moderator.context_menu(stage.channel, "Withdraw this note", stage.note())
    await stage.member.delete(message)
    assert stage.notes() == []


@pytest.mark.parametrize(
    ("where", "shown"),
    [("<#1456074443980800011>", "<#1456074443980800011>"), ("https://rules.example/x", "<https://rules.example/x>")],
)
async def test_objections_go_to_a_channel_or_an_address(stage: Stage, where: str, shown: str) -> None:
    await stage.rules(objections=where)
    await stage.member.send(stage.channel, PAGE)
    assert raw(stage.note()).endswith(f"Objections\\: {shown}")


async def test_a_note_deleted_while_the_bot_was_away_counts_as_withdrawn(stage: Stage) -> None:
    message = await stage.member.send(stage.channel, PAGE)
    stage.env.backend.messages[stage.channel.id].pop(stage.note().id)
    await stage.member.edit(message, OTHER)
    await stage.member.edit(message, "nothing")
    await stage.member.edit(message, PAGE)
    assert stage.notes() == []


async def test_editing_in_and_out_does_not_pass_the_bound_by(stage: Stage) -> None:
    await stage.rules(notes_per_minute=2)
    message = await stage.member.send(stage.channel, PAGE)
    for _ in range(6):
        await stage.member.edit(message, "nothing")
        await stage.member.edit(message, PAGE)
    path = f"/channels/{stage.channel.id}/messages"
    assert len([r for r in stage.env.http_requests if r.method == "POST" and r.path == path]) == 2


async def test_a_lasting_refusal_is_said_once(stage: Stage) -> None:
    path = f"/channels/{stage.channel.id}/messages"
    stage.env.inject_error("POST", path, status=403, code=50013, times=None)
    for _ in range(3):
        await stage.member.send(stage.channel, PAGE)
    assert stage.logged().count("No note under") == 1


async def test_taking_a_note_back_is_audited_with_reason_and_actor(stage: Stage) -> None:
    message = await stage.member.send(stage.channel, PAGE)
    await stage.moderator.slash(stage.channel, "flag withdraw", reason="wrong page")
    async with stage.house.catalog._database.read() as snapshot:
        [event] = await snapshot.rows("events_of", subject_kind="note", subject_id=message.id)
    assert event[1:4] == ("moderator", stage.moderator.id, "withdraw")
    assert "wrong page" in event[5]


async def test_a_note_that_landed_unsaid_is_known_and_can_be_taken_back(stage: Stage) -> None:
    message = await stage.member.send(stage.channel, "words")
    stage.env.inject_error("POST", f"/channels/{stage.channel.id}/messages", status=503, times=None)
    await stage.member.edit(message, PAGE)
    for _ in range(3):
        await stage.later(10)
    backend = stage.env.backend
    reference = {"channel_id": str(stage.channel.id), "message_id": str(message.id), "guild_id": str(stage.guild.id)}
    backend.create_message(stage.channel.id, backend.bot_user.id, "the note, as it landed", reference=reference)
    await stage.env.settle()
    stage.env.backend.faults.clear()
    await stage.member.delete(message)
    assert stage.notes() == []


async def test_a_reply_of_an_earlier_attempt_proves_nothing_about_the_next(stage: Stage) -> None:
    message = await stage.member.send(stage.channel, PAGE)
    await stage.member.edit(message, "nothing")
    stage.env.inject_error("POST", f"/channels/{stage.channel.id}/messages", status=503, times=None)
    await stage.member.edit(message, PAGE)
    for _ in range(3):
        await stage.later(10)
    assert "Discord did not answer for certain" in stage.logged()
