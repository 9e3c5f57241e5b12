"""What a simulated Discord remembers: one server, its channels, their messages, nonces. No sockets here.

Members act through `post`, `edit`, `delete`; whatever happens is told to `tell` as an event.
"""

import base64
import itertools
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

APPLICATION_ID = 1234567890123456789
TOKEN = base64.urlsafe_b64encode(str(APPLICATION_ID).encode()).decode().rstrip("=") + ".loop.back"
GUILD_ID = 2234567890123456789
ME = {"id": str(APPLICATION_ID), "username": "loop", "discriminator": "0", "avatar": None, "bot": True, "flags": 0}
PERMISSIONS = (1 << 10) | (1 << 11) | (1 << 14) | (1 << 16) | (1 << 38)
_EPOCH_MS = 1_420_070_400_000
"""https://discord.com/developers/docs/reference#snowflakes"""
_TEXT_CHANNEL = 0

Json = dict[str, Any]


class Unknown(Exception):
    """What was asked for is not there, with Discord's code for it."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass
class World:
    """State. `nonce_seconds`: how long a nonce is remembered."""

    tell: Callable[[str, Json], None]
    permissions: int = PERMISSIONS
    nonce_seconds: float = 180.0
    channels: dict[int, Json] = field(default_factory=dict)
    messages: dict[int, dict[int, Json]] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    doubled: set[int] = field(default_factory=set)
    """Messages of members under which two replies of the bot stood at once, were it for a moment."""
    _nonces: dict[str, tuple[float, int]] = field(default_factory=dict)
    _count: Iterable[int] = field(default_factory=itertools.count)

    def snowflake(self, at: float | None = None) -> int:
        """A new id, of now or of a time in seconds."""
        ms = int((time.time() if at is None else at) * 1000)  # noqa: TID251 - Discord's own clock
        return ((ms - _EPOCH_MS) << 22) | (next(iter(self._count)) & 0x3FFFFF)

    def add_channel(self, name: str = "talk") -> int:
        """A text channel."""
        channel_id = self.snowflake()
        self.channels[channel_id] = {
            "id": str(channel_id), "type": _TEXT_CHANNEL, "name": name, "guild_id": str(GUILD_ID), "position": 0,
            "permission_overwrites": [], "nsfw": False, "parent_id": None, "topic": None, "last_message_id": None,
            "rate_limit_per_user": 0,
        }  # fmt: skip
        self.messages[channel_id] = {}
        return channel_id

    def remove_channel(self, channel_id: int) -> None:
        """The channel goes, with everything in it."""
        self.deleted.update(self.messages.pop(channel_id))
        self.tell("CHANNEL_DELETE", self.channels.pop(channel_id))

    def change_channel(self, channel_id: int, **changes: Any) -> None:
        """The channel is changed, its permissions for example."""
        self.channels[channel_id].update(changes)
        self.tell("CHANNEL_UPDATE", self.channels[channel_id])

    def guild(self) -> Json:
        """The server as GUILD_CREATE shows it."""
        role = {"id": str(GUILD_ID), "name": "@everyone", "permissions": str(self.permissions), "color": 0, "colors": {
                "primary_color": 0, "secondary_color": None, "tertiary_color": None}, "hoist": False, "position": 0,
                "managed": False, "mentionable": False, "flags": 0}  # fmt: skip
        return {"id": str(GUILD_ID), "name": "Loop", "owner_id": "1", "roles": [role], "emojis": [], "stickers": [],
                "features": [], "icon": None, "owner": False, "permissions": str(self.permissions),
                "unavailable": False, "member_count": 2, "members": [self.me()], "threads": [],
                "channels": list(self.channels.values()),
                "presences": [], "voice_states": [], "joined_at": "2026-01-01T00:00:00+00:00", "large": False,
                "stage_instances": [], "guild_scheduled_events": [], "soundboard_sounds": [],
                "system_channel_id": None, "verification_level": 0, "default_message_notifications": 0,
                "explicit_content_filter": 0, "mfa_level": 0, "nsfw_level": 0, "premium_tier": 0,
                "preferred_locale": "en-US", "afk_timeout": 60, "system_channel_flags": 0}  # fmt: skip

    def me(self) -> Json:
        """The bot as a member."""
        return {"user": ME, "roles": [], "joined_at": "2026-01-01T00:00:00+00:00", "deaf": False, "mute": False,
                "flags": 0}  # fmt: skip

    def post(self, channel_id: int, content: str, *, at: float | None = None, author: Json | None = None) -> int:
        """A member says something."""
        member = author or {"id": "4234567890123456789", "username": "mira", "discriminator": "0", "avatar": None}
        return int(self._add(channel_id, member, {"content": content}, at)["id"])

    def edit(self, channel_id: int, message_id: int, content: str) -> None:
        """A member changes their message."""
        self.change(channel_id, message_id, {"content": content})

    def delete(self, channel_id: int, *message_ids: int) -> None:
        """Messages go, several in bulk."""
        for message_id in message_ids:
            if self.messages.get(channel_id, {}).pop(message_id, None) is None:
                raise Unknown(10008, "Unknown Message")
            self.deleted.add(message_id)
        where = {"channel_id": str(channel_id), "guild_id": str(GUILD_ID)}
        if len(message_ids) == 1:
            self.tell("MESSAGE_DELETE", {"id": str(message_ids[0]), **where})
        else:
            self.tell("MESSAGE_DELETE_BULK", {"ids": [str(i) for i in message_ids], **where})

    def create(self, channel_id: int, body: Json) -> Json:
        """The bot posts. With `enforce_nonce` a nonce that was seen of late gives the message that it made."""
        now = time.monotonic()
        nonce = str(body.get("nonce", ""))
        if nonce and body.get("enforce_nonce"):
            made_at, made = self._nonces.get(nonce, (-1e9, 0))
            if made_at + self.nonce_seconds > now:
                return self.get(channel_id, made)
        reference = body.get("message_reference")
        if reference and int(reference["message_id"]) not in self.messages.get(channel_id, {}):
            raise Unknown(50035, "Invalid Form Body")
        kept: Json = {k: body[k] for k in ("content", "components", "flags", "nonce") if body.get(k) is not None}
        kept["message_reference"] = {"type": 0, "channel_id": str(channel_id), **reference} if reference else None
        if reference:
            self._watch_doubles(channel_id, int(reference["message_id"]))
        message = self._add(channel_id, ME, kept, None)
        if nonce:
            self._nonces[nonce] = now, int(message["id"])
        return message

    def _watch_doubles(self, channel_id: int, answered: int) -> None:
        """A reply of the bot comes: whether the member has one already. Its own notes may have several corrections."""
        messages = self.messages[channel_id]
        standing = [m.get("message_reference") for m in messages.values()]
        has_one = any(reference and int(reference["message_id"]) == answered for reference in standing)
        if has_one and not messages[answered]["author"].get("bot"):
            self.doubled.add(answered)

    def change(self, channel_id: int, message_id: int, body: Json) -> Json:
        """A message gets new contents."""
        message = self.get(channel_id, message_id)
        message.update({k: body[k] for k in ("content", "components", "flags") if body.get(k) is not None})
        message["edited_timestamp"] = datetime.now(UTC).isoformat()  # noqa: TID251 - Discord's own clock
        self.tell("MESSAGE_UPDATE", message)
        return message

    def get(self, channel_id: int, message_id: int) -> Json:
        """A message; Unknown where it is gone."""
        if channel_id not in self.channels:
            raise Unknown(10003, "Unknown Channel")
        if message_id not in self.messages[channel_id]:
            raise Unknown(10008, "Unknown Message")
        return self.messages[channel_id][message_id]

    def history(self, channel_id: int, query: Json) -> list[Json]:
        """A page of messages, the newest first, as Discord gives it."""
        if channel_id not in self.channels:
            raise Unknown(10003, "Unknown Channel")
        limit = int(query.get("limit", 50))
        ids = sorted(self.messages[channel_id])
        if "after" in query:
            ids = [i for i in ids if i > int(query["after"])][:limit]
        elif "before" in query:
            ids = [i for i in ids if i < int(query["before"])][-limit:]
        else:
            ids = ids[-limit:]
        return [self.messages[channel_id][i] for i in reversed(ids)]

    def _add(self, channel_id: int, author: Json, body: Json, at: float | None) -> Json:
        if channel_id not in self.channels:
            raise Unknown(10003, "Unknown Channel")
        message_id = self.snowflake(at)
        written = datetime.fromtimestamp(((message_id >> 22) + _EPOCH_MS) / 1000, UTC)
        message = {
            "id": str(message_id), "channel_id": str(channel_id), "guild_id": str(GUILD_ID), "author": author,
            "content": "", "timestamp": written.isoformat(), "edited_timestamp": None, "tts": False,
            "mention_everyone": False, "mentions": [], "mention_roles": [], "attachments": [], "embeds": [],
            "pinned": False, "type": 19 if body.get("message_reference") else 0, "flags": 0, "components": [], **body,
        }  # fmt: skip
        if not message.get("message_reference"):
            message.pop("message_reference", None)
        self.messages[channel_id][message_id] = message
        self.channels[channel_id]["last_message_id"] = str(message_id)
        self.tell("MESSAGE_CREATE", message)
        return message
