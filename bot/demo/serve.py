"""Sets the stage (a server, a member, a moderator, two records, a shared link) and serves its page until stopped."""

import asyncio
import contextlib
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from importlib.resources import files
from pathlib import Path

import discord
import simcord
from simcord.preview import Preview

from bot.app import House, open_house
from bot.core.model import OPERATOR, ChannelId, GuildId, GuildRules, Mode, guild_list
from bot.demo.commands import DemoCog
from bot.demo.driver import Driver, Job
from bot.live import make_client, utc_now
from bot.services.transfer import Source
from bot.settings import Loaded

FLAGGED = "https://summaries.example/kashmir-call-for-solidarity"
INVENTED = "https://digest.example/2026/old-harbour-bridge"


class Demo:
    """The stage: fulfils `commands.Stage`."""

    def __init__(self, house: House) -> None:
        self.house = house
        # Each look at the queue costs the simulated time a moment of real time.
        bounds = replace(house.settings.notes.bounds(), poll=timedelta(seconds=60))
        self.client = make_client(house, [DemoCog(house.texts.words, lambda: self)], bounds=bounds)
        self._driver: Driver | None = None

    async def set_stage(self, env: simcord.Env) -> None:
        """Server, people, records; then the guide and a shared link, which the bot answers."""
        words = self.house.texts.words
        self.env = env
        env.backend.edit_bot_profile(words("demo.bot"))
        self.guild = env.create_guild(words("demo.guild"))
        self.channel = self.guild.create_text_channel(words("demo.channel"))
        keeper = discord.Permissions(manage_messages=True, manage_guild=True)
        role = self.guild.create_role(words("demo.moderator"), permissions=keeper)
        self.member = self.guild.add_member(env.create_user(words("demo.member")))
        self.moderator = self.guild.add_member(env.create_user(words("demo.moderator")), roles=[role])
        self.narrator = self.guild.add_member(env.create_user(words("demo.narrator"), bot=True))
        await self._fill_database(GuildId(self.guild.id), ChannelId(self.channel.id))
        await self.moderator.send(self.channel, words("demo.guide", flagged=FLAGGED, invented=INVENTED))
        await self.member.send(self.channel, words("demo.shared", flagged=FLAGGED))

    async def _fill_database(self, guild_id: GuildId, channel_id: ChannelId) -> None:
        records = files("bot.demo").joinpath("records.jsonl").read_bytes()
        await self.house.transfer.bring_in(Source.of("records.jsonl", records), guild_list(guild_id), OPERATOR)
        rules = GuildRules(mode=Mode.POST, cooldown_seconds=0, log_channel=channel_id, notes_per_minute=60)
        await self.house.book.save(guild_id, rules, OPERATOR, utc_now())

    @asynccontextmanager
    async def page(self, port: int) -> AsyncIterator[Preview]:
        """The page, with the driver at work behind it."""
        viewers = (self.member, self.moderator)
        async with self.env.preview(self.channel, viewers=viewers, layout="channel", port=port) as preview:
            self._driver = Driver(preview, self._failed)
            task = asyncio.ensure_future(self._driver.run())
            try:
                yield preview
            finally:
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task

    def menu(self, user_id: int, name: str, message_id: int) -> None:
        """See `commands.Stage`."""
        person, message = self._person(user_id), self._message(message_id)
        self._put(lambda: person.context_menu(self.channel, name, message()))

    def forward(self, user_id: int, message_id: int) -> None:
        """See `commands.Stage`."""
        person, message = self._person(user_id), self._message(message_id)
        self._put(lambda: person.forward(message(), self.channel))

    def wait(self, seconds: int) -> None:
        """See `commands.Stage`."""
        self._put(lambda: self.env.advance_time(seconds))

    def newest(self, *, note: bool) -> int | None:
        """See `commands.Stage`."""
        ours = self.client.user.id if self.client.user else 0
        for message in reversed(self.channel.history()):
            is_note = message.author.id == ours and bool(message.reference)
            if is_note if note else not message.author.bot and "://" in message.content:
                return message.id
        return None

    def _person(self, user_id: int) -> simcord.MemberActor:
        return self.moderator if user_id == self.moderator.id else self.member

    def _message(self, message_id: int) -> Callable[[], discord.Message]:
        def find() -> discord.Message:
            found = [message for message in self.channel.history() if message.id == message_id]
            if not found:
                raise LookupError(self.house.texts.words("demo.nothing_there"))
            return found[0]

        return find

    def _put(self, job: Job) -> None:
        if self._driver:
            self._driver.put(job)

    async def _failed(self, error: Exception) -> None:
        await self.narrator.send(self.channel, self.house.texts.words("demo.failed", why=error))


@asynccontextmanager
async def open_demo(loaded: Loaded) -> AsyncIterator[Demo]:
    """A set stage over a fresh database in a temporary folder, which goes at the end."""
    with tempfile.TemporaryDirectory(prefix="sidenote-demo-") as folder:
        file = loaded.settings.database.model_copy(update={"path": Path(folder) / "demo.db"})
        settings = loaded.settings.model_copy(update={"database": file})
        async with open_house(Loaded(settings, loaded.folder), utc_now) as house:
            demo = Demo(house)
            async with simcord.run(demo.client, check_errors=False, settle_timeout=30.0) as env:
                await demo.set_stage(env)
                yield demo


async def serve(loaded: Loaded, port: int, say: Callable[[str], None]) -> None:
    """Serves the page until it is ended; its address is the first line said."""
    async with open_demo(loaded) as demo, demo.page(port) as preview:
        words = demo.house.texts.words
        say(words("demo.address", url=preview.url))
        say(words("demo.stop"))
        await preview.wait_closed()
