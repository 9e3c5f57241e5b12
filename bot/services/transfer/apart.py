"""Preparing a large source in a process of its own: it takes a core, and the bot's own must stay free to answer."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Collection, Iterator
from contextlib import aclosing
from datetime import datetime
from typing import Any, TypeVar

from bot.core.errors import UserError
from bot.services.processes import collect_seldom, parts_apart
from bot.services.transfer.prepare import Chunk, Knowledge, MakeKnowledge, Refused, again, chunks
from bot.services.transfer.source import Source

_AT_ONCE = 20
"""Entries prepared before others have a turn, where the source is small and no process is worth it."""
_LONGEST_SECONDS = 60
"""What the next entries may take; a source that is made to be slow is given up then."""

T = TypeVar("T")


async def prepared_apart(source: Source, make_knowledge: MakeKnowledge, now: datetime) -> AsyncGenerator[Chunk, None]:
    """The chunks, prepared elsewhere."""
    async with aclosing(_apart(chunks, source, make_knowledge, now)) as prepared:
        async for chunk in prepared:
            yield chunk


async def prepared_here(source: Source, known: Callable[[], Knowledge], now: datetime) -> AsyncGenerator[Chunk, None]:
    """The same, in this process."""
    for chunk in chunks(source, await asyncio.to_thread(known), now, _AT_ONCE):
        await asyncio.sleep(0)
        yield chunk


async def prepared_again(
    source: Source, make_knowledge: MakeKnowledge, numbers: Collection[int]
) -> AsyncGenerator[list[Refused], None]:
    """Some entries once more, see `prepare.again`."""
    async with aclosing(_apart(again, source, make_knowledge, numbers)) as entries:
        async for some in entries:
            yield some


def _apart(
    read: Callable[[Source, Knowledge, Any], Iterator[T]], source: Source, make_knowledge: MakeKnowledge, how: Any
) -> AsyncGenerator[T, None]:
    return parts_apart(
        _read,
        read,
        source,
        make_knowledge,
        how,
        seconds=_LONGEST_SECONDS,
        slow=UserError(key="refused.reader_slow", seconds=_LONGEST_SECONDS),
        ended=UserError(key="refused.reader_ended"),
    )


def _read(
    read: Callable[[Source, Knowledge, Any], Iterator[T]], source: Source, make_knowledge: MakeKnowledge, how: Any
) -> Iterator[T]:
    """What runs there."""
    collect_seldom()
    yield from read(source, make_knowledge(), how)
