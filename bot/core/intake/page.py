"""A page as an HTML reader hands it on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class HtmlPage:
    """The article's text (a line a block, list items with a bullet), and what stands around it."""

    text: str
    title: str | None = None
    own_lines: tuple[str, ...] = ()
    """The short lines that stand by themselves anywhere on the page, labels among them."""
    links: tuple[tuple[str, str], ...] = ()
    """Words and address as written."""
    marked: tuple[str, ...] = ()
    """Words that are set apart as titles are, in italics."""
    markup: tuple[object, ...] = ()
    """The values of its JSON-LD and microdata."""
    canonical: str | None = None
    """The address that the page says is its own."""
