"""The name of the outlet whose work a page reports: called like the address's host, or named beside the title.

Every name is a candidate, also a part of one (“Monday the Lake Weekly”, Lake Weekly); readable signs say how likely it is.
"""

import re
from collections.abc import Callable, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from itertools import islice

from bot.core.intake.addresses import likeness
from bot.core.intake.kinds import KIND, LEADS, OUTLET_KIND, OUTLET_NOUN
from bot.core.intake.mentions import Mention
from bot.core.intake.words import CLAUSE, DETERMINERS, MONTHS, OPENINGS, PREPOSITIONS, PRONOUNS

_CAPITAL = r"[A-ZÄÖÜÁÉÍÓÚÑ][\w&’'-]*"
_RUN = re.compile(
    rf"{_CAPITAL}(?:\s(?:(?:of|and|the|und|y|de|del|la|las|los|el|für|&|in|der|des|am|im|von|vom)\s){{0,2}}{_CAPITAL}){{0,5}}"
)
_NAMED_BEFORE = re.compile(
    r"(?:\b(?:in|of|from|for|im|in der|in dem|aus|aus der|aus dem|en|de|del|des|der|vom|von|que)\s+(?:the\s+|der\s+|dem\s+|la\s+|el\s+|los\s+|las\s+)?|"
    rf"\b{OUTLET_KIND}\s+[“„\"«]?)$",
    re.IGNORECASE,
)
_CALLED_BEFORE = re.compile(rf"\b{OUTLET_KIND}\s+[“„\"«]?$", re.IGNORECASE)
_NAMED_AFTER = re.compile(
    rf"^(?:[’']s?)?\s+(?:[\w-]+\s){{0,3}}?{KIND}\b|^, in (?:an?|its) (?:[\w-]+ ){{0,3}}{KIND}\b|^\s+(?:ran|published|printed|carried|brought|has (?:published|devoted|gone)|publicó|"
    r"veröffentlichte|brachte|druckte|beschreibt|describes|reports|tells|sets out|lays out|asks|follows|reconstructs|goes through|documents|traces|schildert|zeichnet|reconstruye|recorre|cuenta|dedica)\b",
    re.IGNORECASE,
)
_ISSUE_BEFORE = re.compile(
    r"\b(?:issue|edition|number|pages|columns|Ausgabe|Heft|número|edición) (?:of|der|des|von|de|del) (?:the )?$"
)
_AUTHOR_BEFORE = re.compile(
    r"\b(?:by|von|por|author|autor(?:in|a)?|reporter(?:in)?|journalist(?:in)?|columnist|writer|reportera?|firma)\s+$",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"(?:author|autor|reporter|journalist|columnist|reportera|editor|redakteur|professor|dr)\w*\b", re.IGNORECASE
)
_GOES_ON = re.compile(
    rf"^[”“»\"]?\.\s(?:(?:Its|Ihre?|Seine?|Su) (?:[\w-]+ )?{KIND}|(?:The|Die|Der|Das|El|La) (?:[\w-]+ )?"
    rf"(?:{OUTLET_KIND}|\w+zeitung))\b",
    re.IGNORECASE,
)
"""“… is the Orsmere Examiner. Its cover story …”"""
_PLACED = re.compile(r"\b(?:in|im|at|en|near|bei) (?:the |der )?$", re.IGNORECASE)
"""“in Lake Town. The paper …”"""
_APPEARS = re.compile(
    r"\b(?:came out|appeared|was published|ran|erschien|erschienen|apareció|se publicó)\s+(?:\w+\s){0,2}$",
    re.IGNORECASE,
)
_SUBJECT = re.compile(
    r"(?:Act|Code|Treaty|Government|Council|Ministry|Court|Party|Union|University|Institute|Bank|Commission|Republic)\b"
)
_LEADING = re.compile(
    r"(?:(?:An? )?(?:Reply|Answer|Response)|Weighing|Assessing|Reviewing|Reading|Checking|Does|Is|When|If|While|After|Before|What|How|Why|Where|Who|Read|Source|Original|Quelle|Fuente|Zum|Lea|Lesen|Leer|View|See|Full|Based|Go|Artículo|Texto|Reportaje|Beitrag|Artikel|Bericht|Article|Story|Report|Magazins?|Zeitschrift|Zeitung|Wochenzeitung|Tageszeitung|\w*[Pp]ortal|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day(?:’s)?)\b"
)
"""Words before a name, not of it."""
_IS_GIVEN = re.compile(r" (?:der|dem|des) \w+$")
"""What a name is not: “the institute in Wendelstadt | der Zeitung”."""
_WHEN = MONTHS | frozenset(["anfang", "mitte", "ende"])
"""“in Kulisse & Kontor | Anfang Oktober”"""
_IS_PRESS = re.compile(r"(?:Lokal|Regional|Tages|Fach|Boulevard|Welt|Auslands)?presse", re.IGNORECASE)
"""The press in general."""
_IS_KIND = re.compile(KIND, re.IGNORECASE)
_IS_ISSUE = re.compile(r"\w+(?:heft|ausgabe|nummer|beilage)", re.IGNORECASE)
"""“in ihrem Novemberheft”"""
_DATIVE = re.compile(r"\bBoten$")
"""“hat dem Niederwalder Boten gesagt”"""
_GENITIVE = re.compile(r"(kurier|anzeiger|magazin|spiegel|merkur|wächter)s$", re.IGNORECASE)
"""“die Ausgabe des Nordkant Magazins”"""
_DECLINED = re.compile(r"((?:[A-ZÄÖÜ][\wäöüß-]*[^e]en )+)([A-ZÄÖÜ]\S*)$")
"""“der Neuen Westmärkischen Post”"""
_GERMAN_BEFORE = r"\b(?:der|den|dem|des|die|im|in|zum|zur|vom|beim)\s"
_FEMININE = re.compile(r"(?:post|zeitung|rundschau|presse|stimme|warte|woche|welt|chronik|nachrichten)$", re.IGNORECASE)
_NEUTER = re.compile(r"(?:blatt|magazin|journal|echo|radio)$", re.IGNORECASE)
_TELLS = re.compile(
    r"\b(?:told|said to|pointed out to|explained to|confirmed to|admitted to|spoke to|complained to|interview with|sagte\w*|erklärte\w*|gegenüber|"
    r"bestätigte\w*|dijo|declaró|explicó|contó|aseguró|confirmó|admitió|reconoció|entrevista con)(?: (?:the|dem|der|al?))?$"
)
"""“pointed out to Northern Athlete”"""
_COMPOUND_KIND = re.compile(r"\w{3,}(?:magazin|zeitschrift)s?")
"""“das Sprachmagazin Wortwarte”"""
_ARTICLES, _SPANISH_ARTICLES = (
    frozenset(["the", "der", "die", "das", "el", "la", "los", "las"]),
    frozenset(["el", "la", "los", "las"]),
)
_WITHOUT_ARTICLE = re.compile(rf"\b(?:del|al|el|la|los|las) ({_RUN.pattern})")
_FIRST_LINES = (0, 1, 2)
_JOINS = frozenset(["of", "and", "for", "&", "und", "von", "des", "für", "y", "e", "de", "del"])
_FUNCTION = DETERMINERS | PREPOSITIONS | CLAUSE | OPENINGS
_NO_NAME = _FUNCTION | MONTHS | PRONOUNS.keys()
_BEFORE, _AFTER, _NEAR, _MOST = 60, 60, 90, 500
_LEAST, _LEAST_WITH_TITLE = 1.9, 1.3
"""What a name must reach; where no address can confirm it, a title beside it is enough."""
_OPEN = 0.6
_CALLED, _NAMED_IN_CLOSING, _PART, _CUT_NAME, _AFAR = 2.2, 2.5, 1.5, 1.0, 0.8
_OWN_ARTICLE, _STRAY_ARTICLE = 0.6, -0.3


