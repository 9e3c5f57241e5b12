"""Text → links as Discord shows them → lookup keys. Offline, from the text alone, and never raising.

`scan` finds links, `normalize` folds spellings of one address into one key, `rules` holds the data both go by.
Two questions are kept apart (as hypothes.is does): do two strings name the same address (normalize), and which
addresses name the same publication (a record's addresses).
"""

from bot.core.links.normalize import Normalized, lookup_key, normalize, web_address
from bot.core.links.read import keys_of, match, read_links
from bot.core.links.rules import LinkRules
from bot.core.links.scan import Span, scan

__all__ = [
    "LinkRules",
    "Normalized",
    "Span",
    "keys_of",
    "lookup_key",
    "match",
    "normalize",
    "read_links",
    "scan",
    "web_address",
]
