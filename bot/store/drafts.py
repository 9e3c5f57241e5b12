"""Drafts over SQL: fulfils `ports.Drafts`. Also from which version of its page a record came."""

import json
from collections.abc import Callable
from datetime import datetime

from bot.core.model import (
    Draft,
    DraftId,
    GuildId,
    PageVersion,
    Publication,
    PublicationId,
    ReadFrom,
    RecordVersion,
    UserId,
)
from bot.core.records import kept_line
from bot.store.ids import Ids
from bot.store.rows import from_ms, from_time, to_ms, to_time
from bot.store.sqlite import Database, Row, Snapshot, Transaction


class SqlDrafts:
    """Over SQL. `read_contents` makes a publication of its line, labels that are gone included."""

    def __init__(self, database: Database, ids: Ids, read_contents: Callable[[str], Publication]) -> None:
        self._database = database
        self._ids = ids
        self._read_contents = read_contents

    def new_id(self, at: datetime) -> DraftId:
        """See `ports.Drafts`."""
        return DraftId(self._ids.next(at))

    async def add(self, draft: Draft, at: datetime, most: int) -> None:
        """See `ports.Drafts`."""
        row = {
            **_contents(draft, at),
            **_page_row(draft.page),
            "guild_id": draft.guild_id,
            "made_by": draft.made_by,
            "publication_id": draft.record.id if draft.record else None,
            "version": draft.record.version if draft.record else None,
        }
        async with self._database.write() as transaction:
            await transaction.many("add_draft", [row])
            await transaction.rows("drop_drafts_beyond", guild_id=draft.guild_id, made_by=draft.made_by, most=most)

    async def change(self, draft: Draft, at: datetime) -> bool:
        """See `ports.Drafts`."""
        async with self._database.write() as transaction:
            row = await transaction.row("change_draft", **_contents(draft, at), revision=draft.revision)
        return row is not None

    async def get(self, draft_id: DraftId, guild_id: GuildId, made_by: UserId, oldest: datetime) -> Draft | None:
        """See `ports.Drafts`."""
        of = {"id": draft_id, "guild_id": guild_id, "made_by": made_by, "oldest": to_ms(oldest)}
        async with self._database.read() as snapshot:
            row = await snapshot.row("draft", **of)
        return self._draft(row) if row else None

    async def of(self, guild_id: GuildId, made_by: UserId, oldest: datetime, most: int) -> list[Draft]:
        """See `ports.Drafts`."""
        async with self._database.read() as snapshot:
            rows = await snapshot.rows("drafts_of", guild_id=guild_id, made_by=made_by, oldest=to_ms(oldest), most=most)
        return [self._draft(row) for row in rows]

    async def drop(self, draft_id: DraftId) -> None:
        """See `ports.Drafts`."""
        async with self._database.write() as transaction:
            await transaction.rows("drop_draft", id=draft_id)

    async def forget_guild(self, guild_id: GuildId) -> None:
        """See `ports.Drafts`."""
        async with self._database.write() as transaction:
            await transaction.rows("drop_drafts_of_guild", guild_id=guild_id)

    async def forget(self, oldest: datetime) -> None:
        """See `ports.Drafts`."""
        async with self._database.write() as transaction:
            await transaction.rows("drop_old_drafts", oldest=to_ms(oldest))

    async def page_of(self, record_id: PublicationId) -> PageVersion | None:
        """See `ports.Drafts`."""
        async with self._database.read() as snapshot:
            return await _page_version(snapshot, record_id)

    async def note_page(self, record_id: PublicationId, page: PageVersion) -> None:
        """See `ports.Drafts`."""
        async with self._database.write() as transaction:
            await put_page_version(transaction, record_id, page)

    def _draft(self, row: Row) -> Draft:
        (draft_id, guild_id, made_by, contents, remarks, digest, read_from, read_at, record_id, version, revision,
         changed) = row  # fmt: skip
        said = json.loads(remarks)
        return Draft(
            DraftId(draft_id),
            GuildId(guild_id),
            UserId(made_by),
            self._read_contents(contents),
            PageVersion(digest, ReadFrom(read_from), to_time(read_at) or from_ms(0)),
            tuple(said["remarks"]),
            {text: tuple(reasons) for text, reasons in said["reasons"].items()},
            RecordVersion(PublicationId(record_id), version) if record_id else None,
            revision,
            from_ms(changed),
        )


async def put_page_version(transaction: Transaction, record_id: int, page: PageVersion) -> None:
    """Says from which version of its page a record came, in the transaction of the record itself."""
    await transaction.many("put_page_version", [{"id": record_id, **_page_row(page)}])


async def _page_version(snapshot: Snapshot, record_id: int) -> PageVersion | None:
    row = await snapshot.row("page_version", id=record_id)
    return PageVersion(row[0], ReadFrom(row[1]), to_time(row[2]) or from_ms(0)) if row else None


def _contents(draft: Draft, at: datetime) -> dict[str, str | int | None]:
    remarks = {"remarks": draft.remarks, "reasons": dict(draft.reasons)}
    return {
        "id": draft.id,
        "contents": kept_line(draft.publication),
        "remarks": json.dumps(remarks, ensure_ascii=False, separators=(",", ":")),
        "changed_at": to_ms(at),
    }


def _page_row(page: PageVersion) -> dict[str, str | int | None]:
    return {"digest": page.digest, "read_from": page.read_from.value, "read_at": from_time(page.read_at)}
