"""What of a query and of a fragment says which page it is. Everything else is noise, dropped by name."""

import re

from bot.core.links.paths import is_article
from bot.core.links.quoting import PATH, QUERY
from bot.core.links.rules import LinkRules, Site

_ROUTES = ("#/", "#!/")
_TEXT_FRAGMENT = ":~:"
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.\[\]$-]{0,31}")
_MOST_PARAMETERS = 200
"""More of them are no page that anyone recorded."""


def tellable(name: str) -> str:
    """A dropped parameter's name as it may be shown: not where it can be a value that stands without a name."""
    return name if _NAME.fullmatch(name) else "…"


def _known(name: str, low: str, rules: LinkRules) -> str:
    """A name without a value is one only if the rules know it; else it may be a value."""
    return name if rules.noise.have(low, "") else ""


def is_too_long(search: str) -> bool:
    """Whether a query has more parameters than any page that somebody recorded."""
    return search.count("&") > _MOST_PARAMETERS


def folded_query(search: str, site: Site | None, rules: LinkRules, path: str = "") -> tuple[str, str, list[str]]:
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
            dropped.append(name if value else _known(name, low, rules))
            continue
        kept.append(parameter if value else name)
        if low in rules.tracking_beside or (value[-1:].isdigit() and rules.views.loose_parameters.have(low, value)):
            doubtful.append(kept[-1])
    query = _joined(kept)
    if not doubtful:
        return query, query, dropped
    is_tracked = any(rules.tracking.have(name.lower(), "") for name in dropped) and is_article(path)
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


def route(fragment: str, rules: LinkRules) -> str:
    """A fragment that some sites keep a page's path in; any other says only where on the page to look."""
    if not fragment.startswith(_ROUTES):
        return ""
    path, _, query = fragment.partition(_TEXT_FRAGMENT)[0].partition("?")
    kept, _, _ = folded_query(f"?{query}", None, rules)
    path = PATH.fold(path[1:]).rstrip("/")
    return f"#{path}{kept}" if path.strip("!") else ""
