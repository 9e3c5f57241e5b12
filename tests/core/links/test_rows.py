"""The table: messages, the pages that are flagged, and those of them that the message shares, with a reason a row.

`rows/open.jsonl` was written beside the rules, `rows/blind.jsonl` and, when those were known, `rows/later.jsonl` by
people who had not seen them. Both directions: forms of the same page, and pages that must not be taken for it.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.services.inspect import against
from bot.settings import load_links
from tests.cli.program import Program

ROWS = Path(__file__).with_name("rows")
RULES = load_links(Path("/nonexistent"))


def table() -> list[dict[str, Any]]:
    """All rows of all files."""
    return [json.loads(line) for path in sorted(ROWS.glob("*.jsonl")) for line in path.read_text("utf-8").splitlines()]


@pytest.mark.parametrize("row", table(), ids=lambda row: row["id"])
def test_a_message_shares_these_pages_and_no_others(row: dict[str, Any]) -> None:
    assert against(row, row["flagged"], RULES)["matched"] == row["matched"], row["reason"]


def test_the_table_is_large_and_goes_both_ways() -> None:
    rows = table()
    assert len(rows) >= 500
    assert len({row["id"] for row in rows}) == len(rows)
    assert all(row["reason"] for row in rows)
    assert sum(not row["matched"] for row in rows) >= 150
    assert sum(bool(row["matched"]) for row in rows) >= 300


async def test_the_program_says_the_same(sidenote: Program) -> None:
    rows = table()
    lines = "\n".join(json.dumps({key: row[key] for key in ("id", "message", "flagged")}) for row in rows)
    answers = [json.loads(line) for line in (await sidenote("check", "--jsonl", stdin=lines)).out.splitlines()]
    assert [(a["id"], a["matched"]) for a in answers] == [(row["id"], row["matched"]) for row in rows]
