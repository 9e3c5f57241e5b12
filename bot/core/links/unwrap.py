"""One wrapper off: the address that a redirector, archive, cache, reader or share link carries. Goes by data alone."""

import re
from collections.abc import Iterator
from urllib.parse import unquote_plus

import can_ada

from bot.core.links.decode import DECODERS, OR_PLAIN, address_inside, is_escaped, plain_target
from bot.core.links.rules import HostRules, Wrapper
from bot.core.links.scan import scan

_ESCAPED_MARK = re.compile("%3F", re.IGNORECASE)
PATH_TARGET, HOST_TARGET = "path", "host"


def unwrap(parsed: can_ada.URL, host: HostRules) -> tuple[str, Wrapper] | None:
    """The carried address and the rule that found it; None where no rule of the host finds any."""
    path = parsed.pathname
    for wrapper in host.by_path.get(path.rstrip("/"), ()):
        for target in wrapper.targets:
            for text in _values(parsed, target):
                if url := _address(text, wrapper, target):
                    return url, wrapper
    for wrapper in host.elsewhere:
        for target in wrapper.targets:
            for text in _carried(parsed, path, wrapper, target):
                if url := _address(text, wrapper, target):
                    return url, wrapper
    return None


def _carried(parsed: can_ada.URL, path: str, wrapper: Wrapper, target: str) -> Iterator[str]:
    """The texts in which the target may stand, as they are written there, where the path is one that wraps."""
    if target == PATH_TARGET:
        for pattern in wrapper.patterns:
            rest = pattern.rest(path)
            if rest and not rest.endswith("*"):  # an archive's list of what begins so
                # Escaped as a whole, it has its own query inside; the outer one is the wrapper's.
                yield rest if is_escaped(rest) else _marked(rest + parsed.search + parsed.hash)
    elif any(pattern.is_whole(path) for pattern in wrapper.patterns):
        yield from _in_host(parsed, wrapper) if target == HOST_TARGET else _values(parsed, target)


def _values(parsed: can_ada.URL, target: str) -> list[str]:
    """The values of a parameter in the query or the fragment, or the whole of it."""
    piece = parsed.search if target[0] == "?" else parsed.hash
    wanted = target[1:].removesuffix(">")
    if not wanted:
        return [piece[1:]]
    begin, values = f"{wanted}=", []
    for parameter in piece[1:].split("&") if begin in piece else ():
        if parameter.startswith(begin) and (value := parameter[len(begin) :]):
            to_end = target[-1] == ">" and _is_bare(value)
            values.append(value + piece.partition(parameter)[2] if to_end else value)
    return values


def _is_bare(value: str) -> bool:
    """Whether an address stands there unescaped, with a query of its own that only the end of the whole one ends."""
    return "://" in value and "?" in value


def _in_host(parsed: can_ada.URL, wrapper: Wrapper) -> Iterator[str]:
    """`a-b.wrapper.example/x` carries the site a.b: what stands before the wrapper's own name, with path and query."""
    for pattern in wrapper.hosts:
        if pattern.startswith("*.") and parsed.hostname.endswith(pattern[1:]):
            label = parsed.hostname.removesuffix(pattern[1:])
            yield _named(label, parsed.search) + "\n" + parsed.pathname + parsed.search + parsed.hash


def _named(label: str, search: str) -> str:
    """translate.goog writes `0-` or `1-` before a name that it changed, and leaves `xn--` off where it says 0."""
    if search.find("_x_tr_enc=") >= 0 and label[:2] in {"0-", "1-"}:
        return ("xn----" if label[0] == "0" else "") + label[2:]
    return label


def _marked(rest: str) -> str:
    """Some archives and viewers escape the mark before the carried address's query, and nothing else of it."""
    return rest if "?" in rest else _ESCAPED_MARK.sub("?", rest, count=1)


def _address(text: str, wrapper: Wrapper, target: str) -> str:
    if target == HOST_TARGET:
        label, _, rest = text.partition("\n")
        return plain_target(_decoded(label, wrapper) + rest, escaped=False)
    if wrapper.prose:
        found = scan(unquote_plus(text))
        return found[0].url if found else ""
    escaped = target != PATH_TARGET and len(target) > 1
    if wrapper.encoding and wrapper.encoding not in OR_PLAIN:
        return plain_target(_decoded(text, wrapper), escaped=False)
    if (plain := plain_target(text, escaped=escaped)) or not wrapper.encoding:
        return plain
    decoded = _decoded(text.partition("?")[0] if target == PATH_TARGET else text, wrapper)
    return plain_target(decoded, escaped=False) or address_inside(decoded)


def _decoded(text: str, wrapper: Wrapper) -> str:
    if wrapper.prefix:
        if not text.startswith(wrapper.prefix):
            return ""
        text = text.removeprefix(wrapper.prefix)
    return DECODERS[wrapper.encoding](text) if wrapper.encoding else text
