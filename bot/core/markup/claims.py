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
_PLAIN_REVIEW = frozenset({"url", "appearance", "firstAppearance"})
"""Keys of a review that may say something of addresses."""
_NUMBER = re.compile(r"[\d\s.,:+\-−–/%]*")
_HOST = re.compile(r"https?://(?:[^/?#@]*@)?(?:www\.)?([^/?#:]+)", re.IGNORECASE)
_STANCES = {
    ClaimStatus.SUPPORTED: Stance.SUPPORTS,
    ClaimStatus.DISPUTED: Stance.CONTRADICTS,
    ClaimStatus.REFUTED: Stance.CONTRADICTS,
}
_STATUSES, _STANCE_WORDS = frozenset(map(str, _STANCES)), frozenset(map(str, Stance))


def claim_of(node: Node, verdicts: Verdicts, accept: Accept) -> dict[str, Any]:
    """The claim object of a node. BadRecord where it says no claim."""
    review = kind_of(node) is Kind.REVIEW
    about = list(objects(node.get("itemReviewed"))) if review else [node]
    claim = {
        "text": _text(node, about),
        "quote": _quote([*about, node] if review else about),
        "attribution": [name for item in about for name in names_of(item.get("author"))][:MOST_SPEAKERS],
        **(_reviewed(node, verdicts, accept) if review else _unreviewed(node, accept)),
    }
    return {key: value for key, value in claim.items() if value}


def places(node: Node) -> list[object]:
    """Objects and texts that may say where a claim appeared, its first appearance first."""
    review = kind_of(node) is Kind.REVIEW
    about = list(items(node.get("itemReviewed"))) if review else [node]
    claims: list[Node] = [item for item in about if isinstance(item, dict)]
    found: list[object] = []
    for key in ("firstAppearance", "appearance"):
        for holder in (*claims, node) if review else claims:
            found += items(holder.get(key))
    # The older form: what was reviewed is the page itself.
    return [x for x in found + about if not isinstance(x, dict) or _NO_PLACES.isdisjoint(types_of(x))]


def is_at(node: Node, url: str) -> bool:
    """Whether a claim says that it appeared at this very address, and nothing else."""
    review = node.get("@type") == "ClaimReview"
    if not review and node.get("@type") != "Claim":
        return False
    claim = node.get("itemReviewed") if review else node
    if not isinstance(claim, dict) or "firstAppearance" in claim or (review and not _PLAIN_REVIEW.isdisjoint(node)):
        return False
    place = claim.get("appearance")
    only = place[0] if isinstance(place, list) and len(place) == 1 else None
    return isinstance(only, dict) and only.get("url") == url and "sameAs" not in only and claim.get("@type") == "Claim"


def appearances(node: Node, accept: Accept) -> Iterator[Address]:
    """The addresses at which a claim appeared; never the review's own."""
    found = webs(places(node), accept)
    own = next(webs(node.get("url"), accept), None) if kind_of(node) is Kind.REVIEW else None
    return (address for address in found if address.key != own.key) if own else found


def _text(node: Node, about: list[Node]) -> str:
    if found := words_of(node.get("claimReviewed")):
        return found
    for claim in about:
        if "Claim" in types_of(claim):
            for key in ("text", "name", "description"):
                if found := words_of(claim.get(key)):
                    return found
    raise BadRecord("claimReviewed", "no_claim_text")


def _quote(holders: list[Node]) -> str | None:
    """What stands at the appearance to the letter; a whole article is no quote."""
    for holder in holders:
        for key in ("firstAppearance", "appearance"):
            for place in objects(holder.get(key)):
                found = words_of(place.get("text"))
                if found and len(found) <= fields.QUOTE:
                    return found
    return None


def _unreviewed(node: Node, accept: Accept) -> dict[str, Any]:
    """A claim that stands by itself has no status, whatever others say of it."""
    return {"status": "unverified", "evidence": _cited(node, accept), "verdict": _verdict(node.get("review"), accept)}


def _reviewed(node: Node, verdicts: Verdicts, accept: Accept) -> dict[str, Any]:
    """Status, evidence and verdict: as a list keeps them, else as another publisher says them."""
    if (kept := _kept_status(node)) and (cited := _cited(node, accept)):
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
    if not isinstance(word, str) or word not in _STATUSES:
        return None
    keeper = names_of(node.get("author"))
    return word if keeper and keeper == names_of(node.get("sdPublisher")) else None


def _cited(node: Node, accept: Accept) -> list[dict[str, Any]]:
    """Citations that say what they do to the claim and when they were looked at."""
    found: list[dict[str, Any]] = []
    for item in objects(node.get("citation")):
        url, date, stance = web(item.get("url"), accept), date_of(item.get("lastReviewed")), item.get("additionalType")
        if url and date and isinstance(stance, str) and stance in _STANCE_WORDS:
            found.append({"url": url, "date": date, "stance": stance})
    return found[:MOST_EVIDENCE]


def _verdict(value: object, accept: Accept, but: re.Pattern[str] | None = None) -> dict[str, Any] | None:
    """The publisher's own words and who says them. None without words, or where `but` is all there is of them."""
    review = first_object(value)
    words = _rating_words(review) if review else None
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
