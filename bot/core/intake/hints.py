"""What a page's markup says beside its text: the work it is based on, works it cites, what kind of article it is. Hints
only: they fill what the text leaves open, and are named as what they are.

Sources: https://schema.org/isBasedOn, https://schema.org/citation, https://schema.org/NewsArticle
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from bot.core.intake.frame import LinkedWork
from bot.core.intake.read import Proposal
from bot.core.intake.source import Source
from bot.core.markup.dates import date_of
from bot.core.markup.values import DEEPEST, Node, items, names_of, plain, title_of, types_of, words_of

Hint = tuple[str, dict[str, object]]
"""The key of its words, and their values."""

_KINDS = frozenset({
    "AdvertiserContentArticle", "AnalysisNewsArticle", "AskPublicNewsArticle", "BackgroundNewsArticle",
    "OpinionNewsArticle", "ReportageNewsArticle", "ReviewNewsArticle", "SatiricalArticle",
})  # fmt: skip
_BASES = ("isBasedOn", "isBasedOnUrl")
_MOST_NODES, _MOST_CITED = 200, 20
_LONGEST = 2048


def with_hints(proposal: Proposal, markup: Sequence[object]) -> Proposal:
    """The proposal with what only the markup says, and what to tell about it as `hints`."""
    told: list[Hint] = []
    for node in islice(_nodes(list(markup)), _MOST_NODES):
        for kind in types_of(node):
            if kind in _KINDS and ("intake.hint_kind", {"kind": kind}) not in told:
                told.append(("intake.hint_kind", {"kind": kind}))
        for key in _BASES:
            if (base := _work(node.get(key))) and (filled := _filled(proposal.source, base)) != proposal.source:
                proposal = replace(proposal, source=filled)
                told.append(("intake.hint_source", {"key": key}))
        if more := _cited(node, {proposal.source.url, *(work.href for work in proposal.works)}):
            proposal = replace(proposal, works=proposal.works + more)
            told.append(("intake.hint_works", {"n": len(more)}))
    return replace(proposal, hints=tuple(told))


def _cited(node: Node, known: set[str | None]) -> tuple[LinkedWork, ...]:
    works = [work for item in items(node.get("citation"))[:_MOST_CITED] if (work := _work(item))]
    named = {work.url: work.title for work in works if work.url not in known}
    return tuple(LinkedWork(title or url, url, url) for url, title in named.items() if url)


def _nodes(value: object, depth: int = DEEPEST) -> Iterator[Node]:
    """The objects in a value that can be a page's own, with plain names as keys: at the top, in lists, in a graph."""
    for item in items(value):
        if isinstance(item, dict) and depth:
            node = plain(item)
            yield node
            yield from _nodes(node.get("@graph"), depth - 1)
            yield from _nodes(node.get("mainEntity"), depth - 1)


def _work(value: object) -> Source | None:
    """The first work in a value that has an address of its own; its `url` is set."""
    for item in items(value):
        node: Node = item if isinstance(item, dict) else {"url": item}
        url = next((x for x in map(words_of, (node.get("url"), node.get("@id"))) if x and _is_web(x)), None)
        if url is not None:
            name = next(iter(names_of(node.get("publisher"))), None)
            return Source(name, title_of(node), url, date_of(node.get("datePublished")))
    return None


def _filled(source: Source, base: Source) -> Source:
    """The source with what it lacks; nothing where the text names another one."""
    if source.url not in (None, base.url):
        return source
    return replace(
        source,
        name=source.name or base.name,
        title=source.title or base.title,
        url=base.url,
        published=source.published or base.published,
    )


def _is_web(url: str) -> bool:
    return url.lower().startswith(("http://", "https://")) and len(url) <= _LONGEST and len(url.split()) == 1
