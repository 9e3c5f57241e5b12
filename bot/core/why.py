"""Why a link counts as a recorded page, in words: made only when asked. Names dropped parameters, never values."""

from collections.abc import Iterator, Sequence

from bot.core.links import LinkRules, Step, StepKind, Trail, keys_of_url
from bot.core.model import Link, Match
from bot.core.text import cut, shown
from bot.core.words import Words

_LONGEST = 200
_LONGEST_DETAIL = 120


def trail(link: Link, matches: Sequence[Match], rules: LinkRules, words: Words) -> list[str]:
    """The way from the text to the record, a sentence a step."""
    return list(_sentences(link, matches, rules, words))


def _sentences(link: Link, matches: Sequence[Match], rules: LinkRules, words: Words) -> Iterator[str]:
    yield words(f"why.found.{link.found}")
    if link.masked:
        yield words("why.masked")
    if link.typed:
        yield words("why.typed")
    if not link.keys:
        yield words("why.no_key")
        return
    mine = [m for m in matches if m.link.key == link.key]
    key = mine[0].address.key if mine else link.keys[0]
    for step in _steps(link, key, rules):
        yield _told(step, words)
    yield words("why.key", key=_short(key))
    for found in mine:
        yield words("why.matched", address=_short(found.address.url), title=_short(found.record.publication.title))
        if found.address.claimed_by:
            yield words("why.claimed", by=_short(found.address.claimed_by))
    if not mine:
        yield words("why.not_recorded")


def _steps(link: Link, key: str, rules: LinkRules) -> Trail:
    """What was done to the address that leads to this key: the one written, or the one that a shortener named."""
    steps: Trail = []
    keys = keys_of_url(link.text, rules, steps)
    if link.target is not None and key not in keys:
        steps.append(Step(StepKind.RESOLVED, link.keys[0].partition("/")[0]))
        keys = keys_of_url(f"https://{link.target}", rules, steps)
    if key not in keys:
        return [Step(StepKind.CUT)]
    if key != keys[0]:
        steps.append(Step(StepKind.LOOSE))
    return steps


def _told(step: Step, words: Words) -> str:
    return words(f"why.step_{step.kind}", detail=shown(cut(step.detail, _LONGEST_DETAIL)), origin=step.origin)


def _short(text: str) -> str:
    return shown(cut(text, _LONGEST))
