"""The labels that may be recorded and how they are worded: labels.toml as values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.core.text import fold


@dataclass(frozen=True, slots=True)
class LabelKind:
    """One entry of labels.toml. The first phrase is the one recorded when a moderator picks the label."""

    key: str
    name: str
    phrases: tuple[str, ...]
    wording: str = ""
    tone: str = "neutral"
    help: str | None = None


class LabelBook:
    """All labels by key, in the file's order; finds one by key or by a verbatim phrase."""

    def __init__(self, kinds: Mapping[str, LabelKind]) -> None:
        self._kinds = dict(kinds)
        self._by_phrase = {fold(phrase): kind for kind in kinds.values() for phrase in kind.phrases}

    def __iter__(self) -> Iterator[LabelKind]:
        return iter(self._kinds.values())

    def __len__(self) -> int:
        return len(self._kinds)

    def get(self, key: str) -> LabelKind | None:
        """The label under a key."""
        return self._kinds.get(key)

    def find(self, key_or_phrase: str) -> LabelKind | None:
        """By key, else by a phrase; case and spacing aside."""
        return self._kinds.get(fold(key_or_phrase)) or self._by_phrase.get(fold(key_or_phrase))
