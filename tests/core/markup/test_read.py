"""Markup as publishers write it → record objects: every oddity a row, nothing made up, nothing that raises."""

import json
from collections import Counter
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.errors import BadRecord
from bot.core.markup import MarkupReader
from bot.core.records import read_record
from bot.settings import load_links, load_verdicts, load_words
from tests.core.markup.samples import samples
from tests.core.records.test_read_write import READING

NOWHERE = Path("/nonexistent")
READER = MarkupReader(load_verdicts(NOWHERE), load_links(NOWHERE))
WORDS = load_words("en")
SAMPLES = samples()
PAGE, REVIEW_URL = "https://digest.example/ferry", "https://checkers.example/1"
REVIEW: dict[str, Any] = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": REVIEW_URL,
    "claimReviewed": "The ferry sank",
    "datePublished": "2031-02-03",
    "author": {"@type": "Organization", "name": "Checkers"},
    "itemReviewed": {
        "@type": "Claim",
        "author": {"name": "A. Speaker"},
        "appearance": {"url": PAGE, "headline": "Ferry"},
    },
    "reviewRating": {"@type": "Rating", "ratingValue": 1, "bestRating": 5, "alternateName": "False"},
}
RECORD: dict[str, Any] = {
    "addresses": [PAGE],
    "title": "Ferry",
    "claims": [
        {
            "text": "The ferry sank",
            "attribution": ["A. Speaker"],
            "status": "refuted",
            "evidence": [{"url": REVIEW_URL, "date": "2031-02-03", "stance": "contradicts"}],
            "verdict": {"by": "Checkers", "words": "False", "url": REVIEW_URL, "date": "2031-02-03"},
        }
    ],
}


def records(value: object) -> list[dict[str, Any]]:
    """The record objects in a value; each is one that is read."""
    found = [READER.record(group) for group in READER.groups(READER.nodes(value))]
    for record in found:
        read_record(record, READING)
    return found


def record(**change: Any) -> dict[str, Any]:
    """The record object of the review with changes; `item` changes what was reviewed."""
    item = {**REVIEW["itemReviewed"], **change.pop("item", {})}
    [found] = records({**REVIEW, "itemReviewed": item, **change})
    return found


def prefixed(value: Any, prefix: str) -> Any:
    """The value with prefixed keys and types, as expanded JSON-LD has them."""
    if isinstance(value, dict):
        return {
            key if key.startswith("@") else prefix + key: prefix + inner if key == "@type" else prefixed(inner, prefix)
            for key, inner in value.items()
        }
    return [prefixed(item, prefix) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    "value",
    [
        REVIEW,
        [REVIEW],
        [[None, [REVIEW]], 5, "x"],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebSite"}, REVIEW]},
        {"@graph": REVIEW},
        {"@type": "DataFeed", "dataFeedElement": [{"@type": "DataFeedItem", "item": [REVIEW]}, None, {"item": None}]},
        {"@type": "DataFeed", "dataFeedElement": REVIEW},
        {"@type": "NewsArticle", "headline": "x", "review": REVIEW},
        {"@type": "WebPage", "mainEntity": REVIEW},
        {"@type": "ItemList", "itemListElement": [{"@type": "ListItem", "item": REVIEW}]},
        {**REVIEW, "@type": ["Review", "ClaimReview"]},
        {**REVIEW, "@type": "http://schema.org/ClaimReview"},
        {**REVIEW, "@type": "https://schema.org/ClaimReview"},
        {**REVIEW, "@type": "schema:ClaimReview"},
        {**REVIEW, "@type": "Review"},
        {key: value for key, value in REVIEW.items() if key != "@type"},
        prefixed(REVIEW, "schema:"),
        prefixed(REVIEW, "http://schema.org/"),
        prefixed(REVIEW, "https://schema.org/"),
        {
            **REVIEW,
            "itemReviewed": [REVIEW["itemReviewed"]],
            "author": [REVIEW["author"]],
            "claimReviewed": [None, "The ferry sank"],
        },
        {**REVIEW, "reviewRating": [{"ratingValue": -1}, REVIEW["reviewRating"]]},
        {**REVIEW, "claimReviewed": {"@value": "The ferry sank", "@language": "en"}, "url": {"@id": REVIEW_URL}},
        {
            "@graph": [
                {**REVIEW, "author": {"@id": "#us"}, "itemReviewed": {"@id": "#claim"}},
                {"@id": "#us", "@type": "Organization", "name": "Checkers"},
                {**REVIEW["itemReviewed"], "@id": "#claim", "appearance": {"@id": "#page"}},
                {"@id": "#page", "@type": "Article", "url": PAGE, "headline": "Ferry"},
            ]
        },
    ],
)
def test_a_review_is_found_wherever_it_stands(value: object) -> None:
    assert records(value) == [RECORD]


