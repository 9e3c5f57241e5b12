"""One address → the keys under which its page is found. Total: whatever is typed, it answers, it never raises.

The address is read by the WHATWG URL standard (https://url.spec.whatwg.org/), wrappers are taken off, then what does
not say which page it is: scheme, user info, `www.`, views, index documents, tracking parameters, their order,
needless escapes. Kept, because another value can be another page: path case, port, every other parameter.
"""

import re
from collections.abc import Mapping

import can_ada

from bot.core.links.quoting import INVISIBLE, PATH, QUERY
from bot.core.links.rules import HostRules, LinkRules, Site, Views
from bot.core.links.trail import Step, StepKind, Trail
from bot.core.links.unwrap import unwrap
from bot.core.model import LookupKey

_LONGEST = 4096
"""Longer addresses wrap nothing; Discord's own limit for a message is 4,000 characters."""
_LONGEST_PAGE = 2048
"""Longer addresses are no pages that anyone recorded (core.records.fields)."""
_LONGEST_HOST = 512
"""A name has at most 253 characters (RFC 1035); escapes make it longer, and a parser slow."""
_MOST_PARAMETERS = 200
"""More of them are no page that anyone recorded."""
_DEEPEST = 5
"""Wrappers in wrappers that are taken off."""
_AMP = re.compile(r"&(?:amp;|amp%3B|#0*38;|#x0*26;)+", re.IGNORECASE)
_SLASHES = re.compile(r"//+")
_HOST = re.compile(r"[a-z]*:[/\\]*([^/\\?#]*)", re.IGNORECASE)
_WEB = frozenset({"http:", "https:"})
_SIMPLE = re.compile(r"https?://([a-z0-9.-]++)((?:/[A-Za-z0-9_/-]*+)?)((?:\?[A-Za-z0-9_.=&-]*+)?)")
"""What the standard leaves as it is, if the host is a name; see `keys_of_simple`."""
_ARTICLE = re.compile(r"[0-9._-]|[^/]{10}")
"""A number, several words, a file, or one long word."""
_CERTAIN_ARTICLE = re.compile(
    r"/(?:19|20)\d\d/\d\d?(?:/|$)|/[^/]*\D\d{5,}|/[^/-]+-[^/-]+-[^/]+|/(?=[^/]{12})[^/-]+-[^/-]+$|/[^/]+\.html?$"
)
"""A date in folders, a long number beside letters, a slug of three words or of two long ones, a page's file."""
_MAY_HAVE_PARTS = re.compile(rf"{_CERTAIN_ARTICLE.pattern}|/[^/]+/[^/.]+$")
"""The same, and whatever lies in a folder: what a parameter numbers there are the parts of one page."""
_BLANKS = ("%20", "%0A", "%0D", "%09")
_BLANKS_AT_END = re.compile(r"(?:%20|%0A|%0D|%09)+$")
"""What came along from the text around a link."""
_SEGMENT_PARAMETER = re.compile(r"(?<=[^/.])[;&]([^;&/=]+)=?([^;&/]*)")
_ROUTES = ("#/", "#!/")
_TEXT_FRAGMENT = ":~:"


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
            return keys if not host.wrappers or _is_settled(keys, rules) else ()
        url, wrapper = carried
        wrapped += 1
        if trail is not None:
            trail.append(Step(StepKind.UNWRAPPED, wrapper.name, wrapper.origin))
        elif quick := _keys_if_simple(url, rules):
            return quick


def _is_settled(keys: tuple[LookupKey, ...], rules: LinkRules) -> bool:
    """Whether the key of a wrapper that carries nothing is its own: folded, it must not seem to carry something."""
    parsed = parse(f"https://{keys[0]}") if keys else None
    host = rules.of_host(parsed.hostname) if parsed else None
    if parsed is None or host is None or unwrap(parsed, host):
        return False
    return _folded(parsed, host, rules, None)[0] == keys[0]


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
    path = _without_views(path, rules)
    if not search and not path[-1:].isdigit():
        return (LookupKey(host.name + path),)
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
    whole = PATH.fold(parsed.pathname)
    if whole.endswith(_BLANKS):
        whole = _BLANKS_AT_END.sub("", whole)
    if host.site and host.site.rewrites:
        whole, search = _rewritten(whole, search, host.site)
    if trail is not None:
        _tell_host(host, trail)
    return _keys(front, whole, search, fragment, host.site, rules, trail)


def _keys(
    front: str, whole: str, search: str, fragment: str, site: Site | None, rules: LinkRules, trail: Trail | None
) -> tuple[LookupKey, ...]:
    path = _without_views(whole, rules)
    if trail is not None and (shown := whole.rstrip("/")) != path and shown:
        trail.append(Step(StepKind.VIEW, shown.removeprefix(path) or shown))
    if not search and not fragment and not path[-1:].isdigit():
        return (LookupKey(front + path),)
    if search.count("&") > _MOST_PARAMETERS:
        return ()
    query, loose, dropped = _query(search, site, rules) if search else ("", "", [])
    if dropped and trail is not None:
        trail.append(Step(StepKind.DROPPED, ", ".join(dict.fromkeys(dropped))))
    exact = front + path + query
    loose = front + _without_number(path, rules) + (loose if _MAY_HAVE_PARTS.search(path) else query)
    if not fragment:
        return (LookupKey(exact),) if loose == exact else (LookupKey(exact), LookupKey(loose))
    return tuple(map(LookupKey, dict.fromkeys([exact + _route(fragment, rules), exact, loose])))


