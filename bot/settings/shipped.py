"""Finds what `config/` ships: inside the installed package, or at the top of a checkout."""

from pathlib import Path

import bot

_PACKAGE = Path(bot.__file__).parent


def shipped(*parts: str) -> Path:
    """The path of a shipped file. An installed package carries `config/` as `bot/_config`."""
    inside = _PACKAGE / "_config"
    return (inside if inside.is_dir() else _PACKAGE.parent / "config").joinpath(*parts)


def shipped_names(folder: str, ending: str) -> list[str]:
    """Names without their ending of the shipped files in a folder."""
    return sorted(path.stem for path in shipped(folder).glob(f"*{ending}"))
