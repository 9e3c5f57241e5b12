"""A record → one line of JSON: keys in the contract's order, absent fields left out, no spaces, no actors."""

from datetime import datetime
from functools import lru_cache

from pydantic_core import to_json

from bot.core.model import Claim, Publication, Record, SourcePublication
from bot.core.records.read import FORMAT

_TIMES_REMEMBERED = 256
"""Records that come in together mostly share theirs."""


def json_line(value: object) -> str:
    """A value as JSON on one line, without spaces."""
    return to_json(value).decode()


def header_line() -> str:
    """The first line of an export, without its line feed."""
    return json_line({"sidenote": "records", "format": FORMAT})


def record_line(record: Record) -> str:
    """A record's line, without its line feed. Reading it back gives the same publication."""
    publication = record.publication
    return json_line({**record_object(publication), "list": record.list, **_times(publication)})


def kept_object(publication: Publication) -> dict[str, object]:
    """Everything of a record that a change can touch, for the audit: also times, and who claimed which address."""
    claimed = {a.url: a.claimed_by for a in publication.addresses if a.claimed_by}
    return {**record_object(publication), **_times(publication), **({"claimed": claimed} if claimed else {})}


def kept_line(publication: Publication) -> str:
    """The same as text, on one line."""
    return json_line(kept_object(publication))


def record_object(publication: Publication) -> dict[str, object]:
    """The record without its list and times."""
    return _present(
        {
            "addresses": [{"url": a.url, "kind": a.kind.value} for a in publication.addresses],
            "title": publication.title,
            "language": publication.language,
            "labels": [
                _present({"key": x.key, "phrase": x.phrase, "set": x.set, "until": x.until}) for x in publication.labels
            ],
            "source": _source(publication.source),
            "works": [_present({"name": w.name, "url": w.url}) for w in publication.works],
            "claims": [claim_object(claim) for claim in publication.claims],
        }
    )


def claim_object(claim: Claim) -> dict[str, object]:
    """One claim; its status always stands there."""
    verdict = claim.verdict
    return _present(
        {
            "text": claim.text,
            "quote": claim.quote,
            "attribution": list(claim.attribution),
            "status": claim.status.value,
            "evidence": [{"url": e.url, "date": e.date, "stance": e.stance.value} for e in claim.evidence],
            "verdict": _present({"by": verdict.by, "words": verdict.words, "url": verdict.url, "date": verdict.date})
            if verdict
            else None,
        }
    )


@lru_cache(_TIMES_REMEMBERED)
def time_text(time: datetime) -> str:
    """A time as it is written everywhere: ISO 8601, UTC, to the second."""
    return f"{time:%Y-%m-%dT%H:%M:%SZ}" if time.year >= 1000 else f"{time.year:04}{time:-%m-%dT%H:%M:%SZ}"


def _source(source: SourcePublication | None) -> dict[str, object] | None:
    if source is None:
        return None
    return _present(
        {
            "name": source.name,
            "title": source.title,
            "url": source.url,
            "published": source.published,
            "relation": source.relation and source.relation.value,
        }
    )


def _times(publication: Publication) -> dict[str, object]:
    times = {
        "recorded": publication.recorded,
        "reviewed": publication.reviewed,
        "valid_from": publication.valid_from,
        "valid_until": publication.valid_until,
    }
    return {key: time_text(time) for key, time in times.items() if time is not None}


def _present(entry: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in entry.items() if value is not None and value != []}
