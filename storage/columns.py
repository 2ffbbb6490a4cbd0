"""Letters as a table: the columns of a row, and what kind of value stands in each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any, Literal

from storage.clock import from_text
from storage.records import ReplyLetter

Kind = Literal["integer", "flag", "text", "texts", "date", "instant", "attachments"]
"""`texts` are several texts; `attachments` several pairs of `name` and `url`."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name is the key of `fuhan export --format jsonl`."""

    name: str
    kind: Kind


_KINDS: Mapping[str, Kind] = {
    "bool": "flag",
    "date | None": "date",
    "tuple[str, ...]": "texts",
    "tuple[Attachment, ...]": "attachments",
}
LETTER_COLUMNS = tuple(
    Column(field.name, _KINDS.get(str(field.type), "text")) for field in fields(ReplyLetter)
)
"""What is read from a letter, in the order of the record."""

RECORD_COLUMNS = (
    Column("id", "integer"),
    Column("status", "text"),
    Column("urls", "texts"),
    Column("versions", "integer"),
    Column("first_seen", "instant"),
    Column("last_seen", "instant"),
)
"""What the archive knows of a letter."""

_EXPORT_COLUMNS = (
    Column("cursor", "integer"),
    Column("reason", "text"),
    Column("deleted", "flag"),
    *RECORD_COLUMNS,
    Column("joined_into", "integer"),
    Column("split_from", "integer"),
)


def export_columns(*, contacts: bool = False) -> tuple[Column, ...]:
    """The columns of an exported table, in order."""
    return (*_EXPORT_COLUMNS, *_letter_columns(contacts))


def row_columns(*, contacts: bool = False) -> tuple[Column, ...]:
    """The columns of a letter as it now stands, in order."""
    return (*RECORD_COLUMNS, *_letter_columns(contacts))


def typed_row(line: Mapping[str, Any], columns: tuple[Column, ...]) -> dict[str, Any]:
    """A JSON line's values under these columns: dates as `date`, instants as aware `datetime`."""
    return {column.name: _typed(column.kind, line[column.name]) for column in columns}


def _typed(kind: Kind, value: Any) -> Any:
    if value is None or kind not in ("date", "instant"):
        return value
    return date.fromisoformat(value) if kind == "date" else from_text(value)


def _letter_columns(contacts: bool) -> tuple[Column, ...]:
    return tuple(column for column in LETTER_COLUMNS if contacts or column.name != "contacts")
