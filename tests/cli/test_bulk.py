"""`import` and `export`: by hand, in an empty folder."""

import asyncio
import csv
import io
import json
import os
import pty
import re
import signal
import sqlite3
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.settings import shipped
from tests.cli.program import Done, Program, stop
from tests.core.markup.samples import FOLDER
from tests.hostile import KEPT, REFUSED
from tests.stage import OTHER, PAGE, RECORD, SECOND

SEED = Path(__file__).parents[2] / "bot" / "demo" / "records.jsonl"


def valid(value: object, schema: str) -> None:
    jsonschema.Draft202012Validator(json.loads(shipped("schema", f"{schema}.json").read_text("utf-8"))).validate(value)


KNOWN = "addresses, claims, labels, language, list, recorded, reviewed, source, title, valid_from, valid_until, works."


class TestJsonLines:
    async def test_there_and_back_are_the_same_bytes(self, sidenote: Program, tmp_path: Path) -> None:
        lines = [SEED.read_text("utf-8").strip(), RECORD]
        for number, text in enumerate(KEPT.values()):
            record = {
                "addresses": [f"https://h.example/{number}"],
                "title": text[:300],
                "claims": [{"text": text[:1000]}],
            }
            lines.append(json.dumps(record))
        assert (await sidenote("import", "-", stdin="\n".join(lines))).status == 0
        first = (await sidenote("export")).out
        assert first.splitlines()[0] == '{"sidenote":"records","format":1}'
        done = await sidenote("import", "-", "--database", "second.db", stdin=first)
        assert done.status == 0, done.err
        assert (await sidenote("export", "--database", "second.db")).out == first
        done = await sidenote("export", "out.jsonl")
        assert (tmp_path / "out.jsonl").read_text("utf-8") == first
        assert done.out == ""

    async def test_one_refused_line_and_nothing_is_imported(self, sidenote: Program) -> None:
        wrong: list[dict[str, Any]] = [{"addresses": []}, {"addresses": ["https://a.example/"], "title": "T", "x": 1}]
        text = "\n".join([RECORD, *(json.dumps(w) for w in wrong), "no json"])
        done = await sidenote("import", "-", stdin=text)
        assert done.status == 1
        assert done.err.splitlines() == [
            "line 2: addresses: at least one address is required.",
            "line 3: x: is not known; known are: " + KNOWN,
            "line 4: this is not JSON (Expecting value: line 1 column 1 (char 0)).",
            "Refused: 3. Nothing was imported.",
        ]
        assert (await sidenote("export")).out.count("\n") == 1

    async def test_what_meets_a_record_adds_to_it_and_what_meets_two_is_refused(self, sidenote: Program) -> None:
        await sidenote("import", "-", stdin=f"{RECORD}\n{SECOND}")
        again = await sidenote("import", "-", stdin=f"{RECORD}\n{SECOND}")
        assert again.out == "0 added, 0 changed, 0 merged with others of the file, 2 brought nothing new.\n"
        more = {"addresses": [PAGE, "https://copy.example/lake"], "title": "Another title", "claims": [{"text": "New"}]}
        done = await sidenote("import", "-", stdin=json.dumps(more))
        assert done.out.startswith("0 added, 1 changed")
        [record] = [json.loads(x) for x in (await sidenote("export")).out.splitlines() if "Lake" in x]
        assert record["title"] == "The Lake Report in Short"
        assert [c["text"] for c in record["claims"]][-1] == "New"
        assert len(record["addresses"]) == 2
        both = {"addresses": [PAGE, "https://digest.example/2026/bridge"], "title": "Both"}
        done = await sidenote("import", "-", stdin=json.dumps(both))
        assert done.status == 1
        assert "belong to two records: “The Lake Report in Short” + “The Bridge in Short”" in done.err

    async def test_lines_of_one_file_meet_each_other(self, sidenote: Program) -> None:
        parts = [{"addresses": ["https://a.example/1"], "title": "A", "claims": [{"text": str(i)}]} for i in range(3)]
        done = await sidenote("import", "-", stdin="\r\n".join(json.dumps(p) for p in parts))
        assert done.out.startswith("1 added, 0 changed, 2 merged with others of the file, 0 brought nothing new.\n")
        [_, record] = (await sidenote("export")).out.splitlines()
        assert len(json.loads(record)["claims"]) == 3

    @pytest.mark.parametrize(
        ("data", "says"),
        [
            (b"\xff\xfe\x00", "line 1: this is not UTF-8"),
            (RECORD.encode() + b"\n\xc3\x28", "line 2: this is not UTF-8"),
            (b'{"sidenote":"records","format":9}', "format: only format 1 is read"),
            (b'{"sidenote":"other"}', "this is not a file of records"),
            (b'{"addresses":["https://a.example/"],"title":"a\\ud800b"}', "U+D800 at position 2"),
            (b'{"addresses":["https://a.example/"],"title":"a\\u0000b"}', "U+0000 at position 2"),
            (b'{"title":"a","title":"b"}', "a key stands there twice"),
            (b"[" * 100_000, "nested too deeply"),
        ],
        ids=lambda x: str(x)[:20],
    )
    async def test_bad_files_are_refused_with_a_sentence(self, sidenote: Program, data: bytes, says: str) -> None:
        done = await sidenote("import", "-", stdin=data)
        assert done.status == 1
        assert says in done.err

    @pytest.mark.parametrize(("data", "added"), [(b"", 0), (b"\n\n", 0), (b"\xef\xbb\xbf" + RECORD.encode(), 1)])
    async def test_empty_files_and_byte_order_marks_are_fine(self, sidenote: Program, data: bytes, added: int) -> None:
        done = await sidenote("import", "-", stdin=data)
        assert done.out.startswith(f"{added} added")

    @pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
    async def test_text_that_cannot_be_stored_is_refused_in_its_line(self, sidenote: Program, text: str) -> None:
        record = {"addresses": ["https://a.example/1"], "title": "T", "claims": [{"text": "a"}, {"text": text}]}
        done = await sidenote("import", "-", stdin=f"{RECORD}\n{json.dumps(record)}")
        assert done.status == 1
        assert f"line 2: claims[1].text: the character U+{ord(text[1]):04X} at position 2 cannot be stored." in done.err

    async def test_a_missing_file_and_a_forbidden_target_are_said(self, sidenote: Program) -> None:
        done = await sidenote("import", "none.jsonl")
        assert (done.status, done.err) == (1, "none.jsonl cannot be read: No such file or directory.\n")
        await sidenote("import", "-", stdin=RECORD)
        done = await sidenote("export", "no/such/folder.jsonl")
        assert done.status == 1
        assert "cannot be written" in done.err

    @pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
    async def test_an_interrupted_import_leaves_nothing_in_the_way(
        self, sidenote: Program, how: signal.Signals
    ) -> None:
        many = [{"addresses": [f"https://a.example/{i}"], "title": f"T{i}"} for i in range(4000)]
        (sidenote.folder / "many.jsonl").write_text("\n".join(json.dumps(x) for x in many), "utf-8")
        await sidenote("db", "migrate")
        process = await sidenote.start("import", "many.jsonl")
        await written(sidenote.folder / "sidenote.db")
        await stop(process, how)
        assert (await sidenote("export")).out.count("\n") == 1
        done = await sidenote("import", "many.jsonl")
        assert done.out.startswith("4000 added"), done.err

    async def test_export_writes_through_what_is_no_plain_file(self, sidenote: Program) -> None:
        await sidenote("import", "-", stdin=RECORD)
        (sidenote.folder / "link.jsonl").symlink_to(sidenote.folder / "target.jsonl")
        await sidenote("export", "link.jsonl")
        assert "Lake" in (sidenote.folder / "target.jsonl").read_text("utf-8")
        assert (await sidenote("export", "-")).out.count("\n") == 2
        assert (await sidenote("export", "/dev/stdout")).out.count("\n") == 2
        assert (await sidenote("export", "/dev/full")).err.endswith("No space left on device.\n")

    async def test_a_record_that_grows_too_large_is_refused(self, sidenote: Program) -> None:
        first = {"addresses": [f"https://a.example/{i}" for i in range(40)], "title": "T"}
        second = {"addresses": ["https://a.example/1", *(f"https://a.example/x{i}" for i in range(20))], "title": "T"}
        assert (await sidenote("import", "-", stdin=json.dumps(first))).status == 0
        done = await sidenote("import", "-", stdin=json.dumps(second))
        assert done.status == 1
        assert "line 1: addresses: with what is recorded already these are 60; at most 50 fit." in done.err

    async def test_what_a_file_says_does_not_steer_the_terminal(self, sidenote: Program) -> None:
        done = await sidenote("import", "-", stdin='{"\\u001b[2J": 1}')
        assert "\x1b" not in done.err
        assert "\\x1b[2J" in done.err