@pytest.mark.parametrize(
    ("item", "addresses"),
    [
        ({"appearance": PAGE}, [PAGE]),
        ({"appearance": [PAGE, "1", "page.html", None, {"url": "https://b.example/2"}]}, [PAGE, "https://b.example/2"]),
        ({"appearance": {"@id": PAGE}}, [PAGE]),
        ({"appearance": {"sameAs": [PAGE]}}, [PAGE]),
        ({"appearance": "https://b.example/2", "firstAppearance": {"url": PAGE}}, [PAGE, "https://b.example/2"]),
        ({"appearance": [PAGE, PAGE + "?utm_source=x", PAGE.replace("https", "http")]}, [PAGE]),
        ({"appearance": [REVIEW_URL, PAGE]}, [PAGE]),
        ({"appearance": [f"https://a.example/{i}" for i in range(60)]}, [f"https://a.example/{i}" for i in range(50)]),
        (
            {"@type": "CreativeWork", "appearance": None, "url": PAGE, "sameAs": "https://b.example/2"},
            [PAGE, "https://b.example/2"],
        ),
        ({"@type": "SocialMediaPosting", "appearance": None, "url": PAGE}, [PAGE]),
        ({"@type": None, "appearance": None, "url": PAGE}, [PAGE]),
    ],
)
def test_addresses_are_those_where_the_claim_appeared(item: dict[str, Any], addresses: list[str]) -> None:
    assert record(item=item)["addresses"] == addresses


def test_an_appearance_may_stand_at_the_review_and_the_reviewed_may_be_an_address() -> None:
    assert record(item={"appearance": None}, appearance=[{"url": PAGE}])["addresses"] == [PAGE]
    [found] = records({**REVIEW, "itemReviewed": PAGE})
    assert (found["addresses"], found["title"]) == ([PAGE], "The ferry sank")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"itemReviewed": None}, "no_appearance"),
        ({"itemReviewed": "The St. Digest interview"}, "no_appearance"),
        ({"itemReviewed": {"@type": "Claim", "url": PAGE, "sameAs": PAGE}}, "no_appearance"),
        ({"itemReviewed": {"@type": "Person", "name": "X", "sameAs": PAGE}}, "no_appearance"),
        ({"itemReviewed": {"@type": "CreativeWork", "name": "A speech"}}, "no_appearance"),
        ({"itemReviewed": {"appearance": ["ftp://a.example/", "javascript:x", "https://", 5, {}]}}, "no_appearance"),
        ({"itemReviewed": {"appearance": REVIEW_URL + "?utm_source=x"}}, "no_appearance"),
        ({"claimReviewed": ""}, "no_claim_text"),
        ({"claimReviewed": " \u200b "}, "no_claim_text"),
        ({"claimReviewed": None}, "no_claim_text"),
        ({"claimReviewed": {}}, "no_claim_text"),
    ],
)
def test_what_says_no_claim_or_page_is_refused_in_words(change: dict[str, Any], reason: str) -> None:
    with pytest.raises(BadRecord) as refused:
        records({**REVIEW, **change})
    assert refused.value.reason == reason
    assert refused.value.told(WORDS).endswith(".")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"claimReviewed": "“Tea &amp; sugar&#8217;s”"}, {"text": "“Tea & sugar’s”"}),
        ({"claimReviewed": 2031}, {"text": "2031"}),
        ({"claimReviewed": None, "item": {"text": "T"}}, {"text": "T"}),
        ({"claimReviewed": None, "item": {"text": "", "name": "N"}}, {"text": "N"}),
        ({"claimReviewed": None, "item": {"description": "D"}}, {"text": "D"}),
        ({"item": {"author": "B. Speaker"}}, {"attribution": ["B. Speaker"]}),
        ({"item": {"author": [{"name": "B"}, "C", None, {"url": "https://d.example/"}]}}, {"attribution": ["B", "C"]}),
        ({"item": {"author": "https://d.example/"}}, {"attribution": None}),
        ({"item": {"author": None}}, {"attribution": None}),
        ({"item": {"author": [f"S{i}" for i in range(20)]}}, {"attribution": [f"S{i}" for i in range(8)]}),
        ({"item": {"appearance": {"url": PAGE, "text": "It sank,\nI saw it"}}}, {"quote": "It sank,\nI saw it"}),
        ({"item": {"appearance": {"url": PAGE, "text": "x" * 2001}}}, {"quote": None}),
    ],
)
def test_what_a_claim_says(change: dict[str, Any], expected: dict[str, Any]) -> None:
    [claim] = record(**change)["claims"]
    assert {key: claim.get(key) for key in expected} == expected


