"""What reading links costs, in microseconds a message and as ratios, beside the libraries of the field.

`python -m tests.benchmarks.links [--repeat 7]`: everything in one run, on one core, texts and rules as shipped. The
bounds stand beside the ratios; the last line says whether all of them are kept. Needs the extra `bench`.
"""

import argparse
import base64
import re
import sys
import timeit
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import can_ada
import courlan
import linkify_it
import surt
import url_normalize
import urlextract

from bot.core.links import read_keys
from bot.core.model import Found, TextPart
from bot.settings import load_links

RULES = load_links(Path("/nonexistent"))
PROSE = (
    "I read this morning that the harbour bridge will be closed. Does anybody know until when, and why nobody said so?"
)
PLAIN = "https://www.digest-daily.example/2031/04/harbour-bridge"
WITH_QUERY = f"{PLAIN}?id=4&utm_source=chat"
WRAPPED = f"https://www.google.com/url?sa=t&url={quote(WITH_QUERY, safe='')}&usg=AOv"
FORTY = "https://digest.example/2031/harbour-brid"
_CHARACTERS = 4000
_DOUBLED = 2.2


def reading(text: str, *, typed: bool = True) -> Callable[[], object]:
    """The work of finding the keys of a message's text."""
    parts = (TextPart(Found.CONTENT, text),)
    return lambda: read_keys(parts, RULES, typed=typed)


def nested(size: int) -> str:
    """A page in wrappers in wrappers, each encoded once more, up to a length."""
    page = f"https://digest.example/{'a' * (size // 9)}"
    for _ in range(6):
        page = "https://href.li/?" + base64.b64encode(page.encode()).decode()
    return page


