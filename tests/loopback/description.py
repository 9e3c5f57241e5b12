"""Discord's own API description, where it lies beside the checkout: does Discord know this route, take this body?"""

import json
import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import jsonschema

DESCRIPTION = Path(__file__).parents[3] / "shared" / "discord-api" / "openapi.json"

_MEDIA_CHANNEL = 16
"""Documented by Discord, and missing from its description."""
_ID, _ANY_ID = re.compile(r"\d{17,20}"), "1234567890123456789"
_OF_THE_LIBRARY = {"tts"}
"""discord.py sends it with every edit, where Discord does not know it."""


def is_there() -> bool:
    """Whether there is a description to check against."""
    return DESCRIPTION.is_file()


def fault_in(method: str, path: str, query: list[str], body: Any) -> str | None:
    """What Discord would not know in this request; None where nothing."""
    operation = _operation(method.lower(), path)
    if operation is None:
        return f"{method} {path}: Discord has no such route"
    unknown = set(query) - operation.query
    if unknown:
        return f"{method} {path}: unknown in the query: {sorted(unknown)}"
    if body is None:
        return None
    # Bodies that differ in their ids only are looked at once: the check must not slow down what is measured.
    path_of_any, body_of_any = (_ID.sub(_ANY_ID, text) for text in (path, json.dumps(body)))
    fault = _fault_in_body(method.lower(), path_of_any, body_of_any)
    return f"{method} {path}{fault}" if fault else None


@lru_cache(maxsize=4096)
def _fault_in_body(method: str, path: str, text: str) -> str | None:
    operation = _operation(method, path)
    if operation is None or operation.validator is None:
        return ": takes no body"
    value = as_discord_reads(json.loads(text))
    if operation.fields and isinstance(value, dict) and (more := set(value) - operation.fields - _OF_THE_LIBRARY):
        return f": unknown fields: {sorted(more)}"
    if operation.validator.is_valid(value):
        return None
    error = jsonschema.exceptions.best_match(operation.validator.iter_errors(value))
    return f": {error.message[-300:]} at {list(error.absolute_path)}" if error else None


def as_discord_reads(value: Any, name: str = "") -> Any:
    """Ids may be numbers or texts; the description knows them as texts."""
    if isinstance(value, dict):
        ids = {"id"} if "filename" in value else set()
        return {key: str(v) if key in ids else as_discord_reads(v, key) for key, v in value.items()}
    if isinstance(value, list):
        return [as_discord_reads(v) for v in value if not (name == "channel_types" and v == _MEDIA_CHANNEL)]
    return str(value) if name.endswith("_id") and isinstance(value, int) else value


class Operation:
    """One route and method: the names its query may have, the fields its body may have, what a body must be."""

    def __init__(self, whole: dict[str, Any], shared: list[dict[str, Any]]) -> None:
        given = [*shared, *whole.get("parameters", [])]
        self.query = {p["name"] for p in given if p.get("in") == "query"}
        self.validator: jsonschema.Draft202012Validator | None = None
        self.fields: set[str] = set()
        if content := whole.get("requestBody", {}).get("content", {}).get("application/json"):
            schema = {**content["schema"], "components": _description()["components"]}
            self.validator = jsonschema.Draft202012Validator(schema)
            self.fields = _fields(content["schema"])


@cache
def _description() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(DESCRIPTION.read_text("utf-8"))
    return found


@cache
def _templates() -> list[tuple[re.Pattern[str], str]]:
    ordered = sorted(_description()["paths"], key=lambda path: path.count("{"))
    return [(re.compile(re.sub(r"\{[^}]+\}", "[^/]+", path)), path) for path in ordered]


def template_of(method: str, path: str) -> str | None:
    """The route of a path, with names in the places of ids."""
    for pattern, template in _templates():
        if pattern.fullmatch(path) and method.lower() in _description()["paths"][template]:
            return template
    return None


def _operation(method: str, path: str) -> Operation | None:
    template = template_of(method, path)
    return _made(method, template) if template else None


@cache
def _made(method: str, template: str) -> Operation:
    found = _description()["paths"][template]
    return Operation(found[method], found.get("parameters", []))


def _fields(schema: dict[str, Any]) -> set[str]:
    """Every field that any form of the body has; none where the body is no object."""
    if "$ref" in schema:
        return _fields(_description()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]])
    found = set(schema.get("properties", {}))
    for part in ("allOf", "anyOf", "oneOf"):
        for one in schema.get(part, []):
            found |= _fields(one)
    return found