async def written(path: Path, which: str = "1", table: str = "publications") -> None:
    """Returns when something stands in a table: when an import has begun to write."""
    connection = sqlite3.connect(path)
    for _ in range(4000):
        if connection.execute(f"SELECT COUNT(*) FROM {table} WHERE {which}").fetchone()[0]:
            break
        await asyncio.sleep(0.005)
    connection.close()


def batch_of(done: Done) -> str:
    """The number of the import that was made."""
    return done.out.split("--undo ")[1].split("`")[0]


async def titles(sidenote: Program) -> list[str]:
    """What the list holds."""
    return [json.loads(line)["title"] for line in (await sidenote("export")).out.splitlines()[1:]]


class TestDryRun:
    async def test_it_says_what_would_happen_and_changes_nothing(self, sidenote: Program) -> None:
        await sidenote("import", "-", stdin=RECORD)
        new = {"addresses": ["https://n.example/"], "title": "New"}
        lines = [
            json.dumps({"addresses": [PAGE], "title": "x", "claims": [{"text": "More"}]}),
            json.dumps(new),
            json.dumps({**new, "claims": [{"text": "Of the same file"}]}),
            RECORD,
            json.dumps({"addresses": ["https://m.example/"]}),
            json.dumps({"addresses": [PAGE, "https://n.example/"], "title": "Both"}),
        ]  # fmt: skip
        before = (sidenote.folder / "sidenote.db").read_bytes()
        done = await sidenote("import", "-", "--dry-run", stdin="\n".join(lines))
        assert done.status == 1
        rows = [line.split() for line in done.out.splitlines()]
        assert [row[:2] for row in rows[1:7]] == [
            ["2", "added"], ["1", "changed"], ["3", "merged"], ["4", "unchanged"], ["5", "refused"], ["6", "refused"],
        ]  # fmt: skip
        assert rows[5][2:] == ["title", "is", "required", "and", "must", "not", "be", "empty."]
        assert done.out.splitlines()[-1].startswith("Would be: 1 added, 1 changed, 1 merged")
        assert "Refused: 2. With these, an import would change nothing; see --keep-going." in done.err
        done = await sidenote("import", "-", "--dry-run", "--json", stdin="\n".join(lines))
        answer = json.loads(done.out)
        valid(answer, "import")
        assert (answer["dry_run"], answer["done"], answer["batch"]) == (True, False, None)
        assert answer["counts"] == {"added": 1, "changed": 1, "merged": 1, "unchanged": 1, "refused": 2}
        assert answer["changed"] == [{"line": 1, "title": "x", "into": "The Lake Report in Short"}]
        assert answer["refused"][0] == {"line": 5, "field": "title", "reason": "is required and must not be empty."}
        assert "two records: “The Lake Report in Short” + “New”" in answer["refused"][1]["reason"]
        assert (sidenote.folder / "sidenote.db").read_bytes() == before
        assert (await sidenote("import", "--list-batches")).out.count("standard input") == 1

    async def test_it_does_what_it_says(self, sidenote: Program) -> None:
        lines = "\n".join([RECORD, SECOND, RECORD])
        said = json.loads((await sidenote("import", "-", "--dry-run", "--json", stdin=lines)).out)
        done = json.loads((await sidenote("import", "-", "--json", stdin=lines)).out)
        valid(done, "import")
        assert (said["counts"], done["done"]) == (done["counts"], True)


