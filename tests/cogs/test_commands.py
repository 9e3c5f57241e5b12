"""Every command and menu, as the person who uses it sees it."""

from typing import Any

import discord
import pytest
from simcord.actors import MemberActor
from simcord.results import InteractionResult, ResponseMessage

from bot.core.model import ChannelId, Mode
from tests.stage import OTHER, PAGE, Stage, answer, buttons, raw, read

NEW = "https://new.example/page"
FORM = {
    "labels": ["summary", "editorial"],
    "title": "A New Page",
    "source": "The Report\nThe Outlet",
    "source_url": "https://outlet.example/report",
    "claims": "It rained for nine days | Weather Office\nThe harbour was closed",
}


async def flag(stage: Stage, link: str = NEW, form: dict[str, Any] | None = None, **options: Any) -> InteractionResult:
    """Fills in the form of /flag add as the moderator."""
    shown = await stage.moderator.slash(stage.channel, "flag add", link=link, **options)
    return await stage.moderator.submit_modal(shown, form or FORM)


def edited(shown: InteractionResult, **changes: str) -> dict[str, Any]:
    """What a shown form sends when only some fields are changed."""
    assert shown.modal is not None
    values: dict[str, Any] = {}
    for label in shown.modal["components"]:
        field = label["component"]
        chosen = [option["value"] for option in field.get("options", []) if option.get("default")]
        values[field["custom_id"]] = chosen if "options" in field else field.get("value") or ""
    return {**values, **changes}


def given(result: InteractionResult) -> ResponseMessage:
    """The message that answered."""
    messages = [m for m in (result.response, *result.followups) if m is not None]
    return messages[-1]


async def record_id(stage: Stage, typed: str, command: str = "flag show") -> str:
    """The value of the only record that autocomplete offers."""
    [choice] = await stage.moderator.autocomplete(stage.channel, command, "record", typed)
    return str(choice["value"])


async def claim_id(stage: Stage, record: str, typed: str) -> str:
    """The value of the only claim that autocomplete offers."""
    [choice] = await stage.moderator.autocomplete(stage.channel, "claim status", "claim", typed, record=record)
    return str(choice["value"])


class TestContext:
    async def test_a_recorded_link_shows_its_note_to_the_asker_only(self, stage: Stage) -> None:
        result = await stage.member.slash(stage.channel, "context check", link=PAGE)
        assert "The Lake Report in Short" in answer(result)
        assert result.response is not None
        assert [label for label, _ in buttons(result.response)] == ["Original", "All claims"]
        assert stage.notes() == []

    async def test_a_bare_host_is_enough(self, stage: Stage) -> None:
        result = await stage.member.slash(stage.channel, "context check", link="summaries.example/lake-report")
        assert "The Lake Report in Short" in answer(result)

    @pytest.mark.parametrize(
        ("link", "says"),
        [
            (
                "https://example.org/other?utm_source=mail",
                "Nothing is recorded about this page. Looked up as example.org/other",
            ),
            ("what is this", "There is no web link in this."),
            ("https://[", "There is no web link in this."),
        ],
    )
    async def test_what_is_not_known_is_said(self, stage: Stage, link: str, says: str) -> None:
        assert says in answer(await stage.member.slash(stage.channel, "context check", link=link))

    async def test_a_record_without_labels_is_no_flagged_summary(self, stage: Stage) -> None:
        await stage.record('{"addresses":["https://plain.example/1"],"title":"Plain"}')
        said = answer(await stage.member.slash(stage.channel, "context check", link="https://plain.example/1"))
        assert "“Plain” is recorded, without labels" in said
        await stage.member.send(stage.channel, "https://plain.example/1")
        assert stage.notes() == []

    async def test_the_menu_answers_about_a_message(self, stage: Stage) -> None:
        await stage.rules(mode=Mode.OFF)
        message = await stage.member.send(stage.channel, f"{PAGE} {OTHER}")
        said = answer(await stage.member.context_menu(stage.channel, "Context for links", message))
        assert "The Lake Report in Short" in said
        assert "The Bridge in Short" in said


