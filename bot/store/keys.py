"""Keys are made anew when the link rules changed: by themselves where no two records would meet, in short steps.

Every key carries the version of the rules that made it (contracts.md, The database), so this goes on where it was
stopped. Where two records of a list would meet, the old key stays and the records are named.
"""

from dataclasses import dataclass

from bot.core.links import LinkRules, lookup_key
from bot.store.queries import Value
from bot.store.sqlite import Database, Row, Transaction

_STEP = 500


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """How many keys were made anew, and the addresses that would make two records meet."""

    done: int
    meeting: tuple[str, ...]


async def has_outdated_keys(database: Database, rules: LinkRules) -> bool:
    """Whether some key was made by other rules; cheap, by an index."""
    async with database.read() as snapshot:
        return await snapshot.row("any_outdated_key", version=rules.version) is not None


async def make_keys_anew(database: Database, rules: LinkRules) -> Rekeyed:
    """Brings every key to these rules, a short transaction for each step."""
    done, meeting = 0, list[str]()
    last = {"after": 0, "after_position": -1}
    while True:
        async with database.write() as transaction:
            rows = await transaction.rows("outdated_keys", version=rules.version, most=_STEP, **last)
            if not rows:
                return Rekeyed(done, tuple(meeting))
            met = await _step(transaction, rows, rules)
        done += len(rows) - len(met)
        meeting += met
        last = {"after": rows[-1][0], "after_position": rows[-1][1]}


async def _step(transaction: Transaction, rows: list[Row], rules: LinkRules) -> list[str]:
    wanted = {(row[0], row[1]): lookup_key(row[3], rules) or row[4] for row in rows}
    holders = await _holders(transaction, rows, list(wanted.values()))
    met: list[str] = []
    for publication_id, position, list_id, url, old in rows:
        key = wanted[publication_id, position]
        holder = holders.setdefault((list_id, key), publication_id)
        if holder != publication_id:
            met.append(url)
            continue
        if key != old and await _is_taken(transaction, list_id, key):
            key = old  # another address of the same record has this key already
        row: dict[str, Value] = {
            "publication_id": publication_id,
            "position": position,
            "version": rules.version,
            "key": key,
        }
        await transaction.many("set_key", [row])
    return met


async def _holders(transaction: Transaction, rows: list[Row], keys: list[str]) -> dict[tuple[int, str], int]:
    found: dict[tuple[int, str], int] = {}
    for list_id in {row[2] for row in rows}:
        for key, holder, _title in await transaction.rows("holders_of_keys", list_id=list_id, keys=keys):
            found[list_id, key] = holder
    return found


async def _is_taken(transaction: Transaction, list_id: int, key: str) -> bool:
    return bool(await transaction.rows("holders_of_keys", list_id=list_id, keys=[key]))
