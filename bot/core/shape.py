"""A message in Discord's own JSON shape → the texts in it that can carry a link. Total over any JSON value.

Where links hide (discord-facts.md, Reading messages): content, a forward's snapshot, embeds of webhooks and bots,
link buttons and text of components, a poll's words, an attachment's description.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.core.model import Found, TextPart

_BUTTON = 2
_DEEPEST = 6
"""Components nest container > section > text; deeper is not Discord's."""


def message_texts(message: Mapping[str, Any], *, embeds: bool) -> tuple[TextPart, ...]:
    """The texts of a message. `embeds`: they were written by its author (webhook, bot), not unfurled by Discord."""
    parts = list(_own_texts(message, Found.CONTENT, embeds=embeds))
    for snapshot in _objects(message.get("message_snapshots")):
        inner = snapshot.get("message")
        if isinstance(inner, Mapping):
            # A snapshot has no author. Where it has no words, nothing was unfurled: its embeds were written.
            written = not _text(inner.get("content")).strip()
            parts.extend(_own_texts(inner, Found.FORWARD, embeds=written))
    return tuple(part for part in parts if part.text)


def custom_ids(message: Mapping[str, Any]) -> frozenset[str]:
    """The custom ids of all components in a message, and in what it forwards."""
    inner = [snapshot.get("message") for snapshot in _objects(message.get("message_snapshots"))]
    messages = [message, *(m for m in inner if isinstance(m, Mapping))]
    components = (c for m in messages for c in _components(m.get("components"), 0))
    return frozenset(str(c["custom_id"]) for c in components if c.get("custom_id"))


def _own_texts(message: Mapping[str, Any], found: Found, *, embeds: bool) -> Iterator[TextPart]:
    forwarded = found is Found.FORWARD

    def place(of: Found) -> Found:
        return found if forwarded else of

    yield TextPart(found, _text(message.get("content")))
    if embeds:
        for embed in _objects(message.get("embeds")):
            yield from _embed_texts(embed, place(Found.EMBED))
    for component in _components(message.get("components"), 0):
        if component.get("type") == _BUTTON:
            yield TextPart(place(Found.BUTTON), _text(component.get("url")), is_address=True)
        yield TextPart(place(Found.COMPONENT), _text(component.get("content")))
    poll = message.get("poll")
    if isinstance(poll, Mapping):
        for media in [poll.get("question"), *(a.get("poll_media") for a in _objects(poll.get("answers")))]:
            if isinstance(media, Mapping):
                yield TextPart(place(Found.POLL), _text(media.get("text")))
    for attachment in _objects(message.get("attachments")):
        yield TextPart(place(Found.ATTACHMENT), _text(attachment.get("description")))


def _embed_texts(embed: Mapping[str, Any], found: Found) -> Iterator[TextPart]:
    yield TextPart(found, _text(embed.get("url")), is_address=True)
    author, footer = embed.get("author"), embed.get("footer")
    if isinstance(author, Mapping):
        yield TextPart(found, _text(author.get("url")), is_address=True)
    yield TextPart(found, _text(embed.get("title")))
    yield TextPart(found, _text(embed.get("description")))
    for field in _objects(embed.get("fields")):
        yield TextPart(found, _text(field.get("name")))
        yield TextPart(found, _text(field.get("value")))
    if isinstance(footer, Mapping):
        yield TextPart(found, _text(footer.get("text")))


def _components(value: object, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > _DEEPEST:
        return
    for component in _objects(value):
        yield component
        yield from _components(component.get("components"), depth + 1)
        yield from _components([component.get("accessory")], depth + 1)


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
