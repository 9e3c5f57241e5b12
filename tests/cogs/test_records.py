"""`/records import | export`: looked at first, brought in by a button, taken back by another; nobody waits."""

import asyncio
import csv
import io
import json
import time

import pytest
from simcord.results import InteractionResult

from bot.core.errors import NotFound
from bot.core.model import LOCAL_LIST, OPERATOR
from bot.services.parcels import MOST_BYTES
from bot.services.transfer import Source
from tests.cogs.acts import demote, given, retitle
from tests.stage import PAGE, RECORD, Stage, answer, buttons, read

PAGES = "https://new.example"


def lines(count: int, start: int = 0) -> bytes:
    """Records as JSON lines."""
    records = [
        {"addresses": [f"{PAGES}/{i}"], "title": f"Page {i}", "labels": ["summary"]}
        for i in range(start, start + count)
    ]
    return "\n".join(json.dumps(record) for record in records).encode()


async def look(stage: Stage, data: bytes, name: str = "more.jsonl", **options: str) -> InteractionResult:
    """Sends a file as the moderator."""
    return await stage.moderator.slash(stage.channel, "records import", file=(name, data), **options)


async def after(stage: Stage, result: InteractionResult, label: str) -> str:
    """What the moderator reads after a press."""
    pressed = await stage.moderator.click(given(result), label=label)
    return read(given(pressed))


class TestImport:
    async def test_a_file_is_looked_at_brought_in_and_taken_back(self, stage: Stage) -> None:
        looked = await look(stage, lines(6) + b"\n" + RECORD.replace("A dam is planned", "Two dams").encode())
        said = answer(looked)
        assert "What “more.jsonl” would bring" in said
        assert "6 added, 1 changed, 0 merged with others of the file, 0 bring nothing new, 0 refused." in said
        assert "New: Page 0" in said
        assert "and 2 more" in said
        assert "Added to: The Lake Report in Short" in said
        await stage.member.send(stage.channel, f"{PAGES}/3")
        assert stage.notes() == []
        done = await stage.moderator.click(given(looked), label="Import")
        assert "Imported: “more.jsonl”" in read(given(done))
        await stage.member.send(stage.channel, f"{PAGES}/4")
        assert "Page 4" in read(stage.note())
        back = await stage.moderator.click(given(done), label="Take this import back")
        assert "The import was taken back." in read(given(back))
        assert buttons(given(back)) == []
        await stage.later(121)
        assert "Page 4" not in read(stage.note())  # struck: its record is gone
        await stage.member.send(stage.channel, f"{PAGES}/5")
        assert len(stage.notes()) == 1

    async def test_what_is_refused_is_said_and_the_good_can_come_alone(self, stage: Stage) -> None:
        looked = await look(stage, lines(1) + b'\n{"title": "No address"}\nno json')
        said = answer(looked)
        assert "1 added" in said
        assert "2 refused." in said
        assert "Refused: line 2: addresses: at least one address is required." in said
        assert "Refused: line 3: this is not JSON" in said
        assert [label for label, _ in buttons(given(looked))] == ["Import without the refused"]
        assert "Imported" in await after(stage, looked, "Import without the refused")

    async def test_nothing_new_has_no_button(self, stage: Stage) -> None:
        looked = await look(stage, RECORD.encode())
        assert "There is nothing to import." in answer(looked)
        assert buttons(given(looked)) == []

    async def test_other_formats_are_read_and_can_be_said(self, stage: Stage) -> None:
        review = {"@type": "ClaimReview", "claimReviewed": "C", "itemReviewed": {"appearance": f"{PAGES}/r"}}
        for data, name, options in (
            (f"title,address\nT,{PAGES}/c\n".encode(), "list.csv", {}),
            (json.dumps(review).encode(), "review.json", {}),
            (f"title,address\nT,{PAGES}/d\n".encode(), "list.txt", {"written_as": "csv"}),
            (b"<script type='application/ld+json'>" + json.dumps(review).encode() + b"</script>", "p.html", {}),
        ):
            assert "1 added" in answer(await look(stage, data, name, **options))

    async def test_records_changed_since_are_named_and_stay_if_wished(self, stage: Stage) -> None:
        looked = await look(stage, lines(2))
        done = await stage.moderator.click(given(looked), label="Import")
        await retitle(stage, "Mine", typed="Page 1")
        kept = await stage.moderator.click(given(done), label="Take this import back")
        assert "were changed since (1): “Mine”. Nothing was taken back." in read(kept.followups[-1])
        back = await stage.moderator.click(kept.followups[-1], label="Take the others back")
        assert "but for the records that were changed since (1)" in read(given(back))
        for number, found in ((0, 0), (1, 1)):
            await stage.member.send(stage.channel, f"{PAGES}/{number}")
            assert len(stage.notes()) == found

    async def test_a_button_pressed_twice_imports_once(self, stage: Stage) -> None:
        parcels = stage.env.bot.parts.parcels  # type: ignore[attr-defined]
        looked = await parcels.look(stage.id, "x.jsonl", lines(1), None)
        presses = [parcels.bring_in(stage.id, looked.token, OPERATOR, keep_going=False) for _ in range(3)]
        done = await asyncio.gather(*presses, return_exceptions=True)
        assert sorted(type(one).__name__ for one in done) == ["Brought", "NotFound", "NotFound"]
        assert len(await stage.house.transfer.made(None)) == 2  # the stage's own, and this one

    async def test_a_file_too_large_is_not_even_fetched(self, stage: Stage) -> None:
        asked = len(stage.env.http_requests)
        said = answer(await look(stage, b"x" * (MOST_BYTES + 1)))
        assert "The file has 8.0 MB; at most 8 MB fit here." in said
        assert not [r for r in stage.env.http_requests[asked:] if "attachments" in r.path]

    @pytest.mark.parametrize("data", [b"", b"\n\n", b"\xff\xfe", b"\x00" * 100, b"[" * 100_000])
    async def test_what_is_no_file_of_records_is_answered(self, stage: Stage, data: bytes) -> None:
        looked = await look(stage, data)
        assert "0 added" in answer(looked)
        assert buttons(given(looked)) == []


