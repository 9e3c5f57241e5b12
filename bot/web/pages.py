"""An HTML page → its text, title and links. Called in a process of its own, with a bound on memory and a deadline,
because HTML that is made to be slow or huge must cost nothing but itself. Needs the extra `html`.
"""

import re
from collections.abc import Iterator, Set
from typing import Any

from bot.core.errors import UserError
from bot.core.intake import HtmlPage
from bot.web.markup import markup_in

_ASIDE = re.compile(r"comment|related|sidebar|cookie|sponsor|newsletter|breadcrumb|disqus|share|promo", re.IGNORECASE)
_ASIDE_TAGS = frozenset(
    {"script", "style", "nav", "aside", "footer", "noscript", "form", "iframe", "svg", "head", "template"}
)
_SPACE = re.compile(r"\s+")
_LEADS = re.compile(
    r"\b(?:original|full|source|quelle|fuente|vollständig\w*|ganzen?|completo|continue reading|weiterlesen|leyendo|"
    r"read (?:more|on) (?:at|in|on)|read the|mehr (?:bei|im|in)|weiter (?:bei|im)|más en|zum (?:artikel|beitrag))\b",
    re.IGNORECASE,
)
"""Words of a link that leads from a summary to what it is about."""
_FEWEST_WORDS = 3
"""Of a link to an address of this site that says that it leads to the original."""
_LONGEST_ADDRESS = 2048
_LONGEST_TITLE, _MOST_MARKED = 16, 100
"""Words; how many of them."""
_LATIN = frozenset({"iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii", "windows-1252"})
_BREAK = "\u2028"
"""A line break that no page writes by itself; line feeds in HTML are spaces."""


def read_html(html: bytes) -> HtmlPage:
    """What a page says. UserError with a sentence where it says nothing or cannot be read."""
    try:
        import trafilatura
        from lxml.etree import fromstring as parse_xml  # type: ignore[import-untyped]
        from lxml.html import HTMLParser, fromstring  # type: ignore[import-untyped]
    except ImportError:
        raise UserError(key="refused.no_html_reader") from None
    written = _decoded(html)
    try:
        tree = fromstring(written, parser=HTMLParser())
        found = trafilatura.extract(
            written, output_format="xml", include_links=True, include_comments=False, favor_recall=True
        )
        main = parse_xml(found.encode()) if found else None
    except Exception:  # noqa: BLE001 - the errors of both libraries have no common parent
        raise UserError(key="refused.page_unread") from None
    if main is None:
        raise UserError(key="refused.page_empty")
    for broken in (*tree.iter("br"), *main.iter("lb")):
        broken.tail = _BREAK + (broken.tail or "")
    lines, links = _main(main)
    own_lines = tuple(dict.fromkeys(_own_lines(tree)))
    known = frozenset(links)
    links += [link for link in _links_in(tree, frozenset(own_lines)) if link not in known]
    return HtmlPage(
        "\n".join(lines), _title(tree), own_lines, tuple(links), _marked(tree), tuple(markup_in(html)), _canonical(tree)
    )


def _marked(tree: Any) -> tuple[str, ...]:
    """Words in italics or marked as a work's, where they could be a title; an extractor leaves the marks out."""
    found: dict[str, None] = {}
    for element in tree.iter("i", "em", "cite"):
        text = _text(element) if len(element) <= _MOST_MARKED else ""
        if text not in found and 1 < len(text.split()) <= _LONGEST_TITLE and not _is_aside(element):
            found[text] = None
            if len(found) == _MOST_MARKED:
                break
    return tuple(found)


def _canonical(tree: Any) -> str | None:
    """What the page says is its own address."""
    for path in ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"):
        for found in tree.xpath(path):
            if str(found).lower().startswith(("http://", "https://")) and len(found) <= _LONGEST_ADDRESS:
                return str(found).strip()
    return None


def _decoded(html: bytes) -> str:
    try:
        return html.decode("utf-8-sig")
    except UnicodeDecodeError:
        declared = re.search(rb"charset=[\"']?([\w-]{2,30})", html[:4096])
        try:
            name = declared[1].decode().lower() if declared else "cp1252"
            # What the web calls Latin 1 is Windows-1252 (https://encoding.spec.whatwg.org/#names-and-labels).
            return html.decode("cp1252" if name in _LATIN else name, "replace")
        except LookupError:
            return html.decode("utf-8", "replace")


def _main(main: Any) -> tuple[list[str], list[tuple[str, str]]]:
    """The lines of the article, items of lists with a bullet, and its links as they are written."""
    lines: list[str] = []
    links: list[tuple[str, str]] = []
    kinds = ("p", "head", "item", "quote", "cell")
    for element in main.iter(*kinds):
        if any(parent.tag in kinds for parent in element.iterancestors()):
            continue
        links += [(_text(ref), target) for ref in element.iter("ref") if _is_address(target := ref.get("target"))]
        texts = _texts(element)
        lines += [f"• {text}" for text in texts] if element.tag == "item" else texts
    return lines, links


def _title(tree: Any) -> str | None:
    for path in ("//h1", "//meta[@property='og:title']/@content", "//h2", "//title"):
        for found in tree.xpath(path):
            text = found if isinstance(found, str) else _text(found)
            if text.strip():
                return str(text).strip()
    return None


def _own_lines(tree: Any) -> Iterator[str]:
    """The short blocks of a page that stand by themselves, also those that an extractor takes for clutter: labels are
    such. Navigation, comments and sidebars are left out.
    """
    for element in tree.iter(
        "p", "li", "div", "span", "small", "td", "strong", "em", "b", "i", "a", "section", "aside", "h2", "h3", "h4"
    ):
        texts = [text for text in _texts(element) if 20 < len(text) < 160]
        if texts and not _is_aside(element):
            yield from texts


def _links_in(tree: Any, lines: Set[str]) -> Iterator[tuple[str, str]]:
    """The links of lines that stand by themselves: those with more than a link, and one that leads to an original."""
    own_line: dict[Any, str | None] = {}  # a paragraph may hold thousands of links: its text is made once
    for element in tree.iter("a"):
        parent, href, text = element.getparent(), element.get("href"), _text(element)
        if parent is None or not _is_address(href) or not text:
            continue
        is_clear = "://" in href or len(text.split()) >= _FEWEST_WORDS
        leads = is_clear and _LEADS.search(text) and not _is_aside(element)
        if not leads and parent not in own_line:
            line = _text(parent)
            own_line[parent] = line if line in lines else None
        if leads or own_line[parent] not in {None, text}:
            yield text, href


def _is_address(href: str | None) -> bool:
    return bool(href) and len(str(href)) <= _LONGEST_ADDRESS


def _is_aside(element: Any) -> bool:
    for one in (element, *element.iterancestors()):
        marks = f"{one.get('class') or ''} {one.get('id') or ''} {one.get('role') or ''}"
        if one.tag == "aside" and one.get("role") == "note":
            continue
        if one.tag in _ASIDE_TAGS or (one.tag not in {"html", "body"} and _ASIDE.search(marks)):
            return True
    return False


def _texts(element: Any) -> list[str]:
    """The lines of an element, where it is broken into lines."""
    whole = "".join(element.itertext())
    return [text for line in whole.split(_BREAK) if (text := _SPACE.sub(" ", line).strip())]


def _text(element: Any) -> str:
    return _SPACE.sub(" ", "".join(element.itertext()).replace(_BREAK, " ")).strip()
