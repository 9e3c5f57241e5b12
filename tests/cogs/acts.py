"""What a moderator does by hand, for the tests of commands."""

from typing import Any

from simcord.results import InteractionResult, ResponseMessage

from tests.stage import Stage

NEW = "https://new.example/page"
DELAY = 121
"""Seconds after which the notes of a changed record follow it."""
FORM = {
    "labels": ["summary", "editorial"],
    "title": "A New Page",
    "source": "The Report\nThe Outlet",
    "source_url": "https://outlet.example/report",
    "claims": "It rained for nine days | Weather Office\nThe harbour was closed",
}


async def flag(stage: Stage, link: str = NEW, form: dict[str, Any] | None = None, **options: Any) -> InteractionResult:
    """Fills in the form of /flag add as the moderator."""
    shown = await stage.moderator.slash(stage.channel, "flag add", link=link, **options)
    return await stage.moderator.submit_modal(shown, form or FORM)


def edited(shown: InteractionResult, **changes: str) -> dict[str, Any]:
    """What a shown form sends when only some fields are changed."""
    assert shown.modal is not None
    values: dict[str, Any] = {}
    for label in shown.modal["components"]:
        field = label["component"]
        chosen = [option["value"] for option in field.get("options", []) if option.get("default")]
        values[field["custom_id"]] = chosen if "options" in field else field.get("value") or ""
    return {**values, **changes}


def given(result: InteractionResult) -> ResponseMessage:
    """The message that answered."""
    messages = [m for m in (result.response, *result.followups) if m is not None]
    return messages[-1]


async def record_id(stage: Stage, typed: str, command: str = "flag show") -> str:
    """The value of the only record that autocomplete offers."""
    [choice] = await stage.moderator.autocomplete(stage.channel, command, "record", typed)
    return str(choice["value"])


async def claim_id(stage: Stage, record: str, typed: str) -> str:
    """The value of the only claim that autocomplete offers."""
    [choice] = await stage.moderator.autocomplete(stage.channel, "claim status", "claim", typed, record=record)
    return str(choice["value"])


def demote(stage: Stage) -> None:
    """The moderator loses every role."""
    stage.env.backend.get_guild(stage.guild.id).members[stage.moderator.id].role_ids.clear()


async def retitle(stage: Stage, title: str, typed: str = "lake") -> None:
    """A moderator changes the title of a record."""
    record = await record_id(stage, typed)
    shown = await stage.moderator.slash(stage.channel, "flag edit", record=record)
    await stage.moderator.submit_modal(shown, edited(shown, title=title))


def edits(stage: Stage) -> int:
    """How many requests changed a message."""
    return len([r for r in stage.env.http_requests if r.method == "PATCH" and "/messages/" in r.path])
