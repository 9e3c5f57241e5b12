"""Moderators keep claims, as they see it."""

from tests.cogs.acts import claim_id, record_id
from tests.stage import PAGE, Stage, answer, read


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
