"""Text → links as Discord shows them → lookup keys. Offline, from the text alone, and never raising.

`code` and `scan` find links, `typed` what was meant as one; `unwrap` takes wrappers off by `decode`; `normalize` folds
spellings of one address into one key, `paths` and `queries` its parts; `rules` holds the data they go by. Two questions
are kept apart (as hypothes.is does): do two strings name the same address (normalize), and which addresses name the
same publication (a record's addresses).
"""

from bot.core.links.decode import DECODERS
from bot.core.links.normalize import keys_of_url, lookup_key, web_address
from bot.core.links.parameters import Parameters
from bot.core.links.patterns import PathPattern
from bot.core.links.read import keys_of, match, read_keys, read_links
from bot.core.links.rules import LinkRules, Site, Views, Wrapper
from bot.core.links.scan import Span, scan
from bot.core.links.trail import Step, StepKind, Trail

__all__ = [
    "DECODERS",
    "LinkRules",
    "Parameters",
    "PathPattern",
    "Site",
    "Span",
    "Step",
    "StepKind",
    "Trail",
    "Views",
    "Wrapper",
    "keys_of",
    "keys_of_url",
    "lookup_key",
    "match",
    "read_keys",
    "read_links",
    "scan",
    "web_address",
]