class TestKeepGoing:
    @pytest.mark.parametrize("ending", ["jsonl", "csv", "json"])
    async def test_what_is_refused_is_mended_and_imported_again(self, sidenote: Program, ending: str) -> None:
        review = {
            "@type": "ClaimReview", "claimReviewed": "B", "url": "https://c.example/2",
            "itemReviewed": {"@type": "Claim", "appearance": "https://b.example/"},
        }  # fmt: skip
        bad = {
            "jsonl": f'{RECORD}\n{{"addresses":["https://b.example/"],"title":""}}\nno json\n',
            "csv": f'title;address;claim\nA;{PAGE};"1"\n;https://b.example/;"2"\n',
            "json": json.dumps([{**review, "claimReviewed": ""}, {**review, "itemReviewed": {"appearance": PAGE}}]),
        }[ending]
        (sidenote.folder / f"in.{ending}").write_text(bad, "utf-8")
        done = await sidenote("import", f"in.{ending}", "--keep-going")
        assert done.status == 1
        assert done.out.startswith("1 added")
        assert f"They stand in in.refused.{ending}, to be mended and imported again." in done.err
        refused = sidenote.folder / f"in.refused.{ending}"
        mended = refused.read_text("utf-8").replace("no json", "")
        mended = mended.replace('"title":""', '"title":"Mended"').replace('"claimReviewed": ""', '"claimReviewed": "B"')
        mended = mended.replace("https://b.example/,,,", "https://b.example/,,Mended,")
        refused.write_text(mended, "utf-8")
        done = await sidenote("import", refused.name)
        assert (done.status, done.out[:7]) == (0, "1 added"), done.err
        assert len(await titles(sidenote)) == 2

    async def test_what_meets_two_records_is_written_in_the_files_own_format(self, sidenote: Program) -> None:
        await sidenote("import", "-", stdin=f"{RECORD}\n{SECOND}")
        (sidenote.folder / "in.csv").write_text(f"title,address,more_addresses\nBoth,{PAGE},{OTHER}\n", "utf-8")
        done = await sidenote("import", "in.csv", "--keep-going", "--refused", "mend.csv")
        assert "line 2: addresses: the addresses belong to two records" in done.err
        [row] = list(csv.DictReader(io.StringIO((sidenote.folder / "mend.csv").read_text("utf-8"))))
        assert (row["title"], row["address"], row["more_addresses"]) == ("Both", PAGE, OTHER)

    async def test_a_place_that_cannot_be_written_is_said(self, sidenote: Program) -> None:
        done = await sidenote("import", "-", "--keep-going", "--refused", "no/where.jsonl", stdin=f"{RECORD}\nno json")
        assert done.status == 1
        assert "The refused could not be written to no/where.jsonl" in done.err
        assert len(await titles(sidenote)) == 1


