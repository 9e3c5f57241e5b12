"""Hostile messages, by the million, through everything that reads links: nothing may raise, all must agree.

`python -m tests.benchmarks.fuzz [--messages 1000000] [--seed 1] [--processes 2]`. The last line says how many messages
were read and how many failed; any failure is printed with the seed of its own message, and exit status is 1.
"""

import argparse
import base64
import random
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from urllib.parse import quote

from bot.core.links import LinkRules, Trail, keys_of, keys_of_url, lookup_key, read_keys, read_links
from bot.core.model import Found, TextPart
from bot.core.records.fields import LONGEST_ADDRESS
from bot.core.shape import message_texts
from bot.services.inspect import against
from bot.settings import load_links

PIECES = [
    "https://", "http://", "HTTPS://", "hxxp://", "htps:/", "https:\\\\", "//", "://", ":", "/", "\\", "?", "&", "=",
    "#", "#/", "#!/", "&amp;", "&#38;", "%", "%2", "%2F", "%3A", "%252F", "%E2%80%8B", "%C3", "%FF", "%00", "@",
    "user:pw@", ".", "..", "...", "[.]", "(dot)", " dot ", "[", "]", "(", ")", "](", "](<", "{", "}", "<", ">", "`",
    "``", "```", "```py\n", "~", "~~", "*", "**", "_", "__", "|", "||", "> ", ">>> ", "# ", "-# ", "- ", "\n", "\t",
    " ", "\u00a0", "\u3000", "\ufeff", "\u200b", "\u00ad", "\u202e", "\u2066", "\u0301", "\u20e3", "\ufe0f",
    "\U0001f600", "\U000e0041", "\ud800", "\udfff", "\x00", "\x1f", "\x85", "字", "。", "．", "／", "：",
    "ｈｔｔｐ", "א", "ا",
    "ß", "İ", "ı", "xn--", "xn--a", "xn--mnchen-3ya", "www.", "m.", "amp.", "a", "A", "0", "1", "127.0.0.1", "0x7f.1",
    "[::1]", ":80", ":443", ":99999", ".example", "digest.example", "summaries.example", "/lake-report",
    "/index.html", "/amp", "/print", "/page/2", ".amp.html", ";jsessionid=1", "utm_source=x", "fbclid=1", "id=1",
    "p=2", "page=3", "google.com/url?q=", "web.archive.org/web/2020/", "archive.ph/", "href.li/?",
    "l.facebook.com/l.php?u=", "www.bing.com/ck/a?u=a1", "translate.goog/", "urldefense.com/v3/__", "__;!!",
    "cdn.ampproject.org/c/s/", "wa.me/?text=", "webcache.googleusercontent.com/search?q=cache:", "bit.ly/x",
    "youtu.be/", "'", '"', "‚", "„", "“", "”", "«", "»",
]  # fmt: skip
PAGE = "https://digest.example/2031/a?x=1"


def message(chance: random.Random) -> str:
    """A text of at most 4,000 characters: pieces, noise, and pages wrapped and wrapped again."""
    text = "".join(_piece(chance) for _ in range(chance.choice((1, 3, 8, 20, 60))))
    return (text * chance.choice((1, 1, 1, 1, 1, 2, 40)))[:4000]


def _piece(chance: random.Random) -> str:
    kind = chance.random()
    if kind < 0.75:
        return chance.choice(PIECES)
    if kind < 0.85:
        return "".join(chr(chance.choice((chance.randrange(0x80), chance.randrange(0x110000)))) for _ in range(4))
    page = chance.choice((PAGE, "https://", "http://[::1]/", "//x"))
    for _ in range(chance.randrange(6)):
        page = chance.choice(
            (quote(page, safe=""), base64.b64encode(page.encode()).decode(), f"https://href.li/?{page}",
             f"https://www.google.com/url?url={quote(page)}", f"https://web.archive.org/web/2031/{page}")
        )  # fmt: skip
    return page


def check(text: str, rules: LinkRules) -> None:
    """Everything that is made of a text; raises where it does not agree with itself."""
    parts = (TextPart(Found.CONTENT, text),)
    links = read_links(parts, rules)
    if set(read_keys(parts, rules)) != set(keys_of(links)):
        raise AssertionError("the quick way and the full one differ")
    for link in links:
        trail: Trail = []
        keys_of_url(link.text, rules, trail)
        key = lookup_key(link.text, rules)
        if key is not None and len(key) < LONGEST_ADDRESS - len("https://"):
            again = {lookup_key(f"{scheme}://{key}", rules) for scheme in ("https", "http")}
            if key not in again:
                raise AssertionError(f"{key!r} becomes {again!r}")
    against({"id": 1, "message": {"content": text, "poll": {"question": {"text": text}}}}, [text, PAGE], rules)
    message_texts({"content": text, "embeds": [{"description": text}]}, embeds=True)


def run(seed: int, count: int) -> Iterator[tuple[int, str]]:
    """The failures of some messages, each with its seed."""
    rules = load_links(Path("/nonexistent"))
    for number in range(seed, seed + count):
        text = message(random.Random(number))  # noqa: S311
        try:
            check(text, rules)
        except Exception as error:  # noqa: BLE001
            yield number, f"{type(error).__name__}: {error}"[:300]


def _run(task: tuple[int, int]) -> list[tuple[int, str]]:
    return list(run(*task))


def main() -> None:
    """Spreads the messages over processes and prints what failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    step = 5000
    tasks = [(options.seed + start, min(step, options.messages - start)) for start in range(0, options.messages, step)]
    failed = 0
    with ProcessPoolExecutor(options.processes) as pool:
        for failures in pool.map(_run, tasks):
            failed += len(failures)
            for seed, why in failures[:5]:
                print(f"message {seed}: {why!a}")
    print(f"{options.messages} messages from seed {options.seed}: {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
