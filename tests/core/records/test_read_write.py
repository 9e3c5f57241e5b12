"""Records as JSON lines: what is read, what is refused with field and reason, and the way there and back."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import BadRecord
from bot.core.model import ClaimStatus, Label, ListName, PartialDate, Publication, PublicationId, Record
from bot.core.records import Reading, merge, read_header, read_record, record_line
from bot.settings import load_labels, load_links, load_words, shipped
from tests.hostile import KEPT, REFUSED

NOWHERE = Path("/nonexistent")
WORDS = load_words("en")
READING = Reading(load_labels(NOWHERE), load_links(NOWHERE))
SCHEMA = jsonschema.Draft202012Validator(json.loads(shipped("schema", "record.json").read_text("utf-8")))

SMALL: dict[str, Any] = {"addresses": ["https://a.example/x"], "title": "T"}
FULL: dict[str, Any] = {
    "addresses": [
        {"url": "https://a.example/x", "kind": "registered"},
        {"url": "https://b.example/y", "kind": "registered"},
    ],
    "title": "Größe 字",
    "language": "pt-BR",
    "labels": [{"key": "summary", "phrase": "A phrase of the page's own", "set": "2025-11", "until": "2027"}],
    "source": {
        "name": "N", "title": "S", "url": "https://s.example/", "published": "2025-11-19", "relation": "comment_on",
    },
    "works": [{"name": "W", "url": "https://w.example/"}, {"name": "V"}],
    "claims": [
        {"text": "C", "quote": "Q\nR", "attribution": ["A", "B"], "status": "disputed",
         "evidence": [{"url": "https://e.example/", "date": "2025", "stance": "supports"}],
         "verdict": {"by": "D", "words": "Half", "url": "https://v.example/", "date": "2025-12"}},
        {"text": "D", "status": "unverified"},
    ],
    "list": "local",
    "recorded": "2026-01-01T00:00:00Z",
    "reviewed": "2026-01-02T00:00:00Z",
    "valid_from": "2026-01-01T00:00:00Z",
    "valid_until": "2027-01-01T00:00:00Z",
}  # fmt: skip


def line(publication: Publication) -> str:
    return record_line(Record(PublicationId(1), ListName("local"), 1, publication))


def read(value: object) -> Publication:
    return read_record(value, READING)


def test_a_full_record_goes_there_and_back_to_the_byte() -> None:
    assert json.loads(line(read(FULL))) == FULL
    assert line(read(json.loads(line(read(FULL))))) == line(read(FULL))
    assert list(json.loads(line(read(FULL)))) == list(FULL)
    assert " " not in line(read({**FULL, "title": "T", "claims": [], "labels": []}))


def test_the_first_spelling_of_an_address_stays_in_its_place() -> None:
    urls = ["https://a.example/1", "https://b.example/x", "https://www.a.example/1/"]
    assert [a.url for a in read({**SMALL, "addresses": urls}).addresses] == urls[:2]


def test_short_forms_are_read() -> None:
    short = read(
        {
            **SMALL,
            "labels": ["summary", "this publication is an OPINION piece"],
            "claims": [{"text": "C", "attribution": "A"}],
        }
    )
    assert short.labels == (
        Label("summary", "This publication is a summary or evaluation of another publication"),
        Label("opinion", "this publication is an OPINION piece"),
    )
    assert short.claims[0].attribution == ("A",)
    assert short.addresses[0].key == "a.example/x"


@pytest.mark.parametrize("value", [SMALL, FULL, {**SMALL, "labels": ["summary"], "language": None}])
def test_the_schema_takes_what_is_read_and_what_is_written(value: dict[str, Any]) -> None:
    assert list(SCHEMA.iter_errors(value)) == []
    assert list(SCHEMA.iter_errors(json.loads(line(read(value))))) == []


@pytest.mark.parametrize(
    ("change", "field", "reason"),
    [
        ({"addresses": []}, "addresses", "at least one"),
        ({"addresses": ["ftp://a.example/"]}, "addresses[0]", "https://"),
        ({"addresses": [{"url": "https://a.example/", "kind": "canonical"}]}, "addresses[0].kind", "registered"),
        ({"addresses": "https://a.example/"}, "addresses", "list"),
        ({"title": ""}, "title", "required"),
        ({"title": None}, "title", "required"),
        ({"title": 5}, "title", "text"),
        ({"title": "x" * 301}, "title", "301 characters"),
        ({"titel": "T"}, "titel", "not known"),
        ({"language": "english, please"}, "language", "language tag"),
        ({"labels": ["no such label"]}, "labels[0]", "known keys: summary"),
        ({"labels": [{"key": "nothing"}]}, "labels[0].key", "no known label"),
        ({"labels": ["summary", "summary"]}, "labels[1]", "twice"),
        ({"labels": ["summary"] * 5}, "labels", "at most 4"),
        ({"labels": [{"key": "summary", "set": "2026-02-30"}]}, "labels[0].set", "date"),
        ({"source": {"relation": "copy_of"}}, "source.relation", "summary_of"),
        ({"source": {"url": "javascript:alert(1)"}}, "source.url", "https://"),
        ({"source": {"author": "x"}}, "source.author", "not known"),
        ({"works": [{}]}, "works[0].name", "required"),
        ({"claims": [{"text": "C", "status": "true"}]}, "claims[0].status", "unverified"),
        ({"claims": [{"text": "C", "status": "refuted"}]}, "claims[0].status", "needs evidence"),
        ({"claims": [{"text": "C", "evidence": [{"url": "https://e.example/"}]}]}, "claims[0].evidence[0]", "stance"),
        ({"claims": [{"text": "C", "attribution": ["x"] * 9}]}, "claims[0].attribution", "at most 8"),
        ({"claims": ["C"]}, "claims[0]", "object"),
        ({"recorded": "2026-01-01"}, "recorded", "UTC"),
        ({"recorded": "2026-01-01T00:00:00+02:00"}, "recorded", "UTC"),
        ({"valid_until": "2026-13-01T00:00:00Z"}, "valid_until", "UTC"),
        ({"list": 5}, "list", "text"),
        ({"list": "Not A List!"}, "list", "small letters"),
        ({"title": "\u202e\u200e"}, "title", "required"),
        ({"claims": [{"text": "\u2066\u2069"}]}, "claims[0].text", "required"),
    ],
    ids=lambda x: str(x)[:40],
)
def test_what_is_wrong_is_refused_with_field_and_reason(change: dict[str, Any], field: str, reason: str) -> None:
    with pytest.raises(BadRecord) as refused:
        read({**SMALL, **change})
    assert refused.value.field == field
    assert reason in refused.value.told(WORDS)


@pytest.mark.parametrize("value", [None, [], "x", 5, True])
def test_what_is_no_object_is_refused(value: object) -> None:
    with pytest.raises(BadRecord, match="not_object"):
        read(value)


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_hostile_text_goes_there_and_back(text: str) -> None:
    record = read({**SMALL, "claims": [{"text": text[:1000], "quote": text[:2000]}], "title": text[:300]})
    assert read(json.loads(line(record))) == record


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_text_that_cannot_be_stored_is_refused(text: str) -> None:
    with pytest.raises(BadRecord) as refused:
        read({**SMALL, "claims": [{"text": text}]})
    assert refused.value.told(WORDS).startswith("claims[0].text: the character U+")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(codec=None), max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from([*FULL, "url", "text", "status"]), inner)
    ),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(list(FULL)), JSON))
def test_any_json_is_read_or_refused_in_words(value: dict[str, Any]) -> None:
    try:
        record = read({**SMALL, **value})
    except BadRecord as refused:
        assert refused.told(WORDS).endswith(".")
    else:
        assert read(json.loads(line(record))) == record


class TestMerge:
    def test_new_things_are_added_and_nothing_changes(self) -> None:
        there = read(
            {**SMALL, "title": "Old", "labels": ["summary"], "source": {"name": "N"},
             "claims": [{"text": "A", "attribution": "X"}, {"text": "C"}]}
        )  # fmt: skip
        coming = read({**FULL, "claims": [{"text": "A", "attribution": "Y"}, *FULL["claims"], {"text": "B"}]})
        both = merge(there, coming)
        assert (both.title, both.claims[0], both.labels[0].phrase) == ("Old", there.claims[0], there.labels[0].phrase)
        assert [a.url for a in both.addresses] == ["https://a.example/x", "https://b.example/y"]
        assert [c.text for c in both.claims] == ["A", "C", "D", "B"]

    def test_details_that_are_missing_are_added_and_a_status_stays(self) -> None:
        there = read({**SMALL, "labels": ["summary"], "source": {"name": "N"}, "claims": [{"text": "C"}]})
        both = merge(there, read(FULL))
        assert both.source == read(FULL).source
        assert both.labels == (replace(there.labels[0], set=PartialDate("2025-11")),)
        assert both.claims[0] == replace(read(FULL).claims[0], status=ClaimStatus.UNVERIFIED)
        assert both.language == "pt-BR"

    def test_two_originals_are_not_mixed_and_no_end_comes_from_outside(self) -> None:
        there = read({**SMALL, "labels": ["summary"], "source": {"name": "Mine"}})
        both = merge(there, read(FULL))
        assert both.source == there.source
        assert (both.valid_from, both.valid_until, both.labels[0].until) == (None, None, None)

    @pytest.mark.parametrize(("part", "many"), [("addresses", 50), ("works", 200), ("claims", 500)])
    def test_a_record_does_not_grow_beyond_its_bounds(self, part: str, many: int) -> None:
        def some(prefix: str) -> list[Any]:
            makers: dict[str, Callable[[int], Any]] = {
                "addresses": lambda i: f"https://{prefix}.example/{i}",
                "works": lambda i: {"name": f"{prefix}{i}"},
                "claims": lambda i: {"text": f"{prefix}{i}"},
            }
            return [makers[part](i) for i in range(many)]

        with pytest.raises(BadRecord) as refused:
            merge(read({**SMALL, part: some("a")}), read({**SMALL, part: some("b")}))
        says = f"{part}: with what is recorded already these are {2 * many}; at most {many} fit."
        assert refused.value.told(WORDS) == says

    def test_the_same_again_changes_nothing(self) -> None:
        record = read(FULL)
        assert merge(record, record) == record
        assert merge(record, replace(record, title="X", reviewed=datetime(2027, 1, 1, tzinfo=UTC))) == record


class TestHeader:
    def test_a_header_is_told_from_a_record(self) -> None:
        assert read_header({"sidenote": "records", "format": 1})
        assert not read_header(SMALL)

    @pytest.mark.parametrize(
        "header",
        [
            {"sidenote": "notes", "format": 1},
            {"sidenote": "records", "format": 2},
            {"sidenote": "records", "format": True},
            {"sidenote": "records", "format": 1, "title": "A record in the header's place"},
        ],
    )
    def test_another_format_is_refused(self, header: dict[str, Any]) -> None:
        with pytest.raises(BadRecord):
            read_header(header)
