"""The publication that a page reports: its name, title, address, date, and what the page is to it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.core.intake.blocks import Block
from bot.core.intake.dates import dates_in
from bot.core.model import Relation
from bot.core.text import fold

_ADDRESS = re.compile(r"https?://[^\s\])>\"”’]+[^\s\])>\"”’.,;:!?]", re.IGNORECASE)
_CLOSING = re.compile(
    r"^(?:read|see|view) the (?:full|original|entire|complete) (?P<name>.+?)(?: (?:article|story|report|piece))? (?:at|here)\b:?"
    r"|^(?:lesen sie den (?:ganzen|vollständigen) (?:artikel|beitrag)) (?:von |in |bei )?(?P<de>.*?):"
    r"|^(?:lea el artículo completo|leer el artículo completo)(?: de| en)? (?P<es>.*?)(?: en)?:",
    re.IGNORECASE,
)
_SOURCE_LINE = re.compile(
    r"\b(?:source|original|quelle|fuente)\s*:\s*(?P<name>[^,“„\"]{2,60}),\s*[“„\"«](?P<title>[^”“\"»]{3,200})",
    re.IGNORECASE,
)
_IN_THE_ARTICLE = re.compile(
    r"(?:in|of|from) the (?P<name>[^“”\"]{2,60}?) (?:article|piece|report|story|feature)s?,? [“\"](?P<title>[^”\"]{3,200})[”\"]",
    re.IGNORECASE,
)
_TITLE_THEN_NAME = re.compile(
    r"[“„\"«](?P<title>[^”“\"»]{3,200})[”“\"»](?:\s*\([^)]*\))?,?\s+(?:in|of|from|by|im|in der|aus|en|de|published (?:by|in)|"
    r"the front page of|an article (?:in|of|by))\s+(?:the |der |dem |die |la |el )?"
    r"(?P<name>[A-ZÄÖÜ][\w&’'.-]*(?:\s+(?:(?:of|the|de|la|und|&|of the)\s+)?[A-ZÄÖÜ][\w&’'.-]*){0,5})"
)
_LONGEST_HEAD, _SHORTEST_NAME, _BEGINNING, _SHORT_LINE = 8000, 6, 600, 15
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"})
_IN_ADDRESS = re.compile(r"/(?P<y>20\d\d)[/-](?P<m>\d\d?)(?:[/-](?P<d>\d\d?))?(?=[/._-]|$)")
_RELATIONS = (
    (
        Relation.EVALUATION_OF,
        r"\b(?:evaluation|evaluat\w+|verdict|weigh\w*|assess\w+|bewert\w+|rezension|valoración|evaluación)\b",
    ),
    (Relation.SUMMARY_OF, r"\b(?:summar\w+|digest|retold|gist|zusammenfass\w+|resumen|in short|below is)\b"),
    (Relation.COMMENT_ON, r"\b(?:comment\w*|remarks|response to|reply to|kommentar|comentario)\b"),
)
_EVALUATES = r"\b(?:we (?:weigh|evaluate|assess|judge)|here we weigh|make the evaluation|our evaluation|bewerten wir|evaluamos)\b"
_QUOTED = re.compile(r"[“„\"«](?P<title>[^”“\"»]{6,200})[”“\"»]")
_IS_DIRECTION = re.compile(
    r"\b(?:read|original|here|full|source|article|zum|hier|leer|aquí|website|more)\b", re.IGNORECASE
)
_TITLE_THAT_RAN = re.compile(
    r"[“„\"«](?P<title>[^”“\"»]{6,200})[”“\"»],? which (?:the )?(?P<name>[A-ZÄÖÜ][\w&’' -]{2,50}?) (?:ran|published|printed|carried|brought)"
)
_TITLE_CARRIED = re.compile(
    r"[“„\"«](?P<title>[^”“\"»]{6,200})[”“\"»],? (?:an?|the) (?:[\w-]+ ){0,3}(?:(?:essay|story|feature|article|report|piece) (?:of|in) (?:the )?"
    r"[^“”\"]{0,40}?(?:issue|edition) of|(?:carried|published|printed|run|written) (?:by|in|for)) (?:the )?"
    r"(?P<name>[A-ZÄÖÜ][\w&’'-]*(?: [A-ZÄÖÜ][\w&’'-]*){0,4})"
)
_TITLE_AFTER_ACT = re.compile(
    r"\b(?:(?:summary|digest|review|gist|evaluation|assessment|zusammenfassung|resumen|reseña)\s+(?:of|von|de)|"
    r"published|publicó|veröffentlichte|brachte|titled|entitled|called|überschrift|titel|titulad[oa])\s+(?:the \w+ )?[“„\"«](?P<title>[^”“\"»]{6,200})[”“\"»]",
    re.IGNORECASE,
)
_NAME_AFTER_KIND = re.compile(
    r"(?:magazine|newspaper|weekly|daily|journal|Zeitschrift|Zeitung|Magazin|revista|periódico|diario)s? [“„\"«](?P<name>[^”“\"»]{2,60})[”“\"»]",
    re.IGNORECASE,
)
_NAME_WORDS = r"[A-ZÄÖÜ][\w&’'-]*(?:\s(?:(?:of|and|the|und|y|de|del|la|für|&)\s){0,2}[A-ZÄÖÜ][\w&’'-]*){0,4}"
_NAMED_AFTER_KIND = re.compile(
    r"\b(?:magazine|newspaper|weekly|daily|journal|quarterly|broadsheet|Zeitschrift|Zeitung|Wochenzeitung|Tageszeitung|Magazin|revista|"
    rf"periódico|diario|semanario)\s+(?P<name>{_NAME_WORDS})"
)
_BYLINE = re.compile(
    r"\b(?:based on|source|original|adapted from|summary of|after|via|quelle|nach|basierend auf|fuente|basado en|a partir de)\b[^“„\"«]{0,40}"
    rf"[“„\"«](?P<title>[^”“\"»]{{3,200}})[”“\"»](?:\s*\([^)]*\))?(?:,?\s+(?:in |from |aus |en |by )?(?:the |der |dem |la |el )?(?P<name>(?-i:{_NAME_WORDS})))?",
    re.IGNORECASE,
)
_ANY_NAME = re.compile(_NAME_WORDS)
_HOST = re.compile(r"https?://(?:www\.)?([^/:?#]+)", re.IGNORECASE)
_TITLE_AFTER_KIND = re.compile(
    r"(?:articles?|reports?|piece|story|feature|essay|long read|title|headline|reportaje|artículo|Beitrag|Artikel|Reportage|investigación)\b[^“„\"«.]{0,80}"
    r"[“„\"«](?P<title>[^”“\"»]{6,200})[”“\"»]",
    re.IGNORECASE,
)
_TITLES = (
    _IN_THE_ARTICLE, _SOURCE_LINE, _TITLE_THEN_NAME, _TITLE_THAT_RAN, _TITLE_CARRIED, _TITLE_AFTER_ACT, _TITLE_AFTER_KIND,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Source:
    """The publication that a page reports, as far as the page tells."""

    name: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None
    relation: Relation | None = None


def source_of(
    blocks: Sequence[Block], title: str, links: Sequence[tuple[str, str]] = (), *, is_summary: bool = False
) -> tuple[Source, set[int]]:
    """The source publication, and the blocks that only lead to it. `is_summary`: a label says that the page is one."""
    name, address, places = _closing(blocks)
    head = "\n".join(block.text for block in blocks[:16])[:_LONGEST_HEAD]
    found = _with_address(_titled(Source(name, None, address), head, title), head, links)
    if found.url is None:
        found = replace(found, url=_address_at_the_end(blocks))
    if found.url and (beside := _quoted_beside(head, found.url)) and len(beside.split()) > 1:
        found = replace(found, title=beside)
    if found.url and found.title is None:
        found = replace(found, title=_title_of_link(found.url, links) or _quoted_beside(head, found.url))
    found = _with_name(found, head)
    relation = _relation(title, head, is_summary=is_summary)
    return replace(found, published=_published(blocks, found), relation=relation), places


def _titled(found: Source, head: str, title: str) -> Source:
    """With the title that the beginning of the text names, and what stands with it."""
    for pattern in _TITLES:
        for match in pattern.finditer(head):
            groups = match.groupdict()
            if match["title"].strip() == title or len(match["title"].split()) < 2:
                continue
            found = replace(
                found, title=found.title or match["title"].strip(" ,."),
                name=found.name or (groups.get("name") or "").strip(" ,.") or None,
                url=found.url or _first_address(head[match.start() : match.end() + 260]),
            )  # fmt: skip
            break
    return found


def _with_address(found: Source, head: str, links: Sequence[tuple[str, str]]) -> Source:
    if found.url is None and found.title:
        wanted = found.title.casefold()
        found = replace(found, url=next((href for words, href in links if wanted in words.casefold()), None))
    if found.url is None and (called := next((link for link in links if _is_called_after(*link)), None)):
        found = replace(found, name=found.name or called[0].strip(), url=called[1])
    if found.url is None and found.title is None and (led := _leading_link(head, links)):
        return replace(found, title=led[0], url=led[1])
    return found if found.url else replace(found, url=_first_address(head))


def _with_name(found: Source, head: str) -> Source:
    if found.url and (named := _named_like(found.url, head)) and (found.name is None or found.name in named):
        return replace(found, name=named)
    if found.name is None and (after := _NAME_AFTER_KIND.search(head) or _NAMED_AFTER_KIND.search(head)):
        return replace(found, name=after["name"])
    return found


def with_byline(source: Source, lines: Sequence[str], links: Sequence[tuple[str, str]]) -> Source:
    """The source with what a line beside the article says, where its text leaves it open: “based on ‘T’, Outlet, May 2025”."""
    for line in lines:
        match = _BYLINE.search(line)
        if match is None or (source.title and source.title.casefold() != match["title"].strip().casefold()):
            continue
        title = match["title"].strip()
        url = next((href for words, href in links if title.casefold() in words.casefold() and "://" in href), None)
        found = Source(match["name"], title, url or _first_address(line[match.end() :]))
        dates = dates_in(line[match.end("title") :])
        return replace(
            source,
            name=source.name or found.name,
            title=title,
            url=source.url or found.url,
            published=source.published or next(iter(dates), None),
        )
    return source


def _named_like(url: str, head: str) -> str | None:
    """The name in the text that the address is called after: “Brannoch Free Press” for brannochfreepress.example."""
    host = _HOST.match(url)
    letters = "".join(c for c in fold(host[1].rsplit(".", 1)[0]) if c.isalnum()) if host else ""
    best = ""
    for match in _ANY_NAME.finditer(head):
        words = match[0].split()
        for first, last in ((i, j) for i in range(len(words)) for j in range(i + 1, len(words) + 1)):
            named = " ".join(words[first:last])
            fits = (len(x) >= _SHORTEST_NAME and letters.startswith(x) | letters.endswith(x) for x in _letters(named))
            if len(named) > len(best) and named[-1].isalnum() and any(fits):
                best = named
    return best or None


def _is_called_after(words: str, href: str) -> bool:
    """Whether a link is an outlet's name and leads to one of its pages: “Gearwright Review” on gearwright-review.example."""
    host = _HOST.match(href)
    if host is None or not href[host.end() :].strip("/"):
        return False
    letters = "".join(c for c in fold(host[1].rsplit(".", 1)[0]) if c.isalnum())
    return len(letters) >= _SHORTEST_NAME and letters in _letters(words)