class TestBatches:
    async def test_they_are_listed_and_taken_back(self, sidenote: Program) -> None:
        first = batch_of(await sidenote("import", "-", stdin=RECORD))
        second = batch_of(await sidenote("import", "-", "--guild", "5", stdin=SECOND))
        listed = (await sidenote("import", "--list-batches")).out
        assert (first in listed, second in listed, "guild-5" in listed) == (True, True, True)
        assert second not in (await sidenote("import", "--list-batches", "--list", "local")).out
        assert [b["batch"] for b in json.loads((await sidenote("import", "--list-batches", "--json")).out)] == [
            int(second), int(first),
        ]  # fmt: skip
        done = await sidenote("import", "--undo", first)
        assert (done.status, done.out) == (0, f"The import {first} was taken back.\n")
        assert await titles(sidenote) == []
        assert "taken back" in (await sidenote("import", "--list-batches")).out
        done = await sidenote("import", "--undo", first)
        assert (done.status, done.err) == (1, "This import was taken back before, or it is not finished.\n")
        done = await sidenote("import", "--undo", second, "--list", "local")
        assert (done.status, done.err) == (1, "There is no such import in this list.\n")

    async def test_records_changed_since_are_listed_and_stay_if_wished(self, sidenote: Program) -> None:
        first = batch_of(await sidenote("import", "-", stdin=f"{RECORD}\n{SECOND}"))
        more = json.dumps({"addresses": [PAGE], "title": "x", "claims": [{"text": "Later"}]})
        await sidenote("import", "-", stdin=more)
        done = await sidenote("import", "--undo", first)
        assert done.status == 1
        assert done.out == f"changed since: The Lake Report in Short ({PAGE}), version 2\n"
        assert done.err.endswith("Nothing was taken back; --keep-changes leaves them.\n")
        assert len(await titles(sidenote)) == 2
        done = await sidenote("import", "--undo", first, "--keep-changes")
        assert done.out == f"The import {first} was taken back. 1 that were changed since stay.\n"
        assert await titles(sidenote) == ["The Lake Report in Short"]

    async def test_the_same_file_twice_changes_nothing(self, sidenote: Program) -> None:
        await sidenote("import", "-", stdin=f"{RECORD}\n{SECOND}")
        first = (await sidenote("export")).out
        done = await sidenote("import", "-", stdin=f"{RECORD}\n{SECOND}")
        assert done.out == "0 added, 0 changed, 0 merged with others of the file, 2 brought nothing new.\n"
        assert (await sidenote("export")).out == first
        assert len(json.loads((await sidenote("import", "--list-batches", "--json")).out)) == 1

    async def test_one_thing_at_a_time(self, sidenote: Program) -> None:
        for arguments in ([], ["x", "--list-batches"], ["--list-batches", "--undo", "5"]):
            done = await sidenote("import", *arguments)
            assert (done.status, done.err) == (2, "Name a file, or --list-batches, or --undo BATCH.\n")
        assert (await sidenote("import", "--undo", "5")).status == 1
        assert (await sidenote("import", "--undo", str(2**63))).status == 1


