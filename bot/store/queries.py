"""Named statements from sql/*.sql, and the one thing they need done to them: lists become placeholders."""

import re
from collections.abc import Collection, Iterator, Mapping
from importlib.resources import files

Value = str | int | None
Parameters = Mapping[str, Value | Collection[Value]]

MOST_IN_LIST = 500
"""Placeholders a statement may have from one list (contracts.md, The database)."""

_NAME = re.compile(r"^-- name: (\w+)$", re.MULTILINE)
_LIST = re.compile(r":(\w+)\.\.\.")
_PARAMETER = re.compile(r":\w+")


class Queries:
    """The statements by name."""

    def __init__(self, sql: Mapping[str, str]) -> None:
        self._sql = dict(sql)

    @classmethod
    def load(cls) -> "Queries":
        """From the files beside this module. A name that stands there twice is a bug: ValueError."""
        statements: dict[str, str] = {}
        for file in files("bot.store").joinpath("sql").iterdir():
            parts = _NAME.split(file.read_text("utf-8"))
            for name, sql in zip(parts[1::2], parts[2::2], strict=True):
                if name in statements:
                    raise ValueError(f"two statements are called {name}")
                statements[name] = sql.strip()
        return cls(statements)

    def names(self) -> frozenset[str]:
        """All names."""
        return frozenset(self._sql)

    def positional(self, name: str) -> str:
        """The statement for rows of values in the order in which it names them, each once; no lists among them."""
        return _PARAMETER.sub("?", self._sql[name])

    def render(self, name: str, parameters: Parameters) -> Iterator[tuple[str, dict[str, Value]]]:
        """The statement with its values; several where a list is longer than fits; none where a list is empty."""
        sql = self._sql[name]
        lists = _LIST.findall(sql)
        plain: dict[str, Value] = {k: v for k, v in parameters.items() if v is None or isinstance(v, str | int)}
        if not lists:
            yield sql, plain
            return
        *fixed, long = sorted(lists, key=lambda key: len(_values(parameters[key])))
        for key in fixed:
            sql, more = _expand(sql, key, _values(parameters[key]))
            plain |= more
        values = _values(parameters[long])
        for start in range(0, len(values), MOST_IN_LIST):
            expanded, more = _expand(sql, long, values[start : start + MOST_IN_LIST])
            yield expanded, plain | more


def _values(value: Value | Collection[Value]) -> list[Value]:
    if value is None or isinstance(value, str | int):
        raise TypeError("a list of values is needed here")
    return list(value)


def _expand(sql: str, key: str, values: list[Value]) -> tuple[str, dict[str, Value]]:
    named = {f"{key}_{i}": value for i, value in enumerate(values)}
    return sql.replace(f":{key}...", ", ".join(f":{name}" for name in named)), named
