"""links.toml as core's value, the operator's own laid over the shipped one: a row of the same name is replaced."""

import json
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, model_validator

from bot.core.errors import SettingsError
from bot.core.links import DECODERS, LinkRules, Parameters, PathPattern, Site, Views, Wrapper
from bot.settings.data import as_toml, files_of, text_of
from bot.settings.load import line_of

R = TypeVar("R", bound="_Row")
_SECTIONS = ("tracking", "documents", "views", "hosting", "wrappers", "sites", "shorteners")


def _known_encoding(name: str) -> str:
    if name and name not in DECODERS:
        raise ValueError(f"the encoding must be one of: {', '.join(DECODERS)}")
    return name


_HOST = Annotated[
    str, Field(pattern=r"^(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*(\.\{tld\}|\.[a-z0-9-]+)$"), Field(max_length=253)
]
_LABEL = Annotated[str, Field(pattern=r"^[a-z0-9-]+$")]
_PARAMETER = Annotated[str, Field(pattern=r"^[^*&=#\s]+(\*|=#|=[^*&=#\s]+)?$")]
_NAME = Annotated[str, Field(pattern=r"^[^*&=#\s]+$")]
_PATH = Annotated[str, Field(pattern=r"^(\*\*|/\S*)$", max_length=200)]
_SEGMENT = Annotated[str, Field(pattern=r"^[^/\s]+$")]
_TARGET = Annotated[str, Field(pattern=r"^(path|host|[?#][^&=#?>]*>?)$")]


