"""Which addresses the outgoing wing connects to: a table of tricks, all refused, through the real client."""

import asyncio
import re
from collections.abc import Awaitable, Callable

import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.web.guard import is_public
from bot.web.redirects import open_redirects
from tests.web.local import Names, server

NOT_PUBLIC = [
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.255.255.255", "169.254.169.254", "172.16.0.1",
    "172.31.255.255", "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.7",
    "203.0.113.9", "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1",
    "64:ff9b:1::5db8:d822", "2002:7f00:1::", "2002:a00:1::1", "2001:0:7f00:1::1", "2001:0:5db8:d822::80ff:fffe",
    "2001:db8::1", "2001:2::1", "2001:10::1", "2001:20::1", "3fff::1", "5f00::1", "fc00::1", "fd12:3456::1",
    "fe80::1", "fe80::1%eth0", "fec0::1", "ff02::1", "100::1", "", "localhost", "1.2.3", "nonsense",
]  # fmt: skip
PUBLIC = [
    "1.1.1.1", "93.184.216.34", "8.8.8.8", "172.15.0.1", "172.32.0.1", "192.0.1.1", "198.17.0.1", "198.20.0.1",
    "223.255.255.255", "100.63.255.255", "100.128.0.1", "2606:4700::1111", "2a00:1450:4001::1", "::ffff:8.8.8.8",
    "64:ff9b::808:808", "2002:808:808::1",
]  # fmt: skip
TRICKS = [
    ("http://127.0.0.1/", "the loopback address"),
    ("http://2130706433/", "the loopback address as one number"),
    ("http://017700000001/", "in octal"),
    ("http://0x7f000001/", "in hexadecimal"),
    ("http://0x7f.1/", "half hexadecimal, half short"),
    ("http://0177.0.0.01/", "parts in octal"),
    ("http://127.1/", "short"),
    ("http://127.0.0.1./", "with a dot at the end"),
    ("http://①②⑦.⓪.⓪.①/", "in circled digits"),
    ("http://１２７．０．０．１/", "in full-width digits"),
    ("http://127。0。0。1/", "with ideographic stops"),
    ("http://%31%32%37.0.0.1/", "escaped"),
    ("http://[::1]/", "IPv6"),
    ("http://[::ffff:127.0.0.1]/", "IPv4 in IPv6"),
    ("http://[::ffff:7f00:1]/", "the same in hexadecimal"),
    ("http://[::7f00:1]/", "IPv4-compatible"),
    ("http://[64:ff9b::7f00:1]/", "through NAT64"),
    ("http://[2002:7f00:1::]/", "through 6to4"),
    ("http://[2001:0:7f00:1::1]/", "through Teredo"),
    ("http://[fe80::1]/", "link-local"),
    ("http://[fd00::1]/", "a private network"),
    ("http://[ff02::1]/", "multicast"),
    ("http://0/", "no address"),
    ("http://0.0.0.0/", "any address of this machine"),
    ("http://169.254.169.254/latest/meta-data", "a cloud's metadata"),
    ("http://10.0.0.1/", "a private network"),
    ("http://192.168.0.1/", "a private network"),
    ("http://100.64.0.1/", "a carrier's network"),
    ("http://224.0.0.1/", "multicast"),
    ("http://255.255.255.255/", "broadcast"),
    ("http://localhost/", "a name of this machine"),
    ("http://LOCALHOST./", "the same with a dot"),
    ("http://inside.example/", "a public name with a private address"),
    ("http://both.example/", "a public and a private address"),
    ("http://mapped.example/", "a name with IPv4 in IPv6"),
    ("http://turning.example/", "a name that changes its address"),
    ("https://short.example:8443/", "another port"),
    ("http://short.example:443/", "the other scheme's port"),
    ("http://short.example:22/", "another service's port"),
    ("http://user@short.example/", "a name for the server"),
    ("http://user:secret@short.example/", "credentials"),
    ("http://short.example@127.0.0.1/", "a host in the user info"),
    ("ftp://short.example/", "another scheme"),
    ("file:///etc/passwd", "a file"),
    ("gopher://short.example/", "an old scheme"),
    ("data:text/html,x", "no host"),
    ("javascript:alert(1)", "a script"),
    ("unix:///run/x.sock", "a socket"),
    ("http://", "nothing"),
    ("http://[::1", "half a bracket"),
    ("http://short.example/" + "a" * 3000, "too long"),
    ("http://a\ud800.example/", "half a character"),
    ("", "an empty text"),
]  # fmt: skip


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_no_special_address_is_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_the_rest_of_the_internet_is(address: str) -> None:
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_is_judged_alike_however_it_is_wrapped(address: object) -> None:
    assert is_public(f"::ffff:{address}") is is_public(f"64:ff9b::{address}") is is_public(str(address))


@given(st.text())
def test_the_guard_never_raises(text: str) -> None:
    assert is_public(text) in {True, False}


