"""A page's text → a proposal that a moderator can accept: what it is about, its labels and its candidate claims."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from bot.core.intake.blocks import Block, BlockKind, blocks_of, tidy
from bot.core.intake.central import central_in
from bot.core.intake.claims import Judged, Place, judge
from bot.core.intake.frame import LinkedWork, labels_of, works_of
from bot.core.intake.language import language_of
from bot.core.intake.page import HtmlPage
from bot.core.intake.source import Source, source_of
from bot.core.intake.speech import Last, named_last, restored, speakers_in, with_quoted
from bot.core.intake.words import words
from bot.core.labels import LabelBook

_MOST_CANDIDATES = 300
_VERDICT = re.compile(
    r"\b(?:verdict|conclusion|judgement|assessment|in sum|fazit|schluss|urteil|bewertung|"
    r"conclusi\w+|veredicto|balance|valoración)\b",
    re.IGNORECASE,
)
"""Headings under which the page judges."""
_DEMANDS = re.compile(
    r"\b(?:urg\w+|call\w* (?:on|for|upon)|demand\w*|propos\w+|asks?|should|must|pledges?|"
    r"forder\w+|verlang\w+|schl[aä]\w+ vor|vorschl\w+|soll\w*|"
    r"pid[eo]\w*|exig\w+|propon\w+|reclam\w+|llama\w*|consignas|invita\w*)\b",
    re.IGNORECASE,
)
"""What introduces a list of things that should be done."""
_AMBIGUOUS = words("report review investigation")
_OF_OTHERS = re.compile(r"\b(?:report|review|investigation)\b", re.IGNORECASE)
_CALLED = re.compile(
    r"\b(?:the|this) (article|piece|essay|story|column|feature|editorial|leader|polemic|appeal|dossier)\b",
    re.IGNORECASE,
)
_LEADER = frozenset({"leader"})
_IS_LEADER = re.compile(
    r"\b(?:leading article|leader writer|leader column)\b|"
    r"\b(?:ran|published|carried|printed) (?:an?|its|the) leader (?:under|headed|on the)\b|"
    r"\ba leader (?:under|headed)\b|"
    r"\b(?:its|own) leader (?:[“\"‘]|of \d{1,2} [A-Z])",
    re.IGNORECASE,
)
"""Where an article is called a leader; else it is who leads."""
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


@dataclass(frozen=True, slots=True)
class Parts:
    """A page taken apart: its blocks, and which of them are its title, its labels or lead to the source."""

    title: str | None
    labels: tuple[str, ...]
    source: Source
    works: tuple[LinkedWork, ...]
    blocks: tuple[Block, ...]
    skipped: frozenset[int]
    language: str | None
    text: str

    @property
    def are_claims_read(self) -> bool:
        """Whether the language is one in which claims are read."""
        return self.language in _LANGUAGES

    @property
    def titles(self) -> str:
        """What the page and its source are called."""
        return f"{self.title or ''} {self.source.title or ''}"


def read_page(page: HtmlPage | str, labels: LabelBook) -> Proposal:
    """The proposal of a page, or of a text that has nothing around it."""
    parts = take_apart(page, labels)
    chosen = _best([c for c in every_sentence(parts) if c.judged.is_chosen]) if parts.are_claims_read else []
    central = central_in([candidate.judged for candidate in chosen], parts.titles)
    claims = tuple(replace(candidate, is_central=i in central) for i, candidate in enumerate(chosen))
    return Proposal(
        parts.title, parts.language, parts.labels, parts.source, parts.works, claims, parts.are_claims_read, parts.text
    )


def take_apart(page: HtmlPage | str, labels: LabelBook) -> Parts:
    """A page before its sentences are judged; arguments as of `read_page`."""
    page = HtmlPage(page) if isinstance(page, str) else page
    text, title = tidy(page.text), tidy(page.title) if page.title else None
    links = [(tidy(words), tidy(href)) for words, href in page.links]
    own_lines = [tidy(line) for line in page.own_lines]
    blocks = blocks_of(text)
    found, places = labels_of(blocks, labels)
    found = labels_of(blocks_of("\n".join(own_lines)), labels)[0] or found
    title = title or next((b.text for i, b in enumerate(blocks) if i not in places), None)
    kept = [b for i, b in enumerate(blocks) if i not in places]
    marked = [(tidy(words), "") for words in page.marked]  # they lead nowhere, but can be titles as links can
    source, closing = source_of(kept, title or "", [*links, *marked], own_lines, page.canonical, labels.find)
    skip = places | _places_of(blocks, closing, places) | {i for i, b in enumerate(blocks) if b.text == title}
    return Parts(
        title, tuple(phrase for _, phrase in found), source, tuple(works_of(blocks, source, skip, links)),
        tuple(blocks), frozenset(skip), language_of(text), _even(text),
    )  # fmt: skip


def _even(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _places_of(blocks: Sequence[Block], closing: set[int], labels: set[int]) -> set[int]:
    """Places among all blocks of places among those that are no labels."""
    kept = [i for i in range(len(blocks)) if i not in labels]
    return {kept[i] for i in closing if i < len(kept)}


def every_sentence(parts: Parts) -> Iterator[Candidate]:
    """Every sentence of a page with its score, those that are not proposed too."""
    source, last, apart = parts.source, Last(), _words_apart(parts)
    place = Place(source_title=source.title, outlet=source.name)
    for i, block in enumerate(parts.blocks):
        if i in parts.skipped:
            continue
        if block.kind is BlockKind.HEADING:
            place = replace(place, is_verdict=bool(_VERDICT.search(block.text)), is_demanded=False)
        is_item = block.kind is BlockKind.ITEM
        place = replace(place, is_item=is_item, is_demanded=is_item and place.is_demanded)
        speakers, last = _speakers_in(block.sentences, source.name, last, apart)
        for sentence, named in zip(block.sentences, speakers, strict=True):
            yield Candidate(judge(sentence, named, place), named)
        if not is_item:
            place = replace(place, is_demanded=block.text.rstrip().endswith(":") and bool(_DEMANDS.search(block.text)))


def _speakers_in(
    sentences: Sequence[str], outlet: str | None, last: Last, apart: frozenset[str]
) -> tuple[list[tuple[str, ...]], Last]:
    """The speakers of a paragraph's sentences, and who was named last."""
    found = []
    for sentence in restored(sentences):
        found.append(speakers_in(sentence, outlet, last, apart))
        last = named_last(sentence, found[-1], outlet, last)
    return with_quoted(sentences, found), last


def _words_apart(parts: Parts) -> frozenset[str]:
    """“report” and its like, where the source is called otherwise: then they are somebody else's."""
    calls = [match[1].lower() for match in _CALLED.finditer(parts.text)]
    named = [line for line in parts.text.splitlines() if parts.source.title and parts.source.title in line]
    about = {match[0].lower() for line in named for match in _OF_OTHERS.finditer(line)}
    leaders = frozenset() if _IS_LEADER.search(parts.text) else _LEADER
    return leaders | (_AMBIGUOUS - about if len(calls) > 1 else frozenset())


def _best(found: list[Candidate]) -> list[Candidate]:
    """Those that anybody would look through, in the page's order."""
    if len(found) <= _MOST_CANDIDATES:
        return found
    least = sorted((c.judged.score for c in found), reverse=True)[_MOST_CANDIDATES - 1]
    return [c for c in found if c.judged.score >= least][:_MOST_CANDIDATES]
