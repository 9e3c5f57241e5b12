"""Every change of a record or a setting leaves an event: who, when, before, after. Never exported."""

from datetime import datetime

from bot.core.model import Actor
from bot.store.ids import Ids
from bot.store.rows import from_time
from bot.store.sqlite import Transaction


async def write_event(
    transaction: Transaction,
    ids: Ids,
    at: datetime,
    actor: Actor,
    action: str,
    subject_id: int,
    before: str | None,
    after: str | None,
    *,
    subject_kind: str = "record",
    batch_id: int | None = None,
    change_id: int | None = None,
    undoes: int | None = None,
) -> None:
    """One event, in the transaction of the change itself."""
    await transaction.many(
        "add_event",
        [
            {
                "id": ids.next(at),
                "at": from_time(at),
                "actor_kind": actor.kind,
                "actor_id": actor.user_id,
                "action": action,
                "subject_kind": subject_kind,
                "subject_id": subject_id,
                "batch_id": batch_id,
                "change_id": change_id,
                "undoes": undoes,
                "before": before,
                "after": after,
            }
        ],
    )
