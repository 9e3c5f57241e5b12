"""Records in and out as JSON lines. An import is all or nothing: every line is read before anything is written."""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Iterable, Iterator
from contextlib import aclosing
from dataclasses import dataclass, replace
from typing import TypeVar

from bot.core.errors import BadRecord
from bot.core.model import Actor, ListName, LookupKey, Publication, Record
from bot.core.records import Reading, header_line, merge, read_header, read_record, record_line
from bot.core.text import shown
from bot.core.words import Words
from bot.ports import Batch, Catalog, Clock

T = TypeVar("T")

_CHUNK = 200
"""Records looked up and written together; one short transaction each, so that the bot can write between them."""
LONGEST_LINE = 100_000_000
"""In characters; more than the largest record there can be."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A line that was refused: its number from 1, the field, the reason."""

    line: int
    field: str
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.field + ': ' if self.field else ''}{self.reason}"


@dataclass(slots=True)
class Outcome:
    """What an import did, or why it did nothing."""

    added: int = 0
    merged: int = 0
    unchanged: int = 0
    refused: tuple[Refusal, ...] = ()


class Transfer:
    """Imports and exports lists."""

    def __init__(self, catalog: Catalog, reading: Reading, words: Words, clock: Clock) -> None:
        self._catalog = catalog
        self._reading = reading
        self._words = words
        self._clock = clock

    async def bring_in(
        self,
        lines: Iterable[str],
        name: ListName,
        origin: str,
        actor: Actor,
        progress: Callable[[int], None] = lambda _: None,
    ) -> Outcome:
        """Reads all lines, then writes them as one batch; with a refused line, nothing. Progress counts lines."""
        numbered, refused = await self._read(lines)
        if refused:
            return Outcome(refused=tuple(refused))
        plan, refused = await self._plan(numbered, name)
        if refused:
            return Outcome(refused=tuple(refused))
        return await self._write(plan, name, origin, actor, progress)

    async def take_out(self, name: ListName) -> AsyncGenerator[str, None]:
        """The lines of a list, each with its line feed, the header first."""
        yield header_line() + "\n"
        async with aclosing(self._catalog.all(name)) as records:
            async for record in records:
                yield record_line(record) + "\n"

    async def _read(self, lines: Iterable[str]) -> tuple[list[tuple[int, Publication]], list[Refusal]]:
        good: list[tuple[int, Publication]] = []
        refused: list[Refusal] = []
        for number, line in enumerate(lines, 1):
            if number % _CHUNK == 0:
                await asyncio.sleep(0)  # so that it can be stopped
            try:
                value = parse_json(line)
                if value is None or (number == 1 and read_header(value)):
                    continue
                good.append((number, read_record(value, self._reading)))
            except BadRecord as bad:
                refused.append(self._refusal(number, bad))
        return good, refused

    def _refusal(self, number: int, bad: BadRecord) -> Refusal:
        return Refusal(number, bad.field, self._words(bad.key, **bad.values))

    async def _plan(self, numbered: list[tuple[int, Publication]], name: ListName) -> tuple["_Plan", list[Refusal]]:
        plan = _Plan()
        refused: list[Refusal] = []
        for chunk in _chunks(numbered):
            keys = {address.key for _, publication in chunk for address in publication.addresses}
            plan.know(await self._catalog.find(keys, [name]))
            for number, publication in chunk:
                try:
                    plan.take(publication)
                except BadRecord as bad:
                    refused.append(self._refusal(number, bad))
        return plan, refused

    async def _write(
        self, plan: "_Plan", name: ListName, origin: str, actor: Actor, progress: Callable[[int], None]
    ) -> Outcome:
        now = self._clock()
        added = [replace(p, recorded=p.recorded or now) for p in plan.new]
        changed = [(record, after) for record, after in plan.changed.values() if record.publication != after]
        if added or changed:
            async with self._catalog.batch(name, origin, actor, now) as batch:
                await _add(batch, added, progress)
                await batch.change(changed)
        return Outcome(len(added), len(changed), plan.unchanged(changed))


class _Plan:
    """What the lines come to: new records, and changes of existing ones; lines of one file may meet each other."""

    def __init__(self) -> None:
        self.new: list[Publication] = []
        self.changed: dict[int, tuple[Record, Publication]] = {}
        self._owner: dict[LookupKey, int] = {}
        """Key → position in `new` (0 and up), or an existing record as its id below zero."""
        self._taken = 0

    def know(self, records: Iterable[Record]) -> None:
        """These records exist; what earlier lines made of them stays."""
        for record in records:
            if record.id not in self.changed:
                self.changed[record.id] = (record, record.publication)
                for address in record.publication.addresses:
                    self._owner.setdefault(address.key, -record.id)

    def take(self, publication: Publication) -> None:
        """One more line; BadRecord where its addresses belong to two records."""
        owners = list(dict.fromkeys(self._owner[a.key] for a in publication.addresses if a.key in self._owner))
        if len(owners) > 1:
            names = " + ".join(f"“{shown(self._publication(owner).title)}”" for owner in owners[:2])
            raise BadRecord("addresses", "two_records", names=names)
        owner = owners[0] if owners else len(self.new)
        if not owners:
            self.new.append(publication)
        elif owner >= 0:
            self.new[owner] = merge(self.new[owner], publication)
        else:
            record, so_far = self.changed[-owner]
            self.changed[-owner] = (record, merge(so_far, publication))
        for address in publication.addresses:
            self._owner[address.key] = owner
        self._taken += 1

    def unchanged(self, changed: list[tuple[Record, Publication]]) -> int:
        """How many lines brought nothing."""
        return max(0, self._taken - len(self.new) - len(changed))

    def _publication(self, owner: int) -> Publication:
        return self.new[owner] if owner >= 0 else self.changed[-owner][1]


async def _add(batch: Batch, added: list[Publication], progress: Callable[[int], None]) -> None:
    for chunk in _chunks(added):
        await batch.add(chunk)
        progress(len(chunk))


def parse_json(line: str) -> object:
    """A line's value, None for an empty line; BadRecord with a reason where it is no JSON."""
    line = line.strip().removeprefix("\ufeff")
    if not line:
        return None
    if len(line) > LONGEST_LINE:
        raise BadRecord("", "too_long", length=len(line), limit=LONGEST_LINE)
    try:
        value: object = json.loads(line, object_pairs_hook=_once)
    except RecursionError:
        raise BadRecord("", "nested") from None
    except ValueError as error:
        raise BadRecord("", "not_json", error=error) from None
    if not isinstance(value, dict):
        raise BadRecord("", "not_json_object")
    return value


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    entry = dict(pairs)
    if len(entry) < len(pairs):
        raise ValueError("a key stands there twice")
    return entry


def _chunks(items: list[T]) -> Iterator[list[T]]:
    for start in range(0, len(items), _CHUNK):
        yield items[start : start + _CHUNK]
