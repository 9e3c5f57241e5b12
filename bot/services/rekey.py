"""Records that become one when the link rules change: shown first, merged where that is wished, each by itself."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.errors import BadRecord, Conflict
from bot.core.links import lookup_key
from bot.core.model import OPERATOR, Address, LookupKey, Publication, PublicationId, Rearrangement, Record
from bot.core.records import Reading, merge_records
from bot.core.words import Words
from bot.ports import AddressBook, Clock, Keys


@dataclass(frozen=True, slots=True)
class Meeting:
    """Records of one list that would be one, the oldest first, and a key that they share."""

    records: tuple[Record, ...]
    key: LookupKey


class Rekey:
    """Shows and merges."""

    def __init__(self, keys: Keys, book: AddressBook, reading: Reading, words: Words, clock: Clock) -> None:
        self._keys = keys
        self._book = book
        self._reading = reading
        self._words = words
        self._clock = clock

    async def meetings(self) -> list[Meeting]:
        """What would merge. Has no other effect than that every other key is made anew."""
        groups: list[tuple[dict[PublicationId, Record], LookupKey]] = []
        for first, second, key in await self._keys.meetings():
            both = {first.id: first, second.id: second}
            touching = [group for group in groups if group[0].keys() & both.keys()]
            groups = [group for group in groups if group not in touching]
            groups.append(({**both, **{i: r for group in touching for i, r in group[0].items()}}, key))
        return [Meeting(tuple(records[i] for i in sorted(records)), key) for records, key in groups]

    async def merge(self, meeting: Meeting) -> str | None:
        """Makes one record of them, the oldest; None where that was done, else the reason why not."""
        keeper, *others = meeting.records
        try:
            merged = self._merged(meeting.records)
            change = Rearrangement("rekey", changed=((keeper, merged),), removed=tuple(others))
            await self._book.rearrange(change, OPERATOR, self._clock())
        except (BadRecord, Conflict) as refused:
            return refused.told(self._words)
        return None

    def _merged(self, records: Sequence[Record]) -> Publication:
        merged = self._rekeyed(records[0].publication)
        for record in records[1:]:
            merged = merge_records(merged, self._rekeyed(record.publication))
        return merged

    def _rekeyed(self, publication: Publication) -> Publication:
        """Its addresses under the keys of the rules in force, each key once."""
        by_key: dict[LookupKey, Address] = {}
        for address in publication.addresses:
            key = lookup_key(address.url, self._reading.links) or address.key
            by_key.setdefault(key, replace(address, key=key))
        return replace(publication, addresses=tuple(by_key.values()))