class TestButtons:
    async def test_all_claims_are_shown_with_what_the_labels_mean(self, stage: Stage) -> None:
        await stage.member.send(stage.channel, PAGE)
        said = answer(await stage.member.click(stage.note(), label="All claims"))
        assert "“A dam is planned”, no source named" in said
        assert "The page says that it reports what another publication says." in said

    async def test_many_claims_are_paged(self, stage: Stage) -> None:
        claims = ",".join(f'{{"text":"Claim number {i} {"word " * 60}"}}' for i in range(30))
        await stage.record(f'{{"addresses":["{NEW}"],"title":"Long","labels":["summary"],"claims":[{claims}]}}')
        await stage.member.send(stage.channel, NEW)
        result = await stage.member.click(stage.note(), label="All claims")
        assert "Page 1 of" in answer(result)
        seen = answer(result)
        while ("Next", None) in buttons(result.response or stage.note()):
            assert result.response is not None
            result = await stage.member.click(result.response, label="Next")
            seen += answer(result)
        assert all(f"Claim number {i} " in seen for i in range(30))

    async def test_why_reads_the_message_again(self, stage: Stage) -> None:
        await stage.member.send(stage.channel, f"[this]({PAGE}?utm_source=someone@mail.example)")
        said = answer(await stage.member.click(stage.note(), label="Why this note?"))
        assert "Found in the message." in said
        assert "The address stood behind other words." in said
        assert "left out: utm_source." in said
        assert "someone" not in said
        assert f"This is the recorded address {PAGE} of “The Lake Report in Short”." in said

    async def test_why_says_when_the_message_is_gone(self, stage: Stage) -> None:
        message = await stage.member.send(stage.channel, PAGE)
        note = stage.note()
        stage.env.backend.messages[stage.channel.id].pop(message.id)
        assert "is gone" in answer(await stage.member.click(note, label="Why this note?"))


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
        said = answer(await flag(stage))
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
        from bot.core.model import LOCAL_LIST, OPERATOR

        line = f'{{"addresses":["{NEW}"],"title":"Operator page","labels":["summary"]}}'
        await stage.house.transfer.bring_in([line], LOCAL_LIST, "test", OPERATOR)
        await stage.member.send(stage.channel, NEW)
        assert "The operator's list" in read(stage.note())
        record = await record_id(stage, "operator")
        assert "Operator page" in answer(await stage.moderator.slash(stage.channel, "flag show", record=record))
        said = answer(await stage.moderator.slash(stage.channel, "flag edit", record=record))
        assert "only the operator can change it" in said

    async def test_a_guilds_own_record_stands_before_the_operators(self, stage: Stage) -> None:
        from bot.core.model import LOCAL_LIST, OPERATOR

        line = f'{{"addresses":["{PAGE}"],"title":"Operator page","labels":["summary"]}}'
        await stage.house.transfer.bring_in([line], LOCAL_LIST, "test", OPERATOR)
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


