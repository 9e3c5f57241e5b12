"""What `import` says: a summary, a table, JSON."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
from rich.table import Table

from bot.cli._shared import REFUSED, errors, printable, wide_console
from bot.core.model import ListName
from bot.services.transfer import FateKind, Outcome

_SHOWN = 20
"""Entries of a kind that are printed one by one."""


@dataclass(frozen=True, slots=True)
class How:
    """What the options of `import` say."""

    name: ListName
    dry_run: bool
    keep_going: bool
    refused: Path


def answer(outcome: Outcome, how: How, *, as_json: bool) -> None:
    """Says what an import did or would do; exits with a status where something was refused."""
    if as_json:
        print(json.dumps(_object(outcome, how), ensure_ascii=False, indent=2))
    elif how.dry_run:
        _show(outcome)
    elif outcome.is_done:
        print(_summary(outcome))
        if outcome.batch:
            print(f"Batch {outcome.batch}; `sidenote import --undo {outcome.batch}` takes it back.")
    if not outcome.is_settled:
        errors.print(
            "It is valid. Some of what it adds to records that were there is still to be done: at the next start."
        )
    for reason in outcome.missed[:_SHOWN]:
        errors.print(printable(f"A record could not be added to any more: {reason}"))
    if not as_json:
        _say_refused(outcome, how)
    if outcome.refused_count:
        raise typer.Exit(REFUSED)


def _say_refused(outcome: Outcome, how: How) -> None:
    if not how.dry_run:
        for refusal in outcome.refused[:_SHOWN]:
            errors.print(printable(str(refusal)))
        if (more := outcome.refused_count - _SHOWN) > 0:
            errors.print(f"… and {more} more.")
    if passed := ", ".join(f"{count} {kind}" for kind, count in sorted(outcome.passed_over.items())):
        errors.print(printable(f"Passed over, because they are no claims: {passed}."))
    if not outcome.refused_count:
        return
    if how.dry_run:
        hint = "" if how.keep_going else " With these, an import would change nothing; see --keep-going."
        errors.print(f"Refused: {outcome.refused_count}.{hint}")
    elif outcome.is_done:
        errors.print(f"Refused: {outcome.refused_count}. They stand in {how.refused}, to be mended and imported again.")
    else:
        errors.print(f"Refused: {outcome.refused_count}. Nothing was imported.")


def _summary(outcome: Outcome) -> str:
    counts = outcome.counts
    return (
        f"{counts[FateKind.ADDED]} added, {counts[FateKind.CHANGED]} changed, "
        f"{counts[FateKind.MERGED]} merged with others of the file, {counts[FateKind.UNCHANGED]} brought nothing new."
    )


def _show(outcome: Outcome) -> None:
    table = Table(box=None, pad_edge=False)
    for column in ("line", "what", "record or field", "into, or why"):
        table.add_column(column, overflow="fold", no_wrap=column in {"line", "what"})
    left_out = 0
    for kind, fates in outcome.fates.items():
        for fate in fates[:_SHOWN]:
            table.add_row(str(fate.number), kind, printable(fate.title), printable(fate.into or ""))
        left_out += outcome.counts[kind] - min(outcome.counts[kind], _SHOWN)
    for refusal in outcome.refused[:_SHOWN]:
        table.add_row(str(refusal.line), "refused", printable(refusal.field), printable(refusal.reason))
    left_out += outcome.refused_count - min(outcome.refused_count, _SHOWN)
    console = wide_console()
    if table.row_count:
        console.print(table)
    if left_out:
        console.print(f"… and {left_out} more; --json names up to 10,000 of each.")
    console.print(f"Would be: {_summary(outcome)} Nothing was changed.")


def _object(outcome: Outcome, how: How) -> dict[str, Any]:
    named = {
        kind.value: [
            {"line": fate.number, "title": fate.title} | ({"into": fate.into} if fate.into else {}) for fate in fates
        ]
        for kind, fates in outcome.fates.items()
    }
    return {
        "dry_run": how.dry_run,
        "done": outcome.is_done,
        "batch": outcome.batch,
        "counts": {**{kind.value: n for kind, n in outcome.counts.items()}, "refused": outcome.refused_count},
        **named,
        "refused": [{"line": r.line, "field": r.field, "reason": r.reason} for r in outcome.refused],
        "passed_over": outcome.passed_over,
        "missed": list(outcome.missed),
        "refused_file": str(how.refused) if outcome.is_done and outcome.refused_count else None,
    }
