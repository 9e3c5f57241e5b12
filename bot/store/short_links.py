"""Where short links led, over SQL: fulfils `ports.ShortLinks`. Holds addresses, never who shared them."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.core.model import LookupKey
from bot.store.rows import from_time
from bot.store.sqlite import Database

_FOUND_FOR = timedelta(days=30)
"""Short links hardly ever change; after this they are asked again."""
_NOWHERE_FOR = timedelta(hours=1)
"""A failure, or a target that does not count, may be one of the moment."""


class SqlShortLinks:
    """A cache in the database, for all processes."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def known(self, keys: Collection[LookupKey]) -> dict[LookupKey, str]:
        """See `ports.ShortLinks`."""
        async with self._database.read() as snapshot:
            return {LookupKey(key): target for key, target in await snapshot.rows("known_short_links", keys=keys)}

    async def unknown(self, keys: Collection[LookupKey], now: datetime) -> list[LookupKey]:
        """See `ports.ShortLinks`."""
        since = {"found_since": from_time(now - _FOUND_FOR), "nowhere_since": from_time(now - _NOWHERE_FOR)}
        async with self._database.read() as snapshot:
            fresh = {key for (key,) in await snapshot.rows("looked_up_short_links", keys=keys, **since)}
        return [key for key in dict.fromkeys(keys) if key not in fresh]

    async def remember(self, key: LookupKey, target: str | None, at: datetime) -> None:
        """See `ports.ShortLinks`."""
        async with self._database.write() as transaction:
            row = {"key": key, "target": target, "at": from_time(at)}
            await transaction.many("remember_short_link", [row])
