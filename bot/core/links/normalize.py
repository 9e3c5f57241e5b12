"""One address → the key under which its page is found. Total: whatever is typed, it answers, it never raises.

Folded: scheme, user info, host case, `www.`, a trailing dot of the host, default port, fragment, tracking
parameters, empty query, trailing slash. Kept, because another value can be another page: path case, port, every
other parameter in its order.
"""

from dataclasses import dataclass

import can_ada

from bot.core.links.rules import LinkRules
from bot.core.model import LookupKey

_LONGEST = 4096
"""Longer addresses are no pages that anyone recorded; Discord's own limit for a message is 4,000 characters."""


@dataclass(frozen=True, slots=True)
class Normalized:
    """A key, and the names (never values: they may be somebody's token) of the parameters that were dropped."""

    key: LookupKey
    dropped: tuple[str, ...] = ()


def normalize(url: str, rules: LinkRules) -> Normalized | None:
    """The key of an http(s) address by the WHATWG URL standard (https://url.spec.whatwg.org/), None for any other."""
    if len(url) > _LONGEST:
        return None
    try:
        parsed = can_ada.parse(url)
    except (ValueError, TypeError):  # TypeError: a lone surrogate does not reach the parser
        return None
    host = _fold_host(parsed.hostname)
    if parsed.protocol not in {"http:", "https:"} or not host:
        return None
    kept, dropped = _split_query(parsed.search.removeprefix("?"), rules)
    port = f":{parsed.port}" if parsed.port else ""
    path = parsed.pathname.rstrip("/")
    return Normalized(LookupKey(f"{host}{port}{path}{'?' if kept else ''}{'&'.join(kept)}"), tuple(dropped))


def lookup_key(url: str, rules: LinkRules) -> LookupKey | None:
    """Only the key."""
    found = normalize(url, rules)
    return found.key if found else None


def _fold_host(host: str) -> str:
    """The host without a trailing dot and `www.`; empty where it is no host that the web knows."""
    if host.endswith("."):
        host = host[:-1]
        if host.endswith(".") or host.rpartition(".")[2].isdigit():
            return ""  # two dots name nothing; a number without its dot would be read as an IPv4 address
    bare = host.removeprefix("www.")
    return bare if "." in bare else host  # www.com is a site of its own


def _split_query(query: str, rules: LinkRules) -> tuple[list[str], list[str]]:
    kept: list[str] = []
    dropped: list[str] = []
    for parameter in query.split("&"):
        name = parameter.partition("=")[0]
        if not parameter:
            continue
        if rules.is_tracking(name):
            dropped.append(name)
        else:
            kept.append(parameter)
    return kept, dropped


def web_address(url: str) -> str | None:
    """The address as a browser writes it, None where it is no http(s) address: fit for a link that people press."""
    try:
        parsed = can_ada.parse(url)
    except (ValueError, TypeError):
        return None
    return str(parsed.href) if parsed.protocol in {"http:", "https:"} else None
