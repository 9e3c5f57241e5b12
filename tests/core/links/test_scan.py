import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.links import scan

U, V = "https://a.example/x", "https://b.example/y"

TABLE = [
    (U, [U]),
    (f"see {U}.", [U]),
    (f"({U})", [U]),
    (f"(see {U}_(y))", [f"{U}_(y)"]),
    (f"{U}, {V}!", [U, V]),
    (f"<{U}>", [U]),
    (f"<{U}><{V}>", [U, V]),
    (f"||{U}||", [U]),
    (f"**{U}**", [U]),
    (f"*{U}*", [U]),
    (f"_{U}_", [U]),
    (f"__{U}__", [U]),
    (f"~~{U}~~", [U]),
    (f"> {U}", [U]),
    (f"# {U}", [U]),
    (f"[text]({U})", [U]),
    (f"[text](<{U}>)", [U]),
    (f'[text]({U} "title")', [U]),
    (f"[{U}]({V})", [U, V]),
    (f"[t]({U}_(y))", [f"{U}_(y)"]),
    (f"„{U}“", [U]),
    (f"{U}。", [U]),
    (f"{U}\u200b", [U]),
    (f"字{U} 字", [U]),
    (U.replace("https", "HTTPS"), [U.replace("https", "HTTPS")]),
    (f"`{U}`", []),
    (f"``{U} ` ``", []),
    (f"```\n{U}\n```", []),
    (f"```py\n{U}\n``` {V}", [V]),
    (f"`code` {U} `code`", [U]),
    (f"` {U}", [U]),
    (f"``` {U}", [U]),
    (f"\\`{U}", [U]),
    ("https:// nothing", []),
    ("http:/a.example", []),
    ("a.example/x", []),
    ("", []),
]


@pytest.mark.parametrize(("text", "urls"), TABLE, ids=lambda x: str(x)[:30])
def test_links_are_found_where_discord_makes_them(text: str, urls: list[str]) -> None:
    assert [span.url for span in scan(text)] == urls


def test_a_masked_link_is_known_as_one() -> None:
    assert [(s.url, s.masked) for s in scan(f"[{U}]({V})")] == [(U, False), (V, True)]


PIECES = ["https://", "a.example", "`", "```", "[", "](", ")", "<", ">", "|", "\\", "\n", " ", "_", "*", "字"]


@given(st.lists(st.sampled_from(PIECES)).map("".join) | st.text())
def test_scan_never_raises_and_finds_only_what_stands_there(text: str) -> None:
    for span in scan(text):
        assert text.startswith(span.url, span.start)
