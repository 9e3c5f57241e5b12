"""An imported record meets an existing one: what is new is added, nothing that is there changes."""

from collections.abc import Callable, Hashable, Iterable, Sized
from dataclasses import fields, replace
from typing import Any, TypeVar

from bot.core.errors import BadRecord
from bot.core.model import Claim, ClaimStatus, Label, Publication, SourcePublication
from bot.core.records.read import MOST_ADDRESSES, MOST_CLAIMS, MOST_EVIDENCE, MOST_LABELS, MOST_WORKS

T = TypeVar("T")
_OWN = frozenset({"title", "recorded", "reviewed", "valid_from", "valid_until"})
"""What a record has of its own: another file's title or dates are no news about it, and no end is a word too."""


def merge_records(existing: Publication, incoming: Publication) -> Publication:
    """The same for two records that become one. BadRecord also where they contradict each other, so that somebody must
    decide: two originals, two times in force, two statuses of one claim.
    """
    first, second = existing.source, incoming.source
    if first and second and _original(first) != _original(second):
        raise BadRecord("source", "two_originals")
    if (existing.valid_from, existing.valid_until) != (incoming.valid_from, incoming.valid_until):
        raise BadRecord("valid_until", "two_validities")
    statuses = {claim.text: claim.status for claim in existing.claims}
    for claim in incoming.claims:
        if statuses.get(claim.text, claim.status) is not claim.status:
            raise BadRecord("claims", "two_statuses")
    return merge(existing, incoming)


def _original(source: SourcePublication) -> tuple[str | None, str | None]:
    return (source.url, None) if source.url else (source.name, source.title)


def merge(existing: Publication, incoming: Publication, *, is_one_source: bool = False) -> Publication:
    """The existing record with what the incoming one adds: things that are not there, details that are missing.

    `is_one_source`: both come from one file, and nobody decided anything yet. Then the statuses of a claim meet: two
    that differ make it disputed, and one that rests on evidence stands before one that rests on nothing. Equal to
    `existing` where nothing is new. BadRecord where the result would be larger than a record may be.
    """
    merged = replace(
        _filled(existing, incoming, but=_OWN),
        addresses=_added(existing.addresses, incoming.addresses, lambda a: a.key),
        labels=_added(existing.labels, incoming.labels, lambda label: label.key, _label),
        source=_source(existing.source, incoming.source),
        works=_added(existing.works, incoming.works, lambda w: (w.name, w.url)),
        claims=_added(existing.claims, incoming.claims, lambda c: c.text, _both if is_one_source else _claim),
    )
    _bounded("addresses", merged.addresses, MOST_ADDRESSES)
    _bounded("labels", merged.labels, MOST_LABELS)
    _bounded("works", merged.works, MOST_WORKS)
    _bounded("claims", merged.claims, MOST_CLAIMS)
    for i, claim in enumerate(merged.claims):
        _bounded(f"claims[{i}].evidence", claim.evidence, MOST_EVIDENCE)
    return merged


def _source(there: SourcePublication | None, coming: SourcePublication | None) -> SourcePublication | None:
    """Missing details only where both speak of the same original, as far as they can be compared."""
    if there is None or coming is None:
        return there or coming
    pairs = [(getattr(there, f.name), getattr(coming, f.name)) for f in fields(there)]
    same = all(mine is None or other is None or mine == other for mine, other in pairs)
    return _filled(there, coming) if same else there


def _label(there: Label, coming: Label) -> Label:
    return _filled(there, coming, but=frozenset({"until"}))


def _claim(there: Claim, coming: Claim) -> Claim:
    """The claim with new evidence and missing details; its status is a moderator's word and stays."""
    return replace(_filled(there, coming), evidence=_added(there.evidence, coming.evidence, lambda e: e))


def _both(there: Claim, coming: Claim) -> Claim:
    """Two entries of one source about one claim; the verdict stays beside the status that it gave."""
    if there.status is ClaimStatus.UNVERIFIED and coming.status is not ClaimStatus.UNVERIFIED:
        there = replace(there, status=coming.status, verdict=coming.verdict or there.verdict)
    elif coming.status not in (ClaimStatus.UNVERIFIED, there.status):
        there = replace(there, status=ClaimStatus.DISPUTED)
    return _claim(there, coming)


def _filled(there: T, coming: T, but: frozenset[str] = frozenset()) -> T:
    """The value with the other's details where it has none, `but` for some."""
    missing: dict[str, Any] = {}
    for field in fields(there):  # type: ignore[arg-type]
        mine, other = getattr(there, field.name), getattr(coming, field.name)
        if mine in (None, ()) and other not in (None, ()) and field.name not in but:
            missing[field.name] = other
    return replace(there, **missing) if missing else there  # type: ignore[type-var]


def _keep(there: T, _coming: T) -> T:
    return there


def _added(
    there: tuple[T, ...], coming: Iterable[T], key: Callable[[T], Hashable], meet: Callable[[T, T], T] = _keep
) -> tuple[T, ...]:
    new: dict[Hashable, T] = {}
    for item in coming:
        new.setdefault(key(item), item)
    met = tuple(meet(item, new.pop(key(item))) if key(item) in new else item for item in there)
    return met + tuple(new.values())


def _bounded(field: str, items: Sized, most: int) -> None:
    if len(items) > most:
        raise BadRecord(field, "grown", count=len(items), most=most)
