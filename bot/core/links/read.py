"""A message's texts → its links with keys; links and records → matches. Decides nothing about them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from bot.core.links.normalize import keys_of_simple, keys_of_url
from bot.core.links.rules import LinkRules
from bot.core.links.scan import code_of, spans
from bot.core.links.typed import has_sign, is_broken, typed_addresses, without
from bot.core.model import Found, Link, LookupKey, Match, Record, TextPart

_PLAIN_TEXT = frozenset({Found.POLL, Found.ATTACHMENT})
"""Where Discord shows backticks as backticks, so nothing is code."""
_EFFORT = 370
"""How much is read of one text, in simple links. Discord itself shows a text with more than some 200 links and other
marks as plain text; a message with so many is a flood, and a flood must cost no more than a message.
"""
_SIMPLE, _QUERY, _ODD, _READING = 1, 2, 4, 2
"""What is paid for a link: one of name and path, one with a query, any other, and each further reading of it."""
_Read = tuple[str, bool, bool, tuple[LookupKey, ...]]
"""A link as it is written, whether masked, whether typed around the rules, its keys."""
_INSIDE = 8
"""After its scheme: an address in an address takes longer."""
_NO_HOST = frozenset("()[]{}")
_LONGEST_TYPED = 2048
"""Nobody types more by hand."""


def read_keys(parts: Iterable[TextPart], rules: LinkRules, *, typed: bool = True) -> tuple[LookupKey, ...]:
    """Only the keys that the links of the parts are looked up under: the quick way for a message that holds nothing."""
    keys: list[LookupKey] = []
    for part in parts:
        for _, _, _, found in _read(part, rules, typed=typed):
            keys += found
    return tuple(dict.fromkeys(keys)) if len(keys) > 1 else tuple(keys)


def read_links(parts: Iterable[TextPart], rules: LinkRules, *, typed: bool = True) -> tuple[Link, ...]:
    """Every link of the parts, in order, the same address in the same place only once. `typed`: also what is typed
    around the rules.
    """
    links: dict[tuple[Found, str], Link] = {}
    for part in parts:
        for url, masked, is_typed, keys in _read(part, rules, typed=typed):
            place = part.found, url
            if place not in links:
                links[place] = Link(url, part.found, keys, masked, is_typed)
            elif keys != links[place].keys:  # the same letters, read otherwise for what stands around them
                links[place] = replace(links[place], keys=tuple(dict.fromkeys([*links[place].keys, *keys])))
    return tuple(links.values())


def keys_of(links: Iterable[Link]) -> tuple[LookupKey, ...]:
    """The different keys of the links, in order."""
    return tuple(dict.fromkeys(key for link in links for key in link.keys))


def match(links: Sequence[Link], records: Iterable[Record]) -> tuple[Match, ...]:
    """Which link led to which record, in the order of the links; earlier records first where one key has several.

    Of a link's keys the first that anything is recorded under counts: the exact page before what contains it.
    """
    by_key: dict[LookupKey, list[tuple[int, int]]] = {}
    records = tuple(records)
    for number, record in enumerate(records):
        for position, address in enumerate(record.publication.addresses):
            by_key.setdefault(address.key, []).append((number, position))
    matches: dict[LookupKey, list[Match]] = {}
    for link in links:
        key = next((key for key in link.keys if key in by_key), None)
        if key is not None and key not in matches:
            matches[key] = [
                Match(link, records[number].publication.addresses[position], records[number])
                for number, position in by_key[key]
            ]
    return tuple(found for of_key in matches.values() for found in of_key)


def _read(part: TextPart, rules: LinkRules, *, typed: bool) -> Iterator[_Read]:
    text = part.text
    if part.is_address:
        url = text.strip()
        yield url, False, False, keys_of_url(url, rules)
        return
    code = code_of(text) if "`" in text and part.found not in _PLAIN_TEXT else []
    taken = list(code)
    effort = _EFFORT
    for url, start, end, masked, others, simple in spans(text, code):
        keys = keys_of_simple(*simple, rules) if simple else None
        slowly = keys is None
        if keys is not None:
            effort -= _QUERY if simple and simple[2] else _SIMPLE
        else:
            keys = keys_of_url(url, rules)
            if others:
                keys = _with_others(keys, others[: effort // _ODD], rules)
            is_harder = "://" in url[_INSIDE:] or not url.isascii()
            effort -= _ODD + _READING * (len(others) + is_harder)
        if effort < 0:
            return
        if slowly and typed and _is_no_host(keys, url):
            continue  # no address as it stands: perhaps one that is typed around the rules
        taken.append((start, end))
        yield url, masked, False, keys
    if typed:
        if code and len(taken) > len(code):
            taken.sort()
        rest = without(text, taken)
        if has_sign(rest):
            yield from _read_typed(rest, rules, effort)


def _read_typed(text: str, rules: LinkRules, effort: int) -> Iterator[_Read]:
    for url, others in typed_addresses(text):
        keys = keys_of_url(url, rules)
        if others:
            keys = _with_others(keys, others[: effort // _ODD], rules)
        effort -= _ODD + _READING * (len(others) + 1)
        if effort < 0:
            return
        if keys:
            yield url, False, True, keys


def _is_no_host(keys: tuple[LookupKey, ...], url: str) -> bool:
    if keys and "." not in keys[0].partition("/")[0]:
        return True
    is_odd = not keys or not _NO_HOST.isdisjoint(keys[0].partition("/")[0])
    return is_odd and len(url) < _LONGEST_TYPED and (not url.isascii() or is_broken(url))


def _with_others(keys: tuple[LookupKey, ...], others: Iterable[str], rules: LinkRules) -> tuple[LookupKey, ...]:
    found = dict.fromkeys(keys)
    for other in others:
        found |= dict.fromkeys(keys_of_url(other, rules))
    return tuple(found)
