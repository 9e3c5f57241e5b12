"""Bounds and order of notes, over records of any kind."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.labels import LabelBook, LabelKind
from bot.core.links import LinkRules
from bot.core.model import (
    Address,
    ButtonKind,
    Claim,
    ClaimStatus,
    ContextNote,
    Evidence,
    Label,
    LineKind,
    ListName,
    LookupKey,
    PartialDate,
    Publication,
    PublicationId,
    Record,
    Relation,
    SourcePublication,
    Stance,
)
from bot.core.note import Composer, is_flagged, labels_in_force, nonce
from bot.core.pages import claims_pages
from bot.settings import load_words
from tests.hostile import KEPT

WORDS = load_words("en")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
BOOK = LabelBook({"summary": LabelKind("summary", "Summary", ("A summary",))})
RULES = LinkRules()

lines = st.text(min_size=1, max_size=200).map(lambda t: " ".join(t.split()) or "x") | st.sampled_from(
    list(KEPT.values())
)
addresses = st.just("https://a.example/" + "x" * 40) | st.just("https://a.example/" + "y" * 1000)
sources = st.builds(
    SourcePublication,
    name=st.none() | lines.map(lambda t: t[:200]),
    title=st.none() | lines.map(lambda t: t[:300]),
    url=st.none() | addresses,
    published=st.none() | st.just(PartialDate("2025-11")),
    relation=st.none() | st.sampled_from(Relation),
)
evidence = st.just((Evidence("https://e.example/", PartialDate("2025"), Stance.SUPPORTS),))
claims = st.builds(
    Claim,
    text=lines.map(lambda t: t[:1000]),
    quote=st.none() | lines,
    attribution=st.lists(lines.map(lambda t: t[:200]), max_size=8).map(tuple),
    status=st.sampled_from(ClaimStatus),
    evidence=evidence,
)
labels = st.lists(lines.map(lambda t: t[:120]), min_size=1, max_size=4).map(
    lambda phrases: tuple(Label(f"l{i}", phrase) for i, phrase in enumerate(phrases))
)
publications = st.builds(
    Publication,
    addresses=st.just((Address("https://a.example/1", LookupKey("a.example/1")),)),
    title=lines.map(lambda t: t[:300]),
    labels=labels,
    source=st.none() | sources,
    claims=st.lists(claims, max_size=12).map(tuple),
    reviewed=st.none() | st.just(NOW),
)
FULL = SourcePublication("Outlet", "Title", None, PartialDate("2025-11"), Relation.EVALUATION_OF)
objections = st.none() | lines.map(lambda t: t[:100])


def record(publication: Publication, number: int = 1) -> Record:
    return Record(PublicationId(number), ListName("local"), 3, publication)


def one(**parts: object) -> ContextNote:
    """The note of one record with these parts."""
    base: dict[str, object] = {"addresses": (), "title": "T", "labels": (Label("a", "Phrase"),)}
    return Composer(WORDS).note([record(Publication(**{**base, **parts}))], NOW)  # type: ignore[arg-type]


def kinds(note: ContextNote) -> list[LineKind]:
    return [line.kind for line in note.lines]


@given(publications, objections)
def test_one_record_fits_ten_lines_and_nine_hundred_characters(publication: Publication, where: str | None) -> None:
    note = Composer(WORDS, where).note([record(publication)], NOW)
    assert len(note.lines) <= 10
    assert sum(len(line.text) for line in note.lines) <= 900
    assert kinds(note).count(LineKind.LABEL) == len(publication.labels)
    assert note.lines[0].kind is LineKind.TITLE
    assert note.lines[-1].kind is LineKind.FOOT
    assert all("\n" not in line.text and line.text for line in note.lines[1:])


@given(st.lists(publications, min_size=2, max_size=6), objections)
def test_several_records_keep_their_labels_and_show_no_claims(found: list[Publication], where: str | None) -> None:
    note = Composer(WORDS, where).note([record(p, i) for i, p in enumerate(found)], NOW)
    assert LineKind.CLAIM not in kinds(note)
    assert kinds(note).count(LineKind.TITLE) == min(3, len(found))
    assert kinds(note).count(LineKind.LABEL) == sum(len(p.labels) for p in found[:3])
    assert sum(len(line.text) for line in note.lines) <= 1900
    assert len(note.buttons) <= 5
    assert len(note.records) == len(found)


@given(st.lists(publications, min_size=1, max_size=3))
def test_pages_of_claims_fit_a_message_and_leave_nothing_out(found: list[Publication]) -> None:
    pages = claims_pages([record(p) for p in found], Composer(WORDS), BOOK, NOW)
    assert all(page and sum(len(line.text) for line in page) <= 2500 for page in pages)
    shown = [line for page in pages for line in page if line.kind is LineKind.CLAIM]
    assert len(shown) == sum(len(p.claims) for p in found)


def test_claims_give_way_before_anything_else() -> None:
    long = tuple(Claim("word " * 60, attribution=("A " * 40,)) for _ in range(5))
    labels = tuple(Label(f"l{i}", "p" * 120) for i in range(4))
    note = one(claims=long, labels=labels, source=SourcePublication(title="The Original", name="Outlet"))
    assert kinds(note).count(LineKind.LABEL) == 4
    assert kinds(note).count(LineKind.CLAIM) < 3
    assert any("The Original" in line.text for line in note.lines)


@pytest.mark.parametrize(
    ("statuses", "says"),
    [
        (["unverified"], "1 claim recorded, nobody has verified it:"),
        (["unverified", "unverified"], "2 claims recorded, nobody has verified them:"),
        (["unverified", "supported"], "2 claims recorded, 1 of them unverified:"),
        (["supported", "refuted"], "2 claims recorded, all with evidence:"),
    ],
)
def test_the_count_says_how_many_stand_unverified(statuses: list[str], says: str) -> None:
    note = one(claims=tuple(Claim(f"c{i}", status=ClaimStatus(s)) for i, s in enumerate(statuses)))
    assert says in [line.text for line in note.lines]


@pytest.mark.parametrize(
    ("source", "says"),
    [
        (FULL, "Evaluation of “Title”, Outlet, 2025-11"),
        (SourcePublication(name="Outlet", relation=Relation.COMMENT_ON), "Comment on Outlet"),
        (SourcePublication(url="https://x.example/"), "About a publication whose title is not recorded"),
    ],
)
def test_the_original_is_named_as_far_as_it_is_known(source: SourcePublication, says: str) -> None:
    assert says in [line.text for line in one(source=source).lines]


def test_the_original_is_linked_only_where_discord_takes_the_address() -> None:
    assert ButtonKind.ORIGINAL in [b.kind for b in one(source=SourcePublication(url="https://x.example/")).buttons]
    long = SourcePublication(url="https://x.example/" + "y" * 500)
    assert ButtonKind.ORIGINAL not in [b.kind for b in one(source=long).buttons]


def test_objections_go_where_the_guild_says() -> None:
    publication = Publication((), "T", labels=(Label("a", "P"),))
    note = Composer(WORDS, "#appeals").note([record(publication)], NOW)
    assert note.lines[-1].text == "The operator's list · version 3 · not reviewed yet · Objections: #appeals"


@pytest.mark.parametrize(
    ("until", "holds"),
    [(None, True), ("2025", False), ("2025-12-31", False), ("2026", True), ("2026-01", True), ("2026-01-01", True)],
)
def test_a_label_holds_to_the_end_of_its_last_day(until: str | None, holds: bool) -> None:  # noqa: FBT001
    publication = Publication((), "T", labels=(Label("a", "P", until=PartialDate(until) if until else None),))
    assert bool(labels_in_force(publication, NOW)) is holds
    assert is_flagged(publication, NOW) is holds


@pytest.mark.parametrize(
    ("start", "end", "flagged"),
    [(None, None, True), (2027, None, False), (None, 2025, False), (2025, 2027, True), (None, 2026, False)],
)
def test_a_record_is_in_force_from_its_first_moment_to_before_its_last(
    start: int | None,
    end: int | None,
    flagged: bool,  # noqa: FBT001
) -> None:
    times = [datetime(year, 1, 1, tzinfo=UTC) if year else None for year in (start, end)]
    publication = Publication((), "T", labels=(Label("a", "P"),), valid_from=times[0], valid_until=times[1])
    assert is_flagged(publication, NOW) is flagged


def test_no_line_calls_a_claim_false_or_blames_anybody() -> None:
    said = " ".join([*WORDS.under("note").values(), *WORDS.under("status").values(), *WORDS.under("why").values()])
    for word in ("false", "fake", "lie", "wrong", "misinformation", "offender"):
        assert word not in said.lower()


@given(st.integers(0, 2**64 - 1), st.integers(1, 99))
def test_a_nonce_fits_discord_and_tells_attempts_apart(message_id: int, attempt: int) -> None:
    assert len(nonce(message_id, "note", attempt)) <= 25
    assert nonce(message_id, "note", attempt) != nonce(message_id, "note", attempt + 1)
