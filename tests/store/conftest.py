"""Every store that sits the exams: the fake in memory and SQLite."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.core.labels import LabelBook
from bot.core.links import LinkRules
from bot.core.model import GuildRules
from bot.core.records import Reading
from bot.ports import Catalog, GuildBook, NoteLog
from bot.store.catalog import SqlCatalog
from bot.store.guilds import SqlGuildBook
from bot.store.ids import Ids
from bot.store.migrate import migrate
from bot.store.notes import SqlNoteLog
from bot.store.sqlite import open_database
from tests.fakes.memory import MemoryCatalog, MemoryGuildBook, MemoryNoteLog

NOW = datetime(2026, 1, 1, 12, tzinfo=UTC)
RULES = LinkRules()
READING = Reading(LabelBook({}), RULES)
DEFAULTS = GuildRules(cooldown_seconds=77)


@dataclass
class Stores:
    catalog: Catalog
    notes: NoteLog
    book: GuildBook


@pytest.fixture(params=["memory", "sqlite"])
async def stores(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stores]:
    if request.param == "memory":
        yield Stores(MemoryCatalog(), MemoryNoteLog(), MemoryGuildBook(DEFAULTS))
        return
    path = tmp_path / "contract.db"
    await migrate(path, NOW)
    async with open_database(path) as database:
        ids = Ids()
        yield Stores(
            SqlCatalog(database, RULES.version, ids), SqlNoteLog(database, ids), SqlGuildBook(database, DEFAULTS, ids)
        )
