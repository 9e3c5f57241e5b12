"""`check` and `db`: by hand, in an empty folder."""

import json
import sqlite3
from pathlib import Path

import jsonschema
import pytest

from bot.settings import shipped
from tests.cli.program import Program
from tests.hostile import EVERY
from tests.stage import PAGE, RECORD, SECOND

SEED = Path(__file__).parents[2] / "bot" / "demo" / "records.jsonl"
SEED_PAGE = "https://summaries.example/kashmir-call-for-solidarity"


def valid(value: object, schema: str) -> None:
    jsonschema.Draft202012Validator(json.loads(shipped("schema", f"{schema}.json").read_text("utf-8"))).validate(value)


async def test_the_seeds_facts_come_out_as_a_note(sidenote: Program) -> None:
    done = await sidenote("import", str(SEED))
    assert done.status == 0
    assert done.out.startswith("2 added, 0 changed, 0 merged with others of the file, 0 brought nothing new.\nBatch ")
    done = await sidenote("check", f"look {SEED_PAGE}?utm_source=x", "--json", "--why")
    assert done.status == 0
    answer = json.loads(done.out)
    valid(answer, "check")
    lines = answer["note"]["lines"]
    assert "Label on the page: “This publication is a summary or evaluation of another publication”" in lines
    assert "Label on the page: “This publication contains editorial commentary or bias from the source”" in lines
    assert any("1,200 civilians" in line and line.startswith("○ Unverified") for line in lines)
    assert "7 claims recorded, nobody has verified them:" in lines
    assert answer["matched"] == [SEED_PAGE]
    assert (answer["decision"], answer["reason"]) == ("post", None)
    assert {"label": "Original", "url": "https://www.wsws.org/en/articles/2025/11/19/itsq-n19.html"} in answer["note"][
        "buttons"
    ]
    assert any("utm_source" in step for step in answer["links"][0]["why"])


async def test_check_for_people_and_what_is_not_recorded(sidenote: Program) -> None:
    await sidenote("import", "-", stdin=RECORD)
    done = await sidenote("check", PAGE)
    assert "decision  post" in done.out
    assert "[Original] [All claims] [Why this note?]" in done.out
    done = await sidenote("check", "https://other.example/", "--json")
    answer = json.loads(done.out)
    valid(answer, "check")
    assert (answer["decision"], answer["reason"], answer["note"]) == ("stay_silent", "nothing_flagged", None)


async def test_check_has_no_effect_and_makes_no_file(sidenote: Program) -> None:
    done = await sidenote("check", PAGE)
    assert done.status == 1
    assert "There is no database at sidenote.db. `sidenote db migrate` makes one" in done.err
    assert list(sidenote.folder.iterdir()) == []
    await sidenote("import", "-", stdin=RECORD)
    before = (sidenote.folder / "sidenote.db").read_bytes()
    await sidenote("check", PAGE)
    assert (sidenote.folder / "sidenote.db").read_bytes() == before


async def test_check_reads_a_guilds_list_under_its_settings(sidenote: Program) -> None:
    await sidenote("import", "-", "--guild", "5", stdin=RECORD)
    assert json.loads((await sidenote("check", PAGE, "--json")).out)["records"] == []
    answer = json.loads((await sidenote("check", PAGE, "--json", "--guild", "5")).out)
    assert (answer["decision"], answer["reason"]) == ("stay_silent", "observing")
    assert answer["records"][0]["list"] == "guild-5"


