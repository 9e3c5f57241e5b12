"""Rows ↔ values. A row goes no further than this folder."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import UTC, datetime, timedelta

from bot.core.model import (
    Address,
    AddressKind,
    Claim,
    ClaimId,
    ClaimStatus,
    Evidence,
    Label,
    ListName,
    LookupKey,
    PartialDate,
    Publication,
    PublicationId,
    Record,
    Relation,
    SourcePublication,
    Stance,
    Verdict,
    Work,
)
from bot.core.records.write import time_text
from bot.store.sqlite import Row, Snapshot


def to_time(text: str | None) -> datetime | None:
    """A time as it is stored."""
    return datetime.fromisoformat(text) if text else None


def from_time(time: datetime | None) -> str | None:
    """A time for storing."""
    return time_text(time) if time else None


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def to_ms(time: datetime) -> int:
    """A time that paces work, in milliseconds since 1970."""
    return (time - _EPOCH) // timedelta(milliseconds=1)


def from_ms(ms: int) -> datetime:
    """The same, read."""
    return _EPOCH + timedelta(milliseconds=ms)


async def read_records(snapshot: Snapshot, ids: Collection[int]) -> dict[int, Record]:
    """Whole records by id; unknown and unfinished ones are left out."""
    heads = await snapshot.rows("publications_by_id", ids=ids)
    if not heads:
        return {}
    parts = {
        name: _grouped(await snapshot.rows(f"{name}_of", ids=ids))
        for name in ("addresses", "labels", "sources", "works", "claims")
    }
    speakers = _grouped(await snapshot.rows("speakers_of", ids=ids))
    evidence = _grouped(await snapshot.rows("evidence_of", ids=ids))
    records = {}
    for head in heads:
        claims = parts["claims"][head[0]]
        publication = Publication(
            addresses=tuple(
                Address(url, LookupKey(key), AddressKind(kind), by)
                for _, url, key, kind, by in parts["addresses"][head[0]]
            ),
            title=head[3],
            language=head[4],
            labels=tuple(Label(key, phrase, since, until) for _, key, phrase, since, until in parts["labels"][head[0]]),
            source=next((_source(row) for row in parts["sources"][head[0]]), None),
            works=tuple(Work(name, url) for _, name, url in parts["works"][head[0]]),
            claims=tuple(_claim(row, speakers[row[1]], evidence[row[1]]) for row in claims),
            recorded=to_time(head[5]),
            reviewed=to_time(head[6]),
            valid_from=to_time(head[7]),
            valid_until=to_time(head[8]),
        )
        ids_of_claims = tuple(ClaimId(row[1]) for row in claims)
        records[head[0]] = Record(
            PublicationId(head[0]), ListName(head[1]), head[2], publication, ids_of_claims, to_time(head[9])
        )
    return records


def _source(row: Row) -> SourcePublication:
    _, name, title, url, published, relation = row
    return SourcePublication(name, title, url, published, Relation(relation) if relation else None)


def _claim(row: Row, speakers: list[Row], evidence: list[Row]) -> Claim:
    _, _, text, quote, status, by, words, url, date = row
    return Claim(
        text,
        quote,
        tuple(name for _, name in speakers),
        ClaimStatus(status),
        tuple(Evidence(u, PartialDate(looked_at), Stance(stance)) for _, u, looked_at, stance in evidence),
        Verdict(by, words, url, date) if by else None,
    )


def _grouped(rows: Iterable[Row]) -> defaultdict[int, list[Row]]:
    groups: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[0]].append(row)
    return groups


def kept_claim_ids(before: Record, after: Publication, new_id: Callable[[], int]) -> Iterator[int]:
    """Ids for the claims of a changed record: a claim whose words or place stayed keeps its id."""
    by_text: defaultdict[str, list[int]] = defaultdict(list)
    for claim, claim_id in zip(before.publication.claims, before.claim_ids, strict=True):
        by_text[claim.text].append(claim_id)
    kept = [by_text[claim.text].pop(0) if by_text[claim.text] else None for claim in after.claims]
    free = set(before.claim_ids) - set(kept)
    same_count = len(after.claims) == len(before.claim_ids)
    for position, kept_id in enumerate(kept):
        if kept_id is not None:
            yield kept_id
        elif same_count and before.claim_ids[position] in free:
            yield before.claim_ids[position]
        else:
            yield new_id()
