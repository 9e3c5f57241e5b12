"""What the cogs are handed: the services and texts of one running bot, and nothing global."""

from dataclasses import dataclass

from bot.core.labels import LabelBook
from bot.core.words import Words
from bot.ports import Clock
from bot.services.addresses import Addresses
from bot.services.catch_up import CatchUp
from bot.services.claims import Claims
from bot.services.context import Context
from bot.services.desk import Desk
from bot.services.flagging import Flagging
from bot.services.follow import Follow
from bot.services.history import History
from bot.services.keeper import Keeper
from bot.services.parcels import Parcels
from bot.services.rules import Rules
from bot.services.watch import Watch
from bot.services.withdraw import WithdrawNote


@dataclass(frozen=True, slots=True)
class Parts:
    """The services that Discord's side calls."""

    watch: Watch
    follow: Follow
    keeper: Keeper
    catch_up: CatchUp
    context: Context
    history: History
    withdraw: WithdrawNote
    desk: Desk
    addresses: Addresses
    claims: Claims
    rules: Rules
    parcels: Parcels
    flagging: Flagging
    labels: LabelBook
    words: Words
    clock: Clock
