"""A record as nodes of schema.org and back: the same but for what is named as lost; no rating where nobody knows."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.markup import MarkupReader, nodes_of, what_is_lost
from bot.core.model import ListName, Publication, PublicationId, Record
from bot.core.records import read_record
from bot.settings import load_links, load_verdicts
from tests.core.records.test_read_write import FULL, READING, SMALL
from tests.hostile import KEPT

NOWHERE = Path("/nonexistent")
READER = MarkupReader(load_verdicts(NOWHERE), load_links(NOWHERE))
KEEPER = "Keepers &amp; Sons"


def written(*publications: Publication) -> list[dict[str, Any]]:
    """The nodes of records, through JSON."""
    records = [Record(PublicationId(i), ListName("local"), 1, item) for i, item in enumerate(publications)]
    found: list[dict[str, Any]] = json.loads(
        json.dumps([node for record in records for node in nodes_of(record, KEEPER)])
    )
    return found


def back(nodes: object) -> list[Publication]:
    """The records that nodes are read as."""
    return [read_record(READER.record(group), READING) for group in READER.groups(READER.nodes(nodes))]


def kept(publication: Publication) -> Publication:
    """The publication without what is lost."""
    labels = tuple(replace(label, set=None, until=None) for label in publication.labels)
    return replace(publication, labels=labels, valid_from=None)


def test_a_full_record_is_a_page_a_review_and_a_claim() -> None:
    publication = read_record(FULL, READING)
    page, review, claim = written(publication)
    assert [node["@type"] for node in (page, review, claim)] == ["WebPage", "ClaimReview", "Claim"]
    assert review["author"] == review["sdPublisher"] == page["sdPublisher"]
    assert review["reviewRating"] == {"@type": "Rating", "alternateName": "disputed"}
    assert review["associatedClaimReview"]["reviewRating"]["alternateName"] == "Half"
    assert [author["name"] for author in review["itemReviewed"]["author"]] == ["A", "B"]
    assert claim["text"] == "D"
    assert "reviewRating" not in claim
    assert list(what_is_lost(publication)) == ["labels.set", "labels.until", "valid_from"]
    assert back([page, review, claim]) == [kept(publication)]


def test_nothing_is_lost_where_nothing_is_named() -> None:
    publication = kept(read_record(FULL, READING))
    assert list(what_is_lost(publication)) == []
    assert back({"@graph": written(publication)}) == [publication]


def test_claims_of_one_text_stay_two_and_records_of_one_page_stay_apart() -> None:
    claims = [*FULL["claims"], FULL["claims"][0], {"text": "D", "verdict": {"by": "X", "words": "5"}}]
    first, second = read_record({**SMALL, "claims": claims}, READING), read_record(SMALL, READING)
    assert back(written(first, second, first)) == [first, second, first]


@pytest.mark.parametrize("text", [*KEPT.values(), "a &amp;lt; b", "&notit; R&D ?a=1&copy=2", "https://a.example/"])
def test_texts_are_the_same_to_the_letter(text: str) -> None:
    some = text[:100]
    claim = {
        **FULL["claims"][0],
        "text": some,
        "quote": some,
        "attribution": [some],
        "verdict": {"by": some, "words": some},
    }
    publication = read_record({**SMALL, "title": some, "claims": [claim, {**claim, "status": "unverified"}]}, READING)
    assert back(written(publication)) == [publication]


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1, max_size=12).map("a".__add__)
DATES = st.sampled_from(["2031", "2031-02", "2031-02-03", "0001", "0999-12-31"])
URLS = st.sampled_from(
    ["https://a.example/1", "http://b.example/?x=1&copy=2", "https://c.example/#!/y", "HTTPS://D.example/%20"]
)
TIMES = st.none() | st.datetimes(min_value=datetime(1, 1, 2), timezones=st.just(UTC)).map(  # noqa: DTZ001
    lambda time: time.strftime("%Y-%m-%dT%H:%M:%SZ").zfill(20)
)


def entries(required: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    """Objects with some of the optional keys."""
    return st.fixed_dictionaries(required, optional=optional)


EVIDENCE = st.fixed_dictionaries({"url": URLS, "date": DATES, "stance": st.sampled_from(["supports", "contradicts"])})
CLAIM_PARTS = {
    "quote": TEXT,
    "attribution": st.lists(TEXT, max_size=8),
    "verdict": entries({"by": TEXT, "words": TEXT | st.just("5")}, {"url": URLS, "date": DATES}),
}
CLAIMS = entries(
    {
        "text": TEXT,
        "status": st.sampled_from(["supported", "disputed", "refuted"]),
        "evidence": st.lists(EVIDENCE, min_size=1),
    },
    CLAIM_PARTS,
) | entries({"text": TEXT, "evidence": st.lists(EVIDENCE, max_size=3)}, CLAIM_PARTS)
RECORDS = entries(
    {"addresses": st.lists(URLS, min_size=1, max_size=4), "title": TEXT},
    {
        "language": st.sampled_from(["en", "pt-BR", "zh-Hant"]),
        "labels": st.lists(
            entries({"key": st.sampled_from(["summary", "opinion"])}, {"phrase": TEXT, "set": DATES, "until": DATES}),
            max_size=2,
            unique_by=lambda label: label["key"],
        ),
        "source": entries(
            {},
            {
                "name": TEXT,
                "title": TEXT,
                "url": URLS,
                "published": DATES,
                "relation": st.sampled_from(["summary_of", "evaluation_of", "comment_on"]),
            },
        ),
        "works": st.lists(entries({"name": TEXT}, {"url": URLS}), max_size=3),
        "claims": st.lists(CLAIMS, max_size=4),
        **dict.fromkeys(("recorded", "reviewed", "valid_from", "valid_until"), TIMES),
    },
)


@settings(max_examples=200, deadline=None)
@given(st.lists(RECORDS, min_size=1, max_size=3))
def test_what_is_written_is_read_back(values: list[dict[str, Any]]) -> None:
    publications = [read_record(value, READING) for value in values]
    assert back(written(*publications)) == [kept(publication) for publication in publications]
    for publication in publications:
        assert bool(list(what_is_lost(publication))) == (publication != kept(publication))