class TestJsonLines:
    async def test_flagged_addresses_come_back_as_written_without_a_database(self, sidenote: Program) -> None:
        lines = [
            {"id": 1, "message": f"a {PAGE} b", "flagged": ["https://x.example", PAGE + "/", PAGE, PAGE]},
            {"id": "two", "message": {"message_snapshots": [{"message": {"content": PAGE}}]}, "flagged": [PAGE]},
            {"id": 3.5, "message": {"embeds": [{"url": PAGE}], "webhook_id": "1"}, "flagged": [PAGE]},
            {"id": 4, "message": {"embeds": [{"url": PAGE}]}, "flagged": [PAGE]},
            {"message": "nothing", "flagged": []},
        ]  # fmt: skip
        done = await sidenote("check", "--jsonl", stdin="\n".join(json.dumps(line) for line in lines))
        answers = [json.loads(line) for line in done.out.splitlines()]
        for answer in answers:
            valid(answer, "check-jsonl-out")
        assert [(a["id"], a["matched"]) for a in answers] == [
            (1, [PAGE + "/", PAGE]),
            ("two", [PAGE]),
            (3.5, [PAGE]),
            (4, []),
            (None, []),
        ]
        assert done.status == 0
        assert not (sidenote.folder / "sidenote.db").exists()

    async def test_a_bad_line_answers_with_a_sentence_and_the_run_goes_on(self, sidenote: Program) -> None:
        bad: list[bytes] = [
            b"not json", b"[]", b"5", b'{"id": 7}', b'{"id": 8, "message": 5, "flagged": []}', b"\xff\xfe",
            b'{"id": 9, "message": "x", "flagged": "y"}', b'{"id": 10, "message": "x", "flagged": [5]}',
            b'{"id": {}, "message": ', b"[" * 100_000, b'{"id": 11, "message": "no database"}',
        ]  # fmt: skip
        good = json.dumps({"id": "last", "message": PAGE, "flagged": [PAGE]}).encode()
        done = await sidenote("check", "--jsonl", stdin=b"\n".join([*bad, b"", good]))
        answers = [json.loads(line) for line in done.out.splitlines()]
        assert len(answers) == len(bad) + 2
        for answer in answers:
            valid(answer, "check-jsonl-out")
        assert all(a["matched"] == [] and a["error"].endswith(".") for a in answers[:-1])
        assert [a["id"] for a in answers] == [None, None, None, 7, 8, None, 9, 10, None, None, 11, None, "last"]
        assert answers[-1]["matched"] == [PAGE]
        assert done.status == 0

    async def test_without_flagged_the_records_count_and_each_line_is_answered_at_once(self, sidenote: Program) -> None:
        await sidenote("import", "-", stdin=RECORD)
        process = await sidenote.start("check", "--jsonl")
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(3):
            process.stdin.write(json.dumps({"id": number, "message": PAGE}).encode() + b"\n")
            answer = json.loads(await process.stdout.readline())
            assert (answer["id"], answer["matched"]) == (number, [PAGE])
        process.stdin.close()
        assert await process.wait() == 0


@pytest.mark.parametrize("text", [t for t in EVERY.values() if "\x00" not in t and len(t) < 5000], ids=ascii)
async def test_hostile_text_goes_through_check(sidenote: Program, text: str) -> None:
    if "\ud800" in text:
        text = text.replace("\ud800", "\udc80")  # how a byte that is no UTF-8 reaches a program's arguments
    await sidenote("db", "migrate")
    done = await sidenote("check", f"{text} {PAGE}", "--json")
    if "\udc80" in text:
        assert (done.status, done.err) == (1, "The text is not valid UTF-8.\n")
    else:
        assert done.status == 0
        valid(json.loads(done.out), "check")


class TestDatabase:
    async def test_migrate_check_backup_restore(self, sidenote: Program) -> None:
        assert (await sidenote("db", "migrate")).out == "sidenote.db: version 5, was 0\n"
        assert (await sidenote("db", "migrate")).out == "sidenote.db: version 5\n"
        await sidenote("import", "-", stdin=RECORD)
        assert (await sidenote("db", "check")).out == "sidenote.db: sound\n"
        assert (await sidenote("db", "backup", "copy.db")).out == "Backup: copy.db\n"
        done = await sidenote("db", "backup", "copy.db")
        assert (done.status, done.err) == (1, "copy.db exists already. Name another file for the backup.\n")
        await sidenote("import", "-", stdin=SECOND)
        done = await sidenote("db", "restore", "copy.db")
        assert done.status == 0
        assert (await sidenote("export")).out.count("\n") == 2

    async def test_damage_is_found_and_said(self, sidenote: Program) -> None:
        await sidenote("db", "migrate")
        path = sidenote.folder / "sidenote.db"
        with sqlite3.connect(path) as connection:
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("INSERT INTO sources (publication_id) VALUES (5)")
        connection.close()
        done = await sidenote("db", "check")
        assert done.status == 1
        assert done.out == "sources: row 5 refers to a missing row of publications\n"
        assert "db restore" in done.err
        path.write_bytes(b"no database at all" * 300)
        for command in (["db", "check"], ["db", "migrate"], ["export"], ["check", "x"]):
            done = await sidenote(*command)
            assert done.status == 1
            assert "damaged or is no database" in done.err
