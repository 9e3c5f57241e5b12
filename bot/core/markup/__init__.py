"""Fact-check markup, schema.org's ClaimReview and Claim as JSON-LD, and records: there and back.

`find` finds nodes in any JSON value, `claims` and `pages` read one, `read` makes record objects of them that
`core.records` checks; `write` gives the nodes of a record. Markup of strangers is read leniently, but nothing is made
up: what cannot be read is left out, and a status comes from words in a table, never from a number.
"""

from bot.core.markup.read import Group, MarkupReader
from bot.core.markup.values import Node
from bot.core.markup.verdicts import Verdicts, compared
from bot.core.markup.write import CONTEXT, nodes_of, what_is_lost

__all__ = ["CONTEXT", "Group", "MarkupReader", "Node", "Verdicts", "compared", "nodes_of", "what_is_lost"]
