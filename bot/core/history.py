"""What changed between two states of a record, in words; pure. Never who changed it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from bot.core.model import Claim, Publication
from bot.core.text import cut, shown
from bot.core.words import Words

_LONGEST = 100


@dataclass(frozen=True, slots=True)
class RecordEvent:
    """A record was made (no `before`), changed, or removed (no `after`)."""

    at: datetime
    before: Publication | None
    after: Publication | None


def told(event: RecordEvent, words: Words) -> str:
    """One line: the day, and what changed."""
    if event.before is None:
        what = [words("history.recorded")]
    elif event.after is None:
        what = [words("history.removed")]
    else:
        what = list(_changes(event.before, event.after, words)) or [words("history.details")]
    return words("history.line", date=event.at.date().isoformat(), what="; ".join(what))


def _changes(before: Publication, after: Publication, words: Words) -> Iterator[str]:
    if before.title != after.title:
        yield words("history.title", before=_short(before.title), after=_short(after.title))
    old, new = {x.phrase for x in before.labels}, {x.phrase for x in after.labels}
    yield from (words("history.label_added", phrase=_short(x.phrase)) for x in after.labels if x.phrase not in old)
    yield from (words("history.label_removed", phrase=_short(x.phrase)) for x in before.labels if x.phrase not in new)
    if before.labels != after.labels and old == new:
        yield words("history.label_dates")
    if before.source != after.source:
        yield words("history.source")
    yield from _claims(before.claims, after.claims, words)
    added = {a.key for a in after.addresses} - {a.key for a in before.addresses}
    removed = {a.key for a in before.addresses} - {a.key for a in after.addresses}
    if added:
        yield words.count("history.addresses_added", len(added))
    if removed:
        yield words.count("history.addresses_removed", len(removed))
    if (before.valid_from, before.valid_until) != (after.valid_from, after.valid_until):
        yield words("history.validity")
    if before.reviewed != after.reviewed:
        yield words("history.reviewed")


def _claims(before: tuple[Claim, ...], after: tuple[Claim, ...], words: Words) -> Iterator[str]:
    was = {claim.text: claim for claim in before}
    for claim in after:
        earlier = was.pop(claim.text, None)
        text = _short(claim.text)
        if earlier is None:
            yield words("history.claim_added", text=text)
        elif earlier.status is not claim.status:
            status = {"before": words(f"status_name.{earlier.status}"), "after": words(f"status_name.{claim.status}")}
            yield words("history.status", text=text, **status)
        elif earlier != claim:
            yield words("history.claim_changed", text=text)
    for text in was:
        yield words("history.claim_removed", text=_short(text))


def _short(text: str) -> str:
    return shown(cut(text, _LONGEST))
