"""A page is read and proposed; where somebody accepts it, it becomes a source of one record. Records nothing itself."""

import asyncio
import json
from collections.abc import Callable, Collection, Iterator
from contextlib import aclosing
from dataclasses import replace
from typing import Any

from bot.core.errors import BadRecord, UserError
from bot.core.intake import (
    Candidate,
    HtmlPage,
    Proposal,
    differing,
    must_be_a_page,
    must_fit,
    read_page,
    statement_in,
    with_hints,
)
from bot.core.intake.source import Source as IntakeSource
from bot.core.labels import LabelBook
from bot.core.records import Reading
from bot.core.records.read import MOST_WORKS
from bot.core.text import cut
from bot.core.words import Words
from bot.services.processes import parts_apart, stand_back
from bot.services.transfer import Source

ReadHtml = Callable[[bytes], HtmlPage]
"""Reads a page in HTML; a plain function, because it runs in another process."""
_READ_HERE = 4_000
"""Bytes of a text that is read at once; more, and all HTML, takes a core that the bot must keep free to answer."""
_SECONDS = 20
_MOST_MEMORY = 1_500_000_000
"""In bytes, of the process that reads."""
_TITLE, _NAME, _TEXT, _QUOTE = 300, 200, 1000, 2000
_AT_ONCE, _TOLD = 2, 3


class Intake:
    """Reads pages by the labels and link rules in force; two at once, the others wait."""

    def __init__(self, reading: Reading, read_html: ReadHtml, words: Words) -> None:
        self._reading = reading
        self._labels = reading.labels
        self._turns = asyncio.Semaphore(_AT_ONCE)
        self._read_html = read_html
        self._words = words

    async def propose(self, data: bytes) -> Proposal:
        """What a page seems to be. UserError with a sentence for what is no page."""
        must_fit(len(data))
        if len(data) <= _READ_HERE and not _is_html(data):
            return _read(data, self._labels, self._read_html)
        apart = parts_apart(
            _read_apart,
            data,
            self._labels,
            self._read_html,
            seconds=_SECONDS,
            slow=UserError(key="refused.page_slow", seconds=_SECONDS),
            ended=UserError(key="refused.page_unread"),
        )
        async with self._turns, aclosing(apart) as proposals:
            return await anext(proposals)

    def told(self, proposal: Proposal) -> dict[str, Any]:
        """The proposal as JSON (config/schema/intake.json)."""
        return {
            "title": proposal.title,
            "language": proposal.language,
            "labelled": bool(proposal.labels),
            "labels": list(proposal.labels),
            "source": _source_told(proposal.source),
            "works": [{"name": work.name, "href": work.href, "url": work.url} for work in proposal.works],
            "attributed_sources": list(proposal.speakers),
            "claims": [_claim_told(claim) for claim in proposal.claims],
            "warnings": self.remarks(proposal),
        }  # fmt: skip

    def accepted(self, proposal: Proposal, address: str, chosen: Collection[int], origin: str) -> Source:
        """The page under an address with some of its claims, counted from 1 (none given: the central ones), to be
        imported. UserError for a page without labels: it is no flagged summary.
        """
        if not proposal.labels:
            raise UserError(key="refused.no_label")
        claims = [c for i, c in enumerate(proposal.claims, 1) if (i in chosen if chosen else c.is_central)]
        record, _ = self.record(proposal, address, claims)
        return Source.lines([json.dumps(record, ensure_ascii=False)], origin)

    def record(
        self, proposal: Proposal, address: str, claims: Collection[Candidate]
    ) -> tuple[dict[str, Any], list[str]]:
        """The page under an address with these claims, as a record object; and what was left out of it, because a page
        can say what no record takes, and one odd detail must not stand in the way of the rest.
        """
        left_out: list[str] = []
        source = {key: value for key, value in _source_told(proposal.source).items() if value}
        for key, limit in (("name", _NAME), ("title", _TITLE)):
            if key in source:
                source[key] = cut(source[key], limit)
        works = [
            {"name": cut(w.name or w.href, _TITLE), **({"url": w.url} if w.url and w.is_certain else {})}
            for w in proposal.works
        ]
        record = {
            "addresses": [address],
            "title": cut((proposal.title or "").strip() or address, _TITLE),
            "language": proposal.language,
            "labels": self._taken(list(proposal.labels), self._reading.label, left_out),
            "source": self._taken_source(source, left_out) or None,
            "works": self._taken(works, self._reading.work, left_out)[:MOST_WORKS],
            "claims": self._taken([claim_object(claim) for claim in claims], self._reading.claim, left_out),
        }
        return record, [self._words("intake.left_out", reasons="; ".join(left_out[:_TOLD]))] if left_out else []

    def _taken(self, values: list[Any], read: Callable[[object, str], object], left_out: list[str]) -> list[Any]:
        """The values that a record takes; why the others are left out is added to `left_out`."""
        kept = []
        for value in values:
            try:
                read(value, "")
            except BadRecord as bad:
                left_out.append(bad.told(self._words))
            else:
                kept.append(value)
        return kept

    def _taken_source(self, source: dict[str, Any], left_out: list[str]) -> dict[str, Any]:
        return {
            key: value for key, value in source.items() if self._taken([{key: value}], self._reading.source, left_out)
        }

    def remarks(self, proposal: Proposal) -> list[str]:
        """What a person should know before accepting it."""
        words = self._words
        found = [words(key, **values) for key, values in proposal.hints]
        if not proposal.labels:
            found.append(words("intake.no_label"))
        if not proposal.source.url:
            found.append(words("intake.no_source"))
        if not proposal.are_claims_read:
            found.append(words("intake.other_language", language=proposal.language or "?"))
        if relative := [work.href for work in proposal.works if not work.is_certain]:
            found.append(words("intake.relative", hrefs=", ".join(relative)))
        judged = [claim.judged for claim in proposal.claims]
        found += [
            words("intake.differ", kind=kind, figures=", ".join(f"“{x}”" for x in texts))
            for kind, texts in differing(judged)
        ]
        unnamed = sum(1 for claim in proposal.claims if not claim.speakers)
        if unnamed:
            found.append(words.count("intake.unnamed", unnamed))
        return found


