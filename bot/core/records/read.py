"""One JSON object → a Publication, or BadRecord with the field and the reason. Short forms are read too."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.core.errors import BadRecord
from bot.core.labels import LabelBook
from bot.core.links import LinkRules
from bot.core.model import (
    Address,
    AddressKind,
    Claim,
    ClaimStatus,
    Evidence,
    Label,
    Publication,
    Relation,
    SourcePublication,
    Stance,
    Verdict,
    Work,
)
from bot.core.records import fields

FORMAT = 1
MOST_ADDRESSES, MOST_LABELS, MOST_WORKS, MOST_CLAIMS, MOST_EVIDENCE, MOST_SPEAKERS = 50, 4, 200, 500, 50, 8
"""Labels never give way in a note, so they are few; the rest are bounds against mistakes."""

_RECORD = frozenset({"addresses", "title", "language", "labels", "source", "works", "claims", "list", "recorded",
                     "reviewed", "valid_from", "valid_until"})  # fmt: skip
_HEADER = frozenset({"sidenote", "format"})
_ADDRESS = frozenset({"url", "kind"})
_LABEL = frozenset({"key", "phrase", "set", "until"})
_SOURCE = frozenset({"name", "title", "url", "published", "relation"})
_WORK = frozenset({"name", "url"})
_CLAIM = frozenset({"text", "quote", "attribution", "status", "evidence", "verdict"})
_EVIDENCE = frozenset({"url", "date", "stance"})
_VERDICT = frozenset({"by", "words", "url", "date"})


@dataclass(frozen=True, slots=True)
class Reading:
    """Reads records by the labels and link rules in force."""

    labels: LabelBook
    links: LinkRules

    def address(self, value: object, field: str) -> Address:
        """An address as an object or a string."""
        if isinstance(value, str):
            return fields.address(value, field, self.links)
        entry = fields.table(value, field, _ADDRESS)
        fields.token(entry.get("kind"), f"{field}.kind", AddressKind)
        return fields.address(entry.get("url") or "", f"{field}.url", self.links)

    def label(self, value: object, field: str) -> Label:
        """A label as an object, or as its key or verbatim phrase."""
        if isinstance(value, str):
            written = fields.needed_line(value, field, fields.PHRASE)
            kind = self.labels.find(written)
            if kind is None:
                raise BadRecord(field, "unknown_phrase", known=self._known())
            return Label(kind.key, kind.phrases[0] if written == kind.key else written)
        entry = fields.table(value, field, _LABEL)
        key = fields.needed_line(entry.get("key"), f"{field}.key", fields.PHRASE)
        kind = self.labels.get(key)
        if kind is None:
            raise BadRecord(f"{field}.key", "unknown_label", known=self._known())
        phrase = fields.line(entry.get("phrase"), f"{field}.phrase", fields.PHRASE) or kind.phrases[0]
        if self.labels.get(phrase.lower()) is not None:
            raise BadRecord(f"{field}.phrase", "phrase_is_label", label=phrase)
        return Label(key, phrase, *(fields.partial_date(entry.get(k), f"{field}.{k}") for k in ("set", "until")))

    def source(self, value: object, field: str) -> SourcePublication | None:
        """What the publication is about."""
        if value is None:
            return None
        entry = fields.table(value, field, _SOURCE)
        source = SourcePublication(
            fields.line(entry.get("name"), f"{field}.name", fields.NAME),
            fields.line(entry.get("title"), f"{field}.title", fields.TITLE),
            fields.web_address(entry.get("url"), f"{field}.url", self.links),
            fields.partial_date(entry.get("published"), f"{field}.published"),
            fields.token(entry.get("relation"), f"{field}.relation", Relation),
        )
        return source if source != SourcePublication() else None

    def work(self, value: object, field: str) -> Work:
        """A work that the page refers to."""
        entry = fields.table(value, field, _WORK)
        name = fields.needed_line(entry.get("name"), f"{field}.name", fields.TITLE)
        return Work(name, fields.web_address(entry.get("url"), f"{field}.url", self.links))

    def claim(self, value: object, field: str) -> Claim:
        """One claim with what rests on it. A status without evidence is refused."""
        entry = fields.table(value, field, _CLAIM)
        status = fields.token(entry.get("status"), f"{field}.status", ClaimStatus) or ClaimStatus.UNVERIFIED
        evidence = fields.many(entry.get("evidence"), f"{field}.evidence", MOST_EVIDENCE, self.evidence)
        if status is not ClaimStatus.UNVERIFIED and not evidence:
            raise BadRecord(f"{field}.status", "status_needs_evidence", status=status)
        return Claim(
            fields.needed_line(entry.get("text"), f"{field}.text", fields.CLAIM),
            fields.line(entry.get("quote"), f"{field}.quote", fields.QUOTE, many_lines=True),
            self.speakers(entry.get("attribution"), f"{field}.attribution"),
            status,
            evidence,
            self.verdict(entry.get("verdict"), f"{field}.verdict"),
        )

    def speakers(self, value: object, field: str) -> tuple[str, ...]:
        """Who is said to say it, innermost first; one name may stand as a string."""
        listed = [value] if isinstance(value, str) else value
        return tuple(filter(None, fields.many(listed, field, MOST_SPEAKERS, fields.name)))

    def evidence(self, value: object, field: str) -> Evidence:
        """Address, date and stance, all three."""
        entry = fields.table(value, field, _EVIDENCE)
        url = fields.needed_address(entry.get("url"), f"{field}.url", self.links)
        date = fields.partial_date(entry.get("date"), f"{field}.date")
        stance = fields.token(entry.get("stance"), f"{field}.stance", Stance)
        if date is None or stance is None:
            raise BadRecord(field, "evidence_parts")
        return Evidence(url, date, stance)

    def verdict(self, value: object, field: str) -> Verdict | None:
        """Another publisher's words."""
        if value is None:
            return None
        entry = fields.table(value, field, _VERDICT)
        return Verdict(
            fields.needed_line(entry.get("by"), f"{field}.by", fields.NAME),
            fields.needed_line(entry.get("words"), f"{field}.words", fields.TITLE),
            fields.web_address(entry.get("url"), f"{field}.url", self.links),
            fields.partial_date(entry.get("date"), f"{field}.date"),
        )

    def _known(self) -> str:
        return ", ".join(kind.key for kind in self.labels)


