import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.model import Found
from bot.core.shape import custom_ids, message_texts

URL = "https://a.example/x"
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(
        ["content", "embeds", "components", "message_snapshots", "message", "poll", "question", "answers", "poll_media",
         "text", "url", "attachments", "description", "type", "accessory", "custom_id", "author", "fields"]), inner),
    max_leaves=30,
)  # fmt: skip

PLACES = [
    ({"content": URL}, Found.CONTENT),
    ({"message_snapshots": [{"message": {"content": URL}}]}, Found.FORWARD),
    ({"components": [{"type": 1, "components": [{"type": 2, "style": 5, "url": URL}]}]}, Found.BUTTON),
    ({"components": [{"type": 17, "components": [{"type": 10, "content": URL}]}]}, Found.COMPONENT),
    ({"components": [{"type": 9, "components": [], "accessory": {"type": 2, "url": URL}}]}, Found.BUTTON),
    ({"poll": {"question": {"text": URL}}}, Found.POLL),
    ({"poll": {"answers": [{"poll_media": {"text": URL}}]}}, Found.POLL),
    ({"attachments": [{"description": URL}]}, Found.ATTACHMENT),
]
EMBEDS = [
    {"url": URL},
    {"title": URL},
    {"description": URL},
    {"fields": [{"name": "n", "value": URL}]},
    {"footer": {"text": URL}},
    {"author": {"url": URL}},
]


@pytest.mark.parametrize(("message", "found"), PLACES, ids=lambda x: str(x)[:40])
def test_a_text_is_found_wherever_it_hides(message: dict[str, object], found: Found) -> None:
    assert [(part.text, part.found) for part in message_texts(message, embeds=False)] == [(URL, found)]


@pytest.mark.parametrize("embed", EMBEDS, ids=str)
def test_embeds_count_only_where_their_author_wrote_them(embed: dict[str, object]) -> None:
    assert URL in [part.text for part in message_texts({"embeds": [embed]}, embeds=True)]
    assert message_texts({"embeds": [embed]}, embeds=False) == ()


@given(st.dictionaries(st.text(), JSON) | JSON.filter(lambda value: isinstance(value, dict)), st.booleans())
def test_any_json_has_some_texts(message: dict[str, object], embeds: bool) -> None:  # noqa: FBT001
    assert all(part.text for part in message_texts(message, embeds=embeds))
    assert all(isinstance(i, str) for i in custom_ids(message))
