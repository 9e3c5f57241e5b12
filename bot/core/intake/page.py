"""A page as an HTML reader hands it on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """Title, the short lines that stand by themselves anywhere on the page, the article's text (a line a block, list
    items with a bullet), and its links: words and address as written.
    """

    title: str | None
    own_lines: tuple[str, ...]
    text: str
    links: tuple[tuple[str, str], ...]
    markup: tuple[object, ...] = ()
    """The values of its JSON-LD and microdata."""
    canonical: str | None = None
    """The address that the page says is its own."""
