"""What a page's markup says fills what its text leaves open, and is named as what it is."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.intake import Proposal, read_page, with_hints
from bot.settings import load_labels

LABELS = load_labels(Path("/nonexistent"))
BARE = "The Mill Report\n\nThe pond lost 30 centimetres in 2024. Two weirs were closed on 3 May 2025."
NAMED = BARE + "\n\nRead the full Water Weekly article at:\nhttps://weekly.example/2025/mill"
BASE = {
    "@type": "NewsArticle", "url": "https://weekly.example/2025/mill", "headline": "The Mill in Numbers",
    "datePublished": "2025-11-19", "publisher": {"@type": "Organization", "name": "Water Weekly"},
}  # fmt: skip


def proposal(text: str = BARE) -> Proposal:
    return read_page(text, LABELS)


@pytest.mark.parametrize(
    "markup",
    [
        {"@type": "NewsArticle", "isBasedOn": BASE},
        {"@graph": [{"@type": "WebSite"}, {"@type": "NewsArticle", "isBasedOn": [BASE]}]},
        [[{"@type": "http://schema.org/NewsArticle", "schema:isBasedOn": BASE}]],
    ],
    ids=["object", "graph", "lists"],
)
def test_an_original_that_the_text_leaves_open_is_filled_in(markup: object) -> None:
    found = with_hints(proposal(), [markup])
    assert (found.source.name, found.source.title) == ("Water Weekly", "The Mill in Numbers")
    assert (found.source.url, found.source.published) == ("https://weekly.example/2025/mill", "2025-11-19")
    assert [key for key, _ in found.hints] == ["intake.hint_source"]


def test_what_the_text_says_is_never_overruled() -> None:
    other = {"@type": "NewsArticle", "isBasedOn": {"url": "https://elsewhere.example/x", "name": "Another"}}
    found = with_hints(proposal(NAMED), [other])
    assert found.source == proposal(NAMED).source
    assert found.hints == ()
    same = with_hints(proposal(NAMED), [{"isBasedOn": BASE}])
    assert same.source.name == proposal(NAMED).source.name
    assert same.source.title == "The Mill in Numbers"


def test_kinds_and_citations_are_told() -> None:
    markup = {
        "@type": ["NewsArticle", "OpinionNewsArticle"],
        "citation": ["https://a.example/1", {"url": "https://a.example/2", "name": "Two"}, "no address", 5, None],
    }
    found = with_hints(proposal(), [markup, markup])
    assert [(work.name, work.href) for work in found.works] == [
        ("https://a.example/1", "https://a.example/1"), ("Two", "https://a.example/2"),
    ]  # fmt: skip
    assert found.hints == (("intake.hint_kind", {"kind": "OpinionNewsArticle"}), ("intake.hint_works", {"n": 2}))


VALUES = st.recursive(
    st.none() | st.integers() | st.text(max_size=5) | st.sampled_from(["https://a.example/", "NewsArticle"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["@type", "@graph", "isBasedOn", "citation", "url", "name"]), inner, max_size=4
        )
    ),
    max_leaves=20,
)


@given(st.lists(VALUES, max_size=3))
def test_no_markup_ends_it(markup: list[object]) -> None:
    assert with_hints(proposal(), markup).claims == proposal().claims
