"""Preparing a large source in a process of its own: it takes a core, and the bot's own must stay free to answer."""

import asyncio
import contextlib
import gc
import multiprocessing
import signal
import time
from collections.abc import AsyncGenerator, Callable, Collection, Iterator
from contextlib import aclosing
from datetime import datetime
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, TypeVar

from bot.core.errors import SidenoteError, UserError
from bot.services.transfer.prepare import Chunk, Knowledge, MakeKnowledge, Refused, again, chunks
from bot.services.transfer.source import Source

_GAP_SECONDS = 0.003
"""Between two chunks, so that whoever waits to reserve a note gets at the database."""
_AT_ONCE = 20
"""Entries prepared before others have a turn, where the source is small and no process is worth it."""
_LONGEST_SECONDS = 60
"""What the next entries may take; a source that is made to be slow is given up then."""

T = TypeVar("T")


async def prepared_apart(source: Source, make_knowledge: MakeKnowledge, now: datetime) -> AsyncGenerator[Chunk, None]:
    """The chunks, prepared elsewhere. The pipe between is narrow, so a slow reader here makes the other side wait."""
    async with aclosing(_apart(chunks, source, make_knowledge, now)) as prepared:
        async for chunk in prepared:
            yield chunk
            await asyncio.to_thread(time.sleep, _GAP_SECONDS)


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


async def _apart(
    read: Callable[[Source, Knowledge, Any], Iterator[T]], source: Source, make_knowledge: MakeKnowledge, how: Any
) -> AsyncGenerator[T, None]:
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(there, read, source, make_knowledge, how), daemon=True)
    await asyncio.to_thread(process.start)
    there.close()
    coming = asyncio.ensure_future(asyncio.to_thread(_receive, here))
    try:
        while (received := await coming) is not None:
            if isinstance(received, BaseException):
                raise received
            # The next one comes over while this one is dealt with: the pipe holds less than a chunk.
            coming = asyncio.ensure_future(asyncio.to_thread(_receive, here))
            yield received
    finally:
        await asyncio.shield(asyncio.to_thread(_end, process))
        await asyncio.gather(coming, return_exceptions=True)
        here.close()


def _receive(here: Connection) -> Any:
    try:
        if not here.poll(_LONGEST_SECONDS):
            return UserError(key="refused.reader_slow", seconds=_LONGEST_SECONDS)
        return here.recv()
    except EOFError:
        return UserError(key="refused.reader_ended")


def _end(process: SpawnProcess) -> None:
    process.kill()
    process.join()
    process.close()


def _work(
    there: Connection,
    read: Callable[[Source, Knowledge, Any], Iterator[Any]],
    source: Source,
    make_knowledge: MakeKnowledge,
    how: Any,
) -> None:
    """What runs there. Ctrl-C goes to the whole group of processes; this one is ended by the other."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()  # what was loaded stays, and what is read holds no cycles: looking for them took one second in thirty
    gc.set_threshold(50_000)
    with contextlib.suppress(BrokenPipeError):
        try:
            for part in read(source, make_knowledge(), how):
                there.send(part)
            there.send(None)
        except (SidenoteError, OSError) as error:
            there.send(error)
