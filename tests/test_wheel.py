"""What is installed is whole: the wheel runs from an empty folder, without the checkout."""

import asyncio
import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.program import ROOT, Program, stop
from tests.stage import PAGE, RECORD


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this checkout and unpacked as pip does it, without its dependencies."""
    folder = tmp_path_factory.mktemp("wheel")
    python = [sys.executable, "-m"]
    built = subprocess.run(
        [*python, "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert built.returncode == 0, built.stdout + built.stderr
    [wheel] = folder.glob("*.whl")
    pip = [
        *python,
        "pip",
        "install",
        "--quiet",
        "--no-deps",
        "--no-index",
        "--target",
        str(folder / "site"),
        str(wheel),
    ]
    done = subprocess.run(pip, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return folder / "site"


async def test_check_runs_with_what_the_wheel_brings(installed: Path, tmp_path: Path) -> None:
    sidenote = Program(tmp_path, PYTHONPATH=str(installed))
    assert (await sidenote("import", "-", stdin=RECORD)).status == 0
    answer = json.loads((await sidenote("check", PAGE, "--json")).out)
    assert answer["decision"] == "post"
    assert (installed / "bot" / "_config" / "labels.toml").is_file()


async def test_the_demo_runs_with_what_the_wheel_brings(installed: Path, tmp_path: Path) -> None:
    process = await Program(tmp_path, PYTHONPATH=str(installed)).start("demo")
    assert process.stdout is not None
    first = await asyncio.wait_for(process.stdout.readline(), 30)
    assert first.startswith(b"Open this page: http://127.0.0.1:")
    assert (await stop(process, signal.SIGTERM)).status == 0
