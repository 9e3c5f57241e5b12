"""Pages from the web: what is read of them, what is refused with which sentence, over a real connection that only a
test allows.
"""

import asyncio
from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web

from bot.core.errors import UserError
from bot.core.intake import LARGEST_PAGE
from bot.web.fetch import open_pages
from tests.web.local import Names, server

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
HTML = {"Content-Type": "text/html; charset=utf-8"}


async def read(answer: Answer, path: str = "/page") -> bytes:
    """A page of a server whose name leads to the loopback address."""
    names = Names({"page.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]})
    async with (
        server(answer) as port,
        open_pages(resolver=names, is_allowed=lambda _: True, ports={str(port)}) as pages,
    ):
        return await pages.read(f"http://page.example:{port}{path}")


async def refused(answer: Answer) -> str:
    """The key of the sentence that the page is refused with."""
    with pytest.raises(UserError) as error:
        await read(answer)
    return str(error.value.key)


async def test_a_page_is_read_as_a_stranger() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        assert "Cookie" not in request.headers
        assert request.headers["User-Agent"].startswith("Sidenote")
        assert request.headers["Accept-Encoding"] == "identity"
        return web.Response(body="<p>grün</p>".encode(), headers={**HTML, "Set-Cookie": "c=1"})

    assert (await read(answer)).decode() == "<p>grün</p>"


async def test_redirects_are_followed_a_few_times() -> None:
    async def answer(request: web.Request) -> web.StreamResponse:
        left = int(request.query.get("left", 0))
        if not left:
            return web.Response(text="here", headers=HTML)
        return web.Response(status=302, headers={"Location": f"/page?left={left - 1}"})

    assert await read(answer, "/page?left=5") == b"here"
    with pytest.raises(UserError) as error:
        await read(answer, "/page?left=6")
    assert error.value.key == "refused.fetch_hops"


@pytest.mark.parametrize(
    "target", ["http://127.0.0.1:1/", "ftp://page.example/", "http://user:x@page.example/", "http://["]
)
async def test_a_redirect_to_what_may_not_be_asked_is_refused(target: str) -> None:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(status=302, headers={"Location": target})

    assert await refused(answer) == "refused.fetch_address"


@pytest.mark.parametrize(
    ("status", "headers", "key"),
    [
        (404, HTML, "refused.fetch_status"),
        (500, HTML, "refused.fetch_status"),
        (301, HTML, "refused.fetch_status"),
        (200, {"Content-Type": "application/pdf"}, "refused.fetch_kind"),
        (200, {**HTML, "Content-Encoding": "gzip"}, "refused.fetch_kind"),
    ],
)
async def test_what_is_no_page_is_refused(status: int, headers: dict[str, str], key: str) -> None:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(status=status, body=b"x", headers=headers)

    assert await refused(answer) == key


async def test_a_page_without_end_is_left() -> None:
    sent = 0

    async def answer(request: web.Request) -> web.StreamResponse:
        nonlocal sent
        response = web.StreamResponse(headers=HTML)
        await response.prepare(request)
        while True:
            await response.write(b"x" * 100_000)
            sent += 100_000
            await asyncio.sleep(0)

    assert await refused(answer) == "refused.page_too_large"
    assert sent < 3 * LARGEST_PAGE


async def test_a_page_that_does_not_come_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.web.fetch._SECONDS", 0.3)

    async def answer(_: web.Request) -> web.StreamResponse:
        await asyncio.sleep(5)
        return web.Response(text="late", headers=HTML)

    assert await refused(answer) == "refused.fetch_slow"


async def test_nothing_of_this_machine_is_read() -> None:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(text="secret", headers=HTML)

    names = Names({"page.example": ["127.0.0.1"]})
    async with server(answer) as port, open_pages(resolver=names, ports={"", str(port)}) as pages:
        for url in (f"http://page.example:{port}/", f"http://127.0.0.1:{port}/", f"http://[::1]:{port}/"):
            with pytest.raises(UserError) as error:
                await pages.read(url)
            assert error.value.key == "refused.fetch_address"
