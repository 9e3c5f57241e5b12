"""Who may do what: the commands are opened to everybody, so that only the bot's own check can refuse."""

from typing import Any

import discord
import pytest
from simcord.actors import MemberActor

from bot.core.model import Mode
from tests.cogs.acts import FORM, NEW, demote, edited, given, record_id
from tests.stage import PAGE, Stage, answer, read

KEEPERS_COMMANDS: list[tuple[str, dict[str, Any]]] = [
    ("flag add", {"link": NEW}),
    ("flag edit", {"record": "The Lake Report in Short"}),
    ("flag show", {"record": "The Lake Report in Short"}),
    ("flag remove", {"record": "The Lake Report in Short"}),
    ("flag addresses", {"record": "The Lake Report in Short"}),
    ("flag addresses", {"record": "The Lake Report in Short", "action": "add", "address": NEW}),
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
        demote(stage)
        result = await stage.moderator.submit_modal(shown, FORM)
        assert "This takes the permission Manage Messages" in answer(result)
        assert await stage.house.catalog.search("a new page", [f"guild-{stage.id}"], 25) == []  # type: ignore[list-item]

    async def test_a_permission_lost_before_a_button_is_pressed_counts(self, stage: Stage) -> None:
        works = ",".join(f'{{"name":"Work number {i} {"x" * 80}"}}' for i in range(60))
        await stage.record(f'{{"addresses":["{NEW}"],"title":"Long","labels":["summary"],"works":[{works}]}}')
        asked = await stage.moderator.slash(stage.channel, "flag remove", record=NEW)
        shown = await stage.moderator.slash(stage.channel, "flag show", record=NEW)
        edit = await stage.moderator.slash(stage.channel, "flag edit", record=NEW)
        demote(stage)
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
        other = Stage(stage.house, stage.env, stage.env.create_guild("Another"), stage.web)
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
