"""The HTTP routes over the world, with faults and limits in their way; unknown routes and fields fail loudly."""

import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from tests.loopback import description
from tests.loopback.faults import Fault, Faults
from tests.loopback.gateway import Gateway
from tests.loopback.limits import Limits
from tests.loopback.world import APPLICATION_ID, GUILD_ID, ME, PERMISSIONS, TOKEN, Unknown, World

_CONTENT_INTENT = 1 << 19
"""https://discord.com/developers/docs/resources/application#application-object-application-flags (limited)"""
_STATUS = {Fault.TOO_MANY: 429, Fault.ERROR_500: 500, Fault.ERROR_502: 502, Fault.ERROR_503: 503}


@dataclass
class Refusal:
    """How Discord answers a request that it will not carry out."""

    status: int
    code: int
    on: str
    times: int = 10**9


@dataclass
class Loopback:
    """Serves on 127.0.0.1 between `async with`; `env` points a process to it. `wrong` holds what Discord would not
    have known in the requests.
    """

    intents_allowed: bool = True
    permissions: int = PERMISSIONS
    limits: Limits | None = None
    faults: Faults = field(default_factory=Faults)
    nonce_seconds: float = 180.0
    seen: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    commands: int = 0

    def __post_init__(self) -> None:
        self.gateway = Gateway(self.faults, intents_allowed=self.intents_allowed)
        self.world = World(self.gateway.tell, self.permissions, self.nonce_seconds)
        self.gateway.world = self.world
        self.ready = self.gateway.ready

    async def __aenter__(self) -> "Loopback":
        app = web.Application()
        app.router.add_route("*", "/api{path:.*}", self._http)
        app.router.add_get("/gateway/", self.gateway.serve)
        self._runner = web.AppRunner(app, shutdown_timeout=1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        self.gateway.url = f"ws://127.0.0.1:{self.port}/gateway/"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.gateway.close()
        await self._runner.cleanup()

    def env(self) -> dict[str, str]:
        """Settings that lead here."""
        return {
            "SIDENOTE_DISCORD__API": f"http://127.0.0.1:{self.port}/api",
            "SIDENOTE_DISCORD__GATEWAY": self.gateway.url,
        }

    def refuse(self, status: int, code: int, on: str, times: int = 10**9) -> None:
        """From now on requests that begin like this are refused."""
        self.refusals.append(Refusal(status, code, on, times))

    async def _http(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        name = f"{request.method} {path}"
        self.seen.append(name)
        if request.headers.get("Authorization") != f"Bot {TOKEN}" and not path.startswith(
            ("/interactions", "/webhooks")
        ):
            return _json({"message": "401: Unauthorized", "code": 0}, 401)
        body = await request.json() if request.can_read_body else None
        if description.is_there() and (wrong := description.fault_in(request.method, path, list(request.query), body)):
            self.wrong.append(wrong)
            return _json({"message": wrong, "code": 50035}, 400)
        headers: dict[str, str] = {}
        if self.limits:
            channel = path.split("/")[2] if path.startswith("/channels/") else ""
            headers, wait, overall = self.limits.take(f"{request.method} {_route(path)}", channel)
            if wait is not None:
                told = {"message": "You are being rate limited.", "retry_after": wait, "global": overall}
                return _json(told, 429, {**headers, "Retry-After": f"{wait:.3f}"})
        return await self._at_risk(request, name, path, body, headers)

    async def _at_risk(
        self, request: web.Request, name: str, path: str, body: Any, headers: dict[str, str]
    ) -> web.StreamResponse:
        fault = self.faults.of_request(name)
        if fault is Fault.TOO_MANY:
            told = {"message": "You are being rate limited.", "retry_after": 0.1, "global": False}
            return _json(told, 429, {**headers, "Retry-After": "0.1"})
        if fault in _STATUS:
            return _json({"message": "upstream", "code": 0}, _STATUS[fault], headers)
        if fault is Fault.RESET_BEFORE:
            return _reset(request)
        if fault is Fault.DELAY_BEFORE:
            await self.faults.wait()
        response = await self._carried_out(request, name, path, body, headers)
        if fault is Fault.RESET_AFTER:
            return _reset(request)
        if fault is Fault.DELAY_AFTER:
            await self.faults.wait()
        return response

    async def _carried_out(
        self, request: web.Request, name: str, path: str, body: Any, headers: dict[str, str]
    ) -> web.StreamResponse:
        for refusal in self.refusals:
            if refusal.times and name.startswith(refusal.on):
                refusal.times -= 1
                return _json({"message": "refused", "code": refusal.code}, refusal.status, headers)
        try:
            answer = self._answer(request, path, body)
        except Unknown as unknown:
            if unknown.code == 50035:
                errors = {"message_reference": {"_errors": [{"code": "REPLIES_UNKNOWN_MESSAGE", "message": "gone"}]}}
                return _json({"message": str(unknown), "code": 50035, "errors": errors}, 400, headers)
            return _json({"message": str(unknown), "code": unknown.code}, 404, headers)
        if answer is None:
            self.wrong.append(f"{name}: this Discord has no such route")
            return _json({"message": "404: Not Found", "code": 0}, 404, headers)
        if answer == {}:
            return web.Response(status=204, headers={"Via": "1.1 loopback", **headers})
        return _json(answer, 200, headers)

    def _answer(self, request: web.Request, path: str, body: Any) -> Any:
        world = self.world
        match [request.method, *path.split("/")[1:]]:
            case ["POST", "channels", channel, "messages"]:
                return world.create(int(channel), body)
            case ["GET", "channels", channel, "messages"]:
                return world.history(int(channel), dict(request.query))
            case ["GET", "channels", channel, "messages", message]:
                return world.get(int(channel), int(message))
            case ["PATCH", "channels", channel, "messages", message]:
                return world.change(int(channel), int(message), body)
            case ["DELETE", "channels", channel, "messages", message]:
                world.get(int(channel), int(message))
                world.delete(int(channel), int(message))
                return {}
        return self._answer_start(request, path, body)

    def _answer_start(self, request: web.Request, path: str, body: Any) -> Any:
        """What a start, the doctor and the commands ask."""
        flags = _CONTENT_INTENT if self.intents_allowed else 0
        match path.split("/")[1:]:
            case ["users", "@me"]:
                return ME
            case ["oauth2", "applications", "@me"] | ["applications", "@me"]:
                return {"id": str(APPLICATION_ID), "name": "loop", "icon": None, "description": "", "summary": "",
                        "bot_public": True, "bot_require_code_grant": False, "verify_key": "0", "flags": flags,
                        "owner": ME, "team": None, "bot": ME}  # fmt: skip
            case ["gateway", "bot"]:
                return {"url": self.gateway.url, "shards": 1, "session_start_limit": {
                        "total": 1, "remaining": 1, "reset_after": 0, "max_concurrency": 1}}  # fmt: skip
            case ["users", "@me", "guilds"]:
                return [] if request.query.get("after", "0") != "0" else [self.world.guild()]
            case ["guilds", _, "threads", "active"]:
                return {"threads": [], "members": []}
            case ["guilds", _, "members", _]:
                return self.world.me()
            case ["guilds", guild] if int(guild) == GUILD_ID:
                return self.world.guild()
            case ["applications", _, "commands"]:
                self.commands += 1
                given = {"description": "", "application_id": str(APPLICATION_ID), "version": "1"}
                return [{**given, **c, "id": str(i + 1)} for i, c in enumerate(body)]
        return None


def _route(path: str) -> str:
    return "/".join("id" if part.isdigit() else part for part in path.split("/"))


def _reset(request: web.Request) -> web.Response:
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=500)


def _json(body: object, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    # discord.py compares the content type to the letter, and takes an answer without Via for one of Cloudflare's.
    response = web.Response(
        body=json.dumps(body).encode(), status=status, headers={"Via": "1.1 loopback", **(headers or {})}
    )
    response.headers["Content-Type"] = "application/json"
    return response
