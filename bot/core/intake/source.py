"""The publication that a page reports: its name, title, address, date, and what the page is to it."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from bot.core.intake.addresses import addresses_in, date_in, has_path, host_of, is_about, likeness
from bot.core.intake.blocks import Block
from bot.core.intake.dates import date_spans
from bot.core.intake.kinds import DIRECTION, KIND, LEADS
from bot.core.intake.mentions import Mention, mentions_in
from bot.core.intake.outlets import name_in, runs_in
from bot.core.intake.relation import relation_of
from bot.core.model import Relation

_CLOSING = re.compile(
    r"^(?:read|see|view) the (?:full|original|entire|complete) (?P<name>.+?)(?: (?:article|story|report|piece|essay|column|feature))? (?:at|here)\b"
    r"|^(?:lesen sie den (?:ganzen|vollständigen|kompletten) (?:artikel|beitrag|text)) (?:von |in |bei |im |der |des )*(?P<de>[^:]*?)(?: hier| unter)?\s*:"
    r"|^(?:zum original|original|quelle|source|fuente|read more (?:at|in)|mehr (?:bei|im|in))(?:\s*:|\b)\s*(?:the )?(?P<plain>(?-i:[A-ZÄÖÜ])[^.:“„«\"/]{2,60})$"
    r"|^(?:lea|leer) el (?:artículo|texto|reportaje|ensayo) completo(?: de| en)?(?: la| el)? (?P<es>[^:]*?)(?: aquí| en)?\s*[:.]",
    re.IGNORECASE,
)
_FIRST, _LAST, _LONGEST_LINE, _LONGEST_CLOSING = 40, 10, 4000, 300
_LEAST = 2.0
_APPEARED = re.compile(
    r"\b(?:publish\w*|print(?:ed)?|ran|carried(?! out)|appear\w*|dated|issue|edition|released|posted|went online|told its readers|came out|brought out|devoted|number of (?=(?-i:[A-Z]))|erschien\w*|veröffentlicht\w*|"
    r"\w*ausgabe|\w*beilage|\w*heft|\w*nummer|vom|gewidmet|publicad[oa]|publicó|aparecid[oa]|apareció|edición|número|fechad[oa])\b",
    re.IGNORECASE,
)
_IS_SOURCE = re.compile(rf"\b{KIND}\b", re.IGNORECASE)
_IS_WORK = re.compile(rf"\b{KIND}\b")
"""As it is written inside a sentence: not the Review of a panel's name."""
_AROUND, _DAY = 110, len("2025-10-02")


@dataclass(frozen=True, slots=True)
class Source:
    """The publication that a page reports, as far as the page tells."""

    name: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None
    relation: Relation | None = None


def source_of(
    blocks: Sequence[Block],
    title: str,
    links: Sequence[tuple[str, str]] = (),
    beside: Sequence[str] = (),
    own: str | None = None,
    is_label: Callable[[str], object] = lambda _: False,
) -> tuple[Source, set[int]]:
    """The source publication, and the blocks that only lead to it.

    `links`: words and address as written; `beside`: lines that stand beside the text; `own`: the page's own address;
    `is_label`: whether words are a label's, which are nobody's title where a text speaks of them.
    """
    lines = [block.text[:_LONGEST_LINE] for block in blocks]
    places = {i for i, line in enumerate(lines) if _leads(line)}
    places |= {
        i + 1 for i in places if i + 1 < len(lines) and lines[i].rstrip().endswith(":") and addresses_in(lines[i + 1])
    }
    leading = [*(lines[i] for i in sorted(places)), *(line for line in beside if _leads(line))]
    closing = next((match for line in leading if (match := _CLOSING.match(line))), None)
    shown = lines if len(lines) <= _FIRST + _LAST else [*lines[:_FIRST], *lines[-_LAST:]]
    shown = [*shown, *(line for line in beside if line not in shown)]
    own_host = host_of(own) if own else ""
    mentions = [mention for mention in mentions_in(shown, links, title, own_host) if mention.score >= _LEAST]
    mentions = [mention for mention in mentions if not is_label(mention.title)]
    found = mentions[0] if mentions else None
    mentions = [mention for mention in mentions if found and mention.title == found.title]
    named = next((part for part in closing.groups() if part), None) if closing else None
    url = _address(shown, links, found, own_host, named)
    name = name_in(shown, found, named, url) or named
    published = _published(shown, mentions, name, url or _relative(links, found))
    if not (found or name or url):
        return Source(), places
    return Source(
        name,
        found.title if found else None,
        url,
        published,
        relation_of(title.replace(found.title, " ") if found else title, lines),
    ), places


def _leads(line: str) -> bool:
    return len(line) <= _LONGEST_CLOSING and bool(LEADS.match(line))


def _address(
    lines: Sequence[str], links: Sequence[tuple[str, str]], found: Mention | None, own_host: str, named: str | None
) -> str | None:
    """The address of the title; else one that a line or a link that only leads to the source gives; else the likeliest."""
    if found and (found.url or found.is_relative):
        return found.url
    best, most = None, 0.0
    for at, line in enumerate(lines):
        for start, url in addresses_in(line):
            score = 2.0 * _leads(line) + 2.0 * (at and _leads(lines[at - 1]) and lines[at - 1].rstrip().endswith(":"))
            score += 1.0 * (len(line.split()) <= _FEW and at >= len(lines) - _LAST) + 1.0 * bool(
                _IS_SOURCE.search(line[max(0, start - 90) : start])
            )
            score += 0.8 * (at < _EARLY)
            best, most = _better(best, most, url, score + _fit(url, found, named, own_host))
    opening = " ".join(lines[:_EARLY])
    for words, href in links:
        if "://" in href:
            is_lead = len(words.split()) <= _FEW and bool(DIRECTION.search(words))
            is_called = (
                words in opening
                and not _IS_STUDY.search(words)
                and any(likeness(name, href) >= 2 for name in runs_in(opening, words))
            )
            score = 2.0 * is_lead + 1.5 * (likeness(words, href) >= 2) + 1.5 * is_called
            best, most = _better(best, most, href, score + _fit(href, found, named, own_host))
    return best if most >= 1.0 else None


