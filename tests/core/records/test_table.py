"""Records as CSV: the way there and back, what office programs make of a file, and what is refused where."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import BadRecord
from bot.core.model import ListName, Publication, PublicationId, Record, Work
from bot.core.records import COLUMNS, TableEntry, header_row, read_columns, read_table, record_of, table_rows
from bot.core.records import what_is_lost as lost
from tests.core.records.test_read_write import FULL, SMALL, WORDS, read
from tests.hostile import KEPT

URL = "https://a.example/x"
HEAD = "address,title,claim,quote"


def rows_of(publication: Publication) -> list[tuple[str, ...]]:
    return list(table_rows(Record(PublicationId(1), ListName("local"), 1, publication)))


def written(rows: Iterable[Iterable[str]], delimiter: str = ",", end: str = "\n") -> str:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, lineterminator=end).writerows(rows)
    return file.getvalue()


def entries(text: str) -> list[TableEntry]:
    return list(read_table(io.StringIO(text, newline="")))


def objects(text: str) -> list[dict[str, Any]]:
    found = [entry.value for entry in entries(text)]
    assert not any(isinstance(value, BadRecord) for value in found), found
    return found  # type: ignore[return-value]


def refusals(text: str) -> list[str]:
    return [entry.value.told(WORDS) for entry in entries(text) if isinstance(entry.value, BadRecord)]


def back(publication: Publication, delimiter: str = ",", end: str = "\n") -> Publication:
    [found] = objects(written([header_row(), *rows_of(publication)], delimiter, end))
    return read(found)


def test_a_full_record_is_a_row_a_claim_and_comes_back_as_the_same_object() -> None:
    first, second = rows_of(read(FULL))
    assert dict(zip(COLUMNS, first, strict=True)) == {
        "address": URL,
        "more_addresses": "https://b.example/y",
        "title": "Größe 字",
        "language": "pt-BR",
        "labels": "summary; A phrase of the page's own; 2025-11; 2027",
        "source_name": "N",
        "source_title": "S",
        "source_url": "https://s.example/",
        "source_published": "2025-11-19",
        "source_relation": "comment_on",
        "works": "W; https://w.example/ | V",
        "claim": "C",
        "quote": "Q\nR",
        "attribution": "A | B",
        "status": "disputed",
        "evidence": "https://e.example/; 2025; supports",
        "verdict_by": "D",
        "verdict_words": "Half",
        "verdict_url": "https://v.example/",
        "verdict_date": "2025-12",
        "recorded": "2026-01-01T00:00:00Z",
        "reviewed": "2026-01-02T00:00:00Z",
        "valid_from": "2026-01-01T00:00:00Z",
        "valid_until": "2027-01-01T00:00:00Z",
        "list": "local",
    }
    assert {c: v for c, v in zip(COLUMNS, second, strict=True) if v} == {
        "address": URL,
        "claim": "D",
        "status": "unverified",
    }
    [found] = objects(written([header_row(), first, second]))
    assert found == {**FULL, "addresses": [a["url"] for a in FULL["addresses"]]}


def test_a_record_without_claims_has_one_row() -> None:
    assert [[cell for cell in row if cell] for row in rows_of(read(SMALL))] == [[URL, "T", "local"]]
    assert back(read(SMALL)) == read(SMALL)


PIECES = [
    "|",
    " | ",
    ";",
    "; ",
    "\\",
    "\\|",
    "\\;",
    "'",
    "=",
    "+",
    "-",
    "@",
    "\t",
    '"',
    ",",
    "\n",
    "\r\n",
    "\u2028",
    "＝",
]
words = st.lists(
    st.sampled_from([*PIECES, *(text for text in KEPT.values() if len(text) < 100)]) | st.text(max_size=3), max_size=6
).map("".join)
texts = words.map(lambda text: text.replace("\x00", "")[:100] + "x") | words.map(lambda text: "=x" + text[:100])
dates = st.sampled_from(["2025", "2025-11", "2025-11-19"])
times = st.sampled_from(["2026-01-01T00:00:00Z", "0001-12-31T23:59:59Z"])
urls = st.sampled_from(["a", "b;c=1", "d|e", "f\\g", "h?x=1;y=2|3", "=1"]).map(lambda end: f"https://u.example/{end}")


def some(needed: dict[str, Any], optional: dict[str, Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(needed, optional=optional)


evidence = some({"url": urls, "date": dates, "stance": st.sampled_from(["supports", "contradicts"])}, {})
claims = some(
    {"text": texts},
    {
        "quote": texts,
        "attribution": st.lists(texts, max_size=3),
        "evidence": st.lists(evidence, max_size=3),
        "verdict": some({"by": texts, "words": texts}, {"url": urls, "date": dates}),
    },
) | some({"text": texts, "status": st.just("refuted"), "evidence": st.lists(evidence, min_size=1, max_size=2)}, {})
labels = st.sampled_from(["summary", "opinion"]).flatmap(
    lambda key: some({"key": st.just(key)}, {"phrase": texts, "set": dates, "until": dates})
)
relations = st.sampled_from(["summary_of", "evaluation_of", "comment_on"])
records = some(
    {"addresses": st.lists(urls, min_size=1, max_size=4), "title": texts},
    {
        "language": st.just("pt-BR"),
        "labels": st.lists(labels, max_size=2, unique_by=lambda label: label["key"]),
        "source": some({}, {"name": texts, "title": texts, "url": urls, "published": dates, "relation": relations}),
        "works": st.lists(some({"name": texts}, {"url": urls}), max_size=3),
        "claims": st.lists(claims, max_size=3),
        "recorded": times,
        "reviewed": times,
        "valid_from": times,
        "valid_until": times,
    },
)


def storable(value: dict[str, Any]) -> Publication | None:
    try:
        return read(value)
    except BadRecord:
        return None


publications: st.SearchStrategy[Publication] = records.map(storable).filter(lambda p: p is not None)  # type: ignore[assignment]


@given(publications, st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n"]))
def test_every_record_comes_back_whatever_separates_cells_and_lines(record: Publication, mark: str, end: str) -> None:
    assert list(lost(record)) == []
    assert back(record, mark, end) == record


@given(publications)
def test_no_cell_begins_a_formula(record: Publication) -> None:
    assert not [cell for row in rows_of(record) for cell in row if cell[:1] and cell[0] in "=+-@\t\r＝＋－＠"]


@pytest.mark.parametrize("text", KEPT.values(), ids=KEPT)
def test_hostile_text_comes_back(text: str) -> None:
    claim = {"text": text[:1000], "quote": text[:2000], "attribution": [text[:200], "b"]}
    record = read({**SMALL, "title": text[:300], "works": [{"name": text[:300]}], "claims": [claim]})
    assert back(record, ";", "\r\n") == record


def test_what_cannot_come_back_is_named() -> None:
    works = tuple(Work("x" * 300, f"https://w.example/{i:04}" + "y" * 1500) for i in range(200))
    record = replace(read(FULL), works=works)
    assert list(lost(record)) == ["works"]
    [said] = refusals(written([header_row(), *rows_of(record)[:1]]))
    assert said == "line 2: a cell is longer than 131072 characters."


@pytest.mark.parametrize(
    ("plain", "cell"),
    [
        ("=1+1", "'=1+1"),
        ("+1", "'+1"),
        ("- 5 %", "'- 5 %"),
        ("@x", "'@x"),
        ("'=x", "''=x"),
        ("''@", "'''@"),
        ("'s-Hertogenbosch", "'s-Hertogenbosch"),
        ("1-1", "1-1"),
        ("＝1", "'＝1"),
    ],
)
def test_an_apostrophe_keeps_a_formula_from_acting_and_goes_again(plain: str, cell: str) -> None:
    record = read({**SMALL, "title": plain})
    assert rows_of(record)[0][COLUMNS.index("title")] == cell
    assert back(record).title == plain


def test_typed_cells_are_read_as_they_are_meant() -> None:
    found = record_of(
        [
            {
                "address": f"  {URL} ",
                "title": "=T",
                "labels": "summary|opinion ;; 2025 | This publication is an opinion piece ",
                "works": "C:\\new; https://w.example/a\\;b | | A \\| B",
                "attribution": "A | | B\\\\ | ",
                "claim": "C",
                "status": "Disputed",
                "evidence": "https://e.example/; 2025 ; Supports ; ",
                "source_relation": "Summary_Of",
                "language": "  ",
            }
        ]
    )
    assert found == {
        "addresses": [URL],
        "title": "=T",
        "labels": ["summary", {"key": "opinion", "set": "2025"}, "This publication is an opinion piece"],
        "works": [{"name": "C:\\new", "url": "https://w.example/a;b"}, {"name": "A | B"}],
        "source": {"relation": "summary_of"},
        "claims": [
            {
                "text": "C",
                "attribution": ["A", "B\\"],
                "status": "disputed",
                "evidence": [{"url": "https://e.example/", "date": "2025", "stance": "supports"}],
            }
        ],
    }


T = {"addresses": [URL], "title": "T"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("\n\n", []),
        (f"address,title\n{URL},T", [T]),
        (f"\ufeffaddress,title\r\n{URL},T\r\n", [T]),
        (f'\ufeff"address","title"\n"{URL}","T"\n', [T]),
        (f"address;title;claim\n{URL};T;3,5 % more\n", [{**T, "claims": [{"text": "3,5 % more"}]}]),
        (f"sep=;\r\naddress;title\r\n{URL};T\r\n", [T]),
        (f'\ufeff"sep=\t"\naddress\ttitle\n{URL}\tT\n', [T]),
        (f"sep=|\naddress|title\n{URL}|T\n", [T]),
        (f"address\ttitle\n{URL}\tT, or U; V\n", [{**T, "title": "T, or U; V"}]),
        (f"\n\nTitle , LANGUAGE,Address,Source name\nT,en,{URL},N\n",
         [{**T, "language": "en", "source": {"name": "N"}}]),
        (f'{HEAD}\n{URL},T,C,"a\nb\n\nc"\n', [{**T, "claims": [{"text": "C", "quote": "a\nb\n\nc"}]}]),
        (f'{HEAD}\n{URL},"A ""T""", "C, D",\n', [{**T, "title": 'A "T"', "claims": [{"text": "C, D"}]}]),
        (f"address,title,,\n{URL},T,,\n", [T]),
        (f"address,,title\n{URL},,T,,,\n", [T]),
        (f"{HEAD}\n{URL},T\n", [T]),
        (f"{HEAD}\n,,,\n\n{URL},T,C\n , ,,\n{URL},,D\n", [{**T, "claims": [{"text": "C"}, {"text": "D"}]}]),
        (f"{HEAD}\n{URL},T,C\n{URL},T,D\n", [{**T, "claims": [{"text": "C"}, {"text": "D"}]}]),
        (f"{HEAD}\n{URL},,C\n{URL},T\n", [{**T, "claims": [{"text": "C"}]}]),
        (f"address,title\n{URL},T\nhttps://b.example/,U\n{URL},T\n",
         [T, {"addresses": ["https://b.example/"], "title": "U"}, T]),
    ],
)  # fmt: skip
def test_files_of_many_programs_are_read(text: str, expected: list[object]) -> None:
    assert objects(text) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("addresses,title\n", "addresses, line 1: is not known; known are: address, more_addresses, title,"),
        ('{"sidenote":"records"}\n', '{"sidenote":"records"}, line 1: is not known'),
        ("\nADDRESS,title,Address\n", "address, line 2: the column stands there twice."),
        ("address,claim\n", "title, line 1: the file has no such column; address and title must be there."),
        ('"address\n', "line 1: the quotation marks do not fit"),
        (f"{HEAD}\n\n{URL},T,C,Q,more\n", "line 3: cell 5 stands under no column's name."),
        (f"address,,title\n{URL},x,T\n", "line 2: cell 2 stands under no column's name."),
        (f'{HEAD}\n{URL},T,C,"Q\nR"\n{URL},U,D\n', "title, line 4: differs from a row above of the same record"),
        (f'{HEAD}\n{URL},T,C,"never closed\n', "line 2: the quotation marks do not fit"),
        (f'{HEAD}\n{URL},"T"x\n', "line 2: the quotation marks do not fit"),
        (f"{HEAD}\n{URL},{'x' * 131073}\n", "line 2: a cell is longer than 131072 characters."),
        (f"{HEAD}\n,T,C\n", "address, line 2: is needed in every row"),
        (f"{HEAD}\n{URL},T,C\n,,D\n,,E\n", "address, line 3: is needed in every row"),
        (f"address,title,labels\n{URL},T,summary;a;2025;2026;x\n", "labels, line 2: a value has at most 4 parts"),
        (f"address,title,claim,evidence\n{URL},T,C\n{URL},,D,https://e.example/;2025;supports;x\n",
         "evidence, line 3: a value has at most 3 parts"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_with_line_and_reason(text: str, said: str) -> None:
    [refused] = refusals(text)
    assert refused.startswith(said)
    assert refused.endswith(".")


def test_a_refused_record_keeps_its_rows_and_the_others_are_read() -> None:
    text = f'{HEAD}\n{URL},T,C\n{URL},"b"ad\n{URL},,D\nhttps://b.example/,U\nhttps://c.example/,"b"ad\n'
    first, second, third = entries(text)
    assert [first.line, second.line, third.line] == [2, 5, 6]
    assert isinstance(first.value, BadRecord)
    assert first.value.line == 3
    assert first.rows == [[URL, "T", "C"], [f'{URL},"b"ad\n'], [URL, "", "D"]]
    assert second.value == {"addresses": ["https://b.example/"], "title": "U"}
    assert isinstance(third.value, BadRecord)
    [again] = entries(written([second.columns, *second.rows]))
    assert again.value == second.value


def test_a_record_with_merged_cells_is_refused_as_a_whole() -> None:
    first, second = entries(f"{HEAD}\n{URL},T,C\n,,D\n,,E\nhttps://b.example/,U\n")
    assert isinstance(first.value, BadRecord)
    assert (first.lines, second.lines) == ([2, 3, 4], [5])


def test_an_unreadable_header_is_handed_back_as_it_stands() -> None:
    [entry] = entries('sep=;\n"address;title\nx')
    assert entry.rows == [['"address;title\nx']]
    assert entry.line == 2


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"address": "ftp://x"}, "address, line 2: must be a web address"),
        ({"title": ""}, "title, line 2: is required"),
        ({"title": "a\x00b"}, "title, line 2: the character U+0000 at position 2"),
        ({"more_addresses": "https://b.example/ | x"}, "more_addresses, line 2: must be a web address"),
        ({"labels": "summary | nothing"}, "labels, line 2: no label has this key or phrase"),
        ({"labels": "nothing; x"}, "labels, line 2: is no known label"),
        ({"source_url": "x"}, "source_url, line 2: must be a web address"),
        ({"works": "W; x"}, "works, line 2: must be a web address"),
        ({"valid_until": "2026"}, "valid_until, line 2: must be a time in UTC"),
        ({"list": "No!"}, "list, line 2: must be a list's name"),
        ({"2": {"status": "wrong"}}, "status, line 4: must be one of"),
        ({"2": {"claim": "", "quote": "q"}}, "claim, line 4: is required"),
        ({"2": {"evidence": "https://e.example/; 2025"}}, "evidence, line 4: needs a date and a stance"),
        ({"2": {"verdict_by": "x"}}, "verdict_words, line 4: is required"),
        ({"2": {"verdict_by": "x", "verdict_words": "y", "verdict_date": "z"}}, "verdict_date, line 4: must be a date"),
        ({"2": {"attribution": "a | b\x00"}}, "attribution, line 4: the character U+0000"),
        ({"2": {"language": "not a language"}}, "language, line 4: must be a language tag"),
    ],
)
def test_what_the_record_is_refused_for_is_found_in_the_file(row: dict[str, Any], said: str) -> None:
    lines: list[dict[str, str]] = [
        {"address": URL, "title": "T"},
        {"address": URL, "claim": "C"},
        {"address": URL, "claim": "D"},
    ]
    lines[0] |= {key: value for key, value in row.items() if key != "2"}
    for later in lines[1:]:
        later["address"] = lines[0]["address"]
    lines[2] |= row.get("2", {})
    [entry] = entries(written([COLUMNS, *([line.get(column, "") for column in COLUMNS] for line in lines)]))
    with pytest.raises(BadRecord) as refused:
        read(entry.value)
    assert entry.located(refused.value).told(WORDS).startswith(said)


