"""verdicts.toml as core's value, the operator's own laid over the shipped one word by word."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from bot.core.errors import SettingsError
from bot.core.markup import Verdicts, compared
from bot.core.model import ClaimStatus
from bot.core.records import fields
from bot.settings.data import files_of, read_toml
from bot.settings.load import line_of

_NAME = Annotated[str, Field(pattern="^[a-z][a-z0-9_-]{0,31}$")]
_WORDS = tuple[Annotated[str, Field(min_length=1, max_length=fields.TITLE)], ...]


class _Table(BaseModel):
    """One file; the names of its lists are for its readers."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    remove: _WORDS = ()
    supported: dict[_NAME, _WORDS] = {}
    disputed: dict[_NAME, _WORDS] = {}
    refuted: dict[_NAME, _WORDS] = {}


_TABLE = TypeAdapter(_Table)
_STATUSES = (ClaimStatus.SUPPORTED, ClaimStatus.DISPUTED, ClaimStatus.REFUTED)


def load_verdicts(folder: Path) -> Verdicts:
    """The verdicts in force: shipped, then the file in `folder` laid over them."""
    known: dict[str, ClaimStatus] = {}
    for path in files_of(folder, "verdicts.toml"):
        table = read_toml(path, _TABLE)
        own = _statuses(table, path)
        for word in table.remove:
            form = _form(word, path, ["remove"])
            if form in own:
                raise SettingsError(f"{_at(path, ['remove'])}: “{word}” is removed here and {own[form]} below.")
            known.pop(form, None)
        known |= own
    return Verdicts(known)


def _statuses(table: _Table, path: Path) -> dict[str, ClaimStatus]:
    found: dict[str, ClaimStatus] = {}
    for status in _STATUSES:
        lists: dict[str, _WORDS] = getattr(table, status)
        for name, words in lists.items():
            for word in words:
                form = _form(word, path, [status, name])
                if found.setdefault(form, status) is not status:
                    where = _at(path, [status, name])
                    raise SettingsError(f"{where}: “{word}” cannot be both {found[form]} and {status}.")
    return found


def _form(word: str, path: Path, keys: list[str]) -> str:
    form = compared(word)
    if not form:
        raise SettingsError(
            f"{_at(path, keys)}: “{word}” is never found: it is a question, struck out or has no letters."
        )
    return form


def _at(path: Path, keys: list[str]) -> str:
    return f"{path}, line {line_of(path, keys)}"
