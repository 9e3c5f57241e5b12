"""What stands around the claims of a page: title, language, labels, the source publication, linked works."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urljoin

from bot.core.intake.blocks import Block
from bot.core.intake.dates import dates_in
from bot.core.labels import LabelBook, LabelKind
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
_LINK_TO = re.compile(
    r"(?P<before>[^.;()]*?)\s*\((?:link to|Link zu|enlace a)?\s*[“„\"«]?(?P<href>[^\s“”\"()„»]+?(?:\.(?:html?|php|pdf|aspx)|/[^\s“”\"()]*))[”“\"»]?\)",
)
_TITLED = re.compile(
    r"(?:titled|called|entitled|mit dem Titel|titulado|contribution,|piece,|article,|investigation)\s+(?P<name>[A-ZÄÖÜ“„\"].*)$"
)
_NAMED_THEN_ADDRESS = re.compile(r"[“„\"«](?P<name>[^”“\"»]{3,160})[”“\"»],?\s*\(?(?P<href>https?://[^\s)”“]+)\)?")
_LONGEST_HEAD, _LONGEST_NAME, _MOST_WORKS = 8000, 300, 100
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
_IS_PLACE = re.compile(
    r"#|mailto:|javascript:|/?(?:newsletter|app|subscribe|login|join|about|contact|tag|author)s?\b|https?://[^/]+/?$",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“„\"«](?P<title>[^”“\"»]{6,200})[”“\"»]")
_IS_DIRECTION = re.compile(
    r"\b(?:read|original|here|full|source|article|zum|hier|leer|aquí|website|more)\b", re.IGNORECASE
)
_TITLE_THAT_RAN = re.compile(
    r"[“„\"«](?P<title>[^”“\"»]{6,200})[”“\"»],? which (?:the )?(?P<name>[A-ZÄÖÜ][\w&’' -]{2,50}?) (?:ran|published|printed|carried)"
)
_NAME_AFTER_KIND = re.compile(
    r"(?:magazine|newspaper|weekly|daily|journal|Zeitschrift|Zeitung|Magazin|revista|periódico|diario)s? [“„\"«](?P<name>[^”“\"»]{2,60})[”“\"»]",
    re.IGNORECASE,
)
_TITLE_AFTER_KIND = re.compile(
    r"(?:articles?|reports?|piece|story|feature|title|headline|reportaje|artículo|Beitrag|Artikel|Reportage|investigación)\b[^“„\"«.]{0,80}"
    r"[“„\"«](?P<title>[^”“\"»]{6,200})[”“\"»]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Source:
    """The publication that a page reports, as far as the page tells."""

    name: str | None = None
    title: str | None = None
    url: str | None = None
    published: str | None = None
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class LinkedWork:
    """Another work that the page refers to. `url` is resolved; `is_certain` False where the address was relative."""

    name: str
    href: str
    url: str | None = None
    is_certain: bool = True


def labels_of(blocks: Sequence[Block], book: LabelBook) -> tuple[list[tuple[LabelKind, str]], set[int]]:
    """The labels with their verbatim phrases, and the blocks that they are. A label is a block of its own: a phrase in a
    sentence is none.
    """
    found: list[tuple[LabelKind, str]] = []
    places: set[int] = set()
    by_phrase = {fold(phrase).rstrip("."): (kind, phrase) for kind in book for phrase in kind.phrases}
    for i, block in enumerate(blocks):
        if met := by_phrase.get(fold(block.text.strip("[]() ")).rstrip(".")):
            places.add(i)
            if met[0].key not in {kind.key for kind, _ in found}:
                found.append((met[0], block.text.strip("[]() ")))
    return found, places


def source_of(
    blocks: Sequence[Block], title: str, links: Sequence[tuple[str, str]] = (), *, is_summary: bool = False
) -> tuple[Source, set[int]]:
    """The source publication, and the blocks that only lead to it. `is_summary`: a label says that the page is one."""
    name, address, places = _closing(blocks)
    found = Source(name, None, address)
    head = "\n".join(block.text for block in blocks[:16])[:_LONGEST_HEAD]
    for pattern in (_IN_THE_ARTICLE, _SOURCE_LINE, _TITLE_THEN_NAME, _TITLE_THAT_RAN, _TITLE_AFTER_KIND):
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
    if found.url and (beside := _quoted_beside(head, found.url)) and len(beside.split()) > 1:
        found = replace(found, title=beside)
    if found.url and found.title is None:
        found = replace(found, title=_title_of_link(found.url, links) or _quoted_beside(head, found.url))
    if found.name is None and (named := _NAME_AFTER_KIND.search(head)):
        found = replace(found, name=named["name"])
    if found.url is None and found.title:
        found = replace(
            found, url=next((href for words, href in links if found.title.casefold() in words.casefold()), None)
        )
    if found.url is None:
        found = replace(found, url=_first_address(head))
    relation = _relation(title, head, is_summary=is_summary)
    return replace(found, published=_published(blocks, found), relation=relation), places


def _title_of_link(url: str, links: Sequence[tuple[str, str]]) -> str | None:
    """What the link to the source is called, if that is no address and no word such as “here”."""
    for words, href in links:
        title = words.strip(' “”„"«»,.')
        if href == url and len(title.split()) > 1 and "://" not in title and not _IS_DIRECTION.search(title):
            return title
    return None


def _quoted_beside(head: str, url: str) -> str | None:
    """A title in quotation marks shortly before the address."""
    at = head.find(url)
    found = [match["title"] for match in _QUOTED.finditer(head[max(0, at - 260) : at])] if at > 0 else []
    return found[-1].strip(" ,.") if found else None


def works_of(
    blocks: Sequence[Block], source: Source, skip: set[int], links: Sequence[tuple[str, str]] = ()
) -> list[LinkedWork]:
    """Works that the text refers to with an address, each once; never the source itself."""
    works: dict[str, LinkedWork] = {}
    for name, href in links:
        if (
            href != source.url
            and href not in works
            and len(name.split()) > 1
            and len(name) <= _LONGEST_NAME
            and "://" not in name
            and not _IS_PLACE.match(href)
        ):
            works[href] = _work(name.strip(' “”„"«»'), href, source.url)
    for i, block in enumerate(blocks):
        if i in skip:
            continue
        for name, href in _references(block.text):
            if href != source.url and href not in works:
                works[href] = _work(name, href, source.url)
    return list(works.values())[:_MOST_WORKS]


def _work(name: str, href: str, base: str | None) -> LinkedWork:
    if re.match(r"https?://", href, re.IGNORECASE):
        return LinkedWork(name, href, href)
    try:
        return LinkedWork(name, href, urljoin(base, href) if base else None, is_certain=False)
    except ValueError:
        return LinkedWork(name, href, None, is_certain=False)


def _references(text: str) -> Iterator[tuple[str, str]]:
    for match in _LINK_TO.finditer(text):
        before = match["before"].strip()
        titled = _TITLED.search(before)
        name = titled["name"] if titled else " ".join(before.split()[-6:])
        yield name.strip(' “”„"«»,'), match["href"]
    for match in _NAMED_THEN_ADDRESS.finditer(text):
        yield match["name"].strip(), match["href"].rstrip(".,;")


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
