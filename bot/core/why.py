"""Why a link counts as a recorded page, in words: made only when asked. Names dropped parameters, never values."""

from collections.abc import Iterator, Sequence

from bot.core.links import LinkRules, normalize
from bot.core.model import Link, Match
from bot.core.text import cut, shown
from bot.core.words import Words

_LONGEST = 200


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
        yield words("why.dropped", names=", ".join(shown(cut(name, 60)) for name in dict.fromkeys(normalized.dropped)))
    yield words("why.key", key=_short(normalized.key))
    mine = [m for m in matches if m.link.key == link.key]
    for found in mine:
        yield words("why.matched", address=_short(found.address.url), title=_short(found.record.publication.title))
    if not mine:
        yield words("why.not_recorded")


def _short(text: str) -> str:
    return shown(cut(text, _LONGEST))
