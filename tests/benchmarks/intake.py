"""How well are pages read? `python -m tests.benchmarks.intake [FOLDER …]`

Annotated pages (tests/core/intake/pages): labels and source exactly, sentences that state something checkable (F1, and
how many of the central ones are found), figures by value, first speaker. Then the time that a page of 1,000 words takes
beside the time that trafilatura takes to extract it from 100 KB of HTML.
"""

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from bot.core.intake import Proposal, read_page
from bot.core.intake.blocks import blocks_of
from bot.core.intake.figures import figures_in
from bot.core.intake.read import Parts, take_apart
from bot.settings import load_labels
from bot.web.pages import read_html

PAGES = Path(__file__).parents[1] / "core" / "intake" / "pages"
_NAMES = (
    "seen unseen third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth twentyfirst twentysecond twentythird twentyfourth "
    "twentyfifth twentysixth twentyseventh twentyeighth twentyninth thirtieth thirtyfirst thirtysecond "
    "thirtythird thirtyfourth thirtyfifth thirtysixth thirtyseventh thirtyeighth "
    "thirtyninth fortieth fortyfirst fortysecond fortythird fortyfourth fortyfifth fortysixth "
    "fortyseventh fortyeighth"
)
FOLDERS = tuple(PAGES / name for name in _NAMES.split())
_SEEDS = (parent / "shared" / "seed" / "flagged-summary.txt" for parent in Path(__file__).resolve().parents)
SEED = next((path for path in _SEEDS if path.is_file()), None)
"""The real page that this started from, where it is at hand."""
_LABELS = load_labels(Path("/nonexistent"))
_SOURCE = ("name", "title", "url", "published", "relation")
_NEAR = 0.005
_SPACE = re.compile(r"\s+")


@dataclass
class Score:
    """Counts over pages, to be added up."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    central: int = 0
    central_found: int = 0
    figures: int = 0
    figures_found: int = 0
    said: int = 0
    said_right: int = 0
    source: int = 0
    source_right: int = 0
    pages: int = 0
    labels_right: int = 0

    def __add__(self, other: "Score") -> "Score":
        return Score(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    @property
    def f1(self) -> float:
        """Of the sentences."""
        return 2 * self.right / max(1, 2 * self.right + self.wrong + self.missed)

    def share(self, of: str, found: str) -> float:
        """One count of another."""
        return float(getattr(self, found) / max(1, getattr(self, of)))

    def __str__(self) -> str:
        return (
            f"{self.pages} pages: sentences F1 {self.f1:.3f}, "
            f"central found {self.share('central', 'central_found'):.3f}, "
            f"figures {self.share('figures', 'figures_found'):.3f}, "
            f"first speaker {self.share('said', 'said_right'):.3f}, "
            f"source fields {self.share('source', 'source_right'):.3f}, labels {self.labels_right}/{self.pages}"
        )


def annotated(folder: Path) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    """Pages with what a person found in them."""
    for path in sorted(folder.glob("*.json")):
        page = next(p for p in (path.with_suffix(".txt"), path.with_suffix(".html")) if p.exists())
        yield page.name, page.read_bytes(), json.loads(path.read_text("utf-8"))


def parts(name: str, data: bytes) -> Parts:
    """A page taken apart."""
    if name.endswith(".txt"):
        return take_apart(data.decode("utf-8"), _LABELS)
    return take_apart(read_html(data), _LABELS)


def proposed(name: str, data: bytes) -> Proposal:
    """What is made of a page."""
    if name.endswith(".txt"):
        return read_page(data.decode("utf-8"), _LABELS)
    return read_page(read_html(data), _LABELS)


def score(proposal: Proposal, truth: dict[str, Any]) -> Score:
    """A proposal beside what a person found."""
    wanted = {plain(s["sentence"]): s for s in truth["sentences"]}
    got = {plain(claim.judged.text): claim for claim in proposal.claims}
    both = wanted.keys() & got.keys()
    central = {text for text, s in wanted.items() if s["central"]}
    result = Score(len(both), len(got) - len(both), len(wanted) - len(both), len(central), len(central & both), pages=1)
    result.labels_right = int(list(proposal.labels) == truth["labels"])
    for key in _SOURCE:
        result.source += 1
        result.source_right += (getattr(proposal.source, key) or None) == truth["source"][key]
    for text, sentence in wanted.items():
        values = [list(f.value) if isinstance(f.value, tuple) else f.value for f in figures_in(sentence["sentence"])]
        result.figures += len(sentence["figures"])
        result.figures_found += sum(_is_among(figure["value"], values) for figure in sentence["figures"])
        if sentence["attributed_to"] and text in got:
            result.said += 1
            result.said_right += _is_same(got[text].speakers[:1], sentence["attributed_to"][0])
    return result


def _is_among(value: Any, values: list[Any]) -> bool:
    """A part such as a third is written with more places or fewer."""
    if isinstance(value, float) and value < 1:
        return any(isinstance(v, float) and abs(v - value) < _NEAR for v in values)
    return value in values


def _is_same(first: tuple[str, ...], name: str) -> bool:
    return bool(first) and (first[0].lower() in name.lower() or name.lower() in first[0].lower())


def plain(text: str) -> str:
    """A sentence without what its line breaks say."""
    return _SPACE.sub(" ", text).strip()


def of_seed(page: Path) -> Score:
    """The real page, whose sentences are annotated by how they begin."""
    text, truth = page.read_text("utf-8"), json.loads((PAGES / "seed.json").read_text("utf-8"))
    sentences = [sentence for block in blocks_of(text) for sentence in block.sentences]
    for one in truth["sentences"]:
        one["sentence"] = next(sentence for sentence in sentences if sentence.startswith(one["begins"]))
    return score(read_page(text, _LABELS), truth)


def of_folder(folder: Path) -> Score:
    """All pages of a folder."""
    return sum((score(proposed(name, data), truth) for name, data, truth in annotated(folder)), Score())


def speed() -> None:
    """Prints how long reading takes, and whether it grows with the length only."""
    import trafilatura

    text = (PAGES / "seen" / "d01.txt").read_text("utf-8")  # 938 words
    html = f"<html><body><article>{''.join(f'<p>{line}</p>' for line in text.splitlines())}</article>"
    html += "<div>" + "<span>x</span>" * 8_000 + "</div></body></html>"
    times = {}
    acts: dict[str, Callable[[], object]] = {
        "trafilatura, 100 KB": lambda: trafilatura.extract(html),
        "a page of 1,000 words": lambda: read_page(text, _LABELS),
        "ten times the words": lambda: read_page("\n".join([text] * 10), _LABELS),
    }
    for name, act in acts.items():
        started = time.perf_counter()
        for _ in range(5):
            act()
        times[name] = (time.perf_counter() - started) / 5 * 1000
    print(", ".join(f"{name}: {ms:.1f} ms" for name, ms in times.items()))


def main(folders: list[Path]) -> int:
    """Prints a line a folder."""
    for folder in folders:
        print(f"{folder.name}: {of_folder(folder)}")
    if SEED is not None:
        print(f"the real page: {of_seed(SEED)}")
    speed()
    return 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "folders",
        nargs="*",
        type=Path,
        default=list(FOLDERS),
    )
    sys.exit(main(parser.parse_args().folders))
