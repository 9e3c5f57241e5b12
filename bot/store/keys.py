"""Keys are made anew when the link rules changed: by themselves where no two records would meet, in short steps.

Every key carries the version of the rules that made it (contracts.md, The database), so this goes on where it was
stopped. Where two records of a list would meet, the old key stays and the records are named.
"""

from collections.abc import Collection
from dataclasses import dataclass

from bot.core.links import LinkRules, lookup_key
from bot.core.model import LookupKey, Record
from bot.store.queries import Value
from bot.store.rows import read_records
from bot.store.sqlite import Database, Row, Transaction

_STEP = 500


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """How many keys were made anew, and which records of a list meet: whose old key stays, who has the new one."""

    done: int
    meeting: tuple[tuple[int, int, LookupKey], ...]


async def has_outdated_keys(database: Database, rules: LinkRules) -> bool:
    """Whether some key was made by other rules; cheap, by an index."""
    async with database.read() as snapshot:
        return await snapshot.row("any_outdated_key", version=rules.version) is not None


async def make_keys_anew(database: Database, rules: LinkRules) -> Rekeyed:
    """Brings every key to these rules, a short transaction for each step.

    Goes over them again as long as that frees a key that another address waits for.
    """
    done = 0
    while True:
        moved, meeting = await _pass(database, rules)
        done += moved
        if not moved or not meeting:
            return Rekeyed(done, tuple(dict.fromkeys(meeting)))


class SqlKeys:
    """Fulfils `ports.Keys`."""

    def __init__(self, database: Database, rules: LinkRules) -> None:
        self._database = database
        self._rules = rules

    async def meetings(self) -> list[tuple[Record, Record, LookupKey]]:
        """See `ports.Keys`."""
        meeting = (await make_keys_anew(self._database, self._rules)).meeting
        records = await self._records({record_id for pair in meeting for record_id in pair[:2]})
        return [(records[a], records[b], key) for a, b, key in meeting if a != b and {a, b} <= records.keys()]

    async def _records(self, ids: Collection[int]) -> dict[int, Record]:
        async with self._database.read() as snapshot:
            return await read_records(snapshot, ids) if ids else {}


_Meeting = tuple[int, int, LookupKey]


async def _pass(database: Database, rules: LinkRules) -> tuple[int, list[_Meeting]]:
    moved, meeting = 0, list[_Meeting]()
    last = {"after": 0, "after_position": -1}
    while True:
        async with database.write() as transaction:
            rows = await transaction.rows("outdated_keys", version=rules.version, most=_STEP, **last)
            if not rows:
                return moved, meeting
            met = [found for row in rows if (found := await _renew(transaction, row, rules))]
        moved += len(rows) - len(met)
        meeting += met
        last = {"after": rows[-1][0], "after_position": rows[-1][1]}


async def _renew(transaction: Transaction, row: Row, rules: LinkRules) -> _Meeting | None:
    """Gives an address its new key; the meeting where another address has that key (still)."""
    publication_id, position, list_id, url, old = row
    key = lookup_key(url, rules)
    if key is None:
        return publication_id, publication_id, old  # no page's address by these rules: still found as before
    place: dict[str, Value] = {"publication_id": publication_id, "position": position}
    for holder, holder_position, holder_version in await transaction.rows("holder_of_key", list_id=list_id, key=key):
        if (holder, holder_position) == (publication_id, position):
            continue
        if holder != publication_id or holder_version != rules.version:
            return publication_id, holder, key
        # A sibling has this very key for good, so the record is found by it; this address waits under a key of no page.
        key = LookupKey(f"~{publication_id}.{position}")
    await transaction.many("set_key", [{**place, "version": rules.version, "key": key}])
    return None
