"""Records in and out. An import is one batch: looked at first where that is wished, whole or not at all, taken back
whole.
"""

import asyncio
import json
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, aclosing
from dataclasses import dataclass, field

from bot.core.errors import BadRecord, Conflict, NotFound
from bot.core.model import Actor, BatchId, ListName, LookupKey, Publication, Record
from bot.core.records import Reading, read_kept
from bot.core.text import shown
from bot.core.words import Words
from bot.ports import Catalog, Clock, Import, ImportBatch, Imports, ImportStep, Missed
from bot.services.transfer.apart import prepared_again, prepared_apart, prepared_here
from bot.services.transfer.outcome import Outcome
from bot.services.transfer.plan import Fate, Plan
from bot.services.transfer.prepare import Chunk, Knowledge, MakeKnowledge, Refused, refusal_of
from bot.services.transfer.source import Format, Source
from bot.services.transfer.written import Writer

MOST_CHANGED = 1_000
_BY_LINE = {Format.JSONL, Format.CSV}
_TURN = 20
"""Entries that are planned before others have a turn."""
_READ_HERE = 50_000
"""In bytes; JSON lines up to this size are read in less time than a process takes to start."""

Progress = Callable[[int, int], None]
"""Called with how many bytes of the source were read, and how many entries were dealt with."""


Names = Sequence[ListName] | None
"""Lists; None: all."""
Step = AbstractAsyncContextManager[ImportStep]


@dataclass(slots=True)
class _Again:
    """Entries that are to be read once more, by where they begin."""

    numbers: set[int] = field(default_factory=set)


class _Stop(Exception):
    """Something was refused, and nothing is to be changed then."""