@dataclass(frozen=True, slots=True)
class _Named:
    """A name where it stands."""

    name: str
    before: str
    after: str
    is_in_lead: bool
    is_link: bool
    is_early: bool


def _is_plain(at: _Named) -> bool:
    """A name that could as well be a person's: “told Ann Pell”."""
    return not (OUTLET_NOUN.search(at.name) or at.is_link or at.name.split()[0].lower() in _ARTICLES)


def _is_writer(at: _Named) -> bool:
    """A person's two names whose text it is: no “the Northmoor Sentinel’s report”."""
    is_short = len(at.name.split()) == len(("first", "last")) and not OUTLET_NOUN.search(at.name)
    return is_short and at.after.startswith(("’s ", "'s ")) and not at.before.lower().endswith("the ")


_SIGNS: tuple[tuple[float, Callable[[_Named], object]], ...] = (
    (1.2, lambda at: _NAMED_BEFORE.search(at.before)),  # in the …, the magazine …
    (0.2, lambda at: at.is_early and _CALLED_BEFORE.search(at.before)),  # the magazine …
    (1.2, lambda at: _NAMED_AFTER.match(at.after)),  # …’s report, … published
    (0.8, lambda at: at.is_in_lead),  # Source: …
    (
        1.4,
        lambda at: OUTLET_NOUN.search(at.name) and not any(map(_COMPOUND_KIND.fullmatch, at.name.split()[:-1])),
    ),  # … Gazette
    (-3.0, lambda at: _AUTHOR_BEFORE.search(at.before) and not OUTLET_NOUN.search(at.name)),  # by …
    (-3.0, lambda at: _AUTHOR.match(at.name)),  # Reporterin …
    (-1.5, lambda at: _SUBJECT.search(at.name)),  # … Council
    (1.2, lambda at: _ISSUE_BEFORE.search(at.before)),  # the spring issue of …
    (1.2, lambda at: _GOES_ON.match(at.after) and (OUTLET_NOUN.search(at.name) or not _PLACED.search(at.before))),
    (0.8, lambda at: _TELLS.search(at.before.rstrip()) and not _is_plain(at)),  # told …, declaró a …
    (0.6, lambda at: at.is_link),
    (-1.2, _is_writer),  # Ilona Farrant’s essay
)


