"""Links in the forms in which people share them, through the real bot: what gets a note, what does not, and why."""

from typing import Any
from urllib.parse import quote

import pytest

from bot.core.records.read import MOST_ADDRESSES
from tests.stage import PAGE, Stage, answer, read

HOST = "summaries.example"
SHARED = [
    f"https://web.archive.org/web/20260102030405/{PAGE}",
    f"https://www.google.com/url?q={quote(PAGE, safe='')}&sa=D",
    f"[a bridge](https://eur02.safelinks.protection.outlook.com/?url={quote(PAGE, safe='')}&data=05)",
    "https://m.summaries.example/lake-report?fbclid=x#:~:text=springs",
    "hxxps://summaries[.]example/lake-report",
    "summaries (dot) example/lake-report",
    "https://ｓｕｍｍａｒｉｅｓ．example/lake-report",
    "https://summaries.example/lake-report看看这个",
    "||**<https://summaries.example/lake-report>**||",
    "> # https://summaries.example/lake-report/?",
]
NOT_SHARED = [
    f"`{PAGE}`",
    f"```\n{PAGE}\n```",
    f"https://other.example/?u={PAGE}",
    f"https://web.archive.org.evil.example/web/2026/{PAGE}",
    f"https://web.archive.org/web/*/{PAGE}",
    "https://summaries.example/lake-report-2",
    "https://summaries.example.evil.example/lake-report",
    "ftp://summaries.example/lake-report",
    "mail lake-report@summaries.example",
]


@pytest.mark.parametrize("text", SHARED, ids=lambda x: ascii(x)[:40])
async def test_the_page_is_met_in_this_form(stage: Stage, text: str) -> None:
    await stage.member.send(stage.channel, text)
    assert "The Lake Report in Short" in read(stage.note())


@pytest.mark.parametrize("text", NOT_SHARED, ids=lambda x: ascii(x)[:40])
async def test_this_is_not_the_page(stage: Stage, text: str) -> None:
    await stage.member.send(stage.channel, text)
    assert stage.notes() == []


async def test_what_is_typed_around_the_rules_counts_only_where_the_server_wants_it(stage: Stage) -> None:
    typed = "summaries[.]example/lake-report"
    await stage.rules(typed_links=False)
    await stage.member.send(stage.channel, typed)
    assert stage.notes() == []
    set_to = await stage.moderator.slash(stage.channel, "settings set", typed_links=True)
    assert "(typed_links): count where exactly that page is recorded" in answer(set_to)
    await stage.member.send(stage.channel, typed)
    assert "The Lake Report" in read(stage.note())


async def test_a_typed_link_that_is_edited_in_gets_its_note_and_out_loses_it(stage: Stage) -> None:
    message = await stage.member.send(stage.channel, "see node.js and e.g. other.example")
    assert stage.notes() == []
    await stage.member.edit(message, content="see summaries . example/lake-report")
    assert len(stage.notes()) == 1
    await stage.member.edit(message, content="see nothing")
    assert stage.notes() == []


WAYS: list[tuple[str, list[str], list[str]]] = [
    (
        f"[read](https://www.google.com/url?url={quote(PAGE + '?fbclid=SECRET', safe='')})",
        [
            "The address stood behind other words.",
            "Unwrapped by the rule google_redirect of links.toml",
            "were left out: fbclid.",
            "Looked up as summaries.example/lake-report",
            f"This is the recorded address {PAGE} of “The Lake Report in Short”.",
        ],
        ["SECRET"],
    ),
    (
        "amp.summaries[.]example/lake-report;jsessionid=SECRET",
        ["typed so that people read it as one", "only says how the page is shown: amp.", "jsessionid"],
        ["SECRET"],
    ),
    (f"{PAGE}?utm_source%3DSECRET&gclid=SECRET", ["were left out: …, gclid."], ["SECRET"]),
    ("https://unknown.example/x?id=3", ["Looked up as unknown.example/x?id=3", "Nothing is recorded under it."], []),
    (f"{PAGE}看看", ["was taken for the sentence around it"], []),
    ("no link at all", ["There is no web link in this."], ["Looked up"]),
]


@pytest.mark.parametrize(("link", "says", "never"), WAYS, ids=lambda x: str(x)[:30])
async def test_the_way_is_told_step_by_step(stage: Stage, link: str, says: list[str], never: list[str]) -> None:
    said = answer(await stage.member.slash(stage.channel, "context why", link=link))
    assert [part for part in says if part not in said] == []
    assert [part for part in never if part in said] == []


@pytest.mark.parametrize("link", ["x" * 4000, "https://a.example/" * 200, "\u202e[](<", f"{PAGE} " * 150])
async def test_any_question_gets_an_answer_that_fits(stage: Stage, link: Any) -> None:
    assert answer(await stage.member.slash(stage.channel, "context why", link=link[:4000]))


async def test_a_record_holds_so_many_addresses(stage: Stage) -> None:
    addresses = ",".join(f'"https://full.example/a-b-{n}"' for n in range(MOST_ADDRESSES))
    await stage.record(f'{{"addresses":[{addresses}],"title":"Full","labels":["summary"]}}')
    shown = await stage.moderator.slash(stage.channel, "flag addresses", record="https://full.example/a-b-1")
    assert "Addresses of “Full”" in answer(shown)
    more = await stage.moderator.slash(
        stage.channel,
        "flag addresses",
        record="https://full.example/a-b-1",
        action="add",
        address="https://x.example/y",
    )
    assert "at most 50 fit" in answer(more)
