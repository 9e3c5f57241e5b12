"""Where short links led, over SQL: fulfils `ports.ShortLinks`. Holds hashes of what was shared, never who shared it."""

from collections.abc import Collection
from datetime import datetime, timedelta
from hashlib import sha256

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

    async def known(self, keys: Collection[LookupKey], now: datetime) -> dict[LookupKey, LookupKey]:
        """See `ports.ShortLinks`."""
        hashed = {_hash(key): key for key in keys}
        async with self._database.read() as snapshot:
            rows = await snapshot.rows("known_short_links", keys=list(hashed), since=from_time(now - _FOUND_FOR))
        return {hashed[row_key]: LookupKey(target) for row_key, target in rows}

    async def unknown(self, keys: Collection[LookupKey], now: datetime) -> list[LookupKey]:
        """See `ports.ShortLinks`."""
        hashed = {_hash(key): key for key in dict.fromkeys(keys)}
        since = {"found_since": from_time(now - _FOUND_FOR), "nowhere_since": from_time(now - _NOWHERE_FOR)}
        async with self._database.read() as snapshot:
            fresh = {key for (key,) in await snapshot.rows("looked_up_short_links", keys=list(hashed), **since)}
        return [key for row_key, key in hashed.items() if row_key not in fresh]

    async def remember(self, key: LookupKey, target: LookupKey | None, at: datetime) -> None:
        """See `ports.ShortLinks`."""
        async with self._database.write() as transaction:
            await transaction.rows("forget_short_links", before=from_time(at - _FOUND_FOR))
            row = {"key": _hash(key), "target": target, "at": from_time(at)}
            await transaction.many("remember_short_link", [row])


def _hash(key: LookupKey) -> str:
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