class TestFormats:
    @pytest.mark.parametrize("ending", ["csv", "jsonld"])
    async def test_there_and_back_are_the_same_records(self, sidenote: Program, ending: str) -> None:
        await sidenote("import", str(SEED))
        first = (await sidenote("export")).out
        done = await sidenote("export", f"out.{ending}", "--keeper", "The Harbour Desk")
        assert done.status == 0
        assert ("Not carried by this format: list, of 2 records." in done.err) is (ending == "jsonld")
        assert (await sidenote("import", f"out.{ending}", "--database", "second.db")).out.startswith("2 added")
        assert (await sidenote("export", "--database", "second.db")).out == first

    async def test_markup_names_the_keeper_and_invents_no_rating(self, sidenote: Program) -> None:
        await sidenote("import", str(SEED))
        nodes = json.loads((await sidenote("export", "--format", "jsonld", "--keeper", "The Desk")).out)["@graph"]
        reviews = [n for n in nodes if n["@type"] == "ClaimReview"]
        claims = [n for n in nodes if n["@type"] == "Claim"]
        assert reviews
        assert claims
        assert {r["sdPublisher"]["name"] for r in reviews} == {"The Desk"}
        assert all(r["citation"][0]["lastReviewed"] and "ratingValue" not in r["reviewRating"] for r in reviews)
        assert all("reviewRating" not in c and c["appearance"][0]["url"] for c in claims)

    async def test_what_a_file_is_shows_without_being_said(self, sidenote: Program) -> None:
        page = (
            "<!doctype html><p>x</p><script type='application/ld+json'>"
            '{"@type":"ClaimReview","claimReviewed":"C","url":"https://c.example/1",'
            '"itemReviewed":{"@type":"Claim","appearance":"https://p.example/1"}}</script>'
        )
        table = "title\taddress\nT\thttps://p.example/2\n"
        feed = json.dumps({"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": {
            "@type": "ClaimReview", "claimReviewed": "D",
            "itemReviewed": {"@type": "CreativeWork", "url": "https://p.example/3", "name": "Page"}}},
            {"@type": "MediaReview", "url": "https://p.example/4"}]})  # fmt: skip
        for text, says in ((page, ""), (table, ""), (feed, "Passed over, because they are no claims: 1 MediaReview.")):
            done = await sidenote("import", "-", stdin=text)
            assert (done.status, done.out[:7]) == (0, "1 added"), done.err
            assert says in done.err
        assert sorted(await titles(sidenote)) == ["C", "Page", "T"]

    @pytest.mark.parametrize(
        ("text", "written_as", "says"),
        [
            ("<p>nothing here</p>", "html", "part 1: there is no fact-check markup in this page."),
            ("", "html", "part 1: there is no fact-check markup in this page."),
            ('{"@type":', "jsonld", "part 1: this is not JSON"),
            ("[" * 100_000, "jsonld", "part 1: this is nested too deeply."),
            ('[{"@type":"ClaimReview","claimReviewed":"x"}]', "jsonld", "part 1: itemReviewed: no web address"),
            ("address\nhttps://a.example/", "csv", "line 1:"),
            ("address;title\nhttps://a.example/;T;more\n", "csv", "line 2:"),
        ],
        ids=ascii,
    )
    async def test_what_cannot_be_read_is_said(self, sidenote: Program, text: str, written_as: str, says: str) -> None:
        done = await sidenote("import", "-", "--format", written_as, stdin=text)
        assert done.status == 1
        assert done.err.startswith(says)
        assert done.err.endswith("Nothing was imported.\n")

    async def test_a_large_document_streams_and_what_is_broken_in_it_is_said(self, sidenote: Program) -> None:
        pad = "x" * 900
        nodes = [
            {"@type": "ClaimReview", "claimReviewed": f"Claim {i} {pad}", "url": f"https://c.example/{i}",
             "itemReviewed": {"@type": "Claim", "appearance": f"https://p.example/{i}"}} for i in range(9000)
        ]  # fmt: skip
        text = json.dumps({"@context": "https://schema.org", "@graph": nodes})
        assert len(text) > 8_000_000
        (sidenote.folder / "cut.json").write_text(text[:-5000], "utf-8")
        done = await sidenote("import", "cut.json")
        assert done.status == 1
        assert "this is not JSON" in done.err
        (sidenote.folder / "whole.json").write_text(text, "utf-8")
        assert (await sidenote("import", "whole.json")).out.startswith("9000 added")
        (sidenote.folder / "other.json").write_text(json.dumps({"other": nodes}), "utf-8")
        assert "must be a list, or list its parts under @graph" in (await sidenote("import", "other.json")).err

    @pytest.mark.skipif(FOLDER is None, reason="the samples are not here")
    async def test_real_markup_comes_in(self, sidenote: Program) -> None:
        assert FOLDER
        for file in sorted(FOLDER.glob("[0-9]*")):
            done = await sidenote("import", str(file))
            assert done.status == 0 or "no web address stands there" in done.err, file
        assert len(await titles(sidenote)) == 4


