"""The forms in which a verb stands where somebody says something: from its base form, by the rules of its language.

A table is entries between bars; an entry is the base form and, where no rule gives them, forms of its own.
"""

from dataclasses import dataclass

_UNSTRESSED = ("be", "er", "ver", "ent", "emp", "zer", "miss", "ge", "über", "unter", "wider")
"""German beginnings with which a participle has no “ge”."""


@dataclass(frozen=True, slots=True)
class Forms:
    """Forms of the third person, and participles: “reconoce, reconocen, reconoció …” and “reconocido”."""

    finite: frozenset[str]
    participles: frozenset[str]


def english(table: str) -> frozenset[str]:
    """“deny” → deny, denies, denied. A second word is a past that no rule gives."""
    forms: set[str] = set()
    for base, *past in _entries(table):
        stem = base[:-1] + "i" if base.endswith("y") and base[-2] not in "aeiou" else base
        forms |= {base, stem + ("es" if stem != base or base.endswith(("s", "sh", "ch", "x")) else "s")}
        forms |= set(past) or {stem + ("d" if base.endswith("e") else "ed")}
    return frozenset(forms)


def german(table: str) -> Forms:
    """“melden” → meldet, melden, meldete, meldeten; gemeldet. A strong verb gives its present, past and participle:
    “schreiben schreibt schrieb geschrieben”. Of a verb that is parted (“mit~teilen”) the forms of a clause in which it
    is not: mitteilt, mitteilte; mitgeteilt.
    """
    finite: set[str] = set()
    participles: set[str] = set()
    for base, *own in _entries(table):
        apart, _, whole = base.rpartition("~")
        inflected, participle = _german(whole, own)
        finite |= {apart + form for form in inflected}
        participles.add(apart + participle)
    return Forms(frozenset(finite), frozenset(participles))


def parted(table: str) -> dict[str, frozenset[str]]:
    """German verbs that are parted → the words that follow each form: “teilt” → mit."""
    found: dict[str, set[str]] = {}
    for base, *own in _entries(table):
        apart, _, whole = base.partition("~")
        for form in _german(whole, own)[0]:
            found.setdefault(form, set()).add(apart)
    return {form: frozenset(particles) for form, particles in found.items()}


def _german(base: str, own: list[str]) -> tuple[set[str], str]:
    if own:
        present, past, participle = own
        return {base, present, past, past + ("n" if past.endswith("e") else "en")}, participle
    stem = base[:-2] if base.endswith("en") else base[:-1]
    link = "e" if stem.endswith(("d", "t", "chn", "gn", "ffn", "tm")) else ""
    has_no_ge = stem.endswith("ier") or base.startswith(_UNSTRESSED)
    participle = ("" if has_no_ge else "ge") + stem + link + "t"
    return {base, f"{stem}{link}t", f"{stem}{link}te", f"{stem}{link}ten"}, participle


def spanish(table: str) -> Forms:
    """“reconocer” → reconoce, reconocen, reconoció, reconocieron, reconocía, reconocían; reconocido. A second word is
    the present that no rule gives (“mostrar muestra”), a third the past (“decir dice dijo”), a fourth the participle.
    """
    finite: set[str] = set()
    participles: set[str] = set()
    for base, *own in _entries(table):
        stem, is_first = base[:-2], base.endswith("ar")
        present = own[0] if own else stem + ("a" if is_first else "e")
        past = own[1] if len(own) > 1 else stem + ("ó" if is_first else "ió")
        many = past[:-1] + ("aron" if is_first and past.endswith("ó") else "eron" if past[-2] in "jiy" else "ieron")
        finite |= {present, f"{present}n", past, many}
        finite |= {stem + ending for ending in (("aba", "aban") if is_first else ("ía", "ían"))}
        participles.add(own[2] if len(own) > 2 else stem + ("ado" if is_first else "ido"))
    return Forms(frozenset(finite), frozenset(participles))


def _entries(table: str) -> list[list[str]]:
    return [entry.split() for entry in table.split("|") if entry.strip()]
