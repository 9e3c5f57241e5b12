"""Markup in pages of HTML, as broken as pages are."""

import json
import sys
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.core.errors import UserError
from bot.core.markup import MarkupReader
from bot.settings import load_links, load_verdicts
from bot.web.markup import LARGEST, markup_in
from tests.core.markup.samples import FOLDER

READER = MarkupReader(load_verdicts(Path("/nonexistent")), load_links(Path("/nonexistent")))
REVIEW = {
    "@type": "ClaimReview",
    "url": "https://checkers.example/1",
    "claimReviewed": "The ferry sank",
    "datePublished": "2031-02-03",
    "author": {"@type": "Organization", "name": "Checkers"},
    "itemReviewed": {"@type": "Claim", "appearance": {"url": "https://digest.example/ferry"}},
    "reviewRating": {"@type": "Rating", "alternateName": "False"},
}
SCRIPT = f'<script type="application/ld+json">{json.dumps(REVIEW)}</script>'
MICRODATA = """
<div itemscope itemtype="https://schema.org/ClaimReview">
 <a itemprop="url" href="/1">The review</a>
 <time itemprop="datePublished" datetime="2031-02-03">yesterday</time>
 <span itemprop="author" itemscope itemtype="https://schema.org/Organization"><b itemprop="name">Checkers</b></span>
 <q itemprop="claimReviewed">The ferry
   sank</q>
 <div itemprop="itemReviewed" itemscope itemtype="https://schema.org/CreativeWork">
   <link itemprop="url" href="https://digest.example/ferry"></div>
 <div itemprop="reviewRating" itemscope itemtype="https://schema.org/Rating">
   <meta itemprop="ratingValue" content="1"><i itemprop="alternateName">False</i></div>
</div>"""


def records(html: str) -> list[dict[str, object]]:
    """The record objects of a page."""
    values = markup_in(html.encode(), "https://checkers.example/x")
    return [READER.record(group) for group in READER.groups(READER.nodes(values))]


@pytest.mark.parametrize(
    "html",
    [
        SCRIPT,
        f"<html><head>{SCRIPT}</head><body><p>x</html>",
        SCRIPT.replace("application/ld+json", "APPLICATION/LD+JSON; charset=utf-8"),
        SCRIPT.replace("ld+json>", "ld+json >"),
        f'<script type="application/ld+json"><!--\n{json.dumps(REVIEW)}\n--></script>',
        f'<script type="application/ld+json">//<![CDATA[\n{json.dumps(REVIEW)}\n//]]></script>',
        f'<script type="application/ld+json">{{"@graph": [{json.dumps(REVIEW)}]}}</script>',
        f'<script type="application/ld+json">{{not json</script>{SCRIPT}<script type="application/ld+json"></script>',
        f"<script>{{}}</script><<<div <p></b>{SCRIPT}",
        f"<!-- {SCRIPT.replace('False', 'True')} -->{SCRIPT}",
        MICRODATA,
    ],
)
def test_a_review_is_found(html: str) -> None:
    [record] = records(html)
    assert record["addresses"] == ["https://digest.example/ferry"]
    assert record["claims"] == [
        {
            "text": "The ferry sank",
            "status": "refuted",
            "evidence": [{"url": "https://checkers.example/1", "date": "2031-02-03", "stance": "contradicts"}],
            "verdict": {"by": "Checkers", "words": "False", "url": "https://checkers.example/1", "date": "2031-02-03"},
        }
    ]


def test_line_feeds_in_a_script_are_no_mistake_and_letters_stay_what_they_are() -> None:
    page = '<meta charset="latin1"><script type="application/ld+json">{"a": "Grö\nße"}</script>'
    assert markup_in(page.encode()) == [{"a": "Grö\nße"}]
    assert markup_in(page.encode("latin1")) == [{"a": "Grö\nße"}]


@pytest.mark.parametrize("html", [b"", b" ", b"\0", b"<", b"<!doctype html>", b"plain words", b"\xff\xfe<", b"<!---->"])
def test_a_page_without_markup_gives_none(html: bytes) -> None:
    assert markup_in(html) == []


def test_size_depth_and_number_are_bounded() -> None:
    assert markup_in(b" " * LARGEST + SCRIPT.encode()) == []
    deep = "[" * 100_000 + "]" * 100_000
    assert markup_in(f'<script type="application/ld+json">{deep}</script>{SCRIPT}'.encode()) == [
        {"@type": "script that is no JSON"}, REVIEW,
    ]  # fmt: skip
    many = (
        f"{SCRIPT}{MICRODATA}" + "<div itemscope itemprop=x>" * 5_000 + "<b itemprop=y>z" * 5_000 + "<i>x</i>" * 5_000
    )
    assert len(markup_in(many.encode())) >= 2


def test_the_missing_extra_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lxml.html", None)
    with pytest.raises(UserError, match="no_html_reader"):
        markup_in(b"<p>")


@pytest.mark.skipif(FOLDER is None, reason="the samples are not here")
def test_the_real_sample_of_microdata_is_read() -> None:
    assert FOLDER
    values = markup_in((FOLDER / "10_schemaorg_politifact_microdata.html").read_bytes())
    [node] = READER.nodes(values)
    assert node["claimReviewed"][0].startswith("More than 3,000 homicides")
    assert node["reviewRating"][0]["alternateName"] == ["True"]
    assert node["author"][0]["name"] == ["Politifact"]


PIECES = st.sampled_from(
    [
        *("<", ">", "</", "{}", "&#0;", "&amp", "\0", "\ud7ff", "<!--", "-->", "<![CDATA[", "<svg>", "<table>"),
        *("<div itemscope", " itemprop=url", " itemref='a' id='a'", "<script type='application/ld+json'>", "</script>"),
        *("<meta charset=utf-7>", "<?xml version='1.0' encoding='x'?>", SCRIPT, MICRODATA),
    ]
)


@example(["<!--"], b"\x1c")
@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=12), st.binary(max_size=8))
def test_no_page_raises(pieces: list[str], noise: bytes) -> None:
    page = "".join(pieces).encode("utf-8", "surrogatepass")
    for html in (page, page + noise, noise + page):
        list(READER.groups(READER.nodes(markup_in(html, "https://a.example/"))))
