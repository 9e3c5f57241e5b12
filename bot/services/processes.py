"""Reading what is large or hostile in a process of its own: it takes a core, which the bot's own must keep free to
answer, and it can be ended whatever it does.
"""

import asyncio
import contextlib
import gc
import multiprocessing
import os
import signal
from collections.abc import AsyncGenerator, Callable, Iterator
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any, TypeVar

from bot.core.errors import SidenoteError, UserError

T = TypeVar("T")

_MANY_OBJECTS = 50_000
_NICE = 10


def collect_seldom() -> None:
    """For a process that makes records by the thousand and then ends: what was loaded stays, and what is read holds no
    cycles. To look for them took a tenth of an import's time.
    """
    gc.freeze()
    gc.set_threshold(_MANY_OBJECTS)


def stand_back(most: int) -> None:
    """For a process that reads what may be made to hurt: at most so many bytes, and last in line for the processor, so
    that the bot answers first.
    """
    with contextlib.suppress(AttributeError, OSError):
        os.nice(_NICE)
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    except (ImportError, ValueError, OSError):
        pass  # a system without such limits still has the deadline


async def parts_apart(
    read: Callable[..., Iterator[T]], *given: Any, seconds: int, slow: UserError, ended: UserError
) -> AsyncGenerator[T, None]:
    """What `read(*given)` gives, read elsewhere. Both must be known there by name, or be data.

    The pipe between is narrow, so a slow reader here makes the other side wait. `seconds` is what the next part may
    take; then `slow` is raised, and `ended` where the process ends by itself before its time. SidenoteError and
    OSError come over as they were raised there. Close the generator, so that the process ends with it.
    """
    context = multiprocessing.get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(there, read, given), daemon=True)
    await asyncio.to_thread(process.start)
    there.close()
    coming = asyncio.ensure_future(asyncio.to_thread(_receive, here, seconds, slow, ended))
    try:
        while (received := await coming) is not None:
            if isinstance(received, BaseException):
                raise received
            # The next one comes over while this one is dealt with: the pipe holds less than a large part.
            coming = asyncio.ensure_future(asyncio.to_thread(_receive, here, seconds, slow, ended))
            yield received
    finally:
        await asyncio.shield(asyncio.to_thread(_end, process))
        await asyncio.gather(coming, return_exceptions=True)
        here.close()


def _receive(here: Connection, seconds: int, slow: UserError, ended: UserError) -> Any:
    try:
        return here.recv() if here.poll(seconds) else slow
    except EOFError:
        return ended


def _end(process: SpawnProcess) -> None:
    process.kill()
    process.join()
    process.close()


def _work(there: Connection, read: Callable[..., Iterator[Any]], given: tuple[Any, ...]) -> None:
    """What runs there. Ctrl-C goes to the whole group of processes; this one is ended by the other."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(BrokenPipeError):
        try:
            for part in read(*given):
                there.send(part)
            there.send(None)
        except (SidenoteError, OSError) as error:
            there.send(error)
