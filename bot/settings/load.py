"""Reads the layers of settings and lays them over each other. A mistake is one sentence: key, place, how to mend it."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dotenv.parser import parse_stream
from platformdirs import user_config_path
from pydantic import SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import DotEnvSettingsSource, EnvSettingsSource

from bot.core.errors import SettingsError
from bot.settings.model import SECRETS, Settings
from bot.settings.shipped import shipped

_PREFIX = "SIDENOTE_"
_FILE = "sidenote.toml"
Tree = dict[str, Any]
_TABLE = re.compile(r"\s*\[([^\[\]]+)\]")
_KEY = re.compile(r"\s*[\"']?([\w.-]+)[\"']?\s*=")


@dataclass(frozen=True, slots=True)
class Loaded:
    """The settings, and the folder in which the operator's own labels.toml and links.toml are looked for."""

    settings: Settings
    folder: Path


@dataclass(frozen=True, slots=True)
class _Layer:
    place: str
    tree: Tree
    environment: bool = False
    is_file: bool = False


def load_settings(cwd: Path, *, config: Path | None = None, overrides: Tree | None = None) -> Loaded:
    """The settings in force; SettingsError with one sentence where they cannot be."""
    environment = EnvSettingsSource(Settings, env_ignore_empty=True)
    chosen = _settings_file(cwd, config)
    layers = [
        _Layer("the command line", overrides or {}),
        _Layer("the environment", _from_environment(environment, "the environment"), environment=True),
        _Layer(".env", _from_environment(_dotenv(cwd / ".env"), ".env"), environment=True),
        *([_Layer(str(chosen), _toml(chosen), is_file=True)] if chosen else []),
        _Layer("default.toml", _toml(shipped("default.toml"))),
    ]
    tree: Tree = {}
    for layer in layers:
        _lay_under(tree, layer.tree)
    settings = _validated(tree, layers)
    if settings.token is None and settings.token_file:
        settings = settings.model_copy(update={"token": _token_from(settings.token_file, cwd)})
    return Loaded(settings, chosen.parent if chosen else user_config_path("sidenote"))


def _settings_file(cwd: Path, config: Path | None) -> Path | None:
    if config:
        if not config.is_file():
            raise SettingsError(f"There is no settings file at {config} (--config).")
        return config
    return next((path for path in (cwd / _FILE, user_config_path("sidenote") / _FILE) if path.is_file()), None)


def _from_environment(source: EnvSettingsSource, place: str) -> Tree:
    for name, value in source.env_vars.items():
        if value and name.startswith(_PREFIX.lower()) and not _known(name.removeprefix(_PREFIX.lower()).split("__")):
            raise SettingsError(
                f"{name.upper()} in {place} is no setting of Sidenote; config/default.toml names them all."
            )
    return source()


def _dotenv(path: Path) -> EnvSettingsSource:
    try:
        if path.is_file():
            with path.open(encoding="utf-8") as lines:
                for binding in parse_stream(lines):
                    if binding.error:
                        raise SettingsError(f"{path}, line {binding.original.line}: this line cannot be read.")
        return DotEnvSettingsSource(Settings, env_file=path, env_ignore_empty=True)
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {_why(error)}.") from error


def _known(path: list[str]) -> bool:
    field = Settings.model_fields.get(path[0])
    if field is None:
        return False
    if path[0] in SECRETS:
        return len(path) == 1
    section = field.annotation
    return len(path) == 2 and path[1] in getattr(section, "model_fields", {})


def _toml(path: Path) -> Tree:
    try:
        tree = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {_why(error)}.") from error
    for key in _unknown_keys(tree):
        line = line_of(path, key.split("."))
        if key in SECRETS:
            raise SettingsError(
                f"{path}, line {line}: {key} does not belong into a file; set SIDENOTE_{key.upper()} instead."
            )
        raise SettingsError(f"{path}, line {line}: {key} is no setting of Sidenote.")
    return tree


def _unknown_keys(tree: Tree) -> Iterator[str]:
    for section, entries in tree.items():
        if section in SECRETS or section not in Settings.model_fields:
            yield section
        elif isinstance(entries, dict):
            yield from (f"{section}.{key}" for key in entries if not _known([section, key]))


def line_of(path: Path, keys: Sequence[str]) -> int:
    """The line, from 1, on which the table or key `keys` of a TOML file stands; 1 where it is hard to tell."""
    table: list[str] = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if header := _TABLE.match(line):
            table = [part.strip(" \"'") for part in header[1].split(".")]
            if table == list(keys):
                return number
        elif (key := _KEY.match(line)) and [*table, *key[1].split(".")] == list(keys):
            return number
    return line_of(path, keys[:-1]) if keys else 1


def _lay_under(tree: Tree, lower: Tree) -> None:
    for key, value in lower.items():
        if isinstance(value, dict) and isinstance(tree.get(key), dict):
            _lay_under(tree[key], value)
        elif key not in tree:
            tree[key] = dict(value) if isinstance(value, dict) else value


def _validated(tree: Tree, layers: list[_Layer]) -> Settings:
    try:
        return Settings.model_validate(tree)
    except ValidationError as error:
        # Never the input: a value may be a secret that landed in the wrong place.
        raise SettingsError(_sentence(error.errors(include_input=False, include_context=False)[0], layers)) from None


def _sentence(mistake: ErrorDetails, layers: list[_Layer]) -> str:
    path = [str(part) for part in mistake["loc"]]
    layer = next((x for x in layers if _has(x.tree, path)), layers[-1])
    place = f"{layer.place}, line {line_of(Path(layer.place), path)}," if layer.is_file else layer.place
    name = f"{_PREFIX}{'__'.join(path).upper()}" if layer.environment else ".".join(path)
    return f"{name} in {place} cannot be used: {mistake['msg'].replace('Input', 'it')}."


def _has(tree: Any, path: list[str]) -> bool:
    for part in path:
        if not isinstance(tree, dict) or part not in tree:
            return False
        tree = tree[part]
    return True


def _token_from(path: Path, cwd: Path) -> SecretStr:
    try:
        token = (cwd / path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"The token file {path} (SIDENOTE_TOKEN_FILE) cannot be read: {_why(error)}.") from error
    if not token:
        raise SettingsError(f"The token file {path} (SIDENOTE_TOKEN_FILE) is empty.")
    return SecretStr(token)


def _why(error: Exception) -> str:
    return str(getattr(error, "strerror", None) or error).rstrip(".")
