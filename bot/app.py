"""ROOF: wires the store to the services. Opens parts in order, closes them in reverse. Discord is added in `live`."""

import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.core.labels import LabelBook
from bot.core.links import LinkRules
from bot.core.model import Publication
from bot.core.records import Reading, read_kept
from bot.core.words import Words
from bot.ports import Clock
from bot.services.inspect import Inspect
from bot.services.look_up import LookUp
from bot.services.rekey import Rekey
from bot.services.transfer import Knowledge, Transfer
from bot.settings import Loaded, load_labels, load_links, load_verdicts, load_words
from bot.store.addresses import SqlAddressBook
from bot.store.catalog import SqlCatalog
from bot.store.changes import SqlRecordChanges
from bot.store.drafts import SqlDrafts
from bot.store.guilds import SqlGuildBook, SqlMeta
from bot.store.history import SqlHistory
from bot.store.ids import Ids
from bot.store.imports import SqlImports
from bot.store.keys import SqlKeys, has_outdated_keys, make_keys_anew
from bot.store.migrate import migrate, require_current
from bot.store.notes import SqlNoteLog
from bot.store.search import write_missing_words
from bot.store.short_links import SqlShortLinks
from bot.store.sqlite import Database, open_database
from bot.store.work import SqlNoteWork, SqlReadMarks
from bot.web.markup import markup_in

if TYPE_CHECKING:
    from bot.services.intake import Intake

log = logging.getLogger(__name__)

_MOST_NAMED = 10


@dataclass(frozen=True, slots=True)
class Texts:
    """What config/ says, read once."""

    words: Words
    labels: LabelBook
    links: LinkRules

    @classmethod
    def load(cls, loaded: Loaded) -> "Texts":
        """With the operator's own files laid over the shipped ones."""
        words = load_words(loaded.settings.locale.language)
        return cls(words, load_labels(loaded.folder), load_links(loaded.folder))


class House:
    """Everything over one open database, without Discord."""

    def __init__(self, loaded: Loaded, texts: Texts, database: Database, clock: Clock) -> None:
        ids = Ids()
        self.database_path = database.path
        self.texts = texts
        self.clock = clock
        self.catalog = SqlCatalog(database, texts.links.version, ids)
        self.settings = settings = loaded.settings
        self.notes = SqlNoteLog(database, ids)
        self.work = SqlNoteWork(database)
        self.marks = SqlReadMarks(database)
        self.changes = SqlRecordChanges(database)
        self.book = SqlGuildBook(database, settings.guild_defaults.rules(), ids)
        self.meta = SqlMeta(database)
        self.reading = Reading(texts.labels, texts.links)
        self.short_links = SqlShortLinks(database)
        self.addresses = SqlAddressBook(database, self.catalog, ids, self._read_contents)
        self.rekey = Rekey(SqlKeys(database, texts.links), self.addresses, self.reading, texts.words, clock)
        self.look_up = LookUp(self.catalog, self.short_links, texts.links, texts.words, clock)
        imports = SqlImports(database, self.catalog, ids, self._read_contents, clock)
        knowing = partial(load_knowledge, loaded.folder)
        self.transfer = Transfer(self.catalog, imports, self.reading, knowing, texts.words, clock)
        self.drafts = SqlDrafts(database, ids, self._read_contents)
        self.history = SqlHistory(database, self._read_contents)
        self.inspect = Inspect(self.look_up, texts.words, clock)

    def _read_contents(self, text: str) -> Publication:
        """A record as the audit keeps it."""
        return read_kept(json.loads(text), self.reading)


def load_knowledge(folder: Path) -> Knowledge:
    """What it takes to read any source of records; called in the process that reads."""
    return Knowledge(Reading(load_labels(folder), load_links(folder)), load_verdicts(folder), markup_in)


def make_intake(texts: Texts) -> "Intake":
    """A reader of pages; needs no database."""
    # Here, because its patterns take a fifth of a second to compile, and most commands read no page.
    from bot.services.intake import Intake
    from bot.web.pages import read_html

    return Intake(Reading(texts.labels, texts.links), read_html, texts.words)


@asynccontextmanager
async def open_house(loaded: Loaded, clock: Clock, *, read_only: bool = False) -> AsyncIterator[House]:
    """The parts over the configured database, which is migrated first; read-only, nothing at all is written."""
    texts = Texts.load(loaded)
    file = loaded.settings.database
    if read_only:
        await require_current(file.path)
    else:
        await migrate(file.path, clock())
    async with open_database(file.path, busy_timeout_ms=file.busy_timeout_ms, read_only=read_only) as database:
        house = House(loaded, texts, database, clock)
        if read_only:
            if await has_outdated_keys(database, texts.links):
                log.warning("the link rules changed since the keys were made; `sidenote db migrate` makes them anew")
        else:
            await _renew_keys(database, texts.links)
            await write_missing_words(database)
        yield house


async def _renew_keys(database: Database, rules: LinkRules) -> None:
    if not await has_outdated_keys(database, rules):
        return
    made = await make_keys_anew(database, rules)
    if made.done:
        log.info("the link rules changed: keys made anew=%s", made.done)
    if ids := list(dict.fromkeys(record_id for record_id, _, _ in made.meeting)):
        log.warning(
            "records=%s are found under their old keys only: under the new link rules they would be one with others of "
            "their list, or have no key; `sidenote db rekey` shows and merges them",
            ",".join(map(str, ids[:_MOST_NAMED])),
        )