@pytest.mark.parametrize(
    ("change", "verdict"),
    [
        ({"author": "Checkers"}, {"by": "Checkers", "words": "False"}),
        ({"author": [{"name": ""}, {"name": "Second"}]}, {"by": "Second", "words": "False"}),
        ({"author": None, "publisher": {"name": "House"}}, {"by": "House", "words": "False"}),
        ({"author": {"url": "https://www.checkers.example"}}, {"by": "checkers.example", "words": "False"}),
        ({"author": None, "url": None}, None),
        (
            {"reviewRating": {"alternateName": "  Not really, charts say "}},
            {"by": "Checkers", "words": "Not really, charts say"},
        ),
        ({"reviewRating": {"name": "Falso"}}, {"by": "Checkers", "words": "Falso"}),
        ({"reviewRating": "Falso"}, {"by": "Checkers", "words": "Falso"}),
        (
            {"reviewRating": {"alternateName": "Very " + "long " * 80}},
            {"by": "Checkers", "words": "Very" + " long" * 58 + "…"},
        ),
        ({"reviewRating": {"ratingValue": "1", "bestRating": "5", "worstRating": 1}}, None),
        ({"reviewRating": {"ratingValue": -1, "alternateName": "-1"}}, None),
        ({"reviewRating": {"alternateName": 4}}, None),
        ({"reviewRating": {"alternateName": "1 / 5"}}, None),
        ({"reviewRating": 1}, None),
        ({"reviewRating": None}, None),
    ],
)
def test_a_verdict_is_words_and_who_says_them(change: dict[str, Any], verdict: dict[str, str] | None) -> None:
    found = record(**change)["claims"][0].get("verdict")
    assert (found and {"by": found["by"], "words": found["words"]}) == verdict


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, "refuted"),
        ({"reviewRating": {"alternateName": "True", "ratingValue": 1, "bestRating": 5}}, "supported"),
        ({"reviewRating": {"alternateName": "Half true"}}, "disputed"),
        ({"reviewRating": {"alternateName": "Falso", "bestRating": "1", "worstRating": "5"}}, "refuted"),
        ({"reviewRating": {"alternateName": "not false"}}, "unverified"),
        ({"reviewRating": {"alternateName": "Satire"}}, "unverified"),
        ({"reviewRating": {"ratingValue": 1, "bestRating": 5}}, "unverified"),
        ({"datePublished": None}, "unverified"),
        ({"datePublished": "soon"}, "unverified"),
        ({"datePublished": None, "dateCreated": "2031-02-01"}, "refuted"),
        ({"url": None}, "unverified"),
        ({"url": "no address"}, "unverified"),
        (
            {"author": {"name": "K"}, "sdPublisher": {"name": "K"}, "reviewRating": {"alternateName": "supported"}},
            "unverified",
        ),
    ],
)
def test_a_status_comes_from_known_words_with_address_and_date(change: dict[str, Any], status: str) -> None:
    assert record(**change)["claims"][0]["status"] == status


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("2020-10-07", "2020-10-07"),
        ("2020-10", "2020-10"),
        ("2020", "2020"),
        (2020, "2020"),
        ("2020-10-07 20:05", "2020-10-07"),
        ("2020-10-07T23:59:59+0200", "2020-10-07"),
        ("2017-03-01 20:30:17 UTC", "2017-03-01"),
        ("2020/10/07", "2020-10-07"),
        ("20201007", "2020-10-07"),
        ("Tue, 6 Oct 2020 10:00:00 GMT", "2020-10-06"),
        ("6 October 2020", "2020-10-06"),
        ("October 7, 2020", "2020-10-07"),
        ("Sept. 7th, 2020 10:00 pm", "2020-09-07"),
        ({"@type": "Date", "@value": "2020-10-07"}, "2020-10-07"),
        (["2020-10-07"], "2020-10-07"),
        ("07/10/2020", None),
        ("2020-13-07", None),
        ("2020-02-30", None),
        ("0001-01-01T00:00:00", None),
        ("6 Brumaire 2020", None),
        ("yesterday", None),
        ("", None),
        (1601923200, None),
        (True, None),
        ({}, None),
    ],
)
def test_dates_are_read_where_they_are_plain(written: object, date: str | None) -> None:
    assert record(datePublished=written)["claims"][0]["verdict"].get("date") == date


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"inLanguage": "es"}, "es"),
        ({"inLanguage": "pt_BR"}, "pt-BR"),
        ({"inLanguage": ["", {"@type": "Language", "name": "Deutsch", "alternateName": "de"}]}, "de"),
        ({"inLanguage": "English"}, None),
        ({"inLanguage": "en", "item": {"appearance": {"url": PAGE, "inLanguage": "fr"}}}, "fr"),
    ],
)
def test_the_language(change: dict[str, Any], expected: str | None) -> None:
    assert record(**change).get("language") == expected