WORST: dict[str, Callable[[int], str]] = {
    "363 links": lambda n: "http://a.b " * (n // 11),
    "links that differ": lambda n: "".join(f"http://a{i}.b " for i in range(n // 13)),
    "links with parameters": lambda n: "".join(f"http://a{i}.b?c={i} " for i in range(n // 20)),
    "wrapped links": lambda n: "https://href.li/?http://a.b/c " * (n // 30),
    "glued links": lambda n: "http://a.b" * (n // 10),
    "bare hosts": lambda n: "".join(f"a{i}.ab " for i in range(n // 7)),
    "bare hosts with paths": lambda n: "".join(f"a{i}.ab/c " for i in range(n // 9)),
    "one host": lambda n: "a.a." * (n // 4),
    "one host without end": lambda n: "aa." * (n // 3),
    "brackets": lambda n: "[" * n,
    "masked links": lambda n: "[a](http://b.c)" * (n // 15),
    "open masks": lambda n: "[a](" * (n // 4),
    "brackets in a link": lambda n: "http://a.b/" + "(" * (n // 2) + ")" * (n // 2),
    "backticks": lambda n: "`" * n,
    "runs of backticks": lambda n: "".join("`" * (i % 40 + 1) + " " for i in range(n // 21)),
    "fences": lambda n: "```\n" * (n // 4),
    "quotes with code": lambda n: "> `a\n" * (n // 5),
    "escapes": lambda n: "\\`" * (n // 2),
    "nested base64": nested,
    "nested wrappers": lambda n: "https://href.li/?" * (n // 17),
    "combining marks": lambda n: "http://a" + "\u0301" * n,
    "combining marks in a path": lambda n: "http://a.b/a" + "\u0301" * n,
    "marks without a scheme": lambda n: ("a" + "\u0301" * 40 + ".bc ") * (n // 45),
    "parameters": lambda n: "http://a.b/?" + "a&" * (n // 2),
    "percent": lambda n: "http://a.b/" + "%41" * (n // 3),
    "wide letters": lambda n: "ｈｔｔｐ：／／ａ．ｂｃ " * (n // 12),
    "ideographic stops": lambda n: "a。" * (n // 2),
    "dots in brackets": lambda n: "a[.]b " * (n // 6),
    "spelt dots": lambda n: "a dot b " * (n // 8),
    "backslashes": lambda n: "http:\\\\a.bc\\" * (n // 12),
    "punycode": lambda n: "http://xn--" + "a" * n,
    "slashes": lambda n: "http://a.b" + "/" * n,
    "dot segments": lambda n: "http://a.b" + "/.." * (n // 3),
    "ports": lambda n: "a.bc:1 " * (n // 7),
    "at signs": lambda n: "a@b.cd " * (n // 7),
    "stars": lambda n: "**http://a.b**c " * (n // 16),
    "quotation marks": lambda n: '"http://a.b"c ' * (n // 14),
    "joined letters": lambda n: "http://a.b看" * (n // 11),
    "pictures": lambda n: "\U0001f600http://a.b\U0001f600" * (n // 12),
    "spoilers": lambda n: "||http://a.b||" * (n // 14),
    "entities": lambda n: "http://a.b/?a&" + "amp;" * (n // 4),
    "semicolons": lambda n: "http://a.b/" + ";a=b" * (n // 4),
    "views of a host": lambda n: "http://" + "m." * (n // 2) + "a.b",
    "words of views": lambda n: "https://a.b" + "/m" * (n // 2 - 15) + "/2031/04/x-y-z",
    "marks and odd letters": lambda n: "*_~~ " + "".join(f"https://é{i}.b/a_b*c " for i in range(n // 22)),
    "marks before links": lambda n: "_*~`( " + "".join(f"https://a{i}.b/_ " for i in range(n // 18)),
    "numbers and hyphens": lambda n: "https://a.b/" + "1-" * (n // 2) + ",https://a.b",
    "views of a path": lambda n: "http://a.b/" + "amp/" * (n // 4),
}
"""Texts of a length that are made to be slow."""


class Stopwatch:
    """Best of several runs, in microseconds a call."""

    def __init__(self, repeat: int) -> None:
        self._repeat = repeat

    def __call__(self, *works: Callable[[], object], seconds: float = 0.02) -> list[float]:
        """Of each work. They take turns, so that a slow moment of the machine meets all of them."""
        timers = [timeit.Timer(work) for work in works]
        numbers = [max(1, int(seconds / max(timer.timeit(1), 1e-7))) for timer in timers]
        rounds = [[t.timeit(n) / n for t, n in zip(timers, numbers, strict=True)] for _ in range(self._repeat)]
        return [min(times) * 1e6 for times in zip(*rounds, strict=True)]


class Report:
    """Prints lines as they come and remembers whether a bound was passed."""

    def __init__(self) -> None:
        self.kept = True

    def ratio(self, name: str, ours: float, theirs: float, bound: float | None, more: str = "") -> None:
        """One ratio, and its bound where there is one."""
        kept = bound is None or ours <= bound * theirs
        self.kept &= kept
        print(f"  {name:<58}{ours:>10.2f} µs   {ours / theirs:>8.2f} × of {theirs:.2f} µs", end="")
        print(f", at most {bound:g} ×{more}{'' if kept else '   OVER'}" if bound is not None else more)


def messages(clock: Stopwatch, report: Report) -> None:
    """Short messages, as most are."""
    print("A message (text to keys)")
    search = re.compile(r"https?://", re.IGNORECASE).search
    off, on, scheme = clock(reading(PROSE, typed=False), reading(PROSE), lambda: search(PROSE))
    report.ratio("without a link, typed-around off", off, scheme, 1.5)
    report.ratio("without a link, typed-around on", on, scheme, 10)
    for name, link, bound in (("a plain link", WITH_QUERY, 0.5), ("one without a query", PLAIN, None)):
        text = f"look at {link} now"
        off, on, cleaned = clock(reading(text, typed=False), reading(text), lambda link=link: courlan.clean_url(link))  # type: ignore[misc]
        report.ratio(f"{name}, typed-around off, beside courlan.clean_url", off, cleaned, bound)
        report.ratio(f"{name}, typed-around on, beside courlan.clean_url", on, cleaned, bound)
    wrapped, plain = clock(reading(f"look at {WRAPPED} now"), reading(f"look at {WITH_QUERY} now"))
    report.ratio("a wrapped link, beside the plain one", wrapped, plain, 2)


def beside(clock: Stopwatch) -> None:
    """What others take for their part of the work."""
    print("Beside (their part only)")
    text = f"look at {WITH_QUERY} now"
    extractor = urlextract.URLExtract()
    linkify = linkify_it.LinkifyIt()
    works: dict[str, Callable[[], object]] = {
        "can_ada.parse, a link of 40 characters": lambda: can_ada.parse(FORTY),
        "can_ada.parse, the link": lambda: can_ada.parse(WITH_QUERY),
        "courlan.clean_url, the link": lambda: courlan.clean_url(WITH_QUERY),
        "url_normalize, the link": lambda: url_normalize.url_normalize(WITH_QUERY),
        "surt, the link": lambda: surt.surt(WITH_QUERY),
        "urlextract, the message": lambda: extractor.find_urls(text),
        "linkify-it-py, the message": lambda: linkify.match(text),
        "ours, the message to keys": reading(text),
    }
    for name, time in zip(works, clock(*works.values()), strict=True):
        print(f"  {name:<58}{time:>10.2f} µs")


def hostile(clock: Stopwatch, report: Report) -> None:
    """The worst 4,000 characters, and whether twice the text takes more than twice the time."""
    print("Any 4,000 characters, beside 4,000 × can_ada.parse of 40; twice the text counts from a 20th of that on")
    for name, make in WORST.items():
        works = [reading(make(n)[:n]) for n in (_CHARACTERS, 2 * _CHARACTERS)]
        once, twice, parse = clock(*works, lambda: can_ada.parse(FORTY))
        report.ratio(name, once, parse, _CHARACTERS, f"   twice the text: {twice / once:.2f} ×")
        if twice / once > _DOUBLED and once > parse * _CHARACTERS / 20:
            report.kept = False
            print(f"  {name}: twice the text takes {twice / once:.2f} × the time, at most {_DOUBLED:g} ×   OVER")


def main() -> None:
    """Prints everything; exit status 1 where a bound was passed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=7)
    clock, report = Stopwatch(parser.parse_args().repeat), Report()
    messages(clock, report)
    beside(clock)
    hostile(clock, report)
    print("all bounds kept" if report.kept else "a bound was passed")
    sys.exit(not report.kept)


if __name__ == "__main__":
    main()
