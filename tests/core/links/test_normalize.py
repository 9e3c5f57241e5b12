import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.links import LinkRules, StepKind, Trail, keys_of_url, lookup_key

RULES = LinkRules.from_parameters(["utm_*", "fbclid"])

SAME = [
    ("https://Example.ORG/a/", "example.org/a", "host case, trailing slash"),
    ("http://example.org/a", "example.org/a", "scheme"),
    ("https://www.example.org/a", "example.org/a", "www."),
    ("https://example.org./a", "example.org/a", "trailing dot of the host"),
    ("https://example.org:443/a", "example.org/a", "default port"),
    ("http://example.org:80/a", "example.org/a", "default port of http"),
    ("https://user:secret@example.org/a", "example.org/a", "user info"),
    ("https://example.org/a#part", "example.org/a", "fragment"),
    ("https://example.org/a?", "example.org/a", "empty query"),
    ("https://example.org/a?utm_source=x&fbclid=y", "example.org/a", "tracking parameters"),
    ("https://example.org/a?UTM_Source=x&id=1", "example.org/a?id=1", "tracking in capitals, identity kept"),
    ("https://example.org/x/../a", "example.org/a", "dot segments"),
    ("https://ＥＸＡＭＰＬＥ.org/a", "example.org/a", "full-width letters"),
    ("https://münchen.example/a", "xn--mnchen-3ya.example/a", "IDN"),
    ("https://www.com/a", "www.com/a", "a site that is called www"),
    ("https://example.org", "example.org", "front page"),
]
DIFFERENT = [
    ("https://example.org/a", "https://example.org/A", "path case"),
    ("https://example.org/a", "https://example.org:8443/a", "port"),
    ("https://example.org/a?id=1", "https://example.org/a?id=2", "identity parameter"),
    ("https://example.org/a", "https://example.org/a/b", "a longer path"),
    ("https://example.org/a", "https://sub.example.org/a", "another host"),
    ("https://example.org/a", "https://example.org.evil.example/a", "a look-alike host"),
    ("https://example.org/a", "https://example.org@evil.example/a", "the host as user info"),
    ("https://example.org/a", "https://еxample.org/a", "a mixed-script host"),
]
NO_PAGE = [
    "",
    "example.org",
    "ftp://example.org/",
    "mailto:a@b.example",
    "javascript:alert(1)",
    "https://",
    "http://[x",
    "http://a:99999/",
    "http://a b/",
    "https://a\ud800b.example/",
    "data:text/html,x",
    "//example.org",
    "https://" + "a" * 5000,
]


@pytest.mark.parametrize(("url", "key", "why"), SAME, ids=lambda x: str(x)[:24])
def test_spellings_of_one_page_have_one_key(url: str, key: str, why: str) -> None:
    assert lookup_key(url, RULES) == key, why


@pytest.mark.parametrize(("one", "other", "why"), DIFFERENT, ids=lambda x: str(x)[:24])
def test_another_page_has_another_key(one: str, other: str, why: str) -> None:
    assert lookup_key(one, RULES) != lookup_key(other, RULES), why


@pytest.mark.parametrize("url", NO_PAGE, ids=lambda x: ascii(x)[:24])
def test_what_is_no_web_page_has_no_key(url: str) -> None:
    assert keys_of_url(url, RULES) == ()


@given(st.text() | st.text(st.characters(codec=None)) | st.from_regex(r"https?://[^/]{0,20}(/.{0,40})?"))
def test_normalize_never_raises_and_is_idempotent(url: str) -> None:
    key = lookup_key(url, RULES)
    if key is not None:
        assert lookup_key(f"https://{key}", RULES) in {key, None}


@given(st.sampled_from([url for url, _, _ in SAME]), st.text("abc", min_size=1, max_size=5))
def test_a_tracking_parameter_never_changes_a_key_and_its_value_is_never_told(url: str, value: str) -> None:
    url = url.partition("#")[0]
    longer = f"{url}{'&' if '?' in url else '?'}utm_campaign={value}@mail"
    trail: Trail = []
    assert keys_of_url(longer, RULES, trail) == keys_of_url(url, RULES)
    told = [step.detail for step in trail if step.kind is StepKind.DROPPED]
    assert any("utm_campaign" in names for names in told)
    assert f"{value}@mail" not in "".join(step.detail for step in trail)


def test_the_version_of_the_rules_follows_their_data() -> None:
    assert LinkRules.from_parameters(["a"]).version == LinkRules.from_parameters(["A"]).version
    assert LinkRules.from_parameters(["a"]).version != LinkRules.from_parameters(["a*"]).version