def runs_in(text: str, words: str) -> Iterator[str]:
    """Names that stand near words: “its latest issue the newsletter Chalk & Ledger”."""
    at = text.find(words)
    for match in _RUN.finditer(text[max(0, at - _NEAR) : at + len(words) + _NEAR]):
        yield match[0]


def name_in(
    lines: Sequence[str], mention: Mention | None, closing: str | None, url: str | None, linked: Set[str] = frozenset()
) -> str | None:
    """The outlet's name. `closing` is what a last line calls it (“read the full … article at”), `url` the work's address,
    `linked` the words of links.
    """
    scores: dict[str, float] = {}
    bare = {match[1] for line in lines for match in _WITHOUT_ARTICLE.finditer(line)}
    for at, line in enumerate(lines):
        beside = _beside(mention, at, line) if mention else None
        is_lead = bool(LEADS.match(line))
        is_near = is_lead or not url or beside or at in ({mention.line, mention.line + 1} if mention else _FIRST_LINES)
        for name, start, end, cut in islice(_names_in(line), _MOST):
            if beside and beside.start <= start < beside.end:
                continue
            before = line[max(0, start - _BEFORE) : start]
            score = _CALLED * (likeness(name, url) if url else 0.0) - cut + _article(name, before, bare)
            score += _NAMED_IN_CLOSING * bool(closing and closing.casefold() in name.casefold())
            if is_near or _APPEARS.search(before) or _TELLS.search(before.rstrip()):
                found = _Named(name, before, line[end : end + _AFTER], is_lead, name in linked, at in _FIRST_LINES)
                score += sum(weight for weight, sees in _SIGNS if sees(found)) + _nearness(beside, start, end)
            else:
                score -= _AFAR
            scores[name] = max(score, scores.get(name, score))
    best = max(scores, key=lambda name: (scores[name], len(name)), default="")
    if not best or scores[best] < (_LEAST_WITH_TITLE if mention and not url else _LEAST):
        return None
    whole = max((name for name in scores if _is_longer(name, best, scores)), key=len, default=best)
    return _nominative(whole, lines).removeprefix("The ")


def _nominative(name: str, lines: Sequence[str]) -> str:
    """A German name as it stands by itself: “dem Auenboten”, “des Nordkant Magazins”, “der Neuen Westmärkischen Post”."""
    name = _GENITIVE.sub(r"\1", _DATIVE.sub("Bote", name))
    declined = _DECLINED.match(name)
    if not declined or not any(re.search(_GERMAN_BEFORE + re.escape(name), line) for line in lines):
        return name
    noun = declined[2]
    likeliest = "e" if _FEMININE.search(noun) else "es" if _NEUTER.search(noun) else "er"
    ways = [re.sub(r"en (?=\S)", f"{ending} ", name) for ending in (likeliest, "e", "er", "es")]
    return next((way for way in ways if any(way in line for line in lines)), ways[0])