def _without_views(path: str, rules: LinkRules) -> str:
    """The path without what only says how the page is shown, and without slashes at its end."""
    if "." in path or "//" in path or ";" in path or "&" in path:
        if ";" in path or "&" in path:
            path = _without_sessions(path, rules)
        path = _SLASHES.sub("/", path)
    elif rules.view_words.isdisjoint(path.lower().split("/")):
        return path.rstrip("/")  # as nearly all are: no segment that could name a view
    views = rules.views
    begin, end = 0, len(path)
    while True:
        while end > begin and path[end - 1] == "/":
            end -= 1
        if end == begin:
            return ""
        second = path.find("/", begin + 1, end)
        last = path.rfind("/", begin, end) + 1
        tail = path[last:end].lower()
        if tail in rules.documents or (tail in views.last and _is_article(path[begin:last].rstrip("/"), tail, views)):
            end = last
        elif "." in tail and tail.endswith(views.ending) and (ending := _ending(tail, views.endings)):
            path = path[: end - len(ending)] + views.endings[ending]
            end = len(path)
        elif (
            second > 0
            and path[begin + 1 : second].lower() in views.first
            and _is_article(path[second:end], path[begin + 1 : second].lower(), views)
        ):
            begin = second
        else:
            return path[begin:end]


def _is_article(path: str, word: str, views: Views) -> bool:
    """Whether a path looks like one article's, so that a word before or behind it can name a view of it.

    `/products/print` is a page about printing; `/2031/04/a-bridge/print` prints a bridge. Words that hardly mean
    anything else (`amp`) ask for less.
    """
    return (_ARTICLE if word in views.sure else _CERTAIN_ARTICLE).search(path) is not None


def _ending(tail: str, endings: Mapping[str, str]) -> str:
    """The ending that a segment has, if there is more to it."""
    return next((e for e in endings if tail.endswith(e) and tail.removesuffix(e).strip(".")), "")


def _without_number(path: str, rules: LinkRules) -> str:
    """The path without `/page/2` at its end, which counts only where the record's own address has it."""
    front, _, last = path.rpartition("/")
    before, _, word = front.rpartition("/")
    if last.isdecimal() and word.lower() in rules.views.loose_numbered and _CERTAIN_ARTICLE.search(before):
        return before
    if last.rstrip("0123456789").lower() in rules.views.loose_numbered and _CERTAIN_ARTICLE.search(front):
        return front
    return path


def _without_sessions(path: str, rules: LinkRules) -> str:
    """The path without `;jsessionid=…` and other tracking that is written into a segment, also without a `?` before."""

    def kept(parameter: re.Match[str]) -> str:
        return "" if rules.tracking.have(parameter[1].lower(), parameter[2]) else parameter[0]

    return _SEGMENT_PARAMETER.sub(kept, path)


def _rewritten(path: str, search: str, site: Site) -> tuple[str, str]:
    for pattern, template in site.rewrites:
        filled = pattern.fill(path, template)
        if filled is not None:
            path, mark, query = filled.partition("?")
            return path, f"?{query}&{search[1:]}" if mark else search
    return path, search


def _query(search: str, site: Site | None, rules: LinkRules) -> tuple[str, str, list[str]]:
    """The query that says which page it is; the same without what counts only in a record's own address; dropped names.

    In one order of names, whatever order it was shared in.
    """
    if "+" in search:
        search = search.replace("+", "%20")
    kept: list[str] = []
    doubtful: list[str] = []
    dropped: list[str] = []
    for parameter in QUERY.fold(search[1:]).split("&"):
        name, _, value = parameter.partition("=")
        if not name and not value:
            continue
        low = name.lower()
        if _is_noise(low, value, site, rules) if site else rules.noise.have(low, value):
            dropped.append(name)
            continue
        kept.append(parameter if value else name)
        if low in rules.tracking_beside or (value[-1:].isdigit() and rules.views.loose_parameters.have(low, value)):
            doubtful.append(kept[-1])
    query = _joined(kept)
    if not doubtful:
        return query, query, dropped
    is_tracked = any(rules.tracking.have(name.lower(), "") for name in dropped)
    certain = [p for p in kept if p not in doubtful or (not is_tracked and _name(p).lower() in rules.tracking_beside)]
    return query, _joined(certain), dropped


def _is_noise(name: str, value: str, site: Site, rules: LinkRules) -> bool:
    if site.keep.have(name, value):
        return False
    if site.only is not None:
        return not site.only.have(name, value)
    return site.drop.have(name, value) or rules.noise.have(name, value)


def _joined(parameters: list[str]) -> str:
    if len(parameters) > 1:
        parameters.sort(key=_name)
    return "" if not parameters else "?" + "&".join(parameters)


def _name(parameter: str) -> str:
    return parameter.partition("=")[0]


def _route(fragment: str, rules: LinkRules) -> str:
    """A fragment that some sites keep a page's path in; any other says only where on the page to look."""
    if not fragment.startswith(_ROUTES):
        return ""
    path, _, query = fragment.partition(_TEXT_FRAGMENT)[0].partition("?")
    kept, _, _ = _query(f"?{query}", None, rules)
    path = PATH.fold(path[1:]).rstrip("/")
    return f"#{path}{kept}" if path.strip("!") else ""


def _tell_host(host: HostRules, trail: Trail) -> None:
    if host.dropped:
        trail.append(Step(StepKind.VIEW, host.dropped + "."))
    if host.site and host.site.same_as:
        trail.append(Step(StepKind.SAME_SITE, host.name, host.site.name))
