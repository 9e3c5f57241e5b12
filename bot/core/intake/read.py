"""A page's text → a proposal that a moderator can accept: what it is about, its labels and its candidate claims."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from bot.core.intake.blocks import Block, BlockKind, blocks_of, tidy
from bot.core.intake.claims import Judged, judge
from bot.core.intake.frame import LinkedWork, labels_of, works_of
from bot.core.intake.language import language_of
from bot.core.intake.source import Source, source_of, with_byline
from bot.core.intake.speakers import speakers_in
from bot.core.labels import LabelBook

_MOST_CENTRAL, _MOST_CANDIDATES = 8, 300
_LANGUAGES = frozenset({"en", "de", "es"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence that states something that can be checked. `is_central`: the page's message rests on it."""

    judged: Judged
    speakers: tuple[str, ...]
    is_central: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a page seems to be. Nothing in it was decided."""

    title: str | None
    language: str | None
    labels: tuple[str, ...]
    source: Source
    works: tuple[LinkedWork, ...]
    claims: tuple[Candidate, ...]
    are_claims_read: bool
    """Whether the language is one in which claims are read."""
    text: str
    """What was read, without blank lines and spaces that say nothing."""
    hints: tuple[tuple[str, dict[str, object]], ...] = ()
    """What was taken from the page's markup: keys of words, and their values."""
    canonical: str | None = None
    """The address that the page says is its own."""

    @property
    def digest(self) -> str:
        """SHA-256 of the text, in hexadecimal: which version of the page this is."""
        return sha256(self.text.encode("utf-8", "replace")).hexdigest()

    @property
    def speakers(self) -> tuple[str, ...]:
        """Everybody who is said to say something, each once."""
        return tuple(dict.fromkeys(name for claim in self.claims for name in claim.speakers))


def read_page(
    text: str,
    labels: LabelBook,
    title: str | None = None,
    links: Sequence[tuple[str, str]] = (),
    own_lines: Sequence[str] = (),
) -> Proposal:
    """The proposal of a page's text. `title`, `links` (words, address as written) and `own_lines` (short lines that
    stand by themselves, labels among them) are what its markup says.
    """
    text, title = tidy(text), tidy(title) if title else None
    links = [(tidy(words), tidy(href)) for words, href in links]
    own_lines = [tidy(line) for line in own_lines]
    blocks = blocks_of(text)
    found, places = labels_of(blocks, labels)
    found = labels_of(blocks_of("\n".join(own_lines)), labels)[0] or found
    title = title or next((b.text for i, b in enumerate(blocks) if i not in places), None)
    kept = [b for i, b in enumerate(blocks) if i not in places]
    source, closing = source_of(kept, title or "", links, is_summary=any(kind.key == "summary" for kind, _ in found))
    source = with_byline(source, own_lines, links)
    skip = places | _places_of(blocks, closing, places) | {i for i, b in enumerate(blocks) if b.text == title}
    language = language_of(text)
    reads = language in _LANGUAGES
    claims = _claims(blocks, skip, source) if reads else []
    return Proposal(
        title, language, tuple(phrase for _, phrase in found), source,
        tuple(works_of(blocks, source, skip, links)), tuple(claims), reads, _even(text),
    )  # fmt: skip


def _even(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _places_of(blocks: Sequence[Block], closing: set[int], labels: set[int]) -> set[int]:
    """Places among all blocks of places among those that are no labels."""
    kept = [i for i in range(len(blocks)) if i not in labels]
    return {kept[i] for i in closing if i < len(kept)}


def _claims(blocks: Sequence[Block], skip: set[int], source: Source) -> list[Candidate]:
    found: list[Candidate] = []
    outlet, last = source.name, source.name
    for i, block in enumerate(blocks):
        if i in skip or block.kind is BlockKind.HEADING:
            continue
        for sentence in block.sentences:
            speakers = speakers_in(sentence, outlet, last)
            last = speakers[0] if speakers else last
            judged = judge(sentence, speakers, is_item=block.kind is BlockKind.ITEM, source_title=source.title)
            if judged.is_chosen:
                found.append(Candidate(judged, speakers))
    return _with_central(_best(found))


def _best(found: list[Candidate]) -> list[Candidate]:
    """Those that anybody would look through, in the page's order."""
    if len(found) <= _MOST_CANDIDATES:
        return found
    least = sorted((c.judged.score for c in found), reverse=True)[_MOST_CANDIDATES - 1]
    return [c for c in found if c.judged.score >= least][:_MOST_CANDIDATES]


def _with_central(found: list[Candidate]) -> list[Candidate]:
    most = min(_MOST_CENTRAL, max(3, len(found) // 2))
    best = sorted(range(len(found)), key=lambda i: (-found[i].judged.score, i))[:most]
    return [Candidate(c.judged, c.speakers, i in best) for i, c in enumerate(found)]
