"""Moderators keep the addresses of a record: add, accept or dismiss found ones, remove, split off, merge; and undo."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.core.errors import Conflict, NotFound, UserError
from bot.core.links import lookup_key
from bot.core.model import (
    Actor,
    Address,
    FoundAddress,
    GuildId,
    LineKind,
    NoteLine,
    Publication,
    Rearrangement,
    Record,
    guild_list,
)
from bot.core.records import Reading, fields, merge_records
from bot.core.records.read import MOST_ADDRESSES
from bot.core.text import cut, shown
from bot.core.words import Words
from bot.ports import AddressBook, Catalog, Clock
from bot.services.desk import CHOICES, Desk

_SHOWN = 300
LONGEST_CHOICE = 100
"""What a choice of an autocomplete of Discord's can hold."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Rearranged:
    """What was done, in words, and the number under which it is taken back (None: it cannot be)."""

    sentence: str
    change_id: int | None


class Addresses:
    """The addresses of one guild's records."""

    def __init__(
        self, catalog: Catalog, book: AddressBook, desk: Desk, reading: Reading, words: Words, clock: Clock
    ) -> None:
        self._catalog = catalog
        self._book = book
        self._desk = desk
        self._reading = reading
        self._words = words
        self._clock = clock

    async def shown(self, guild_id: GuildId, typed: str) -> list[NoteLine]:
        """The addresses that were found for a record and wait, then all that count, with who claimed each."""
        record = await self._desk.find(guild_id, typed)
        lines = [self._line(LineKind.TITLE, "heading", title=record.publication.title)]
        waiting = await self._book.found(record.id)
        lines += [self._line(LineKind.CLAIM, "found", url=f.url, **self._about(f)) for f in waiting]
        for number, address in enumerate(record.publication.addresses, 1):
            key = "claimed" if address.claimed_by else "registered"
            lines.append(self._line(LineKind.LABEL, key, number=number, url=address.url, by=address.claimed_by or ""))
        return lines if waiting else [*lines, self._line(LineKind.FOOT, "none_found")]

    async def suggest(self, guild_id: GuildId, typed_record: str, typed: str, *, found: bool) -> list[str]:
        """Addresses of a record to choose from while something is typed: those that were found, or those that count."""
        try:
            record = await self._desk.find(guild_id, typed_record)
        except NotFound:
            return []
        counted = [address.url for address in record.publication.addresses]
        urls = [waiting.url for waiting in await self._book.found(record.id)] if found else counted
        return [url for url in urls if typed.lower() in url.lower() and len(url) <= LONGEST_CHOICE][:CHOICES]

    async def add(self, guild_id: GuildId, actor: Actor, typed_record: str, typed: str) -> Rearranged:
        """One more registered address."""
        record = await self._desk.find_own(guild_id, typed_record)
        address = self._desk.address(typed)
        await self._must_be_free(guild_id, record, address)
        after = self._with_addresses(record, (*record.publication.addresses, address))
        change = Rearrangement("add_address", changed=((record, after),))
        return await self._done(change, actor, "added", title=record.publication.title, url=address.url)

    async def accept(self, guild_id: GuildId, actor: Actor, typed_record: str, typed: str) -> Rearranged:
        """A found address counts from now on."""
        record = await self._desk.find_own(guild_id, typed_record)
        found = await self._found(record, typed)
        claim = self._words("addresses.accepted_claim", **self._about(found))
        address = replace(fields.address(found.url, "address", self._reading.links), claimed_by=claim)
        await self._must_be_free(guild_id, record, address)
        after = self._with_addresses(record, (*record.publication.addresses, address))
        change = Rearrangement("accept_address", changed=((record, after),))
        return await self._done(change, actor, "accepted", title=record.publication.title, url=found.url)

    async def dismiss(self, guild_id: GuildId, actor: Actor, typed_record: str, typed: str) -> Rearranged:
        """A found address is not proposed again."""
        record = await self._desk.find_own(guild_id, typed_record)
        found = await self._found(record, typed)
        await self._book.dismiss(found, actor, self._clock())
        return Rearranged(self._told("dismissed", title=record.publication.title, url=found.url), None)

    async def remove(self, guild_id: GuildId, actor: Actor, typed_record: str, typed: str) -> Rearranged:
        """The record is no longer found under the address."""
        record, address = await self._one_of(guild_id, typed_record, typed)
        change = Rearrangement("remove_address", changed=((record, self._without(record, address)),))
        return await self._done(change, actor, "removed", title=record.publication.title, url=address.url)

    async def split(self, guild_id: GuildId, actor: Actor, typed_record: str, typed: str) -> Rearranged:
        """The address becomes a record of its own, which begins with all that was recorded about the first."""
        record, address = await self._one_of(guild_id, typed_record, typed)
        alone = replace(record.publication, addresses=(address,), recorded=self._clock(), reviewed=self._clock())
        change = Rearrangement(
            "split", changed=((record, self._without(record, address)),), added=((record.list, alone),)
        )
        return await self._done(change, actor, "split", title=record.publication.title, url=address.url)

    async def merge(self, guild_id: GuildId, actor: Actor, typed_record: str, typed_other: str) -> Rearranged:
        """The other record's addresses, labels and claims come to this one, and the other goes."""
        record = await self._desk.find_own(guild_id, typed_record)
        other = await self._desk.find_own(guild_id, typed_other)
        if record.id == other.id:
            raise Conflict(self._words("addresses.same_record"))
        after = replace(merge_records(record.publication, other.publication), reviewed=self._clock())
        change = Rearrangement("merge", changed=((record, after),), removed=(other,))
        return await self._done(change, actor, "merged", title=record.publication.title, other=other.publication.title)

    async def undo(self, guild_id: GuildId, actor: Actor, change_id: int) -> Rearranged:
        """Takes one of the changes above back, whole."""
        records = await self._book.undo(change_id, [guild_list(guild_id)], actor, self._clock())
        titles = ", ".join(f"“{record.publication.title}”" for record in records)
        return Rearranged(self._told("undone", titles=titles), None)

    async def _done(self, change: Rearrangement, actor: Actor, key: str, **values: str) -> Rearranged:
        change_id = await self._book.rearrange(change, actor, self._clock())
        return Rearranged(self._told(key, **values), change_id)

    async def _one_of(self, guild_id: GuildId, typed_record: str, typed: str) -> tuple[Record, Address]:
        """A record and one of its addresses, where another one is left to it."""
        record = await self._desk.find_own(guild_id, typed_record)
        address = self._named(typed, record.publication.addresses, lambda a: a.url, "not_there")
        if len(record.publication.addresses) == 1:
            raise Conflict(self._words("addresses.last_one"))
        return record, address

    async def _found(self, record: Record, typed: str) -> FoundAddress:
        waiting = tuple(await self._book.found(record.id))
        return self._named(typed, waiting, lambda f: f.url, "not_found_there")

    def _named(self, typed: str, among: tuple[T, ...], url_of: Callable[[T], str], refusal: str) -> T:
        typed = typed.strip()
        key = lookup_key(typed, self._reading.links)
        for item in among:
            if typed == url_of(item):
                return item
        for item in among:
            if key is not None and key == lookup_key(url_of(item), self._reading.links):
                return item
        raise NotFound(self._words(f"addresses.{refusal}"))

    async def _must_be_free(self, guild_id: GuildId, record: Record, address: Address) -> None:
        for holder in await self._catalog.find([address.key], [guild_list(guild_id)]):
            if holder.id != record.id:
                raise Conflict(key="refused.held", title=shown(holder.publication.title))
            raise Conflict(self._words("desk.recorded_before", title=shown(record.publication.title)))

    def _with_addresses(self, record: Record, addresses: tuple[Address, ...]) -> Publication:
        if len(addresses) > MOST_ADDRESSES:
            raise UserError(key="refused.at_most", most=MOST_ADDRESSES)
        return replace(record.publication, addresses=addresses, reviewed=self._clock())

    def _without(self, record: Record, address: Address) -> Publication:
        return self._with_addresses(record, tuple(a for a in record.publication.addresses if a != address))

    def _about(self, found: FoundAddress) -> dict[str, str]:
        how = self._words(f"addresses.kind.{found.kind}")
        return {"how": how, "by": found.claimed_by, "date": found.found_at.date().isoformat()}

    def _told(self, key: str, **values: object) -> str:
        told = {name: shown(cut(v, _SHOWN)) if isinstance(v, str) else v for name, v in values.items()}
        return self._words(f"addresses.{key}", **told)

    def _line(self, kind: LineKind, key: str, **values: object) -> NoteLine:
        return NoteLine(kind, self._told(key, **values))
