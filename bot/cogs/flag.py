"""Moderators keep records: `/flag add | edit | show | remove | withdraw` and the message menu to withdraw a note."""

import re
from typing import Any, Literal

import discord
from discord import app_commands
from discord.ext import commands

from bot.cogs._answers import say, show
from bot.cogs._buttons import RemoveButton, UndoButton, paged_view
from bot.cogs._convert import chat_message
from bot.cogs._drafts import DraftButton, panel_view
from bot.cogs._forms import FlagModal
from bot.cogs._guard import guild_of, records_keeper
from bot.cogs._pages import How, LinkChooser, flag, reread
from bot.cogs._parts import Parts
from bot.cogs._render import lines_view
from bot.core.errors import Conflict, NotFound, UserError
from bot.core.form import FlagForm, fill
from bot.core.model import (
    ChannelId,
    DraftId,
    LineKind,
    MessageId,
    NoteLine,
    Relation,
)
from bot.core.note import Composer
from bot.core.pages import fitted, record_pages
from bot.core.text import cut, fold, shown

Interaction = discord.Interaction[Any]
_MESSAGE = re.compile(r"(?:https?://[\w.]*discord(?:app)?\.com/channels/\d+/\d+/)?(\d{1,19})", re.ASCII)
RelationName = Literal["summary_of", "evaluation_of", "comment_on"]
AddressAction = Literal["add", "accept", "dismiss", "remove", "split", "merge"]
ReadHow = Literal["page", "fetch"]
_MOST_LINKS = 25
_SHOWN_DRAFTS = 5
_CHOICE = 98
"""Discord's limit for the name of a choice is 100; two stay for the marks around a right-to-left title."""


