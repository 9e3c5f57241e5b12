"""What everybody may ask, and the buttons that everybody may press."""

import discord
import pytest

from bot.core.model import ChannelId, Mode
from tests.cogs.acts import NEW, given
from tests.stage import OTHER, PAGE, Stage, answer, buttons, raw


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
