"""Laws of keys that hold for any page: what never changes a key, what always does, and that wrapping is undone."""

import base64
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.links import keys_of_url, lookup_key, read_keys, read_links
from bot.core.model import Found, TextPart
from bot.settings import load_links, shipped
from tests.benchmarks import fuzz

RULES = load_links(Path("/nonexistent"))
PAGES = st.from_regex(
    r"https://(?:www\.)?[a-z]{3,8}\.example/(?:[a-z0-9]{1,6}/){0,3}[a-z]{2,6}-[a-z]{2,6}(?:\?id=[0-9]{1,4})?",
    fullmatch=True,
)
WORDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789", min_size=1, max_size=8)
TRACKING = [
    "utm_source", "utm_anything", "fbclid", "gclid", "msclkid", "mc_cid", "mc_eid", "_hsenc", "mkt_tok", "igshid",
    "twclid", "ttclid", "yclid", "mtm_campaign", "pk_kwd", "at_medium", "wt_mc", "vero_id", "_openstat", "srsltid",
]  # fmt: skip
IDENTITY = ["id", "p", "v", "story", "article", "t", "q", "s", "doc", "item", "news", "page_id", "post", "a", "n", "nr"]
WRAPPERS: list[Callable[[str], str]] = [
    lambda url: f"https://www.google.com/url?sa=t&url={quote(url, safe='')}&usg=x",
    lambda url: f"https://l.facebook.com/l.php?u={quote(url, safe='')}&h=AT0",
    lambda url: f"https://web.archive.org/web/20310102030405/{url}",
    lambda url: f"https://web.archive.org/web/2031id_/{url}",
    lambda url: f"https://archive.ph/2031.01.02-030405/{url}",
    lambda url: f"https://href.li/?{url}",
    lambda url: f"https://eur01.safelinks.protection.outlook.com/?url={quote(url, safe='')}&data=05",
    lambda url: f"https://www.bing.com/ck/a?!&&p=1&u=a1{base64.urlsafe_b64encode(url.encode()).decode().rstrip('=')}",
    lambda url: f"https://urldefense.com/v3/__{url}__;!!AbC!x$",
    lambda url: f"https://t.me/share/url?url={quote(url, safe='')}&text=x",
    lambda url: f"https://wa.me/?text={quote('Read this: ' + url)}",
    lambda url: f"https://duckduckgo.com/l/?uddg={quote(quote(url, safe=''), safe='')}",
    lambda url: f"https://r.jina.ai/{url}",
    lambda url: f"https://twitter.com/intent/tweet?url={quote(url, safe='')}",
]


@given(PAGES, st.sampled_from(TRACKING), WORDS)
def test_a_tracking_parameter_never_changes_a_key(page: str, name: str, value: str) -> None:
    assert lookup_key(f"{page}{'&' if '?' in page else '?'}{name}={value}", RULES) == lookup_key(page, RULES)


@given(PAGES, st.sampled_from(IDENTITY), WORDS, WORDS)
def test_an_identity_parameter_always_does(page: str, name: str, value: str, other: str) -> None:
    page = page.partition("?")[0]
    keys = {lookup_key(f"{page}?{name}={each}", RULES) for each in (value, other)}
    assert len(keys) == len({value, other})
    assert lookup_key(page, RULES) not in keys


@given(PAGES, st.lists(st.sampled_from(range(len(WRAPPERS))), min_size=1, max_size=4))
def test_what_is_wrapped_up_to_four_deep_is_the_page_itself(page: str, layers: list[int]) -> None:
    wrapped = page
    for layer in layers:
        wrapped = WRAPPERS[layer](wrapped)
    assert lookup_key(wrapped, RULES) == lookup_key(page, RULES)


@pytest.mark.parametrize("layer", range(len(WRAPPERS)))
@given(page=PAGES)
def test_a_look_alike_of_a_wrapper_carries_nothing(layer: int, page: str) -> None:
    wrapped = WRAPPERS[layer](page)
    host = re.match(r"https://([^/]+)", wrapped)
    assert host is not None
    for alike in (f"{host[1]}.evil.example", f"x{host[1].replace('.', '-')}.example"):
        assert lookup_key(page, RULES) not in keys_of_url(wrapped.replace(host[1], alike, 1), RULES)


@pytest.mark.parametrize(
    "url",
    [
        "https://digest-example.xtranslate.goog/2031/a?x=1",
        "https://digest.example.xnyud.net/2031/a?x=1",
        "https://eur01.xsafelinks.protection.outlook.com/?url=https%3A%2F%2Fdigest.example%2F2031%2Fa%3Fx%3D1",
        "https://digest-example.xcdn.ampproject.org/c/s/digest.example/2031/a?x=1",
        "https://google.evil.example/url?q=https%3A%2F%2Fdigest.example%2F2031%2Fa%3Fx%3D1",
        "https://google.com.evil.example/url?q=https%3A%2F%2Fdigest.example%2F2031%2Fa%3Fx%3D1",
    ],
)
def test_a_wrappers_name_ends_at_a_full_stop(url: str) -> None:
    assert "digest.example/2031/a?x=1" not in keys_of_url(url, RULES)


@pytest.mark.parametrize(
    "page",
    [
        "https://digest.example/" + "index.html/" * 9,
        "https://digest.example/a?x=%2%E2%80%8B127",
        "https://digest.example/a%2%E2%80%8B127",
        "https://digest.example/a%20/",
        "https://digest.example/a/..%20",
        "https://digest.example/a%20;jsessionid=1",
        "https://digest.example/2031/04/x%20/amp",
        "https://open.spotify.com//embed/track/x/index.html",
        "https://digest.example/a;jsessionid=1.;jsessionid=2/b",
    ],
)
def test_folding_leaves_nothing_to_fold(page: str) -> None:
    key = lookup_key(page, RULES)
    assert key is not None
    assert lookup_key(f"https://{key}", RULES) == key


@given(PAGES)
def test_the_key_of_a_key_is_itself(page: str) -> None:
    key = lookup_key(page, RULES)
    assert key is not None
    assert lookup_key(f"https://{key}", RULES) == key


@given(st.text() | st.text(st.characters(codec=None)))
@example("http://[foo")
@example("http://a:99999/")
@example("https://xn--/")
@example("https://\ud800.example/")
def test_whatever_is_typed_has_an_answer(text: str) -> None:
    parts = (TextPart(Found.CONTENT, text),)
    assert set(read_keys(parts, RULES)) == {key for link in read_links(parts, RULES) for key in link.keys}


def test_hostile_messages_raise_nothing_and_agree_with_themselves() -> None:
    assert list(fuzz.run(seed=7, count=1500)) == []


def test_each_row_of_wrappers_unwraps_its_example() -> None:
    examples, row = [], ""
    for line in shipped("links.toml").read_text("utf-8").splitlines():
        if line.startswith("# e.g. "):
            examples.append(line.removeprefix("# e.g. ").split()[0])
        elif line.startswith("[wrappers."):
            assert examples, f"{line} has no example"
            row = line
            for url in examples:
                assert "digest.example/2031/a?x=1" in keys_of_url(url, RULES), (row, url)
            examples = []
    assert row


def test_keys_know_the_rules_that_made_them(tmp_path: Path) -> None:
    (tmp_path / "links.toml").write_text("[shorteners.mine]\nhosts = ['s.example']\n", "utf-8")
    assert load_links(tmp_path).version == RULES.version, "shorteners make no keys"
    (tmp_path / "links.toml").write_text("[tracking.mine]\nparameters = ['x']\n", "utf-8")
    assert load_links(tmp_path).version != RULES.version