def read_record(value: object, reading: Reading) -> Publication:
    """A whole record. `list` is checked but decides nothing: the importer says which list it goes to."""
    entry = fields.table(value, "", _RECORD)
    fields.list_name(entry.get("list"), "list")
    addresses = fields.many(entry.get("addresses"), "addresses", MOST_ADDRESSES, reading.address)
    if not addresses:
        raise BadRecord("addresses", "no_address")
    return Publication(
        addresses=_distinct_addresses(addresses),
        title=fields.needed_line(entry.get("title"), "title", fields.TITLE),
        language=fields.language(entry.get("language"), "language"),
        labels=_distinct_labels(fields.many(entry.get("labels"), "labels", MOST_LABELS, reading.label)),
        source=reading.source(entry.get("source"), "source"),
        works=fields.many(entry.get("works"), "works", MOST_WORKS, reading.work),
        claims=fields.many(entry.get("claims"), "claims", MOST_CLAIMS, reading.claim),
        **{key: fields.time(entry.get(key), key) for key in ("recorded", "reviewed", "valid_from", "valid_until")},
    )


def read_kept(value: object, reading: Reading) -> Publication:
    """A record as the audit keeps it (`write.kept_object`); labels that labels.toml no longer knows stay."""
    entry = dict(value) if isinstance(value, Mapping) else {}
    claimed = entry.pop("claimed", {})
    labels = entry.pop("labels", [])
    publication = read_record(entry, reading)
    return replace(
        publication,
        addresses=tuple(replace(a, claimed_by=claimed.get(a.url)) for a in publication.addresses),
        labels=tuple(Label(x["key"], x["phrase"], x.get("set"), x.get("until")) for x in labels),
    )


def _distinct_addresses(addresses: tuple[Address, ...]) -> tuple[Address, ...]:
    if len(addresses) == 1:
        return addresses
    first: dict[str, Address] = {}
    for address in addresses:
        first.setdefault(address.key, address)
    return tuple(first.values())


def _distinct_labels(labels: tuple[Label, ...]) -> tuple[Label, ...]:
    for i, label in enumerate(labels):
        if any(other.key == label.key for other in labels[:i]):
            raise BadRecord(f"labels[{i}]", "label_twice", label=label.key)
    return labels


def read_header(value: object) -> bool:
    """Whether the first line is a header; raises BadRecord for one of another kind or format."""
    if not isinstance(value, Mapping) or "sidenote" not in value:
        return False
    header: Mapping[str, Any] = fields.table(value, "", _HEADER)
    if header["sidenote"] != "records":
        raise BadRecord("sidenote", "not_records")
    if header.get("format") != FORMAT or header["format"] is True:
        raise BadRecord("format", "other_format", format=FORMAT)
    return True
