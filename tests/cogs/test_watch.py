"""Live messages: what a person in the channel sees."""

import asyncio

import discord
import pytest

from bot.core.model import ChannelId, Mode, Repeats
from tests.stage import OTHER, PAGE, SECOND, Stage, buttons, raw, read, stage_client

OBJECTIONS = "Objections: this server's moderators"
LABELS = (
    "Label on the page: “This publication is a summary or evaluation of another publication”",
    "Label on the page: “This publication contains editorial commentary or bias from the source”",
)


async def test_a_shared_link_gets_one_silent_reply_that_says_what_is_recorded(stage: Stage) -> None:
    message = await stage.member.send(stage.channel, f"look: {PAGE}?utm_source=x !")
    note = stage.note()
    assert note.reference is not None
    assert note.reference.message_id == message.id
    assert note.flags.suppress_notifications
    assert not note.mentions
    assert not note.mention_everyone
    assert read(note).splitlines() == [
        "### The Lake Report in Short",
        *LABELS,
        "Summary of “The Lake in Numbers”, Lake Weekly, 2025-11-19",
        "4 claims recorded, nobody has verified them:",
        "○ Unverified: “The lake lost 40 centimetres in 2024”, said by Water Board, reported by Lake Weekly",
        "○ Unverified: “Nine springs ran dry”, said by Lake Weekly",
        "○ Unverified: “Boats were moved”, no source named",
        "-# and 1 more",
        f"-# This server's list · version 1 of 2026-01-01 · recorded 2026-01-01, not reviewed since · {OBJECTIONS}",
    ]
    assert buttons(note) == [
        ("Original", "https://weekly.example/lake"),
        ("All claims", None),
        ("Why this note?", None),
    ]


async def test_the_request_pings_nobody_and_carries_a_nonce_that_a_retry_repeats(stage: Stage) -> None:
    message = await stage.member.send(stage.channel, PAGE)
    [request] = [r for r in stage.env.http_requests if r.path == f"/channels/{stage.channel.id}/messages"]
    assert request.json is not None
    assert request.json["allowed_mentions"] == {"parse": [], "replied_user": False}
    assert request.json["nonce"] == f"{message.id}-n1"
    assert request.json["enforce_nonce"] is True
    assert len(request.json["nonce"]) <= 25


async def test_several_links_get_one_note(stage: Stage) -> None:
    await stage.member.send(stage.channel, f"{PAGE} and <{OTHER}> and {PAGE}#part")
    text = read(stage.note())
    assert text.count("###") == 2
    assert "The Lake Report in Short" in text
    assert "The Bridge in Short" in text
    assert "claims recorded" not in text
    assert [label for label, _ in buttons(stage.note())] == ["Original 1", "Original 2", "All claims", "Why this note?"]


async def test_from_the_fourth_page_on_they_are_counted(stage: Stage) -> None:
    more = [SECOND.replace("/2026/bridge", f"/{i}").replace("The Bridge", f"Page {i}") for i in range(3)]
    await stage.record(*more)
    links = [PAGE, OTHER, *(f"https://digest.example/{i}" for i in range(3))]
    await stage.member.send(stage.channel, " ".join(links))
    text = read(stage.note())
    assert text.count("###") == 3
    assert "and 2 more, under All claims" in text


@pytest.mark.parametrize(
    "text",
    [
        f"`{PAGE}`",
        f"```\n{PAGE}\n```",
        "https://summaries.example/lake-report-2",
        "https://summaries.example/",
        "https://evil.example/?u=https://summaries.example/lake-reports",
        "summaries",
        "",
    ],
)
async def test_no_link_to_the_page_no_note(stage: Stage, text: str) -> None:
    await stage.member.send(stage.channel, text or "nothing")
    assert stage.notes() == []


@pytest.mark.parametrize("text", [f"[read]({PAGE})", f"||{PAGE}||", f"<{PAGE}>", f"**{PAGE}**", f"({PAGE})."])
async def test_a_link_in_any_dress_gets_its_note(stage: Stage, text: str) -> None:
    await stage.member.send(stage.channel, text)
    assert "The Lake Report in Short" in read(stage.note())