class _Row(BaseModel):
    """A row of an operator's file may also say that the shipped row of its name goes."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    remove: Literal[True] | None = None


class _Tracking(_Row):
    parameters: tuple[_PARAMETER, ...] = ()
    beside: tuple[_NAME, ...] = ()


class _Documents(_Row):
    names: tuple[_SEGMENT, ...] = ()


class _Views(_Row):
    hosts: tuple[_LABEL, ...] = ()
    first: tuple[_SEGMENT, ...] = ()
    last: tuple[_SEGMENT, ...] = ()
    sure: bool = False
    endings: dict[_SEGMENT, str] = {}
    flags: tuple[_NAME, ...] = ()
    parameters: tuple[_PARAMETER, ...] = ()
    loose_parameters: tuple[_PARAMETER, ...] = ()
    loose_numbered: tuple[_SEGMENT, ...] = ()


class _Hosts(_Row):
    hosts: tuple[_HOST, ...] = ()


class _Wrapper(_Row):
    hosts: tuple[_HOST, ...] = ()
    targets: tuple[_TARGET, ...] = ()
    paths: tuple[_PATH, ...] = ("**",)
    encoding: Annotated[str, AfterValidator(_known_encoding)] = ""
    prefix: str = ""
    prose: bool = False

    @model_validator(mode="after")
    def _whole(self) -> "_Wrapper":
        if not self.remove and not (self.hosts and self.targets):
            raise ValueError("a wrapper needs hosts and targets")
        if self.remove is None and "path" in self.targets and "**" in self.paths:
            raise ValueError("with the target in the path, paths must say what stands before it")
        return self


class _Rewrite(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    path: _PATH
    to: Annotated[str, Field(pattern=r"^/\S*$")]

    @model_validator(mode="after")
    def _fits(self) -> "_Rewrite":
        if not PathPattern(self.path).fits(self.to):
            raise ValueError("the new path has more stars than the old one has stars and numbers")
        return self


class _Site(_Row):
    hosts: tuple[_HOST, ...] = ()
    same_as: _HOST | None = None
    on: tuple[_PATH, ...] = ()
    only: tuple[_PARAMETER, ...] | None = None
    keep: tuple[_PARAMETER, ...] = ()
    drop: tuple[_PARAMETER, ...] = ()
    rewrites: tuple[_Rewrite, ...] = ()

    @model_validator(mode="after")
    def _whole(self) -> "_Site":
        if not self.remove and not self.hosts:
            raise ValueError("a site needs hosts")
        return self


class _Links(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    tracking: dict[str, _Tracking] = {}
    documents: dict[str, _Documents] = {}
    views: dict[str, _Views] = {}
    hosting: dict[str, _Hosts] = {}
    wrappers: dict[str, _Wrapper] = {}
    sites: dict[str, _Site] = {}
    shorteners: dict[str, _Hosts] = {}


_LINKS: TypeAdapter[_Links] = TypeAdapter(_Links)


def load_links(folder: Path) -> LinkRules:
    """The link rules in force: shipped, then the file in `folder` laid over them."""
    return _made_of(tuple((path, text_of(path)) for path in files_of(folder, "links.toml")))


@lru_cache(4)
def _made_of(files: tuple[tuple[Path, str], ...]) -> LinkRules:
    """Made once of the same files, so that what remembers the keys of addresses knows the rules again at a glance."""
    rows: dict[str, dict[str, Any]] = {section: {} for section in _SECTIONS}
    origins: dict[tuple[str, str], str] = {}
    for number, (path, written) in enumerate(files):
        read = as_toml(path, written, _LINKS)
        for section, table in rows.items():
            for name, row in getattr(read, section).items():
                if row.remove and name not in table:
                    where = f"{path}, line {line_of(path, (section, name))}"
                    raise SettingsError(f"{where}: there is no row {section}.{name} to remove.")
                table.pop(name, None)
                if not row.remove:
                    table[name] = row
                    origins[section, name] = f"{'own ' if number else ''}{path.name}"
    return _rules(_Links(**rows), origins)


def _rules(links: _Links, origins: dict[tuple[str, str], str]) -> LinkRules:
    views = links.views.values()

    def of_views(pick: Callable[[_Views], Iterable[str]]) -> frozenset[str]:
        return frozenset(_joined(views, pick))

    return LinkRules(
        tracking=Parameters.of(_joined(links.tracking.values(), lambda row: row.parameters)),
        tracking_beside=frozenset(map(str.lower, _joined(links.tracking.values(), lambda row: row.beside))),
        documents=frozenset(_joined(links.documents.values(), lambda row: row.names)),
        views=Views(
            hosts=of_views(lambda row: row.hosts),
            first=of_views(lambda row: row.first),
            last=of_views(lambda row: row.last),
            sure=of_views(lambda row: (*row.first, *row.last, *row.loose_numbered) if row.sure else ()),
            endings={ending: instead for row in views for ending, instead in row.endings.items()},
            parameters=Parameters.of(_joined(views, lambda row: row.parameters))
            | Parameters.flags(_joined(views, lambda row: row.flags)),
            loose_parameters=Parameters.of(_joined(views, lambda row: row.loose_parameters)),
            loose_numbered=of_views(lambda row: row.loose_numbered),
        ),
        wrappers=tuple(_wrapper(name, row, origins["wrappers", name]) for name, row in links.wrappers.items()),
        sites=tuple(_site(name, row) for name, row in links.sites.items()),
        hosting=frozenset(_joined(links.hosting.values(), lambda row: row.hosts)),
        shorteners=tuple(_joined(links.shorteners.values(), lambda row: row.hosts)),
        fingerprint=_fingerprint(links),
    )


def _joined(rows: Iterable[R], pick: Callable[[R], Iterable[str]]) -> list[str]:
    return [value for row in rows for value in pick(row)]


def _wrapper(name: str, row: _Wrapper, origin: str) -> Wrapper:
    return Wrapper(name, row.hosts, row.targets, row.paths, row.encoding, row.prefix, row.prose, origin)


def _site(name: str, row: _Site) -> Site:
    return Site(
        name,
        row.hosts,
        row.same_as or "",
        tuple(map(PathPattern, row.on)),
        None if row.only is None else Parameters.of(row.only),
        Parameters.of(row.keep),
        Parameters.of(row.drop),
        tuple((PathPattern(rewrite.path), rewrite.to) for rewrite in row.rewrites),
    )


def _fingerprint(links: _Links) -> str:
    """Everything that makes keys, in its order, which can decide; shorteners make none."""
    return json.dumps(links.model_dump(exclude={"shorteners"}, exclude_defaults=True))
