"""From a page to a record: its text is read, a draft is looked at, chosen from, edited and accepted by its maker.

Nothing is recorded before that. A draft keeps the statements that are chosen, not the page; the others are held in
memory only, for as long as somebody works at it.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.core.draft import Panel, key_of, panel_of
from bot.core.errors import BadRecord, Conflict, NotFound, UserError
from bot.core.form import FlagForm, changed_publication
from bot.core.intake import Candidate, Proposal, differences
from bot.core.links import lookup_key
from bot.core.model import (
    Actor,
    Claim,
    Draft,
    DraftId,
    GuildId,
    PageVersion,
    Publication,
    ReadFrom,
    Record,
    RecordVersion,
    UserId,
    guild_list,
)
from bot.core.note import Composer
from bot.core.records import Reading, read_record
from bot.core.text import cut, shown
from bot.core.words import Words
from bot.ports import Catalog, Clock, Drafts, GuildBook, Pages
from bot.services.desk import Desk
from bot.services.intake import Intake, claim_object

KEPT = timedelta(days=7)
"""How long a draft is kept after it was last changed."""
MOST_DRAFTS = 25
"""Of one person in one server: as many as Discord offers to choose from."""
LONGEST_PASTED = 4000
"""What a text field of a modal takes."""
_REMEMBERED = 500
_LONGEST_REMARK = 200

Reasons = dict[str, tuple[str, ...]]


class NoPages:
    """Reads no page: for a simulated Discord. Fulfils `ports.Pages`."""

    async def read(self, url: str) -> bytes:
        """See `ports.Pages`."""
        raise UserError(key="refused.fetch_failed")


class Flagging:
    """The drafts of one person in one server at a time."""

    def __init__(
        self,
        intake: Intake,
        drafts: Drafts,
        desk: Desk,
        catalog: Catalog,
        book: GuildBook,
        pages: Pages,
        reading: Reading,
        words: Words,
        clock: Clock,
    ) -> None:
        self._intake = intake
        self._drafts = drafts
        self._desk = desk
        self._catalog = catalog
        self._book = book
        self._pages = pages
        self._reading = reading
        self._words = words
        self._clock = clock
        self._candidates: OrderedDict[DraftId, tuple[tuple[Claim, ...], Reasons]] = OrderedDict()

    async def may_fetch(self, guild_id: GuildId) -> bool:
        """Whether the server lets the bot read pages from the web."""
        return (await self._book.rules(guild_id)).page_fetching

    async def fetch(self, guild_id: GuildId, url: str) -> bytes:
        """A page from the web; UserError where the server does not allow it, or it cannot be read."""
        if not await self.may_fetch(guild_id):
            raise UserError(key="refused.fetch_off")
        return await self._pages.read(url)

    async def begin(
        self, guild_id: GuildId, actor: Actor, link: str, data: bytes, read_from: ReadFrom, remarks: Sequence[str] = ()
    ) -> Panel:
        """A draft of a record for a link, from its page's text or HTML."""
        address = await self._desk.new_address(guild_id, link)
        proposal = await self._intake.propose(data)
        now = self._clock()
        central = [candidate for candidate in proposal.claims if candidate.is_central]
        record, left_out = self._intake.record(proposal, address.url, central)
        publication = read_record(record, self._reading)
        said = [*remarks, *self._intake.remarks(proposal), *left_out]
        if proposal.canonical and lookup_key(proposal.canonical, self._reading.links) != address.key:
            said.append(self._words("intake.canonical", url=proposal.canonical))
        draft = self._draft(guild_id, actor, replace(publication, recorded=now), proposal, read_from, said)
        return await self._opened(draft, proposal.claims)

    async def reread(
        self, guild_id: GuildId, actor: Actor, record: Record, data: bytes, read_from: ReadFrom
    ) -> Panel | None:
        """A review of a record beside its page as it reads now; None where the page's text is the one it came from."""
        self._desk.must_be_own(guild_id, record)
        proposal = await self._intake.propose(data)
        page = await self._drafts.page_of(record.id)
        if page and page.digest == proposal.digest:
            return None
        found = await asyncio.to_thread(list, differences(record.publication, proposal))
        said = [self._words(key, **values) for key, values in found]
        draft = self._draft(
            guild_id, actor, record.publication, proposal, read_from, said or [self._words("reread.nothing")]
        )
        version = RecordVersion(record.id, record.version)
        return await self._opened(replace(draft, record=version), proposal.claims)

    async def panel(self, guild_id: GuildId, actor: Actor, draft_id: DraftId, page: int = 0) -> Panel:
        """A draft as it stands."""
        return await self._panel(await self.find(guild_id, actor, draft_id), page)

    async def choose(
        self, guild_id: GuildId, actor: Actor, draft_id: DraftId, page: int, mark: str, chosen: Collection[str]
    ) -> Panel:
        """Of the statements on a page of the panel these, and no others. Where the panel shows others by now than its
        maker saw (`mark`), it is only shown anew.
        """
        draft = await self.find(guild_id, actor, draft_id)
        before = await self._panel(draft, page)
        if before.mark != mark:
            return before
        offered = {entry.key for entry in before.entries}
        there = {key_of(claim) for claim in draft.publication.claims}
        taken = there - offered | (offered & set(chosen))
        claims, _ = self._candidates_of(draft)
        place = {key_of(claim): i for i, claim in enumerate(claims)}
        # What was chosen before stays as it is, status and evidence included; what is new comes from the page.
        kept = [claim for claim in draft.publication.claims if key_of(claim) in taken]
        new = [claim for claim in claims if key_of(claim) in taken - there]
        ordered = sorted([*kept, *new], key=lambda claim: place[key_of(claim)])
        return await self._changed(draft, replace(draft.publication, claims=tuple(ordered)), page)

    async def edit(self, guild_id: GuildId, actor: Actor, before: Draft, form: FlagForm) -> Panel:
        """The draft as a form says that was opened on it; Conflict where it was changed since."""
        draft = await self.find(guild_id, actor, before.id)
        if draft.revision != before.revision:
            raise Conflict(self._words("draft.changed"))
        reviewed = draft.publication.reviewed
        publication = changed_publication(draft.publication, form, None, self._reading, self._clock())
        return await self._changed(draft, replace(publication, reviewed=reviewed), 0)

    async def accept(self, guild_id: GuildId, actor: Actor, draft_id: DraftId) -> Record:
        """The draft becomes a record, or the next version of the one it reviews. UserError without a label, Conflict
        where the link has a record by now or the record was changed.
        """
        draft = await self.find(guild_id, actor, draft_id)
        if not draft.publication.labels:
            raise UserError(self._words("draft.no_label"))
        now = self._clock()
        publication = replace(draft.publication, reviewed=now)
        if draft.record is None:
            record = await self._catalog.add(guild_list(guild_id), publication, actor, now, draft.page)
        else:
            before = await self._desk.by_id(guild_id, draft.record.id)
            self._desk.must_be_own(guild_id, before)
            if before.version != draft.record.version:
                raise Conflict(self._words("draft.overtaken"))
            record = await self._catalog.change(before, publication, actor, now, draft.page)
        await self._end(draft_id)
        return record

    async def discard(self, guild_id: GuildId, actor: Actor, draft_id: DraftId) -> None:
        """The draft goes."""
        await self.find(guild_id, actor, draft_id)
        await self._end(draft_id)

    async def mine(self, guild_id: GuildId, actor: Actor) -> list[Draft]:
        """One's own drafts, the newest first."""
        return await self._drafts.of(guild_id, _maker(actor), self._oldest(), MOST_DRAFTS)

    async def find(self, guild_id: GuildId, actor: Actor, draft_id: DraftId) -> Draft:
        """One's own draft; NotFound where it was accepted, discarded or is too old."""
        draft = await self._drafts.get(draft_id, guild_id, _maker(actor), self._oldest())
        if draft is None:
            raise NotFound(self._words("draft.gone"))
        return draft

    async def page_of(self, record: Record) -> PageVersion | None:
        """From which version of its page a record came."""
        return await self._drafts.page_of(record.id)

    async def forget(self) -> None:
        """Drafts that nobody changed for long go, and what is held in memory beside them sooner."""
        await self._drafts.forget(self._oldest())
        self._candidates.clear()

    async def forget_guild(self, guild_id: GuildId) -> None:
        """The bot left a server: its drafts go."""
        await self._drafts.forget_guild(guild_id)

    def _draft(
        self, guild_id: GuildId, actor: Actor, publication: Publication, proposal: Proposal, read_from: ReadFrom,
        remarks: Sequence[str],
    ) -> Draft:  # fmt: skip
        now = self._clock()
        page = PageVersion(proposal.digest, read_from, now)
        told = tuple(shown(cut(remark, _LONGEST_REMARK)) for remark in remarks)
        return Draft(self._drafts.new_id(now), guild_id, _maker(actor), publication, page, told)

    async def _opened(self, draft: Draft, candidates: Sequence[Candidate]) -> Panel:
        claims: dict[str, Claim] = {}
        reasons: Reasons = {}
        for candidate in candidates:
            try:
                claim = self._reading.claim(claim_object(candidate), "claims")
            except BadRecord:  # it could not be recorded, so it is not offered
                continue
            claims.setdefault(key_of(claim), claim)
            reasons.setdefault(claim.text, candidate.judged.reasons_for)
        own = {key_of(claim): claim for claim in draft.publication.claims}
        if draft.record is None:
            draft = replace(draft, publication=replace(draft.publication, claims=tuple(own.values())))
        self._remember(draft.id, tuple(claims.values()), reasons)
        now = self._clock()
        draft = replace(draft, reasons=self._kept_reasons(draft), revision=1, changed_at=now)
        await self._drafts.add(draft, now, MOST_DRAFTS)
        return await self._panel(draft, 0)

    async def _changed(self, draft: Draft, publication: Publication, page: int) -> Panel:
        now = self._clock()
        draft = replace(draft, publication=publication)
        draft = replace(draft, reasons=self._kept_reasons(draft), changed_at=now)
        if not await self._drafts.change(draft, now):
            raise Conflict(self._words("draft.changed"))
        return await self._panel(replace(draft, revision=draft.revision + 1), page)

    def _kept_reasons(self, draft: Draft) -> Reasons:
        _, reasons = self._candidates_of(draft)
        return {claim.text: reasons[claim.text] for claim in draft.publication.claims if claim.text in reasons}

    async def _panel(self, draft: Draft, page: int) -> Panel:
        claims, reasons = self._candidates_of(draft)
        composer = Composer.for_guild(self._words, await self._book.rules(draft.guild_id))
        return panel_of(draft, claims, reasons, page, composer, (draft.changed_at or self._clock()) + KEPT)

    def _candidates_of(self, draft: Draft) -> tuple[tuple[Claim, ...], Reasons]:
        """All statements to choose from: those that were found, as they were edited, then others that were typed."""
        found, reasons = self._candidates.get(draft.id, ((), {}))
        own = draft.publication.claims
        edited = {claim.text: claim for claim in own if claim not in found}
        claims = [claim if claim in own else edited.get(claim.text, claim) for claim in found]
        unique = tuple({key_of(claim): claim for claim in (*claims, *own)}.values())
        reasons = {**draft.reasons, **reasons}
        self._remember(draft.id, unique, reasons)
        return unique, reasons

    def _remember(self, draft_id: DraftId, claims: tuple[Claim, ...], reasons: Reasons) -> None:
        self._candidates[draft_id] = claims, reasons
        self._candidates.move_to_end(draft_id)
        while len(self._candidates) > _REMEMBERED:
            self._candidates.popitem(last=False)

    async def _end(self, draft_id: DraftId) -> None:
        await self._drafts.drop(draft_id)
        self._candidates.pop(draft_id, None)

    def _oldest(self) -> datetime:
        return self._clock() - KEPT


def joined(first: str, second: str) -> tuple[bytes, bool]:
    """A text that was pasted into two fields, and whether its end may be missing because both are full."""
    are_full = min(len(first), len(second)) >= LONGEST_PASTED
    # A text that runs on from a full field is cut anywhere, also within a word.
    between = "" if len(first) >= LONGEST_PASTED else "\n"
    return f"{first}{between}{second}".encode("utf-8", "replace"), are_full


def _maker(actor: Actor) -> UserId:
    return actor.user_id or UserId(0)
