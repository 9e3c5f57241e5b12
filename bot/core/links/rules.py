"""What is noise in an address: links.toml as a value. Knows no file."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256

_CODE_VERSION = 1
"""Counts changes of normalize() itself; the data's changes are in the fingerprint."""


@dataclass(frozen=True, slots=True)
class LinkRules:
    """Tracking parameters: exact names, and prefixes. Names are compared in lower case."""

    tracking: frozenset[str] = frozenset()
    tracking_prefixes: tuple[str, ...] = ()
    version: str = field(init=False, compare=False, default="")

    def __post_init__(self) -> None:
        data = "\n".join([*sorted(self.tracking), "*", *sorted(self.tracking_prefixes)])
        digest = sha256(data.encode("utf-8", "surrogatepass")).hexdigest()[:12]
        object.__setattr__(self, "version", f"{_CODE_VERSION}-{digest}")

    @classmethod
    def from_parameters(cls, parameters: Iterable[str]) -> "LinkRules":
        """From names as links.toml writes them: a name that ends in `*` is a prefix."""
        names = {name.lower() for name in parameters}
        prefixes = {name[:-1] for name in names if name.endswith("*")}
        return cls(frozenset(n for n in names if not n.endswith("*")), tuple(sorted(prefixes)))

    def is_tracking(self, name: str) -> bool:
        """Whether a query parameter says where a reader came from, not what is read."""
        name = name.lower()
        return name in self.tracking or name.startswith(self.tracking_prefixes)
