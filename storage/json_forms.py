"""The JSON forms of records: the keys other programs depend on (schemas in `docs/schema/`)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Protocol

from storage.attachments.json_form import attachment_object
from storage.attachments.records import LetterAttachment
from storage.clock import to_text
from storage.records import (
    Attachment,
    CopyEvidence,
    Event,
    FieldChange,
    LetterRecord,
    PortalStatus,
    ReplyLetter,
)

if TYPE_CHECKING:
    from storage.outbox.records import Undelivered

LETTER_FIELDS: tuple[str, ...] = tuple(field.name for field in fields(ReplyLetter))
_DATES = frozenset({"date_written", "date_published", "date_signed"})
_LISTS = frozenset(field.name for field in fields(ReplyLetter) if isinstance(field.default, tuple))
_CONVERTED = _DATES | _LISTS | {"is_letter"}  # the others are the same text everywhere
_values = attrgetter(*LETTER_FIELDS)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def dump(value: object) -> str:
    """One line of JSON as files and outputs hold it: UTF-8, no ASCII escapes, no padding."""
    return _encode(value)


def plain(value: object) -> Any:
    """A field's value as `clean --json` prints it: dates in ISO form, several values a list."""
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Attachment):
        return {"name": value.name, "url": value.url}
    return value


def clean_object(letter: ReplyLetter) -> dict[str, Any]:
    """The object `fuhan clean --json` prints, contacts included."""
    return {"v": 1, **letter_fields(letter)}


def letter_fields(letter: ReplyLetter, *, contacts: bool = True) -> dict[str, Any]:
    """Every field of a letter under its contract's key; `contacts=False` leaves them out."""
    values = dict(zip(LETTER_FIELDS, _values(letter), strict=True))
    for name in _CONVERTED:
        values[name] = plain(values[name])
    if not contacts:
        del values["contacts"]
    return values


def letter_from_fields(values: Mapping[str, Any]) -> ReplyLetter:
    """The record `letter_fields` came from; keys it does not know are left aside."""
    return ReplyLetter(
        **{name: _from_plain(name, values[name]) for name in LETTER_FIELDS if name in values}
    )


def _from_plain(name: str, value: Any) -> Any:
    if name in _LISTS:
        if name == "attachments":
            return tuple(Attachment(item["name"], item["url"]) for item in value)
        return tuple(value)
    if name in _DATES:
        return date.fromisoformat(value) if value else None
    return bool(value) if name == "is_letter" else value


def letter_row(letter: ReplyLetter) -> dict[str, Any]:
    """A letter's fields as columns of the `readings` table: several values as JSON text."""
    return {
        name: dump(value) if isinstance(value, list) else value
        for name, value in letter_fields(letter).items()
    }


class Columns(Protocol):
    """A row whose columns are found by name."""

    def __getitem__(self, name: str, /) -> Any: ...


def letter_from_row(row: Columns, names: Iterable[str] = LETTER_FIELDS) -> ReplyLetter:
    """The letter a row of the `readings` table holds, or as much of it as `names` tells."""
    values = {name: row[name] for name in names}
    for name in _CONVERTED & values.keys():
        value = values[name]
        if value == "[]":  # as most are, and an export reads millions of them
            values[name] = ()
        elif value is not None:
            values[name] = _from_plain(name, json.loads(value) if name in _LISTS else value)
    return ReplyLetter(**values)


def fields_from_columns(columns: Iterable[Any], *, contacts: bool = True) -> dict[str, Any]:
    """`letter_fields` of the letter that columns of `readings` hold, without making the letter.

    The first columns are `LETTER_FIELDS`, in that order; others may follow.
    """
    values = dict(zip(LETTER_FIELDS, columns, strict=False))
    for name in _LISTS:
        text = values[name]
        values[name] = [] if text == "[]" else json.loads(text)
    values["is_letter"] = bool(values["is_letter"])
    if not contacts:
        del values["contacts"]
    return values


