"""A speaker that a sentence names, and how near it stands to the statement."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.core.intake.speech.names import name_of
from bot.core.intake.speech.sentence import Word

ENDING, CITED, HELD, REFERRING, QUOTED, EMPTY = -0.5, 0.5, -0.7, -0.8, 0.1, -9
"""How much nearer to the statement, or farther from it, a speaker stands than the subject of the same clause."""


@dataclass(frozen=True, slots=True)
class Find:
    """A speaker; within a clause, the greater its depth, the nearer it is to the statement."""

    depth: float
    name: str
    at: int = 0
    """Which word names it."""
    inner: int = 0
    """Behind how many colons it stands: “The government rejects the charge: its minister said …”."""
    clause: int = 0
    """Behind how many semicolons."""
    verb: str = ""
    has_clause: bool = True
    """Whether what is said follows as a clause or in quotation marks, not as a thing: “promised a smelter”."""
    is_beside: bool = False
    """It stands in a clause such as “as she said”, so that a pronoun is who the sentence begins with."""

    @property
    def order(self) -> tuple[bool, bool, int, int, float]:
        """The nearest to the statement first; who only denies “this” comes last."""
        return (self.depth <= EMPTY + 1, not self.has_clause, -self.inner, self.clause, -self.depth)


def named(noun: Sequence[Word], depth: float) -> Iterator[Find]:
    """Whom a noun names, if anybody."""
    if name := name_of(noun):
        yield Find(depth, name)