def _read_apart(data: bytes, labels: LabelBook, read_html: ReadHtml) -> Iterator[Proposal]:
    """What runs in the other process."""
    stand_back(_MOST_MEMORY)
    try:
        proposal = _read(data, labels, read_html)
    except (OSError, MemoryError):
        raise UserError(key="refused.page_unread") from None
    yield proposal


def _read(data: bytes, labels: LabelBook, read_html: ReadHtml) -> Proposal:
    if _is_html(data):
        page = read_html(data)
        must_be_a_page(page.text)
        proposal = read_page(page, labels)
        return replace(with_hints(proposal, page.markup), canonical=page.canonical)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(key="refused.not_utf8") from None
    must_be_a_page(text)
    return read_page(text, labels)


def claim_object(claim: Candidate) -> dict[str, Any]:
    """A candidate as a claim of a record: the statement, with the sentence that it stands in."""
    return {
        "text": cut(statement_in(claim.judged.text), _TEXT),
        "quote": cut(claim.judged.text, _QUOTE),
        "attribution": list(claim.speakers),
    }


def _source_told(source: IntakeSource) -> dict[str, Any]:
    return {
        "name": source.name,
        "title": source.title,
        "url": source.url,
        "published": source.published,
        "relation": source.relation,
    }


def _claim_told(claim: Candidate) -> dict[str, Any]:
    judged = claim.judged
    return {
        "sentence": judged.text,
        "text": statement_in(judged.text),
        "figures": [
            {"text": f.text, "value": list(f.value) if isinstance(f.value, tuple) else f.value, "unit": f.unit}
            for f in judged.figures
        ],
        "dates": list(judged.dates),
        "attributed_to": list(claim.speakers),
        "score": judged.score,
        "central": claim.is_central,
        "reasons": [*judged.reasons_for, *(f"against: {reason}" for reason in judged.reasons_against)],
    }


def _is_html(data: bytes) -> bool:
    beginning = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return beginning.startswith(b"<") or b"<html" in beginning or b"<p>" in beginning