class TestLarge:
    """Large enough that a process of its own reads, and that there is time to interrupt it."""

    def many(self, sidenote: Program, records: int = 5_000) -> Path:
        lines = [json.dumps({"addresses": [f"https://a.example/{i}"], "title": f"Title {i}"}) for i in range(records)]
        path = sidenote.folder / "many.jsonl"
        path.write_text("\n".join(lines) + "\n" + " " * 900_000, "utf-8")
        assert path.stat().st_size > 1_000_000
        return path

    async def test_every_record_comes_once_and_refusals_have_their_line(self, sidenote: Program) -> None:
        path = self.many(sidenote)
        path.write_text(path.read_text("utf-8").replace('"title": "Title 3777"', '"title": 5'), "utf-8")
        done = await sidenote("import", path.name)
        assert (done.status, done.err) == (1, "line 3778: title: must be a text.\nRefused: 1. Nothing was imported.\n")
        assert await titles(sidenote) == []
        done = await sidenote("import", path.name, "--keep-going")
        assert done.out.startswith("4999 added")
        assert len(await titles(sidenote)) == 4_999

    @pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
    async def test_one_that_is_interrupted_leaves_nothing_in_the_way(
        self, sidenote: Program, how: signal.Signals
    ) -> None:
        path = self.many(sidenote)
        await sidenote("db", "migrate")
        process = await sidenote.start("import", path.name)
        await written(sidenote.folder / "sidenote.db")
        done = await stop(process, how)
        assert "Traceback" not in done.err
        assert await titles(sidenote) == []
        done = await sidenote("import", path.name)
        assert done.out.startswith("5000 added"), done.err

    async def test_an_undo_that_is_interrupted_is_finished_by_the_next(self, sidenote: Program) -> None:
        batch = batch_of(await sidenote("import", self.many(sidenote).name))
        process = await sidenote.start("import", "--undo", batch)
        await written(sidenote.folder / "sidenote.db", "undone_at IS NOT NULL", "batches")
        await stop(process, signal.SIGKILL)
        assert await titles(sidenote) == []
        done = await sidenote("import", "many.jsonl")
        assert done.out.startswith("5000 added")


async def on_a_terminal(sidenote: Program, *arguments: str) -> str:
    """What a person sees on a terminal that shows standard error."""
    there, here = pty.openpty()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *arguments, cwd=sidenote.folder, env={**sidenote.env, "TERM": "xterm"},
        stdout=asyncio.subprocess.DEVNULL, stderr=here,
    )  # fmt: skip
    os.close(here)
    seen = b""
    with suppress(OSError):  # how a terminal says that nobody writes any more
        while part := await asyncio.to_thread(os.read, there, 65_536):
            seen += part
    os.close(there)
    assert await process.wait() == 0, seen.decode()
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", seen.decode())


async def test_a_terminal_shows_how_far_it_is_how_fast_and_how_long_still(sidenote: Program) -> None:
    lines = [json.dumps({"addresses": [f"https://a.example/{i}"], "title": f"Title {i}"}) for i in range(6_000)]
    (sidenote.folder / "many.jsonl").write_text("\n".join(lines), "utf-8")
    seen = await on_a_terminal(sidenote, "import", "many.jsonl")
    assert re.search(r"importing .+ \d+ records, \d+/s \d+:\d\d:\d\d", seen)
    seen = await on_a_terminal(sidenote, "export", "out.jsonl")
    assert re.search(r"exporting .+ \d+/6000 \d*", seen)
    assert "6000 records written to out.jsonl." in seen
    assert "looking" in await on_a_terminal(sidenote, "import", "many.jsonl", "--dry-run")
