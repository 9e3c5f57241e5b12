"""A record → nodes of schema.org, first the publication, then its claims. Reading them back gives the same record,
but for what `what_is_lost` names.

An unverified claim is a Claim, never a ClaimReview: a list that does not know gives no rating. Ratings have no number.
Sources: https://schema.org/WebPage, https://schema.org/Claim, https://schema.org/ClaimReview
"""

import html
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from bot.core.model import Claim, ClaimStatus, Evidence, Publication, Record, SourcePublication, Verdict
from bot.core.records.write import time_text

CONTEXT = "https://schema.org"
"""What the names in the nodes mean; it stands once over all of them."""


def nodes_of(record: Record, keeper: str) -> Iterator[dict[str, Any]]:
    """The nodes of one record, which belong together in this order. `keeper` is the name of who keeps the list."""
    publication = record.publication
    by = {"@type": "Organization", "name": _written(keeper)}
    yield _page(publication, by)
    for claim in publication.claims:
        yield _claim(claim, publication.addresses[0].url, by)


def what_is_lost(publication: Publication) -> Iterator[str]:
    """The fields of a record that have no place in schema.org; the name of its list never has one."""
    if any(label.set for label in publication.labels):
        yield "labels.set"
    if any(label.until for label in publication.labels):
        yield "labels.until"
    if publication.valid_from:
        yield "valid_from"


def _page(publication: Publication, by: dict[str, Any]) -> dict[str, Any]:
    first, *others = (address.url for address in publication.addresses)
    return _present(
        {
            "@type": "WebPage",
            "url": first,
            "sameAs": others,
            "name": _written(publication.title),
            "inLanguage": publication.language,
            "keywords": [
                {"@type": "DefinedTerm", "termCode": label.key, "name": _written(label.phrase)}
                for label in publication.labels
            ],
            "isBasedOn": _source(publication.source),
            "citation": [
                _present({"@type": "CreativeWork", "name": _written(work.name), "url": work.url})
                for work in publication.works
            ],
            "sdDatePublished": _time(publication.recorded),
            "lastReviewed": _time(publication.reviewed),
            "expires": _time(publication.valid_until),
            "sdPublisher": by,
        }
    )


def _source(source: SourcePublication | None) -> dict[str, Any] | None:
    if source is None:
        return None
    publisher = {"@type": "Organization", "name": _written(source.name)} if source.name else None
    return _present(
        {
            "@type": "CreativeWork",
            "additionalType": source.relation,
            "name": _written(source.title),
            "url": source.url,
            "datePublished": source.published,
            "publisher": publisher,
        }
    )


def _claim(claim: Claim, page: str, by: dict[str, Any]) -> dict[str, Any]:
    text = _written(claim.text)
    item = {
        "@type": "Claim",
        "appearance": [_present({"@type": "CreativeWork", "url": page, "text": _written(claim.quote)})],
        # Whether a speaker is a person or an organization nobody recorded.
        "author": [{"@type": "Thing", "name": _written(name)} for name in claim.attribution],
    }
    evidence = [_cited(evidence) for evidence in claim.evidence]
    verdict = _verdict(claim.verdict)
    if claim.status is ClaimStatus.UNVERIFIED:
        return _present({**item, "text": text, "citation": evidence, "review": verdict, "sdPublisher": by})
    return _present(
        {
            "@type": "ClaimReview",
            "claimReviewed": text,
            "itemReviewed": _present(item),
            "author": by,
            "reviewRating": {"@type": "Rating", "alternateName": claim.status},
            "citation": evidence,
            "associatedClaimReview": verdict,
            "sdPublisher": by,
        }
    )


def _cited(evidence: Evidence) -> dict[str, Any]:
    return {
        "@type": "WebPage",
        "additionalType": evidence.stance,
        "url": evidence.url,
        "lastReviewed": evidence.date,
    }


def _verdict(verdict: Verdict | None) -> dict[str, Any] | None:
    if verdict is None:
        return None
    return _present(
        {
            "@type": "ClaimReview",
            "author": {"@type": "Organization", "name": _written(verdict.by)},
            "reviewRating": {"@type": "Rating", "alternateName": _written(verdict.words)},
            "url": verdict.url,
            "datePublished": verdict.date,
        }
    )


def _written(words: str | None) -> str | None:
    """Readers of markup take `&amp;` for `&`, so a text that would change under that is written with it."""
    if words and "&" in words and html.unescape(words) != words:
        return words.replace("&", "&amp;")
    return words


def _time(time: datetime | None) -> str | None:
    return time_text(time) if time else None


def _present(node: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in node.items() if value is not None and value != []}
