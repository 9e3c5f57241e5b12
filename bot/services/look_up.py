"""From a message's texts to the records its links lead to. Has no effect; everything that answers links uses it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.links import LinkRules, keys_of, match, read_links
from bot.core.model import ChatMessage, Link, ListName, Match, TextPart, lists_read_in
from bot.core.why import trail
from bot.core.words import Words
from bot.ports import Catalog


@dataclass(frozen=True, slots=True)
class Findings:
    """The links of a text and the records they lead to."""

    links: tuple[Link, ...] = ()
    matches: tuple[Match, ...] = ()


class LookUp:
    """Finds records by the links in texts."""

    def __init__(self, catalog: Catalog, rules: LinkRules, words: Words) -> None:
        self._catalog = catalog
        self._rules = rules
        self._words = words

    def links(self, texts: Iterable[TextPart]) -> tuple[Link, ...]:
        """Only the links: pure, nothing awaited."""
        return read_links(texts, self._rules)

    async def find(self, links: Sequence[Link], lists: Sequence[ListName]) -> Findings:
        """The records in these lists; one query for all links."""
        keys = keys_of(links)
        records = await self._catalog.find(keys, lists) if keys else []
        return Findings(tuple(links), match(links, records))

    async def of_message(self, message: ChatMessage) -> Findings:
        """What a message's links lead to in the lists that its guild reads."""
        return await self.find(self.links(message.texts), lists_read_in(message.guild_id))

    def why(self, link: Link, findings: Findings) -> list[str]:
        """The way from the text to the record, in words."""
        return trail(link, findings.matches, self._rules, self._words)
