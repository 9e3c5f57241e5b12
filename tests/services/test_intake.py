"""Pages made to hurt: left at the deadline, read in time, and nobody waits for them."""

import time
from pathlib import Path

import pytest

from bot.app import Texts, make_intake
from bot.core.errors import UserError
from bot.core.intake import LARGEST_PAGE, Proposal
from bot.services.intake import Intake
from bot.settings import load_settings

_SIZE = LARGEST_PAGE // 5  # so that it is read in time on a machine with much else to do, too
WORDS = "The Harbour Board said on 3 May 2031 that 1,200 of 4,000 moorings had been sold. "
HOSTILE = {
    "a word": "Word ",
    "initials": "A. ",
    "bullets": "• a\n",
    "no spaces": "x",
    "blanks": "said \u00a0" + " " * 3000,
    "stops": "." * 3000 + " ",
}


@pytest.fixture
def intake(tmp_path: Path) -> Intake:
    return make_intake(Texts.load(load_settings(tmp_path)))


async def test_a_page_too_large_is_not_even_read(intake: Intake) -> None:
    with pytest.raises(UserError, match="page_too_large"):
        await intake.propose(b"<p>" + b"x" * LARGEST_PAGE)


async def test_a_page_made_to_be_slow_is_left_at_the_deadline(intake: Intake, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.intake._SECONDS", 2)
    hostile = b"<p " + b" ".join(b"a%d=1" % i for i in range(400_000)) + b">x</p>"
    started = time.perf_counter()
    with pytest.raises(UserError, match=r"page_(?:slow|unread|empty)"):
        await intake.propose(hostile)
    assert time.perf_counter() - started < 20


@pytest.mark.parametrize("repeated", HOSTILE.values(), ids=HOSTILE)
async def test_a_large_text_made_to_hurt_is_read_within_the_deadline(intake: Intake, repeated: str) -> None:
    text = "The Moorings\n" + WORDS * 20 + "\n" + repeated * (_SIZE // len(repeated.encode()))
    proposal = await intake.propose(text.encode())
    assert isinstance(proposal, Proposal)
    assert proposal.title == "The Moorings"
    assert len(proposal.claims) <= 300
