"""`import`, `export`, `check`, `db`: by hand, in an empty folder."""

import asyncio
import json
import signal
import sqlite3
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.settings import shipped
from tests.cli.program import Program, stop
from tests.hostile import EVERY, KEPT, REFUSED
from tests.stage import PAGE, RECORD, SECOND

SEED = Path(__file__).parents[2] / "bot" / "demo" / "records.jsonl"
SEED_PAGE = "https://summaries.example/kashmir-call-for-solidarity"


def valid(value: object, schema: str) -> None:
    jsonschema.Draft202012Validator(json.loads(shipped("schema", f"{schema}.json").read_text("utf-8"))).validate(value)


async def test_the_seeds_facts_come_out_as_a_note(sidenote: Program) -> None:
    done = await sidenote("import", str(SEED))
    assert (done.status, done.out) == (0, "2 added, 0 merged into existing records, 0 brought nothing new.\n")
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


class TestImportExport:
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
            "line 4: the line is not JSON (Expecting value: line 1 column 1 (char 0)).",
            "Refused: 3. Nothing was imported.",
        ]
        assert (await sidenote("export")).out.count("\n") == 1

    async def test_what_meets_a_record_adds_to_it_and_what_meets_two_is_refused(self, sidenote: Program) -> None:
        await sidenote("import", "-", stdin=f"{RECORD}\n{SECOND}")
        again = await sidenote("import", "-", stdin=f"{RECORD}\n{SECOND}")
        assert again.out == "0 added, 0 merged into existing records, 2 brought nothing new.\n"
        more = {"addresses": [PAGE, "https://copy.example/lake"], "title": "Another title", "claims": [{"text": "New"}]}
        done = await sidenote("import", "-", stdin=json.dumps(more))
        assert done.out.startswith("0 added, 1 merged")
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
        assert done.out == "1 added, 0 merged into existing records, 2 brought nothing new.\n"
        [_, record] = (await sidenote("export")).out.splitlines()
        assert len(json.loads(record)["claims"]) == 3

    @pytest.mark.parametrize(
        ("data", "says"),
        [
            (b"\xff\xfe\x00", "line 1: the file is not UTF-8"),
            (RECORD.encode() + b"\n\xc3\x28", "line 2: the file is not UTF-8"),
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


async def written(path: Path) -> None:
    """Returns when an import has begun to write."""
    connection = sqlite3.connect(path)
    for _ in range(4000):
        if connection.execute("SELECT COUNT(*) FROM publications").fetchone()[0]:
            break
        await asyncio.sleep(0.005)
    connection.close()


KNOWN = "addresses, claims, labels, language, list, recorded, reviewed, source, title, valid_from, valid_until, works."


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
        assert (await sidenote("db", "migrate")).out == "sidenote.db: version 3, was 0\n"
        assert (await sidenote("db", "migrate")).out == "sidenote.db: version 3\n"
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