class TestLimits:
    """Answers that could grow beyond what Discord takes."""

    async def test_answers_stay_within_discords_limits(self, stage: Stage) -> None:
        title = "T" * 290
        lines = [f'{{"addresses":["https://long.example/{i}/{"y" * 1900}"],"title":"{i}{title}"}}' for i in range(25)]
        flagged = [line.replace('"title"', '"labels":["summary"],"title"').replace("long.", "flag.") for line in lines]
        await stage.record(*lines, *flagged[:12])
        ignored = [stage.guild.create_text_channel(f"c{i}") for i in range(90)]
        await stage.rules(ignored=frozenset(ChannelId(c.id) for c in ignored))
        say = stage.moderator.slash
        links = " ".join(f"https://flag.example/{i}/{'y' * 1900}" for i in range(2))
        for result in (
            await say(stage.channel, "context check", link="https://x.example/" + "-" * 3900),
            await say(stage.channel, "context check", link=links),
            await say(stage.channel, "settings test", link=links),
            await say(stage.channel, "settings show"),
        ):
            assert answer(result)
            assert len(raw(given(result))) <= 4000
        hook = stage.guild.create_webhook(stage.channel)
        embeds = [discord.Embed(url=f"https://long.example/{i}/{'y' * 1900}") for i in range(10)]
        message = await hook.send("x", embeds=embeds)
        result = await stage.member.context_menu(stage.channel, "Context for links", message)
        assert "without labels" in answer(result)

    async def test_why_is_bounded(self, stage: Stage) -> None:
        await stage.member.send(stage.channel, " ".join(f"{PAGE}?utm_source={i}" for i in range(35)))
        result = await stage.member.click(stage.note(), label="Why this note?")
        assert "more lines" in answer(result)
        assert len(raw(given(result))) <= 4000

    async def test_a_menu_about_many_records_shows_all_claims_of_all(self, stage: Stage) -> None:
        records = [
            f'{{"addresses":["https://m.example/{i}"],"title":"Page {i}","labels":["summary"]}}' for i in range(9)
        ]
        await stage.record(*records)
        message = await stage.member.send(stage.channel, " ".join(f"https://m.example/{i}" for i in range(9)))
        result = await stage.member.context_menu(stage.channel, "Context for links", message)
        assert "and 6 more, under All claims" in answer(result)
        result = await stage.member.click(given(result), label="All claims")
        seen = answer(result)
        while ("Next", None) in buttons(given(result)):
            result = await stage.member.click(given(result), label="Next")
            seen += answer(result)
        assert all(f"Page {i}" in seen for i in range(9))


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
            "-# This context note was withdrawn on 2026-01-01 by this server's moderators. Reason: " + reason
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


class TestClaim:
    async def test_a_claim_is_added_edited_and_removed(self, stage: Stage) -> None:
        record = await record_id(stage, "bridge")
        result = await stage.moderator.slash(
            stage.channel,
            "claim add",
            record=record,
            text="It opened in 1931",
            said_by="Archive | Gazette",
            quote="1931.",
        )
        assert "The claim was added to “The Bridge in Short”, unverified." in answer(result)
        said = answer(await stage.moderator.slash(stage.channel, "flag show", record=record))
        assert "○ Unverified: “It opened in 1931”, said by Archive, reported by Gazette" in said
        assert "In the page's words: “1931.”" in said
        chosen = await claim_id(stage, record, "opened")
        await stage.moderator.slash(stage.channel, "claim edit", record=record, claim=chosen, text="It opened in 1932")
        assert chosen == await claim_id(stage, record, "1932")
        await stage.moderator.slash(stage.channel, "claim edit", record=record, claim=chosen, remove=True)
        said = answer(await stage.moderator.slash(stage.channel, "flag show", record=record))
        assert "No claims are recorded" in said

    async def test_a_status_rests_on_dated_evidence(self, stage: Stage) -> None:
        record = await record_id(stage, "lake")
        claim = await claim_id(stage, record, "springs")
        ask = {"record": record, "claim": claim, "status": "supported"}
        needs = "needs evidence: an address, the date it was looked at"
        assert needs in answer(await stage.moderator.slash(stage.channel, "claim status", **ask))
        proof = {"evidence": "https://springs.example/list", "date": "2025-12-24", "stance": "contradicts"}
        assert needs in answer(
            await stage.moderator.slash(stage.channel, "claim status", **ask, evidence=proof["evidence"])
        )
        said = answer(await stage.moderator.slash(stage.channel, "claim status", **ask, **proof))
        assert "at least one piece of evidence that supports the claim" in said
        said = answer(await stage.moderator.slash(stage.channel, "claim status", **ask, **{**proof, "date": "2025-13"}))
        assert "must be a date" in said
        result = await stage.moderator.slash(stage.channel, "claim status", **{**ask, "status": "refuted"}, **proof)
        assert "is now recorded as refuted. The record is now version 2." in answer(result)
        await stage.member.send(stage.channel, PAGE)
        text = read(stage.note())
        assert "◇ Contradicted by recorded evidence: “Nine springs ran dry”" in text
        assert "4 claims recorded, 3 of them unverified:" in text
        said = answer(await stage.member.click(stage.note(), label="All claims"))
        assert "Evidence that contradicts it, looked at on 2025-12-24: https://springs.example/list" in said

    async def test_what_is_missing_is_said(self, stage: Stage) -> None:
        record = await record_id(stage, "lake")
        say = stage.moderator.slash
        assert "no such claim" in answer(await say(stage.channel, "claim edit", record=record, claim="x", text="y"))
        assert "no such record" in answer(await say(stage.channel, "claim add", record="nothing", text="y"))
        claim = await claim_id(stage, record, "springs")
        assert "Nothing was given" in answer(await say(stage.channel, "claim edit", record=record, claim=claim))
        assert "recorded already" in answer(
            await say(stage.channel, "claim add", record=record, text="Nine springs ran dry")
        )


