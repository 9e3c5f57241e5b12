"""A page that reports another publication → a proposal of a record, with the page's own words. Pure.

`blocks` takes the text apart, `source` finds what the page reports (by `mentions` of `titles`, `outlets`, `addresses`,
`published` and `relation`) and `frame` its labels and linked works, `claims` judges sentences by readable features with
weights in one table, `figures`, `dates` and `speech` read what is in them, `read` puts the proposal together.
"""

from bot.core.intake.claims import FEATURES, Judged
from bot.core.intake.counted import Figure
from bot.core.intake.cut import statement_in
from bot.core.intake.doors import LARGEST_PAGE, must_be_a_page, must_fit
from bot.core.intake.hints import with_hints
from bot.core.intake.page import HtmlPage
from bot.core.intake.read import Candidate, Proposal, read_page
from bot.core.intake.reread import differences
from bot.core.intake.warn import differing

__all__ = [
    "FEATURES",
    "LARGEST_PAGE",
    "Candidate",
    "Figure",
    "HtmlPage",
    "Judged",
    "Proposal",
    "differences",
    "differing",
    "must_be_a_page",
    "must_fit",
    "read_page",
    "statement_in",
    "with_hints",
]
