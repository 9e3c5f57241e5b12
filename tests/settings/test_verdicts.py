"""An operator's own verdicts.toml over the shipped one: words are added, replaced and removed, mistakes have a line."""

from pathlib import Path

import pytest

from bot.core.errors import SettingsError
from bot.core.model import ClaimStatus
from bot.settings import load_verdicts

NOWHERE = Path("/nonexistent")


def own(folder: Path, text: str) -> Path:
    """A config folder with this verdicts.toml."""
    (folder / "verdicts.toml").write_text(text, "utf-8")
    return folder


@pytest.mark.parametrize(
    ("words", "status"),
    [
        ("False", "refuted"),
        ("Pants on Fire!", "refuted"),
        ("FALSO", "refuted"),
        ("“Faux”", "refuted"),
        ("❌ Falsch.", "refuted"),
        ("  Größtenteils   falsch ", "refuted"),
        ("Ложь", "refuted"),
        ("झूठ", "refuted"),
        ("デマ", "refuted"),
        ("Verdadero", "supported"),
        ("C’est vrai", "supported"),
        ("사실", "supported"),
        ("Half true", "disputed"),
        ("Enganoso", "disputed"),
        ("⚠️ Missing context", "disputed"),
        ("Irreführend", "disputed"),
    ],
)
def test_whole_verdicts_are_found_in_their_languages(words: str, status: str) -> None:
    assert load_verdicts(NOWHERE).find(words) is ClaimStatus(status)


@pytest.mark.parametrize(
    "words",
    ["not false", "False?", "¿Falso?", "False headline", "True/False", "≠ true", "T̶r̶u̶e̶", "1", "-1", "", "!", "Satire",
     "Unproven", "No evidence", "Altered photo", "It is false that this is false", "صحيح؟"],
)  # fmt: skip
def test_no_status_is_made_of_parts_of_words_questions_or_what_nobody_knows(words: str) -> None:
    assert load_verdicts(NOWHERE).find(words) is None


def test_words_are_added_replaced_and_taken_out(tmp_path: Path) -> None:
    text = "remove = ['Mixture']\n[refuted]\nmine = ['Bogus!', 'misleading']"
    verdicts = load_verdicts(own(tmp_path, text))
    found = [verdicts.find(words) for words in ("bogus", "Misleading", "Mixture", "False")]
    assert found == [ClaimStatus.REFUTED, ClaimStatus.REFUTED, None, ClaimStatus.REFUTED]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[refuted]\nen = ['Odd']\n[disputed]\nde = ['odd!']", "line 2: “Odd” cannot be both disputed and refuted."),
        ("remove = ['Odd']\n[refuted]\nen = ['Odd']", "line 1: “Odd” is removed here and refuted below."),
        ("[refuted]\nen = ['False?']", "line 2: “False?” is never found"),
        ("[refuted]\nen = ['...']", "line 2: “...” is never found"),
        ("[refuted]\nen = 'False'", "line 2: refuted.en"),
        ("[refuted]\nen = ['']", "line 2: refuted.en"),
        ("\n[wrong]\nen = ['False']", "line 2: wrong"),
        ("[refuted]\n'E N' = ['False']", "refuted.E N"),
        ("[refuted", "cannot be read"),
    ],
)
def test_a_mistake_is_a_sentence_with_file_and_line(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load_verdicts(own(tmp_path, text))
    assert str(tmp_path / "verdicts.toml") in str(refused.value)
    assert says in str(refused.value)
