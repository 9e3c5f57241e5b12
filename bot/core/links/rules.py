"""What links.toml says, as values: what is noise, which hosts wrap others, which views show one page. Knows no file."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

from bot.core.links.parameters import Names, Parameters
from bot.core.links.patterns import HostIndex, PathPattern

_CODE_VERSION = 2
"""Counts changes of how keys are made; the data's changes are in the fingerprint."""
_COUNTRY = 2
_SECOND_LEVELS = frozenset(
    {"ac", "co", "com", "edu", "gob", "gov", "go", "gouv", "mil", "ne", "net", "nom", "or", "org"}
)
"""Before a country's two letters: under `co.uk` the next label is a site of its own, not a view of one."""
_LANGUAGE, _MOBILE = 2, "m"
"""Letters of a language's label, and the view's label that some sites put behind it."""
_HOSTS_REMEMBERED = 4096

_NAME = re.compile(r"(?:(?!xn--)[a-z0-9-]+\.)+(?!xn--)[a-z]+")
"""A name that the URL standard leaves as it is: no punycode to check, no number that would be an IPv4 address."""


@dataclass(frozen=True, slots=True)
class Wrapper:
    """Addresses that carry another one. See links.toml for what each part may say."""

    name: str
    hosts: Names
    targets: Names
    paths: Names = ("",)
    encoding: str = ""
    prefix: str = ""
    prose: bool = False
    origin: str = ""
    patterns: tuple[PathPattern, ...] = field(init=False, repr=False, compare=False, default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "patterns", tuple(PathPattern(path) for path in self.paths))


@dataclass(frozen=True, slots=True)
class Views:
    """Other dresses of one page. `first`, `last`: segments of a path; `endings`: of its last segment, and what stands
    there without the view; `loose` ones are passed over only where the record's own address does not have them.
    """

    hosts: frozenset[str] = frozenset()
    first: frozenset[str] = frozenset()
    last: frozenset[str] = frozenset()
    sure: frozenset[str] = frozenset()
    """Those of them that hardly mean anything else."""
    endings: Mapping[str, str] = field(default_factory=dict)
    parameters: Parameters = field(default_factory=Parameters)
    loose_parameters: Parameters = field(default_factory=Parameters)
    loose_numbered: frozenset[str] = frozenset()
    """Words that a number follows at the end of a path: `page` for `/page/2`, `comment-page-` for `/comment-page-2`."""
    ending: Names = field(init=False, repr=False, compare=False, default=())

    def __post_init__(self) -> None:
        object.__setattr__(self, "ending", tuple(self.endings))


@dataclass(frozen=True, slots=True)
class Site:
    """What is different on some hosts."""

    name: str
    hosts: Names
    same_as: str = ""
    on: tuple[PathPattern, ...] = ()
    """The paths on which its parameters count otherwise; none: all."""
    only: Parameters | None = None
    keep: Parameters = field(default_factory=Parameters)
    drop: Parameters = field(default_factory=Parameters)
    rewrites: tuple[tuple[PathPattern, str], ...] = ()

    def is_on(self, path: str) -> bool:
        """Whether its parameters count otherwise on a path."""
        return not self.on or any(pattern.is_whole(path) for pattern in self.on)


@dataclass(frozen=True, slots=True)
class HostRules:
    """Everything the rules know of one host. `name` is empty where it is no host of the web."""

    name: str
    wrappers: tuple[Wrapper, ...] = ()
    by_path: Mapping[str, tuple[Wrapper, ...]] = field(default_factory=dict, repr=False)
    """The wrappers that wrap under one path to the letter, by it; `elsewhere` those that do not."""
    elsewhere: tuple[Wrapper, ...] = ()
    site: Site | None = None
    is_shortener: bool = False
    dropped: str = ""
    """The labels that named a view (`m`, `amp`)."""
    is_simple: bool = False
    """A plain name that no wrapper or site has rules for: its paths can be folded without a parser."""