_FEW, _EARLY = 15, 4
_IS_STUDY = re.compile(r"stud|report|survey|analysis|audit|gutachten|informe|encuesta|erhebung|umfrage", re.IGNORECASE)


def _relative(links: Sequence[tuple[str, str]], found: Mention | None) -> str | None:
    """The address of a link to the source that names no site: it may tell the date."""
    for words, href in links:
        is_title = found is not None and found.title.casefold() in words.casefold()
        if "://" not in href and (is_title or (len(words.split()) <= _FEW and LEADS.match(words))):
            return href
    return None


def _better(best: str | None, most: float, url: str, score: float) -> tuple[str | None, float]:
    return (url, score) if score > most else (best, most)


def _fit(url: str, found: Mention | None, named: str | None, own_host: str) -> float:
    score = -5.0 * (not has_path(url)) - 5.0 * (host_of(url) == own_host)
    score -= 1.5 * url.lower().endswith(".pdf")
    score += 1.0 * (likeness(named, url) if named else 0)
    return score + 1.5 * (is_about(url, found.title) if found else 0)


def _published(lines: Sequence[str], mentions: Sequence[Mention], name: str | None, url: str | None) -> str | None:
    """Beside the title, else in the address, else where a sentence says when it appeared; as precise as any of them."""
    told: list[str] = []
    for mention in mentions:
        told += _near(lines[mention.line], mention.start, mention.end)
    if url and (date := date_in(url)):
        told.append(date)
    year = max(_years_in(lines), default="")
    for line in lines:
        told += _dated(line, name, year)
        year = next(_years_in([line]), year)
    if not told and name:
        told += (date for line in lines[:_EARLY] if (date := _opening_date(line, name)))
    first = next(iter(told), None)
    return max((date for date in told if first and date.startswith(first)), key=len, default=None)


def _years_in(lines: Sequence[str]) -> Iterator[str]:
    """The years of which lines tell a day: that of a day told without one is the year before it, else the last."""
    return (date[:4] for line in lines for _, _, date in date_spans(line) if len(date) == _DAY)


def _dated(line: str, name: str | None, year: str) -> Iterator[str]:
    """Dates of a line that leads to the source, after its name, or where it is said to have appeared."""
    is_lead = _leads(line)
    if not (is_lead or _names(line, name)):
        return
    after_name = re.compile(re.escape(name) + r"[,(]?\s*(?:of |vom |del )?\(?$") if name else None
    for start, end, date in date_spans(line, year):
        before, after = _SENTENCE_BEFORE.split(line[max(0, start - _AROUND) : start])[-1], line[end : end + _AFTER]
        appears = _APPEARED.search(before[-_NEAR:] + after)
        is_told = bool(appears) and not _BETWEEN.search(before) and _names(before + after, name)
        is_its = name is not None and name.split()[-1].casefold() in before.casefold() and _ITS.search(before)
        is_issue = name is not None and name in before and _ISSUE_AFTER.match(after)
        if date and (is_lead or is_told or is_its or is_issue or (after_name and after_name.search(before))):
            yield date


_ISSUE_AFTER = re.compile(r"\s(?:number|issue|edition|Ausgabe)\b", re.IGNORECASE)
"""“Lantern Weekly, which devotes most of its December 2024 | number”"""
_BETWEEN = re.compile(r"\b(?:between|zwischen|entre|since|seit|desde)\b[^.;]{0,40}$", re.IGNORECASE)
_ITS = re.compile(rf"\b(?:its|ihre[mr]|seine[mr]|su) (?:\w+ )?{KIND} (?:of|from|vom|del?) (?:el )?$", re.IGNORECASE)
"""“The Gazette, in its report of 9 July”"""
_SENTENCE_BEFORE = re.compile(r"(?<![\d][.!?])(?<=[.!?])\s")
_NEAR, _AFTER = 60, 40


def _opening_date(line: str, name: str) -> str | None:
    """The date of a first sentence that says what the outlet did: “The Post has, on 2 October 2025, looked into … in a long piece”."""
    sentence = re.split(r"(?<!\d)[.!?]\s", line)[0]
    is_told = (
        name in sentence
        and (_IS_SOURCE.search(sentence) or _APPEARED.search(sentence))
        and not re.search(r"\b(?:that|dass|que)\b", sentence)
    )
    return next((date for _, _, date in date_spans(sentence) if date), None) if is_told else None


def _names(text: str, name: str | None) -> bool:
    return bool(name and name.casefold() in text.casefold()) or bool(_IS_WORK.search(text))


def _near(line: str, start: int, end: int) -> list[str]:
    """Dates beside a title in its sentence, the nearest first."""
    low = max((at.end() for at in re.finditer(r"\||(?<!\d)[.!?]\s+(?=[A-ZÄÖÜ“„«])", line[:start])), default=0)
    stop = re.search(r"(?<!\d)[.!?]\s+(?=[A-ZÄÖÜ“„«])", line[end:])
    high = end + stop.start() if stop else len(line)
    bare = line
    for at, url in addresses_in(line):
        bare = bare[:at] + " " * len(url) + bare[at + len(url) :]
    near = []
    for first, last, date in date_spans(bare[:high]):
        distance = first - end if first >= end else start - last
        if date and first >= low and not start <= first < end and distance <= _AROUND:
            near.append((distance, date))
    return [date for _, date in sorted(near)]
