"""The simulated Discord keeps Discord's own rules: a bench that lets everything pass would prove nothing."""

import time
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest

from tests.loopback import TOKEN, Fault, Limits, Loopback, description
from tests.loopback.world import Json

NOTE = {"content": "a note", "nonce": "1-n1", "enforce_nonce": True}


class Asks:
    """A client of the HTTP routes."""

    def __init__(self, discord: Loopback, session: aiohttp.ClientSession) -> None:
        self.discord = discord
        self._session = session
        self.channel = discord.world.add_channel()

    async def __call__(self, method: str, path: str, body: Json | None = None) -> tuple[int, Json, Any]:
        """Status, headers, answer."""
        url = f"{self.discord.env()['SIDENOTE_DISCORD__API']}{path}"
        async with self._session.request(method, url, json=body) as response:
            answer = await response.json() if response.content_length else {}
            return response.status, dict(response.headers), answer

    async def post(self, body: Json) -> tuple[int, Json, Any]:
        """The bot posts."""
        return await self("POST", f"/channels/{self.channel}/messages", body)

    def standing(self) -> int:
        """How many messages stand in the channel."""
        return len(self.discord.world.messages[self.channel])


@pytest.fixture
async def asks() -> AsyncIterator[Asks]:
    """A server without limits or faults."""
    headers = {"Authorization": f"Bot {TOKEN}"}
    async with Loopback(nonce_seconds=0.2) as discord, aiohttp.ClientSession(headers=headers) as session:
        yield Asks(discord, session)


async def test_a_nonce_gives_the_first_message_for_a_while(asks: Asks) -> None:
    first, again = await asks.post(NOTE), await asks.post(NOTE)
    assert first[2]["id"] == again[2]["id"]
    assert asks.standing() == 1
    time.sleep(0.25)  # noqa: ASYNC251 - the server's own clock
    assert (await asks.post(NOTE))[2]["id"] != first[2]["id"]
    assert (await asks.post({**NOTE, "enforce_nonce": False}))[0] == 200
    assert asks.standing() == 3


async def test_a_nonce_of_a_deleted_message_fails(asks: Asks) -> None:
    _, _, first = await asks.post(NOTE)
    await asks("DELETE", f"/channels/{asks.channel}/messages/{first['id']}")
    status, _, answer = await asks.post(NOTE)
    assert (status, answer["code"]) == (404, 10008)


async def test_a_reply_to_nothing_is_refused(asks: Asks) -> None:
    status, _, answer = await asks.post({"content": "x", "message_reference": {"message_id": "5"}})
    assert (status, answer["code"]) == (400, 50035)


@pytest.mark.skipif(not description.is_there(), reason="Discord's API description is not beside the checkout")
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/channels/{c}/whispers", None),
        ("POST", "/channels/{c}/messages", {"content": "x", "colour": "red"}),
        ("POST", "/channels/{c}/messages", {"content": 5}),
        ("POST", "/channels/{c}/messages", {"content": "x", "nonce": "n" * 26}),
        ("GET", "/channels/{c}/messages?how_many=5", None),
    ],
)
async def test_what_discord_does_not_know_fails_and_is_kept(
    asks: Asks, method: str, path: str, body: Json | None
) -> None:
    status, _, _ = await asks(method, path.format(c=asks.channel), body)
    assert status >= 400
    assert len(asks.discord.wrong) == 1


async def test_history_is_paged_as_discord_pages_it(asks: Asks) -> None:
    sent = [asks.discord.world.post(asks.channel, str(i)) for i in range(5)]
    path = f"/channels/{asks.channel}/messages"
    _, _, after = await asks("GET", f"{path}?after={sent[1]}&limit=2")
    assert [int(m["id"]) for m in after] == [sent[3], sent[2]]
    _, _, before = await asks("GET", f"{path}?before={sent[3]}&limit=2")
    assert [int(m["id"]) for m in before] == [sent[2], sent[1]]


async def test_limits_are_told_and_kept(asks: Asks) -> None:
    asks.discord.limits = Limits(overall=8, bucket=3)
    told = [await asks.post({"content": str(i)}) for i in range(4)]
    assert [status for status, _, _ in told] == [200, 200, 200, 429]
    assert [headers["X-RateLimit-Remaining"] for _, headers, _ in told] == ["2", "1", "0", "0"]
    assert told[3][2]["global"] is False
    assert 0 < told[3][2]["retry_after"] <= 5
    other = [await asks("GET", f"/channels/{asks.channel}/messages?limit={i}") for i in range(1, 4)]
    assert [status for status, _, _ in other] == [200, 200, 200]
    everywhere = [await asks("GET", "/users/@me") for _ in range(3)]
    assert [status for status, _, _ in everywhere] == [200, 200, 429]
    assert everywhere[2][2]["global"] is True


@pytest.mark.parametrize(
    ("fault", "status", "stands"),
    [
        (Fault.TOO_MANY, 429, 0),
        (Fault.ERROR_500, 500, 0),
        (Fault.ERROR_502, 502, 0),
        (Fault.ERROR_503, 503, 0),
        (Fault.RESET_BEFORE, None, 0),
        (Fault.RESET_AFTER, None, 1),
        (Fault.DELAY_BEFORE, 200, 1),
        (Fault.DELAY_AFTER, 200, 1),
    ],
)
async def test_every_fault_of_a_request_happens_once_as_ordered(
    asks: Asks, fault: Fault, status: int | None, stands: int
) -> None:
    asks.discord.faults.delay = (0.01, 0.02)
    asks.discord.faults.order(fault, "POST /channels/")
    if status is None:
        with pytest.raises(aiohttp.ClientError):
            await asks.post(NOTE)
    else:
        assert (await asks.post(NOTE))[0] == status
    assert asks.standing() == stands
    assert asks.discord.faults.happened == {fault: 1}
    assert (await asks.post(NOTE))[0] == 200
    assert asks.standing() == 1
