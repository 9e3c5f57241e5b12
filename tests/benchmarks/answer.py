"""How long a flagged link waits for its note, from the gateway event to the posted reply.

`python -m tests.benchmarks.answer [--messages 300]`: the real bot over a real database in SimCord, SimCord's own work
included, the network to Discord not.
"""

import argparse
import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from bot.settings import load_settings
from tests.stage import PAGE, Stage, open_stage


async def measure(stage: Stage, text: str, messages: int) -> list[float]:
    """Milliseconds from each message to the moment when the bot is done with it."""
    times = []
    for number in range(messages):
        channel = stage.guild.create_text_channel(f"c{number}")
        started = time.perf_counter()
        await stage.member.send(channel, text)
        times.append((time.perf_counter() - started) * 1000)
    return sorted(times)


async def main(messages: int) -> None:
    """Prints the median, the 95th percentile and the worst."""
    with tempfile.TemporaryDirectory() as folder:
        loaded = load_settings(Path(folder), overrides={"database": {"path": Path(folder) / "bench.db"}})
        async with open_stage(loaded) as stage:
            times = await measure(stage, f"look at {PAGE}?utm_source=x", messages)
    p95 = times[int(len(times) * 0.95)]
    print(f"flagged link, {messages} messages: p50 {statistics.median(times):.1f} ms, ", end="")
    print(f"p95 {p95:.1f} ms, worst {times[-1]:.1f} ms")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=300)
    asyncio.run(main(parser.parse_args().messages))
