"""Rows ↔ values. A row goes no further than this folder."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
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
from bot.core.text import fold
from bot.store.queries import Value
from bot.store.sqlite import Row, Snapshot, Transaction


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


def publication_row(publication: Publication) -> dict[str, Value]:
    """The columns of `publications` that come from the contents."""
    return {
        "title": publication.title,
        "title_folded": fold(publication.title),
        "language": publication.language,
        "recorded": from_time(publication.recorded),
        "reviewed": from_time(publication.reviewed),
        "valid_from": from_time(publication.valid_from),
        "valid_until": from_time(publication.valid_until),
    }


Rows = dict[str, list[dict[str, Value]]]


def child_rows(
    record_id: int,
    list_id: int,
    key_version: str,
    publication: Publication,
    claim_ids: Iterable[int],
    versions: Mapping[str, str] | None = None,
) -> Rows:
    """The rows of all other tables, by the name of the statement that inserts them.

    `versions` says by which rules keys that the record had before were made.
    """
    of = {"publication_id": record_id}
    claims = list(zip(claim_ids, publication.claims, strict=True))
    source = publication.source
    return {
        "add_address": [
            {
                **of,
                "position": i,
                "list_id": list_id,
                "url": a.url,
                "key": a.key,
                "key_version": (versions or {}).get(a.key, key_version),
                "kind": a.kind,
                "claimed_by": a.claimed_by,
            }
            for i, a in enumerate(publication.addresses)
        ],
        "add_label": [
            {**of, "position": i, "key": x.key, "phrase": x.phrase, "set_on": x.set, "until": x.until}
            for i, x in enumerate(publication.labels)
        ],
        "add_source": [
            {
                **of,
                "name": source.name,
                "title": source.title,
                "url": source.url,
                "published": source.published,
                "relation": source.relation,
            }
        ]
        if source
        else [],
        "add_work": [{**of, "position": i, "name": w.name, "url": w.url} for i, w in enumerate(publication.works)],
        "add_claim": [_claim_row(record_id, i, claim_id, claim) for i, (claim_id, claim) in enumerate(claims)],
        "add_speaker": [
            {"claim_id": claim_id, "position": i, "name": name}
            for claim_id, claim in claims
            for i, name in enumerate(claim.attribution)
        ],
        "add_evidence": [
            {"claim_id": claim_id, "position": i, "url": e.url, "looked_at": e.date, "stance": e.stance}
            for claim_id, claim in claims
            for i, e in enumerate(claim.evidence)
        ],
    }


def _claim_row(record_id: int, position: int, claim_id: int, claim: Claim) -> dict[str, Value]:
    verdict = claim.verdict
    return {
        "id": claim_id,
        "publication_id": record_id,
        "position": position,
        "text": claim.text,
        "quote": claim.quote,
        "status": claim.status,
        "verdict_by": verdict.by if verdict else None,
        "verdict_words": verdict.words if verdict else None,
        "verdict_url": verdict.url if verdict else None,
        "verdict_date": verdict.date if verdict else None,
    }


async def insert_children(transaction: Transaction, rows: Iterable[Rows]) -> None:
    """Inserts the rows of many records, a statement at a time, parents first."""
    all_rows = list(rows)
    for name in all_rows[0] if all_rows else ():
        await transaction.many(name, (row for of_one in all_rows for row in of_one[name]))


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