def change_fields(changes: Sequence[FieldChange]) -> list[dict[str, Any]]:
    """`fields` of an event; contacts change like any field but are not shown."""
    return [
        {"field": change.field, "before": change.before, "after": change.after}
        for change in changes
        if change.field != "contacts"
    ]


def event_line(event: Event) -> dict[str, Any]:
    """One line of `fuhan changes --json`; every key is always there."""
    return {
        "v": 1,
        "cursor": event.cursor or None,
        "kind": event.kind.value,
        "significance": event.significance.value if event.significance else None,
        "observed_at": to_text(event.observed_at),
        "portal": event.portal,
        "url": event.url,
        "from_url": event.from_url,
        "letter": {
            "id": event.letter.id,
            "title": event.letter.title,
            "index_number": event.letter.index_number,
            "url": event.letter.url,
        },
        "version": event.version,
        "fields": change_fields(event.fields),
        "figures": [{"before": item.before, "after": item.after} for item in event.figures],
        "diff": [list(piece) for piece in event.diff],
        "baseline": event.baseline,
        "backdated": event.backdated,
        "scope": event.scope,
        "reason": event.reason,
        "replayed": event.replayed,
    }


def letter_line(record: LetterRecord) -> dict[str, Any]:
    """One line of `fuhan letters --json`: the letter as it now stands, without contacts."""
    return {
        "v": 1,
        "id": record.id,
        "title": record.letter.title,
        "index_number": record.letter.index_number,
        "urls": list(record.urls),
        "status": record.status,
        "versions": record.versions,
        "first_seen": to_text(record.first_seen),
        "last_seen": to_text(record.last_seen),
        **letter_fields(record.letter, contacts=False),
    }


def show_object(
    record: LetterRecord,
    evidence: Sequence[CopyEvidence],
    files: Sequence[LetterAttachment] = (),
) -> dict[str, Any]:
    """The object `fuhan show --json` prints: the letter's line, why each copy is of it, and the
    files its copies link to."""
    return {
        **letter_line(record),
        "copies": [_evidence_form(tie) for tie in evidence],
        "files": [attachment_object(file) for file in files],
    }


def _evidence_form(tie: CopyEvidence) -> dict[str, Any]:
    return {
        "url": tie.url,
        "portal": tie.portal,
        "status": tie.status,
        "evidence": tie.tie,
        "compared_with": tie.with_url,
        "compared": dict(tie.compared),
        "decided_at": to_text(tie.decided_at) if tie.decided_at else None,
        "from_letter": tie.from_letter,
        "note": tie.note,
    }


def status_object(
    portals: Sequence[PortalStatus],
    undelivered: Sequence[Undelivered] = (),
    faults: Mapping[str, str] = MappingProxyType({}),
) -> dict[str, Any]:
    """The object `fuhan status --json` prints; `faults` are those of portal files, by portal."""
    return {
        "v": 1,
        "portals": [
            {
                "name": portal.name,
                "state": portal.state.value,
                "reason": portal.reason,
                "last_run": to_text(portal.last_run) if portal.last_run else None,
                "last_healthy": to_text(portal.last_healthy) if portal.last_healthy else None,
                "letters": portal.letters,
                "due": portal.due,
                "held": portal.held,
                "rejected": portal.rejected,
                "unread": len(portal.unread),
                "next_attempt": to_text(portal.next_attempt) if portal.next_attempt else None,
                "interrupted": to_text(portal.interrupted) if portal.interrupted else None,
            }
            for portal in portals
        ],
        "undelivered": [
            {
                "channel": entry.key.channel,
                "name": entry.key.name,
                "target": entry.key.target,
                "waiting": entry.waiting,
                "dead": entry.dead,
                "since": to_text(entry.since),
                "attempts": entry.attempts,
                "next_attempt": to_text(entry.next_attempt) if entry.next_attempt else None,
                "error": entry.error,
            }
            for entry in undelivered
        ],
        "faults": [{"portal": name, "reason": reason} for name, reason in faults.items()],
    }