@pytest.mark.parametrize(("url", "trick"), TRICKS, ids=lambda x: ascii(x)[:40])
async def test_every_trick_is_refused_before_a_byte_is_sent(url: str, trick: str) -> None:
    """The server behind the tricks would answer, and its port is allowed: only the address stands in the way."""
    names = Names(
        {
            "localhost": ["127.0.0.1"],
            "inside.example": ["10.1.2.3", "127.0.0.1"],
            "both.example": ["127.0.0.1", "::1"],
            "mapped.example": ["::ffff:127.0.0.1"],
            "turning.example": ["127.0.0.1"],
            "short.example": ["127.0.0.1"],
        }
    )
    seen: list[str] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        seen.append(request.path)
        return web.HTTPFound("https://summaries.example/lake-report")

    async with server(answer) as port, open_redirects(resolver=names, ports={"", str(port)}) as redirects:
        for asked in (url, re.sub(r"^(http://[^/]+)/", rf"\1:{port}/", url)):
            assert await redirects.next(asked) is None, trick
    assert seen == []


@pytest.mark.parametrize(
    "url", ["http://short.example:{port}/", "http://user:x@short.example/", "http://user@short.example/"]
)
async def test_only_the_schemes_own_ports_and_nobodys_name_are_used(url: str) -> None:
    """Every address is allowed here: only the port or the name stands in the way."""
    seen: list[str] = []

    async def answer(request: web.Request) -> web.StreamResponse:
        seen.append(request.path)
        return web.HTTPFound("https://summaries.example/lake-report")

    names = Names({"short.example": ["127.0.0.1"]})
    async with server(answer) as port, open_redirects(resolver=names, is_allowed=lambda _: True) as redirects:
        assert await redirects.next(url.format(port=port)) is None
    assert seen == []
    assert names.asked == []


class TestAnswers:
    """What is read of an answer, over a real connection to the loopback address, which only a test allows."""

    @staticmethod
    async def asked(answer: Callable[[web.Request], Awaitable[web.StreamResponse]], path: str = "/x") -> str | None:
        names = Names({"short.example": ["127.0.0.1"]})
        async with (
            server(answer) as port,
            open_redirects(resolver=names, is_allowed=lambda _: True, ports={str(port)}) as redirects,
        ):
            return await redirects.next(f"http://short.example:{port}{path}")

    async def test_a_redirect_is_told_and_not_followed(self) -> None:
        async def answer(request: web.Request) -> web.StreamResponse:
            assert "Cookie" not in request.headers
            assert "Authorization" not in request.headers
            assert request.headers["User-Agent"].startswith("Sidenote")
            return web.Response(status=301, headers={"Location": "https://a.example/b", "Set-Cookie": "c=1"})

        assert await self.asked(answer) == "https://a.example/b"

    async def test_a_relative_target_is_joined(self) -> None:
        async def answer(_: web.Request) -> web.StreamResponse:
            return web.Response(status=302, headers={"Location": "/y?z=1"})

        found = await self.asked(answer)
        assert found is not None
        assert found.endswith("/y?z=1")
        assert found.startswith("http://short.example:")

    @pytest.mark.parametrize("status", [200, 404, 500])
    async def test_what_is_no_redirect_leads_nowhere(self, status: int) -> None:
        async def answer(_: web.Request) -> web.StreamResponse:
            return web.Response(status=status, headers={"Location": "https://a.example/b"})

        assert await self.asked(answer) is None

    async def test_an_endless_answer_is_not_read(self) -> None:
        sent = 0

        async def answer(request: web.Request) -> web.StreamResponse:
            nonlocal sent
            response = web.StreamResponse(status=302, headers={"Location": "https://a.example/b"})
            await response.prepare(request)
            try:
                while True:
                    await response.write(b"x" * 65536)
                    sent += 65536
                    await asyncio.sleep(0)
            except (ConnectionError, RuntimeError):
                return response

        assert await self.asked(answer) == "https://a.example/b"
        assert sent < 50_000_000

    async def test_a_silent_server_is_left_after_three_seconds(self) -> None:
        async def answer(_: web.Request) -> web.StreamResponse:
            await asyncio.sleep(30)
            return web.Response()

        async with asyncio.timeout(8):
            assert await self.asked(answer) is None

    async def test_a_huge_header_and_a_bad_target_lead_nowhere(self) -> None:
        async def huge(_: web.Request) -> web.StreamResponse:
            return web.Response(status=302, headers={"Location": "https://a.example/" + "a" * 20_000})

        async def bad(_: web.Request) -> web.StreamResponse:
            return web.Response(status=302, headers={"Location": "http://[::1"})

        assert await self.asked(huge) is None
        assert await self.asked(bad) is None

    async def test_a_proxy_of_the_environment_is_not_asked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        async def answer(_: web.Request) -> web.StreamResponse:
            return web.Response(status=302, headers={"Location": "https://a.example/b"})

        for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
            monkeypatch.setenv(name, "http://127.0.0.1:9/")
        assert await self.asked(answer) == "https://a.example/b"
