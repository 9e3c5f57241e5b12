"""Texts that somebody made to hurt: none ends the reader, and none takes it longer than its length allows."""

import pytest

from bot.core.intake.addresses import is_about
from bot.core.intake.blocks import blocks_of
from bot.core.intake.dates import dates_in
from bot.core.intake.figures import figures_in
from bot.core.intake.numbers import NUMBER_WORDS, PARTS, SCALES, VAGUE
from bot.core.intake.source import source_of
from bot.core.model import Relation

DISGUISED = str.maketrans({"s": "ſ", "i": "ı", "k": "\N{KELVIN SIGN}"})
LARGE = str.maketrans({"i": "İ", "s": "ſ"})


@pytest.mark.parametrize("disguise", [DISGUISED, LARGE], ids=["small", "large"])
def test_letters_that_only_look_like_others_are_read_as_those(disguise: dict[int, str]) -> None:
    words = [*NUMBER_WORDS, *PARTS, *VAGUE, *(f"7 {scale}" for scale in SCALES)]
    assert len(words) > 100
    for word in words:
        for sentence in (f"{word} boats sank", f"a {word} of it", f"one in {word} boats", f"5 {word} 2025"):
            values = [figure.value for figure in figures_in(sentence)]
            assert [figure.value for figure in figures_in(sentence.translate(disguise))] == values
            assert dates_in(sentence.translate(disguise)) == dates_in(sentence)


@pytest.mark.parametrize("mark", ["1. ", "XI) "])
@pytest.mark.parametrize("times", [2, 1300, 5000])
def test_a_line_may_have_any_number_of_numbers(mark: str, times: int) -> None:
    sentences = [sentence for block in blocks_of(mark * times + "x went home.") for sentence in block.sentences]
    assert sentences == ["x went home."]
    assert blocks_of("- 1. " * 5000 + "x went home.") == []  # too long for a sentence


@pytest.mark.parametrize("mark", ["«", "„"])
def test_marks_that_nothing_closes_leave_the_source_found(mark: str) -> None:
    told = "The Lake Courier published its article “The Lake in Numbers” on 2 May 2031."
    source, _ = source_of(blocks_of("\n".join([told, *[mark * 3990] * 49])), "A Summary")
    assert (source.title, source.relation) == ("The Lake in Numbers", Relation.SUMMARY_OF)


def test_what_stands_behind_a_question_mark_says_nothing_about_a_work() -> None:
    assert is_about("https://a.example/the-lake?" + "?" * 1000 + "\n\nso long a tail of it", "The Lake") == 2