class TestWho:
    async def test_it_takes_manage_server_at_every_step(self, stage: Stage) -> None:
        await stage.open_commands()
        for name, options in (("records import", {"file": ("x.jsonl", lines(1))}), ("records export", {})):
            said = answer(await stage.member.slash(stage.channel, name, **options))
            assert "This takes the permission Manage Server for the whole server" in said
        looked = await look(stage, lines(1))
        ready = await look(stage, lines(1, 5))
        done = await stage.moderator.click(given(ready), label="Import")
        demote(stage)
        for shown, label in ((given(looked), "Import"), (given(done), "Take this import back")):
            assert "takes the permission Manage Server" in answer(await stage.moderator.click(shown, label=label))
        assert len(await stage.house.transfer.made(None)) == 2

    async def test_another_servers_import_is_none(self, stage: Stage) -> None:
        looked = await look(stage, lines(1))
        done = await stage.moderator.click(given(looked), label="Import")
        [batch, _] = await stage.house.transfer.made(None)
        other = Stage(stage.house, stage.env, stage.env.create_guild("Elsewhere"), stage.web)
        parcels = stage.env.bot.parts.parcels  # type: ignore[attr-defined]
        with pytest.raises(NotFound):
            await parcels.undo(other.id, batch.id, OPERATOR, keep_changes=False)
        assert "Page 0" in await exported(stage)
        assert "Page 0" not in await exported(other)
        assert read(given(done)).startswith("### Imported")


async def exported(stage: Stage, **options: str) -> str:
    """The text of the file that the moderator gets."""
    result = await stage.moderator.slash(stage.channel, "records export", **options)
    [attachment] = given(result).attachments
    return (await attachment.read()).decode("utf-8")


class TestExport:
    async def test_the_list_comes_as_a_file_in_every_format(self, stage: Stage) -> None:
        text = await exported(stage)
        assert [json.loads(line)["title"] for line in text.splitlines()[1:]] == ["The Bridge in Short",
                                                                                "The Lake Report in Short"]  # fmt: skip
        rows = list(csv.DictReader(io.StringIO(await exported(stage, written_as="csv"))))
        assert {row["address"] for row in rows} >= {PAGE}
        nodes = json.loads(await exported(stage, written_as="jsonld"))["@graph"]
        assert {node["sdPublisher"]["name"] for node in nodes} == {"Server"}

    async def test_what_goes_out_comes_in_again_as_nothing_new(self, stage: Stage) -> None:
        for written_as, name in (("jsonl", "r.jsonl"), ("csv", "r.csv"), ("jsonld", "r.jsonld")):
            text = await exported(stage, written_as=written_as)
            assert "2 bring nothing new, 0 refused." in answer(await look(stage, text.encode(), name))

    async def test_the_operators_records_stay_where_they_are(self, stage: Stage) -> None:
        line = '{"addresses":["https://op.example/"],"title":"Operator page"}'
        await stage.house.transfer.bring_in(Source.lines([line], "test"), LOCAL_LIST, OPERATOR)
        assert "op.example" not in await exported(stage)


async def test_a_live_message_is_answered_while_a_large_file_comes_in(stage: Stage) -> None:
    records = [
        {"addresses": [f"{PAGES}/{i}"], "title": f"Page {i} {'x' * 120}", "labels": ["summary"],
         "claims": [{"text": f"Claim {k} of {i}"} for k in range(3)]} for i in range(20_000)
    ]  # fmt: skip
    data = "\n".join(json.dumps(record) for record in records).encode()
    assert 6_000_000 < len(data) < MOST_BYTES
    parcels = stage.env.bot.parts.parcels  # type: ignore[attr-defined]
    looked = await parcels.look(stage.id, "large.jsonl", data, None)
    job = asyncio.ensure_future(parcels.bring_in(stage.id, looked.token, OPERATOR, keep_going=False))
    waits: list[float] = []
    while not job.done():
        channel = stage.guild.create_text_channel(f"c{len(waits)}")
        begun = time.perf_counter()
        await stage.member.send(channel, PAGE)
        waits.append(time.perf_counter() - begun)
        assert len(stage.notes(channel)) == 1
    assert "20000 added" in "\n".join(line.text for line in (await job).lines)
    assert len(waits) > 3
    assert sum(wait >= 1 for wait in waits) <= 1  # one may wait longer where the machine itself is busy
