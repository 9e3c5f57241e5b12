"""Nodes of one `@graph` that name each other by `@id`: each gets what it names in the reference's place."""

from collections.abc import Mapping
from typing import Any

from bot.core.markup.values import Node, objects, types_of

_LEVELS = 2
"""A review names the claim, the claim its appearance."""
_MOST_FOLLOWED = 10
"""References of one list that are followed, so that a small file cannot stand for a huge one."""


def linked(graph: list[Any]) -> list[Any]:
    """The graph's nodes with references resolved, without the claims that a review in it names."""
    known = {node["@id"]: node for node in graph if isinstance(node, dict) and isinstance(node.get("@id"), str)}
    if not known:
        return graph
    reviewed = {
        str(item["@id"])
        for node in graph
        if isinstance(node, dict)
        for item in objects(node.get("itemReviewed"))
        if _is_reference(item)
    }
    return [
        _resolved(node, known, _LEVELS) if isinstance(node, dict) else node
        for node in graph
        if not (isinstance(node, dict) and node.get("@id") in reviewed and "Claim" in types_of(node))
    ]


def _is_reference(item: object) -> bool:
    return isinstance(item, dict) and isinstance(item.get("@id"), str) and not item.keys() - {"@id", "@type"}


def _resolved(node: Node, known: Mapping[str, Node], levels: int) -> Node:
    return {key: _followed(value, known, levels) for key, value in node.items()} if levels else node


def _followed(value: Any, known: Mapping[str, Node], levels: int) -> Any:
    if isinstance(value, list):
        head = [_followed(item, known, levels) if isinstance(item, dict) else item for item in value[:_MOST_FOLLOWED]]
        return head + value[_MOST_FOLLOWED:]
    if _is_reference(value) and value["@id"] in known:
        return _resolved(known[value["@id"]], known, levels - 1)
    return value
