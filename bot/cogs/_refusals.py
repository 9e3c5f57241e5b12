"""What Discord answers when it will not, or does not for certain: our errors, with how each is dealt with."""

from collections.abc import Iterator
from contextlib import contextmanager

import aiohttp
import discord

from bot.core.errors import PostGone, PostRefused, PostUncertain
from bot.core.words import Words

_REFUSALS = {
    10008: "message_gone",
    10003: "channel_gone",
    50001: "no_access",
    50013: "no_access",
    160002: "no_history",
    200000: "blocked_content",
    240000: "blocked_content",
    20016: "slow_mode",
    20028: "slow_mode",
    30046: "too_old",
    50083: "archived",
    160005: "locked",
}
"""https://discord.com/developers/docs/topics/opcodes-and-status-codes#json"""
_LASTING = {"no_access", "no_history", "channel_gone", "guild_gone"}
"""Refusals that stay until somebody changes permissions: said once, and the channel is not tried again."""
_LATER = {"slow_mode": 5.0, "too_old": 60.0}
"""Refusals that pass by themselves, and the seconds after which to try again (slow mode may say more)."""
_UNKNOWN_MESSAGE = 10008
_INVALID_FORM = 50035
"""Among others, a reply to a message that is not there."""
_UNCERTAIN = 500
"""From this status on nobody knows whether Discord took the message."""


@contextmanager
def refusals(words: Words) -> Iterator[None]:
    """discord.py's errors leave as PostGone, PostRefused or PostUncertain."""
    try:
        yield
    except discord.HTTPException as error:
        if error.status >= _UNCERTAIN or error.status == 429:
            raise PostUncertain(words("error.no_answer", status=error.status)) from error
        raise _refused(error, words) from error
    except (aiohttp.ClientError, OSError, TimeoutError) as error:
        raise PostUncertain(words("error.no_answer", status=type(error).__name__)) from error


def _refused(error: discord.HTTPException, words: Words) -> PostRefused:
    answer = _REFUSALS.get(error.code, "other_refusal")
    if error.code == _INVALID_FORM and "message_reference" in error.text:
        answer = "message_gone"
    return refused_as(words, answer, PostGone if error.code == _UNKNOWN_MESSAGE else PostRefused, code=error.code)


def refused_as(words: Words, answer: str, kind: type[PostRefused] = PostRefused, **values: object) -> PostRefused:
    """The refusal with this key under `error`, and how it is dealt with."""
    refused = kind(words(f"error.{answer}", **values))
    refused.answer = answer
    refused.lasting = answer in _LASTING
    refused.seconds = _LATER.get(answer)
    return refused
