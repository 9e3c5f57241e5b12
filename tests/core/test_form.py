from datetime import UTC, datetime

import pytest

from bot.core.errors import BadRecord
from bot.core.form import FlagForm, changed_publication, fill
from bot.core.model import Relation
from tests.core.records.test_read_write import FULL, READING, SMALL, WORDS, read

AT = datetime(2026, 1, 2, tzinfo=UTC)


def test_a_filled_form_that_is_sent_unchanged_changes_nothing_but_the_review() -> None:
    before = read({**FULL, "claims": [*FULL["claims"], {"text": "a | b \\ c", "attribution": ["X | Y", "Z"]}]})
    assert changed_publication(before, fill(before), None, READING, AT) == before


def test_claims_are_one_a_line_with_who_says_them() -> None:
    form = FlagForm(("summary",), "T", claims="One | A | B\n\n  Two  \n| nobody\nThree|\n")
    with pytest.raises(BadRecord) as refused:
        changed_publication(read(SMALL), form, None, READING, AT)
    assert refused.value.told(WORDS) == "Claims, one a line, line 4: is required and must not be empty."
    form = FlagForm(("summary",), "T", claims="One | A | B\n\n  Two  \nThree|\nFour \\| five")
    claims = changed_publication(read(SMALL), form, None, READING, AT).claims
    assert [(c.text, c.attribution) for c in claims] == [
        ("One", ("A", "B")),
        ("Two", ()),
        ("Three", ()),
        ("Four | five", ()),
    ]


def test_claims_that_do_not_fit_a_field_stay_as_they_are() -> None:
    long = read({**SMALL, "labels": ["summary"], "claims": [{"text": f"{i} " + "x" * 500} for i in range(10)]})
    form = fill(long)
    assert form.claims is None
    assert changed_publication(long, form, None, READING, AT).claims == long.claims


@pytest.mark.parametrize(
    ("source", "title", "name"),
    [("A\nB", "A", "B"), ("A", "A", None), ("\nB", None, "B"), ("A\n\n", "A", None), ("A\nB\nC", "A", "B C")],
)
def test_the_source_is_title_then_outlet(source: str, title: str | None, name: str | None) -> None:
    made = changed_publication(
        read(SMALL), FlagForm(("summary",), "T", source), Relation.SUMMARY_OF, READING, AT
    ).source
    assert made is not None
    assert (made.title, made.name, made.relation) == (title, name, Relation.SUMMARY_OF)


@pytest.mark.parametrize(
    ("form", "says"),
    [
        (FlagForm((), "T"), "Labels, as the page prints them: a flagged summary carries at least one label"),
        (FlagForm(("nothing",), "T"), "Labels, as the page prints them: no label has this key"),
        (FlagForm(("summary",), " "), "Page title: is required"),
        (FlagForm(("summary",), "T", source_url="no address"), "Original's address: must be a web address"),
        (FlagForm(("summary",), "T", claims="x" * 1001), "Claims, one a line, line 1: 1001 characters"),
        (FlagForm(("summary",), "T", claims="x | " + "y" * 201), "Claims, one a line, line 1: 201 characters"),
    ],
)
def test_what_is_wrong_is_named_with_its_field(form: FlagForm, says: str) -> None:
    with pytest.raises(BadRecord) as refused:
        changed_publication(read(SMALL), form, None, READING, AT)
    assert refused.value.told(WORDS).startswith(says)


@pytest.mark.parametrize("text", ["Est-ce vrai\u00a0: oui", "two  spaces", "全角\u3000空白", "a\tb"])
def test_a_claim_keeps_what_rests_on_it_whatever_spaces_it_holds(text: str) -> None:
    evidence = [{"url": "https://e.example/", "date": "2025", "stance": "supports"}]
    claims = [{"text": text, "status": "supported", "evidence": evidence, "quote": "q"}, {"text": "x"}, {"text": "x"}]
    before = read({**SMALL, "labels": ["summary"], "claims": claims})
    assert changed_publication(before, fill(before), None, READING, AT).claims == before.claims


def test_an_outlet_without_a_title_stays_an_outlet() -> None:
    before = read({**SMALL, "labels": ["summary"], "source": {"name": "Outlet"}})
    assert changed_publication(before, fill(before), None, READING, AT).source == before.source
