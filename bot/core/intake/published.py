"""When the publication appeared that a page reports: beside its title, in its address, where a sentence says so."""

import re
from collections.abc import Iterator, Sequence
from datetime import date as day_of
from datetime import timedelta

from bot.core.intake.addresses import addresses_in, date_in
from bot.core.intake.dates import Span, date_spans, month_spans
from bot.core.intake.kinds import IS_KIND, KIND, is_lead
from bot.core.intake.mentions import Mention

_APPEARED = re.compile(
    r"\b(?:publish\w*|print(?:ed)?|ran|carried(?! out)|appear\w*|dated|issue|edition|released|(?:last )?updated|posted|went online|told its readers|came out|brought out|put online|devoted|\w*supplement|number of (?=(?-i:[A-Z]))|erschien\w*|veröffentlicht\w*|"
    r"\w*ausgabe|\w*beilage|\w*heft|\w*nummer|vom|gewidmet|publicad[oa]|publicó|aparecid[oa]|apareció|edición|número|fechad[oa]|actualizad[oa]|aktualisiert|suplemento|colg(?:ó|ad[oa]))\b",
    re.IGNORECASE,
)
_IS_WORK = re.compile(rf"\b{KIND}\b")
"""As it is written inside a sentence: not the Review of a panel's name."""
_ISSUE_AFTER = re.compile(r"\s(?:number|issue|edition|Ausgabe)\b", re.IGNORECASE)
"""“Lantern Weekly, which devotes most of its December 2024 | number”"""
_BETWEEN = re.compile(r"\b(?:between|zwischen|entre|since|seit|desde)\b[^.;]{0,40}$", re.IGNORECASE)
_ITS = re.compile(rf"\b(?:its|ihre[mr]|seine[mr]|su) (?:\w+ )?{KIND} (?:of|from|vom|del?) (?:el )?$", re.IGNORECASE)
"""“The Gazette, in its report of 9 July”"""
_NEXT_DAY = re.compile(
    r"\b(?:(?:the (?:next|following)|(?:a|one)) day(?: (?:later|after))?|al día siguiente|un día después|am (?:nächsten|folgenden) tag|"
    r"am tag (?:darauf|danach)|einen tag später|tags darauf)\b",
    re.IGNORECASE,
)
_LAST_MONTH = re.compile(r"\b(?:last|vergangenen|letzten|pasado)\s$", re.IGNORECASE)
_BYLINE = re.compile(
    r"\b(?:published|posted|updated|veröffentlicht|publicad[oa]|redaktion|redacción|by|von|por)\b|\|", re.IGNORECASE
)
_LONGEST_BYLINE = 120
_PARTICIPLE = re.compile(
    r"^(?:signed|written|published|printed|dated|posted|released|firmad[oa]|escrit[oa]|publicad[oa]|fechad[oa]|erschienen|verfasst|"
    r"veröffentlicht)\b",
    re.IGNORECASE,
)
_ISSUE = r"(?:issue|edition|number|ausgabe|\w*heft|nummer|beilage|edición|número|suplemento)"
_STOOD = re.compile(
    r"(?:it|er|sie|es)\s(?:appeared|came out (?:in|on)|erschien|was (?:published|printed)|ist \w+ erschienen|wurde \w+ veröffentlicht|"
    rf"(?:stood|stand|ran)\b.{{0,40}}\b{_ISSUE})\b|(?:apareció|se publicó|salió\b.{{0,40}}\b{_ISSUE})\b",
    re.IGNORECASE,
)
"""“Er stand in der Ausgabe vom 3. September 2025.”"""
_GOES_ON = re.compile(
    r",\s(?!.{0,40}\b(?:summary|digest|page|zusammenfassung|resumen)\b)(?:it|the|she|he|sie|er|es|der|die|das|el|la)\b",
    re.IGNORECASE,
)
"""“Signed by its correspondent and dated 3 May | , it …”, not “Published on 3 May”, which the page says of itself."""
_ANY_WORK = re.compile(
    r"\b(?:an?|one|another|this|dieser?|est[ea]|un|una|otr[oa]|eine?[rmns]?|[\w-]+[’']s?)\s+(?:[\w-]+\s+){0,2}$",
    re.IGNORECASE,
)
"""“one paper”, “the county’s report”, “this article”: not the one that the page reports."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s")
_SENTENCE_BEFORE = re.compile(r"(?:(?<!\d[.!?])|(?<=\d{4}[.!?]))(?<=[.!?])\s")
_ENDS = r"(?:(?<!\d)|(?<=\d{4}))[.!?]\s+(?=[A-ZÄÖÜ“„«]|(?:19|20)\d\d\b)"
"""A full stop that ends a sentence: behind a year, not in “31. Mai”."""
_FAR, _AROUND, _NEAR, _AFTER, _EARLY = 300, 110, 60, 40, 4
_DAY = len("2025-10-02")


def published_in(lines: Sequence[str], mentions: Sequence[Mention], name: str | None, url: str | None) -> str | None:
    """Beside the title, else in the address, else where a sentence says when it appeared; as precise as any of them.

    `name`: the outlet's; `url`: the work's address.
    """
    told: list[str] = []
    for mention in mentions:
        told += _near(lines[mention.line], mention.start, mention.end)
    if url and (date := date_in(url)):
        told.append(date)
    day = max(_days_in(lines), default="")
    own = next(_days_in([line for line in lines if len(line) <= _LONGEST_BYLINE and _BYLINE.search(line)]), "")
    for at, line in enumerate(lines):
        told += _dated(line, name, day, own, is_early=at < _EARLY)
        day = next(reversed([*_days_in([line])]), day)
    if not told and name:
        told += (date for line in lines[:_EARLY] if (date := _opening_date(line, name)))
    first = next(iter(told), None)
    return max((date for date in told if first and date.startswith(first)), key=len, default=None)


def _days_in(lines: Sequence[str]) -> Iterator[str]:
    """Days of which lines tell the year: a day told without one has that of the day before it, else of the last."""
    return (date for line in lines for _, _, date in date_spans(line) if len(date) == _DAY)


def _dated(line: str, name: str | None, day: str, own: str, *, is_early: bool) -> Iterator[str]:
    """Dates of a line that leads to the source, after its name, or where it is said to have appeared."""
    leads = is_lead(line)
    if not (leads or is_early or _tells_of(line, name, line)):
        return
    after_name = re.compile(re.escape(name) + r"[,(]?\s*(?:of |vom |del )?\(?$") if name else None
    for start, end, date in sorted([*date_spans(line, day[:4]), *_in_passing(line, day, own)]):
        sentence = _SENTENCE_BEFORE.split(line[max(0, start - _FAR) : start])[-1]
        after = _SENTENCE_END.split(line[end : end + _AFTER])[0]
        before = sentence[-_AROUND:]
        appears = _APPEARED.search(before[-_NEAR:] + after)
        follows = line[end : end + _AROUND]
        is_told = bool(appears) and not _BETWEEN.search(before) and _tells_of(before + after, name, sentence + follows)
        is_told = is_told or (is_early and _is_of_it(sentence.lstrip(), follows))
        is_its = name is not None and name.split()[-1].casefold() in before.casefold() and _ITS.search(before)
        is_issue = name is not None and name in before and _ISSUE_AFTER.match(after)
        if date and (leads or is_told or is_its or is_issue or (after_name and after_name.search(before))):
            yield date


def _is_of_it(sentence: str, follows: str) -> bool:
    """Whether a sentence near the beginning that ends in a date, and goes on so, is about the work without naming it."""
    return bool(_STOOD.match(sentence) or (_PARTICIPLE.match(sentence) and _GOES_ON.match(follows)))


def _in_passing(line: str, day: str, own: str) -> Iterator[Span]:
    """“The next day” after a day that is told, “last October” before the page’s `own` day."""
    told = [(end, date) for _, end, date in date_spans(line) if len(date) == _DAY]
    for match in _NEXT_DAY.finditer(line):
        before = next((date for end, date in reversed(told) if end <= match.start()), day)
        if before:
            yield match.start(), match.end(), str(day_of.fromisoformat(before) + timedelta(days=1))
    for start, end, month in month_spans(line):
        if own and _LAST_MONTH.search(line[max(0, start - _NEAR) : start]):
            year = int(own[:4]) - (f"{month:02}" >= own[5:7])
            yield start, end, f"{year}-{month:02}"


def _opening_date(line: str, name: str) -> str | None:
    """The date of a first sentence that says what the outlet did: “The Post has, on 2 October 2025, looked into … in a long piece”."""
    sentence = re.split(_ENDS, line)[0]
    is_told = (
        name in sentence
        and (IS_KIND.search(sentence) or _APPEARED.search(sentence))
        and not re.search(r"\b(?:that|dass|que)\b", sentence)
    )
    return next((date for _, _, date in date_spans(sentence) if date), None) if is_told else None


def _tells_of(text: str, name: str | None, sentence: str) -> bool:
    """Whether it is about the publication: the outlet, “the article”; “an article”, where the sentence names the outlet."""
    if name and name.casefold() in text.casefold():
        return True
    is_named = bool(name) and str(name).casefold() in sentence.casefold()
    return any(
        is_named or not _ANY_WORK.search(text[max(0, work.start() - _NEAR) : work.start()])
        for work in _IS_WORK.finditer(text)
    )


def _near(line: str, start: int, end: int) -> list[str]:
    """Dates beside a title in its sentence, the nearest first."""
    low = max((at.end() for at in re.finditer(rf"\||{_ENDS}", line[:start])), default=0)
    stop = re.search(_ENDS, line[end:])
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
