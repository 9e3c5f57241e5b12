"""The panel of a draft: statements to choose, buttons to edit, accept and discard. DynamicItems, so they work after a
restart; the draft itself stands in the database.
"""

import re
from typing import Any, Self

import discord
from discord import ui

from bot.cogs._convert import OURS
from bot.cogs._errors import guarded, words_of
from bot.cogs._forms import FlagModal
from bot.cogs._guard import guild_of, records_keeper
from bot.cogs._parts import Parts
from bot.cogs._render import line, lines_view
from bot.core.draft import Panel
from bot.core.errors import Conflict
from bot.core.form import FlagForm, fill
from bot.core.model import DraftId, LineKind, NoteLine
from bot.core.text import cut, shown

Interaction = discord.Interaction[Any]
_LONGEST_LABEL = 80
_DANGER, _MAIN, _PLAIN = discord.ButtonStyle.danger, discord.ButtonStyle.primary, discord.ButtonStyle.secondary


class DraftSelect(
    ui.DynamicItem[ui.Select[Any]],
    template=rf"{OURS}pick:(?P<draft>\d{{1,19}}):(?P<page>\d{{1,4}}):(?P<mark>[0-9a-f]{{8}})",
):
    """Chooses statements of one page."""

    def __init__(self, draft: DraftId, page: int, mark: str, select: ui.Select[Any]) -> None:
        select.custom_id = f"{OURS}pick:{draft}:{page}:{mark}"
        super().__init__(select)
        self.draft = draft
        self.page = page
        self.mark = mark

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: Any, match: re.Match[str]) -> Self:
        """See discord.py."""
        return cls(DraftId(int(match["draft"])), int(match["page"]), match["mark"], item)

    @guarded(words_of)
    async def callback(self, interaction: Interaction) -> None:
        """See discord.py."""
        parts: Parts = interaction.client.parts
        by, guild_id = records_keeper(interaction, parts.words), guild_of(interaction, parts.words)
        await interaction.response.defer()  # the database may be slow, and Discord waits 3 seconds only
        try:
            panel = await parts.flagging.choose(guild_id, by, self.draft, self.page, self.mark, self.item.values)
        except Conflict:  # something else changed it in the same moment
            panel = await parts.flagging.panel(guild_id, by, self.draft, self.page)
        await interaction.edit_original_response(view=panel_view(panel, parts))


class DraftButton(
    ui.DynamicItem[ui.Button[Any]],
    template=rf"{OURS}draft:(?P<draft>\d{{1,19}}):(?P<do>show|edit|accept|discard):(?P<page>\d{{1,4}})",
):
    """Turns to a page, opens the form, accepts, discards."""

    def __init__(
        self, draft: DraftId, do: str, page: int = 0, label: str = "…", style: discord.ButtonStyle = _PLAIN
    ) -> None:
        super().__init__(
            ui.Button(label=label[:_LONGEST_LABEL], style=style, custom_id=f"{OURS}draft:{draft}:{do}:{page}")
        )
        self.draft = draft
        self.do = do
        self.page = page

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str]) -> Self:
        """See discord.py."""
        return cls(DraftId(int(match["draft"])), match["do"], int(match["page"]))

    @guarded(words_of)
    async def callback(self, interaction: Interaction) -> None:
        """See discord.py."""
        parts: Parts = interaction.client.parts
        by, guild_id = records_keeper(interaction, parts.words), guild_of(interaction, parts.words)
        if self.do == "edit":  # a form cannot be opened later
            await _edit(interaction, parts, self.draft)
            return
        await interaction.response.defer()
        if self.do == "show":
            panel = await parts.flagging.panel(guild_id, by, self.draft, self.page)
            await interaction.edit_original_response(view=panel_view(panel, parts))
        elif self.do == "discard":
            await parts.flagging.discard(guild_id, by, self.draft)
            await interaction.edit_original_response(view=_said(parts.words("draft.discarded")))
        else:
            record = await parts.flagging.accept(guild_id, by, self.draft)
            key = "desk.added" if record.version == 1 else "desk.edited"
            values = {"address": shown(cut(record.address, 200)), "version": record.version}
            told = parts.words(key, title=shown(record.publication.title), **values)
            await interaction.edit_original_response(view=_said(told))


DRAFT_ITEMS = (DraftSelect, DraftButton)


async def _edit(interaction: Interaction, parts: Parts, draft_id: DraftId) -> None:
    by, guild_id = records_keeper(interaction, parts.words), guild_of(interaction, parts.words)
    draft = await parts.flagging.find(guild_id, by, draft_id)

    async def submit(again: Interaction, form: FlagForm) -> None:
        keeper = records_keeper(again, parts.words)
        panel = await parts.flagging.edit(guild_of(again, parts.words), keeper, draft, form)
        await again.followup.send(view=panel_view(panel, parts), ephemeral=True)

    title = parts.words("form.title_edit" if draft.record else "form.title_add")
    await interaction.response.send_modal(FlagModal(parts, title, fill(draft.publication), submit))


def panel_view(panel: Panel, parts: Parts) -> ui.LayoutView:
    """A page of the panel with what can be done."""
    words, draft, page = parts.words, panel.draft_id, panel.page
    view = ui.LayoutView(timeout=None)
    container: ui.Container[ui.LayoutView] = ui.Container(ui.TextDisplay("\n".join(map(line, panel.lines))))
    if panel.entries:
        options = [
            discord.SelectOption(
                label=entry.text or "…", value=entry.key, description=entry.reasons or None, default=entry.is_chosen
            )
            for entry in panel.entries
        ]
        select: ui.Select[Any] = ui.Select(
            placeholder=words("draft.choose"), min_values=0, max_values=len(options), options=options
        )
        container.add_item(ui.ActionRow(DraftSelect(draft, page, panel.mark, select)))
    buttons: list[ui.Item[Any]] = []
    if page:
        buttons.append(DraftButton(draft, "show", page - 1, words("button.previous")))
    if page + 1 < panel.pages:
        buttons.append(DraftButton(draft, "show", page + 1, words("button.next")))
    buttons += [
        DraftButton(draft, "edit", 0, words("button.edit")),
        DraftButton(draft, "accept", 0, words("button.accept"), _MAIN),
        DraftButton(draft, "discard", 0, words("button.discard"), _DANGER),
    ]
    container.add_item(ui.ActionRow(*buttons))
    view.add_item(container)
    return view


def _said(text: str) -> ui.LayoutView:
    return lines_view([NoteLine(LineKind.LABEL, text)])
