"""Moderators keep their guild's records: add, show, edit, remove. Reads the guild's list and the operator's."""

from collections.abc import Sequence

from bot.core.errors import Conflict, NotAllowed, NotFound
from bot.core.form import FlagForm, changed_publication, new_publication
from bot.core.links import keys_of, lookup_key, match, read_links
from bot.core.model import (
    Actor,
    Address,
    Found,
    GuildId,
    PublicationId,
    Record,
    Relation,
    TextPart,
    guild_list,
    lists_read_in,
)
from bot.core.records import Reading, fields
from bot.core.text import fold, shown
from bot.core.words import Words
from bot.ports import Catalog, Clock, Heading

CHOICES = 25
"""What an autocomplete of Discord's takes."""


class Desk:
    """The records of one guild at a time."""

    def __init__(self, catalog: Catalog, reading: Reading, words: Words, clock: Clock) -> None:
        self._catalog = catalog
        self._reading = reading
        self._words = words
        self._clock = clock

    def address(self, typed: str) -> Address:
        """The one link in what was typed; NotFound where there is none."""
        links = read_links([TextPart(Found.CONTENT, typed)], self._reading.links)
        url = links[0].text if links else typed.strip()
        if links and links[0].typed:
            url = f"https://{url.partition('://')[2]}"
        if lookup_key(url, self._reading.links) is None:
            raise NotFound(self._words("desk.no_link"))
        return fields.address(url, "Link", self._reading.links)

    def links_in(self, texts: Sequence[TextPart]) -> list[str]:
        """The web links in the texts of a message, each page once."""
        found: dict[str, str] = {}
        for link in read_links(texts, self._reading.links):
            url = f"https://{link.text.partition('://')[2]}" if link.typed else link.text
            if key := lookup_key(url, self._reading.links):
                found.setdefault(key, url)
        return list(found.values())

    async def new_address(self, guild_id: GuildId, typed: str) -> Address:
        """The link of a record to be; Conflict where the guild has one under it."""
        address = self.address(typed)
        if known := await self._catalog.find([address.key], [guild_list(guild_id)]):
            raise Conflict(self._words("desk.recorded_before", title=shown(known[0].publication.title)))
        return address

    async def add(
        self, guild_id: GuildId, actor: Actor, address: Address, form: FlagForm, relation: Relation | None
    ) -> Record:
        """A new record in the guild's list."""
        now = self._clock()
        publication = new_publication(address, form, relation, self._reading, now)
        return await self._catalog.add(guild_list(guild_id), publication, actor, now)

    async def edit(
        self, guild_id: GuildId, actor: Actor, record: Record, form: FlagForm, relation: Relation | None
    ) -> Record:
        """The record as the form says; Conflict where it changed since the form was opened."""
        self.must_be_own(guild_id, record)
        now = self._clock()
        publication = changed_publication(record.publication, form, relation, self._reading, now)
        return await self._catalog.change(record, publication, actor, now)

    async def remove(self, guild_id: GuildId, actor: Actor, record: Record) -> None:
        """The record goes from the guild's list."""
        self.must_be_own(guild_id, record)
        await self._catalog.remove(record, actor, self._clock())

    async def by_id(self, guild_id: GuildId, record_id: PublicationId) -> Record:
        """A record that this guild sees."""
        found = await self._catalog.get([record_id], lists_read_in(guild_id))
        if not found:
            raise NotFound(self._words("desk.no_record"))
        return found[0]

    async def find(self, guild_id: GuildId, typed: str) -> Record:
        """A record by what an autocomplete chose (its id), else by a link, else by its exact title."""
        lists = lists_read_in(guild_id)
        if typed.isascii() and typed.isdigit() and len(typed) < 20:
            found = await self._catalog.get([PublicationId(int(typed))], lists)
        else:
            headings = await self._catalog.search(typed, lists, CHOICES)
            named = [h.id for h in headings if fold(h.title) == fold(typed)]
            found = await self._catalog.get(named[:1], lists)
            links = [] if found else read_links([TextPart(Found.CONTENT, typed)], self._reading.links)
            if links:
                found = [m.record for m in match(links, await self._catalog.find(keys_of(links), lists))]
        if not found:
            raise NotFound(self._words("desk.no_record"))
        return found[0]

    async def find_own(self, guild_id: GuildId, typed: str) -> Record:
        """The same, where it is to be changed."""
        record = await self.find(guild_id, typed)
        self.must_be_own(guild_id, record)
        return record

    def must_be_own(self, guild_id: GuildId, record: Record) -> None:
        """NotAllowed where the record stands in the operator's list."""
        if record.list != guild_list(guild_id):
            raise NotAllowed(self._words("desk.not_own", title=shown(record.publication.title)))

    async def suggest(self, guild_id: GuildId, typed: str) -> list[Heading]:
        """Records to choose from while a title is typed."""
        return await self._catalog.search(typed[:100], lists_read_in(guild_id), CHOICES)
