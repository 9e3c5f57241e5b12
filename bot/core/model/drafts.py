"""Proposals of records that a person works at, and from which version of a page a record came."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.core.model.ids import DraftId, GuildId, UserId
from bot.core.model.records import Publication, RecordVersion


class ReadFrom(StrEnum):
    """Where a page's text came from."""

    FILE = "file"
    TEXT = "text"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class PageVersion:
    """Which text of a page was read, when. No copy of it is kept."""

    digest: str
    """SHA-256 of the text in UTF-8, in hexadecimal."""
    read_from: ReadFrom
    read_at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """A record to be, or to be changed, with the claims that are chosen so far. Its maker's alone."""

    id: DraftId
    guild_id: GuildId
    made_by: UserId
    publication: Publication
    page: PageVersion
    remarks: tuple[str, ...] = ()
    """What the person should know about the page, in words."""
    reasons: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Why a statement was proposed, by its words."""
    record: RecordVersion | None = None
    """The record that the page was read again for; None for a new one."""
    revision: int = 0
    """How often it was saved; 0: not yet."""
    changed_at: datetime | None = None
