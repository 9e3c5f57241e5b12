"""One ClaimReview or Claim → the claim of a record. A rating in numbers never makes a verdict or a status.

Sources: https://schema.org/ClaimReview, https://developers.google.com/search/docs/appearance/structured-data/factcheck
"""

import re
from collections.abc import Iterator
from typing import Any

from bot.core import text
from bot.core.errors import BadRecord
from bot.core.markup.dates import date_of
from bot.core.markup.find import Kind, kind_of
from bot.core.markup.values import (
    Accept,
    Node,
    first_object,
    items,
    names_of,
    objects,
    types_of,
    web,
    webs,
    words_of,
)
from bot.core.markup.verdicts import Verdicts
from bot.core.model import Address, ClaimStatus, Stance
from bot.core.records import fields
from bot.core.records.read import MOST_EVIDENCE, MOST_SPEAKERS

_NO_PLACES = frozenset({"Claim", "Person", "Organization", "NewsMediaOrganization", "Place"})
"""What was reviewed, but is no page on which something can stand; its own address leads elsewhere."""
_NUMBER = re.compile(r"[\d\s.,:+\-−–/%]*")
_HOST = re.compile(r"https?://(?:[^/?#@]*@)?(?:www\.)?([^/?#:]+)", re.IGNORECASE)
_STANCES = {
    ClaimStatus.SUPPORTED: Stance.SUPPORTS,
    ClaimStatus.DISPUTED: Stance.CONTRADICTS,
    ClaimStatus.REFUTED: Stance.CONTRADICTS,
}


def claim_of(node: Node, verdicts: Verdicts, accept: Accept) -> dict[str, Any]:
    """The claim object of a node. BadRecord where it says no claim."""
    claim = {
        "text": _text(node),
        "quote": _quote(node),
        "attribution": [
            name for item in _reviewed(node) if isinstance(item, dict) for name in names_of(item.get("author"))
        ][:MOST_SPEAKERS],
        **_standing(node, verdicts, accept),
    }
    return {key: value for key, value in claim.items() if value}


def places(node: Node) -> Iterator[object]:
    """Objects and texts that may say where a claim appeared, its first appearance first."""
    reviewed = list(_reviewed(node))
    for key in ("firstAppearance", "appearance"):
        for item in reviewed:
            if isinstance(item, dict):
                yield from items(item.get(key))
        if kind_of(node) is Kind.REVIEW:
            yield from items(node.get(key))
    for item in reviewed:
        # The older form: what was reviewed is the page itself.
        if not isinstance(item, dict) or _NO_PLACES.isdisjoint(types_of(item)):
            yield item


def appearances(node: Node, accept: Accept) -> Iterator[Address]:
    """The addresses at which a claim appeared; never the review's own."""
    found = webs(list(places(node)), accept)
    own = web(node.get("url"), accept) if kind_of(node) is Kind.REVIEW else None
    review = accept(own) if own else None
    return (address for address in found if review is None or address.key != review.key)


def _reviewed(node: Node) -> Iterator[object]:
    return items(node.get("itemReviewed")) if kind_of(node) is Kind.REVIEW else iter((node,))


def _text(node: Node) -> str:
    claims = [node] if kind_of(node) is Kind.CLAIM else list(objects(node.get("itemReviewed")))
    found = words_of(node.get("claimReviewed")) or next(
        (words for item in claims if "Claim" in types_of(item) for words in map(words_of, _wordings(item)) if words),
        None,
    )
    if found is None:
        raise BadRecord("claimReviewed", "no_claim_text")
    return found


def _wordings(claim: Node) -> tuple[object, ...]:
    return claim.get("text"), claim.get("name"), claim.get("description")


def _quote(node: Node) -> str | None:
    """What stands at the appearance to the letter; a whole article is no quote."""
    for place in objects(list(places(node))):
        found = words_of(place.get("text"))
        if found and len(found) <= fields.QUOTE:
            return found
    return None


def _standing(node: Node, verdicts: Verdicts, accept: Accept) -> dict[str, Any]:
    """Status, evidence and verdict: as a list keeps them, else as another publisher says them."""
    cited = _cited(node, accept)
    if kind_of(node) is Kind.CLAIM:
        return {"status": "unverified", "evidence": cited, "verdict": _verdict(node.get("review"), accept)}
    if cited and (kept := _kept_status(node)):
        return {"status": kept, "evidence": cited, "verdict": _verdict(node.get("associatedClaimReview"), accept)}
    verdict = _verdict(node, accept, but=_NUMBER)
    status = verdicts.find(verdict["words"]) if verdict else None
    if verdict and status and verdict.get("url") and verdict.get("date"):
        evidence = {"url": verdict["url"], "date": verdict["date"], "stance": str(_STANCES[status])}
        return {"status": str(status), "evidence": [evidence], "verdict": verdict}
    return {"status": "unverified", "verdict": verdict}


def _kept_status(node: Node) -> str | None:
    """The status that a list gave a claim: the keeper says it, in one of our words, and publishes the data itself."""
    word = first_object(node.get("reviewRating")).get("alternateName")
    keeper = names_of(node.get("author"))
    known = isinstance(word, str) and word in _STANCES.keys()  # noqa: SIM118
    return str(word) if known and keeper and keeper == names_of(node.get("sdPublisher")) else None


def _cited(node: Node, accept: Accept) -> list[dict[str, Any]]:
    """Citations that say what they do to the claim and when they were looked at."""
    found = []
    for item in objects(node.get("citation")):
        url, date, stance = web(item.get("url"), accept), date_of(item.get("lastReviewed")), item.get("additionalType")
        if url and date and isinstance(stance, str) and stance in set(Stance):
            found.append({"url": url, "date": date, "stance": stance})
    return found[:MOST_EVIDENCE]


def _verdict(value: object, accept: Accept, but: re.Pattern[str] | None = None) -> dict[str, Any] | None:
    """The publisher's own words and who says them. None without words, or where `but` is all there is of them."""
    review = first_object(value)
    words = _rating_words(review)
    if words is None or (but and but.fullmatch(words)):
        return None
    url = web(review.get("url"), accept)
    by = next(iter(names_of(review.get("author")) or names_of(review.get("publisher"))), None) or _host(url)
    if by is None:
        return None
    date = date_of(review.get("datePublished")) or date_of(review.get("dateCreated"))
    verdict = {"by": by, "words": text.cut(words, fields.TITLE), "url": url, "date": date}
    return {key: value for key, value in verdict.items() if value}


def _rating_words(review: Node) -> str | None:
    for rating in items(review.get("reviewRating")):
        if isinstance(rating, dict):
            found = words_of(rating.get("alternateName")) or words_of(rating.get("name"))
        else:
            found = words_of(rating)
        if found:
            return found
    return None


def _host(url: str | None) -> str | None:
    found = _HOST.match(url) if url else None
    return found[1].lower() if found else None
