"""What entries come to, given who has their keys: new records, additions to others, nothing new. Pure but for order:
entries meet what earlier ones made.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.errors import BadRecord
from bot.core.model import LookupKey, Publication
from bot.core.records import Packed, merge, pack
from bot.core.text import shown
from bot.ports import Growth, Held


class FateKind(StrEnum):
    """What becomes of an entry."""

    ADDED = "added"
    """It makes a new record."""
    CHANGED = "changed"
    """It adds to a record that was there."""
    MERGED = "merged"
    """It adds to a record that the same source brought."""
    UNCHANGED = "unchanged"
    """It brings nothing new."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one entry. `into` is the title of the record that it meets."""

    number: int
    kind: FateKind
    title: str
    into: str | None = None
    is_first: bool = True
    """Of a changed record: no earlier entry changed it."""


@dataclass(eq=False, slots=True)
class _Member:
    """A record that entries meet."""

    title: str
    packed: Packed | None = None
    held: Held | None = None
    publication: Publication | None = None
    incoming: tuple[Publication, ...] = ()
    is_changed: bool = False


@dataclass(slots=True)
class Plan:
    """What some entries come to. `read` makes a publication of a record's contents."""

    read: Callable[[str], Publication]
    unseen: frozenset[LookupKey] = frozenset()
    _members: list[_Member] = field(default_factory=list)
    _by_key: dict[str, _Member] = field(default_factory=dict)

    def know(self, held: Collection[Held]) -> None:
        """These records have some of the keys."""
        for one in held:
            member = _Member(one.publication.title, None, one, one.publication, one.incoming)
            self._members.append(member)
            self._by_key |= dict.fromkeys((str(key) for key in one.keys), member)

    def take(self, number: int, packed: Packed) -> Fate:
        """One more entry; BadRecord where it cannot be written."""
        by_key = self._by_key
        met = list(dict.fromkeys(by_key[key] for key in packed.keys if key in by_key))
        if not self.unseen.isdisjoint(packed.keys):
            raise BadRecord("addresses", "held_unseen")
        if len(met) > 1:
            names = " + ".join(f"“{shown(member.title)}”" for member in met[:2])
            raise BadRecord("addresses", "two_records", names=names)
        member = met[0] if met else _Member(packed.title, packed)
        fate = self._join(member, number, packed) if met else Fate(number, FateKind.ADDED, packed.title)
        if not met:
            self._members.append(member)
        by_key |= dict.fromkeys(packed.keys, member)
        return fate

    def added(self) -> list[Packed]:
        """The new records."""
        return [
            member.packed if member.packed and not member.is_changed else pack(self._whole(member))
            for member in self._members
            if member.held is None
        ]

    def grown(self) -> list[Growth]:
        """What is added to others."""
        return [_growth(member.held, member) for member in self._members if member.held and member.is_changed]

    def _join(self, member: _Member, number: int, packed: Packed) -> Fate:
        there, coming = self._whole(member), self.read(packed.contents)
        is_ours = member.held is None or member.held.record is None
        merged = merge(there, coming, is_one_source=is_ours)
        if merged == there:
            return Fate(number, FateKind.UNCHANGED, packed.title, member.title)
        member.publication, member.is_changed = merged, True
        if is_ours:
            return Fate(number, FateKind.MERGED, packed.title, member.title)
        is_first = not member.incoming
        member.incoming = (*member.incoming, coming)
        return Fate(number, FateKind.CHANGED, packed.title, member.title, is_first)

    def _whole(self, member: _Member) -> Publication:
        if member.publication is None and member.packed is not None:
            member.publication = self.read(member.packed.contents)
        assert member.publication is not None  # a member is packed or held  # noqa: S101
        return member.publication


def _growth(held: Held, member: _Member) -> Growth:
    if held.record is not None:
        return Growth(held, incoming=member.incoming)
    assert member.publication is not None  # it was merged into  # noqa: S101
    return Growth(held, packed=pack(member.publication))
