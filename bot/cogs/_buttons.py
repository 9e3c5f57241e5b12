"""The buttons of notes. DynamicItems: their custom ids carry ids only, so they work after a restart.

A reference is `m<message id>` (the records of the note that answers a message), `q<message id>` (what the links of
a message lead to), `r<id>.<id>` (these records) or `s<id>` (a whole record, for those who keep it).
"""

import re
from collections.abc import Sequence
from typing import Any, Self

import discord
from discord import ui

from bot.cogs._convert import OURS, chat_message
from bot.cogs._errors import guarded, words_of
from bot.cogs._guard import guild_of, records_keeper
from bot.cogs._parts import Parts
from bot.cogs._render import ButtonMaker, lines_view
from bot.core.errors import NotFound
from bot.core.model import (
    ButtonKind,
    ChatMessage,
    LineKind,
    MessageId,
    NoteButton,
    NoteLine,
    PublicationId,
    RecordVersion,
)
from bot.core.note import Composer
from bot.core.pages import claims_pages, fitted, record_pages
from bot.core.text import shown

Interaction = discord.Interaction[Any]
_REFERENCE = r"[mqs]\d{1,20}|r\d{1,20}(?:\.\d{1,20})*"
MOST_REFERRED = 4
"""Records whose ids fit into a custom id of at most 100 characters, Discord's limit."""


def reference_to(records: Sequence[RecordVersion]) -> str:
    """A reference to these records, at most MOST_REFERRED."""
    return "r" + ".".join(str(record.id) for record in records[:MOST_REFERRED])


def note_button(reference: str, message_id: MessageId | None) -> ButtonMaker:
    """Makes the buttons of a note; without a message there is nothing to explain."""

    def make(button: NoteButton) -> ui.Item[Any]:
        if button.kind is ButtonKind.WHY and message_id is not None:
            return WhyButton(message_id, button.label)
        return ClaimsButton(reference, button.label)

    return make


class ClaimsButton(ui.DynamicItem[ui.Button[Any]], template=rf"{OURS}claims:(?P<reference>{_REFERENCE})"):
    """Shows all claims on pages, to the person who pressed."""

    def __init__(self, reference: str, label: str = "All claims") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"{OURS}claims:{reference}"))
        self.reference = reference

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str]) -> Self:
        """See discord.py."""
        return cls(match["reference"])

    @guarded(words_of)
    async def callback(self, interaction: Interaction) -> None:
        """See discord.py."""
        view = await _page_view(interaction, self.reference, 0)
        await interaction.response.send_message(view=view, ephemeral=True)


class PageButton(ui.DynamicItem[ui.Button[Any]], template=rf"{OURS}page:(?P<reference>{_REFERENCE}):(?P<page>\d+)"):
    """Turns to a page."""

    def __init__(self, reference: str, page: int, label: str = "…") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"{OURS}page:{reference}:{page}"))
        self.reference = reference
        self.page = page

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str]) -> Self:
        """See discord.py."""
        return cls(match["reference"], int(match["page"]))

    @guarded(words_of)
    async def callback(self, interaction: Interaction) -> None:
        """See discord.py."""
        await interaction.response.edit_message(view=await _page_view(interaction, self.reference, self.page))


class WhyButton(ui.DynamicItem[ui.Button[Any]], template=rf"{OURS}why:(?P<message>\d+)"):
    """Explains why the message has a note: reads it again, because its text is stored nowhere."""

    def __init__(self, message_id: MessageId, label: str = "Why this note?") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"{OURS}why:{message_id}"))
        self.message_id = message_id

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str]) -> Self:
        """See discord.py."""
        return cls(MessageId(int(match["message"])))

    @guarded(words_of)
    async def callback(self, interaction: Interaction) -> None:
        """See discord.py."""
        parts: Parts = interaction.client.parts
        await interaction.response.defer(ephemeral=True, thinking=True)
        message = await _read_again(interaction, self.message_id)
        lines = [NoteLine(LineKind.TITLE, parts.words("why.heading"))]
        lines += [NoteLine(LineKind.LABEL, text) for text in await parts.context.why(message)]
        neutral = NoteLine(LineKind.FOOT, parts.words("why.neutral"))
        view = lines_view([*fitted(lines, parts.words), neutral])
        await interaction.followup.send(view=view, ephemeral=True)


