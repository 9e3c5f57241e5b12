"""Records: publications with addresses, labels, source, works, claims with evidence; who changed them."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.core.model.ids import ClaimId, ListName, LookupKey, PartialDate, PublicationId, UserId


class Relation(StrEnum):
    """What a publication is to its source (DataCite relation types, schema.org isBasedOn)."""

    SUMMARY_OF = "summary_of"
    EVALUATION_OF = "evaluation_of"
    COMMENT_ON = "comment_on"


class ClaimStatus(StrEnum):
    """How a claim stands. Anything but unverified rests on dated evidence."""

    UNVERIFIED = "unverified"
    SUPPORTED = "supported"
    DISPUTED = "disputed"
    REFUTED = "refuted"


class Stance(StrEnum):
    """What a piece of evidence does to a claim."""

    SUPPORTS = "supports"
    CONTRADICTS = "contradicts"


class AddressKind(StrEnum):
    """How an address counts. Only registered ones lead to a record; found ones wait (`FoundAddress`)."""

    REGISTERED = "registered"


class FoundKind(StrEnum):
    """How a found address came to be taken for the record's."""

    CANONICAL = "canonical"
    REDIRECT = "redirect"
    COPY = "copy"


@dataclass(frozen=True, slots=True)
class Address:
    """One address of a publication, as it was written, and the key under which it is found."""

    url: str
    key: LookupKey
    kind: AddressKind = AddressKind.REGISTERED
    claimed_by: str | None = field(default=None, compare=False)
    """Who or what said so, where it was not whoever made the record. Not part of the contents, never exported."""


@dataclass(frozen=True, slots=True)
class Label:
    """A short named judgement that a publication carries, with its verbatim phrase (atproto labels)."""

    key: str
    phrase: str
    set: PartialDate | None = None
    until: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class SourcePublication:
    """What a summary is about."""

    name: str | None = None
    title: str | None = None
    url: str | None = None
    published: PartialDate | None = None
    relation: Relation | None = None


@dataclass(frozen=True, slots=True)
class Work:
    """Another publication that the page refers to."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """An address, the date it was looked at, and what it does to the claim."""

    url: str
    date: PartialDate
    stance: Stance


@dataclass(frozen=True, slots=True)
class Verdict:
    """Another publisher's own words about a claim; shown beside our status, never in its place."""

    by: str
    words: str
    url: str | None = None
    date: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One checkable statement. `attribution` names who is said to say it, innermost speaker first."""

    text: str
    quote: str | None = None
    attribution: tuple[str, ...] = ()
    status: ClaimStatus = ClaimStatus.UNVERIFIED
    evidence: tuple[Evidence, ...] = ()
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Publication:
    """What is recorded about one page. Times are aware and in UTC, to the second."""

    addresses: tuple[Address, ...]
    title: str
    language: str | None = None
    labels: tuple[Label, ...] = ()
    source: SourcePublication | None = None
    works: tuple[Work, ...] = ()
    claims: tuple[Claim, ...] = ()
    recorded: datetime | None = None
    reviewed: datetime | None = None
    valid_from: datetime | None = None
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """A publication as a list keeps it. `claim_ids` runs beside `publication.claims`; version counts from 1."""

    id: PublicationId
    list: ListName
    version: int
    publication: Publication
    claim_ids: tuple[ClaimId, ...] = ()
    changed: datetime | None = None
    """When this version was made; None for one of an older program."""

    @property
    def address(self) -> str:
        """The first registered address, as it was written."""
        return self.publication.addresses[0].url


@dataclass(frozen=True, slots=True)
class RecordVersion:
    """Which state of which record a note spoke of."""

    id: PublicationId
    version: int


@dataclass(frozen=True, slots=True)
class FoundAddress:
    """An address that something took for the record's. It leads nowhere until a moderator accepts it."""

    id: int
    record_id: PublicationId
    url: str
    key: LookupKey
    kind: FoundKind
    claimed_by: str
    found_at: datetime


@dataclass(frozen=True, slots=True)
class Rearrangement:
    """A change of several records of one list at once: contents that change, records that go, records that come."""

    action: str
    changed: tuple[tuple[Record, Publication], ...] = ()
    removed: tuple[Record, ...] = ()
    added: tuple[tuple[ListName, Publication], ...] = ()


class ActorKind(StrEnum):
    """Who changed something."""

    MODERATOR = "moderator"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it; for the audit only, never shown in public, never exported."""

    kind: ActorKind
    user_id: UserId | None = None


OPERATOR = Actor(ActorKind.OPERATOR)
