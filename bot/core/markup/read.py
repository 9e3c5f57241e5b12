"""Fact-check markup → record objects, the form of a line of the JSON lines. `core.records` checks and refuses them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from bot.core import text
from bot.core.errors import BadRecord
from bot.core.links import LinkRules
from bot.core.markup import find
from bot.core.markup.claims import appearances, claim_of, is_at, places
from bot.core.markup.find import Kind, kind_of
from bot.core.markup.pages import page_of
from bot.core.markup.together import together
from bot.core.markup.values import Node, acceptance, language_of, objects, title_of, webs
from bot.core.markup.verdicts import Verdicts
from bot.core.model import Address
from bot.core.records import fields
from bot.core.records.read import MOST_ADDRESSES, MOST_CLAIMS


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes that follow each other and are about one page: one record.

    `number` is the first node's, from 1, as they were found. `addresses` are the page's, without doubles.
    """

    number: int
    nodes: tuple[Node, ...]
    addresses: tuple[str, ...]
    has_lead: bool = False
    """The first node is the page's own."""


class MarkupReader:
    """Reads markup by the verdicts and link rules in force."""

    def __init__(self, verdicts: Verdicts, links: LinkRules) -> None:
        self._verdicts = verdicts
        self._accept = acceptance(links)

    def nodes(self, value: object, passed: Counter[str] | None = None) -> Iterator[Node]:
        """The reviews, claims and publications in any JSON value, in order. Never raises.

        Objects of other types that hold none are counted in `passed` by type.
        """
        return find.nodes(value, passed)

    def groups(self, nodes: Iterable[Node]) -> Iterator[Group]:
        """Nodes that follow each other and have the same first address, one group at a time, at most 500 claims.

        A publication begins a group. A node without any address is a group of its own, which `record` refuses.
        """
        gathered: list[Node] = []
        addresses: list[Address] = []
        number, has_lead = 0, False
        for number, node in enumerate(nodes, 1):
            if gathered and addresses and len(gathered) < MOST_CLAIMS and is_at(node, addresses[0].url):
                gathered.append(node)  # as our own exports are: nothing to look up
                continue
            begins = kind_of(node) is Kind.PUBLICATION
            found = list(webs(node, self._accept) if begins else appearances(node, self._accept))
            if gathered and (begins or not _belongs(found, addresses, len(gathered) - has_lead)):
                yield _group(number, gathered, addresses, has_lead=has_lead)
                gathered, addresses = [], []
            has_lead = begins if not gathered else has_lead
            gathered.append(node)
            addresses = _distinct(addresses + found)
        if gathered:
            yield _group(number + 1, gathered, addresses, has_lead=has_lead)

    def record(self, group: Group) -> dict[str, Any]:
        """The record object of a group. BadRecord where it has no address or a claim says nothing.

        Where a publication leads, its claims stay as they are. Elsewhere reviews of one claim become one claim.
        """
        lead = group.nodes[0] if group.has_lead else None
        if not group.addresses:
            raise BadRecord("url" if lead else "itemReviewed", "no_appearance")
        reviews = group.nodes[1:] if lead else group.nodes
        claims = [claim_of(node, self._verdicts, self._accept) for node in reviews]
        about = page_of(lead, self._accept) if lead else _about(reviews)
        if "title" not in about and claims:
            about["title"] = text.cut(claims[0]["text"], fields.TITLE)
        record = {"addresses": list(group.addresses), **about, "claims": claims if lead else together(claims)}
        return {key: value for key, value in record.items() if value}


def _belongs(found: list[Address], addresses: list[Address], claims: int) -> bool:
    return bool(found and addresses) and claims < MOST_CLAIMS and found[0].key == addresses[0].key


def _distinct(addresses: list[Address]) -> list[Address]:
    first: dict[str, Address] = {}
    for address in addresses:
        first.setdefault(address.key, address)
    return list(first.values())[:MOST_ADDRESSES]


def _group(next_number: int, nodes: list[Node], addresses: list[Address], *, has_lead: bool) -> Group:
    return Group(next_number - len(nodes), tuple(nodes), tuple(address.url for address in addresses), has_lead)


def _about(reviews: Iterable[Node]) -> dict[str, Any]:
    """What reviews say of the page: how it is called, and its language or else theirs."""
    about: dict[str, Any] = {}
    for node in reviews:
        pages = list(objects(places(node)))
        titles = filter(None, map(title_of, pages))
        spoken = (*pages, *objects(node.get("itemReviewed")), node)
        languages = filter(None, (language_of(item.get("inLanguage")) for item in spoken))
        for key, values in (("title", titles), ("language", languages)):
            if key not in about and (first := next(values, None)):
                about[key] = first
    return about