class RemoveButton(ui.DynamicItem[ui.Button[Any]], template=rf"{OURS}remove:(?P<record>\d+):(?P<version>\d+)"):
    """Removes the record that was shown, if it is still as it was shown."""

    def __init__(self, record: PublicationId, version: int, label: str = "Remove") -> None:
        button: ui.Button[Any] = ui.Button(
            label=label, style=discord.ButtonStyle.danger, custom_id=f"{OURS}remove:{record}:{version}"
        )
        super().__init__(button)
        self.record = record
        self.version = version

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str]) -> Self:
        """See discord.py."""
        return cls(PublicationId(int(match["record"])), int(match["version"]))

    @guarded(words_of)
    async def callback(self, interaction: Interaction) -> None:
        """See discord.py."""
        parts: Parts = interaction.client.parts
        by = records_keeper(interaction, parts.words)
        guild_id = guild_of(interaction, parts.words)
        record = await parts.desk.by_id(guild_id, self.record)
        if record.version != self.version:
            raise NotFound(parts.words("desk.no_record"))
        await parts.desk.remove(guild_id, by, record)
        done = NoteLine(LineKind.LABEL, parts.words("desk.removed", title=shown(record.publication.title)))
        await interaction.response.edit_message(view=lines_view([done]))


class UndoButton(ui.DynamicItem[ui.Button[Any]], template=rf"{OURS}undo:(?P<change>\d+)"):
    """Takes a change of addresses back, if nothing was changed since."""

    def __init__(self, change_id: int, label: str = "Undo") -> None:
        super().__init__(ui.Button(label=label, custom_id=f"{OURS}undo:{change_id}"))
        self.change_id = change_id

    @classmethod
    async def from_custom_id(cls, interaction: Interaction, item: ui.Item[Any], match: re.Match[str]) -> Self:
        """See discord.py."""
        return cls(int(match["change"]))

    @guarded(words_of)
    async def callback(self, interaction: Interaction) -> None:
        """See discord.py."""
        parts: Parts = interaction.client.parts
        by = records_keeper(interaction, parts.words)
        done = await parts.addresses.undo(guild_of(interaction, parts.words), by, self.change_id)
        await interaction.response.edit_message(view=lines_view([NoteLine(LineKind.LABEL, done.sentence)]))


BUTTONS = (ClaimsButton, PageButton, WhyButton, RemoveButton, UndoButton)


async def _page_view(interaction: Interaction, reference: str, page: int) -> ui.LayoutView:
    return paged_view(await _pages(interaction, reference), page, reference, interaction.client.parts)


async def _pages(interaction: Interaction, reference: str) -> list[list[NoteLine]]:
    parts: Parts = interaction.client.parts
    guild_id = guild_of(interaction, parts.words)
    composer = Composer.for_guild(parts.words, await parts.rules.of(guild_id))
    kind, numbers = reference[0], reference[1:]
    if kind == "s":
        records_keeper(interaction, parts.words)
        record = await parts.desk.by_id(guild_id, PublicationId(int(numbers)))
        page = await parts.flagging.page_of(record)
        return record_pages(record, composer, parts.labels, parts.clock(), page)
    if kind == "m":
        records = await parts.context.records_of_note(guild_id, MessageId(int(numbers)))
    elif kind == "q":
        records = await parts.context.records_in(await _read_again(interaction, MessageId(int(numbers))))
    else:
        records = await parts.context.records(guild_id, [PublicationId(int(i)) for i in numbers.split(".")])
    return claims_pages(records, composer, parts.labels, parts.clock())


def paged_view(pages: Sequence[Sequence[NoteLine]], page: int, reference: str, parts: Parts) -> ui.LayoutView:
    """One page of several, with buttons to its neighbours."""
    words, last = parts.words, len(pages) - 1
    page = min(page, last)
    if not last:
        return lines_view(pages[0])
    lines = [*pages[page], NoteLine(LineKind.FOOT, words("claims.page", page=page + 1, pages=last + 1))]
    buttons: list[ui.Item[Any]] = []
    if page:
        buttons.append(PageButton(reference, page - 1, words("button.previous")))
    if page < last:
        buttons.append(PageButton(reference, page + 1, words("button.next")))
    return lines_view(lines, *buttons)


async def _read_again(interaction: Interaction, message_id: MessageId) -> ChatMessage:
    words = words_of(interaction.client)
    channel = interaction.channel
    if not isinstance(channel, discord.abc.Messageable) or interaction.client.user is None:
        raise NotFound(words("why.message_gone"))
    try:
        message = await channel.fetch_message(message_id)
    except discord.NotFound as gone:
        raise NotFound(words("why.message_gone")) from gone
    except discord.Forbidden as closed:
        raise NotFound(words("why.unreadable")) from closed
    value = chat_message(message, interaction.client.user)
    if value is None:
        raise NotFound(words("why.message_gone"))
    return value
