"""The words the bot says, looked up by key. What they are stands in config/locales; this only fills them in."""

from collections.abc import Iterator, Mapping

Tree = Mapping[str, "str | Tree"]


class Words:
    """One language's words. Texts are templates with named fields; a plural is a table with `one` and `other`."""

    def __init__(self, tree: Tree) -> None:
        self._flat = dict(_flatten(tree))

    def __call__(self, key: str, /, **values: object) -> str:
        """The text under a dotted key, filled in. A missing key is a bug: KeyError."""
        return self._flat[key].format(**values)

    def count(self, key: str, number: int, /, **values: object) -> str:
        """The singular or plural text for a number, with `{n}` filled in."""
        return self(f"{key}.{'one' if number == 1 else 'other'}", n=number, **values)

    def keys(self) -> frozenset[str]:
        """Every dotted key there is."""
        return frozenset(self._flat)

    def under(self, prefix: str) -> dict[str, str]:
        """The texts whose keys begin with `prefix.`, by the rest of the key."""
        start = prefix + "."
        return {key.removeprefix(start): text for key, text in self._flat.items() if key.startswith(start)}


def _flatten(tree: Tree, prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in tree.items():
        if isinstance(value, str):
            yield prefix + key, value
        else:
            yield from _flatten(value, f"{prefix}{key}.")
