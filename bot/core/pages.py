"""Everything recorded about some pages, as lines on pages that fit a message. Chooses no dress."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.core.labels import LabelBook
from bot.core.model import Claim, LineKind, NoteLine, PageVersion, Publication, Record
from bot.core.note import Composer, labels_in_force
from bot.core.text import cut, shown
from bot.core.words import Words

_PAGE = 1700
"""Visible characters a page: escaped, it stays under Discord's 4,000 characters and its cap in bytes."""
_CLAIM, _QUOTE, _SPEAKERS, _ADDRESS = 1000, 600, 200, 300
_MOST_LINES = 25
_DIGITS = 12


def claims_pages(
    records: Sequence[Record], composer: Composer, labels: LabelBook, at: datetime
) -> list[list[NoteLine]]:
    """All claims of the records with their evidence and verdicts, and what the labels mean; at least one page."""
    return _paged([line for record in records for line in _claims_of(record, composer, labels, at)])


def record_pages(
    record: Record, composer: Composer, labels: LabelBook, at: datetime, page: PageVersion | None = None
) -> list[list[NoteLine]]:
    """A whole record, for those who keep it; `page`: the version of its page that it came from, if it was read."""
    words, publication = composer.words, record.publication
    days = {"recorded": _day(publication.recorded), "reviewed": _day(publication.reviewed)}
    known = {key: day or words("desk.always") for key, day in days.items()}
    foot = NoteLine(LineKind.FOOT, words("desk.version", version=record.version, **known))
    read = [_read(page, words)] if page else []
    return _paged([*_details(record, composer), *_claims_of(record, composer, labels, at), *read, foot])


def _read(page: PageVersion, words: Words) -> NoteLine:
    day, version = _day(page.read_at), page.digest[:_DIGITS]
    return NoteLine(LineKind.FOOT, words(f"desk.read_from_{page.read_from}", date=day, version=version))


def _claims_of(record: Record, composer: Composer, labels: LabelBook, at: datetime) -> Iterator[NoteLine]:
    words, publication = composer.words, record.publication
    yield NoteLine(LineKind.TITLE, shown(publication.title))
    for label in labels_in_force(publication, at):
        yield NoteLine(LineKind.LABEL, composer.label(label))
        kind = labels.get(label.key)
        if kind and kind.wording:
            yield _detail(shown(kind.wording))
        if kind and kind.help:
            yield _detail(words("claims.label_help", url=kind.help))
    if publication.source:
        yield NoteLine(LineKind.ORIGINAL, composer.original(publication.source, 300))
    if not publication.claims:
        yield NoteLine(LineKind.COUNT, words("claims.none"))
    for claim in publication.claims:
        yield NoteLine(LineKind.CLAIM, composer.claim(claim, text=_CLAIM, speakers=_SPEAKERS))
        yield from _behind(claim, composer)


def _behind(claim: Claim, composer: Composer) -> Iterator[NoteLine]:
    words = composer.words
    if claim.quote:
        yield _detail(words("claims.quote", text=shown(cut(claim.quote, _QUOTE))))
    if verdict := claim.verdict:
        key = "claims.verdict_dated" if verdict.date else "claims.verdict"
        yield _detail(words(key, by=shown(verdict.by), words=shown(verdict.words), date=verdict.date))
    for evidence in claim.evidence:
        stance = words(f"stance.{evidence.stance}")
        yield _detail(
            words("claims.evidence", stance=stance, date=evidence.date, url=shown(cut(evidence.url, _ADDRESS)))
        )


def _details(record: Record, composer: Composer) -> Iterator[NoteLine]:
    words, publication = composer.words, record.publication
    for address in publication.addresses:
        yield _detail(words("desk.look", address=shown(cut(address.url, _ADDRESS))))
    yield _detail(composer.list_name(record))
    if publication.language:
        yield _detail(words("desk.language", language=publication.language))
    if publication.source and publication.source.url:
        yield _detail(words("desk.source_url", url=shown(cut(publication.source.url, _ADDRESS))))
    for work in publication.works:
        yield _detail(words("desk.works", name=shown(work.name)))
    if publication.valid_from or publication.valid_until:
        yield _detail(_validity(publication, composer))


def _validity(publication: Publication, composer: Composer) -> str:
    always = composer.words("desk.always")
    return composer.words(
        "desk.validity", start=_day(publication.valid_from) or always, end=_day(publication.valid_until) or always
    )


def fitted(lines: Sequence[NoteLine], words: Words) -> list[NoteLine]:
    """As many lines as one message holds; what is left out is counted."""
    first, *more = _paged(lines)
    rest = sum(map(len, more))
    return [*first, NoteLine(LineKind.MORE, words.count("note.more_lines", rest))] if rest else first


def _paged(lines: Sequence[NoteLine]) -> list[list[NoteLine]]:
    pages: list[list[NoteLine]] = [[]]
    size = 0
    for line in lines:
        if pages[-1] and (size + len(line.text) > _PAGE or len(pages[-1]) >= _MOST_LINES):
            pages.append([])
            size = 0
        pages[-1].append(line)
        size += len(line.text)
    return pages


def _detail(text: str) -> NoteLine:
    return NoteLine(LineKind.MORE, text)


def _day(time: datetime | None) -> str:
    return time.date().isoformat() if time else ""
