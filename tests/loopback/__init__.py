"""Discord over a socket on the loopback address: small, for what SimCord does not have, a login and a gateway."""

from tests.loopback.server import APPLICATION_ID, TOKEN, Loopback

__all__ = ["APPLICATION_ID", "TOKEN", "Loopback"]
