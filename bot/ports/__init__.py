"""What services need from the world, as Protocols. Wings fulfil them; only the roof knows which wing.

Every method may raise StoreError (the catalogue, the log, the book) or PostRefused (the posters); other errors
are bugs. Ids are the program's or Discord's, times are aware and in UTC.
"""

from collections.abc import Callable
from datetime import datetime

from bot.ports.imports import Growth, Held, Import, ImportBatch, Imports, ImportStep, Missed
from bot.ports.notes import Basis, NoteLog, NoteWork, ReadMarks, RecordChanges
from bot.ports.outside import ChannelReader, GuildBook, Newest, NotePoster, Pages, Redirects, ShortLinks
from bot.ports.records import AddressBook, Catalog, Drafts, Heading, Keys, RecordHistory

Clock = Callable[[], datetime]
"""Now, aware and in UTC."""

__all__ = [
    "AddressBook",
    "Basis",
    "Catalog",
    "ChannelReader",
    "Clock",
    "Drafts",
    "Growth",
    "GuildBook",
    "Heading",
    "Held",
    "Import",
    "ImportBatch",
    "ImportStep",
    "Imports",
    "Keys",
    "Missed",
    "Newest",
    "NoteLog",
    "NotePoster",
    "NoteWork",
    "Pages",
    "ReadMarks",
    "RecordChanges",
    "RecordHistory",
    "Redirects",
    "ShortLinks",
]
