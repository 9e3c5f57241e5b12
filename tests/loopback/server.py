"""The routes and the gateway of a start: login, application, commands, servers; each can be told to refuse."""

import asyncio
import base64
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

APPLICATION_ID = 1234567890123456789
TOKEN = base64.urlsafe_b64encode(str(APPLICATION_ID).encode()).decode().rstrip("=") + ".loop.back"
GUILD_ID = 2234567890123456789
_ME = {"id": str(APPLICATION_ID), "username": "loop", "discriminator": "0", "avatar": None, "bot": True, "flags": 0}
_CONTENT_INTENT = 1 << 19
"""https://discord.com/developers/docs/resources/application#application-object-application-flags (limited)"""


@dataclass
class Loopback:
    """Serves on 127.0.0.1 between `async with`; `env` points a process to it."""

    intents_allowed: bool = True
    permissions: int = (1 << 10) | (1 << 11) | (1 << 14) | (1 << 16) | (1 << 38)
    seen: list[str] = field(default_factory=list)
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    commands: int = 0

    async def __aenter__(self) -> "Loopback":
        app = web.Application()
        app.router.add_route("*", "/api{path:.*}", self._http)
        app.router.add_get("/gateway/", self._gateway)
        self._runner = web.AppRunner(app)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    def env(self) -> dict[str, str]:
        """Settings that lead here."""
        return {
            "SIDENOTE_DISCORD__API": f"http://127.0.0.1:{self.port}/api",
            "SIDENOTE_DISCORD__GATEWAY": f"ws://127.0.0.1:{self.port}/gateway/",
        }

    async def _http(self, request: web.Request) -> web.Response:
        path = request.match_info["path"]
        self.seen.append(f"{request.method} {path}")
        if request.headers.get("Authorization") != f"Bot {TOKEN}":
            return _json({"message": "401: Unauthorized", "code": 0}, 401)
        answer = await self._answer(request, path)
        return _json(answer) if answer is not None else _json({"message": "404: Not Found", "code": 0}, 404)

    async def _answer(self, request: web.Request, path: str) -> Any:
        flags = _CONTENT_INTENT if self.intents_allowed else 0
        match path.split("/")[1:]:
            case ["users", "@me"]:
                return _ME
            case ["oauth2", "applications", "@me"] | ["applications", "@me"]:
                return {"id": str(APPLICATION_ID), "name": "loop", "icon": None, "description": "", "summary": "",
                        "bot_public": True, "bot_require_code_grant": False, "verify_key": "0", "flags": flags,
                        "owner": _ME, "team": None, "bot": _ME}  # fmt: skip
            case ["gateway", "bot"]:
                return {"url": self.env()["SIDENOTE_DISCORD__GATEWAY"], "shards": 1, "session_start_limit": {
                        "total": 1, "remaining": 1, "reset_after": 0, "max_concurrency": 1}}  # fmt: skip
            case ["users", "@me", "guilds"]:
                return [] if "after" in request.query and request.query["after"] != "0" else [self._guild()]
            case ["guilds", _]:
                return self._guild()
            case ["guilds", _, "members", _]:
                return {
                    "user": _ME,
                    "roles": [],
                    "joined_at": "2026-01-01T00:00:00+00:00",
                    "deaf": False,
                    "mute": False,
                    "flags": 0,
                }
            case ["applications", _, "commands"]:
                self.commands += 1
                given = {"description": "", "application_id": str(APPLICATION_ID), "version": "1"}
                return [{**given, **c, "id": str(i + 1)} for i, c in enumerate(await request.json())]
        return None

    def _guild(self) -> dict[str, Any]:
        role = {"id": str(GUILD_ID), "name": "@everyone", "permissions": str(self.permissions), "color": 0, "colors": {
                "primary_color": 0, "secondary_color": None, "tertiary_color": None}, "hoist": False, "position": 0,
                "managed": False, "mentionable": False, "flags": 0}  # fmt: skip
        return {"id": str(GUILD_ID), "name": "Loop", "owner_id": "1", "roles": [role], "emojis": [], "stickers": [],
                "features": [], "icon": None, "owner": False, "permissions": str(self.permissions)}  # fmt: skip

    async def _gateway(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 40_000}})
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                continue
            packet = json.loads(message.data)
            if packet["op"] == 2:
                if not self.intents_allowed:
                    await socket.close(code=4014, message=b"Disallowed intent(s).")
                    break
                await socket.send_json({"op": 0, "t": "READY", "s": 1, "d": {
                    "v": 10, "user": _ME, "guilds": [], "session_id": "s", "shard": [0, 1],
                    "resume_gateway_url": self.env()["SIDENOTE_DISCORD__GATEWAY"],
                    "application": {"id": str(APPLICATION_ID), "flags": 0}}})  # fmt: skip
                self.ready.set()
            elif packet["op"] == 1:
                await socket.send_json({"op": 11})
        return socket


def _json(body: object, status: int = 200) -> web.Response:
    # discord.py compares the content type to the letter, and takes an answer without Via for one of Cloudflare's.
    response = web.Response(body=json.dumps(body).encode(), status=status, headers={"Via": "1.1 loopback"})
    response.headers["Content-Type"] = "application/json"
    return response
