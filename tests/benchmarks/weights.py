"""Which weights fit the annotated pages? `python -m tests.benchmarks.weights`

Needs scikit-learn (BSD), which is no dependency of ours: `pip install scikit-learn`. Prints, for the features of
`core/intake/claims` and the signs of `core/intake/central`, the weight in the table beside the one that a logistic
regression gives, and how well such weights do on pages that they were not fitted to (ten parts, each left out once).
"""

import importlib
import sys
from collections.abc import Iterator, Sequence
from typing import Any

from bot.core.intake.central import SIGNS, seen_in
from bot.core.intake.claims import FEATURES, THRESHOLD
from bot.core.intake.read import every_sentence
from tests.benchmarks.intake import FOLDERS, annotated, parts, plain, proposed

_PARTS, _CHOSEN = 10, 0.36
"""A sentence is chosen from this chance on: a missed claim costs a moderator more than one too many."""

Row = tuple[str, list[float], bool]
"""The page, what each feature gives, and what a person said."""


def sentences() -> Iterator[Row]:
    """Every sentence of the annotated pages: is it check-worthy?"""
    for folder in FOLDERS:
        for name, data, truth in annotated(folder):
            wanted = {plain(one["sentence"]) for one in truth["sentences"]}
            for one in every_sentence(parts(name, data)):
                met = [float(feature in one.judged.reasons) for feature, _, _ in FEATURES]
                yield f"{folder.name}/{name}", met, plain(one.judged.text) in wanted


def statements() -> Iterator[Row]:
    """Every check-worthy sentence that is found: is it central?"""
    for folder in FOLDERS:
        for name, data, truth in annotated(folder):
            proposal = proposed(name, data)
            central = {plain(one["sentence"]): bool(one["central"]) for one in truth["sentences"]}
            titles = f"{proposal.title or ''} {proposal.source.title or ''}"
            for seen in seen_in([claim.judged for claim in proposal.claims], titles):
                if (text := plain(seen.judged.text)) in central:
                    yield f"{folder.name}/{name}", [float(sees(seen)) for _, _, sees in SIGNS], central[text]


def main() -> int:
    """Prints both tables."""
    try:
        linear: Any = importlib.import_module("sklearn.linear_model")
        choice: Any = importlib.import_module("sklearn.model_selection")
    except ImportError:
        print("This needs scikit-learn: pip install scikit-learn", file=sys.stderr)
        return 1
    _print(linear, choice, list(sentences()), [(name, weight) for name, weight, _ in FEATURES], -THRESHOLD)
    _print(linear, choice, list(statements()), [(name, weight) for name, weight, _ in SIGNS], None)
    return 0


def _print(
    linear: Any, choice: Any, rows: Sequence[Row], table: Sequence[tuple[str, float]], base: float | None
) -> None:
    pages, met, truth = [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]
    right = wrong = missed = 0
    for fitted, left_out in choice.GroupKFold(_PARTS).split(met, truth, pages):
        model = linear.LogisticRegression(max_iter=3000).fit([met[i] for i in fitted], [truth[i] for i in fitted])
        chances = model.predict_proba([met[i] for i in left_out])[:, 1]
        for i, chance in zip(left_out, chances, strict=True):
            right += chance > _CHOSEN and truth[i]
            wrong += chance > _CHOSEN and not truth[i]
            missed += chance <= _CHOSEN and truth[i]
    model = linear.LogisticRegression(max_iter=3000).fit(met, truth)
    print(f"{len(rows)} rows, F1 on pages left out {2 * right / (2 * right + wrong + missed):.3f}")
    for (name, weight), fit in sorted(zip(table, model.coef_[0], strict=True), key=lambda pair: -pair[1]):
        print(f"  {weight:5.1f} {fit:6.2f}  {name}")
    print(f"  {'' if base is None else f'{base:5.1f}'} {model.intercept_[0]:6.2f}  base")


if __name__ == "__main__":
    sys.exit(main())
