"""From a message's texts to the records its links lead to. Has no effect; everything that answers links uses it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.core.links import LinkRules, keys_of, keys_of_url, match, read_keys, read_links
from bot.core.model import GuildId, GuildRules, Link, ListName, LookupKey, Match, TextPart, lists_read_in
from bot.core.why import trail
from bot.core.words import Words
from bot.ports import Catalog, Clock, ShortLinks


@dataclass(frozen=True, slots=True)
class Findings:
    """The links of a text and the records they lead to."""

    links: tuple[Link, ...] = ()
    matches: tuple[Match, ...] = ()

    def without_typed(self) -> "Findings":
        """Only what Discord itself makes a link of."""
        return Findings(
            tuple(link for link in self.links if not link.typed), tuple(m for m in self.matches if not m.link.typed)
        )

    def worth_showing(self) -> tuple[Link, ...]:
        """The links, without words that only look like an address and lead nowhere."""
        met = {m.link.key for m in self.matches}
        return tuple(link for link in self.links if not link.typed or link.key in met)


class LookUp:
    """Finds records by the links in texts."""

    def __init__(self, catalog: Catalog, short_links: ShortLinks, rules: LinkRules, words: Words, clock: Clock) -> None:
        self._catalog = catalog
        self._short_links = short_links
        self._rules = rules
        self._words = words
        self._clock = clock

    def keys(self, texts: Iterable[TextPart], *, typed: bool = True) -> tuple[LookupKey, ...]:
        """What the links would be looked up under: pure, nothing awaited, and quicker than the links themselves."""
        return read_keys(texts, self._rules, typed=typed)

    def short_keys(self, keys: Iterable[LookupKey]) -> list[LookupKey]:
        """The keys that are a shortener's."""
        return [key for key in keys if self._rules.is_short(key) and "/" in key]

    async def find(
        self, texts: Iterable[TextPart], lists: Sequence[ListName], targets: Mapping[LookupKey, LookupKey] | None = None
    ) -> Findings:
        """The records in these lists that the links of the texts lead to; one query. `targets`: of short links."""
        links = read_links(texts, self._rules)
        keys = keys_of(links)
        if not keys:
            return Findings(links)
        if targets:
            links = tuple(self._resolved(link, targets) for link in links)
            keys = keys_of(links)
        return Findings(links, match(links, await self._catalog.find(keys, lists)))

    async def in_guild(self, texts: Sequence[TextPart], guild_id: GuildId, rules: GuildRules) -> Findings:
        """The same in the lists that a guild reads, by its settings; of short links what was looked up before."""
        known = {}
        if rules.short_links and (short := self.short_keys(self.keys(texts, typed=rules.typed_links))):
            known = await self._short_links.known(short, self._clock())
        findings = await self.find(texts, lists_read_in(guild_id), known)
        return findings if rules.typed_links else findings.without_typed()

    async def is_any_recorded(self, keys: Sequence[LookupKey], lists: Sequence[ListName]) -> bool:
        """Whether anything at all is recorded under the keys: most messages end here."""
        return bool(keys) and bool(await self._catalog.find(keys, lists))

    def why(self, link: Link, findings: Findings) -> list[str]:
        """The way from the text to the record, in words."""
        return trail(link, findings.matches, self._rules, self._words)

    def _resolved(self, link: Link, targets: Mapping[LookupKey, LookupKey]) -> Link:
        target = next((targets[key] for key in link.keys if key in targets), None)
        if target is None:
            return link
        keys = dict.fromkeys([*link.keys, *keys_of_url(f"https://{target}", self._rules)])
        return replace(link, keys=tuple(keys), target=target)
