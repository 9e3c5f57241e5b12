"""Link rules change: every address is found under its new key, or the record is named."""

from pathlib import Path

import pytest

from bot.core.links import LinkRules, lookup_key
from bot.core.model import OPERATOR, Address, LookupKey, Publication
from bot.store.catalog import SqlCatalog
from bot.store.ids import Ids
from bot.store.keys import has_outdated_keys, make_keys_anew
from bot.store.migrate import migrate
from bot.store.sqlite import open_database
from tests.store.test_contract import MINE, NOW

OLD, NEW = LinkRules.from_parameters(["b"]), LinkRules.from_parameters(["c"])
PAGE = "https://a.example/p"


def publication(*urls: str) -> Publication:
    return Publication(tuple(Address(url, lookup_key(url, OLD) or LookupKey("")) for url in urls), urls[0])


@pytest.mark.parametrize(
    ("records", "found", "meeting"),
    [
        ([[f"{PAGE}?a=1&c=3", f"{PAGE}?a=1&b=2"]], {"a.example/p?a=1": 0, "a.example/p?a=1&b=2": 0}, []),
        ([[f"{PAGE}?a=1&c=3"], [f"{PAGE}?a=1&b=2"]], {"a.example/p?a=1": 0, "a.example/p?a=1&b=2": 1}, []),
        ([[f"{PAGE}?c=1", f"{PAGE}?c=2"]], {"a.example/p": 0}, []),
        ([[f"{PAGE}?c=1"], [f"{PAGE}?c=2"]], {"a.example/p": 0}, [1]),
        ([[PAGE]], {"a.example/p": 0}, []),
    ],
)
async def test_every_address_is_found_again(
    tmp_path: Path, records: list[list[str]], found: dict[str, int], meeting: list[int]
) -> None:
    path = tmp_path / "keys.db"
    await migrate(path, NOW)
    async with open_database(path) as database:
        catalog = SqlCatalog(database, OLD.version, Ids())
        made = [await catalog.add(MINE, publication(*urls), OPERATOR, NOW) for urls in records]
        assert await has_outdated_keys(database, NEW)
        done = await make_keys_anew(database, NEW)
        assert list(done.meeting) == [made[i].id for i in meeting]
        for key, number in found.items():
            assert [r.id for r in await catalog.find([LookupKey(key)], [MINE])] == [made[number].id]
        assert await has_outdated_keys(database, NEW) is bool(meeting)
        assert (await make_keys_anew(database, NEW)).done == 0
