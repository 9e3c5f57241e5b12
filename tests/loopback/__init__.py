"""Discord over a socket on the loopback address: small, for what SimCord does not have: a login and a gateway, nonces,
rate limits, faults.
"""

from tests.loopback.faults import Fault, Faults
from tests.loopback.limits import Limits
from tests.loopback.server import Loopback
from tests.loopback.world import APPLICATION_ID, GUILD_ID, TOKEN, World

__all__ = ["APPLICATION_ID", "GUILD_ID", "TOKEN", "Fault", "Faults", "Limits", "Loopback", "World"]