async def test_a_forward_gets_its_note(stage: Stage) -> None:
    elsewhere = stage.guild.create_text_channel("elsewhere")
    await stage.rules(ignored=frozenset({ChannelId(elsewhere.id)}))
    source = await stage.member.send(elsewhere, PAGE)
    forwarded = await stage.member.forward(source, stage.channel)
    reference = stage.note().reference
    assert reference is not None
    assert reference.message_id == forwarded.id


async def test_a_webhook_is_answered_in_text_and_embed(stage: Stage) -> None:
    hook = stage.guild.create_webhook(stage.channel)
    await hook.send("news", embed=discord.Embed(title="x", url=PAGE))
    assert len(stage.notes()) == 1
    await hook.send(PAGE)
    assert len(stage.notes()) == 2


async def test_another_bot_is_answered_only_where_the_guild_says_so(stage: Stage) -> None:
    robot = stage.guild.add_member(stage.env.create_user("robot", bot=True))
    await robot.send(stage.channel, PAGE)
    assert stage.notes() == []
    await stage.rules(other_bots=True)
    await robot.send(stage.channel, PAGE)
    assert len(stage.notes()) == 1


async def test_a_bot_that_replies_to_a_bot_is_never_answered(stage: Stage) -> None:
    await stage.rules(other_bots=True)
    robot = stage.guild.add_member(stage.env.create_user("robot", bot=True))
    first = await robot.send(stage.channel, "hello")
    await robot.send(stage.channel, PAGE, reply_to=first)
    assert stage.notes() == []


async def test_two_instances_in_one_channel_do_not_answer_each_other(stage: Stage) -> None:
    """Another Sidenote's note, seen as a bot's message: it links to the page and carries Sidenote's buttons."""
    await stage.rules(other_bots=True)
    robot = stage.env.create_user("another-sidenote", bot=True)
    stage.guild.add_member(robot)
    backend = stage.env.backend
    button = {"type": 2, "style": 2, "label": "All claims", "custom_id": "sidenote:claims:m1", "id": 3}
    backend.create_message(
        stage.channel.id,
        robot.id,
        "",
        flags=1 << 15,
        components=[
            {"type": 10, "content": PAGE, "id": 1},
            {"type": 1, "id": 2, "components": [button]},
        ],
    )
    await stage.env.settle()
    assert stage.notes() == []


async def test_our_own_messages_are_not_answered(stage: Stage) -> None:
    await stage.rules(log_channel=ChannelId(stage.channel.id), mode=Mode.OBSERVE, other_bots=True)
    await stage.member.send(stage.channel, PAGE)
    assert len(stage.notes()) == 1
    assert "Observed, not posted" in read(stage.note())


@pytest.mark.parametrize("what", ["channel", "category", "parent"])
async def test_an_ignored_place_is_left_alone(stage: Stage, what: str) -> None:
    category = stage.guild.create_category("off topic")
    channel = stage.guild.create_text_channel("inside", category=category)
    ignored = {"channel": channel.id, "category": category.id, "parent": channel.id}[what]
    await stage.rules(ignored=frozenset({ChannelId(ignored)}))
    await stage.member.send(channel, PAGE)
    assert stage.notes(channel) == []


async def test_observe_mode_posts_nothing_and_logs_what_and_why(stage: Stage) -> None:
    await stage.rules(mode=Mode.OBSERVE)
    message = await stage.member.send(stage.channel, f"secret words {PAGE}")
    assert stage.notes() == []
    logged = stage.logged()
    assert f"https://discord.com/channels/{stage.guild.id}/{stage.channel.id}/{message.id}" in logged
    assert "The Lake Report in Short" in logged
    assert LABELS[0] in logged
    assert "Because of a link looked up as summaries.example/lake-report" in logged
    assert "secret words" not in logged


async def test_mode_off_says_and_logs_nothing(stage: Stage) -> None:
    await stage.rules(mode=Mode.OFF)
    await stage.member.send(stage.channel, PAGE)
    assert stage.notes() == []
    assert stage.logged() == ""


