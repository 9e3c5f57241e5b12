"""Every request of a whole tour, against Discord's own API description where it lies beside the checkout."""

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.core.model import Mode
from tests.cogs.acts import FORM, edited, flag, record_id
from tests.stage import OTHER, PAGE, Stage

DESCRIPTION = Path(__file__).parents[3] / "shared" / "discord-api" / "openapi.json"


@cache
def description() -> dict[str, Any]:
    """The description, read once."""
    found: dict[str, Any] = json.loads(DESCRIPTION.read_text("utf-8"))
    return found


def schema_of(method: str, path: str) -> dict[str, Any]:
    """The schema of a request's body; KeyError for a route that Discord does not have."""
    for template, operations in description()["paths"].items():
        pattern = re.sub(r"\{[^}]+\}", "[^/]+", template)
        if method.lower() in operations and re.fullmatch(pattern, path):
            body = operations[method.lower()].get("requestBody", {"content": {"application/json": {"schema": {}}}})
            return {**body["content"]["application/json"]["schema"], "components": description()["components"]}
    raise KeyError(f"{method} {path}")


_MEDIA_CHANNEL = 16
"""Documented by Discord, and missing from its description."""


def as_discord_reads(value: Any, name: str = "") -> Any:
    """Ids may be numbers or texts; the description knows them as texts."""
    if isinstance(value, dict):
        ids = {"id"} if "filename" in value else set()
        return {key: str(v) if key in ids else as_discord_reads(v, key) for key, v in value.items()}
    if isinstance(value, list):
        return [as_discord_reads(v) for v in value if not (name == "channel_types" and v == _MEDIA_CHANNEL)]
    return str(value) if name.endswith("_id") and isinstance(value, int) else value


@pytest.mark.skipif(not DESCRIPTION.is_file(), reason="Discord's API description is not beside the checkout")
async def test_discord_would_take_every_request_of_a_tour(stage: Stage) -> None:
    message = await stage.member.send(stage.channel, f"{PAGE} {OTHER}")
    await stage.member.click(stage.note(), label="All claims")
    await stage.member.click(stage.note(), label="Why this note?")
    await stage.member.edit(message, PAGE)
    await flag(stage)
    await flag(stage, "https://second.example/", form={**FORM, "title": " "})
    record = await record_id(stage, "lake")
    shown = await stage.moderator.slash(stage.channel, "flag edit", record=record)
    await stage.moderator.submit_modal(shown, edited(shown))
    for command, options in (
        ("context check", {"link": PAGE}),
        ("flag show", {"record": record}),
        ("flag remove", {"record": record}),
        ("flag withdraw", {}),
        ("claim add", {"record": record, "text": "More"}),
        ("settings show", {}),
        ("settings test", {"link": OTHER}),
    ):
        await stage.moderator.slash(stage.channel, command, **options)
    await stage.rules(mode=Mode.OBSERVE)
    await stage.member.send(stage.channel, OTHER)
    await stage.member.delete(message)
    requests = [r for r in stage.env.http_requests if r.json is not None]
    assert len(requests) > 20
    faults = []
    for request in requests:
        validator = jsonschema.Draft202012Validator(schema_of(request.method, request.path))
        error = jsonschema.exceptions.best_match(validator.iter_errors(as_discord_reads(request.json)))
        if error:
            faults.append(f"{request.method} {request.path}: {error.message[-300:]} at {list(error.absolute_path)}")
    assert not faults, "\n".join(faults)
