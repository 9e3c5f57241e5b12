"""From a page to a record in Discord: read, looked at, chosen from, edited, accepted by its maker; read again later."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import discord
import pytest
from simcord.results import InteractionResult

from bot.core.model import Actor, ActorKind, PublicationId, ReadFrom, UserId, guild_list
from tests.cogs.acts import demote, edited, given, record_id
from tests.stage import PAGE as FLAGGED
from tests.stage import Stage, answer, buttons, read

LINK = "https://digest.example/2026/quarry"
PAGE = """The Quarry Above Varn Keeps Growing

This publication is a summary or evaluation of another publication
This publication contains editorial commentary or bias from the source

The following is a summary of the article "Stone and Silence", published by the Varn Courier on 14 March 2026.

According to the Hill Office, the quarry above Varn produced 41,000 tonnes of stone in 2025.
The Hill Office said that 312 households had asked for an inspection of their walls.
Mayor Ilse Tarn told the newspaper that blasting had stopped on 2 February 2026.
The Valley Union reported that 18 wells had run dry since 2023.
The county court ruled in January 2026 that the permit of 2019 was void.
The piece argues that nobody listens. It is a shame.

Read the full Varn Courier article at:
https://courier.example/2026/03/14/stone-and-silence
"""
HEAD = """<head><link rel="canonical" href="https://digest.example/2026/quarry-in-full">
<script type="application/ld+json">{"@type": "OpinionNewsArticle"}</script></head>"""
WEB = f"<html>{HEAD}<body><article><h1>The Quarry Above Varn Keeps Growing</h1>" + "".join(
    f"<p>{line}</p>" for line in PAGE.splitlines()[1:] if line
) + "</article></body></html>"  # fmt: skip


async def send(stage: Stage, command: str = "flag add", values: dict[str, Any] | None = None, **options: str) -> Any:
    """Opens the form for a page as the moderator and sends it: by itself with the page as a file."""
    options = {"how": "page", **({"link": LINK} if command == "flag add" else {}), **options}
    shown = await stage.moderator.slash(stage.channel, command, **options)
    return await stage.moderator.submit_modal(shown, values or {"file": ("page.txt", PAGE.encode())})


async def press(stage: Stage, result: InteractionResult, label: str) -> InteractionResult:
    """Presses a button of what answered last."""
    return await stage.moderator.click(given(result), label=label)


def options(result: InteractionResult) -> list[dict[str, Any]]:
    """What the select of a panel offers."""
    found: list[dict[str, Any]] = []

    def walk(parts: Any) -> None:
        for part in parts:
            found.extend(part.get("options", []) if part.get("type") == 3 else [])
            walk(part.get("components", []))

    walk(given(result).components)
    return found


def forget_what_memory_holds(stage: Stage) -> None:
    """As after a restart: only the database is left."""
    stage.env.bot.parts.flagging._candidates.clear()  # type: ignore[attr-defined]


async def turned_to_the_end(stage: Stage, result: InteractionResult) -> list[str]:
    """Every page of a panel as it is read."""
    pages = [read(given(result))]
    while any(label == "Next" for label, _ in buttons(given(result))):
        result = await press(stage, result, "Next")
        pages.append(read(given(result)))
    return pages


class TestFlag:
    async def test_a_file_becomes_a_draft_and_then_a_record(self, stage: Stage) -> None:
        result = await send(stage)
        said = answer(result)
        assert "Draft: The Quarry Above Varn Keeps Growing" in said
        assert "Label on the page: “This publication is a summary or evaluation of another publication”" in said
        assert "“Stone and Silence”, Varn Courier, 2026-03-14" in said
        assert "Nothing is recorded before you accept." in said
        whole = "\n".join(await turned_to_the_end(stage, result))
        assert "produced 41,000 tonnes of stone in 2025" in whole
        assert "”, said by Hill Office" in whole
        assert "Proposed for: a figure, a date, " in whole
        assert "nobody listens" not in whole
        await stage.member.send(stage.channel, LINK)
        assert stage.notes() == []
        done = await press(stage, result, "Accept")
        assert f"Recorded: “The Quarry Above Varn Keeps Growing”. Shared links to {LINK}" in read(given(done))
        assert buttons(given(done)) == []
        await stage.member.send(stage.channel, LINK)
        assert "said by Hill Office" in read(stage.note())
        record = await record_id(stage, "quarry")
        shown = await stage.moderator.slash(stage.channel, "flag show", record=record)
        assert "Read from a file of the page on 2026-01-01, version " in "\n".join(
            await turned_to_the_end(stage, shown)
        )
        assert answer(await stage.moderator.slash(stage.channel, "flag drafts")).startswith("### 0 drafts of yours")

    async def test_what_speaks_against_a_statement_is_no_reason_to_propose_it(self, stage: Stage) -> None:
        page = PAGE.replace("18 wells had run dry", "18 wells had clearly run dry")
        sent = await send(stage, values={"file": ("page.txt", page.encode())})
        whole = "\n".join(await turned_to_the_end(stage, sent))
        assert "18 wells had clearly run dry since 2023" in whole
        assert "judgement" not in whole

    async def test_only_what_is_chosen_is_recorded(self, stage: Stage) -> None:
        result = await send(stage)
        before = options(result)
        keep = [o["value"] for o in before if "41,000" in o["label"]]
        assert len(keep) == 1
        assert sum(bool(o.get("default")) for o in before) > 1
        chosen = await stage.moderator.select(given(result), keep)
        assert [o["value"] for o in options(chosen) if o.get("default")] == keep
        assert "☑ 1. " in read(given(chosen)) or "☑ 2. " in read(given(chosen))
        await press(stage, chosen, "Accept")
        record = await record_id(stage, "quarry")
        said = "\n".join(
            await turned_to_the_end(stage, await stage.moderator.slash(stage.channel, "flag show", record=record))
        )
        assert "41,000" in said
        assert not any(o["label"][:30] in said for o in before if o["value"] not in keep)

    async def test_two_fields_are_one_text_and_full_ones_are_said(self, stage: Stage) -> None:
        half = len(PAGE) // 2
        said = answer(await send(stage, values={"text": PAGE[:half], "more": PAGE[half:]}))
        assert "Draft: The Quarry" in said
        assert "may be missing" not in said
        filler = ("The moor is wide and the wind is cold there. " * 200)[: 8000 - len(PAGE)]
        long = PAGE + filler
        said = answer(await send(stage, values={"text": long[:4000], "more": long[4000:]}, link=f"{LINK}/2"))
        assert "Both fields were full: the end of the text may be missing." in said

    async def test_what_is_edited_stays_and_keeps_its_sentence(self, stage: Stage) -> None:
        result = await send(stage)
        form = await press(stage, result, "Edit")
        assert form.modal is not None
        claims = next(
            x["component"]["value"] for x in form.modal["components"] if x["component"].get("custom_id") == "claims"
        )
        typed = f"{claims}\nA statement of mine | Somebody"
        again = await stage.moderator.submit_modal(form, edited(form, title="Another Title", claims=typed))
        assert "Draft: Another Title" in read(given(again))
        await press(stage, again, "Accept")
        record = await record_id(stage, "another")
        said = "\n".join(
            await turned_to_the_end(stage, await stage.moderator.slash(stage.channel, "flag show", record=record))
        )
        assert "“A statement of mine”, said by Somebody" in said
        assert "On the page: “According to the Hill Office" in said or "“According to the Hill Office" in said

    @pytest.mark.parametrize(
        ("values", "says"),
        [
            ({}, "There was neither a file nor a text."),
            ({"text": "Log in to continue reading this article, please."}, "asks readers to log in or subscribe"),
            ({"text": "Too short."}, "There is hardly any text in this page"),
            ({"file": ("page.txt", b"\xff\xfe\x00 broken \xff")}, "UTF-8"),
            ({"file": ("page.html", b"<html><body></body></html>")}, "There is hardly any text in this page"),
            ({"file": ("page.txt", b"x" * 5_000_001)}, "the page has more than 5 MB"),
        ],
        ids=["nothing", "login", "short", "bytes", "empty page", "large"],
    )
    async def test_what_is_no_page_is_refused(self, stage: Stage, values: dict[str, Any], says: str) -> None:
        result = await send(stage, values=values or {"text": ""})
        assert says in answer(result)
        attachments = given(result).attachments
        assert [(await a.read()).decode().strip() for a in attachments] == (
            [values["text"]] if "text" in values else []
        )
        assert "0 drafts of yours" in answer(await stage.moderator.slash(stage.channel, "flag drafts"))

    async def test_a_page_without_labels_is_not_flagged_by_itself(self, stage: Stage) -> None:
        bare = "\n".join(line for line in PAGE.splitlines() if not line.startswith("This publication"))
        result = await send(stage, values={"text": bare})
        assert "No label found on the page." in answer(result)
        assert "Without one it is no flagged summary" in answer(await press(stage, result, "Accept"))
        form = await press(stage, result, "Edit")
        again = await stage.moderator.submit_modal(form, edited(form) | {"labels": ["summary"]})
        assert "Recorded: " in read(given(await press(stage, again, "Accept")))


class TestFetch:
    async def test_the_web_is_read_only_where_it_is_allowed(self, stage: Stage) -> None:
        stage.pages.table[LINK] = WEB.encode()
        slash = stage.moderator.slash
        said = answer(await slash(stage.channel, "flag add", link=LINK, how="fetch"))
        assert "`/settings set page_fetching:True`" in said
        assert stage.pages.asked == []
        assert "Pages (page_fetching): read when a moderator asks" in answer(
            await slash(stage.channel, "settings set", page_fetching=True)
        )
        result = await slash(stage.channel, "flag add", link=LINK, how="fetch")
        said = answer(result)
        assert "Draft: The Quarry Above Varn Keeps Growing" in said
        assert "The page's markup calls it OpinionNewsArticle (schema.org)." in said
        assert "The page says that its own address is https://digest.example/2026/quarry-in-full" in said
        await press(stage, result, "Accept")
        record = await record_id(stage, "quarry")
        shown = await slash(stage.channel, "flag show", record=record)
        assert "Read from the page itself on 2026-01-01" in "\n".join(await turned_to_the_end(stage, shown))

    async def test_a_page_that_cannot_be_read_is_said(self, stage: Stage) -> None:
        await stage.rules(page_fetching=True)
        said = answer(await stage.moderator.slash(stage.channel, "flag add", link=LINK, how="fetch"))
        assert "answered with status 404" in said


class TestMenu:
    async def test_a_link_of_a_message_is_flagged(self, stage: Stage) -> None:
        message = await stage.member.send(stage.channel, f"https://other.example/1 and {LINK}")
        result = await stage.moderator.context_menu(stage.channel, "Flag a link here", message)
        assert "Flag https://other.example/1" in answer(result)
        assert [label for label, _ in buttons(given(result))] == ["Fill in a form", "File or text"]
        await stage.moderator.select(given(result), ["1"])
        shown = await stage.moderator.click(given(result), label="File or text")
        drafted = await stage.moderator.submit_modal(shown, {"text": PAGE})
        assert "Recorded: “The Quarry" in read(given(await press(stage, drafted, "Accept")))
        await stage.member.send(stage.channel, LINK)
        assert "The Quarry Above Varn" in read(stage.note())

    async def test_a_message_without_a_link_and_a_member_without_the_right(self, stage: Stage) -> None:
        message = await stage.member.send(stage.channel, "no link here")
        assert "There is no web link in this." in answer(
            await stage.moderator.context_menu(stage.channel, "Flag a link here", message)
        )
        await stage.open_commands()
        said = answer(await stage.member.context_menu(stage.channel, "Flag a link here", message))
        assert "Manage Messages" in said


class TestDrafts:
    async def test_a_draft_is_there_after_a_restart(self, stage: Stage) -> None:
        result = await send(stage)
        [first, *_] = options(result)
        await stage.moderator.select(given(result), [first["value"]])
        forget_what_memory_holds(stage)
        listed = await stage.moderator.slash(stage.channel, "flag drafts")
        assert "1 draft of yours" in answer(listed)
        opened = await press(stage, listed, "The Quarry Above Varn Keeps Growing")
        assert first["label"][:40] in read(given(opened))
        [choice] = await stage.moderator.autocomplete(stage.channel, "flag drafts", "draft", "quarry")
        assert choice["name"] == "The Quarry Above Varn Keeps Growing"
        assert "Draft: The Quarry" in answer(
            await stage.moderator.slash(stage.channel, "flag drafts", draft=str(choice["value"]))
        )
        assert "Recorded: " in read(given(await press(stage, opened, "Accept")))

    async def test_a_panel_that_shows_what_is_gone_is_shown_anew(self, stage: Stage) -> None:
        result = await send(stage)
        offered = options(result)
        left = [o["value"] for o in offered[1:]]
        chosen = await stage.moderator.select(given(result), left)
        forget_what_memory_holds(stage)
        again = await stage.moderator.select(given(chosen), [offered[0]["value"]])
        assert [o["value"] for o in options(again) if o.get("default")][: len(left)] == left

    async def test_it_goes_after_seven_days_or_when_it_is_discarded(self, stage: Stage) -> None:
        result = await send(stage)
        await stage.later(timedelta(days=7, minutes=1).total_seconds())
        assert "older than 7 days" in answer(await press(stage, result, "Accept"))
        await stage.env.bot.parts.flagging.forget()  # type: ignore[attr-defined]
        result = await send(stage)
        assert "The draft was discarded." in read(given(await press(stage, result, "Discard")))
        assert "0 drafts" in answer(await stage.moderator.slash(stage.channel, "flag drafts"))

    async def test_it_is_its_makers_alone(self, stage: Stage) -> None:
        result = await send(stage)
        [draft] = await stage.moderator.autocomplete(stage.channel, "flag drafts", "draft", "")
        role = stage.guild.create_role("second", permissions=discord.Permissions(manage_messages=True))
        other = stage.guild.add_member(stage.env.create_user("zoe"), roles=[role])
        assert await other.autocomplete(stage.channel, "flag drafts", "draft", "") == []
        said = answer(await other.slash(stage.channel, "flag drafts", draft=str(draft["value"])))
        assert "accepted or discarded" in said
        demote(stage)
        assert "Manage Messages" in answer(await press(stage, result, "Accept"))
        assert stage.notes() == []

    async def test_a_link_that_was_recorded_meanwhile_is_not_recorded_twice(self, stage: Stage) -> None:
        first, second = await send(stage), await send(stage)
        await press(stage, first, "Accept")
        assert "The Quarry Above Varn Keeps Growing" in answer(await press(stage, second, "Accept"))
        assert "1 draft" in answer(await stage.moderator.slash(stage.channel, "flag drafts"))


class TestReread:
    async def test_what_is_the_same_needs_no_review(self, stage: Stage) -> None:
        await press(stage, await send(stage), "Accept")
        record = await record_id(stage, "quarry")
        said = answer(await send(stage, "flag reread", {"text": PAGE.replace("\n\n", "\n \n")}, record=record))
        assert "reads as it did when the record was made from it" in said

    async def test_what_changed_is_shown_and_changes_nothing_by_itself(self, stage: Stage) -> None:
        await press(stage, await send(stage), "Accept")
        record = await record_id(stage, "quarry")
        lines = PAGE.replace("41,000 tonnes", "39,500 tonnes").splitlines()
        changed = "\n".join(line for line in lines if "editorial" not in line)
        result = await send(stage, "flag reread", {"text": changed}, record=record)
        said = answer(result)
        assert "Review: The Quarry" in said
        assert "No longer on the page as a label: “This publication contains editorial commentary" in said
        assert "No longer on the page: “According to the Hill Office" in said
        await stage.member.send(stage.channel, LINK)
        assert "editorial commentary" in read(stage.note())
        form = await press(stage, result, "Edit")
        again = await stage.moderator.submit_modal(form, edited(form) | {"labels": ["summary"]})
        done = read(given(await press(stage, again, "Accept")))
        assert "The record is now version 2." in done
        await stage.later(121)
        assert "editorial commentary" not in read(stage.note())

    async def test_a_review_that_was_overtaken_changes_nothing(self, stage: Stage) -> None:
        await press(stage, await send(stage), "Accept")
        record = await record_id(stage, "quarry")
        result = await send(stage, "flag reread", {"text": PAGE.replace("312", "340")}, record=record)
        shown = await stage.moderator.slash(stage.channel, "flag edit", record=record)
        await stage.moderator.submit_modal(shown, edited(shown, title="Meanwhile"))
        assert "The record was changed after this review began." in answer(await press(stage, result, "Accept"))

    async def test_choosing_keeps_claims_of_the_same_words_with_what_rests_on_them(self, stage: Stage) -> None:
        evidence = {"url": "https://e.example/", "date": "2025", "stance": "supports"}
        other = {**evidence, "stance": "contradicts"}
        claims = [
            {"text": "It rained", "attribution": ["A"], "status": "supported", "evidence": [evidence]},
            {"text": "It rained", "attribution": ["B"], "status": "disputed", "evidence": [other]},
            {"text": "It snowed", "attribution": ["B"]},
        ]
        await stage.record(json.dumps({"addresses": [LINK], "title": "Twice", "labels": ["summary"], "claims": claims}))
        record = await record_id(stage, "twice")
        before = (await stage.house.catalog.get([PublicationId(int(record))], [guild_list(stage.id)]))[0]
        result = await send(stage, "flag reread", record=record)
        chosen = [o["value"] for o in options(result) if o.get("default")]
        again = await stage.moderator.select(given(result), chosen)
        forget_what_memory_holds(stage)
        again = await press(stage, again, "Next") if ("Next", None) in buttons(given(again)) else again
        await press(stage, again, "Accept")
        after = (await stage.house.catalog.get([before.id], [guild_list(stage.id)]))[0]
        assert after.version == 2
        assert after.publication.claims == before.publication.claims


class TestOdd:
    async def test_a_sentence_that_stands_twice_is_recorded_once(self, stage: Stage) -> None:
        sentence = "According to the Hill Office, the quarry above Varn produced 41,000 tonnes of stone in 2025."
        result = await send(stage, values={"text": PAGE.replace(sentence, f"{sentence} {sentence}")})
        forget_what_memory_holds(stage)
        listed = await stage.moderator.slash(stage.channel, "flag drafts")
        opened = await press(stage, listed, "The Quarry Above Varn Keeps Growing")
        values = [o["value"] for o in options(opened)]
        assert len(values) == len(set(values)) > 1
        await press(stage, result, "Accept")
        [record] = await stage.house.catalog.get(
            [PublicationId(int(await record_id(stage, "quarry")))], [guild_list(stage.id)]
        )
        texts = [claim.text for claim in record.publication.claims]
        assert len(texts) == len(set(texts))

    @pytest.mark.parametrize(
        "odd",
        [
            "It is so. (index.html)",
            "A report of 31 February 2026 in the Varn Courier says so.",
            'See "The Older Report" (https://x.example:99999/).',
            "The mayor said \x1b[31mred\x07 words \x92 on 3 May 2025.",
            "Read the full " + "Long " * 60 + "article at: https://[x/1",
        ],
        ids=["no name", "no such day", "no such port", "controls", "long name"],
    )
    async def test_one_odd_detail_does_not_stand_in_the_way(self, stage: Stage, odd: str) -> None:
        result = await send(stage, values={"file": ("page.txt", f"{PAGE}\n\n{odd}\n".encode())})
        assert "Draft: The Quarry Above Varn" in answer(result)
        assert "Recorded: " in read(given(await press(stage, result, "Accept")))

    async def test_a_form_that_was_overtaken_changes_nothing(self, stage: Stage) -> None:
        result = await send(stage)
        form = await press(stage, result, "Edit")
        await stage.moderator.select(given(result), [])
        said = answer(await stage.moderator.submit_modal(form, edited(form, title="Too late")))
        assert "The draft was changed or went meanwhile." in said
        opened = await press(
            stage, await stage.moderator.slash(stage.channel, "flag drafts"), "The Quarry Above Varn Keeps Growing"
        )
        assert not any(o.get("default") for o in options(opened))

    async def test_a_review_full_of_signs_fits_into_a_message(self, stage: Stage) -> None:
        signs = "*_~`|<>[]()#-" * 20
        claims = [
            {"text": f"{i} {signs}"[:400], "quote": f"{signs} {i}", "attribution": [signs[:200]]} for i in range(5)
        ]
        await stage.record(
            json.dumps({"addresses": [LINK], "title": f"Signs {signs}"[:300], "labels": ["summary"], "claims": claims})
        )
        record = await record_id(stage, "signs")
        assert "Review: Signs" in answer(await send(stage, "flag reread", record=record))


async def test_a_live_message_is_answered_while_a_page_made_to_hurt_is_read(stage: Stage) -> None:
    hostile = (PAGE + "A. " * 200_000).encode()
    actor = Actor(ActorKind.MODERATOR, UserId(stage.moderator.id))
    flagging = stage.env.bot.parts.flagging  # type: ignore[attr-defined]
    job = asyncio.ensure_future(flagging.begin(stage.id, actor, LINK, hostile, ReadFrom.FILE))
    answered = 0
    while not job.done():
        channel = stage.guild.create_text_channel(f"c{answered}")
        await stage.member.send(channel, FLAGGED)
        assert len(stage.notes(channel)) == 1
        answered += 1
    assert "The Quarry Above Varn" in (await job).lines[0].text
    assert answered > 10  # had anything held up the bot, it would be one or two
