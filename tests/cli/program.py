"""The program as a person runs it: a process of its own, in a folder of its own."""

import asyncio
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass
class Done:
    """What a person is left with."""

    status: int
    out: str
    err: str


class Program:
    """Runs `sidenote` in a folder."""

    def __init__(self, folder: Path, **env: str) -> None:
        self.folder = folder
        home = {"HOME": str(folder), "XDG_CONFIG_HOME": str(folder / "home")}
        kept = {k: v for k, v in os.environ.items() if not k.upper().startswith("SIDENOTE_")}
        self.env = {**kept, **home, "PYTHONPATH": str(ROOT), "COLUMNS": "200", **env}

    async def start(self, *arguments: str, **env: str) -> asyncio.subprocess.Process:
        """Starts it, with pipes."""
        return await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", *arguments,
            cwd=self.folder, env={**self.env, **env},
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip

    async def __call__(self, *arguments: str, stdin: str | bytes = b"", **env: str) -> Done:
        """Runs it to its end. There is never a traceback."""
        process = await self.start(*arguments, **env)
        data = stdin if isinstance(stdin, bytes) else stdin.encode("utf-8", "surrogatepass")
        out, err = await asyncio.wait_for(process.communicate(data), 60)
        done = Done(process.returncode or 0, out.decode(), err.decode())
        assert "Traceback" not in done.err, done.err
        return done


async def stop(process: asyncio.subprocess.Process, how: signal.Signals, within: float = 5) -> Done:
    """Ends a process with a signal; it must be gone within so many seconds."""
    process.send_signal(how)
    out, err = await asyncio.wait_for(process.communicate(), within)
    return Done(process.returncode or 0, out.decode(), err.decode())
