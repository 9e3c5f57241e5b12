"""Any JSON value → the nodes in it that a record can be made of, in order. Never raises, however deep it is nested."""

from collections import Counter
from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from bot.core.markup.answers import is_answer, reviews_of
from bot.core.markup.graph import linked
from bot.core.markup.values import DEEPEST, Node, objects, plain, types_of, words_of

_INSIDE = ("dataFeedElement", "item", "claims", "claimReviewMarkupPages", "results", "claim", "mainEntity", "hasPart",
           "itemListElement", "review", "subjectOf")  # fmt: skip
"""Where feeds, answers and articles keep nodes (https://schema.org/DataFeed, https://schema.org/ItemList)."""
_KEPT_PAGES = frozenset({"CreativeWork", "WebPage"})
_OTHER = "Thing"
"""schema.org's own name for what has no type."""
_MOST_TYPES = 50


def nodes(value: object, passed: Counter[str] | None = None) -> Iterator[Node]:
    """Reviews, claims and publications in a value, with plain names as keys.

    Objects of other types that hold none are counted in `passed` by their type: at most 50 names, then as `Thing`.
    """
    yield from _walk(value, DEEPEST, Counter() if passed is None else passed)


class Kind(StrEnum):
    """What a node can become."""

    REVIEW = "review"
    CLAIM = "claim"
    PUBLICATION = "publication"


_PLAINLY = {"ClaimReview": Kind.REVIEW, "Claim": Kind.CLAIM}


def kind_of(node: Node) -> Kind | None:
    """A review also where it does not say so; a publication only as `write` gives it."""
    written = node.get("@type")
    if isinstance(written, str) and written in _PLAINLY:
        return _PLAINLY[written]
    types = types_of(node)
    if "ClaimReview" in types or ("claimReviewed" in node and (not types or "Review" in types)):
        return Kind.REVIEW
    if "Claim" in types:
        return Kind.CLAIM
    return Kind.PUBLICATION if not _KEPT_PAGES.isdisjoint(types) and _is_kept(node) else None


def _is_kept(page: Node) -> bool:
    """Whether a page is a record, as `write` gives it. Other articles have keywords and sources too, and are none."""
    return "sdPublisher" in page and all(words_of(page.get(key)) is not None for key in ("url", "name"))


def is_label(keyword: Node) -> bool:
    """Whether a keyword is one of a closed set, as labels are (https://schema.org/DefinedTerm)."""
    return "DefinedTerm" in types_of(keyword) and words_of(keyword.get("termCode")) is not None


def _walk(value: object, depth: int, passed: Counter[str]) -> Iterator[Node]:
    if isinstance(value, list):
        if depth:
            for item in value:
                yield from _walk(item, depth - 1, passed)
    elif isinstance(value, dict):
        node = plain(value) if ":" in "".join(value) else value
        kind = kind_of(node)
        if kind is Kind.CLAIM and "sdPublisher" not in node and (reviews := list(_reviews_of(node))):
            yield from reviews
        elif kind:
            yield node
        if kind is Kind.PUBLICATION and depth:  # an article can hold reviews besides
            for part in _parts(node):
                yield from _walk(part, depth - 1, Counter())
        elif kind is None:
            yield from _inside(node, depth, passed)


def _reviews_of(claim: Node) -> Iterator[Node]:
    """The reviews that hang on a stranger's claim, each as if it had the claim."""
    bare = {key: value for key, value in claim.items() if key != "review"}
    for review in objects(claim.get("review")):
        if "ClaimReview" in types_of(review):
            yield {"claimReviewed": claim.get("text"), **review, "itemReviewed": bare}


def _inside(node: Node, depth: int, passed: Counter[str]) -> Iterator[Node]:
    """The nodes in an object that is none itself; counted where nothing is in it."""
    found, counted = False, passed.total()
    for part in _parts(node) if depth else ():
        for inner in _walk(part, depth - 1, passed):
            found = True
            yield inner
    if not found and passed.total() == counted:
        name = next(iter(types_of(node)), _OTHER) or _OTHER
        passed[name if name in passed or len(passed) < _MOST_TYPES else _OTHER] += 1


def _parts(node: Node) -> Iterator[Any]:
    if is_answer(node):
        yield list(reviews_of(node))
    elif "@graph" in node:
        graph = node["@graph"]
        yield linked(graph) if isinstance(graph, list) else graph
    for key in _INSIDE:
        if key in node:
            yield node[key]
