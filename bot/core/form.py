"""The modal's five fields ↔ a Publication. Reads what a moderator typed; names the field and line that is wrong."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.errors import BadRecord
from bot.core.model import Address, Claim, Label, Publication, Relation, SourcePublication
from bot.core.records import fields
from bot.core.records.read import MOST_CLAIMS, MOST_LABELS, Reading

LONGEST_FIELD = 4000
"""What a text field of a modal takes."""

_BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class FlagForm:
    """What stands in the fields. `claims` is None where they are too long for a field and stay as they are."""

    labels: tuple[str, ...] = ()
    title: str = ""
    source: str = ""
    source_url: str = ""
    claims: str | None = ""


def fill(publication: Publication) -> FlagForm:
    """The form of an existing record."""
    source = publication.source or SourcePublication()
    claims = "\n".join(_claim_line(claim) for claim in publication.claims)
    return FlagForm(
        labels=tuple(label.key for label in publication.labels),
        title=publication.title,
        source=f"{source.title or ''}\n{source.name or ''}".rstrip("\n"),
        source_url=source.url or "",
        claims=claims if len(claims) <= LONGEST_FIELD else None,
    )


def new_publication(
    address: Address, form: FlagForm, relation: Relation | None, reading: Reading, at: datetime
) -> Publication:
    """The record that a form describes; recorded and reviewed now."""
    empty = Publication(addresses=(address,), title="", recorded=at)
    return changed_publication(empty, form, relation, reading, at)


def changed_publication(
    before: Publication, form: FlagForm, relation: Relation | None, reading: Reading, at: datetime
) -> Publication:
    """The record with what the form says. Claims whose words stay keep their status, evidence and quote."""
    labels = _labels(before.labels, form.labels, reading)
    if not labels:
        raise BadRecord("form.labels", "no_label")
    return replace(
        before,
        title=fields.needed_line(form.title, "form.title", fields.TITLE),
        labels=labels,
        source=_source(before.source, form, relation, reading),
        claims=before.claims if form.claims is None else _claims(before.claims, form.claims, reading),
        reviewed=at,
    )


def split_speakers(typed: str, reading: Reading, field: str) -> tuple[str, ...]:
    """`A | B`: who is said to say it, innermost first."""
    return reading.speakers([part for part in _parts(typed) if part], field)


def _labels(before: Sequence[Label], keys: Sequence[str], reading: Reading) -> tuple[Label, ...]:
    kept = {label.key: label for label in before}
    # A label that labels.toml no longer knows could not be offered, so it was not taken away either.
    unknown = [label for label in before if reading.labels.get(label.key) is None]
    chosen = [kept.get(key) or reading.label(key, "form.labels") for key in dict.fromkeys(keys)]
    if len(chosen) + len(unknown) > MOST_LABELS:
        raise BadRecord("form.labels", "at_most", most=MOST_LABELS)
    return (*chosen, *unknown)


def _source(
    before: SourcePublication | None, form: FlagForm, relation: Relation | None, reading: Reading
) -> SourcePublication | None:
    title, _, name = form.source.partition("\n")
    was = before or SourcePublication()
    source = SourcePublication(
        fields.line(name, "form.source", fields.NAME),
        fields.line(title, "form.source", fields.TITLE),
        fields.web_address(form.source_url.strip() or None, "form.source_url", reading.links),
        was.published,
        relation or was.relation,
    )
    return source if source != SourcePublication() else None


def _claims(before: Sequence[Claim], typed: str, reading: Reading) -> tuple[Claim, ...]:
    known: dict[str, list[Claim]] = {}
    for claim in before:
        known.setdefault(_one_line(claim.text), []).append(claim)
    claims: list[Claim] = []
    for number, line in enumerate(typed.splitlines(), 1):
        parts = _parts(line)
        if not any(parts):
            continue
        text, speakers = _read_line(parts, number, reading)
        same = known.get(_one_line(text))
        if not same and any(text == other.text for other in claims):
            continue  # the same line twice
        claim = same.pop(0) if same else Claim(text)
        shown_before = tuple(_one_line(name) for name in claim.attribution)
        claims.append(claim if shown_before == speakers else replace(claim, attribution=speakers))
    if len(claims) > MOST_CLAIMS:
        raise BadRecord("form.claims", "too_many", count=len(claims), most=MOST_CLAIMS)
    return tuple(claims)


def _read_line(parts: Sequence[str], number: int, reading: Reading) -> tuple[str, tuple[str, ...]]:
    try:
        text = fields.needed_line(parts[0], "", fields.CLAIM)
        return text, reading.speakers([part for part in parts[1:] if part], "")
    except BadRecord as bad:
        raise BadRecord.of(bad, "form.claims", number) from bad


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _parts(line: str) -> list[str]:
    return [part.replace("\\|", "|").strip() for part in _BAR.split(line)]


def _claim_line(claim: Claim) -> str:
    return " | ".join(_one_line(part).replace("|", "\\|") for part in (claim.text, *claim.attribution))
