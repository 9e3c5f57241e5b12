"""Pages → proposals: the page's own words, nothing where nothing stands, and floors under how well it is done."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.errors import UserError
from bot.core.intake import differing, must_be_a_page, read_page
from bot.core.model import Relation
from bot.settings import load_labels
from tests.benchmarks.intake import FOLDERS, PAGES, SEED, Score, annotated, of_folder, of_seed, proposed

LABELS = load_labels(Path("/nonexistent"))
SUMMARY = "This publication is a summary or evaluation of another publication"
PAGE = f"""The Lake in Short
- 🞛 {SUMMARY}
In the Lake Weekly article “The Lake in Numbers” (https://weekly.example/2031/05/02/lake) the loss of water is described.
According to the Water Board, the lake lost 40 centimetres in 2030, and hundreds of fish died. A fisherman counted 1,300 dead fish.
Should we not all weep? The piece argues that something must be done. See the older piece Dry Wells (link to “dry.html”).
Read the Full Lake Weekly Article at:
[ https://weekly.example/2031/05/02/lake ]
"""


def test_a_page_becomes_a_proposal_in_its_own_words() -> None:
    found = read_page(PAGE, LABELS)
    assert (found.title, found.language, found.labels) == ("The Lake in Short", "en", (SUMMARY,))
    source = found.source
    assert (source.name, source.title, source.url) == (
        "Lake Weekly",
        "The Lake in Numbers",
        "https://weekly.example/2031/05/02/lake",
    )
    assert (source.published, source.relation) == ("2031-05-02", Relation.SUMMARY_OF)
    [work] = found.works
    assert (work.href, work.url, work.is_certain) == ("dry.html", "https://weekly.example/2031/05/02/dry.html", False)
    first, second = found.claims
    assert (
        first.judged.text
        == "According to the Water Board, the lake lost 40 centimetres in 2030, and hundreds of fish died."
    )
    assert (first.speakers, second.speakers) == (("Water Board",), ("fisherman",))
    assert list(differing([first.judged, second.judged])) != []


@pytest.mark.parametrize(
    ("opening", "who"),
    [
        ("The Lake Weekly ran a leader under the heading “The Lake in Numbers”.", "Lake Weekly"),
        ("Labour’s leader on the council resigned, writes the Lake Weekly in “The Lake in Numbers”.", "leader"),
        ("The Lake Weekly wrote of the angry fishermen in “The Lake in Numbers”.", "leader"),
    ],
)
def test_a_leader_is_an_article_where_the_page_calls_one_so(opening: str, who: str) -> None:
    found = read_page(f"The Lake\n{SUMMARY}\n{opening}\nThe leader claims that 1,300 fish died in 2030.", LABELS)
    assert [claim.speakers for claim in found.claims if "1,300" in claim.judged.text] == [(who,)]


ENGLISH = "On 3 May 2031 the Board said that 40 fish had died."
GERMAN = "Am 3. Mai 2031 starben 40 Fische im See, sagte die Behörde."
SPANISH = "El 3 de mayo de 2031 murieron 40 peces, dijo la junta."


@pytest.mark.parametrize(
    ("beside", "sentence"),
    [
        (ENGLISH, "No device was ever found in the boathouse."),
        (ENGLISH, "Not a single panel has been built since."),
        (GERMAN, "Eine Ausschreibung des Baus gab es nicht."),
        (GERMAN, "Die Universität Varn hat keinen einzigen Grad aberkannt."),
        (SPANISH, "La reforma del puerto nunca se llevó a cabo."),
    ],
)
def test_what_did_not_happen_is_a_statement_too(beside: str, sentence: str) -> None:
    found = read_page(f"The Lake\n{SUMMARY}\n{beside} {sentence} {beside}", LABELS)
    assert sentence in [claim.judged.text for claim in found.claims]


@pytest.mark.parametrize("bullet", ["- ", "• ", "🞛 ", "- 🞛 ", "* ", "▪ ", "· ", ""])
def test_a_label_is_one_whatever_its_bullet(bullet: str) -> None:
    assert read_page(f"T\n{bullet}{SUMMARY}\n", LABELS).labels == (SUMMARY,)


@pytest.mark.parametrize(
    "line",
    [f"Some print the line “{SUMMARY}” under their heading.", f"{SUMMARY}, they say.", f"Is “{SUMMARY}” true?"],
)
def test_a_phrase_in_prose_is_no_label(line: str) -> None:
    assert read_page(f"T\n\n{line}\n", LABELS).labels == ()


def test_in_another_language_labels_and_source_still_work() -> None:
    text = (
        f"Le lac\n- {SUMMARY}\nLe niveau de l’eau est descendu de 40 centimètres dans le lac pour la première fois.\n"
        * 3
    )
    found = read_page(text + "Read the Full Gazette Article at:\n[ https://g.example/a ]", LABELS)
    assert (found.language, found.labels, found.claims, found.are_claims_read) == ("fr", (SUMMARY,), (), False)
    assert found.source.url == "https://g.example/a"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "page_empty"),
        ("A few words only.", "page_empty"),
        ("Sign in to continue reading this story. " * 3, "page_login"),
        ("We value your privacy and use cookies. Accept all cookies? " * 5, "page_cookies"),
        ("404 Page not found", "page_error"),
        ("Just a moment … verify you are human", "page_error"),
    ],
)
def test_what_is_no_page_is_refused_with_a_sentence(text: str, reason: str) -> None:
    with pytest.raises(UserError, match=reason):
        must_be_a_page(text)


@given(st.text(max_size=600))
@settings(max_examples=80, deadline=None)
def test_no_text_ends_the_reader_and_every_claim_is_the_pages_own(text: str) -> None:
    found = read_page(text, LABELS)
    assert all(claim.judged.text in text and 0 <= claim.judged.score <= 1 for claim in found.claims)


@pytest.mark.parametrize(
    "name",
    [page for folder in FOLDERS for page, _, _ in annotated(folder)],
)
def test_claims_of_real_sized_pages_are_exact(name: str) -> None:
    data = next(path for path in PAGES.rglob(name)).read_bytes()
    found = proposed(name, data)
    assert found.claims
    assert sum(claim.is_central for claim in found.claims) <= 8
    if name.endswith(".txt"):
        assert all(claim.judged.text in data.decode() for claim in found.claims)


def test_pages_are_read_as_well_as_they_were() -> None:
    whole = sum((of_folder(folder) for folder in FOLDERS), Score())
    assert whole.f1 >= 0.93
    assert whole.share("central", "central_found") >= 0.98
    assert whole.share("figures", "figures_found") >= 0.98
    assert whole.share("said", "said_right") >= 0.95
    assert whole.source_right == whole.source
    assert whole.labels_right == whole.pages


@pytest.mark.skipif(SEED is None, reason="the real page is not here")
def test_the_real_page() -> None:
    assert SEED
    of_it = of_seed(SEED)
    assert of_it.f1 >= 0.99
    assert of_it.central_found == of_it.central
    assert of_it.said_right == of_it.said
    found = read_page(SEED.read_text("utf-8"), LABELS)
    assert len(found.labels) == 2
    assert (found.source.name, found.source.published) == ("World Socialist Web Site", "2025-11-19")
    assert found.source.url == "https://www.wsws.org/en/articles/2025/11/19/itsq-n19.html"
    assert [work.href for work in found.works] == ["corp-n20.html", "tibet-n15.html", "un-n16.html"]
    assert any("over 1,200 civilians have been killed" in claim.judged.text for claim in found.claims)
