"""Discord's gateway: hello, identify, ready, servers, heartbeats, resume, invalid sessions.

https://discord.com/developers/docs/events/gateway
"""

import asyncio
import contextlib
import copy
import json
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from tests.loopback.faults import Fault, Faults
from tests.loopback.world import APPLICATION_ID, GUILD_ID, ME, TOKEN, Json, World

_KEPT = 2000
"""Events that a resume can bring back."""


@dataclass
class Session:
    """One identified session, connected or waiting to be resumed."""

    id: str
    socket: web.WebSocketResponse | None = None
    sequence: int = 0
    events: list[tuple[int, str, Json]] = field(default_factory=list)


class Gateway:
    """All sessions. `beats`: whether heartbeats are answered."""

    def __init__(self, faults: Faults, *, intents_allowed: bool) -> None:
        self.world: World
        self.url = ""
        self.beats = True
        self.interval = 40.0
        self.intents_allowed = intents_allowed
        self.ready = asyncio.Event()
        self.seen: list[str] = []
        self._faults = faults
        self._sessions: dict[str, Session] = {}
        self._sending: set[asyncio.Task[None]] = set()

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        """One connection."""
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": int(self.interval * 1000)}})
        session: Session | None = None
        async for message in socket:
            if message.type is not WSMsgType.TEXT:
                continue
            packet = json.loads(message.data)
            match packet["op"]:
                case 1 if self.beats:
                    await socket.send_json({"op": 11})
                case 2:
                    session = await self._identify(socket, packet["d"])
                case 6:
                    session = await self._resume(socket, packet["d"])
        if session and session.socket is socket:
            session.socket = None
        return socket

    def tell(self, name: str, data: Json) -> None:
        """An event for every session, unless a fault says otherwise."""
        fault = self._faults.of_event(name)
        for session in list(self._sessions.values()):
            if fault is Fault.LOST_EVENT:
                continue
            self._send(session, name, copy.deepcopy(data))
            if fault is Fault.DUPLICATE_EVENT:
                self._again(session)
            elif fault is Fault.DISCONNECT:
                self.disconnect(session)
            elif fault is Fault.INVALID_SESSION:
                self.forget(session)

    def disconnect(self, session: Session | None = None) -> None:
        """The connection breaks; the session can be resumed."""
        for one in [session] if session else list(self._sessions.values()):
            if one.socket is not None:
                self._go(one.socket.close(code=4000, message=b"bye"))
                one.socket = None

    def forget(self, session: Session | None = None) -> None:
        """The session ends; a resume of it is refused, what happened meanwhile is never told."""
        for one in [session] if session else list(self._sessions.values()):
            self._sessions.pop(one.id, None)
            if one.socket is not None:
                self._go(one.socket.send_json({"op": 9, "d": False}))

    async def close(self) -> None:
        """Ends every connection."""
        for session in list(self._sessions.values()):
            if session.socket is not None:
                await session.socket.close()
        for task in list(self._sending):
            task.cancel()

    async def _identify(self, socket: web.WebSocketResponse, data: Json) -> Session | None:
        if data["token"] != TOKEN:
            await socket.close(code=4004, message=b"Authentication failed.")
            return None
        if not self.intents_allowed:
            await socket.close(code=4014, message=b"Disallowed intent(s).")
            return None
        self.seen.append("identify")
        session = Session(f"session-{len(self.seen)}", socket)
        self._sessions = {i: s for i, s in self._sessions.items() if s.socket is not None}
        self._sessions[session.id] = session
        self._send(session, "READY", {
            "v": 10, "user": ME, "guilds": [{"id": str(GUILD_ID), "unavailable": True}], "session_id": session.id,
            "shard": [0, 1], "resume_gateway_url": self.url, "application": {"id": str(APPLICATION_ID), "flags": 0},
        })  # fmt: skip
        self._send(session, "GUILD_CREATE", copy.deepcopy(self.world.guild()))
        self.ready.set()
        return session

    async def _resume(self, socket: web.WebSocketResponse, data: Json) -> Session | None:
        session = self._sessions.get(data["session_id"])
        if session is None:
            self.seen.append("resume refused")
            await socket.send_json({"op": 9, "d": False})
            return None
        self.seen.append("resume")
        session.socket = socket
        for sequence, name, event in session.events:
            if sequence > data["seq"]:
                self._put(session, sequence, name, event)
        self._send(session, "RESUMED", {})
        return session

    def _send(self, session: Session, name: str, data: Json) -> None:
        session.sequence += 1
        session.events.append((session.sequence, name, data))
        del session.events[:-_KEPT]
        self._put(session, session.sequence, name, data)

    def _again(self, session: Session) -> None:
        self._put(session, *session.events[-1])

    def _put(self, session: Session, sequence: int, name: str, data: Json) -> None:
        if session.socket is not None and not session.socket.closed:
            self._go(session.socket.send_json({"op": 0, "t": name, "s": sequence, "d": data}))

    def _go(self, sending: Any) -> None:
        async def send() -> None:
            # Where the other side is gone, a resume will ask for it again.
            with contextlib.suppress(ConnectionError, RuntimeError):
                await sending

        # Tasks run in the order in which they were made, and each writes in one go: events keep their order.
        task = asyncio.get_running_loop().create_task(send())
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)