@app_commands.guild_only()
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.default_permissions(manage_messages=True)
class FlagCog(commands.GroupCog, group_name="flag", group_description="…"):
    """The records of this guild's list."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    @app_commands.command(name="add", description="…")
    async def add(
        self,
        interaction: Interaction,
        link: app_commands.Range[str, 1, 2048],
        relation: RelationName | None = None,
        how: How = "form",
    ) -> None:
        """Opens the form for a new record, or reads the link's page."""
        await flag(self._parts, interaction, link, how, _relation(relation))

    async def flag_this(self, interaction: Interaction, message: discord.Message) -> None:
        """The message menu: flags a link of this message."""
        records_keeper(interaction, self._parts.words)
        guild_id = guild_of(interaction, self._parts.words)
        me = interaction.client.user
        value = chat_message(message, me) if me else None
        links = self._parts.desk.links_in(value.texts)[:_MOST_LINKS] if value else []
        if not links:
            raise NotFound(self._parts.words("desk.no_link"))
        ways: list[How] = ["form", "page"]
        if await self._parts.flagging.may_fetch(guild_id):
            ways.append("fetch")
        await show(self._parts, interaction, LinkChooser(self._parts, links, ways))

    @app_commands.command(name="drafts", description="…")
    async def drafts(self, interaction: Interaction, draft: str | None = None) -> None:
        """Takes up a draft again; without one named, the newest are listed."""
        by = records_keeper(interaction, self._parts.words)
        guild_id, words = guild_of(interaction, self._parts.words), self._parts.words
        if draft is not None:
            draft_id = DraftId(int(draft) if draft.isascii() and draft.isdigit() and len(draft) < 20 else 0)
            panel = await self._parts.flagging.panel(guild_id, by, draft_id)
            await show(self._parts, interaction, panel_view(panel, self._parts))
            return
        mine = await self._parts.flagging.mine(guild_id, by)
        lines = [NoteLine(LineKind.TITLE, words.count("draft.mine", len(mine)))]
        buttons = [DraftButton(d.id, "show", 0, shown(cut(d.publication.title, 60))) for d in mine[:_SHOWN_DRAFTS]]
        await show(self._parts, interaction, lines_view(lines, *buttons))

    @app_commands.command(name="reread", description="…")
    async def reread(self, interaction: Interaction, record: str, how: ReadHow = "page") -> None:
        """Reads the page of a record again."""
        await reread(self._parts, interaction, record, how)

    @drafts.autocomplete("draft")
    async def own_drafts(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """One's own drafts whose title contains what is typed."""
        by = records_keeper(interaction, self._parts.words)
        mine = await self._parts.flagging.mine(guild_of(interaction, self._parts.words), by)
        named = [(d.id, d.publication.title) for d in mine if fold(typed) in fold(d.publication.title)]
        return [app_commands.Choice(name=shown(cut(title, _CHOICE)) or "…", value=str(i)) for i, title in named]

    @app_commands.command(name="edit", description="…")
    async def edit(self, interaction: Interaction, record: str, relation: RelationName | None = None) -> None:
        """Opens the form of a record."""
        records_keeper(interaction, self._parts.words)
        before = await self._parts.desk.find_own(guild_of(interaction, self._parts.words), record)

        async def submit(again: Interaction, form: FlagForm) -> None:
            nonlocal before
            by = records_keeper(again, self._parts.words)
            guild_id = guild_of(again, self._parts.words)
            try:
                after = await self._parts.desk.edit(guild_id, by, before, form, _relation(relation))
            except Conflict:
                # Told once; who then opens the form again and sends it means it to stand over what came between.
                before = await self._parts.desk.by_id(guild_id, before.id)
                raise
            await self._say(again, "desk.edited", title=after.publication.title, version=after.version)

        title = self._parts.words("form.title_edit")
        await interaction.response.send_modal(FlagModal(self._parts, title, fill(before.publication), submit))

    @app_commands.command(name="show", description="…")
    async def show(self, interaction: Interaction, record: str) -> None:
        """The whole record, on pages."""
        records_keeper(interaction, self._parts.words)
        guild_id = guild_of(interaction, self._parts.words)
        found = await self._parts.desk.find(guild_id, record)
        composer = Composer.for_guild(self._parts.words, await self._parts.rules.of(guild_id))
        page = await self._parts.flagging.page_of(found)
        pages = record_pages(found, composer, self._parts.labels, self._parts.clock(), page)
        await show(self._parts, interaction, paged_view(pages, 0, f"s{found.id}", self._parts))

    @app_commands.command(name="remove", description="…")
    async def remove(self, interaction: Interaction, record: str) -> None:
        """Asks before a record goes."""
        records_keeper(interaction, self._parts.words)
        found = await self._parts.desk.find_own(guild_of(interaction, self._parts.words), record)
        question = self._parts.words("desk.remove_really", title=shown(found.publication.title))
        button = RemoveButton(found.id, found.version, self._parts.words("button.remove"))
        await show(self._parts, interaction, lines_view([NoteLine(LineKind.LABEL, question)], button))

    @app_commands.command(name="addresses", description="…")
    async def addresses(
        self,
        interaction: Interaction,
        record: str,
        action: AddressAction | None = None,
        address: app_commands.Range[str, 1, 2048] | None = None,
        other: str | None = None,
    ) -> None:
        """Shows a record's addresses, or changes them; a change can be taken back by its button."""
        by = records_keeper(interaction, self._parts.words)
        guild_id, service = guild_of(interaction, self._parts.words), self._parts.addresses
        if action is None:
            lines = fitted(await service.shown(guild_id, record), self._parts.words)
            await show(self._parts, interaction, lines_view(lines))
            return
        if action == "merge":
            done = await service.merge(guild_id, by, record, self._needed(other, "needs_other"))
        else:
            change = {"add": service.add, "accept": service.accept, "dismiss": service.dismiss,
                      "remove": service.remove, "split": service.split}[action]  # fmt: skip
            done = await change(guild_id, by, record, self._needed(address, "needs_address"))
        undo = [] if done.change_id is None else [UndoButton(done.change_id, self._parts.words("button.undo"))]
        await show(self._parts, interaction, lines_view([NoteLine(LineKind.LABEL, done.sentence)], *undo))

    def _needed(self, typed: str | None, what: str) -> str:
        if typed is None or not typed.strip():
            raise UserError(self._parts.words(f"addresses.{what}"))
        return typed

    @addresses.autocomplete("address")
    async def record_addresses(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """The record's addresses: those that were found, or those that count."""
        records_keeper(interaction, self._parts.words)
        record = str(interaction.namespace.record or "")
        found = interaction.namespace.action in {"accept", "dismiss"}
        guild_id = guild_of(interaction, self._parts.words)
        urls = await self._parts.addresses.suggest(guild_id, record, typed, found=found)
        return [app_commands.Choice(name=url, value=url) for url in urls]

    @app_commands.command(name="withdraw", description="…")
    async def withdraw(
        self,
        interaction: Interaction,
        message: str | None = None,
        reason: app_commands.Range[str, 1, 200] | None = None,
    ) -> None:
        """Takes a note back: the one named, or the newest in this channel."""
        by = records_keeper(interaction, self._parts.words)
        guild_id = guild_of(interaction, self._parts.words)
        if message is None:
            await self._parts.withdraw.latest(guild_id, ChannelId(interaction.channel_id or 0), reason, by)
        elif named := _MESSAGE.fullmatch(message.strip()):
            await self._parts.withdraw.by_message(guild_id, MessageId(int(named[1])), reason, by)
        else:
            raise NotFound(self._parts.words("withdraw.bad_link"))
        await self._say(interaction, "withdraw.done")

    async def withdraw_this(self, interaction: Interaction, message: discord.Message) -> None:
        """The message menu: takes this note back."""
        by = records_keeper(interaction, self._parts.words)
        guild_id = guild_of(interaction, self._parts.words)
        await self._parts.withdraw.by_message(guild_id, MessageId(message.id), None, by)
        await self._say(interaction, "withdraw.done")

    @addresses.autocomplete("record")
    @addresses.autocomplete("other")
    @edit.autocomplete("record")
    @show.autocomplete("record")
    @remove.autocomplete("record")
    @reread.autocomplete("record")
    async def records(self, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
        """Titles that match what is typed."""
        return await record_choices(self._parts, interaction, typed)

    async def _say(self, interaction: Interaction, key: str, **values: object) -> None:
        told = {name: shown(value) if isinstance(value, str) else value for name, value in values.items()}
        await say(self._parts, interaction, self._parts.words(key, **told))


async def record_choices(parts: Parts, interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    """Records as choices, for those who may see them all; the value is the record's id."""
    records_keeper(interaction, parts.words)
    found = await parts.desk.suggest(guild_of(interaction, parts.words), typed)
    return [app_commands.Choice(name=shown(cut(h.title, _CHOICE)) or "…", value=str(h.id)) for h in found]


def _relation(name: RelationName | None) -> Relation | None:
    return Relation(name) if name else None
