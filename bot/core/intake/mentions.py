"""Where a page names the publication that it reports: titles and names of outlets, each with what speaks for it.

A summary names its source in many ways: in its first sentence, under it, in a line of its own, as a link's words. So every
title in quotation marks and every link is a candidate, and readable signs around it say how likely it is the source.
"""

import re
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import islice

from bot.core.intake.addresses import addresses_in, has_path, host_of, is_about, likeness
from bot.core.intake.kinds import DIRECTION, KIND, LEADS, OUTLET_KIND
from bot.core.intake.titles import IS_CALLED, MOST_WORDS, SENTENCE, Place, names_above, score_of

_QUOTED = re.compile(
    r"(?:(?<!\w)“(?P<a>[^”“]{3,200})”|„(?P<b>[^“”„]{3,200})[“”]|«(?P<c>[^»«]{3,200})»|(?<!\w)\"(?P<d>[^\"]{3,200})\"|"
    r"(?<!\w)‘(?P<e>[^‘’]{3,150}(?:’\w[^‘’]{0,100})*)’(?!\w))"
)
_UNQUOTED = re.compile(
    rf"\b{KIND}(?: (?:for|in|of|by|from)\b[^.,;:“„«\"]{{0,60}})?, (?P<title>(?-i:[A-ZÄÖÜ])[\w’'-]+(?: (?:(?-i:[A-ZÄÖÜ\d])[\w’'-]*|of|the|a|an|in|on|and|to|for|at|by|with|is|no|not|its|de|la|el|los|las|y|del|en|der|die|das|und|im)){{2,10}})(?=,|\.(?:\s|$)| \()",
    re.IGNORECASE,
)
"""“its essay, The Long Way Down, …”"""
_CALLED_OUTLET = re.compile(
    rf"\b(?i:{OUTLET_KIND}) ([A-ZÄÖÜ][\w’&-]*(?: (?:(?:of|the|and|de|la|der|des|und) )?[A-ZÄÖÜ][\w’&-]*)*)"
)
"""“the magazine Northern Slate”"""
_PARTED = re.compile(r"\s[–—|-]\s|:\s")
_FAR, _MOST, _MOST_FOUND, _BESIDE = 120, 200, 500, 320
_FIRST_LINE, _EACH_LINE = 2.4, 0.2


@dataclass(frozen=True, slots=True)
class Mention:
    """A title that could be the source's: in which line it stands and where, the address beside it, what speaks for it."""

    title: str
    line: int
    start: int
    end: int
    url: str | None
    score: float
    is_relative: bool = False
    """It is a link whose address names no site."""


def mentions_in(lines: Sequence[str], links: Sequence[tuple[str, str]], title: str, own_host: str) -> list[Mention]:
    """Titles that could be the source's, the likeliest first; the page's own `title` is none, its own addresses say nothing."""
    addresses = [url for line in lines for _, url in addresses_in(line)] + [h for _, h in links if "://" in h]
    addresses = [url for url in dict.fromkeys(addresses) if host_of(url) != own_host and has_path(url)][:_MOST]
    leads = [url for line in lines if LEADS.match(line) for _, url in addresses_in(line)]
    leads += [href for words, href in links[:_MOST] if "://" in href and LEADS.match(words)]
    lines_led = "\n".join(line for line in lines if LEADS.match(line))
    leads += [href for words, href in links[:_MOST] if "://" in href and words and words in lines_led]
    leads = leads[:_MOST]
    outlets = {match[1] for line in lines for match in _CALLED_OUTLET.finditer(line)}
    links = [(_without_outlet(words, href), href) for words, href in links[:_MOST]]
    by_words = {_bare(words): href for words, href in reversed(links[:_MOST]) if len(words.split()) > 1}
    found = (
        _mention(
            lines, at, span, href=by_words.get(_bare(span.words)), addresses=addresses, leads=leads, outlets=outlets
        )
        for at, line in enumerate(lines)
        for span in _titles_in(line, lines[at + 1] if at + 1 < len(lines) else "", by_words)
        if span.words.casefold() != title.casefold()
    )
    return sorted(islice(found, _MOST_FOUND), key=lambda mention: -mention.score)


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int
    words: str
    is_quoted: bool


def _mention(
    lines: Sequence[str],
    at: int,
    span: _Span,
    *,
    href: str | None,
    addresses: Sequence[str],
    leads: Sequence[str],
    outlets: Set[str],
) -> Mention:
    line = lines[at]
    before, after = line[max(0, span.start - _FAR) : span.start], line[span.end : span.end + _FAR]
    beside = href if href and "://" in href else _beside(line, span.end)
    about = max((is_about(url, span.words) for url in [beside, *addresses] if url), default=0)
    is_led_to: bool | None = None
    if leads and beside not in leads:
        is_led_to = any(is_about(url, span.words) for url in leads)
    elif leads and not LEADS.match(line):
        is_led_to = True
    place = Place(
        span.words,
        line,
        at,
        len(lines),
        SENTENCE.split(before)[-1],
        after,
        span.is_quoted,
        bool(href),
        href == "",
        beside,
        about,
        lines[at + 1] if line == span.words and at + 1 < len(lines) else "",
        line[: span.end].rstrip("”“\"»’' ").endswith(","),
        span.words in outlets,
        is_led_to,
    )
    score = max(0.0, _FIRST_LINE - at * _EACH_LINE) + score_of(place)
    return Mention(span.words, at, span.start, span.end, beside, score, bool(href) and "://" not in str(href))


def _bare(words: str) -> str:
    return words.strip(' “”„"«»‘’,.').casefold()


def _titles_in(line: str, below: str, by_words: dict[str, str]) -> Iterator[_Span]:
    taken: list[tuple[int, int]] = []
    if names_above(below) and len(line.split()) <= MOST_WORDS:
        taken.append((0, len(line)))
        yield _Span(0, len(line), line, is_quoted=False)
    for match in _QUOTED.finditer(line):
        words = next(group for group in match.groups() if group).strip(" ,.")
        if words[:1].isupper() or words[:1] in "¿¡0123456789":
            taken.append(match.span())
            yield _Span(*match.span(), words, is_quoted=True)
    for match in _UNQUOTED.finditer(line):
        if not any(a < match.end() and match.start("title") < b for a, b in taken):
            taken.append(match.span("title"))
            yield _Span(*match.span("title"), match["title"], is_quoted=False)
    low = line.casefold()
    if len(low) != len(line):
        return
    for words in by_words:
        start = low.find(words)
        end = start + len(words)
        written = line[start:end]
        is_free = start >= 0 and not any(a < end and start < b for a, b in taken)
        if is_free and len(words.split()) > 1 and written[:1].isupper() and not DIRECTION.match(written):
            yield _Span(start, end, written, is_quoted=False)


def _without_outlet(words: str, href: str) -> str:
    """The words of a link without the outlet before or behind them: “Lake Courier – The Lake in Numbers”."""
    parts = _PARTED.split(words)
    if len(parts) != len(("outlet", "title")):
        return words
    return next((parts[1 - i] for i in (0, 1) if likeness(parts[i], href) >= IS_CALLED), words)


def _beside(line: str, end: int) -> str | None:
    """An address that stands right after a title."""
    return next((url for _, url in addresses_in(line[end : end + _BESIDE])), None)
