"""An operator's own links.toml over the shipped one: rows are added, replaced and removed, mistakes have a line."""

import re
from pathlib import Path

import pytest

from bot.core.errors import SettingsError
from bot.core.links import StepKind, Trail, keys_of_url, lookup_key
from bot.settings import load_links

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


def own(folder: Path, text: str) -> Path:
    """A config folder with this links.toml."""
    (folder / "links.toml").write_text(text, "utf-8")
    return folder


def test_the_readmes_example_adds_what_it_says(tmp_path: Path) -> None:
    [example] = [block for block in re.findall(r"```\n(.*?)```", README, re.DOTALL) if "[tracking.mine]" in block]
    rules = load_links(own(tmp_path, example))
    page = "https://digest.example/2031/a-bridge"
    assert lookup_key(f"{page}?edition_code=7&letter_no=8&utm_source=x", rules) == "digest.example/2031/a-bridge"
    trail: Trail = []
    wrapped = "https://go.town.example/leave?to=https%3A%2F%2Fdigest.example%2F2031%2Fa-bridge"
    assert keys_of_url(wrapped, rules, trail) == ("digest.example/2031/a-bridge",)
    assert [(s.kind, s.detail, s.origin) for s in trail] == [(StepKind.UNWRAPPED, "town_redirect", "own links.toml")]
    assert rules.of_host("s.example").is_shortener
    assert rules.of_host("bit.ly").is_shortener


def test_a_row_is_replaced_or_taken_out(tmp_path: Path) -> None:
    wrapped = "https://href.li/?https://digest.example/a-b-c"
    shipped = load_links(tmp_path)
    assert lookup_key(wrapped, shipped) == "digest.example/a-b-c"
    rows = {w.name for w in shipped.wrappers if "href.li" in w.hosts}
    gone = load_links(own(tmp_path, "\n".join(f"[wrappers.{name}]\nremove = true" for name in rows)))
    assert lookup_key(wrapped, gone) != "digest.example/a-b-c"
    less = load_links(own(tmp_path, "[tracking.click_ids]\nparameters = ['mine']"))
    assert lookup_key("https://a.example/x-y-z?fbclid=1&mine=2", less) == "a.example/x-y-z?fbclid=1"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[tracking.mine]\nparameters = ['a&b']", "line 2: tracking.mine.parameters"),
        ("\n[wrappers.mine]\nhosts = ['a.example']", "line 2: wrappers.mine"),
        ("[wrappers.mine]\nhosts = ['a.example']\ntargets = ['q']", "line 3: wrappers.mine.targets"),
        ("[wrappers.mine]\nhosts = ['A.example']\ntargets = ['?q']", "line 2: wrappers.mine.hosts"),
        ("[wrappers.mine]\nhosts = ['a.example']\ntargets = ['?q']\nencoding = 'base32'", "base64"),
        ("[wrappers.mine]\nhosts = ['a.example']\ntargets = ['path']", "paths must say what stands before it"),
        ("[sites.mine]\nonly = ['id']", "a site needs hosts"),
        ("[sites.mine]\nhosts = ['a.example']\nrewrites = [{ path = '/a', to = '/*' }]", "more stars"),
        ("[sites.mine]\nhosts = ['a.example']\nrewrites = [{ path = '/*/#', to = '/*3' }]", "more stars"),
        ("[colours.mine]\nhosts = ['a.example']", "colours"),
        ("[tracking.mine", "cannot be read"),
    ],
    ids=lambda x: str(x)[:40],
)
def test_a_mistake_is_a_sentence_with_its_place(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(SettingsError) as refused:
        load_links(own(tmp_path, text))
    assert "links.toml" in str(refused.value)
    assert says in str(refused.value)


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://youtu.be/abc?t=3&si=x", "youtube.com/watch?v=abc"),
        ("https://m.youtube.com/watch?app=desktop&v=abc&feature=share", "youtube.com/watch?v=abc"),
        ("https://www.youtube.com/embed/abc", "youtube.com/watch?v=abc"),
        ("https://mobile.twitter.com/a/status/1?s=20&t=x", "x.com/a/status/1"),
        ("https://old.reddit.com/r/a/comments/b/c/?ref=share", "reddit.com/comments/b"),
        ("https://redd.it/b", "reddit.com/comments/b"),
        ("https://medium.com/@a/lake-report-3f9a1c0b7d2e?source=x", "medium.com/p/3f9a1c0b7d2e"),
        ("https://medium.com/@a/lake-report", "medium.com/@a/lake-report"),
        ("https://open.spotify.com/intl-de/track/b?si=x", "open.spotify.com/track/b"),
        ("https://medium.com//tag/a-2020202020", "medium.com/tag/a-2020202020"),
        ("https://medium.com/x/a-abcdef0123456/amp", "medium.com/p/abcdef0123456"),
        ("https://reddit.com//r/a/comments/b/", "reddit.com/comments/b"),
        ("https://redd.it/b%20/", "reddit.com/comments/b"),
        ("https://www.amazon.de/dp/features/b", "amazon.de/dp/features/b"),
        ("https://youtube.com/embed/live_stream?channel=1", "youtube.com/watch?channel=1&v=live_stream"),
        ("https://fxtwitter.com/a/status/1/en?s=20", "x.com/a/status/1"),
        ("https://en.m.wikipedia.org/wiki/Lake?wprov=x", "en.wikipedia.org/wiki/Lake"),
        ("https://m.facebook.com/story.php?story_fbid=1&id=2&refid=3", "facebook.com/story.php?id=2&story_fbid=1"),
        ("https://mobile.github.io/a-b-c", "mobile.github.io/a-b-c"),
        ("https://m.co.uk/a-b-c", "m.co.uk/a-b-c"),
        ("https://m.bbc.co.uk/a-b-c", "bbc.co.uk/a-b-c"),
    ],
)
def test_sites_and_hosts_have_their_own_rules(url: str, key: str) -> None:
    assert lookup_key(url, load_links(Path("/nonexistent"))) == key
