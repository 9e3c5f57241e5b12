"""Guild settings and the program's own memory (meta) over SQL: fulfils `ports.GuildBook`."""

import json
from datetime import datetime

from bot.core.model import Actor, ChannelId, GuildId, GuildRules, Mode, Repeats
from bot.store.audit import write_event
from bot.store.ids import Ids
from bot.store.queries import Value
from bot.store.sqlite import Database


class SqlGuildBook:
    """Settings in a database; a guild that set nothing has the operator's defaults."""

    def __init__(self, database: Database, defaults: GuildRules, ids: Ids) -> None:
        self._database = database
        self._defaults = defaults
        self._ids = ids

    async def rules(self, guild_id: GuildId) -> GuildRules:
        """See `ports.GuildBook`."""
        async with self._database.read() as snapshot:
            row = await snapshot.row("guild", id=guild_id)
            if row is None:
                return self._defaults
            ignored = await snapshot.rows("ignored_channels", id=guild_id)
        mode, log_channel, cooldown, objections, other_bots, notes_per_minute, typed_links, short_links = row[:8]
        repeats, corrections, page_fetching = row[8:]
        return GuildRules(
            Mode(mode),
            frozenset(ChannelId(channel) for (channel,) in ignored),
            ChannelId(log_channel) if log_channel else None,
            cooldown,
            objections,
            bool(other_bots),
            notes_per_minute,
            bool(typed_links),
            bool(short_links),
            Repeats(repeats),
            bool(corrections),
            bool(page_fetching),
        )

    async def save(self, guild_id: GuildId, rules: GuildRules, actor: Actor, at: datetime) -> None:
        """See `ports.GuildBook`."""
        before = _json(await self.rules(guild_id))
        async with self._database.write() as transaction:
            await transaction.many("save_guild", [{"id": guild_id, **_row(rules)}])
            await transaction.rows("drop_ignored", id=guild_id)
            await transaction.many("add_ignored", [{"id": guild_id, "channel_id": c} for c in sorted(rules.ignored)])
            await write_event(
                transaction, self._ids, at, actor, "settings", guild_id, before, _json(rules), subject_kind="guild"
            )


class SqlMeta:
    """A few facts that the program remembers about itself, by name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, name: str) -> str | None:
        """The value, None where there is none."""
        async with self._database.read() as snapshot:
            row = await snapshot.row("get_meta", name=name)
        return row[0] if row else None

    async def set(self, name: str, value: str) -> None:
        """A new value."""
        async with self._database.write() as transaction:
            await transaction.many("set_meta", [{"name": name, "value": value}])


def _row(rules: GuildRules) -> dict[str, Value]:
    return {
        "mode": rules.mode,
        "log_channel_id": rules.log_channel,
        "cooldown_seconds": rules.cooldown_seconds,
        "objections": rules.objections,
        "other_bots": int(rules.other_bots),
        "notes_per_minute": rules.notes_per_minute,
        "typed_links": int(rules.typed_links),
        "short_links": int(rules.short_links),
        "repeats": rules.repeats,
        "corrections": int(rules.corrections),
        "page_fetching": int(rules.page_fetching),
    }


def _json(rules: GuildRules) -> str:
    return json.dumps({**_row(rules), "ignored": sorted(rules.ignored)}, ensure_ascii=False, separators=(",", ":"))
