"""How a page comes to be read: a file, its pasted text, or the web; and the way from a message to that choice."""

import io
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Literal

import discord
from discord import ui

from bot.cogs._answers import say
from bot.cogs._drafts import panel_view
from bot.cogs._errors import answer_error, guarded, words_of
from bot.cogs._forms import FlagModal
from bot.cogs._guard import guild_of, records_keeper
from bot.cogs._parts import Parts
from bot.cogs._render import line
from bot.core.errors import UserError
from bot.core.form import FlagForm
from bot.core.intake import must_fit
from bot.core.model import LineKind, NoteLine, ReadFrom, Relation
from bot.core.text import cut, shown
from bot.services.flagging import LONGEST_PASTED, joined

Interaction = discord.Interaction[Any]
How = Literal["form", "page", "fetch"]
Page = Callable[[Interaction, bytes, ReadFrom, Sequence[str]], Awaitable[None]]
_OPEN_SECONDS = 3600
_CHOOSE_SECONDS = 840
"""As long as the answer's token is good, nearly (15 minutes)."""
_LINK = 95


class PageModal(ui.Modal):
    """A file, or the page's text in two fields. What was pasted comes back with an error."""

    def __init__(self, parts: Parts, then: Page) -> None:
        super().__init__(title=parts.words("page.title"), timeout=_OPEN_SECONDS)
        self._parts = parts
        self._then = then
        words = parts.words
        self._file: ui.FileUpload[Any] = ui.FileUpload(custom_id="file", required=False, min_values=0, max_values=1)
        self._texts = [_field("text"), _field("more")]
        self.add_item(ui.Label(text=words("page.file"), description=words("page.file_hint"), component=self._file))
        for name, field in zip(("page.text", "page.more"), self._texts, strict=True):
            self.add_item(ui.Label(text=words(name), description=words(f"{name}_hint"), component=field))

    async def on_submit(self, interaction: Interaction) -> None:
        """Reads the page; whatever fails, the person gets the text back."""
        await interaction.response.defer(ephemeral=True, thinking=True)
        text, are_full = joined(*(field.value for field in self._texts))
        try:
            if self._file.values:
                await self._then(interaction, await read_file(self._file.values[0]), ReadFrom.FILE, ())
            elif text.strip():
                remarks = [self._parts.words("draft.end_missing")] if are_full else []
                await self._then(interaction, text, ReadFrom.TEXT, remarks)
            else:
                raise UserError(self._parts.words("page.nothing"))
        except Exception as error:  # noqa: BLE001
            extra = {"file": discord.File(io.BytesIO(text), "what-you-pasted.txt")} if text.strip() else {}
            await answer_error(interaction, error, self._parts.words, **extra)


class LinkChooser(ui.LayoutView):
    """Which link of a message, and how its record is to be made."""

    def __init__(self, parts: Parts, links: Sequence[str], ways: Sequence[How]) -> None:
        super().__init__(timeout=_CHOOSE_SECONDS)
        self.parts = parts
        self.link = links[0]
        words = parts.words
        told = NoteLine(LineKind.LABEL, words("page.choose", link=shown(cut(links[0], _LINK))))
        container: ui.Container[Any] = ui.Container(ui.TextDisplay(line(told)))
        if len(links) > 1:
            container.add_item(ui.ActionRow(_LinkSelect(links)))
        container.add_item(ui.ActionRow(*(_WayButton(words(f"button.flag_{how}"), how) for how in ways)))
        self.add_item(container)


class _LinkSelect(ui.Select[LinkChooser]):
    def __init__(self, links: Sequence[str]) -> None:
        super().__init__(
            options=[
                discord.SelectOption(label=shown(cut(link, _LINK)), value=str(i), default=not i)
                for i, link in enumerate(links)
            ]
        )
        self._links = links

    @guarded(words_of)
    async def callback(self, interaction: Interaction) -> None:
        if self.view:
            self.view.link = self._links[int(self.values[0])]
        await interaction.response.defer()


class _WayButton(ui.Button[LinkChooser]):
    def __init__(self, label: str, how: How) -> None:
        super().__init__(label=label)
        self._how = how

    @guarded(words_of)
    async def callback(self, interaction: Interaction) -> None:
        if self.view:
            await flag(self.view.parts, interaction, self.view.link, self._how)


async def read_file(file: discord.Attachment) -> bytes:
    """A file that was sent; UserError where it is too large or Discord does not hand it out."""
    must_fit(file.size)
    try:
        return await file.read()
    except discord.HTTPException as failed:
        raise UserError(key="bulk.unread") from failed


async def flag(parts: Parts, interaction: Interaction, link: str, how: How, relation: Relation | None = None) -> None:
    """Flags a link by the form, from its page's text, or from the page as the web has it."""
    records_keeper(interaction, parts.words)
    guild_id = guild_of(interaction, parts.words)
    address = await parts.desk.new_address(guild_id, link)

    async def filled_in(again: Interaction, form: FlagForm) -> None:
        keeper = records_keeper(again, parts.words)
        record = await parts.desk.add(guild_of(again, parts.words), keeper, address, form, relation)
        told = {"title": shown(record.publication.title), "address": shown(cut(record.address, 200))}
        await say(parts, again, parts.words("desk.added", **told))

    async def read(again: Interaction, data: bytes, read_from: ReadFrom, remarks: Sequence[str] = ()) -> None:
        keeper = records_keeper(again, parts.words)
        panel = await parts.flagging.begin(guild_id, keeper, address.url, data, read_from, remarks)
        await again.followup.send(view=panel_view(panel, parts), ephemeral=True)

    if how == "form":
        title = parts.words("form.title_add")
        await interaction.response.send_modal(FlagModal(parts, title, FlagForm(), filled_in))
    else:
        await _read_page(parts, interaction, address.url, how, read)


async def reread(parts: Parts, interaction: Interaction, typed: str, how: How) -> None:
    """Reads the page of a record again and shows what is otherwise by now."""
    records_keeper(interaction, parts.words)
    guild_id = guild_of(interaction, parts.words)
    record = await parts.desk.find_own(guild_id, typed)

    async def read(again: Interaction, data: bytes, read_from: ReadFrom, _remarks: Sequence[str] = ()) -> None:
        keeper = records_keeper(again, parts.words)
        panel = await parts.flagging.reread(guild_id, keeper, record, data, read_from)
        if panel:
            await again.followup.send(view=panel_view(panel, parts), ephemeral=True)
        else:
            await say(parts, again, parts.words("reread.same", title=shown(record.publication.title)))

    await _read_page(parts, interaction, record.address, how, read)


async def _read_page(parts: Parts, interaction: Interaction, url: str, how: How, then: Page) -> None:
    if how == "fetch":
        await interaction.response.defer(ephemeral=True, thinking=True)
        data = await parts.flagging.fetch(guild_of(interaction, parts.words), url)
        await then(interaction, data, ReadFrom.ADDRESS, ())
    else:
        await interaction.response.send_modal(PageModal(parts, then))


def _field(name: str) -> ui.TextInput[Any]:
    return ui.TextInput(custom_id=name, style=discord.TextStyle.paragraph, required=False, max_length=LONGEST_PASTED)
