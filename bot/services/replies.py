"""Finds our own reply in a channel: the one proof of a post that nobody confirmed."""

from datetime import datetime, timedelta

from bot.core.model import AuthorKind, ChannelId, GuildId, MessageId, first_id_at
from bot.ports import ChannelReader

_PAGE = 100
_MOST_PAGES = 20
_CLOCKS_DIFFER = timedelta(minutes=5)
"""Ids carry Discord's time, reservations ours."""


class TooMuchSaid(Exception):
    """More was said in the channel since than is looked through, so nobody can be sure."""


async def own_reply(
    reader: ChannelReader, guild_id: GuildId, channel_id: ChannelId, answered: MessageId, since: datetime
) -> MessageId | None:
    """Our reply to a message, posted since a time; None where there is none. TooMuchSaid, or the reader's errors."""
    after = MessageId(max(answered, first_id_at(since - _CLOCKS_DIFFER)))
    for _ in range(_MOST_PAGES):
        page = await reader.after(guild_id, channel_id, after)
        for message in page:
            if message.author is AuthorKind.SELF and message.replies_to == answered:
                return message.id
        if len(page) < _PAGE:
            return None
        after = page[-1].id
    raise TooMuchSaid
