"""The publication that a page reports: its name, title, address, date, and what the page is to it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.core.intake.addresses import addresses_in, has_path, host_of, is_about, likeness
from bot.core.intake.blocks import Block, BlockKind
from bot.core.intake.kinds import DIRECTION, IS_KIND, LEADS, is_lead
from bot.core.intake.mentions import Mention, mentions_in
from bot.core.intake.outlets import name_in, runs_in
from bot.core.intake.published import published_in
from bot.core.intake.relation import relation_of
from bot.core.model import Relation

_CLOSING = re.compile(
    r"^(?:read|see|view) the (?:full|original|entire|complete) (?P<name>.+?)(?: (?:article|story|report|piece|essay|column|feature))? (?:at|here)\b"
    r"|^(?:lesen sie den (?:ganzen|vollständigen|kompletten) (?:artikel|beitrag|text)) (?:von |in |bei |im |der |des )*(?P<de>[^:]*?)(?: hier| unter)?\s*:"
    r"|^(?:zum original|original|quelle|source|fuente|read more (?:at|in)|mehr (?:bei|im|in))(?:\s*:|\b)\s*(?:the )?(?P<plain>(?-i:[A-ZÄÖÜ])[^.:“„«\"/]{2,60})$"
    r"|^(?:lea|leer) el (?:artículo|texto|reportaje|ensayo) completo(?: de| en)?(?: la| el)? (?P<es>[^:]*?)(?: aquí| en)?\s*[:.]",
    re.IGNORECASE,
)
_FIRST, _LAST, _LONGEST_LINE = 40, 10, 4000
_FEW, _EARLY, _OPENING, _MOST = 15, 4, 12, 200
_IS_STUDY = re.compile(
    r"stud|report|survey|analysis|audit|brief\b|paper|memo|gutachten|informe|encuesta|erhebung|umfrage", re.IGNORECASE
)
_OLDER = re.compile(
    r"\b(?:older|earlier|previous|companion|related|früher\w*|älter\w*|vorherig\w*|anterior|previo)\b[\w\s]*$",
    re.IGNORECASE,
)
_PATH_IN_BRACKETS = re.compile(r"\[\s*(/[^\s\]]+)")
_LEAST, _NEAR = 2.0, 30


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

    `links`: words and address as written, empty for words that are only set apart; `beside`: lines that stand beside the
    text; `own`: the page's own address; `is_label`: whether words are a label's, which are nobody's title where a text
    speaks of them.
    """
    lines = [block.text[:_LONGEST_LINE] for block in blocks]
    places = {i for i, line in enumerate(lines) if is_lead(line) or (_is_led(lines, i) and addresses_in(line))}
    leading = [*(lines[i] for i in sorted(places)), *(line for line in beside if is_lead(line))]
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
    name = name_in(shown, found, named, url, frozenset(words for words, _ in links)) or named
    published = published_in(shown, mentions, name, url or _relative(links, found) or _path_in(leading))
    if not (found or name or url):
        return Source(), places
    return Source(
        name,
        found.title if found else None,
        url,
        published,
        relation_of(
            title.replace(found.title, " ") if found else title,
            [line for line in lines if line != title],
            [block.text for block in blocks if block.kind is BlockKind.HEADING],
            name,
        ),
    ), places


def _address(
    lines: Sequence[str], links: Sequence[tuple[str, str]], found: Mention | None, own_host: str, named: str | None
) -> str | None:
    """The address of the title; else one that a line or a link that only leads to the source gives; else the likeliest."""
    if found and found.url:
        return found.url
    if found and found.is_relative:  # a redirect; a line that leads to the source may give where it leads
        return next((url for at, line in enumerate(lines) for _, url in addresses_in(line) if _is_led(lines, at)), None)
    best, most = None, 0.0
    for at, line in enumerate(lines):
        for start, url in addresses_in(line):
            score = 2.0 * _is_led(lines, at)
            score += 1.0 * (len(line.split()) <= _FEW and at >= len(lines) - _LAST) + 1.0 * bool(
                IS_KIND.search(line[max(0, start - 90) : start])
            )
            score += 0.8 * (at < _EARLY)
            best, most = _better(best, most, url, score + _fit(url, found, named, own_host))
    opening = " ".join(lines[:_OPENING])
    leads_here = any(
        href and "://" not in href and words and words in line
        for line in lines
        if is_lead(line)
        for words, href in links[:_MOST]
    )
    for words, href in links:
        if "://" in href and not _is_older(words, lines):
            leads = len(words.split()) <= _FEW and bool(DIRECTION.search(words))
            is_called = words in opening and any(likeness(name, href) >= 2 for name in runs_in(opening, words))
            is_named = not _IS_STUDY.search(words) and not leads_here
            score = 2.0 * leads + is_named * (1.5 * (likeness(words, href) >= 2) + 1.5 * is_called)
            best, most = _better(best, most, href, score + _fit(href, found, named, own_host))
    return best if most >= 1.0 else None


def _is_older(words: str, lines: Sequence[str]) -> bool:
    """Whether a link is another piece of the outlet's: “an | older Sentinel story”."""
    line = next((line for line in lines if words in line), "") if words else ""
    at = line.find(words)
    return bool(_OLDER.search(f"{line[max(0, at - _NEAR) : at]}{words}"))


def _is_led(lines: Sequence[str], at: int) -> bool:
    """Whether a line leads to the source, or stands below one that does."""
    return is_lead(lines[at]) or (at > 0 and is_lead(lines[at - 1]) and lines[at - 1].rstrip().endswith(":"))


def _relative(links: Sequence[tuple[str, str]], found: Mention | None) -> str | None:
    """The address of a link to the source that names no site: it may tell the date."""
    for words, href in links:
        is_title = found is not None and found.title.casefold() in words.casefold()
        if href and "://" not in href and (is_title or (len(words.split()) <= _FEW and LEADS.match(words))):
            return href
    return None


def _path_in(leading: Sequence[str]) -> str | None:
    """The same, where it stands in the text: “Full article: [ /2031/05/lake.html ]”."""
    return next((match[1] for line in leading if (match := _PATH_IN_BRACKETS.search(line))), None)


def _better(best: str | None, most: float, url: str, score: float) -> tuple[str | None, float]:
    return (url, score) if score > most else (best, most)


def _fit(url: str, found: Mention | None, named: str | None, own_host: str) -> float:
    score = -5.0 * (not has_path(url)) - 5.0 * (host_of(url) == own_host)
    score -= 1.5 * url.lower().endswith(".pdf")
    score += 1.0 * (likeness(named, url) if named else 0)
    return score + 1.5 * (is_about(url, found.title) if found else 0)
