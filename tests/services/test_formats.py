"""Files of records in every format, good and broken: each entry is a record or a refusal, and nothing raises."""

import json
import random
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.app import load_knowledge
from bot.core.errors import UserError
from bot.services.transfer import Format, Source
from bot.services.transfer.prepare import Chunk, chunks
from tests.benchmarks.formats import good, of_bytes, of_values

KNOWN = load_knowledge(Path("/nonexistent"))
NOW = datetime(2026, 1, 1, tzinfo=UTC)
FILES = good()


def read(data: bytes, format_: Format) -> Chunk:
    """Everything that a file comes to."""
    whole = Chunk()
    for chunk in chunks(Source("file", data, format_), KNOWN, NOW):
        whole.ready += chunk.ready
        whole.refused += chunk.refused
        whole.position = chunk.position
    assert whole.position == len(data)
    return whole


@pytest.mark.parametrize("format_", Format)
@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_no_bytes_end_a_reader(format_: Format, data: bytes) -> None:
    assert all(one.key.startswith("refused.") for one in read(data, format_).refused)


@pytest.mark.parametrize("format_", Format)
@given(st.text(alphabet="[]{}:\",;|\\<>=@ \n\r\t'addresstitleclaim0-", max_size=200))
@settings(max_examples=60, deadline=None)
def test_no_text_ends_a_reader(format_: Format, text: str) -> None:
    found = read(text.encode(), format_)
    assert all(packed.title for _, packed in found.ready)


@pytest.mark.parametrize("name", FILES)
def test_broken_files_are_read_to_their_end(name: str) -> None:
    whole = read(FILES[name], Source.of(name, FILES[name]).format)
    most = len(whole.ready) + len(whole.refused)
    for seed in range(40):
        chance = random.Random(seed)  # noqa: S311
        data = (of_bytes if seed % 2 else of_values)(FILES[name], chance)
        found = read(data, Source.of(name, data).format)
        assert len(found.ready) + len(found.refused) <= most * 60 + 60


@pytest.mark.parametrize(
    ("name", "data", "format_"),
    [
        ("a.csv", b"", Format.CSV),
        ("A.TSV", b"", Format.CSV),
        ("a.ndjson", b"", Format.JSONL),
        ("a.jsonld", b"", Format.JSONLD),
        ("a.htm", b"", Format.HTML),
        ("a.json", b'[{"@type":"ClaimReview"}]', Format.JSONLD),
        ("a.json", b'{"@graph":[]}', Format.JSONLD),
        ("a.json", b'{"addresses":["https://a.example/"],"title":"T"}\n', Format.JSONL),
        ("a.json", b'\xef\xbb\xbf{"sidenote":"records","format":1}\n', Format.JSONL),
        ("-", b'{"@context":"https://schema.org","@type":"ClaimReview"}', Format.JSONLD),
        ("-", b"\n <!doctype html>", Format.HTML),
        ("-", b"title;address\n", Format.CSV),
        ("-", b"\xef\xbb\xbfAddress,Title\n", Format.CSV),
        ("-", b"", Format.JSONL),
        ("-", b"anything", Format.JSONL),
    ],
)
def test_a_format_shows_in_the_name_or_the_beginning(name: str, data: bytes, format_: Format) -> None:
    assert Source.of(name, data).format is format_


def test_tables_in_other_encodings() -> None:
    text = "title;address\r\nGröße;https://a.example/\r\n"
    for data in (text.encode("utf-8-sig"), text.encode("utf-16")):
        [(number, packed)] = read(data, Format.CSV).ready
        assert (number, packed.title) == (2, "Größe")
    refused = read(text.encode("latin-1") + b"T;https://b.example/\r\n", Format.CSV)
    assert [(r.number, r.key) for r in refused.refused] == [(2, "refused.not_utf8")]
    assert len(refused.ready) == 1


def test_a_line_that_is_too_long_spoils_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.services.transfer.lines.LONGEST_LINE", 80)
    good_line = b'{"addresses":["https://a.example/"],"title":"T"}'
    found = read(b"\n".join([good_line, b'{"title":"' + b"x" * 500 + b'"}', good_line]), Format.JSONL)
    assert [(r.number, r.key, r.values["length"]) for r in found.refused] == [(2, "refused.too_long", 513)]
    assert [number for number, _ in found.ready] == [1, 3]


REVIEW: dict[str, Any] = {
    "@type": "ClaimReview", "claimReviewed": "The ferry sank", "url": "https://c.example/1",
    "datePublished": "2031-02-03", "author": {"name": "Checkers"}, "reviewRating": {"alternateName": "False"},
    "itemReviewed": {"@type": "Claim", "appearance": "https://p.example/1"},
}  # fmt: skip


