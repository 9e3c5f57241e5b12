"""Counts what stands in the channels of a loopback Discord against what should: doubled, lost, stale."""

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from tests.loopback.world import Json, World

_LINK = re.compile(r"https://page\.example/\d+")
_STRUCK = "~~Context note~~"
_JUMP = re.compile(r"<https://discord\.com/channels/\d+/\d+/(\d+)>")


@dataclass
class Verdict:
    """What was counted. `answered`: replies that stand under flagged messages."""

    flagged: int = 0
    answered: int = 0
    corrections: int = 0
    doubled: int = 0
    lost: int = 0
    stale: int = 0
    details: list[str] = field(default_factory=list)

    @property
    def good(self) -> bool:
        """Whether there is nothing to say."""
        return not (self.doubled or self.lost or self.stale)

    def __str__(self) -> str:
        return (
            f"flagged {self.flagged}, answered {self.answered}, corrections {self.corrections}, "
            f"doubled {self.doubled}, lost {self.lost}, stale {self.stale}"
        )


def text_of(message: Json) -> str:
    """All text of a message, as it was sent."""
    return "\n".join([message["content"], *_texts(message["components"])])


def judge(world: World, records: dict[str, str]) -> Verdict:
    """`records`: the title of each record by its address. Corrections reply to notes, notes to members."""
    verdict = Verdict(doubled=len(world.doubled))
    verdict.details += [f"message {message} had two notes for a while" for message in world.doubled]
    for channel, messages in world.messages.items():
        _channel(verdict, channel, messages, records)
    nonces = Counter(m["nonce"] for messages in world.messages.values() for m in messages.values() if "nonce" in m)
    for nonce, times in nonces.items():
        if times > 1:
            verdict.doubled += 1
            verdict.details.append(f"nonce {nonce} stands {times} times")
    return verdict


def _channel(verdict: Verdict, channel: int, messages: dict[int, Json], records: dict[str, str]) -> None:
    ours = {i: m for i, m in messages.items() if m["author"].get("bot")}
    replies: defaultdict[int, list[Json]] = defaultdict(list)
    for message in ours.values():
        answered = int(message["message_reference"]["message_id"])
        if answered in ours:
            verdict.corrections += 1
        else:
            replies[answered].append(message)
    for message_id, message in messages.items():
        if message_id not in ours:
            _message(verdict, channel, message, replies.pop(message_id, []), records, ours)
    for answered, orphans in replies.items():
        verdict.stale += len(orphans)
        verdict.details.append(f"channel {channel}: note of message {answered}, which is gone")


def _message(
    verdict: Verdict, channel: int, message: Json, replies: list[Json], records: dict[str, str], ours: dict[int, Json]
) -> None:
    where = f"channel {channel} message {message['id']} {message['content']!r}"
    found = _LINK.search(message["content"])
    title = records.get(found[0]) if found else None
    verdict.flagged += title is not None
    if not replies and title is not None:
        verdict.lost += 1
        verdict.details.append(f"{where}: no note")
    for reply in replies:
        verdict.answered += title is not None
        text = text_of(reply)
        if _STRUCK in text:
            continue  # its record was removed: taken back for good, whatever the message says later
        if title is None or not (title in text or _leads_to_note(text, title, ours)):
            verdict.stale += 1
            verdict.details.append(f"{where}: should say {title!r}, says {text[:200]!r}")


def _leads_to_note(text: str, title: str, ours: dict[int, Json]) -> bool:
    """A pointer leads to a note on the same page, or to one that a removal struck."""
    jump = _JUMP.search(text)
    target = ours.get(int(jump[1])) if jump else None
    return target is not None and (title in text_of(target) or _STRUCK in text_of(target))


def _texts(components: list[Any]) -> list[str]:
    found: list[str] = []
    for component in components:
        if component.get("type") == 10:
            found.append(component["content"])
        found += _texts(component.get("components") or [])
    return found
