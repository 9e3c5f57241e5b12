"""The bot with one safeguard taken out on purpose, as a process: `python -m tests.benchmarks.broken NAME run`.

Only for `tests.benchmarks.chaos --without NAME`, which must fail then: a proof of the proof.
"""

import runpy
import sys
from datetime import datetime
from itertools import count
from typing import Any

from bot.cogs._poster import DiscordPoster
from bot.core.model import ChatMessage, ContextNote, MessageId
from bot.store.notes import SqlNoteLog
from bot.store.work import SqlNoteWork

_numbers = count()


def no_reservation() -> None:
    """The right to post is granted to whoever asks, and written down only when the note stands."""
    keep = SqlNoteLog.reserve
    confirm = SqlNoteLog.confirm
    asked: dict[MessageId, tuple[ChatMessage, ContextNote, Any, datetime]] = {}

    async def reserve(self: Any, message: ChatMessage, note: ContextNote, kind: Any, at: datetime, basis: Any) -> int:
        asked[message.id] = (message, note, kind, at)
        return 1 if await self.get(message.id) is None else 0

    async def confirmed(self: Any, message_id: MessageId, note_id: MessageId, at: datetime) -> bool:
        if message_id in asked:
            message, note, kind, reserved = asked.pop(message_id)
            await keep(self, message, note, kind, reserved)
        return await confirm(self, message_id, note_id, at)

    SqlNoteLog.reserve = reserve  # type: ignore[method-assign,assignment]
    SqlNoteLog.confirm = confirmed  # type: ignore[method-assign,assignment]


def no_nonce() -> None:
    """Every try has a nonce of its own."""
    post: Any = DiscordPoster._reply

    async def reply(self: Any, *given: Any) -> MessageId:
        *rest, _token = given
        sent: MessageId = await post(self, *rest, f"x{next(_numbers)}-{id(self)}"[:25])
        return sent

    DiscordPoster._reply = reply  # type: ignore[method-assign,assignment]


def no_settle() -> None:
    """What was left open stays open."""
    due = SqlNoteWork.due

    async def some(self: Any, todos: Any, now: datetime, most: int, but: Any = ()) -> list[Any]:
        return [posted for posted in await due(self, todos, now, most, but) if posted.todo != "settle"]

    SqlNoteWork.due = some  # type: ignore[method-assign]


def no_recheck() -> None:
    """Notes are not looked at again after a start."""

    async def look_again(_self: Any, _since: datetime) -> None:
        return

    SqlNoteWork.look_again = look_again  # type: ignore[method-assign,assignment]


def no_follow() -> None:
    """Notes do not follow their record."""
    from bot.services.follow import Follow

    async def take_up(_self: Any) -> None:
        return

    Follow.take_up = take_up  # type: ignore[method-assign,assignment]


SAFEGUARDS = {
    "reservation": no_reservation,
    "nonce": no_nonce,
    "settle": no_settle,
    "recheck": no_recheck,
    "follow": no_follow,
}

if __name__ == "__main__":
    SAFEGUARDS[sys.argv.pop(1)]()
    runpy.run_module("bot", run_name="__main__")