def _letters(name: str) -> list[str]:
    """A name as hosts write it: its letters without accents, the German way, with “and” spelled out."""
    ways = (name, name.translate(_UMLAUTS), name.replace("&", " and "))
    return ["".join(c for c in fold(way) if c.isalnum()) for way in ways]


def _address_at_the_end(blocks: Sequence[Block]) -> str | None:
    """The address of a short line among the last: “Zum Original: https://…”."""
    for block in reversed(blocks[-6:]):
        if len(block.text.split()) <= _SHORT_LINE and (address := _first_address(block.text)):
            return address
    return None


def _leading_link(head: str, links: Sequence[tuple[str, str]]) -> tuple[str, str] | None:
    """A link of several words at the very beginning of the text that leads to another site."""
    for words, href in links:
        if (
            len(words.split()) > 2
            and "://" in href
            and 0 <= head.find(words) < _BEGINNING
            and not _IS_DIRECTION.search(words)
        ):
            quoted = _QUOTED.search(words)
            return (quoted["title"] if quoted else words).strip(' “”„"«»,.'), href
    return None


def _title_of_link(url: str, links: Sequence[tuple[str, str]]) -> str | None:
    """What the link to the source is called, if that is no address and no word such as “here”."""
    for words, href in links:
        quoted = _QUOTED.search(words)
        title = (quoted["title"] if quoted else words).strip(' “”„"«»,.')
        if _is_called_after(words, href):
            continue
        if href == url and len(title.split()) > 1 and "://" not in title and not _IS_DIRECTION.search(title):
            return title
    return None


