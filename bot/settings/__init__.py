"""SECOND FLOOR: the only reader of environment and configuration files. One frozen tree of settings, no globals.

Order, the first that speaks wins: command line, environment, `.env` in the working folder, token file,
`sidenote.toml` (`--config`, the working folder, the user's config folder), the shipped `default.toml`.
"""

from bot.settings.data import load_labels, load_words
from bot.settings.links import load_links
from bot.settings.load import Loaded, load_settings
from bot.settings.model import Settings
from bot.settings.shipped import shipped, shipped_names
from bot.settings.verdicts import load_verdicts

__all__ = [
    "Loaded",
    "Settings",
    "load_labels",
    "load_links",
    "load_settings",
    "load_verdicts",
    "load_words",
    "shipped",
    "shipped_names",
]
