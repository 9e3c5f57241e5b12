"""Moderators keep records and take notes back, as they see it."""

import pytest

from bot.core.model import LOCAL_LIST, OPERATOR, Mode
from bot.services.transfer import Source
from tests.cogs.acts import FORM, NEW, edited, flag, given, record_id
from tests.stage import PAGE, Stage, answer, buttons, raw, read


class TestFlag:
    async def test_a_page_is_flagged_and_then_recognised(self, stage: Stage) -> None:
        said = answer(await flag(stage, relation="summary_of"))
        assert f"Recorded: “A New Page”. Shared links to {NEW} are now recognised." in said
        await stage.member.send(stage.channel, NEW)
        text = read(stage.note())
        assert "Summary of “The Report”, The Outlet" in text
        assert "“It rained for nine days”, said by Weather Office" in text
        assert "last reviewed 2026-01-01" in text

    async def test_the_first_answers_say_what_is_missing(self, stage: Stage) -> None:
        await stage.rules(mode=Mode.OBSERVE, log_channel=None)
        say = stage.moderator.slash
        for result in (
            await flag(stage),
            await say(stage.channel, "flag show", record=PAGE),
            await say(stage.channel, "flag remove", record=PAGE),
            await say(stage.channel, "claim add", record=PAGE, text="x"),
            await say(stage.channel, "settings show"),
            await say(stage.channel, "settings test", link=PAGE),
        ):
            said = answer(result)
            assert "`/settings set mode:post`" in said
            assert "`/settings set log_channel:#channel`" in said

    async def test_what_was_typed_comes_back_with_the_error(self, stage: Stage) -> None:
        result = await flag(stage, form={**FORM, "source_url": "no address"})
        assert "Original's address: must be a web address" in answer(result)
        assert result.response is not None
        [file] = result.response.attachments
        typed = (await file.read()).decode()
        assert all(part in typed for part in ("It rained for nine days | Weather Office", "The Report", "no address"))
        again = await stage.moderator.click(result.response, label="Open the form again")
        said = answer(await stage.moderator.submit_modal(again, FORM))
        assert "Recorded: “A New Page”" in said

    @pytest.mark.parametrize("link", ["nothing", "ftp://x.example/", "https://[", "https://"])
    async def test_what_is_no_page_is_refused(self, stage: Stage, link: str) -> None:
        assert "There is no web link in this." in answer(
            await stage.moderator.slash(stage.channel, "flag add", link=link)
        )

    async def test_a_page_is_recorded_once(self, stage: Stage) -> None:
        said = answer(await stage.moderator.slash(stage.channel, "flag add", link=f"{PAGE}?utm_medium=x"))
        assert "already has a record under this address: “The Lake Report in Short”" in said

    async def test_edit_keeps_what_is_not_in_the_form(self, stage: Stage) -> None:
        record = await record_id(stage, "lake")
        shown = await stage.moderator.slash(stage.channel, "flag edit", record=record)
        assert shown.modal is not None
        form = edited(shown, title="Another Title", claims="Boats were moved | Harbour")
        result = await stage.moderator.submit_modal(shown, form)
        assert "“Another Title” was changed. The record is now version 2." in answer(result)
        said = answer(await stage.moderator.slash(stage.channel, "flag show", record=record))
        assert "“Boats were moved”, said by Harbour" in said
        assert "Nine springs" not in said
        assert "2025-11-19" in said

    async def test_an_edit_that_was_overtaken_changes_nothing(self, stage: Stage) -> None:
        record = await record_id(stage, "lake")
        first = await stage.moderator.slash(stage.channel, "flag edit", record=record)
        second = await stage.moderator.slash(stage.channel, "flag edit", record=record)
        await stage.moderator.submit_modal(first, edited(first, title="First"))
        result = await stage.moderator.submit_modal(second, edited(second, title="Second"))
        assert "was changed or removed meanwhile" in answer(result)
        assert "### First" in answer(await stage.moderator.slash(stage.channel, "flag show", record=record))

    async def test_remove_asks_first(self, stage: Stage) -> None:
        record = await record_id(stage, "lake")
        result = await stage.moderator.slash(stage.channel, "flag remove", record=record)
        assert "Remove “The Lake Report in Short”" in answer(result)
        assert result.response is not None
        await stage.moderator.click(result.response, label="Remove this record")
        await stage.member.send(stage.channel, PAGE)
        assert stage.notes() == []
        assert "There is no such record here." in answer(
            await stage.moderator.slash(stage.channel, "flag show", record=record)
        )

    async def test_the_operators_records_can_be_read_and_not_changed(self, stage: Stage) -> None:
        line = f'{{"addresses":["{NEW}"],"title":"Operator page","labels":["summary"]}}'
        await stage.house.transfer.bring_in(Source.lines([line], "test"), LOCAL_LIST, OPERATOR)
        await stage.member.send(stage.channel, NEW)
        assert "The operator's list" in read(stage.note())
        record = await record_id(stage, "operator")
        assert "Operator page" in answer(await stage.moderator.slash(stage.channel, "flag show", record=record))
        said = answer(await stage.moderator.slash(stage.channel, "flag edit", record=record))
        assert "only the operator can change it" in said

    async def test_a_guilds_own_record_stands_before_the_operators(self, stage: Stage) -> None:
        line = f'{{"addresses":["{PAGE}"],"title":"Operator page","labels":["summary"]}}'
        await stage.house.transfer.bring_in(Source.lines([line], "test"), LOCAL_LIST, OPERATOR)
        await stage.member.send(stage.channel, PAGE)
        assert "Operator page" not in read(stage.note())
        assert "The Lake Report in Short" in read(stage.note())

    async def test_a_long_record_is_shown_page_by_page(self, stage: Stage) -> None:
        works = ",".join(f'{{"name":"Work number {i} {"x" * 80}"}}' for i in range(60))
        await stage.record(f'{{"addresses":["{NEW}"],"title":"Long","labels":["summary"],"works":[{works}]}}')
        result = await stage.moderator.slash(stage.channel, "flag show", record=NEW)
        seen = answer(result)
        while result.response and ("Next", None) in buttons(result.response):
            result = await stage.moderator.click(result.response, label="Next")
            seen += answer(result)
        assert all(f"Work number {i} " in seen for i in range(60))

    async def test_after_a_conflict_the_form_can_be_sent_again(self, stage: Stage) -> None:
        record = await record_id(stage, "lake")
        shown = await stage.moderator.slash(stage.channel, "flag edit", record=record)
        await stage.moderator.slash(stage.channel, "claim add", record=record, text="In between")
        result = await stage.moderator.submit_modal(shown, edited(shown, title="Mine"))
        assert "meanwhile" in answer(result)
        again = await stage.moderator.click(given(result), label="Open the form again")
        assert "“Mine” was changed" in answer(await stage.moderator.submit_modal(again, edited(again)))

    async def test_claims_too_long_for_the_form_are_left_alone_and_that_is_said(self, stage: Stage) -> None:
        claims = ",".join(f'{{"text":"{i} {"x" * 600}"}}' for i in range(9))
        await stage.record(f'{{"addresses":["{NEW}"],"title":"Long","labels":["summary"],"claims":[{claims}]}}')
        shown = await stage.moderator.slash(stage.channel, "flag edit", record=NEW)
        assert shown.modal is not None
        assert "they stay as they are" in str(shown.modal["components"])

    async def test_only_an_exact_title_names_a_record(self, stage: Stage) -> None:
        said = answer(await stage.moderator.slash(stage.channel, "flag show", record="bridge"))
        assert "no such record" in said
        said = answer(await stage.moderator.slash(stage.channel, "flag show", record="the BRIDGE in short"))
        assert "The Bridge in Short" in said

    @pytest.mark.parametrize("number", ["9999999999999999999", "0", "99999999999999999999999"])
    async def test_numbers_that_are_no_ids_are_not_found(self, stage: Stage, number: str) -> None:
        assert "no such record" in answer(await stage.moderator.slash(stage.channel, "flag show", record=number))
        said = answer(await stage.moderator.slash(stage.channel, "flag withdraw", message=number))
        assert "no context note" in said or "Give a link" in said

    async def test_a_title_in_an_error_is_shown_as_text(self, stage: Stage) -> None:
        nasty = "**b** [x](https://evil.example) <@1>"
        await stage.record(f'{{"addresses":["{NEW}"],"title":"{nasty}","labels":["summary"]}}')
        result = await stage.moderator.slash(stage.channel, "flag add", link=NEW)
        assert nasty in answer(result)
        assert "](" not in raw(given(result))
        assert "<@1>" not in raw(given(result)).replace("\\<", "")


