"""`import --list-batches` and `import --undo`."""

import json
from collections.abc import Sequence
from typing import Any

from rich.table import Table

from bot.app import House, open_house
from bot.cli._progress import busy
from bot.cli._shared import REFUSED, fail, now, printable, wide_console
from bot.core.errors import Conflict
from bot.core.model import OPERATOR, BatchId, ListName, Record
from bot.ports import ImportBatch
from bot.settings import Loaded

_LISTED = 100
_SHOWN = 20
"""Records that are named one by one."""


async def list_batches(loaded: Loaded, names: Sequence[ListName] | None, *, as_json: bool) -> None:
    """The imports of these lists, or of all."""
    async with open_house(loaded, now, read_only=True) as house:
        batches = await house.transfer.made(names, _LISTED)
    if as_json:
        print(json.dumps([_batch_object(batch) for batch in batches], ensure_ascii=False, indent=2))
        return
    table = Table(box=None, pad_edge=False)
    for column in ("batch", "when", "list", "from", "added", "changed", "taken back"):
        table.add_column(column, overflow="fold", no_wrap=column != "from")
    for batch in batches:
        undone = f"{batch.undone:%Y-%m-%d %H:%M}" if batch.undone else ""
        table.add_row(
            str(batch.id), f"{batch.started:%Y-%m-%d %H:%M}", batch.list, printable(batch.origin),
            str(batch.added), str(batch.changed), undone,
        )  # fmt: skip
    if batches:
        wide_console().print(table)
        if len(batches) == _LISTED:
            print("… and older ones.")
    else:
        print("There were no imports.")


def _batch_object(batch: ImportBatch) -> dict[str, Any]:
    return {
        "batch": batch.id,
        "list": batch.list,
        "from": batch.origin,
        "started": batch.started.isoformat(),
        "added": batch.added,
        "changed": batch.changed,
        "taken_back": batch.undone.isoformat() if batch.undone else None,
    }


async def undo(loaded: Loaded, batch_id: BatchId, names: Sequence[ListName] | None, *, keep_changes: bool) -> None:
    """Takes an import back; where records were changed since, names them, and goes on only if they are to be kept."""
    async with open_house(loaded, now) as house:
        changed = await house.transfer.changed_since(batch_id, names)
        if changed and not keep_changes:
            _say_changed(changed)
        await _take_back(house, batch_id, names, keep_changes=keep_changes)
    kept = f" {len(changed)} that were changed since stay." if changed else ""
    print(f"The import {batch_id} was taken back.{kept}")


async def _take_back(house: House, batch_id: BatchId, names: Sequence[ListName] | None, *, keep_changes: bool) -> None:
    try:
        await house.transfer.undo(batch_id, names, OPERATOR, keep_changes=keep_changes)
    except Conflict as conflict:
        fail(conflict.told(house.texts.words), REFUSED)
    with busy("clearing"):
        await house.transfer.settle()


def _say_changed(changed: Sequence[Record]) -> None:
    for record in changed[:_SHOWN]:
        print(printable(f"changed since: {record.publication.title} ({record.address}), version {record.version}"))
    if len(changed) > _SHOWN:
        print(f"… and {len(changed) - _SHOWN} more.")
    fail("Records of this import were changed since. Nothing was taken back; --keep-changes leaves them.", REFUSED)
