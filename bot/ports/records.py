"""Records and what is known of them: the catalogue, addresses, keys, short links, the past."""

from collections.abc import AsyncGenerator, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.history import RecordEvent
from bot.core.model import (
    Actor,
    Draft,
    DraftId,
    FoundAddress,
    FoundKind,
    GuildId,
    ListName,
    LookupKey,
    PageVersion,
    Publication,
    PublicationId,
    Rearrangement,
    Record,
    UserId,
)


@dataclass(frozen=True, slots=True)
class Heading:
    """Just enough of a record to choose it from a list."""

    id: PublicationId
    title: str
    list: ListName


class Catalog(Protocol):
    """The records of all lists. `lists` bounds what is seen: records of other lists do not exist for the caller."""

    async def find(self, keys: Collection[LookupKey], lists: Sequence[ListName]) -> list[Record]:
        """The records under any of these keys, those of earlier lists first; one snapshot."""

    async def get(self, ids: Collection[PublicationId], lists: Sequence[ListName]) -> list[Record]:
        """The records with these ids, in the order of the ids; unknown ones are left out."""

    async def search(self, typed: str, lists: Sequence[ListName], limit: int) -> list[Heading]:
        """Records whose title contains what was typed (case and accents aside), those that begin with it first. In a
        list of more than a few thousand what was typed must begin the title or one of its words.
        """

    def all(self, name: ListName) -> AsyncGenerator[Record, None]:
        """Every record of a list by its first lookup key; one snapshot."""

    async def count(self, name: ListName) -> int:
        """How many records a list has."""

    async def add(
        self, name: ListName, publication: Publication, actor: Actor, at: datetime, page: PageVersion | None = None
    ) -> Record:
        """A new record, read from this version of its page if there is one. Conflict where the list has one under any
        of the keys; the sentence names it.
        """

    async def change(
        self, record: Record, publication: Publication, actor: Actor, at: datetime, page: PageVersion | None = None
    ) -> Record:
        """The record with new contents and the next version. Conflict where it changed since `record` was read."""

    async def remove(self, record: Record, actor: Actor, at: datetime) -> None:
        """The record goes; the audit keeps what it said. Conflict as in `change`."""


class AddressBook(Protocol):
    """Addresses of records beyond their contents: found ones, and changes that move them between records."""

    async def propose(self, record: Record, url: str, key: LookupKey, kind: FoundKind, by: str, at: datetime) -> bool:
        """A found address waits for a moderator. False where the record has it, or it was proposed before."""

    async def found(self, record_id: PublicationId) -> list[FoundAddress]:
        """The found addresses of a record that wait, the oldest first."""

    async def dismiss(self, found: FoundAddress, actor: Actor, at: datetime) -> None:
        """A moderator turned it down: it is not proposed again."""

    async def rearrange(self, change: Rearrangement, actor: Actor, at: datetime) -> int:
        """Several records change together, or none does; the number under which it is taken back.

        Conflict where one is not as it was read, or an address belongs to a third record.
        """

    async def undo(self, change_id: int, names: Collection[ListName], actor: Actor, at: datetime) -> list[Record]:
        """Takes a rearrangement back; the records as they stand then. Conflict where one changed since, NotFound
        where these lists know no such change, or it was taken back before.
        """


class Keys(Protocol):
    """The keys of records, which are made anew when the link rules change."""

    async def meetings(self) -> list[tuple[Record, Record, LookupKey]]:
        """Pairs of records of one list that would be one by the rules in force: the first is still found under its old
        key, the second has the key. All other keys are made anew first.
        """


class RecordHistory(Protocol):
    """The past of records, without who made it."""

    async def of(self, record_id: PublicationId, most: int) -> list[RecordEvent]:
        """The newest changes of a record, the newest first."""


class Drafts(Protocol):
    """What persons work at, each for themselves, and from which version of its page a record came."""

    def new_id(self, at: datetime) -> DraftId:
        """The id of a new one."""

    async def add(self, draft: Draft, at: datetime, most: int) -> None:
        """A new one; beyond `most` of one maker in one guild the oldest go."""

    async def change(self, draft: Draft, at: datetime) -> bool:
        """One that changed; False where it was changed or went since it was read (`revision`)."""

    async def get(self, draft_id: DraftId, guild_id: GuildId, made_by: UserId, oldest: datetime) -> Draft | None:
        """One's own, if it was changed since `oldest`."""

    async def of(self, guild_id: GuildId, made_by: UserId, oldest: datetime, most: int) -> list[Draft]:
        """All one's own in a guild, the newest first."""

    async def drop(self, draft_id: DraftId) -> None:
        """It goes."""

    async def forget_guild(self, guild_id: GuildId) -> None:
        """All of a guild's go."""

    async def forget(self, oldest: datetime) -> None:
        """All that were not changed since go."""

    async def page_of(self, record_id: PublicationId) -> PageVersion | None:
        """From which version of its page a record came; None where it was filled in by hand."""

    async def note_page(self, record_id: PublicationId, page: PageVersion) -> None:
        """The same, for a record that is there."""