class TestSettings:
    async def test_they_are_shown_and_set(self, stage: Stage) -> None:
        talk = stage.env.bot.get_channel(stage.channel.id)
        assert isinstance(talk, discord.TextChannel)
        result = await stage.moderator.slash(
            stage.channel,
            "settings set",
            mode="observe",
            ignore=stage.channel,
            log_channel=stage.log,
            cooldown=60,
            objections="#appeals",
            other_bots=True,
            notes_per_minute=3,
        )
        said = answer(result)
        assert "The settings were saved." in said
        said = answer(await stage.moderator.slash(stage.channel, "settings show"))
        for part in (
            "observe: notes are decided and logged, not posted",
            f"<#{stage.channel.id}>",
            f"<#{stage.log.id}>",
            "60 seconds",
            "#appeals",
            "(other_bots): answered",
            "(notes_per_minute): 3",
        ):
            assert part in said
        said = answer(
            await stage.moderator.slash(stage.channel, "settings set", listen=stage.channel, clear="objections")
        )
        assert "Ignored channels (ignore, listen): none" in said
        assert "this server's moderators" in said

    async def test_nothing_to_set_is_said(self, stage: Stage) -> None:
        assert "Nothing was given to set." in answer(await stage.moderator.slash(stage.channel, "settings set"))

    async def test_a_link_is_tried_without_effect(self, stage: Stage) -> None:
        await stage.rules(cooldown_seconds=600)
        for _ in range(2):
            said = answer(await stage.moderator.slash(stage.channel, "settings test", link=PAGE))
            assert "would get this note in this channel" in said
            assert "The Lake Report in Short" in said
            assert "every permission it needs" in said
        assert stage.notes() == []
        assert stage.logged() == ""
        await stage.member.send(stage.channel, PAGE)
        assert len(stage.notes()) == 1
        said = answer(await stage.moderator.slash(stage.channel, "settings test", link=PAGE))
        assert "a short while ago" in said

    async def test_the_trial_says_which_permission_is_missing(self, stage: Stage) -> None:
        me = stage.guild.me
        assert me is not None
        shut: dict[Any, discord.PermissionOverwrite] = {
            me: discord.PermissionOverwrite(send_messages=False, embed_links=False)
        }
        closed = stage.guild.create_text_channel("closed", overwrites=shut)
        said = answer(await stage.moderator.slash(closed, "settings test", link=PAGE))
        assert "Missing permissions in this channel: Send Messages, Embed Links." in said

    @pytest.mark.parametrize(
        ("link", "reason"), [("https://other.example/", "nothing flagged"), ("hello", "no web link")]
    )
    async def test_the_trial_says_why_not(self, stage: Stage, link: str, reason: str) -> None:
        assert reason in answer(await stage.moderator.slash(stage.channel, "settings test", link=link))


