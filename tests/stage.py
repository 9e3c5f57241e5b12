"""A simulated server with the real bot in it, and a person's view of what the bot says."""

import contextlib
import re
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from typing import Any

import discord
import simcord
from simcord.builders import ChannelHandle, GuildHandle
from simcord.results import InteractionResult, ResponseMessage

from bot.app import House, open_house
from bot.cogs.client import SidenoteClient
from bot.core.errors import StoreError
from bot.core.model import OPERATOR, ChannelId, GuildId, GuildRules, Mode, guild_list
from bot.live import make_client, utc_now
from bot.services.transfer import Source
from bot.settings import Loaded
from tests.fakes.web import PageTable, RedirectTable

PAGE = "https://summaries.example/lake-report"
OTHER = "https://digest.example/2026/bridge"
RECORD = (
    '{"addresses":["https://summaries.example/lake-report"],"title":"The Lake Report in Short",'
    '"labels":["summary","editorial"],"source":{"name":"Lake Weekly","title":"The Lake in Numbers",'
    '"url":"https://weekly.example/lake","published":"2025-11-19","relation":"summary_of"},'
    '"claims":[{"text":"The lake lost 40 centimetres in 2024","attribution":["Water Board","Lake Weekly"]},'
    '{"text":"Nine springs ran dry","attribution":["Lake Weekly"]},{"text":"Boats were moved"},'
    '{"text":"A dam is planned"}]}'
)
SECOND = (
    '{"addresses":["https://digest.example/2026/bridge"],"title":"The Bridge in Short","labels":["summary"],'
    '"source":{"name":"Gazette","url":"https://gazette.example/bridge"}}'
)
Seen = discord.Message | ResponseMessage
_ESCAPE = re.compile(r"\\(?=[^0-9A-Za-z\s])")


class Stage:
    """One simulated server, or a second one beside it."""

    def __init__(
        self, house: House, env: simcord.Env, guild: GuildHandle, web: RedirectTable, pages: PageTable | None = None
    ) -> None:
        self.house = house
        self.web = web
        self.pages = pages or PageTable()
        self.env = env
        self.guild = guild
        self.channel = guild.create_text_channel("talk")
        self.log = guild.create_text_channel("log")
        self.member = guild.add_member(env.create_user("mira"))
        keeper = guild.create_role("keeper", permissions=discord.Permissions(manage_messages=True, manage_guild=True))
        self.moderator = guild.add_member(env.create_user("theo"), roles=[keeper])

    @property
    def id(self) -> GuildId:
        """The server's id."""
        return GuildId(self.guild.id)

    async def rules(self, **changes: Any) -> GuildRules:
        """Sets the server up: mode post, no cooldown, a log channel, unless told otherwise."""
        told: dict[str, Any] = {"mode": Mode.POST, "cooldown_seconds": 0, "log_channel": ChannelId(self.log.id)}
        rules = GuildRules(**{**told, **changes})
        await self.house.book.save(self.id, rules, OPERATOR, utc_now())
        return rules

    async def record(self, *lines: str) -> None:
        """Imports records into the server's own list."""
        outcome = await self.house.transfer.bring_in(Source.lines(lines, "test"), guild_list(self.id), OPERATOR)
        assert not outcome.refused, outcome.refused

    async def later(self, seconds: float = 0) -> None:
        """Time passes, and the bot looks at what is to be done."""
        await self.env.advance_time(seconds)
        parts = self.env.bot.parts  # type: ignore[attr-defined]
        with contextlib.suppress(StoreError):
            await parts.catch_up.step()
            await parts.keeper.step()
        await self.env.settle()

    def notes(self, channel: ChannelHandle | None = None) -> list[discord.Message]:
        """What the bot posted in a channel."""
        bot = self.env.bot.user
        assert bot is not None
        return [m for m in (channel or self.channel).history() if m.author.id == bot.id]

    def note(self) -> discord.Message:
        """The only note in the channel."""
        [note] = self.notes()
        return note

    def logged(self) -> str:
        """Everything in the log channel."""
        return "\n".join(read(message) for message in self.notes(self.log))

    def bugs(self) -> list[BaseException]:
        """What the bot raised, without the wrapping of discord.py's commands."""
        return [getattr(error, "original", error) for error in self.env.errors]

    async def open_commands(self) -> None:
        """Lets everybody call every command, so that only the bot's own check stands in the way."""
        for command in await self.env.bot.tree.fetch_commands():  # type: ignore[attr-defined]
            self.guild.set_command_permissions(command, {self.guild.default_role: True})


def stage_client(house: House, web: RedirectTable | None = None, pages: PageTable | None = None) -> SidenoteClient:
    """The real client. What it looks at now and then it looks at in `Stage.later`: each look costs the simulated time
    a moment of real time.
    """
    bounds = replace(house.settings.notes.bounds(), poll=timedelta(days=90))
    return make_client(house, redirects=web, bounds=bounds, pages=pages)


@asynccontextmanager
async def open_stage(loaded: Loaded) -> AsyncIterator[Stage]:
    """A server with both records known and the bot in mode post."""
    async with open_house(loaded, utc_now) as house:
        # Not `simcord.run`: a fixture begins and ends in two contexts, and the clock belongs to the test's own.
        web, pages = RedirectTable(), PageTable()
        env = simcord.Env(stage_client(house, web, pages), check_errors=False)
        await env.start()
        try:
            with env.time_context():
                stage = Stage(house, env, env.create_guild("Server"), web, pages)
                await stage.rules()
                await stage.record(RECORD, SECOND)
                await stage.later()
            yield stage
        finally:
            await env.shutdown()


def read(message: Seen | None) -> str:
    """What a person reads in a message: its text without the escapes that Discord takes out."""
    assert message is not None, "there is no message"
    return _ESCAPE.sub("", "\n".join([message.content, *_texts(_parts(message))]).strip())


def raw(message: Seen) -> str:
    """The text as it was sent, escapes and all."""
    return "\n".join([message.content, *_texts(_parts(message))]).strip()


def answer(result: InteractionResult) -> str:
    """What the person who asked reads, in the answer and in what followed. It must be for their eyes only."""
    messages = [m for m in (result.response, *result.followups) if m is not None]
    assert messages, "there was no answer"
    assert all(message.ephemeral for message in messages)
    return "\n".join(read(message) for message in messages)


def buttons(message: Seen) -> list[tuple[str, str | None]]:
    """Labels of a message's buttons, with the address of those that lead out."""
    return [(c["label"], c.get("url")) for c in _walk(_parts(message)) if c.get("type") == 2]


def _parts(message: Seen) -> Sequence[Any]:
    if isinstance(message, ResponseMessage):
        return message.components
    return [component.to_dict() for component in message.components]


def _texts(components: Sequence[Any]) -> list[str]:
    return [c["content"] for c in _walk(components) if c.get("type") == 10]


def _walk(components: Sequence[Any]) -> list[Any]:
    found: list[Any] = []
    for component in components:
        found += [component, *_walk(component.get("components") or [])]
    return found
