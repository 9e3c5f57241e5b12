"""Whatever a record says, Discord accepts the note, nothing in it pings, links or is formatted by the record's text."""

import re
from datetime import UTC, datetime
from typing import Any

from discord import ui
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cogs._buttons import note_button
from bot.cogs._render import note_view
from bot.core.model import (
    Address,
    Claim,
    ClaimStatus,
    Label,
    ListName,
    LookupKey,
    MessageId,
    PartialDate,
    Publication,
    PublicationId,
    Record,
    Relation,
    SourcePublication,
)
from bot.core.note import Composer
from bot.settings import load_words
from tests.hostile import KEPT

WORDS = load_words("en")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
_DRESS = re.compile(r"^(### |-# )")
_ESCAPED = re.compile(r"\\.", re.DOTALL)
_LIVE = re.compile(r"[\\*_~`|>#\-+<@:\[\]().!]")
"""A character that Discord's markup can begin with."""

texts = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60),
    st.sampled_from(list(KEPT.values())),
    st.text(st.sampled_from("字مو👩‍\u202e\u0301*_`|~<>@#:[]()\\ \n"), min_size=1, max_size=300).map(lambda t: t * 8),
)
addresses = st.one_of(
    texts,
    st.sampled_from(
        ["https://a.example/x", "javascript:alert(1)", "http://a.example/" + "字" * 300, "ftp://a.example/"]
    ),
)
publications = st.builds(
    Publication,
    addresses=st.just((Address("https://a.example/1", LookupKey("a.example/1")),)),
    title=texts,
    labels=st.lists(
        st.builds(Label, key=st.just("x"), phrase=texts.map(lambda t: t[:300]), set=st.just(PartialDate("2025"))),
        min_size=1, max_size=5,
    ).map(tuple),
    source=st.none() | st.builds(
        SourcePublication, name=st.none() | texts, title=st.none() | texts, url=st.none() | addresses,
        relation=st.none() | st.sampled_from(Relation),
    ),
    claims=st.lists(
        st.builds(
            Claim, text=texts, attribution=st.lists(texts, max_size=9).map(tuple), status=st.sampled_from(ClaimStatus)
        ),
        max_size=12,
    ).map(tuple),
)  # fmt: skip
records = st.lists(publications, min_size=1, max_size=10).map(
    lambda many: [Record(PublicationId(i), ListName("local"), 1, p, changed=NOW) for i, p in enumerate(many, 1)]
)


def walk(components: list[Any]) -> list[Any]:
    """Every component, depth first."""
    return [x for c in components for x in (c, *walk(c.get("components") or []))]


def sent(many: list[Record], objections: str | None) -> list[Any]:
    """The components that go to Discord."""
    note = Composer(WORDS, objections).note(many, NOW)
    view = note_view(note, note_button("m1234567890123456789", MessageId(1234567890123456789)))
    assert isinstance(view, ui.LayoutView)
    untyped: Any = view
    return walk(untyped.to_components())


@settings(max_examples=150, deadline=None)
@given(records, st.none() | texts | addresses)
def test_discord_accepts_it_and_nothing_in_it_acts(many: list[Record], objections: str | None) -> None:
    components = sent(many, objections)
    shown = [c["content"] for c in components if c["type"] == 10]
    buttons = [c for c in components if c["type"] == 2]
    assert len(components) <= 40
    assert sum(map(len, shown)) <= 4000
    assert sum(len(text.encode()) + 12 for text in shown) <= 10_170
    assert all(0 < len(button["label"]) <= 34 for button in buttons)
    assert all(len(row["components"]) <= 5 for row in components if row["type"] == 1)
    for button in buttons:
        assert len(button.get("custom_id") or "") <= 100
        if "url" in button:
            assert re.match(r"https?://", button["url"])
            assert len(button["url"]) <= 512
    for line in "\n".join(shown).splitlines():
        text = _DRESS.sub("", line)
        if objections and (own := re.search(r"(<https?://\S+>|<#\d{15,20}>)$", text)):
            text = text[: own.start()]
        assert not _LIVE.search(_ESCAPED.sub("", text)), line


@given(texts.map(lambda t: t * 3))
def test_what_does_not_fit_is_counted(text: str) -> None:
    composer = Composer(WORDS)
    short = composer.short(text, 60)
    left = re.search(r"… \((\d+) more characters?\)", short)
    assert (left is not None) or len(text) <= 60
    if left:
        assert 0 < int(left[1]) < len(text) + 1
