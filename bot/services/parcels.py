"""Records of one guild in and out of Discord: a file is looked at, then brought in, then taken back, each on a word."""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Sequence
from contextlib import aclosing
from dataclasses import dataclass

from bot.core.errors import Conflict, NotFound, UserError
from bot.core.model import Actor, BatchId, GuildId, LineKind, NoteLine, Record, guild_list
from bot.core.pages import fitted
from bot.core.text import cut, shown
from bot.core.words import Words
from bot.services.transfer import FateKind, Format, Outcome, Source, Transfer, Writer

MOST_BYTES = 8_000_000
_WAITING, _WAITING_OF_A_GUILD = 10, 2
"""Files that are kept in memory until somebody says yes; the oldest goes first."""
_STEPS_BEFORE = 2_000
"""What is left of earlier imports is cleared before a file is looked at, up to so many steps of 200 records."""
_STEPS_AT_ONCE = 20
_NAMED = 4
"""Records, and refusals, that are named one by one."""
_TITLE, _REFUSAL = 80, 250


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file would bring, and whether there is anything to say yes to: all of it, or what is good in it."""

    lines: list[NoteLine]
    token: str
    can_import: bool
    can_import_good: bool


@dataclass(frozen=True, slots=True)
class Brought:
    """What a file brought; `batch` where there is something to take back."""

    lines: list[NoteLine]
    batch: BatchId | None


@dataclass(frozen=True, slots=True)
class Sent:
    """A list as a file."""

    name: str
    data: bytes
    lines: list[NoteLine]


class Parcels:
    """One job at a time, so that memory and the database stay free for notes."""

    def __init__(self, transfer: Transfer, words: Words) -> None:
        self._transfer = transfer
        self._words = words
        self._waiting: OrderedDict[str, tuple[GuildId, Source]] = OrderedDict()
        self._turn = asyncio.Lock()

    def must_fit(self, size: int) -> None:
        """UserError for a file that is too large for Discord's side."""
        if size > MOST_BYTES:
            limit = f"{MOST_BYTES / 1_000_000:.0f}"
            raise UserError(key="bulk.too_large", size=f"{size / 1_000_000:.1f}", limit=limit)

    async def look(self, guild_id: GuildId, name: str, data: bytes, written_as: Format | None) -> Looked:
        """What a file would bring to the guild's list. Nothing is changed."""
        self.must_fit(len(data))
        source = Source.of(name, data, written_as)
        async with self._turn:
            await self._clear(_STEPS_BEFORE)
            outcome = await self._transfer.rehearse(source, guild_list(guild_id))
        token = self._keep(guild_id, source)
        heading = NoteLine(LineKind.TITLE, self._words("bulk.looked", name=shown(cut(name, _TITLE))))
        brings = bool(outcome.added or outcome.changed)
        lines = [heading, *self._told(outcome)]
        if not brings:
            lines.append(NoteLine(LineKind.LABEL, self._words("bulk.nothing")))
        return Looked(
            fitted(lines, self._words),
            token,
            can_import=brings and not outcome.refused_count,
            can_import_good=brings and bool(outcome.refused_count),
        )

    def _keep(self, guild_id: GuildId, source: Source) -> str:
        of_guild = [token for token, (whose, _) in self._waiting.items() if whose == guild_id]
        oldest = of_guild[: 1 - _WAITING_OF_A_GUILD] if len(of_guild) >= _WAITING_OF_A_GUILD else []
        for token in oldest or list(self._waiting)[: max(0, len(self._waiting) - _WAITING + 1)]:
            del self._waiting[token]
        token = secrets.token_hex(8)
        self._waiting[token] = guild_id, source
        return token

    async def bring_in(self, guild_id: GuildId, token: str, actor: Actor, *, keep_going: bool) -> Brought:
        """Imports a file that was looked at. NotFound where it is not at hand any more."""
        whose, source = self._waiting.get(token, (None, None))
        if source is None or whose != guild_id:
            raise NotFound(key="bulk.gone")
        async with self._turn:
            if self._waiting.pop(token, None) is None:  # pressed twice
                raise NotFound(key="bulk.gone")
            await self._clear(_STEPS_BEFORE)
            outcome = await self._transfer.bring_in(source, guild_list(guild_id), actor, keep_going=keep_going)
        key = "bulk.done" if outcome.is_done else "bulk.refused"
        heading = NoteLine(LineKind.TITLE, self._words(key, name=shown(cut(source.name, _TITLE))))
        lines = [heading, *self._told(outcome)]
        lines += [NoteLine(LineKind.LABEL, self._words("bulk.missed", reason=x)) for x in outcome.missed[:_NAMED]]
        if not outcome.is_settled:
            lines.append(NoteLine(LineKind.LABEL, self._words("bulk.unsettled")))
        return Brought(fitted(lines, self._words), outcome.batch)

    async def undo(self, guild_id: GuildId, batch_id: BatchId, actor: Actor, *, keep_changes: bool) -> list[NoteLine]:
        """Takes an import of this guild's back. Conflict, with the records named, where some were changed since and are
        not to be kept.
        """
        names = [guild_list(guild_id)]
        async with self._turn:
            await self._clear(_STEPS_BEFORE)  # what another undo still has to take back is no change of anybody's
        changed = await self._transfer.changed_since(batch_id, names)
        if changed and not keep_changes:
            raise ChangedSince(self._words("bulk.changed_since", n=len(changed), titles=_titles(changed)))
        await self._transfer.undo(batch_id, names, actor, keep_changes=keep_changes)
        key = "bulk.undone_but" if changed else "bulk.undone"
        return [NoteLine(LineKind.LABEL, self._words(key, n=len(changed)))]

    async def send(self, guild_id: GuildId, format_: Format, keeper: str, limit: int) -> Sent:
        """The guild's list as a file of at most so many bytes; UserError where it is larger."""
        writer, data = Writer(format_, keeper), bytearray()
        async with self._turn, aclosing(self._transfer.take_out(guild_list(guild_id), writer)) as texts:
            async for text in texts:
                data += text.encode("utf-8")
                if len(data) > limit:
                    raise UserError(key="bulk.export_too_large", limit=f"{limit / 1_000_000:.0f}")
        told = [self._words.count("bulk.exported", writer.count, format=format_)]
        if writer.lost:
            told.append(self._words("bulk.lost", fields=", ".join(sorted(writer.lost))))
        return Sent(f"records.{format_}", bytes(data), [NoteLine(LineKind.LABEL, text) for text in told])

    async def clear(self) -> None:
        """Some steps of what is left of imports that were interrupted or taken back."""
        await self._clear(_STEPS_AT_ONCE)

    async def _clear(self, steps: int) -> None:
        for _ in range(steps):
            if not await self._transfer.settle_step():
                return

    def _told(self, outcome: Outcome) -> list[NoteLine]:
        counts = {kind.value: n for kind, n in outcome.counts.items()}
        told = self._words("bulk.counts", **counts, refused=outcome.refused_count)
        lines = [NoteLine(LineKind.LABEL, told)]
        for kind in (FateKind.ADDED, FateKind.CHANGED):
            for fate in outcome.fates[kind][:_NAMED]:
                title = shown(cut(fate.into or fate.title, _TITLE))
                lines.append(NoteLine(LineKind.CLAIM, self._words(f"bulk.fate_{kind}", title=title)))
            lines += self._more(outcome.counts[kind])
        for refusal in outcome.refused[:_NAMED]:
            lines.append(
                NoteLine(LineKind.CLAIM, self._words("bulk.refusal", refusal=shown(cut(str(refusal), _REFUSAL))))
            )
        lines += self._more(outcome.refused_count)
        if outcome.passed_over:
            kinds = ", ".join(f"{n} {kind}" for kind, n in sorted(outcome.passed_over.items()))
            lines.append(NoteLine(LineKind.LABEL, self._words("bulk.passed_over", kinds=shown(cut(kinds, _TITLE)))))
        return lines

    def _more(self, count: int) -> list[NoteLine]:
        if count <= _NAMED:
            return []
        return [NoteLine(LineKind.MORE, self._words("bulk.more", n=count - _NAMED))]


class ChangedSince(Conflict):
    """Records of an import were changed since; it may still be taken back around them."""


def _titles(records: Sequence[Record]) -> str:
    named = ", ".join(f"“{shown(cut(record.publication.title, _TITLE))}”" for record in records[:_NAMED])
    return named + (", …" if len(records) > _NAMED else "")
