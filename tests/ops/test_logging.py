import io
import json
import logging
from collections.abc import Iterator
from typing import Literal

import pytest

from bot.ops.logging import set_up_logging


@pytest.fixture(autouse=True)
def _as_it_was() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level


def test_lines_and_json_say_the_same_and_strike_every_secret() -> None:
    forms: tuple[Literal["lines"], Literal["json"]] = ("lines", "json")
    for form in forms:
        stream = io.StringIO()
        set_up_logging(form, "info", ["s3cret"], stream)
        try:
            raise ValueError("with s3cret inside")
        except ValueError:
            logging.getLogger("bot.test").exception("message=%s token=%s", 5, "s3cret")
        text = stream.getvalue()
        assert "s3cret" not in text
        assert "message=5 token=***" in text
        assert "ValueError: with *** inside" in text
        if form == "json":
            assert json.loads(text)["level"] == "error"


def test_other_libraries_never_log_payloads() -> None:
    stream = io.StringIO()
    set_up_logging("lines", "debug", (), stream)
    logging.getLogger("discord.gateway").debug("a member's words")
    logging.getLogger("bot.test").debug("ours")
    assert "ours" in stream.getvalue()
    assert "words" not in stream.getvalue()
