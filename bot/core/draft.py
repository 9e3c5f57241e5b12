"""A draft as its maker sees it: page by page, each statement with its sentence and why it was proposed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from bot.core.model import Claim, Draft, DraftId, LineKind, NoteLine
from bot.core.note import Composer
from bot.core.text import cut, shown

A_PAGE = 3
"""Statements on a page of the panel."""
_TITLE, _LABEL, _SOURCE, _CHOICE = 100, 90, 160, 90
_REMARKS = 4
_LENGTHS = ((160, 60, 150, 200), (120, 40, 80, 120), (80, 25, 30, 60))
"""Of a statement, its speakers, what stands behind it, a remark: the first that fit are taken."""
_MOST = 3600
"""Characters that a panel may have with its escapes; Discord takes 4,000 in a message's components."""
_DRESS = 5
_TAKEN, _LEFT = "☑", "☐"


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement to choose: its key, its words short, why it was proposed, whether it is chosen."""

    key: str
    text: str
    reasons: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """One page of a draft. `mark` says which statements it offers."""

    draft_id: DraftId
    lines: tuple[NoteLine, ...]
    entries: tuple[Entry, ...]
    page: int
    pages: int

    @property
    def mark(self) -> str:
        """Eight digits that differ where the entries do."""
        return sha256("".join(entry.key for entry in self.entries).encode()).hexdigest()[:8]


def key_of(claim: Claim) -> str:
    """A statement's key: the same for the same words, speakers, status and evidence."""
    return sha256(repr(claim).encode("utf-8", "replace")).hexdigest()[:12]


def panel_of(
    draft: Draft,
    claims: Sequence[Claim],
    reasons: Mapping[str, Sequence[str]],
    page: int,
    composer: Composer,
    kept_until: datetime,
) -> Panel:
    """A page of the panel, counted from 0; the last one where there are fewer."""
    words = composer.words
    chosen = {key_of(claim) for claim in draft.publication.claims}
    pages = max(1, -(-len(claims) // A_PAGE))
    page = min(page, pages - 1)
    first = page * A_PAGE
    some = claims[first : first + A_PAGE]
    for lengths in _LENGTHS:
        lines = list(_head(draft, composer, lengths[3])) if page == 0 else [_title(draft, composer)]
        lines.append(NoteLine(LineKind.COUNT, words("draft.chosen", n=len(chosen), of=len(claims))))
        for number, claim in enumerate(some, first + 1):
            why, is_chosen = reasons.get(claim.text, ()), key_of(claim) in chosen
            lines += _claim(number, claim, why, composer, lengths, is_chosen=is_chosen)
        if pages > 1:
            lines.append(NoteLine(LineKind.FOOT, words("claims.page", page=page + 1, pages=pages)))
        lines.append(NoteLine(LineKind.FOOT, words("draft.kept", date=f"{kept_until:%Y-%m-%d}")))
        if sum(_weight(line.text) for line in lines) <= _MOST:
            break
    entries = tuple(
        Entry(
            key_of(claim),
            shown(cut(claim.text, _CHOICE)),
            shown(cut(", ".join(reasons.get(claim.text, ())), _CHOICE)),
            key_of(claim) in chosen,
        )
        for claim in some
    )
    return Panel(draft.id, tuple(lines), entries, page, pages)


def _weight(text: str) -> int:
    """Characters of a line with a backslash before everything that may act, and its dress."""
    return len(text) + sum(not (c.isalnum() or c.isspace()) for c in text) + _DRESS


def _title(draft: Draft, composer: Composer) -> NoteLine:
    key = "draft.review" if draft.record else "draft.heading"
    return NoteLine(LineKind.TITLE, composer.words(key, title=shown(cut(draft.publication.title, _TITLE))))


def _head(draft: Draft, composer: Composer, longest_remark: int) -> Iterator[NoteLine]:
    words, publication = composer.words, draft.publication
    yield _title(draft, composer)
    yield NoteLine(LineKind.MORE, words("desk.look", address=shown(cut(publication.addresses[0].url, _SOURCE))))
    for label in publication.labels:
        yield NoteLine(LineKind.LABEL, words("draft.label", phrase=shown(cut(label.phrase, _LABEL))))
    if not publication.labels:
        yield NoteLine(LineKind.LABEL, words("draft.no_label"))
    if publication.source:
        yield NoteLine(LineKind.ORIGINAL, composer.original(publication.source, _SOURCE))
    for remark in draft.remarks[:_REMARKS]:
        yield NoteLine(LineKind.MORE, cut(remark, longest_remark))
    if len(draft.remarks) > _REMARKS:
        yield NoteLine(LineKind.MORE, words("bulk.more", n=len(draft.remarks) - _REMARKS))


def _claim(
    number: int, claim: Claim, reasons: Sequence[str], composer: Composer, lengths: tuple[int, ...], *, is_chosen: bool
) -> Iterator[NoteLine]:
    words = composer.words
    mark = _TAKEN if is_chosen else _LEFT
    text, speakers = composer.short(claim.text, lengths[0]), composer.speakers(claim.attribution, lengths[1])
    yield NoteLine(LineKind.CLAIM, words("draft.statement", mark=mark, number=number, text=text, speakers=speakers))
    if claim.quote and claim.quote.removesuffix(".") != claim.text:
        yield NoteLine(LineKind.MORE, words("claims.quote", text=shown(cut(claim.quote, lengths[2]))))
    if reasons:
        yield NoteLine(LineKind.MORE, words("draft.reasons", reasons=shown(cut(", ".join(reasons), lengths[2]))))
