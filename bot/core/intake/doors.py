"""What is no page to read: login walls, cookie pages, errors, nothing at all."""

import re

from bot.core.errors import UserError

LARGEST_PAGE = 5_000_000
"""Bytes of a page that is read."""
_FEWEST_WORDS = 60
_MOST_WORDS = 250
"""A text longer than that is a page, whatever words stand in it."""
_WALLS = (
    ("page_login", re.compile(
        r"\b(?:(?:log|sign) ?in to (?:continue|read|view)|subscribe to (?:continue|read)|subscribers only|create (?:a free|an) account to|"
        r"already a subscriber|anmelden,? um|nur für abonnenten|inicie sesión para|suscríbase para)\b", re.IGNORECASE)),
    ("page_cookies", re.compile(
        r"\b(?:we (?:use|value your) (?:cookies|privacy)|accept (?:all )?cookies|cookie (?:settings|preferences)|diese seite verwendet cookies|"
        r"utilizamos cookies)\b", re.IGNORECASE)),
    ("page_error", re.compile(
        r"\b(?:40[1345]|50[0234])\b.{0,40}\b(?:error|not found|forbidden|unavailable)|page (?:not found|cannot be found)|access denied|"
        r"verify (?:that )?you are (?:a )?human|enable javascript|just a moment|seite nicht gefunden|página no encontrada", re.IGNORECASE)),
)  # fmt: skip


def must_fit(size: int) -> None:
    """UserError for a page of more bytes than are read."""
    if size > LARGEST_PAGE:
        raise UserError(key="refused.page_too_large", limit=LARGEST_PAGE // 1_000_000)


def must_be_a_page(text: str) -> None:
    """UserError with a sentence for what cannot be read as a page."""
    words = len(text.split())
    if words <= _MOST_WORDS:
        for reason, pattern in _WALLS:
            if pattern.search(text):
                raise UserError(key=f"refused.{reason}")
    if words < _FEWEST_WORDS:
        raise UserError(key="refused.page_empty")