def test_columns_are_known_by_their_names_in_any_dress() -> None:
    assert read_columns(["\ufeff Title", "ADDRESS", "source-Name", "More  addresses", ""]) == (
        "title", "address", "source_name", "more_addresses", "",
    )  # fmt: skip


def test_a_file_is_read_no_further_than_it_must() -> None:
    def lines() -> Iterator[str]:
        yield "address,title\n"
        yield from (f"https://a.example/{i},T\n" for i in range(3))
        raise AssertionError("nobody asked for more")

    found = read_table(lines())
    assert [next(found).line, next(found).line] == [2, 3]


BITS = [*COLUMNS, *PIECES, "\r", "\ufeff", "sep=;", "\x00", URL, "summary", "\ud800", "2025"]


@given(
    st.sampled_from(["", "address,title,claim,labels,works,evidence\n", "address;title;attribution;status;quote\r\n"]),
    st.lists(st.sampled_from(BITS) | st.text(st.characters(codec=None), max_size=4), max_size=30).map("".join),
)
def test_any_text_is_read_or_refused_in_words(head: str, text: str) -> None:
    for lines in (io.StringIO(head + text, newline=""), (head + text).split("\n"), [head + text]):
        for entry in read_table(lines):
            value = entry.value
            if not isinstance(value, BadRecord):
                try:
                    read(value)
                except BadRecord as bad:
                    value = entry.located(bad)
                else:
                    continue
            assert value.told(WORDS).endswith(".")
            assert value.line is not None
            assert value.line >= entry.line
