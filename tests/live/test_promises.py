"""Exactly one note, never lost, always current: each promise by itself, without chance (that is `test_chaos`)."""

import asyncio
import time
from collections.abc import Callable

import pytest

from tests.benchmarks.chaos import Stage, stage
from tests.benchmarks.verdict import Verdict, judge, text_of
from tests.loopback import Fault, Limits
from tests.loopback.world import Json

PAGE = "https://page.example/1"
POSTS = "POST /channels/"


async def until(happened: Callable[[], bool], seconds: float = 25) -> None:
    """Waits for something that is to happen."""
    async with asyncio.timeout(seconds):
        while not happened():  # noqa: ASYNC110 - what happens, happens in another process
            await asyncio.sleep(0.05)


def replies(one: Stage, message_id: int) -> list[Json]:
    """What the bot answered to a message."""
    every = [m for messages in one.discord.world.messages.values() for m in messages.values()]
    return [m for m in every if int(m.get("message_reference", {}).get("message_id", 0)) == message_id]


async def verdict(one: Stage) -> Verdict:
    """What stands in the channels once everything is done."""
    assert await one.settled(), one.log()[-3000:]
    assert one.discord.wrong == []
    return judge(one.discord.world, await one.records())


def posts(one: Stage) -> int:
    """Requests that posted."""
    return len([name for name in one.discord.seen if name.startswith(POSTS)])


@pytest.mark.parametrize("fault", [Fault.ERROR_503, Fault.RESET_BEFORE, Fault.RESET_AFTER, Fault.TOO_MANY])
async def test_a_send_survives_what_discord_does_to_it(fault: Fault) -> None:
    async with stage(1) as one:
        await one.connected()
        one.discord.faults.order(fault, POSTS, 2)
        message = one.discord.world.post(one.channels[0], PAGE)
        one.discord.faults.order(Fault.LOST_EVENT, "MESSAGE_CREATE", 1)  # nor does the gateway show the note
        await until(lambda: len(replies(one, message)) == 1)
        assert str(await verdict(one)) == "flagged 1, answered 1, corrections 0, doubled 0, lost 0, stale 0"
        assert posts(one) >= 2


@pytest.mark.parametrize(("nonce", "tried"), [("60", 2), ("1", 1)], ids=["within", "after"])
async def test_a_note_that_landed_unsaid_is_found_again_within_and_after_the_nonces_time(
    nonce: str, tried: int
) -> None:
    async with stage(1, SIDENOTE_NOTES__NONCE_SECONDS=nonce) as one:
        one.discord.world.nonce_seconds = 60
        await one.connected()
        one.discord.faults.order(Fault.RESET_AFTER, POSTS, 1)
        one.discord.faults.order(Fault.LOST_EVENT, "MESSAGE_CREATE", 1)
        message = one.discord.world.post(one.channels[0], "words")  # this event is lost, the next one is not
        one.discord.world.edit(one.channels[0], message, PAGE)
        one.discord.faults.order(Fault.LOST_EVENT, "MESSAGE_CREATE", 1)
        await until(lambda: len(replies(one, message)) == 1)
        assert await one.kill()
        await one.start()
        assert (await verdict(one)).good
        assert len(replies(one, message)) == 1
        assert posts(one) <= tried  # the channel, read again, may show it before


async def test_a_request_that_is_carried_out_after_the_next_start_looked_doubles_nothing() -> None:
    async with stage(1, SIDENOTE_NOTES__NONCE_SECONDS="60") as one:
        one.discord.world.nonce_seconds = 64
        await one.connected()
        one.discord.faults.until = asyncio.Event()
        one.discord.faults.order(Fault.DELAY_BEFORE, POSTS, 1)
        message = one.discord.world.post(one.channels[0], PAGE)
        await until(lambda: posts(one) == 1)
        assert await one.kill()
        await one.start()
        await until(lambda: posts(one) == 2)  # it looked, found nothing and posts again
        one.discord.faults.until.set()
        assert str(await verdict(one)) == "flagged 1, answered 1, corrections 0, doubled 0, lost 0, stale 0"
        assert posts(one) == 2
        assert len(replies(one, message)) == 1


async def test_what_is_too_old_to_be_posted_is_closed_with_a_reason() -> None:
    async with stage(1, SIDENOTE_NOTES__SETTLE_SECONDS="3", SIDENOTE_NOTES__NONCE_SECONDS="1") as one:
        await one.connected()
        one.discord.faults.order(Fault.RESET_BEFORE, POSTS, 50)
        message = one.discord.world.post(one.channels[0], PAGE)
        await until(lambda: posts(one) > 0)
        await one.kill()
        one.discord.faults.clear()
        await asyncio.sleep(4)
        await one.connected()
        assert await one.settled()
        assert replies(one, message) == []
        assert f"message={message} channel={one.channels[0]} closed: not settled in time" in one.log()