@pytest.mark.parametrize(
    ("item", "title"),
    [
        ({"appearance": {"url": PAGE, "name": "N"}}, "N"),
        ({"appearance": [PAGE, {"url": "https://b.example/", "headline": "H"}]}, "H"),
        ({"@type": "CreativeWork", "appearance": PAGE, "name": "An interview"}, "An interview"),
        ({"appearance": PAGE, "name": "What is claimed"}, "The ferry sank"),
        ({"appearance": {"url": PAGE, "headline": "x" * 400}}, "x" * 299 + "…"),
    ],
)
def test_the_title(item: dict[str, Any], title: str) -> None:
    assert record(item=item)["title"] == title


class TestGroups:
    def test_nodes_about_one_page_that_follow_each_other_are_one_record(self) -> None:
        def about(page: str, text: str) -> dict[str, Any]:
            return {**REVIEW, "claimReviewed": text, "itemReviewed": {"appearance": page}}

        feed = [about(PAGE, "A"), about(PAGE + "#x", "B"), about("https://b.example/", "C"), about(PAGE, "D")]
        groups = list(READER.groups(READER.nodes(feed)))
        assert [group.number for group in groups] == [1, 3, 4]
        assert [group.nodes for group in groups] == [tuple(feed[:2]), (feed[2],), (feed[3],)]
        assert [[c["text"] for c in READER.record(group)["claims"]] for group in groups] == [["A", "B"], ["C"], ["D"]]

    def test_groups_come_one_at_a_time_and_are_bounded(self) -> None:
        endless = iter(lambda: REVIEW, None)
        assert len(next(READER.groups(READER.nodes([REVIEW] * 1200))).nodes) == 500
        assert next(READER.groups(endless)).number == 1

    def test_nodes_without_an_address_are_refused_one_by_one(self) -> None:
        nowhere = {**REVIEW, "itemReviewed": None}
        groups = list(READER.groups(READER.nodes([nowhere, nowhere, REVIEW])))
        assert [(group.number, len(group.nodes)) for group in groups] == [(1, 1), (2, 1), (3, 1)]

    @pytest.mark.parametrize(
        ("words", "status", "evidence"),
        [
            (["False", "Falso"], "refuted", 2),
            (["False", "True"], "disputed", 2),
            (["Who knows", "True"], "supported", 1),
            (["False", "Who knows"], "refuted", 1),
            (["Who knows", "Nobody"], "unverified", 0),
        ],
    )
    def test_reviews_of_one_claim_become_one(self, words: list[str], status: str, evidence: int) -> None:
        reviews = [
            {**REVIEW, "url": f"https://checkers.example/{i}", "reviewRating": {"alternateName": word}}
            for i, word in enumerate(words)
        ]
        [found] = records(reviews)
        [claim] = found["claims"]
        assert (claim["status"], len(claim.get("evidence", ())), claim["verdict"]["words"]) == (
            status,
            evidence,
            next((word for word in words if word not in {"Who knows", "Nobody"}), words[0]),
        )

    def test_what_is_passed_over_is_counted_by_type(self) -> None:
        passed: Counter[str] = Counter()
        article = {"@type": "NewsArticle", "url": PAGE, "name": "N", "sdPublisher": {"name": "S"}}
        values = [
            {"@type": "MediaReview"},
            {"@type": ["http://schema.org/ImageObject"]},
            article,
            {},
            REVIEW,
            article,
            5,
        ]
        assert len(list(READER.nodes(values, passed))) == 1
        assert passed == {"MediaReview": 1, "ImageObject": 1, "NewsArticle": 2, "Thing": 1}
        list(READER.nodes([{"@type": f"T{i}"} for i in range(1000)], passed))
        assert len(passed) == 50


