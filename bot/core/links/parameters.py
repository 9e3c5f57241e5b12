"""Sets of query parameters, as links.toml lists them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

_SWITCH = frozenset({"", "0", "1", "true", "false", "yes", "no", "on", "off", "y", "n"})
_NAMES_REMEMBERED = 1024

Names = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Parameters:
    """Names of query parameters in lower case; one that ends in `*` is a prefix, `name=value` takes that value only,
    `name=#` any number.
    """

    names: frozenset[str] = frozenset()
    prefixes: Names = ()
    values: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Name → the values with which it counts, `#` for any number."""
    _has_name: Callable[[str], bool] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names, prefixes = self.names, self.prefixes
        known = lru_cache(_NAMES_REMEMBERED)(lambda name: name in names or name.startswith(prefixes))
        object.__setattr__(self, "_has_name", known)

    @classmethod
    def of(cls, listed: Iterable[str]) -> "Parameters":
        """As links.toml writes them."""
        names, prefixes, values = set[str](), set[str](), dict[str, set[str]]()
        for low in map(str.lower, listed):
            name, equals, value = low.partition("=")
            if equals:
                values.setdefault(name, set()).add(value)
            elif name.endswith("*"):
                prefixes.add(name[:-1])
            else:
                names.add(name)
        return cls(frozenset(names), tuple(sorted(prefixes)), {name: frozenset(of) for name, of in values.items()})

    @classmethod
    def flags(cls, names: Iterable[str]) -> "Parameters":
        """Names that count only with the values of a switch, or with none."""
        return cls(values={name: _SWITCH | {name} for name in map(str.lower, names)})

    def have(self, name: str, value: str) -> bool:
        """Whether a parameter (its name in lower case) is among them."""
        if self._has_name(name):
            return True
        wanted = self.values.get(name)
        return wanted is not None and (value.lower() in wanted or ("#" in wanted and value.isdecimal()))

    def __or__(self, other: "Parameters") -> "Parameters":
        """Both together."""
        both = {name: self.values.get(name, frozenset()) | other.values.get(name, frozenset())
                for name in {*self.values, *other.values}}  # fmt: skip
        return Parameters(self.names | other.names, self.prefixes + other.prefixes, both)
