"""Values → Discord's messages. Text from records is shown as text: no markup, mention or link of its own works."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from discord import ui

from bot.core.model import ButtonKind, ContextNote, LineKind, NoteButton, NoteLine
from bot.core.words import Words

_ACTS = re.compile(r"([\\*_~`|>#\-+<@:\[\]().!])")
"""What Discord's markup can begin with: escaped, `https\\://` is no link and `\\<@1>` no mention."""
_DRESS = {LineKind.TITLE: "### ", LineKind.MORE: "-# ", LineKind.FOOT: "-# "}
_LONGEST_LABEL = 34
"""Longer labels wrap on phones (discord-facts.md)."""

ButtonMaker = Callable[[NoteButton], ui.Item[Any]]


def plain(text: str) -> str:
    """A text as Discord shows it letter by letter."""
    return _ACTS.sub(r"\\\1", text)


def line(note_line: NoteLine) -> str:
    """A line in its dress."""
    link = f"<{note_line.link}>" if note_line.link.startswith("http") else note_line.link
    return _DRESS.get(note_line.kind, "") + plain(note_line.text) + link


def note_view(note: ContextNote, make_button: ButtonMaker) -> ui.LayoutView:
    """A context note as one container. `make_button` makes the buttons that do something."""
    view = ui.LayoutView(timeout=None)
    container: ui.Container[ui.LayoutView] = ui.Container(ui.TextDisplay("\n".join(line(x) for x in note.lines)))
    if note.buttons:
        container.add_item(ui.ActionRow(*(_button(button, make_button) for button in note.buttons)))
    view.add_item(container)
    return view


def _button(button: NoteButton, make: ButtonMaker) -> ui.Item[Any]:
    if button.kind is ButtonKind.ORIGINAL:
        return ui.Button(label=button.label[:_LONGEST_LABEL], url=button.url)
    return make(button)


def lines_view(lines: Sequence[NoteLine], *buttons: ui.Item[Any]) -> ui.LayoutView:
    """Lines in a container, with buttons under them where there are any."""
    view = ui.LayoutView(timeout=None)
    container: ui.Container[ui.LayoutView] = ui.Container(ui.TextDisplay("\n".join(line(x) for x in lines)))
    if buttons:
        container.add_item(ui.ActionRow(*buttons))
    view.add_item(container)
    return view


def text_view(*paragraphs: str) -> ui.LayoutView:
    """Our own words, as they are."""
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.TextDisplay("\n".join(paragraphs)))
    return view


def mode_hints(hints: Sequence[str]) -> str:
    """What is not set up yet, in small print; empty where nothing is missing."""
    return "".join(f"\n-# {hint}" for hint in hints)


def permission_names(missing: Sequence[str], words: Words) -> str:
    """Permissions by the names that Discord's settings use."""
    return ", ".join(words(f"permission.{name}") for name in missing)
