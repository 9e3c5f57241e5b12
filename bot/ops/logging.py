"""Log lines for people or JSON for machines, on standard error, with every known secret struck out."""

import json
import logging
import sys
from collections.abc import Collection
from datetime import UTC, datetime
from typing import Literal, TextIO

_OTHERS = ("discord", "aiohttp", "aiosqlite", "asyncio")
"""Libraries whose debug level prints payloads, and so texts: never below info."""


class _Struck(logging.Formatter):
    def __init__(self, form: Literal["lines", "json"], secrets: Collection[str]) -> None:
        super().__init__()
        self._json = form == "json"
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        text = record.getMessage()
        trace = self.formatException(record.exc_info) if record.exc_info and record.exc_info[0] else None
        at = datetime.fromtimestamp(record.created, UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
        if self._json:
            entry = {"time": at, "level": record.levelname.lower(), "logger": record.name, "message": text}
            line = json.dumps({**entry, "trace": trace} if trace else entry, ensure_ascii=False)
        else:
            line = f"{at} {record.levelname.lower():7} {record.name}: {text}" + (f"\n{trace}" if trace else "")
        for secret in self._secrets:
            line = line.replace(secret, "***")
        return line


def set_up_logging(
    form: Literal["lines", "json"], level: str, secrets: Collection[str] = (), stream: TextIO | None = None
) -> None:
    """Sends every logger through one handler."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Struck(form, secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for name in _OTHERS:
        logging.getLogger(name).setLevel(max(logging.INFO, root.level))
