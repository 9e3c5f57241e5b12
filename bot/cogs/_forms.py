"""The modal of five fields. What was typed is never lost to an error: the answer gives it back and reopens the form."""

import io
from collections.abc import Awaitable, Callable
from typing import Any

import discord
from discord import ui

from bot.cogs._errors import answer_error
from bot.cogs._parts import Parts
from bot.core.form import LONGEST_FIELD, FlagForm
from bot.core.labels import LabelBook
from bot.core.records.fields import LONGEST_ADDRESS, NAME, TITLE
from bot.core.records.read import MOST_LABELS

Interaction = discord.Interaction[Any]
Submit = Callable[[Interaction, FlagForm], Awaitable[None]]
_OPTIONS = 25
_OPEN_SECONDS = 3600
"""How long a form is waited for; people close them without a word."""
_REOPEN_SECONDS = 840
"""As long as the answer's token is good, nearly (15 minutes)."""


class FlagModal(ui.Modal):
    """Labels, page title, the original's title and outlet, its address, claims."""

    def __init__(self, parts: Parts, title: str, form: FlagForm, submit: Submit) -> None:
        super().__init__(title=title, timeout=_OPEN_SECONDS)
        self._parts = parts
        self._submit = submit
        words = parts.words
        self._labels = _label_select(parts.labels, form.labels)
        self._title = _text("title", form.title, TITLE)
        self._source = _text("source", form.source, TITLE + NAME + 1, required=False, long=True)
        self._source_url = _text("source_url", form.source_url, LONGEST_ADDRESS, required=False)
        self._claims = (
            None if form.claims is None else _text("claims", form.claims, LONGEST_FIELD, required=False, long=True)
        )
        self.add_item(
            ui.Label(text=words("form.labels"), description=words("form.labels_hint"), component=self._labels)
        )
        self.add_item(ui.Label(text=words("form.title"), component=self._title))
        self.add_item(
            ui.Label(text=words("form.source"), description=words("form.source_hint"), component=self._source)
        )
        self.add_item(ui.Label(text=words("form.source_url"), component=self._source_url))
        if self._claims is None:
            self.add_item(ui.TextDisplay(words("desk.claims_too_long")))
        else:
            self.add_item(
                ui.Label(text=words("form.claims"), description=words("form.claims_hint"), component=self._claims)
            )

    def typed(self) -> FlagForm:
        """What stands in the fields now."""
        return FlagForm(
            tuple(self._labels.values),
            self._title.value,
            self._source.value,
            self._source_url.value,
            self._claims.value if self._claims is not None else None,
        )

    async def on_submit(self, interaction: Interaction) -> None:
        """Hands the form on; whatever fails, the person gets it back."""
        form = self.typed()
        # First of all: the database may be slow, and Discord waits 3 seconds only.
        await interaction.response.defer(ephemeral=True, thinking=True)
        try:
            await self._submit(interaction, form)
        except Exception as error:  # noqa: BLE001
            again = _Again(self._parts, self.title, form, self._submit)
            await answer_error(interaction, error, self._parts.words, file=_as_file(form, self._parts), view=again)


class _Again(ui.View):
    """Opens the form again with what was typed."""

    def __init__(self, parts: Parts, title: str, form: FlagForm, submit: Submit) -> None:
        super().__init__(timeout=_REOPEN_SECONDS)
        button: ui.Button[_Again] = ui.Button(label=parts.words("button.again"))

        async def reopen(interaction: Interaction) -> None:
            await interaction.response.send_modal(FlagModal(parts, title, form, submit))

        button.callback = reopen  # type: ignore[method-assign]
        self.add_item(button)


def _label_select(labels: LabelBook, chosen: tuple[str, ...]) -> ui.Select[Any]:
    options = [
        discord.SelectOption(label=kind.name[:100], value=kind.key, description=kind.tone, default=kind.key in chosen)
        for kind in labels
    ][:_OPTIONS]
    return ui.Select(
        custom_id="labels", options=options, min_values=1, max_values=min(MOST_LABELS, len(options)), required=True
    )


def _text(name: str, value: str, longest: int, *, required: bool = True, long: bool = False) -> ui.TextInput[Any]:
    return ui.TextInput(
        custom_id=name,
        style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
        default=value[:longest] or None,
        max_length=longest,
        required=required,
    )


def _as_file(form: FlagForm, parts: Parts) -> discord.File:
    words = parts.words
    fields = {
        "form.labels": ", ".join(form.labels),
        "form.title": form.title,
        "form.source": form.source,
        "form.source_url": form.source_url,
        "form.claims": form.claims or "",
    }
    text = "\n\n".join([words("desk.typed"), *(f"{words(key)}:\n{value}" for key, value in fields.items())])
    return discord.File(io.BytesIO(text.encode("utf-8", "replace")), "what-you-typed.txt")
