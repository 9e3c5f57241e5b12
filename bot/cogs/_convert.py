"""Discord objects → values. A `discord.Message` goes no further than this file."""

from typing import Any

import discord

from bot.core.model import Actor, ActorKind, AuthorKind, ChannelId, ChatMessage, GuildId, MessageId, TextPart, UserId
from bot.core.shape import custom_ids, message_texts

OURS = "sidenote:"
"""Every custom id of ours begins so, whichever Sidenote made it."""

NEEDED = ("view_channel", "send_messages", "read_message_history", "embed_links")
NEEDED_IN_THREADS = ("view_channel", "send_messages_in_threads", "read_message_history", "embed_links")
_SPOKEN = {discord.MessageType.default, discord.MessageType.reply}
_BY_COMMAND = {discord.MessageType.chat_input_command, discord.MessageType.context_menu_command}


def invite_permissions() -> discord.Permissions:
    """The smallest set of permissions that the bot works with."""
    return discord.Permissions(**dict.fromkeys({*NEEDED, *NEEDED_IN_THREADS}, True))


def actor(user: discord.abc.User) -> Actor:
    """Who acts, for the audit."""
    return Actor(ActorKind.MODERATOR, UserId(user.id))


def chat_message(message: discord.Message, me: discord.abc.User) -> ChatMessage | None:
    """A message of a guild as a value; None for a direct message."""
    if message.guild is None:
        return None
    author = _author(message, me)
    return ChatMessage(
        id=MessageId(message.id),
        guild_id=GuildId(message.guild.id),
        channel_id=ChannelId(message.channel.id),
        author=author,
        sent_at=message.edited_at or message.created_at,
        texts=texts(message, author),
        places=places(message.channel),
        missing=missing(message.channel, message.guild),
        permissions=permissions(message.channel, message.guild),
        sent_by=UserId(message.author.id) if author is AuthorKind.MEMBER else None,
        replies_to=_replies_to(message),
        answers_bot=_answers_bot(message),
        has_our_components=any(i.startswith(OURS) for i in custom_ids(shape(message))),
    )


def texts(message: discord.Message, author: AuthorKind) -> tuple[TextPart, ...]:
    """The texts in a message that can carry a link; a member's embeds are Discord's previews and do not count."""
    return message_texts(shape(message), embeds=author in {AuthorKind.WEBHOOK, AuthorKind.BOT})


def shape(message: discord.Message | discord.MessageSnapshot) -> dict[str, Any]:
    """A message in Discord's own JSON shape, as far as it carries texts."""
    poll = message.poll if isinstance(message, discord.Message) else None
    snapshots = message.message_snapshots if isinstance(message, discord.Message) else []
    return {
        "content": message.content,
        "embeds": [embed.to_dict() for embed in message.embeds],
        "components": [component.to_dict() for component in message.components],
        "attachments": [{"description": attachment.description} for attachment in message.attachments],
        "message_snapshots": [{"message": shape(snapshot)} for snapshot in snapshots],
        "poll": {
            "question": {"text": poll.question},
            "answers": [{"poll_media": {"text": answer.text}} for answer in poll.answers],
        }
        if poll
        else None,
    }


def places(channel: object) -> tuple[ChannelId, ...]:
    """The channel and what it lies in: a thread's parent, the category."""
    if isinstance(channel, discord.Thread):
        parent = channel.parent
        ids = [channel.id, channel.parent_id, parent.category_id if parent else None]
    else:
        ids = [getattr(channel, "id", None), getattr(channel, "category_id", None)]
    return tuple(ChannelId(i) for i in ids if i)


def missing(channel: Any, guild: discord.Guild) -> tuple[str, ...]:
    """The permissions that the bot lacks to post a note in this channel, by Discord's names for them."""
    allowed = _allowed(channel, guild)
    if allowed is None:
        return ()
    needed = NEEDED_IN_THREADS if isinstance(channel, discord.Thread) else NEEDED
    return tuple(name for name in needed if not getattr(allowed, name))


def permissions(channel: Any, guild: discord.Guild) -> int:
    """All permissions of the bot in a channel, as Discord numbers them; 0 where they are not known."""
    allowed = _allowed(channel, guild)
    return allowed.value if allowed else 0


def _allowed(channel: Any, guild: discord.Guild) -> discord.Permissions | None:
    """What the bot may do in a channel; None where that is not known."""
    if not hasattr(channel, "permissions_for") or isinstance(channel, discord.PartialMessageable):
        return None
    try:
        found: discord.Permissions = channel.permissions_for(guild.me)
    except discord.ClientException:  # a thread whose parent is not known (yet)
        return None
    return found


def _author(message: discord.Message, me: discord.abc.User) -> AuthorKind:
    if message.author.id == me.id:
        return AuthorKind.SELF
    if message.type not in _SPOKEN | _BY_COMMAND:
        return AuthorKind.SYSTEM
    # An answer to a command comes through a "webhook" whose id is the application's; a real webhook has its own.
    if message.webhook_id and message.webhook_id != message.application_id:
        return AuthorKind.WEBHOOK
    return AuthorKind.BOT if message.author.bot else AuthorKind.MEMBER


def _replies_to(message: discord.Message) -> MessageId | None:
    reference = message.reference
    if reference is None or reference.type is not discord.MessageReferenceType.reply or not reference.message_id:
        return None
    return MessageId(reference.message_id)


def _answers_bot(message: discord.Message) -> bool:
    reference = message.reference
    if reference is None or reference.type is not discord.MessageReferenceType.reply:
        return False
    answered = reference.resolved
    return not isinstance(answered, discord.Message) or answered.author.bot
