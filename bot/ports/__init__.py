"""What services need from the world, as Protocols. Wings fulfil them; only the roof knows which wing.

Every method may raise StoreError (the catalogue, the log, the book) or PostRefused (the posters); other errors
are bugs. Ids are the program's or Discord's, times are aware and in UTC.
"""

from collections.abc import Callable
from datetime import datetime

from bot.ports.notes import Basis, NoteLog, NoteWork, ReadMarks, RecordChanges
from bot.ports.outside import ChannelReader, GuildBook, Newest, NotePoster, Redirects, ShortLinks
from bot.ports.records import AddressBook, Batch, Catalog, Heading, Keys, RecordHistory

Clock = Callable[[], datetime]
"""Now, aware and in UTC."""

__all__ = [
    "AddressBook",
    "Basis",
    "Batch",
    "Catalog",
    "ChannelReader",
    "Clock",
    "GuildBook",
    "Heading",
    "Keys",
    "Newest",
    "NoteLog",
    "NotePoster",
    "NoteWork",
    "ReadMarks",
    "RecordChanges",
    "RecordHistory",
    "Redirects",
    "ShortLinks",
]
