"""`intake`: a page by hand, looked at and accepted."""

import json
import re
import sqlite3
from contextlib import closing
from typing import Any

import jsonschema
import pytest

from bot.settings import shipped
from tests.benchmarks.intake import PAGES
from tests.cli.program import Program

TEXT = PAGES / "seen" / "d01.txt"
HTML = PAGES / "seen" / "d07.html"
SCHEMA: Any = json.loads(shipped("schema", "intake.json").read_text("utf-8"))


@pytest.mark.parametrize("page", [TEXT, HTML], ids=["text", "html"])
async def test_a_page_is_proposed_and_nothing_is_written(sidenote: Program, page: Any) -> None:
    done = await sidenote("intake", str(page), "--json")
    assert done.status == 0, done.err
    told = json.loads(done.out)
    jsonschema.Draft202012Validator(SCHEMA).validate(told)
    assert told["labelled"]
    assert told["claims"]
    assert all(claim["text"] in claim["sentence"] for claim in told["claims"])
    assert list(sidenote.folder.glob("*.db")) == []
    done = await sidenote("intake", "-", stdin=page.read_bytes())
    assert "label     This publication is a summary or evaluation of another publication" in done.out
    assert "original  " in done.out
    assert "said by: " in done.out


async def test_reasons_against_a_chosen_statement_are_named_as_such(sidenote: Program) -> None:
    told = json.loads((await sidenote("intake", str(TEXT), "--json")).out)
    [claim] = [claim for claim in told["claims"] if "against: a judgement" in claim["reasons"]]
    assert "a judgement" not in claim["reasons"]
    assert any(not reason.startswith("against: ") for reason in claim["reasons"])


async def test_contradicting_figures_are_pointed_out_and_not_settled(sidenote: Program) -> None:
    told = json.loads((await sidenote("intake", str(HTML), "--json")).out)
    assert any(w.startswith("Figures of one kind differ (deaths): “Hundreds”, “over 1,200”") for w in told["warnings"])


async def test_an_accepted_page_is_a_record_that_can_be_taken_back(sidenote: Program) -> None:
    address = "https://aggregator.example/marsh"
    done = await sidenote("intake", str(TEXT), "--accept", "--address", address, "--claims", "1,4")
    assert done.status == 0, done.err
    [_, line] = (await sidenote("export")).out.splitlines()
    record = json.loads(line)
    assert record["addresses"][0]["url"] == address
    assert [label["key"] for label in record["labels"]] == ["summary", "editorial"]
    assert record["source"]["name"] == "Common Tide"
    assert len(record["claims"]) == 2
    assert {claim["status"] for claim in record["claims"]} == {"unverified"}
    assert all(claim["text"] in claim["quote"] for claim in record["claims"])
    assert "decision  post" in (await sidenote("check", address)).out
    back = done.err.split("--undo ")[1].split("`")[0]
    assert (await sidenote("import", "--undo", back)).status == 0
    assert (await sidenote("export")).out.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "stdin", "status", "says"),
    [
        (["none.txt"], b"", 1, "none.txt cannot be read"),
        (["-"], b"", 1, "There is hardly any text in this page"),
        (["-"], b"\xff\xfe\x00", 1, "UTF-8"),
        (["-"], b"<html><body><p>Sign in to continue reading.</p></body></html>", 1, "."),
        (["-", "--accept"], b"x", 2, "--accept and --address go together."),
        (["-", "--claims", "one"], b"x", 2, "--claims takes numbers"),
    ],
)
async def test_what_cannot_be_done_is_said(
    sidenote: Program, arguments: list[str], stdin: bytes, status: int, says: str
) -> None:
    done = await sidenote("intake", *arguments, stdin=stdin)
    assert done.status == status
    assert says in done.err


async def test_a_page_without_labels_is_proposed_and_not_recorded(sidenote: Program) -> None:
    page = PAGES / "seen" / "d08.txt"
    told = json.loads((await sidenote("intake", str(page), "--json")).out)
    assert (told["labelled"], told["labels"]) == (False, [])
    assert "The page carries no known label, so it is no flagged summary by itself." in told["warnings"]
    done = await sidenote("intake", str(page), "--accept", "--address", "https://a.example/")
    assert done.status == 1
    assert "at least one label" in done.err
    missing = await sidenote("intake", str(TEXT), "--accept", "--address", "https://a.example/", "--claims", "99")
    assert "There is no claim 99" in missing.err


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/page", "https://10.0.0.1/", "http://user:x@page.example/"])
async def test_an_address_that_is_not_public_is_not_read(sidenote: Program, url: str) -> None:
    done = await sidenote("intake", url)
    assert done.status == 1
    assert "only public web addresses on their usual ports are" in done.err


async def test_a_record_says_from_which_version_of_the_page_it_came(sidenote: Program) -> None:
    done = await sidenote("intake", str(TEXT), "--accept", "--address", "https://aggregator.example/marsh")
    assert done.status == 0, done.err
    with closing(sqlite3.connect(sidenote.folder / "sidenote.db")) as database:
        [(digest, read_from)] = database.execute("SELECT digest, read_from FROM page_versions").fetchall()
    assert re.fullmatch("[0-9a-f]{64}", digest)
    assert read_from == "file"