class TestWithdraw:
    @pytest.mark.parametrize("how", ["menu", "newest", "link to the note", "link to the message", "id"])
    async def test_a_note_is_taken_back_and_its_message_stays_unanswered(self, stage: Stage, how: str) -> None:
        message = await stage.member.send(stage.channel, PAGE)
        note = stage.note()
        if how == "menu":
            result = await stage.moderator.context_menu(stage.channel, "Withdraw this note", note)
        else:
            named = {
                "newest": None,
                "link to the note": note.jump_url,
                "link to the message": message.jump_url,
                "id": str(note.id),
            }[how]
            options = {"message": named} if named else {}
            result = await stage.moderator.slash(stage.channel, "flag withdraw", reason="wrong page", **options)
        assert "The note was withdrawn." in answer(result)
        reason = "none given" if how == "menu" else "wrong page"
        text = read(stage.note())
        assert text == (
            "~~Context note~~\n-# This context note was withdrawn on 2026-01-01 by this server's moderators. Reason: "
            + reason
        )
        await stage.member.edit(message, f"{PAGE} edited")
        assert read(stage.note()) == text

    async def test_what_is_no_note_is_said(self, stage: Stage) -> None:
        message = await stage.member.send(stage.channel, "hello")
        said = answer(await stage.moderator.context_menu(stage.channel, "Withdraw this note", message))
        assert "That message is no context note of this server" in said
        assert "no context note in this channel" in answer(await stage.moderator.slash(stage.channel, "flag withdraw"))
        said = answer(await stage.moderator.slash(stage.channel, "flag withdraw", message="what"))
        assert "Give a link to the message or its id" in said

    async def test_twice_is_said(self, stage: Stage) -> None:
        await stage.member.send(stage.channel, PAGE)
        note = stage.note()
        await stage.moderator.context_menu(stage.channel, "Withdraw this note", note)
        said = answer(await stage.moderator.context_menu(stage.channel, "Withdraw this note", note))
        assert "withdrawn before" in said
