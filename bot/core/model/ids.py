"""Ids, names and keys: what each number and string means, and which lists are read where."""

from datetime import UTC, datetime, timedelta
from typing import NewType

GuildId = NewType("GuildId", int)
ChannelId = NewType("ChannelId", int)
MessageId = NewType("MessageId", int)
UserId = NewType("UserId", int)
PublicationId = NewType("PublicationId", int)
ClaimId = NewType("ClaimId", int)
BatchId = NewType("BatchId", int)
ListName = NewType("ListName", str)
LookupKey = NewType("LookupKey", str)
"""A normalized address under which a publication is found. Only `core.links` makes one."""
DraftId = NewType("DraftId", int)
PartialDate = NewType("PartialDate", str)
"""`YYYY`, `YYYY-MM` or `YYYY-MM-DD`: as precise as the source was."""

LOCAL_LIST = ListName("local")
"""The operator's own list, which every guild reads and none changes."""


_DISCORDS_EPOCH = datetime(2015, 1, 1, tzinfo=UTC)


def first_id_at(time: datetime) -> MessageId:
    """The smallest id that a message of this time can have
    (https://discord.com/developers/docs/reference#snowflakes).
    """
    return MessageId(max(0, (time - _DISCORDS_EPOCH) // timedelta(milliseconds=1)) << 22)


def guild_list(guild_id: GuildId) -> ListName:
    """The name of a guild's own list. The list need not exist yet."""
    return ListName(f"guild-{guild_id}")


def lists_read_in(guild_id: GuildId) -> tuple[ListName, ...]:
    """The lists whose records a guild sees, its own first."""
    return (guild_list(guild_id), LOCAL_LIST)
