"""Imports: many records that come in together, are seen together, and are taken back together."""

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.model import Actor, BatchId, ListName, LookupKey, Publication, Record
from bot.core.records import Packed


@dataclass(frozen=True, slots=True)
class Held:
    """A record that has some of the keys asked for: one of the list's, or one that this import brought."""

    id: int
    keys: frozenset[LookupKey]
    publication: Publication
    """As it stands, with what the import added so far."""
    record: Record | None = None
    """As it stands without the import; None for one that the import brought."""
    incoming: tuple[Publication, ...] = ()
    """What the import added so far to a record that was there, in order."""


@dataclass(frozen=True, slots=True)
class Growth:
    """A held record with what an entry adds. `packed`: the whole of one that the import brought; `incoming`: all that
    the import adds to one that was there.
    """

    held: Held
    packed: Packed | None = None
    incoming: tuple[Publication, ...] = ()


@dataclass(frozen=True, slots=True)
class Missed:
    """A record that could not be changed any more when the import ended: the key of the reason, and its values."""

    title: str
    key: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ImportBatch:
    """What an import was."""

    id: BatchId
    list: ListName
    origin: str
    started: datetime
    finished: datetime
    undone: datetime | None
    added: int
    changed: int


class ImportStep(Protocol):
    """Some entries of an import, in one short transaction."""

    async def held(self, keys: Collection[LookupKey]) -> tuple[list[Held], frozenset[LookupKey]]:
        """Who has these keys; and those keys that rows have which nobody sees: another import that is under way, or one
        that was taken back.
        """

    async def write(self, added: Sequence[Packed], grown: Sequence[Growth]) -> None:
        """New records, and what is added to held ones. Keys must be free (`held`)."""


class Import(Protocol):
    """An import under way."""

    @property
    def id(self) -> BatchId | None:
        """None until something was written."""

    @property
    def missed(self) -> Sequence[Missed]:
        """After its end."""

    @property
    def is_settled(self) -> bool:
        """After its end: False where some of what it adds to records that were there is still to be done."""

    def step(self) -> AbstractAsyncContextManager[ImportStep]:
        """A transaction for some entries; kept where the block ends well. Conflict where the import was given up for
        dead meanwhile (a process that stood still for long).
        """


class Imports(Protocol):
    """Imports of all lists."""

    def open(self, name: ListName, origin: str, actor: Actor, at: datetime) -> AbstractAsyncContextManager[Import]:
        """An import: seen by nobody until the block ends well, gone if it does not. What it adds to records that were
        there is done at the end, in short steps.
        """

    def rehearse(self, name: ListName) -> AbstractAsyncContextManager[Import]:
        """The same, which changes nothing."""

    async def made(self, names: Collection[ListName] | None, most: int) -> list[ImportBatch]:
        """The imports of these lists (None: of all), the newest first."""

    async def get(self, batch_id: BatchId, names: Collection[ListName] | None) -> ImportBatch | None:
        """One of them."""

    async def changed_since(self, batch_id: BatchId, most: int) -> list[Record]:
        """Its records that say something else now than the import left."""

    async def undo(self, batch_id: BatchId, actor: Actor, at: datetime, *, keep_changes: bool) -> None:
        """From here on nobody sees what it brought; the rows go in steps (`settle`). Conflict where a record was
        changed since, unless those are kept; Conflict where it was taken back before.
        """

    async def settle(self, at: datetime) -> bool:
        """One short step of what is left of imports: rows of interrupted and taken back ones go, changes that wait are
        made. False where nothing was left.
        """
