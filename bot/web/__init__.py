"""OUTGOING WING: the only place that opens connections other than Discord's. Fetches nothing but public addresses.

Whatever address is written, the one that is really connected to is checked. No cookies, no credentials, no proxies
from the environment; size and time are bounded, and every redirect is an address that is looked at anew.
"""
