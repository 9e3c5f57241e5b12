"""Short links: where they lead is asked only where a guild allows it, seldom, and remembered."""

import asyncio
import contextlib
from collections import deque
from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.core.links import LinkRules, lookup_key
from bot.core.model import FoundKind, GuildId, LookupKey, Match, UserId, guild_list
from bot.ports import AddressBook, Clock, Redirects, ShortLinks
from bot.services.turns import Turns

MOST_HOPS = 3
MOST_AN_HOUR = 10
"""Look-ups that one member's messages may cause."""
_HOUR = timedelta(hours=1)
_AT_ONCE = 4
_LONGEST = timedelta(seconds=5)
"""For all hops together; a note that comes later is no context any more."""
_MEMBERS_REMEMBERED = 10_000


class NoRedirects:
    """Asks nobody: for a simulated Discord. Fulfils `ports.Redirects`."""

    async def next(self, url: str) -> str | None:
        """See `ports.Redirects`."""
        return None


class Shorteners:
    """Asks shorteners. Bounded in look-ups a member, hops, time and number at once."""

    def __init__(
        self, short_links: ShortLinks, redirects: Redirects, addresses: AddressBook, rules: LinkRules, clock: Clock
    ) -> None:
        self._short_links = short_links
        self._redirects = redirects
        self._addresses = addresses
        self._rules = rules
        self._clock = clock
        self._at_once = asyncio.Semaphore(_AT_ONCE)
        self._turns = Turns()
        self._asked: dict[UserId, deque[datetime]] = {}

    async def look_up(self, keys: Sequence[LookupKey], member: UserId) -> None:
        """Asks where these lead, those apart that are known, and remembers it. At most 5 seconds, whatever waits."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_LONGEST.total_seconds()):
                for key in await self._short_links.unknown(keys, self._clock()):
                    async with self._turns.of(hash(key)):  # many share one new link at once: it is asked once
                        await self._ask(key, member)

    async def propose(self, match: Match, guild_id: GuildId) -> None:
        """A short link led to a record of the guild: its moderators may make it one of the record's addresses."""
        key = match.link.key
        if match.link.target is not None and key is not None and match.record.list == guild_list(guild_id):
            host = key.partition("/")[0]
            await self._addresses.propose(match.record, f"https://{key}", key, FoundKind.REDIRECT, host, self._clock())

    async def _ask(self, key: LookupKey, member: UserId) -> None:
        now = self._clock()
        if await self._short_links.unknown([key], now) and self._may_ask(member, now):
            async with self._at_once:
                target = await self._follow(key)
            await self._short_links.remember(key, target, self._clock())

    async def _follow(self, key: LookupKey) -> LookupKey | None:
        """The first page that is no shortener's; looked at before and after each hop. Only shorteners are asked."""
        for _ in range(MOST_HOPS):
            if not self._rules.is_short(key):
                break
            target = await self._redirects.next(f"https://{key}")
            found = lookup_key(target, self._rules) if target is not None else None
            if found is None:
                return None
            key = found
        return None if self._rules.is_short(key) else key

    def _may_ask(self, member: UserId, now: datetime) -> bool:
        asked = self._asked.pop(member, None) or deque(maxlen=MOST_AN_HOUR)
        self._asked[member] = asked  # the last to ask stands last
        while len(self._asked) > _MEMBERS_REMEMBERED:
            del self._asked[next(iter(self._asked))]
        if len(asked) == MOST_AN_HOUR and now - asked[0] < _HOUR:
            return False
        asked.append(now)
        return True