def _beside(mention: Mention, at: int, line: str) -> Mention | None:
    """The title in that line, where it stands there, in its own or again in another."""
    if at == mention.line:
        return mention
    start = line.find(mention.title)
    return replace(mention, start=start, end=start + len(mention.title)) if start >= 0 else None


def _is_longer(name: str, best: str, scores: dict[str, float]) -> bool:
    """Whether a name is the whole of which another is the end: “Sulmtaler Bote”, where the text goes on with “der Bote”."""
    rest = name.removeprefix(f"{best} ").split() if name.startswith(f"{best} ") else []
    if rest and OUTLET_NOUN.fullmatch(rest[-1]) and all(word[0].isupper() for word in rest):
        return True  # “Meridian Grain Review”, where the address is called “meridiangrain”
    added = name.removesuffix(best).split()
    is_whole = name.endswith(f" {best}") and all(
        word[0].isupper() and word.lower() not in _FUNCTION and not _COMPOUND_KIND.fullmatch(word) for word in added
    )
    return is_whole and scores[name] > 0 and not _AUTHOR.match(name)


def _nearness(beside: Mention | None, start: int, end: int) -> float:
    distance = min(abs(start - beside.end), abs(beside.start - end)) if beside else _NEAR
    return max(0.0, 1.5 - distance * 1.5 / _NEAR)


def _article(name: str, before: str, bare: set[str]) -> float:
    """Whether an article belongs to the name: where it has a capital inside a sentence, in Spanish also at its beginning
    unless the name stands elsewhere with a small one (“del Diario”).
    """
    article, _, rest = name.partition(" ")
    if not rest or article.lower() not in _ARTICLES:
        return 0.0
    is_opening = before.rstrip()[-1:] in {"", ".", "!", "?", ":"}
    is_own = article.lower() in _SPANISH_ARTICLES and rest not in bare
    return _OWN_ARTICLE if is_own or not is_opening else _STRAY_ARTICLE


def _is_surname(line: str, start: int, word: str) -> bool:
    """Whether a word, behind the one that begins there, is an author's: “von Korbinian | Reuss”."""
    return bool(_AUTHOR_BEFORE.search(line[max(0, start - _BEFORE) : start])) and not OUTLET_NOUN.search(word)


def _cut(before: str, left: str) -> float:
    """What speaks against a name that begins behind these two words of a longer one."""
    if left.lower() in _JOINS:
        return 0.0 if _IS_ISSUE.fullmatch(before) else _PART
    is_apart = not left or left.lower() in _FUNCTION or any(one.fullmatch(left) for one in (_LEADING, _COMPOUND_KIND))
    return 0.0 if is_apart else _CUT_NAME


def _names_in(line: str) -> Iterator[tuple[str, int, int, float]]:
    """Names and their parts, and what speaks against a part."""
    for match in _RUN.finditer(line):
        parts = [
            (part[0], match.start() + part.start(), match.start() + part.end())
            for part in re.finditer(r"\S+", match[0])
        ]
        for first in range(len(parts)):
            if first and _is_surname(line, parts[first - 1][1], parts[first][0]):
                continue
            cut = _cut(parts[first - 2][0] if first > 1 else "", parts[first - 1][0] if first else "")
            for last in range(first, len(parts)):
                if parts[first][0][0].isupper() and parts[last][0][0].isupper():
                    follows = parts[last + 1][0] if last + 1 < len(parts) else ""
                    is_open = follows[:1].isupper() and not (
                        _IS_KIND.match(follows) or _LEADING.match(follows) or follows.lower() in _WHEN
                    )
                    start = parts[first][1]
                    name = re.sub(r"[’']s?$", "", line[start : parts[last][2]])
                    if not (
                        _LEADING.match(name)
                        or name.lower() in _NO_NAME
                        or _IS_KIND.fullmatch(name)
                        or _IS_ISSUE.fullmatch(name.split()[0])
                        or _IS_GIVEN.search(name)
                        or _IS_PRESS.fullmatch(name)
                        or any(part.lower() in _WHEN for part in name.split())
                    ):
                        yield name, start, start + len(name), cut + _OPEN * is_open
