"""Titles found while they are typed: by their beginning, by any of their words, in small lists by any part.

Bounded, so that it answers as fast with a million records as with a hundred: what is looked at has a limit, and a word
that stands in more titles than that is met in some of them.
"""

from collections.abc import Sequence

from bot.core.model import ListName, PublicationId
from bot.core.records.pack import WORDS, title_words
from bot.core.text import fold
from bot.ports import Heading
from bot.store.sqlite import Database, Row, Snapshot

_LIKE = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})
_AFTER_ALL = "\U0010ffff"
_WORDS_LOOKED_AT = 2_000
_TITLES_LOOKED_AT = 5_000
_STEP = 500


async def search_titles(snapshot: Snapshot, typed: str, lists: Sequence[ListName], limit: int) -> list[Heading]:
    """See `ports.Catalog`."""
    wanted = fold(typed)
    found: dict[int, tuple[bool, str, int, Heading]] = {}
    for name in lists:
        for row in await _of_list(snapshot, wanted, name, limit):
            record_id, title, folded = row
            place = (not folded.startswith(wanted), folded, record_id)
            found[record_id] = (*place, Heading(PublicationId(record_id), title, name))
    return [heading for *_, heading in sorted(found.values(), key=lambda x: x[:3])[:limit]]


async def _of_list(snapshot: Snapshot, wanted: str, name: ListName, limit: int) -> list[Row]:
    rows = await snapshot.rows("titles_beginning", name=name, low=wanted, high=wanted + _AFTER_ALL, most=limit)
    if len(rows) >= limit:
        return rows
    pattern = f"%{wanted.translate(_LIKE)}%"
    if words := title_words(wanted):
        word = max(words, key=len)  # the longest stands in the fewest titles
        rows += await snapshot.rows(
            "titles_with_word",
            name=name, low=word, high=word + _AFTER_ALL, pattern=pattern, looked_at=_WORDS_LOOKED_AT, most=limit,
        )  # fmt: skip
    if len(rows) < limit:
        rows += await snapshot.rows(
            "titles_with_part", name=name, pattern=pattern, looked_at=_TITLES_LOOKED_AT, most=limit
        )
    return rows


async def write_missing_words(database: Database) -> int:
    """The words of titles that an earlier program wrote, a short transaction for each step; how many titles."""
    written = 0
    while True:
        async with database.read() as snapshot:
            if not await snapshot.rows("without_words", most=1):
                return written
        async with database.write() as transaction:
            rows = await transaction.rows("without_words", most=_STEP)
            words = [(list_id, word, record_id) for record_id, list_id, title in rows for word in title_words(title)]
            await transaction.many("add_title_word", words)
            await transaction.many("set_words", [(WORDS, record_id) for record_id, _, _ in rows])
        written += len(rows)