KEEPERS_COMMANDS: list[tuple[str, dict[str, Any]]] = [
    ("flag add", {"link": NEW}),
    ("flag edit", {"record": "The Lake Report in Short"}),
    ("flag show", {"record": "The Lake Report in Short"}),
    ("flag remove", {"record": "The Lake Report in Short"}),
    ("flag withdraw", {}),
    ("claim add", {"record": "The Lake Report in Short", "text": "x"}),
    ("claim edit", {"record": "The Lake Report in Short", "claim": "Boats were moved", "remove": True}),
    ("claim status", {"record": "The Lake Report in Short", "claim": "Boats were moved", "status": "unverified"}),
]
OWNERS_COMMANDS: list[tuple[str, dict[str, Any]]] = [
    ("settings show", {}),
    ("settings set", {"mode": "off"}),
    ("settings test", {"link": PAGE}),
]


class TestWhoMay:
    """The commands are opened to everybody, so that only the bot's own check can refuse."""

    @staticmethod
    async def with_override(stage: Stage) -> MemberActor:
        """Someone whom one channel's override lets manage messages and the channel, but not the server."""
        user = stage.env.create_user("local-keeper")
        actor = stage.guild.add_member(user)
        allowed = discord.PermissionOverwrite(manage_messages=True, manage_channels=True)
        stage.channel = stage.guild.create_text_channel("own corner", overwrites={actor: allowed})
        return actor

    @staticmethod
    def demote(stage: Stage) -> None:
        """The moderator loses every role."""
        stage.env.backend.get_guild(stage.guild.id).members[stage.moderator.id].role_ids.clear()

    @pytest.mark.parametrize("who", ["member", "channel override"])
    @pytest.mark.parametrize(("command", "options"), KEEPERS_COMMANDS + OWNERS_COMMANDS, ids=lambda x: str(x)[:16])
    async def test_who_may_not_is_told_which_permission_it_takes(
        self, stage: Stage, who: str, command: str, options: dict[str, Any]
    ) -> None:
        await stage.open_commands()
        person = stage.member if who == "member" else await self.with_override(stage)
        await stage.member.send(stage.channel, PAGE)
        before = await stage.house.catalog.search("", [f"guild-{stage.id}"], 25)  # type: ignore[list-item]
        result = await person.slash(stage.channel, command, **options)
        permission = "Manage Server" if command.startswith("settings") else "Manage Messages"
        assert f"This takes the permission {permission} for the whole server" in answer(result)
        assert result.modal is None
        assert await stage.house.catalog.search("", [f"guild-{stage.id}"], 25) == before  # type: ignore[list-item]
        assert "withdrawn" not in read(stage.note())
        assert (await stage.house.book.rules(stage.id)).mode is Mode.POST

    @pytest.mark.parametrize("who", ["member", "channel override"])
    async def test_the_menu_too(self, stage: Stage, who: str) -> None:
        await stage.open_commands()
        person = stage.member if who == "member" else await self.with_override(stage)
        await stage.member.send(stage.channel, PAGE)
        result = await person.context_menu(stage.channel, "Withdraw this note", stage.note())
        assert "This takes the permission Manage Messages" in answer(result)
        assert "withdrawn" not in read(stage.note())

    async def test_autocomplete_offers_nothing_to_those_who_may_not(self, stage: Stage) -> None:
        await stage.open_commands()
        assert await stage.member.autocomplete(stage.channel, "flag show", "record", "lake") == []

    async def test_a_permission_lost_before_the_form_is_sent_counts(self, stage: Stage) -> None:
        shown = await stage.moderator.slash(stage.channel, "flag add", link=NEW)
        self.demote(stage)
        result = await stage.moderator.submit_modal(shown, FORM)
        assert "This takes the permission Manage Messages" in answer(result)
        assert await stage.house.catalog.search("a new page", [f"guild-{stage.id}"], 25) == []  # type: ignore[list-item]

    async def test_a_permission_lost_before_a_button_is_pressed_counts(self, stage: Stage) -> None:
        works = ",".join(f'{{"name":"Work number {i} {"x" * 80}"}}' for i in range(60))
        await stage.record(f'{{"addresses":["{NEW}"],"title":"Long","labels":["summary"],"works":[{works}]}}')
        asked = await stage.moderator.slash(stage.channel, "flag remove", record=NEW)
        shown = await stage.moderator.slash(stage.channel, "flag show", record=NEW)
        edit = await stage.moderator.slash(stage.channel, "flag edit", record=NEW)
        self.demote(stage)
        refused = "This takes the permission Manage Messages"
        assert refused in answer(await stage.moderator.click(given(asked), label="Remove this record"))
        assert refused in answer(await stage.moderator.click(given(shown), label="Next"))
        assert refused in answer(await stage.moderator.submit_modal(edit, edited(edit, title="Other")))
        assert "Long" in answer(await stage.member.slash(stage.channel, "context check", link=NEW))

    async def test_a_button_of_one_server_opens_nothing_in_another(self, stage: Stage) -> None:
        record = await record_id(stage, "lake")
        other = await TestOtherGuild.other(stage)
        await other.record(f'{{"addresses":["{NEW}"],"title":"Theirs","labels":["summary"]}}')
        await stage.member.send(stage.channel, PAGE)
        for custom_id in (f"claims:r{record}", f"claims:s{record}", f"claims:m{stage.note().reference.message_id}"):  # type: ignore[union-attr]
            button = {"type": 2, "style": 2, "label": "Forged", "custom_id": f"sidenote:{custom_id}"}
            row = {"type": 1, "components": [button]}
            backend = stage.env.backend
            backend.create_message(other.channel.id, backend.bot_user.id, "x", components=[row])
            forged = other.channel.last_message
            assert forged is not None
            result = await other.moderator.click(forged, label="Forged")
            said = answer(result)
            assert "Lake" not in said
            assert "springs" not in said

    async def test_manage_messages_does_not_open_the_settings(self, stage: Stage) -> None:
        await stage.open_commands()
        role = stage.guild.create_role("half", permissions=discord.Permissions(manage_messages=True))
        person = stage.guild.add_member(stage.env.create_user("half"), roles=[role])
        assert "Manage Server" in answer(await person.slash(stage.channel, "settings show"))
        assert "Lake" in answer(await person.slash(stage.channel, "flag show", record="The Lake Report in Short"))


