"""Fixtures: texts as shipped, a real database in a temporary folder, the real bot in SimCord."""

import os
from collections.abc import AsyncIterator, Generator
from pathlib import Path

import pytest

from bot.app import House, Texts, open_house
from bot.core.errors import SidenoteError
from bot.live import utc_now
from bot.settings import Loaded, load_settings
from tests.cli.program import Program
from tests.stage import Stage, open_stage


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_call(item: pytest.Function) -> Generator[None, object, object]:
    """The test itself lives in the time of its simulated server."""
    for stage in [value for value in item.funcargs.values() if isinstance(value, Stage)]:
        with stage.env.time_context():
            return (yield)
    return (yield)


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of this machine reaches a test."""
    for name in os.environ:
        if name.upper().startswith("SIDENOTE_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config-home"))


@pytest.fixture
def loaded(tmp_path: Path) -> Loaded:
    """Settings with a database in a temporary folder."""
    return load_settings(
        tmp_path, overrides={"database": {"path": tmp_path / "test.db"}, "discord": {"silence_seconds": 3600}}
    )


@pytest.fixture
def sidenote(tmp_path: Path) -> Program:
    """The program as a person runs it, in a folder of its own."""
    return Program(tmp_path)


@pytest.fixture
def texts(loaded: Loaded) -> Texts:
    """Words, labels and link rules as shipped."""
    return Texts.load(loaded)


@pytest.fixture
async def house(loaded: Loaded) -> AsyncIterator[House]:
    """Everything over a fresh database."""
    async with open_house(loaded, utc_now) as opened:
        yield opened


@pytest.fixture
async def stage(loaded: Loaded) -> AsyncIterator[Stage]:
    """The real bot in a simulated server in mode post, with a member, a moderator and a log channel."""
    async with open_stage(loaded) as opened:
        yield opened
        assert [e for e in opened.bugs() if not isinstance(e, SidenoteError)] == []
