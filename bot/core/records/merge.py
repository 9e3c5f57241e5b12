"""An imported record meets an existing one: what is new is added, nothing that is there changes."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace
from typing import TypeVar

from bot.core.model import Publication
from bot.core.records.read import MOST_LABELS

T = TypeVar("T")


def merge(existing: Publication, incoming: Publication) -> Publication:
    """The existing record with the incoming one's new addresses, labels, works, claims and missing details.

    Equal to `existing` where the incoming record brings nothing new.
    """
    return replace(
        existing,
        addresses=_added(existing.addresses, incoming.addresses, lambda a: a.key),
        language=existing.language or incoming.language,
        labels=_added(existing.labels, incoming.labels, lambda label: label.key)[
            : max(MOST_LABELS, len(existing.labels))
        ],
        source=existing.source or incoming.source,
        works=_added(existing.works, incoming.works, lambda w: (w.name, w.url)),
        claims=_added(existing.claims, incoming.claims, lambda c: c.text),
        valid_from=existing.valid_from or incoming.valid_from,
        valid_until=existing.valid_until or incoming.valid_until,
    )


def _added(there: tuple[T, ...], coming: Iterable[T], key: Callable[[T], Hashable]) -> tuple[T, ...]:
    seen = {key(item) for item in there}
    return there + tuple(item for item in coming if key(item) not in seen)
