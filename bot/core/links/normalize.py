"""One address → the keys under which its page is found. Total: whatever is typed, it answers, it never raises.

The address is read by the WHATWG URL standard (https://url.spec.whatwg.org/), wrappers are taken off, then what does
not say which page it is: scheme, user info, `www.`, views, index documents, tracking parameters, their order,
needless escapes. Kept, because another value can be another page: path case, port, every other parameter.
"""

import re

import can_ada

from bot.core.links.paths import (
    folded_path,
    may_have_parts,
    rewritten,
    without_number,
    without_values,
    without_views,
)
from bot.core.links.queries import folded_query, is_too_long, route, tellable
from bot.core.links.quoting import INVISIBLE
from bot.core.links.rules import HostRules, LinkRules, Site
from bot.core.links.trail import Step, StepKind, Trail
from bot.core.links.unwrap import unwrap
from bot.core.model import LookupKey

_LONGEST = 4096
"""Longer addresses wrap nothing; Discord's own limit for a message is 4,000 characters."""
_LONGEST_PAGE = 2048
"""Longer addresses are no pages that anyone recorded (core.records.fields)."""
_LONGEST_HOST = 512
"""A name has at most 253 characters (RFC 1035); escapes make it longer, and a parser slow."""
_DEEPEST = 5
"""Wrappers in wrappers that are taken off."""
_AMP = re.compile(r"&(?:amp;|amp%3B|#0*38;|#x0*26;)+", re.IGNORECASE)
_HOST = re.compile(r"[a-z]*:[/\\]*([^/\\?#]*)", re.IGNORECASE)
_WEB = frozenset({"http:", "https:"})
_SIMPLE = re.compile(r"https?://([a-z0-9.-]++)((?:/[A-Za-z0-9_/-]*+)?)((?:\?[A-Za-z0-9_.=&-]*+)?)")
"""What the standard leaves as it is, if the host is a name; see `keys_of_simple`."""


def lookup_key(url: str, rules: LinkRules) -> LookupKey | None:
    """The key that a record is kept under; None where the address is no web page's."""
    keys = keys_of_url(url, rules)
    return keys[0] if keys else None


def keys_of_url(url: str, rules: LinkRules, trail: Trail | None = None) -> tuple[LookupKey, ...]:
    """The keys that a shared address is looked up under, the most exact first; none where it is no web page's.

    The first is the one that a record of this very address has; the others leave out what counts only where the
    record's own address has it (a route after `#/`, the number of a page). Steps are added to `trail` if there is one.
    """
    if len(url) > _LONGEST:
        return ()
    if not url.isascii():
        url = url.translate(INVISIBLE)
    wrapped = 0
    while True:
        if "&amp" in url or "&#" in url:
            url = _AMP.sub("&", url)
        parsed = parse(url)
        host = rules.of_host(parsed.hostname) if parsed is not None and parsed.protocol in _WEB else None
        if parsed is None or host is None or not host.name:
            return ()
        carried = unwrap(parsed, host) if host.wrappers else None
        if wrapped == _DEEPEST and carried:
            return ()
        if carried is None:
            keys = _folded(parsed, host, rules, trail) if len(url) <= _LONGEST_PAGE else ()
            return keys if not host.wrappers or _is_settled(keys, parsed.protocol, rules) else ()
        url, wrapper = carried
        wrapped += 1
        if trail is not None:
            trail.append(Step(StepKind.UNWRAPPED, wrapper.name, wrapper.origin))
        elif quick := _keys_if_simple(url, rules):
            return quick


def _is_settled(keys: tuple[LookupKey, ...], protocol: str, rules: LinkRules) -> bool:
    """Whether the key of a wrapper that carries nothing is its own: folded, it must not seem to carry something."""
    parsed = parse(f"{protocol}//{keys[0]}") if keys else None
    host = rules.of_host(parsed.hostname) if parsed else None
    if parsed is None or host is None or unwrap(parsed, host):
        return False
    return _folded(parsed, host, rules, None)[:1] == keys[:1]


def _keys_if_simple(url: str, rules: LinkRules) -> tuple[LookupKey, ...] | None:
    simple = _SIMPLE.fullmatch(url)
    return keys_of_simple(simple[1], simple[2], simple[3], rules) if simple else None


def keys_of_simple(hostname: str, path: str, search: str, rules: LinkRules) -> tuple[LookupKey, ...] | None:
    """The same for an address that the standard leaves as it is (no capitals in its host, no escapes, no dots in its
    path, no fragment), given in its parts; None where only the whole address tells.
    """
    host = rules.of_host(hostname)
    if not host.is_simple:
        return None
    return _keys(host.name, path, search, "", None, rules, None)


def parse(url: str) -> can_ada.URL | None:
    """The address as the standard reads it; None where it is none. Of any scheme."""
    if len(url) > _LONGEST_HOST and (host := _HOST.match(url)) and len(host[1]) > _LONGEST_HOST:
        return None
    try:
        return can_ada.parse(url)
    except (ValueError, TypeError):  # TypeError: a lone surrogate does not reach the parser
        return None


def web_address(url: str) -> str | None:
    """The address as a browser writes it, None where it is no http(s) address: fit for a link that people press."""
    parsed = parse(url)
    return str(parsed.href) if parsed is not None and parsed.protocol in _WEB else None


def _folded(parsed: can_ada.URL, host: HostRules, rules: LinkRules, trail: Trail | None) -> tuple[LookupKey, ...]:
    port, search, fragment = parsed.port, parsed.search, parsed.hash
    front = f"{host.name}:{port}" if port else host.name
    whole = folded_path(parsed.pathname)
    if host.site and host.site.rewrites:
        whole, search = rewritten(whole, search, host.site, rules)
    if trail is not None:
        _tell_host(host, trail)
    site = host.site if host.site and host.site.is_on(whole) else None
    return _keys(front, whole, search, fragment, site, rules, trail)


def _keys(
    front: str, whole: str, search: str, fragment: str, site: Site | None, rules: LinkRules, trail: Trail | None
) -> tuple[LookupKey, ...]:
    path = without_views(whole, rules)
    if trail is not None and whole.rstrip("/") != path and (shown := without_values(whole)):
        trail.append(Step(StepKind.VIEW, shown.removeprefix(path) or shown))
    if not search and not fragment and not path[-1:].isdigit():
        return (LookupKey(front + path),)
    if is_too_long(search):
        return ()
    query, loose, dropped = folded_query(search, site, rules, path) if search else ("", "", [])
    if dropped and trail is not None:
        trail.append(Step(StepKind.DROPPED, ", ".join(dict.fromkeys(map(tellable, dropped)))))
    exact = front + path + query
    loose = front + without_number(path, rules) + (loose if may_have_parts(path) else query)
    if not fragment:
        return (LookupKey(exact),) if loose == exact else (LookupKey(exact), LookupKey(loose))
    return tuple(map(LookupKey, dict.fromkeys([exact + route(fragment, rules), exact, loose])))


def _tell_host(host: HostRules, trail: Trail) -> None:
    if host.dropped:
        trail.append(Step(StepKind.VIEW, host.dropped + "."))
    if host.site and host.site.same_as:
        trail.append(Step(StepKind.SAME_SITE, host.name, host.site.name))