async def test_after_downtime_everything_is_as_if_it_had_been_there() -> None:
    async with stage(1) as one:
        await one.connected()
        world, talk = one.discord.world, one.channels[0]
        kept, changed, gone, empty = (world.post(talk, f"https://page.example/{i}") for i in range(4))
        await until(lambda: all(replies(one, m) for m in (kept, changed, gone, empty)))
        await one.kill()
        missed = world.post(talk, "https://page.example/5")
        world.post(talk, "nothing")
        world.edit(talk, changed, "https://page.example/6")
        world.edit(talk, empty, "nothing any more")
        world.delete(talk, gone)
        world.delete(talk, int(replies(one, kept)[0]["id"]))  # a moderator's hand
        await one.connected()
        await until(lambda: bool(replies(one, missed)))
        await one.settled()
        assert "Page 6 state 1" in text_of(replies(one, changed)[0])
        assert [replies(one, m) for m in (gone, empty, kept)] == [[], [], []]
        world.edit(talk, kept, "https://page.example/7")
        await asyncio.sleep(0.5)
        assert replies(one, kept) == []


async def test_catching_up_has_bounds_of_number_and_age() -> None:
    async with stage(1, SIDENOTE_NOTES__CATCH_UP_MESSAGES="3", SIDENOTE_NOTES__CATCH_UP_SECONDS="14") as one:
        await one.connected()
        await one.kill()
        world = one.discord.world
        old = [world.post(one.channels[0], f"https://page.example/{i}") for i in range(2)]
        await asyncio.sleep(14.5)
        young = [world.post(one.channels[1], f"https://page.example/{i}") for i in range(5)]
        await one.connected()
        await until(lambda: "read again, messages=3" in one.log())
        await one.settled()
        assert [len(replies(one, m)) for m in (*old, *young)] == [0, 0, 1, 1, 1, 0, 0]


async def test_what_was_said_before_the_bot_first_ran_is_not_answered() -> None:
    async with stage(1) as one:
        before = one.discord.world.post(one.channels[0], PAGE)
        await asyncio.sleep(1.1)
        await one.connected()
        await one.settled()
        assert replies(one, before) == []


async def test_duplicates_resumes_and_new_sessions_double_nothing() -> None:
    async with stage(1) as one:
        await one.connected()
        world, faults = one.discord.world, one.discord.faults
        faults.order(Fault.DUPLICATE_EVENT, "MESSAGE_", 6)
        sent = [world.post(one.channels[0], f"https://page.example/{i}") for i in range(3)]
        one.discord.gateway.disconnect()
        sent.append(world.post(one.channels[1], PAGE))
        await until(lambda: "resume" in one.discord.gateway.seen)
        one.discord.gateway.forget()
        sent.append(world.post(one.channels[2], PAGE))
        await until(lambda: one.discord.gateway.seen.count("identify") == 2, 40)
        await until(lambda: all(replies(one, m) for m in sent), 40)
        assert (await verdict(one)).good


async def test_several_processes_on_one_database_post_one_note() -> None:
    async with stage(1) as one:
        await one.connected()
        second = Stage(one.discord, one.house, one._program, one.chance)
        second.channels = one.channels
        try:
            await second.connected()
            sent = [one.discord.world.post(one.channels[i % 5], f"https://page.example/{i % 4}") for i in range(20)]
            await until(lambda: all(replies(one, m) for m in sent))
            assert (await verdict(one)).good
        finally:
            await second.close()


async def test_a_slow_channel_holds_up_no_other() -> None:
    async with stage(1) as one:
        await one.connected()
        slow, quick = one.channels[:2]
        one.discord.faults.delay = (4, 4)
        one.discord.faults.order(Fault.DELAY_BEFORE, f"{POSTS}{slow}/", 2)
        waiting = [one.discord.world.post(slow, f"https://page.example/{i}") for i in range(2)]
        answered = one.discord.world.post(quick, PAGE)
        await until(lambda: bool(replies(one, answered)), 3)
        assert [replies(one, m) for m in waiting] == [[], []]
        await until(lambda: all(replies(one, m) for m in waiting))
        assert (await verdict(one)).good


async def test_no_second_sees_more_requests_than_allowed_even_where_they_bunch_up() -> None:
    async with stage(1, SIDENOTE_DISCORD__REQUESTS_PER_SECOND="10") as one:
        one.discord.limits = Limits(overall=10, bucket=100)
        await one.connected()
        sent = [one.discord.world.post(one.channels[i % 5], f"https://page.example/{i % 10}") for i in range(40)]
        for _ in range(8):
            await asyncio.sleep(0.2)
            time.sleep(0.4)  # noqa: ASYNC251 - nothing is read meanwhile, then everything at once
        await until(lambda: all(replies(one, m) for m in sent), 30)
        assert one.discord.limits.refused == []


async def test_a_gateway_that_stops_beating_ends_the_process_with_a_sentence() -> None:
    async with stage(1, SIDENOTE_DISCORD__SILENCE_SECONDS="5") as one:
        one.discord.gateway.interval = 1
        await one.connected()
        await asyncio.sleep(6)  # as long as it beats, it runs
        assert one._process is not None
        assert one._process.returncode is None
        one.discord.gateway.beats = False
        status, last = await one.ended()
        assert status == 1
        assert last.startswith("Discord's gateway gave no sign of life for 5 seconds, so the program ends")