def _quoted_beside(head: str, url: str) -> str | None:
    """A title in quotation marks shortly before the address."""
    at = head.find(url)
    found = [match["title"] for match in _QUOTED.finditer(head[max(0, at - 260) : at])] if at > 0 else []
    return found[-1].strip(" ,.") if found else None


def _closing(blocks: Sequence[Block]) -> tuple[str | None, str | None, set[int]]:
    for i, block in enumerate(blocks):
        match = _CLOSING.match(block.text)
        if match is None or len(block.text) > 250:
            continue
        name = next((part for part in match.groups() if part), None)
        for j in (i, i + 1, i + 2):
            if j < len(blocks) and (address := _first_address(blocks[j].text)):
                return name, address, set(range(i, j + 1))
        return name, None, {i}
    return None, None, set()


def _first_address(text: str) -> str | None:
    match = _ADDRESS.search(text)
    return match[0] if match else None


def _published(blocks: Sequence[Block], source: Source) -> str | None:
    """As precise as the text says beside the source's name or title, else as its address says."""
    near = ""
    for block in blocks[:14]:
        for sentence in block.sentences or (block.text,):
            if any(part and part.casefold() in sentence.casefold() for part in (source.name, source.title)):
                near = near or next(iter(dates_in(_ADDRESS.sub(" ", sentence))), "")
    in_address = ""
    if source.url and (match := _IN_ADDRESS.search(source.url)):
        in_address = "-".join(part if i == 0 else f"{int(part):02}" for i, part in enumerate(match.groups()) if part)
    return max(near, in_address if in_address.startswith(near) or not near else "", key=len) or None


def _relation(title: str, head: str, *, is_summary: bool) -> Relation | None:
    """By the title, else by a label, else by the beginning of the text."""
    for text in (title, "" if is_summary else head[:1500]):
        for relation, pattern in _RELATIONS:
            if re.search(pattern, text, re.IGNORECASE):
                return relation
    if not is_summary:
        return None
    return Relation.EVALUATION_OF if re.search(_EVALUATES, head[:900], re.IGNORECASE) else Relation.SUMMARY_OF
