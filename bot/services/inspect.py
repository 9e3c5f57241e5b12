"""What `check` shows of a text: its links, records, decision and note. No effect at all."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.core.links import LinkRules, lookup_key, read_links
from bot.core.model import (
    AuthorKind,
    ChannelId,
    ChannelPast,
    ChatMessage,
    ContextNote,
    Found,
    GuildId,
    GuildRules,
    Link,
    ListName,
    MessageId,
    PostNote,
    StaySilent,
    TextPart,
)
from bot.core.note import Composer
from bot.core.policy import decide
from bot.core.shape import message_texts
from bot.core.words import Words
from bot.ports import Clock
from bot.services.look_up import Findings, LookUp

_NO_GUILD = GuildId(0)


@dataclass(frozen=True, slots=True)
class Audience:
    """For whom a text is checked: which lists count, under which settings."""

    lists: Sequence[ListName]
    rules: GuildRules
    guild_id: GuildId = _NO_GUILD


class Inspect:
    """Checks texts against the records."""

    def __init__(self, look_up: LookUp, words: Words, clock: Clock) -> None:
        self._look_up = look_up
        self._words = words
        self._clock = clock

    async def text(self, text: str, audience: Audience, *, why: bool) -> dict[str, Any]:
        """The contract's object for one text (config/schema/check.json)."""
        parts = (TextPart(Found.CONTENT, text),)
        findings = await self._found(parts, audience)
        message = ChatMessage(MessageId(0), audience.guild_id, ChannelId(0), AuthorKind.MEMBER, self._clock(), parts)
        decision = decide(
            message, findings.matches, audience.rules, ChannelPast(), Composer.for_guild(self._words, audience.rules)
        )
        records = {m.record.id: m.record for m in findings.matches}
        return {
            "links": [self._link(link, findings, why=why) for link in findings.worth_showing()],
            "records": [{"title": r.publication.title, "address": r.address, "list": r.list} for r in records.values()],
            "matched": list(dict.fromkeys(m.address.url for m in findings.matches)),
            "decision": "post" if isinstance(decision, PostNote) else "stay_silent",
            "reason": decision.reason if isinstance(decision, StaySilent) else None,
            "note": note_object(decision.note),
        }

    async def line(self, entry: Mapping[str, Any], audience: Audience) -> dict[str, Any]:
        """The answer to one line of `check --jsonl` that names no flagged addresses."""
        findings = await self._found(line_texts(entry), audience)
        return {
            "id": entry.get("id"),
            "matched": list(dict.fromkeys(m.address.url for m in findings.matches)),
            "links": [self._link(link, findings, why=False) for link in findings.worth_showing()],
        }

    async def _found(self, texts: Iterable[TextPart], audience: Audience) -> Findings:
        findings = await self._look_up.find(texts, audience.lists)
        return findings if audience.rules.typed_links else findings.without_typed()

    def _link(self, link: Link, findings: Findings, *, why: bool) -> dict[str, Any]:
        answer: dict[str, Any] = {"text": link.text, "key": link.key}
        return {**answer, "why": self._look_up.why(link, findings)} if why else answer


def line_texts(entry: Mapping[str, Any]) -> tuple[TextPart, ...]:
    """The texts of a line's message: a string, or an object in Discord's own shape. ValueError for anything else."""
    message = entry.get("message")
    if isinstance(message, str):
        return (TextPart(Found.CONTENT, message),)
    if isinstance(message, Mapping):
        return message_texts(message, embeds=bool(message.get("webhook_id")) or _by_bot(message))
    raise ValueError("The field message must be a text or a message object.")


def against(entry: Mapping[str, Any], flagged: object, rules: LinkRules) -> dict[str, Any]:
    """The answer to a line that names its own flagged addresses; no database is asked.

    `matched` holds members of `flagged` exactly as written, in their order, each once.
    """
    if not isinstance(flagged, list) or not all(isinstance(url, str) for url in flagged):
        raise ValueError("The field flagged must be a list of addresses.")
    links = read_links(line_texts(entry), rules)
    known = {url: lookup_key(url, rules) for url in flagged}
    recorded = set(known.values())
    met = {link.key: key for link in links if (key := next((key for key in link.keys if key in recorded), None))}
    matched = [url for url, key in known.items() if key in met.values()]
    shown = [link for link in links if not link.typed or link.key in met]
    return {"id": entry.get("id"), "matched": matched, "links": [{"text": x.text, "key": x.key} for x in shown]}


def parse_line(line: str) -> Mapping[str, Any]:
    """A line of `check --jsonl` as an object; ValueError with a sentence where it is none."""
    if not line.strip():
        raise ValueError("The line is empty.")
    try:
        entry = json.loads(line)
    except RecursionError:
        raise ValueError("The line is nested too deeply.") from None
    except ValueError as error:
        raise ValueError(f"The line is not JSON, or too long: {error}.") from None
    if not isinstance(entry, dict):
        raise ValueError("The line must be a JSON object.")  # noqa: TRY004
    return entry


def note_object(note: ContextNote | None) -> dict[str, Any] | None:
    """A note as `check` prints it."""
    if note is None:
        return None
    return {
        "lines": [line.text + line.link for line in note.lines],
        "buttons": [{"label": b.label, "url": b.url} if b.url else {"label": b.label} for b in note.buttons],
    }


def _by_bot(message: Mapping[str, Any]) -> bool:
    author = message.get("author")
    return isinstance(author, Mapping) and author.get("bot") is True
