"""Moderators keep the claims of a record: add, edit, set a status on dated evidence."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.core.errors import BadRecord, Conflict, NotFound, UserError
from bot.core.form import split_speakers
from bot.core.model import Actor, Claim, ClaimId, ClaimStatus, Evidence, GuildId, Record, Stance
from bot.core.records import Reading, fields
from bot.core.records.read import MOST_CLAIMS, MOST_EVIDENCE
from bot.core.text import fold
from bot.core.words import Words
from bot.ports import Catalog, Clock
from bot.services.desk import CHOICES, Desk


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """What a moderator typed; None leaves a part as it is."""

    text: str | None = None
    attribution: str | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A new status and what it rests on, as typed."""

    status: ClaimStatus
    address: str | None = None
    date: str | None = None
    stance: Stance | None = None


class Claims:
    """The claims of one guild's records."""

    def __init__(self, catalog: Catalog, desk: Desk, reading: Reading, words: Words, clock: Clock) -> None:
        self._catalog = catalog
        self._desk = desk
        self._reading = reading
        self._words = words
        self._clock = clock

    async def add(self, guild_id: GuildId, actor: Actor, typed_record: str, change: ClaimChange) -> Record:
        """One more claim, unverified."""
        record = await self._desk.find_own(guild_id, typed_record)
        claim = self._edited(Claim(""), change)
        claims = record.publication.claims
        if any(claim.text == other.text for other in claims):
            raise Conflict(self._words("claims.recorded_before"))
        if len(claims) >= MOST_CLAIMS:
            raise BadRecord("form.claims", "at_most", most=MOST_CLAIMS)
        return await self._save(record, (*claims, claim), actor)

    async def edit(
        self, guild_id: GuildId, actor: Actor, typed_record: str, typed_claim: str, change: ClaimChange
    ) -> Record:
        """Other words, speakers or quote; status and evidence stay."""
        return await self._replace(
            guild_id, actor, typed_record, typed_claim, lambda claim: self._edited(claim, change)
        )

    async def remove(self, guild_id: GuildId, actor: Actor, typed_record: str, typed_claim: str) -> Record:
        """The claim goes from the record."""
        return await self._replace(guild_id, actor, typed_record, typed_claim, lambda _: None)

    async def set_status(
        self, guild_id: GuildId, actor: Actor, typed_record: str, typed_claim: str, change: StatusChange
    ) -> Record:
        """Another status; anything but unverified needs evidence: an address, a date and a stance that fits."""
        evidence = self._evidence(change)
        if change.status is not ClaimStatus.UNVERIFIED and evidence is None:
            raise UserError(self._words("claims.needs_evidence"))

        def with_status(claim: Claim) -> Claim:
            listed = (*claim.evidence, evidence) if evidence and evidence not in claim.evidence else claim.evidence
            self._must_fit(change.status, listed)
            return replace(claim, status=change.status, evidence=listed)

        return await self._replace(guild_id, actor, typed_record, typed_claim, with_status)

    async def suggest(self, guild_id: GuildId, typed_record: str, typed: str) -> list[tuple[ClaimId, Claim]]:
        """Claims of the record to choose from while words are typed."""
        try:
            record = await self._desk.find(guild_id, typed_record)
        except NotFound:
            return []
        wanted = fold(typed)
        pairs = zip(record.claim_ids, record.publication.claims, strict=True)
        return [(i, claim) for i, claim in pairs if wanted in fold(claim.text)][:CHOICES]

    async def _replace(
        self,
        guild_id: GuildId,
        actor: Actor,
        typed_record: str,
        typed_claim: str,
        change: Callable[[Claim], Claim | None],
    ) -> Record:
        record = await self._desk.find_own(guild_id, typed_record)
        at = self._position(record, typed_claim)
        claims = list(record.publication.claims)
        changed = change(claims[at])
        if changed and changed.text != claims[at].text and any(changed.text == other.text for other in claims):
            raise Conflict(self._words("claims.recorded_before"))
        claims[at : at + 1] = [changed] if changed else []
        return await self._save(record, tuple(claims), actor)

    def _position(self, record: Record, typed: str) -> int:
        """Where the claim stands that an autocomplete chose (its id) or whose words were typed."""
        for at, (claim_id, claim) in enumerate(zip(record.claim_ids, record.publication.claims, strict=True)):
            if typed == str(claim_id) or fold(typed) == fold(claim.text):
                return at
        raise NotFound(self._words("claims.no_claim"))

    def _edited(self, claim: Claim, change: ClaimChange) -> Claim:
        text = claim.text if change.text is None else fields.needed_line(change.text, "text", fields.CLAIM)
        said = (
            claim.attribution
            if change.attribution is None
            else split_speakers(change.attribution, self._reading, "said by")
        )
        quote = (
            claim.quote if change.quote is None else fields.line(change.quote, "quote", fields.QUOTE, many_lines=True)
        )
        return replace(claim, text=text, attribution=said, quote=quote)

    def _evidence(self, change: StatusChange) -> Evidence | None:
        given = {"url": change.address, "date": change.date, "stance": change.stance}
        if not any(given.values()):
            return None
        if not all(given.values()):
            raise UserError(self._words("claims.needs_evidence"))
        return self._reading.evidence(given, "evidence")

    def _must_fit(self, status: ClaimStatus, evidence: tuple[Evidence, ...]) -> None:
        needed = {ClaimStatus.SUPPORTED: Stance.SUPPORTS, ClaimStatus.REFUTED: Stance.CONTRADICTS}.get(status)
        if needed and all(e.stance is not needed for e in evidence):
            raise UserError(
                self._words("claims.stance_differs", status=self._words(f"status_name.{status}"), stance=needed),
            )
        if len(evidence) > MOST_EVIDENCE:
            raise BadRecord("evidence", "at_most", most=MOST_EVIDENCE)

    async def _save(self, record: Record, claims: tuple[Claim, ...], actor: Actor) -> Record:
        now = self._clock()
        return await self._catalog.change(record, replace(record.publication, claims=claims, reviewed=now), actor, now)
