"""What an import did, would do, or why it did nothing."""

from dataclasses import dataclass, field

from bot.core.model import BatchId
from bot.core.words import Words
from bot.services.transfer.plan import Fate, FateKind
from bot.services.transfer.prepare import Refused

MOST_NAMED = 10_000
"""Refusals, and fates of one kind, that an outcome names; the others are counted."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An entry that was refused: where it begins (a line; in markup the number of its part), the field, the reason."""

    line: int
    field: str
    reason: str
    unit: str = "line"

    def __str__(self) -> str:
        return f"{self.unit} {self.line}: {self.field + ': ' if self.field else ''}{self.reason}"


@dataclass(slots=True)
class Outcome:
    """What an import did, or would do, or why it did nothing."""

    counts: dict[FateKind, int] = field(default_factory=lambda: dict.fromkeys(FateKind, 0))
    """Entries by what became of them; a record that several change counts once."""
    fates: dict[FateKind, list[Fate]] = field(default_factory=lambda: {kind: [] for kind in FateKind})
    refused: list[Refusal] = field(default_factory=list)
    refused_count: int = 0
    passed_over: dict[str, int] = field(default_factory=dict)
    """What the source held besides, by its kind: how many."""
    batch: BatchId | None = None
    missed: tuple[str, ...] = ()
    """Records that could not be changed any more when the import ended, and why."""
    is_settled: bool = True
    """False where some of what it adds to records that were there is still to be done, by whoever starts next."""
    is_done: bool = True
    """False where nothing was changed because something was refused."""

    def count(self, fate: Fate) -> None:
        """One more entry with its fate."""
        if fate.is_first:
            self.counts[fate.kind] += 1
        if len(self.fates[fate.kind]) < MOST_NAMED:
            self.fates[fate.kind].append(fate)

    def refuse(self, refused: Refused, words: Words, unit: str) -> None:
        """One more that was refused."""
        self.refused_count += 1
        if len(self.refused) < MOST_NAMED:
            reason = words(refused.key, **refused.values)
            self.refused.append(Refusal(refused.number, refused.field, reason, unit))

    @property
    def added(self) -> int:
        """New records."""
        return self.counts[FateKind.ADDED]

    @property
    def changed(self) -> int:
        """Records that were there and say more now."""
        return self.counts[FateKind.CHANGED]
