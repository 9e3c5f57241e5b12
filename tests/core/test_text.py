import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import text
from bot.core.errors import BadText
from bot.settings import load_words
from tests.hostile import KEPT, REFUSED, ZALGO

WORDS = load_words("en")


@pytest.mark.parametrize("bad", REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_stored_is_refused_with_field_and_position(bad: str) -> None:
    with pytest.raises(BadText) as refused:
        text.accept(bad, "title", 100)
    says = f"title: the character U+{ord(bad[1]):04X} at position 2 cannot be stored."
    assert refused.value.told(WORDS) == says


@pytest.mark.parametrize("good", KEPT.values(), ids=KEPT)
def test_everything_else_is_kept_in_nfc(good: str) -> None:
    accepted = text.accept(good, "title", 5000)
    assert accepted == text.accept(accepted, "title", 5000)
    assert unicodedata.is_normalized("NFC", accepted)


def test_a_text_that_is_too_long_says_by_how_much() -> None:
    with pytest.raises(BadText) as refused:
        text.accept("x" * 11, "claim", 10)
    assert refused.value.told(WORDS) == "claim: 11 characters are too many; at most 10 fit."


@given(st.text())
def test_what_is_shown_stays_on_one_line_and_turns_nothing_around_it(value: str) -> None:
    shown = text.shown(value)
    assert "\n" not in shown
    opened = shown.count("\u2068")
    assert opened == shown.count("\u2069") <= 1
    assert not set(shown.strip("\u2068\u2069")) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u200e\u200f\u061c")


def test_marks_do_not_climb_over_other_lines() -> None:
    assert len(text.shown(ZALGO)) == len("Zalgo") + 4


@pytest.mark.parametrize("mark", ["\u0e47", "\u20dd", "\u0489", "\u034f", "\u0301\u034f"])
def test_marks_of_any_class_are_bounded(mark: str) -> None:
    assert len(text.shown("a" + mark * 50)) == 5


@pytest.mark.parametrize(
    ("value", "seen"), [("\u202e\u200f", False), ("\u200b ", False), ("\u0301", False), ("a", True), ("👍", True)]
)
def test_what_nobody_can_see_is_no_text(value: str, seen: bool) -> None:  # noqa: FBT001
    assert text.is_visible(value) is seen


def test_letters_of_living_scripts_keep_their_marks() -> None:
    for word in ("Việt Nam", "ภาษาไทย", "हिन्दी", "שָׁלוֹם"):
        assert unicodedata.normalize("NFD", word) in text.shown(unicodedata.normalize("NFD", word))


@given(st.text(), st.integers(1, 60))
def test_a_cut_text_fits_and_is_a_beginning(value: str, limit: int) -> None:
    cut = text.cut(value, limit)
    assert len(cut) <= limit
    assert cut == value or value.startswith(cut.removesuffix("…"))


@pytest.mark.parametrize(
    ("value", "limit", "cut"),
    [
        ("short", 10, "short"),
        ("one two three four", 12, "one two…"),
        ("onetwothreefour", 8, "onetwot…"),
        ("ab👩‍👩‍👧‍👦", 5, "ab…"),
        ("cafe\u0301s", 5, "caf…"),
    ],
)
def test_a_text_is_cut_at_a_word_and_never_inside_a_letter(value: str, limit: int, cut: str) -> None:
    assert text.cut(value, limit) == cut


@pytest.mark.parametrize(
    ("one", "other"), [("ÄÖ", "äö"), ("Straße", "STRASSE"), ("Ｆｕｌｌ", "full"), ("Café  au lait", "cafe au LAIT")]
)
def test_titles_are_found_whatever_their_case_width_and_accents(one: str, other: str) -> None:
    assert text.fold(one) == text.fold(other)