async def test_where_the_bot_may_not_speak_it_does_not_try_and_says_so_once(stage: Stage) -> None:
    me = stage.guild.me
    assert me is not None
    closed = stage.guild.create_text_channel(
        "closed", overwrites={me: discord.PermissionOverwrite(send_messages=False)}
    )
    for _ in range(3):
        await stage.member.send(closed, PAGE)
    assert stage.notes(closed) == []
    assert [r for r in stage.env.http_requests if str(closed.id) in r.path] == []
    assert stage.logged().count("Send Messages") == 1


async def test_the_cooldown_keeps_a_record_quiet_in_its_channel_only(stage: Stage) -> None:
    await stage.rules(cooldown_seconds=600, repeats=Repeats.SILENCE)
    await stage.member.send(stage.channel, PAGE)
    await stage.member.send(stage.channel, PAGE)
    assert len(stage.notes()) == 1
    await stage.member.send(stage.channel, OTHER)
    assert len(stage.notes()) == 2
    elsewhere = stage.guild.create_text_channel("elsewhere")
    await stage.member.send(elsewhere, PAGE)
    assert len(stage.notes(elsewhere)) == 1
    await stage.env.advance_time(601)
    await stage.member.send(stage.channel, PAGE)
    assert len(stage.notes()) == 3


async def test_at_most_so_many_notes_a_minute_and_the_rest_is_said_once(stage: Stage) -> None:
    await stage.rules(notes_per_minute=2)
    for _ in range(4):
        await stage.member.send(stage.channel, PAGE)
    assert len(stage.notes()) == 2
    assert stage.logged().count("More than 2 flagged messages in a minute") == 1
    await stage.env.advance_time(61)
    await stage.member.send(stage.channel, PAGE)
    assert len(stage.notes()) == 3


async def test_discord_refuses_and_the_log_channel_hears_of_it(stage: Stage) -> None:
    stage.env.inject_error("POST", f"/channels/{stage.channel.id}/messages", status=403, code=200000, message="blocked")
    message = await stage.member.send(stage.channel, PAGE)
    assert stage.notes() == []
    assert "The server's own rules blocked the note." in stage.logged()
    await stage.member.edit(message, f"{PAGE} again")
    assert len(stage.notes()) == 1


async def test_a_record_of_one_guild_does_not_exist_in_another(stage: Stage) -> None:
    other = Stage(stage.house, stage.env, stage.env.create_guild("Another"), stage.web)
    await other.rules()
    await other.member.send(other.channel, PAGE)
    assert other.notes() == []


async def test_what_a_record_says_is_shown_as_text(stage: Stage) -> None:
    nasty = "**bold** @everyone <@1> [x](https://evil.example) https://evil.example `c` ||s|| # h"
    await stage.record(f'{{"addresses":["https://nasty.example/1"],"title":"{nasty}","labels":["summary"]}}')
    await stage.member.send(stage.channel, "https://nasty.example/1")
    sent = raw(stage.note())
    assert read(stage.note()).splitlines()[0] == f"### {nasty}"
    for live in ("**", "@everyone", "<@1>", "](", "https://", "`", "||"):
        assert live not in sent.replace("\\" + live[0], "")


async def test_two_messages_at_one_instant_share_the_cooldown(stage: Stage) -> None:
    await stage.rules(cooldown_seconds=600, repeats=Repeats.SILENCE)
    backend = stage.env.backend
    for _ in range(2):
        backend.create_message(stage.channel.id, stage.member.id, PAGE)
    await stage.env.settle()
    assert len(stage.notes()) == 1


async def test_a_busy_channel_answers_each_of_many_messages_once(stage: Stage) -> None:
    await stage.rules(notes_per_minute=60)
    sent = [stage.env.backend.create_message(stage.channel.id, stage.member.id, PAGE).id for _ in range(20)]
    await stage.env.settle()
    answered = sorted(note.reference.message_id or 0 for note in stage.notes() if note.reference)
    assert answered == sorted(sent)


async def test_restart_keeps_the_buttons_alive_and_answers_nothing_twice(stage: Stage) -> None:
    await stage.member.send(stage.channel, PAGE)
    await stage.env.restart_bot(stage_client(stage.house))
    await asyncio.sleep(0)
    assert len(stage.notes()) == 1
    result = await stage.member.click(stage.note(), label="All claims")
    assert result.response is not None
    assert "A dam is planned" in read(result.response)