def markup(value: object) -> Chunk:
    """What a document of markup comes to."""
    data = json.dumps(value).encode()
    return read(data, Source.of("dump.json", data).format)


def claims_of(chunk: Chunk) -> list[tuple[str, str]]:
    """Claims with their status."""
    return [
        (c["text"], c["status"]) for _, packed in chunk.ready for c in json.loads(packed.contents).get("claims", ())
    ]


def test_a_dump_with_a_document_a_line_is_read() -> None:
    dump = [{**REVIEW, "claimReviewed": text} for text in ("A", "B")]
    data = "\n".join(json.dumps(x) for x in dump).encode()
    for name in ("dump.json", "dump.ndjson", "-"):
        assert claims_of(read(data, Source.of(name, data).format)) == [("A", "refuted"), ("B", "refuted")]


def test_reviews_inside_articles_and_claims_are_found() -> None:
    article = {"@type": "NewsArticle", "url": "https://n.example/", "isBasedOn": "https://o.example/", "review": REVIEW}
    assert claims_of(markup(article)) == [("The ferry sank", "refuted")]
    kept = {
        "@type": "WebPage",
        "url": "https://w.example/",
        "name": "N",
        "sdPublisher": {"name": "S"},
        "mainEntity": REVIEW,
    }
    assert claims_of(markup(kept)) == [("The ferry sank", "refuted")]
    claim = {"@type": "Claim", "text": "C", "appearance": "https://p.example/2", "review": [
        {k: v for k, v in REVIEW.items() if k not in {"itemReviewed", "claimReviewed"}} | {"url": f"https://c.example/{i}"}
        for i in range(2)
    ]}  # fmt: skip
    assert claims_of(markup(claim)) == [("C", "refuted")]


def test_one_bad_review_does_not_take_its_neighbours_with_it() -> None:
    found = markup([{**REVIEW, "claimReviewed": text} for text in ("A", "", "x" * 1001, "B")])
    assert [text for text, _ in claims_of(found)] == ["A", "B"]
    assert [(r.number, r.key) for r in found.refused] == [(2, "refused.no_claim_text"), (3, "refused.too_long")]


def test_an_articles_keywords_are_no_labels() -> None:
    keywords = [{"@type": "DefinedTerm", "termCode": "Q42", "name": "Foo"}] * 2
    found = markup(
        [{"@type": "NewsArticle", "url": "https://n.example/", "headline": "N", "keywords": keywords}, REVIEW]
    )
    assert (len(found.ready), found.refused) == (1, [])


def test_records_of_ours_in_a_list_or_over_several_lines_are_read() -> None:
    record = {"addresses": ["https://a.example/"], "title": "T"}
    for text in (json.dumps([record, record]), json.dumps(record, indent=2)):
        data = text.encode()
        found = read(data, Source.of("arr.json", data).format)
        assert {packed.title for _, packed in found.ready} == {"T"}
    assert [r.key for r in markup([{"neither": 1}]).refused] == ["refused.no_markup_here"]


@pytest.mark.parametrize(
    ("row", "key"),
    [
        ('https://a.example/,T,"https://b.example/, https://c.example/",', "refused.two_addresses"),
        ("https://a.example/ https://b.example/,T,,", "refused.two_addresses"),
        ("https://a.example/,T,,summary;editorial", "refused.phrase_is_label"),
    ],
)
def test_two_values_are_not_taken_for_one(row: str, key: str) -> None:
    found = read(f"address,title,more_addresses,labels\n{row}\n".encode(), Format.CSV)
    assert [r.key for r in found.refused] == [key]


def test_wide_tables_keep_what_stands_inside_cells() -> None:
    text = "address\ttitle\r\nhttps://a.example/\tT\u2028U\r\n"
    data = text.encode("utf-16")
    [(_, packed)] = read(data, Source.of("sheet.txt", data).format).ready
    assert packed.title == "T\u2028U"


@pytest.mark.parametrize(("data", "key"), [(b"\x1f\x8b\x08", "compressed"), (b"PK\x03\x04x", "workbook")])
def test_what_is_packed_is_said(data: bytes, key: str) -> None:
    with pytest.raises(UserError, match=key):
        Source.of("records.csv", data)


def test_marks_without_end_do_not_hold_a_reader_up() -> None:
    title = "a" + "\u0301\u0316" * 400_000
    data = json.dumps({"addresses": ["https://a.example/"], "title": title}).encode()
    assert [r.key for r in read(data, Format.JSONL).refused] == ["refused.too_long"]


@pytest.mark.parametrize("words", ["❌ True", "True ✘", "!true", "🚫 True"])
def test_what_says_no_beside_a_word_is_no_decoration(words: str) -> None:
    assert claims_of(markup({**REVIEW, "reviewRating": {"alternateName": words}})) == [("The ferry sank", "unverified")]
