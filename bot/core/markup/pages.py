"""The node of a publication → the parts of a record that are not claims."""

from typing import Any

from bot.core.markup.dates import date_of, time_of
from bot.core.markup.find import is_label
from bot.core.markup.values import (
    Accept,
    Node,
    cut,
    items,
    language_of,
    names_of,
    objects,
    title_of,
    web,
    words_of,
)
from bot.core.model import Relation
from bot.core.records import fields
from bot.core.records.read import MOST_LABELS, MOST_WORKS

_RELATIONS = frozenset(map(str, Relation))


def page_of(node: Node, accept: Accept) -> dict[str, Any]:
    """Title, language, labels, source, works and times, as far as they are there."""
    keywords = [item for item in objects(node.get("keywords")) if is_label(item)]
    found = {
        "title": title_of(node),
        "language": language_of(node.get("inLanguage")),
        "labels": [_label(item) for item in keywords[:MOST_LABELS]],
        "source": _source(node.get("isBasedOn"), accept),
        "works": [work for item in items(node.get("citation")) if (work := _work(item, accept))][:MOST_WORKS],
        "recorded": time_of(node.get("sdDatePublished")),
        "reviewed": time_of(node.get("lastReviewed")),
        "valid_until": time_of(node.get("expires")),
    }
    return _present(found)


def _label(keyword: Node) -> dict[str, Any]:
    return _present(
        {"key": words_of(keyword.get("termCode")), "phrase": cut(words_of(keyword.get("name")), fields.PHRASE)}
    )


def _source(value: object, accept: Accept) -> dict[str, Any] | None:
    """The first original that is named; a bare text is its address or else its title."""
    for item in items(value):
        if isinstance(item, dict):
            relation = item.get("additionalType")
            found = {
                "name": next(iter(names_of(item.get("publisher"))), None),
                "title": title_of(item),
                "url": web(item, accept),
                "published": date_of(item.get("datePublished")),
                "relation": relation if isinstance(relation, str) and relation in _RELATIONS else None,
            }
        else:
            url = web(item, accept)
            found = {"url": url, "title": None if url else cut(words_of(item), fields.TITLE)}
        if any(found.values()):
            return _present(found)
    return None


def _work(item: object, accept: Accept) -> dict[str, Any] | None:
    url = web(item, accept)
    name = title_of(item) if isinstance(item, dict) else cut(words_of(item), fields.TITLE)
    name = name or cut(url, fields.TITLE)
    return _present({"name": name, "url": url}) if name else None


def _present(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in entry.items() if value}
