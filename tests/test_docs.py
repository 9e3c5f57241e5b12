"""README, help and words stay true: every command, setting, label, reason and key has its place."""

import json
import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from typer.main import get_command

from bot.cli._program import app
from bot.core.model import ClaimStatus, Reason, Relation, Stance
from bot.core.records import read_record
from bot.settings import Settings, load_labels, load_words, shipped, shipped_names
from tests.core.records.test_read_write import READING
from tests.stage import Stage

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
NOWHERE = Path("/nonexistent")


def program_commands() -> list[str]:
    """Every command of the program, with its group."""
    names: list[str] = []
    top: Any = get_command(app)
    for name, command in top.commands.items():
        inner = getattr(command, "commands", None)
        names += [f"{name} {sub}" for sub in inner] if inner else [name]
    return names


@pytest.mark.parametrize("name", program_commands())
def test_the_readme_names_every_command_of_the_program(name: str) -> None:
    assert re.search(rf"`{name}\b", README) or f"`{name}`" in README


async def test_the_readme_names_every_command_and_menu_in_discord(stage: Stage) -> None:
    tree: Any = stage.env.bot.tree  # type: ignore[attr-defined]
    for command in tree.walk_commands():
        if not hasattr(command, "commands"):
            assert f"`/{command.qualified_name}`" in README
    menus = [c for c in tree.get_commands() if not hasattr(c, "qualified_name") or " " in c.name]
    assert {menu.name for menu in menus} == {"Context for links", "Flag a link here", "Withdraw this note"}
    for menu in menus:
        assert f"menu *{menu.name}*" in README


async def test_every_command_and_parameter_has_words_within_discords_limits(stage: Stage) -> None:
    tree: Any = stage.env.bot.tree  # type: ignore[attr-defined]
    for command in tree.walk_commands():
        assert 1 < len(command.description) <= 100, command.qualified_name
        for parameter in getattr(command, "parameters", []):
            assert 1 < len(str(parameter.description)) <= 100, (command.qualified_name, parameter.name)


def settings() -> list[str]:
    """Every setting, as section.key."""
    found = []
    for section, field in Settings.model_fields.items():
        keys = getattr(field.annotation, "model_fields", None)
        found += [f"{section}.{key}" for key in keys] if keys else [section]
    return found


@pytest.mark.parametrize("name", settings())
def test_every_setting_is_in_the_readme_and_explained_in_the_default_file(name: str) -> None:
    text = shipped("default.toml").read_text("utf-8")
    if "." not in name:
        assert f"SIDENOTE_{name.upper()}" in README
        assert f"SIDENOTE_{name.upper()}=" in shipped("example.env").read_text("utf-8")
        return
    section, key = name.split(".")
    assert f"`{name}`" in README
    assert key in tomllib.loads(text)[section]
    assert re.search(rf"^# .+\n{key} = ", text, re.MULTILINE)


def test_every_label_is_in_the_readme() -> None:
    for kind in load_labels(NOWHERE):
        assert f"`{kind.key}`" in README


@pytest.mark.parametrize("language", shipped_names("locales", ".toml"))
def test_every_word_that_the_code_asks_for_is_there_and_no_other(language: str) -> None:
    words = load_words(language)
    closed: set[str] = {f"reason.{reason}" for reason in Reason}
    closed |= {f"status.{s}" for s in ClaimStatus} | {f"status_name.{s}" for s in ClaimStatus}
    closed |= {f"note.relation.{r}" for r in Relation} | {f"stance.{s}" for s in Stance}
    assert closed <= words.keys()
    assert {k for k in words.keys() if k.startswith("reason.")} == {f"reason.{reason}" for reason in Reason}  # noqa: SIM118
    code = "\n".join(path.read_text("utf-8") for path in (ROOT / "bot").rglob("*.py"))
    for reason in re.findall(r"""(?:BadRecord|BadText)\(\s*[^,]+(?:, f?"[^"]*")??,\s*"([a-z_]+)\"""", code):
        assert f"refused.{reason}" in words.keys(), reason  # noqa: SIM118
    for asked in re.findall(r"""(?:words|_words|count)\(\s*"([a-z_]+\.[a-z_.]+)\"""", code):
        assert asked in words.keys() or f"{asked}.one" in words.keys(), asked  # noqa: SIM118
    spoken = set(re.findall(r"[\"'{]([a-z_]+\.[a-z_.]+)[\"']", code))
    made: tuple[str, ...] = (
        "reason.",
        "status",
        "note.relation.",
        "stance.",
        "note.claims.",
        "journal.",
        "settings.",
        "hint.",
    )
    made += (
        "why.found.",
        "why.step_",
        "addresses.",
        "command.",
        "parameter.",
        "permission.",
        "error.",
        "refused.",
        "bulk.fate_",
        "intake.",
        "desk.read_from_",
        "button.flag_",
        "reread.",
        "page.",
    )
    for key in words.keys():  # noqa: SIM118
        base = key.removesuffix(".one").removesuffix(".other")
        assert base in spoken or key.startswith(made), f"nobody says {key}"


def test_the_readmes_record_can_be_imported() -> None:
    [line] = [x for x in README.splitlines() if x.startswith('{"addresses"')]
    assert read_record(json.loads(line), READING).title == "The Bridge in Short"


def test_the_readmes_two_commands_stand_first_and_are_what_is_run() -> None:
    commands = [line for line in README.splitlines() if line.startswith("python3 -m venv")]
    assert [shlex.split(c)[-2:] for c in commands] == [["bot", "demo"], ["-m", "pytest"]]
    assert all("-c config/constraints.txt" in c for c in commands)


@pytest.mark.parametrize("name", ["labels", "links", "verdicts"])
def test_what_is_shipped_keeps_to_its_schema(name: str) -> None:
    schema = json.loads(shipped("schema", f"{name}.json").read_text("utf-8"))
    shipped_data = tomllib.loads(shipped(f"{name}.toml").read_text("utf-8"))
    assert list(jsonschema.Draft202012Validator(schema).iter_errors(shipped_data)) == []


def test_the_constraints_pin_every_version_and_name_no_address() -> None:
    lines = [x for x in shipped("constraints.txt").read_text("utf-8").splitlines() if x and not x.startswith("#")]
    assert all(re.fullmatch(r'[\w.-]+==[\w.]+(; python_version >= "3\.\d+")?', line) for line in lines)