class TestOtherGuild:
    @staticmethod
    async def other(stage: Stage) -> Stage:
        """A second server of the same bot, which recorded nothing."""
        other = Stage(stage.house, stage.env, stage.env.create_guild("Another"))
        await other.rules()
        return other

    async def test_its_records_are_not_shown_completed_or_changed(self, stage: Stage) -> None:
        record = await record_id(stage, "lake")
        other = await self.other(stage)
        assert await other.moderator.autocomplete(other.channel, "flag show", "record", "lake") == []
        for typed in (record, PAGE, "The Lake Report in Short"):
            for command in ("flag show", "flag edit", "flag remove"):
                result = await other.moderator.slash(other.channel, command, record=typed)
                assert "There is no such record here." in answer(result)
        assert "Nothing is recorded" in answer(await other.member.slash(other.channel, "context check", link=PAGE))
        assert await other.moderator.autocomplete(other.channel, "claim status", "claim", "", record=record) == []

    async def test_its_notes_are_not_withdrawn_from_here(self, stage: Stage) -> None:
        await stage.member.send(stage.channel, PAGE)
        other = await self.other(stage)
        result = await other.moderator.slash(other.channel, "flag withdraw", message=str(stage.note().id))
        assert "no context note of this server" in answer(result)
        assert "withdrawn" not in read(stage.note())
