"""Standard input line by line, without ever keeping the program from being stopped."""

import asyncio
import contextlib
import os
import threading
from collections.abc import AsyncIterator, Iterator

LONGEST_LINE = 10_000_000
"""In bytes; a longer line is cut there, and so answered as broken."""
_STANDARD_INPUT = 0
_WAITING = 100
_BLOCK = 65_536


async def input_lines() -> AsyncIterator[str]:
    """The lines, decoded; bytes that are no UTF-8 spoil their own line only. A byte order mark is passed over.

    A thread reads, because a pipe, a terminal and a file block in different ways; it dies with the program.
    """
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[str | None] = asyncio.Queue(_WAITING)

    def put(line: str | None) -> None:
        waiting = queue.put(line)
        try:
            asyncio.run_coroutine_threadsafe(waiting, loop).result()
        except RuntimeError:  # the loop is closed: nobody listens any more
            waiting.close()
            raise

    def read() -> None:
        with contextlib.suppress(RuntimeError):
            try:
                for line in _split(_STANDARD_INPUT):
                    put(line)
            except OSError:
                pass  # closed, or broken: that was the last line
            put(None)

    threading.Thread(target=read, daemon=True, name="standard input").start()
    while (line := await queue.get()) is not None:
        yield line


def _split(descriptor: int) -> Iterator[str]:
    """Not through sys.stdin: a thread that waits in its buffer could not be left behind at the end."""
    rest = bytearray()
    first = True
    while block := os.read(descriptor, _BLOCK):
        *lines, last = block.split(b"\n")
        for line in lines:
            yield _text(rest + line, first=first)
            rest, first = bytearray(), False
        rest += last[: max(0, LONGEST_LINE + 1 - len(rest))]
    if rest:
        yield _text(rest, first=first)


def _text(line: bytes | bytearray, *, first: bool) -> str:
    return bytes(line[: LONGEST_LINE + 1]).decode("utf-8-sig" if first else "utf-8", "replace")
