"""labels.toml and the locales as core's values, the operator's own laid over the shipped ones."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from bot.core import text
from bot.core.errors import BadText, SettingsError
from bot.core.labels import LabelBook, LabelKind
from bot.core.records import fields
from bot.core.words import Words
from bot.settings.load import line_of
from bot.settings.shipped import shipped, shipped_names

T = TypeVar("T")
_STRICT = ConfigDict(extra="forbid", frozen=True)


class _LabelPatch(BaseModel):
    """A label as an operator's file may write it: any part; `remove` takes the label out."""

    model_config = _STRICT
    name: Annotated[str, Field(min_length=1, max_length=80)] | None = None
    phrases: Annotated[tuple[Annotated[str, Field(min_length=1, max_length=120)], ...], Field(min_length=1)] | None = (
        None
    )
    wording: Annotated[str, Field(max_length=300)] | None = None
    tone: Literal["neutral", "caution"] | None = None
    help: Annotated[str, Field(pattern="^https?://")] | None = None
    remove: Literal[True] | None = None


_KEY = Annotated[str, Field(pattern="^[a-z][a-z0-9_]{0,31}$")]
_LABELS: TypeAdapter[dict[str, _LabelPatch]] = TypeAdapter(dict[_KEY, _LabelPatch])


def load_labels(folder: Path) -> LabelBook:
    """The labels in force: shipped, then the file in `folder` laid over them."""
    labels: dict[str, dict[str, Any]] = {}
    for path in files_of(folder, "labels.toml"):
        for key, patch in read_toml(path, _LABELS).items():
            if patch.remove:
                labels.pop(key, None)
            else:
                labels[key] = labels.get(key, {}) | patch.model_dump(exclude_none=True)
                _must_be_whole(key, labels[key], path)
    if not labels:
        raise SettingsError(f"{folder / 'labels.toml'} removes every label; at least one is needed.")
    return LabelBook({key: _kind(key, label) for key, label in labels.items()})


def _must_be_whole(key: str, label: dict[str, Any], path: Path) -> None:
    if not {"name", "phrases"} <= label.keys():
        raise SettingsError(f"{path}, line {line_of(path, (key,))}: the new label {key} needs a name and phrases.")
    for phrase in label["phrases"]:
        try:
            text.accept(phrase, "phrases", fields.PHRASE)
        except BadText as bad:
            where = f"{path}, line {line_of(path, (key, 'phrases'))}"
            raise SettingsError(f"{where}: {key}.{bad.told(load_words('en'))}") from bad


def _kind(key: str, label: dict[str, Any]) -> LabelKind:
    return LabelKind(key, **{**label, "phrases": tuple(label["phrases"])})


def load_words(language: str) -> Words:
    """The bot's words in a language."""
    if language not in shipped_names("locales", ".toml"):
        known = ", ".join(shipped_names("locales", ".toml"))
        raise SettingsError(f"locale.language: there are no words in {language}; there are: {known}.")
    path = shipped("locales", f"{language}.toml")
    return Words(_parsed(path, text_of(path)))


def files_of(folder: Path, name: str) -> list[Path]:
    """The shipped file, then the operator's own where there is one."""
    own = folder / name
    return [shipped(name), own] if own.is_file() else [shipped(name)]


def read_toml(path: Path, kind: TypeAdapter[T]) -> T:
    """The file as a value; a mistake is a sentence with file and line."""
    return as_toml(path, text_of(path), kind)


def text_of(path: Path) -> str:
    """What is written in a file."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}.") from error


def as_toml(path: Path, written: str, kind: TypeAdapter[T]) -> T:
    """What is written in a file as a value; a mistake is a sentence with file and line."""
    try:
        return kind.validate_python(_parsed(path, written))
    except ValidationError as error:
        mistake = error.errors(include_input=False)[0]
        keys = [str(part) for part in mistake["loc"]]
        line = line_of(path, [key for key in keys if not key.isdigit() and key != "[key]"])
        raise SettingsError(f"{path}, line {line}: {'.'.join(keys)}: {mistake['msg']}.") from None


def _parsed(path: Path, written: str) -> Mapping[str, Any]:
    try:
        return _table(written)
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(f"{path} cannot be read: {error}.") from error


@lru_cache(16)
def _table(written: str) -> Mapping[str, Any]:
    """Made once of each text: nobody changes it, and a large file takes a tenth of a second."""
    return tomllib.loads(written)