@dataclass(frozen=True, slots=True)
class LinkRules:
    """All rules of all files. The fingerprint covers everything in them that makes keys."""

    tracking: Parameters = field(default_factory=Parameters)
    tracking_beside: frozenset[str] = frozenset()
    """Names that are tracking only beside other tracking; alone they can say which page it is."""
    documents: frozenset[str] = frozenset()
    views: Views = field(default_factory=Views)
    wrappers: tuple[Wrapper, ...] = ()
    sites: tuple[Site, ...] = ()
    hosting: frozenset[str] = frozenset()
    shorteners: Names = ()
    view_words: frozenset[str] = field(init=False, repr=False, compare=False)
    """Segments that can name a view."""
    noise: Parameters = field(init=False, repr=False, compare=False)
    """Parameters that say nothing about the page: tracking and views."""
    fingerprint: str = ""
    version: str = field(init=False, compare=False, default="")
    _wrappers: HostIndex[Wrapper] = field(init=False, repr=False, compare=False)
    _sites: HostIndex[Site] = field(init=False, repr=False, compare=False)
    _shorteners: HostIndex[str] = field(init=False, repr=False, compare=False)
    of_host: Callable[[str], HostRules] = field(init=False, repr=False, compare=False)
    """What the rules know of a host as the URL parser gave it. Remembers the last few thousand."""

    def __post_init__(self) -> None:
        digest = sha256(self.fingerprint.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        object.__setattr__(self, "view_words", self.views.first | self.views.last)
        object.__setattr__(self, "noise", self.tracking | self.views.parameters)
        object.__setattr__(self, "version", f"{_CODE_VERSION}-{digest}")
        object.__setattr__(self, "_wrappers", HostIndex((host, row) for row in self.wrappers for host in row.hosts))
        object.__setattr__(self, "_sites", HostIndex((host, row) for row in self.sites for host in row.hosts))
        object.__setattr__(self, "_shorteners", HostIndex((host, host) for host in self.shorteners))
        object.__setattr__(self, "of_host", lru_cache(_HOSTS_REMEMBERED)(self._host))

    def __hash__(self) -> int:
        return hash(self.version)

    @classmethod
    def from_parameters(cls, parameters: Iterable[str]) -> "LinkRules":
        """Rules that know tracking parameters only."""
        names = sorted(parameters)
        return cls(tracking=Parameters.of(names), fingerprint="\n".join(names).lower())

    def is_short(self, key: str) -> bool:
        """Whether a key is a shortener's."""
        return self.of_host(key.partition("/")[0]).is_shortener

    def _host(self, hostname: str) -> HostRules:
        name = _bare(hostname)
        if not name:
            return HostRules("")
        folded, dropped = self._without_view(name)
        site = next(iter(self._sites.find(name) or self._sites.find(folded)), None)
        wrappers = self._wrappers.find(name) or self._wrappers.find(folded)
        return HostRules(
            _same(site, name, folded) if site and site.same_as else folded,
            wrappers,
            *_by_path(wrappers),
            site,
            bool(self._shorteners.find(name)),
            dropped,
            not wrappers and site is None and _NAME.fullmatch(hostname) is not None,
        )

    def _without_view(self, name: str) -> tuple[str, str]:
        dropped: list[str] = []
        while True:
            label, _, rest = name.partition(".")
            inner, _, below = rest.partition(".")
            if label in self.views.hosts and self._is_site(rest):
                dropped.append(label)
                name = rest
            elif inner == _MOBILE and len(label) == _LANGUAGE and self._is_site(below):
                dropped.append(inner)  # en.m.wiki.example
                name = f"{label}.{below}"
            else:
                return name, ".".join(dropped)

    def _is_site(self, host: str) -> bool:
        """Whether a host can be one publisher's site: not an ending, nor a place where everybody has a subdomain."""
        first, dot, last = host.rpartition(".")
        is_ending = len(last) == _COUNTRY and first in _SECOND_LEVELS
        return bool(dot) and not is_ending and host not in self.hosting


def _by_path(wrappers: tuple[Wrapper, ...]) -> tuple[Mapping[str, tuple[Wrapper, ...]], tuple[Wrapper, ...]]:
    exact: dict[str, list[Wrapper]] = {}
    elsewhere = []
    for wrapper in wrappers:
        literals = [pattern.literal for pattern in wrapper.patterns]
        if "path" in wrapper.targets or None in literals:
            elsewhere.append(wrapper)
        else:
            for literal in literals:
                exact.setdefault((literal or "").rstrip("/"), []).append(wrapper)
    return {path: tuple(rows) for path, rows in exact.items()}, tuple(elsewhere)


def _bare(host: str) -> str:
    """The host without a trailing dot and `www.`; empty where it is no host that the web knows."""
    if host.endswith("."):
        host = host[:-1]
        if host.endswith(".") or host.rpartition(".")[2].isdigit():
            return ""  # two dots name nothing; a number without its dot would be read as an IPv4 address
    bare = host.removeprefix("www.")
    return bare if "." in bare else host  # www.com is a site of its own


def _same(site: Site, name: str, folded: str) -> str:
    """The host that a site's hosts count as; `*.x` keeps what stands before the site's own name."""
    if not site.same_as.startswith("*."):
        return site.same_as
    for pattern in site.hosts:
        for host in (name, folded):
            if pattern.startswith("*.") and host.endswith(pattern[1:]):
                return host.removesuffix(pattern[2:]) + site.same_as[2:]
    return folded
