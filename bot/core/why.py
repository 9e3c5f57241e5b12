"""Why a link counts as a recorded page, in words: made only when asked. Names dropped parameters, never values."""

from collections.abc import Iterator, Sequence

from bot.core.links import LinkRules, normalize
from bot.core.model import Link, Match
from bot.core.text import shown
from bot.core.words import Words


def trail(link: Link, matches: Sequence[Match], rules: LinkRules, words: Words) -> list[str]:
    """The way from the text to the record, a sentence a step."""
    return list(_steps(link, matches, rules, words))


def _steps(link: Link, matches: Sequence[Match], rules: LinkRules, words: Words) -> Iterator[str]:
    yield words(f"why.found.{link.found}")
    if link.masked:
        yield words("why.masked")
    normalized = normalize(link.url, rules)
    if normalized is None:
        yield words("why.no_key")
        return
    if normalized.dropped:
        yield words("why.dropped", names=", ".join(shown(name) for name in dict.fromkeys(normalized.dropped)))
    yield words("why.key", key=shown(normalized.key))
    mine = [m for m in matches if m.link.key == link.key]
    for found in mine:
        yield words("why.matched", address=shown(found.address.url), title=shown(found.record.publication.title))
    if not mine:
        yield words("why.not_recorded")
