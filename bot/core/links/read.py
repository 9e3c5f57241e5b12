"""A message's texts → its links with keys; links and records → matches. Decides nothing about them."""

from collections.abc import Iterable, Sequence

from bot.core.links.normalize import lookup_key
from bot.core.links.rules import LinkRules
from bot.core.links.scan import scan
from bot.core.model import Link, LookupKey, Match, Record, TextPart


def read_links(parts: Iterable[TextPart], rules: LinkRules) -> tuple[Link, ...]:
    """Every link of the parts, in order, the same address in the same place only once."""
    links: dict[tuple[str, str], Link] = {}
    for part in parts:
        if part.is_address:
            found = [(part.text.strip(), False)]
        else:
            found = [(span.url, span.masked) for span in scan(part.text)]
        for url, masked in found:
            if (part.found, url) not in links:
                links[part.found, url] = Link(url, url, part.found, lookup_key(url, rules), masked)
    return tuple(links.values())


def keys_of(links: Iterable[Link]) -> tuple[LookupKey, ...]:
    """The different keys of the links, in order."""
    return tuple(dict.fromkeys(link.key for link in links if link.key is not None))


def match(links: Sequence[Link], records: Iterable[Record]) -> tuple[Match, ...]:
    """Which link led to which record, in the order of the links; earlier records first where one key has several."""
    by_key: dict[LookupKey, list[Match]] = {}
    records = tuple(records)
    for link in links:
        if link.key is not None and link.key not in by_key:
            by_key[link.key] = [
                Match(link, address, record)
                for record in records
                for address in record.publication.addresses
                if address.key == link.key
            ]
    return tuple(m for matches in by_key.values() for m in matches)