class Transfer:
    """Imports and exports lists."""

    def __init__(
        self,
        catalog: Catalog,
        imports: Imports,
        reading: Reading,
        make_knowledge: MakeKnowledge,
        words: Words,
        clock: Clock,
    ) -> None:
        self._catalog = catalog
        self._imports = imports
        self._reading = reading
        self._make_knowledge = make_knowledge
        self._words = words
        self._clock = clock
        self._knowledge: Knowledge | None = None

    async def bring_in(
        self,
        source: Source,
        name: ListName,
        actor: Actor,
        *,
        keep_going: bool = False,
        on_refused: Callable[[Refused], None] = lambda _: None,
        progress: Progress = lambda _bytes, _entries: None,
    ) -> Outcome:
        """Imports a source as one batch. With something refused, nothing; with `keep_going`, what is not refused."""
        outcome, again = Outcome(), _Again()
        try:
            async with self._imports.open(name, source.name, actor, self._clock()) as under_way:
                await self._run(source, under_way, outcome, again, on_refused, progress, keep_going=keep_going)
        except _Stop:  # what was refused stands at its right place only where everything is looked at
            return await self.rehearse(source, name, progress)
        await self._read_again(source, again, on_refused)
        outcome.batch, outcome.is_settled = under_way.id, under_way.is_settled
        outcome.missed = tuple(self._told(missed) for missed in under_way.missed)
        return outcome

    async def rehearse(
        self, source: Source, name: ListName, progress: Progress = lambda _bytes, _entries: None
    ) -> Outcome:
        """What `bring_in` would do; nothing is changed."""
        outcome = Outcome()
        async with self._imports.rehearse(name) as rehearsal:
            await self._run(source, rehearsal, outcome, _Again(), lambda _: None, progress, keep_going=True)
        outcome.is_done = False
        return outcome

    async def settle(self) -> None:
        """Does all that is left of earlier imports."""
        while await self._imports.settle(self._clock()):
            pass

    async def settle_step(self) -> bool:
        """One short step of that; False where nothing was left."""
        return await self._imports.settle(self._clock())

    async def made(self, names: Names, most: int = 100) -> list[ImportBatch]:
        """The imports of these lists, the newest first."""
        return await self._imports.made(names, most)

    async def changed_since(self, batch_id: BatchId, names: Names) -> list[Record]:
        """The records of an import that say something else by now; NotFound where these lists know no such import,
        Conflict where it was taken back before.
        """
        batch = await self._imports.get(batch_id, names)
        if batch is None:
            raise NotFound(key="refused.no_batch")
        if batch.undone is not None:
            raise Conflict(key="refused.batch_undone")
        return await self._imports.changed_since(batch_id, MOST_CHANGED)

    async def undo(self, batch_id: BatchId, names: Names, actor: Actor, *, keep_changes: bool = False) -> None:
        """Takes an import back whole; those of its records that were changed since stay, if that is wished. Its rows go
        by `settle`, but nobody sees them from here on. Errors as in `changed_since`, and Conflict where records were
        changed since and are not to be kept.
        """
        await self.changed_since(batch_id, names)
        await self._imports.undo(batch_id, actor, self._clock(), keep_changes=keep_changes)

    async def take_out(self, name: ListName, writer: Writer) -> AsyncGenerator[str, None]:
        """The text of a list in parts, a record each, in the writer's format."""
        yield writer.head
        async with aclosing(self._catalog.all(name)) as records:
            async for record in records:
                yield writer.record(record)
        yield writer.tail

    async def _run(
        self,
        source: Source,
        under_way: Import,
        outcome: Outcome,
        again: "_Again",
        on_refused: Callable[[Refused], None],
        progress: Progress,
        *,
        keep_going: bool,
    ) -> None:
        async with aclosing(self._prepared(source)) as prepared:
            async for chunk in prepared:
                refused = await self._take(chunk, under_way.step, outcome) if chunk.ready else []
                if (refused or chunk.refused) and not keep_going:
                    raise _Stop
                again.numbers.update(one.number for one in refused)
                for one in sorted(chunk.refused + refused, key=lambda r: r.number):
                    outcome.refuse(one, self._words, "line" if source.format in _BY_LINE else "part")
                for one in chunk.refused:
                    on_refused(one)
                for kind, count in chunk.passed_over.items():
                    outcome.passed_over[kind] = outcome.passed_over.get(kind, 0) + count
                progress(chunk.position, len(chunk))

    def _prepared(self, source: Source) -> AsyncGenerator[Chunk, None]:
        if source.format is Format.JSONL and source.size <= _READ_HERE:
            return prepared_here(source, self._known, self._clock())
        return prepared_apart(source, self._make_knowledge, self._clock())

    def _known(self) -> Knowledge:
        """What it takes to read a source in this process, made once."""
        if self._knowledge is None:
            self._knowledge = self._make_knowledge()
        return self._knowledge

    async def _read_again(self, source: Source, again: "_Again", on_refused: Callable[[Refused], None]) -> None:
        """Hands on, as they stand there, the entries that only what is recorded spoke against."""
        if again.numbers:
            async with aclosing(prepared_again(source, self._make_knowledge, again.numbers)) as entries:
                async for some in entries:
                    for one in some:
                        on_refused(one)

    async def _take(self, chunk: Chunk, step: Callable[[], Step], outcome: Outcome) -> list[Refused]:
        refused: list[Refused] = []
        fates: list[Fate] = []
        async with step() as under_way:
            held, unseen = await under_way.held({LookupKey(key) for _, packed in chunk.ready for key in packed.keys})
            plan = Plan(self._read, unseen)
            plan.know(held)
            for i, (number, packed) in enumerate(chunk.ready):
                if i % _TURN == 0:
                    await asyncio.sleep(0)  # large records that meet others take a while
                try:
                    fates.append(plan.take(number, packed))
                except BadRecord as bad:
                    refused.append(refusal_of(number, bad, ""))
            await under_way.write(plan.added(), plan.grown())
        for fate in fates:
            outcome.count(fate)
        return refused

    def _told(self, missed: Missed) -> str:
        why = self._words(missed.key, **missed.values)
        return f"“{shown(missed.title)}”: {why}" if missed.title else why

    def _read(self, contents: str) -> Publication:
        return read_kept(json.loads(contents), self._reading)
