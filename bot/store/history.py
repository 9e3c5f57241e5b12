"""What the audit keeps of a record, without who did it: fulfils `ports.RecordHistory`."""

from collections.abc import Callable

from bot.core.history import RecordEvent
from bot.core.model import Publication, PublicationId
from bot.store.rows import to_time
from bot.store.sqlite import Database

_ACTIONS = ("dismiss_address",)
"""Events that changed nothing of the record itself."""


class SqlHistory:
    """Over SQL. `read_contents` makes a publication of what an audit event kept of it."""

    def __init__(self, database: Database, read_contents: Callable[[str], Publication]) -> None:
        self._database = database
        self._read_contents = read_contents

    async def of(self, record_id: PublicationId, most: int) -> list[RecordEvent]:
        """See `ports.RecordHistory`."""
        async with self._database.read() as snapshot:
            rows = await snapshot.rows("history_of", id=record_id, most=most, not_of=_ACTIONS)
        return [
            RecordEvent(time, self._read(before), self._read(after))
            for at, before, after in rows
            if (time := to_time(at))
        ]

    def _read(self, text: str | None) -> Publication | None:
        return self._read_contents(text) if text else None