SEARCH = {
    "claims": [
        {
            "text": "The ferry sank",
            "claimant": "A. Speaker",
            "claimDate": "2031-01-01T00:00:00Z",
            "claimReview": [
                {
                    "publisher": {"name": "Checkers", "site": "checkers.example"},
                    "url": REVIEW_URL,
                    "title": "No",
                    "reviewDate": "2031-02-03T00:00:00Z",
                    "textualRating": "False",
                    "languageCode": "en",
                },
            ],
        },
        {"text": "Alone", "claimReview": []},
    ],
    "nextPageToken": "x",
}
PAGES = {
    "claimReviewMarkupPages": [
        {
            "name": "pages/1",
            "pageUrl": REVIEW_URL,
            "publishDate": "2031-02-03",
            "claimReviewAuthor": {"name": "Checkers"},
            "claimReviewMarkups": [
                {
                    "url": REVIEW_URL,
                    "claimReviewed": "The ferry sank",
                    "claimFirstAppearance": PAGE,
                    "claimAppearances": ["https://b.example/2"],
                    "claimAuthor": {"name": "A. Speaker", "jobTitle": "Sailor"},
                    "rating": {"textualRating": "False", "ratingValue": 1},
                }
            ],
        }
    ]
}


@pytest.mark.parametrize("value", [PAGES, PAGES["claimReviewMarkupPages"][0]])
def test_pages_of_the_fact_check_tools_are_read(value: object) -> None:
    expected = {"addresses": [PAGE, "https://b.example/2"], "title": "The ferry sank", "claims": RECORD["claims"]}
    assert records(value) == [expected]


