"""HTML pages → text, title, links: whatever stands around an article, and whatever somebody made to hurt."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.errors import UserError
from bot.web.pages import read_html

LABEL = "This publication is a summary or evaluation of another publication"
WORDS = "The Harbour Board said on 3 May 2031 that 1,200 of 4,000 moorings had been sold for 2.5 million crowns. " * 12
PAGE = f"""<!doctype html><html><head><title>Site</title><script>var x = "{LABEL}";</script></head><body>
<nav><a href="/">Home</a></nav><main><h1>The Moorings</h1><div class="notice">▪ {LABEL}<br>▪ Another line of that size here</div>
<article><p>{WORDS}</p><ul><li>An item of the article that is long enough.</li></ul>
<p>See <a href="older.html">The Older Report</a>. {WORDS}</p></article></main>
<aside><p>{LABEL}!</p></aside><section class="comments"><p>I counted 62 boats myself, says a reader here.</p></section></body></html>"""


def test_an_article_is_read_without_what_stands_around_it() -> None:
    page = read_html(PAGE.encode())
    assert page.title == "The Moorings"
    assert f"▪ {LABEL}" in page.own_lines
    assert "Harbour Board" in page.text
    assert "I counted 62" not in page.text
    assert ("The Older Report", "older.html") in page.links


def test_words_in_italics_are_kept_as_such() -> None:
    marks = "<p><i>The Older</i> and <em>one</em>, <cite>A Book of Moorings</cite>.</p><aside><i>Read this too</i></aside><ul>"
    assert read_html(PAGE.replace("<ul>", marks).encode()).marked == ("The Older", "A Book of Moorings")


def test_a_paragraph_may_be_nothing_but_links() -> None:
    links = '<a href="x">yy zz</a> ' * 10_000
    label = f'<div>{LABEL} <a href="own.html">of ours</a></div>'
    page = read_html(PAGE.replace("<ul>", f"<p>{links}</p>{label}<ul>").encode())
    assert "Harbour Board" in page.text
    assert ("of ours", "own.html") in page.links


def test_an_address_of_unheard_length_is_no_link() -> None:
    for length, is_found in ((2000, True), (3000, False)):
        href = "https://a.example/" + "x" * length
        page = read_html(PAGE.replace("older.html", href).encode())
        assert (("The Older Report", href) in page.links) is is_found


@given(st.text(alphabet="<>/=\"' &;abpdiv\n!-[]", max_size=300))
@settings(max_examples=60, deadline=None)
def test_no_html_ends_the_reader(text: str) -> None:
    try:
        assert read_html(text.encode()).text
    except UserError as refused:
        assert refused.key in {"refused.page_empty", "refused.page_unread"}
