"""What of a path says which page it is: without views, index documents, sessions, and numbers of parts."""

import re

from bot.core.links.quoting import PATH
from bot.core.links.rules import LinkRules, Site, Views

_SLASHES = re.compile(r"//+")
_ARTICLE = re.compile(
    r"^(?!/(?:users?|u|authors?|profiles?|people|tags?|category|categories|topics?|search)/)"
    r"(?:.*/(?:19|20)\d\d/\d\d?(?:/|$)|.*/[^/]*\D\d{5,}|.*/[^/-]+-[^/-]+-[^/]+"
    r"|.*/[^/]+/(?=[^/]{12})[^/-]+-[^/-]+$|.*/[^/]+\.html?$)"
)
"""A date in folders, a long number beside letters, a slug of three words or in a folder of two long ones, a file.
Not what lies under a person, a tag or a search.
"""
_LIKELY_ARTICLE = re.compile(rf"{_ARTICLE.pattern}|^/(?=[^/]{{12}})[^/-]+-[^/-]+$|^/[^/]+/[^/]+/[^/]")
"""The same, also at the top of a site, and whatever lies three deep."""
_IN_PARTS = re.compile(
    rf"{_ARTICLE.pattern}|^(?!.*/(?:category|categories|tags?|topics?|sections?|archives?|authors?|users?|search|news|"
    r"forums?|lists?|shop|blog|members|comments|files|images|media)(?:/|$))/[^/]+/[^/.]+$"
)
"""What can have numbered parts: an article, or what lies in a folder that is no list of others."""
_MOST_VIEWS = 4
"""Views of views that are taken off a path."""
_BLANKS = ("%20", "%0A", "%0D", "%09")
"""What came along from the text around a link."""
_DOTS = re.compile(r"/\.{1,2}(?=/|$)")
_SEGMENT_PARAMETER = re.compile(r"[;&]([^;&/=]+)=?([^;&/]*)")


def folded_path(path: str) -> str:
    """The path in the one form of its escapes, without blanks that came along from the text around a link."""
    path = PATH.fold(path)
    if "/." in path and _DOTS.search(path):  # what stood beside them could not be seen
        path = _DOTS.sub("/", path)
    if "%" in path and path.rstrip("/").endswith(_BLANKS):
        path = path[: _end(path, len(path))]
    return path


def without_views(path: str, rules: LinkRules) -> str:
    """The path without what only says how the page is shown, and without slashes at its end."""
    if "." in path or "//" in path or ";" in path or "&" in path:
        if ";" in path or "&" in path:
            path = _without_sessions(path, rules)
        path = _SLASHES.sub("/", path)
    elif rules.view_words.isdisjoint(path.lower().split("/")):
        return path.rstrip("/")  # as nearly all are: no segment that could name a view
    whole = bare = _without_documents(path, rules)
    for _ in range(_MOST_VIEWS):
        shorter = _without_documents(_without_one_view(bare, rules.views), rules)
        if shorter == bare:
            return bare
        bare = shorter
    return bare if _without_one_view(bare, rules.views) == bare else whole  # so many views are no views


def _without_documents(path: str, rules: LinkRules) -> str:
    """The path without slashes, blanks and index documents at its end."""
    end = len(path)
    while True:
        end = _end(path, end)
        last = path.rfind("/", 0, end) + 1
        if path[last:end].lower() not in rules.documents:
            return path[:end]
        end = last


def _end(path: str, end: int) -> int:
    """Where a path ends without slashes, blanks and segments of dots before `end`."""
    while True:
        if path.endswith("/", 0, end):
            end -= 1
        elif path.endswith(_BLANKS, 0, end):
            end -= len(_BLANKS[0])
        elif path.endswith(("/.", "/.."), 0, end):
            end = path.rindex("/", 0, end)
        else:
            return end


def _without_one_view(path: str, views: Views) -> str:
    """The path without one word or ending that names a view, if it has one."""
    second, last = path.find("/", 1), path.rfind("/") + 1
    tail = path[last:].lower()
    if tail in views.last and _is_article(path[:last].rstrip("/"), tail, views):
        return path[:last]
    if "." in tail and tail.endswith(views.ending) and (ending := _ending(path, tail, views)):
        return path[: -len(ending)] + views.endings[ending]
    if second > 0 and (word := path[1:second].lower()) in views.first and _is_article(path[second:], word, views):
        return path[second:]
    return path


def _is_article(path: str, word: str, views: Views) -> bool:
    """Whether a path looks like one article's, so that a word before or behind it can name a view of it.

    `/products/print` is a page about printing; `/2031/04/a-bridge/print` prints a bridge. Words that hardly mean
    anything else (`amp`) ask for less.
    """
    return (_LIKELY_ARTICLE if word in views.sure else _ARTICLE).search(path) is not None


def _ending(path: str, tail: str, views: Views) -> str:
    """The ending that names a view, if there is more to its segment; where it hangs on a word, only of an article."""
    for ending in views.endings:
        if tail.endswith(ending) and tail.removesuffix(ending).strip("."):
            return ending if ending[0] == "." or _ARTICLE.search(path[: -len(ending)]) else ""
    return ""


def without_number(path: str, rules: LinkRules) -> str:
    """The path without `/page/2` at its end, which counts only where the record's own address has it."""
    front, _, last = path.rpartition("/")
    before, _, word = front.rpartition("/")
    if last.isdecimal() and word.lower() in rules.views.loose_numbered and _ARTICLE.search(before):
        return before
    word = last.rstrip("0123456789").lower()
    if word in rules.views.loose_numbered and (_ARTICLE.search(front) or (front and word in rules.views.sure)):
        return front
    return path


def _without_sessions(path: str, rules: LinkRules) -> str:
    """The path without `;jsessionid=…` and other tracking that is written into a segment, also without a `?` before."""
    kept: list[str] = []
    at, last = 0, ""
    for parameter in _SEGMENT_PARAMETER.finditer(path):
        if before := path[at : parameter.start()]:
            kept.append(before)
            last = before[-1]
        at = parameter.end()
        # behind a slash or a dot it would leave another segment: a doubled slash, or dots
        if last in "/." or not rules.tracking.have(parameter[1].lower(), parameter[2]):
            kept.append(parameter[0])
            last = parameter[0][-1]
    return "".join(kept) + path[at:]


def rewritten(path: str, search: str, site: Site, rules: LinkRules) -> tuple[str, str]:
    """The path and the query as the first rewrite that fits makes them, also of what is left without views."""
    for written in dict.fromkeys((path, path.rstrip("/"), without_views(path, rules))):
        for pattern, template in site.rewrites:
            filled = pattern.fill(written, template)
            if filled is not None:
                path, mark, query = filled.partition("?")
                return path, f"?{query}&{search[1:]}" if mark else search
    return path, search


def is_article(path: str) -> bool:
    """Whether a path looks like one article's."""
    return _ARTICLE.search(path) is not None


def may_have_parts(path: str) -> bool:
    """Whether a numbered parameter beside this path can number the parts of one page."""
    return _IN_PARTS.search(path) is not None


def without_values(path: str) -> str:
    """The path with the names of its sessions and tracking only: a value may be somebody's token."""
    return _SEGMENT_PARAMETER.sub(r";\1", path)