def test_found_claims_of_the_fact_check_tools_say_no_page() -> None:
    groups = list(READER.groups(READER.nodes(SEARCH)))
    assert [group.nodes[0].get("claimReviewed") for group in groups] == ["The ferry sank", None]
    for group in groups:
        with pytest.raises(BadRecord, match="no_appearance"):
            READER.record(group)
    mended = {**groups[0].nodes[0], "appearance": PAGE}
    assert records(mended)[0]["claims"] == RECORD["claims"]


@pytest.mark.skipif(not SAMPLES, reason="the samples are not here")
def test_the_real_samples() -> None:
    assert set(SAMPLES) == {"01", "03", "04", "06", "07", "13"}
    for number in ("03", "07"):
        with pytest.raises(BadRecord, match="no_appearance"):
            records(SAMPLES[number])
    found = {number: records(SAMPLES[number])[0] for number in ("01", "04", "06", "13")}
    claims = {number: record["claims"][0] for number, record in found.items()}
    assert {number: claim["status"] for number, claim in claims.items()} == {
        "01": "refuted",
        "04": "unverified",
        "06": "refuted",
        "13": "unverified",
    }
    assert claims["04"]["verdict"]["words"] == "C’est plus compliqué"
    assert found["06"]["addresses"] == ["https://deldette.dk/post/5967"]
    assert found["13"]["title"].startswith("Square Earth")


KEYS = st.sampled_from(
    [
        "@type",
        "@graph",
        "@id",
        "@value",
        "url",
        "name",
        "item",
        "itemReviewed",
        "appearance",
        "author",
        "claimReviewed",
        "reviewRating",
        "alternateName",
        "citation",
        "keywords",
        "review",
        "claims",
        "claimReview",
        "claimReviewMarkups",
        "isBasedOn",
        "text",
        "schema:url",
        "inLanguage",
    ]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["ClaimReview", "Claim", "WebPage", PAGE, "False", "2031-02-03", "\ud800", "&#0;", "x" * 3000])
)
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=5))


def survives(value: object) -> None:
    """Read or refused in words, never anything else."""
    for group in READER.groups(READER.nodes(value)):
        try:
            read_record(READER.record(group), READING)
        except BadRecord as refused:
            assert refused.told(WORDS).endswith(".")


@settings(max_examples=300, deadline=None)
@given(JSON)
def test_any_json_is_read_or_refused_in_words(value: object) -> None:
    survives(value)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_review_with_anything_in_any_place_is_read_or_refused(data: st.DataObject) -> None:
    value = deepcopy(data.draw(st.sampled_from([REVIEW, SEARCH, PAGES, *SAMPLES.values()])))
    for _ in range(data.draw(st.integers(1, 4))):
        place: Any = value
        while True:
            keys = list(place) if isinstance(place, dict) else list(range(len(place)))
            if not keys:
                break
            key = data.draw(st.sampled_from(keys))
            if isinstance(place[key], dict | list) and data.draw(st.booleans()):
                place = place[key]
                continue
            place[key] = data.draw(st.sampled_from([[place[key]], {"name": place[key]}]) | JSON)
            break
    survives(value)


@pytest.mark.parametrize(
    "wrap",
    [
        lambda x: [x],
        lambda x: {"item": x},
        lambda x: {"@graph": [x]},
        lambda x: {"schema:a": x},
        lambda x: {**REVIEW, "itemReviewed": x},
        lambda x: {**REVIEW, "author": [x]},
    ],
)
def test_no_depth_is_too_deep(wrap: Any) -> None:
    value: Any = REVIEW
    for _ in range(5000):
        value = wrap(value)
    survives(value)


def test_a_number_that_python_does_not_print_says_nothing() -> None:
    survives({**REVIEW, "claimReviewed": 10**5000, "datePublished": 10**5000})


def test_a_small_graph_does_not_stand_for_a_huge_one() -> None:
    ids = [f"#{i}" for i in range(300)]
    graph = [{"@id": i, "@type": "ClaimReview", "itemReviewed": [{"@id": other} for other in ids]} for i in ids]
    assert len(json.dumps(next(READER.nodes({"@graph": graph})))) < 1_000_000
