"""What `verify` finds: what can be wrong with an archive, and what each fault is about."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from storage.database import Database, Row
from storage.errors import ArchiveDamaged, ArchiveError
from storage.evidence.journal import GENESIS


class FaultKind(StrEnum):
    """What is wrong."""

    FILE = "file"  # SQLite itself finds the file damaged
    REFERENCE = "reference"  # a row names another that is not there
    JOURNAL = "journal"  # an entry is altered, missing or out of its order
    CUT = "cut"  # the journal ends before the head that was noted down
    REWRITTEN = "rewritten"  # it has another entry at the head that was noted down
    MISSING = "missing"  # what was journaled is no longer there
    ALTERED = "altered"  # it says otherwise than the journal
    UNRECORDED = "unrecorded"  # the journal does not know it
    CAPTURE = "capture"  # bytes that no longer have the digest they were stored with
    CONTRADICTION = "contradiction"  # it does not follow from what was recorded


@dataclass(frozen=True, slots=True)
class Fault:
    """One row that is not as it was recorded; what it is about is named where that is known."""

    kind: FaultKind
    table: str | None
    row: int | None = None
    columns: tuple[str, ...] = ()  # what of it, by the journal's names
    seq: int | None = None  # the journal's entry
    letter: int | None = None
    url: str | None = None
    version: int | None = None  # of the copy, from 1
    cursor: int | None = None  # of the event
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """The journal's last entry at some time: reports print it."""

    seq: int
    hash: str


@dataclass(slots=True)
class Findings:
    """What `verify` found: the faults, how much was checked, and the head to note down."""

    head: Head = Head(0, GENESIS)
    faults: list[Fault] = field(default_factory=list)
    checked: Counter[str] = field(default_factory=Counter)  # by table

    @property
    def sound(self) -> bool:
        """Whether the archive holds what was recorded."""
        return not self.faults


def about(database: Database, fault: Fault, content: dict[str, Any]) -> Fault:
    """The fault with what it is about: by the row, else by the journal's content. Reads only."""
    found = _ABOUT.get(fault.table or "")
    row = _readable_row(database, found, fault.row) if found else None
    copy_id = content.get("copy")
    if row is None and copy_id is not None:
        row = _readable_row(database, _OF_COPY, copy_id)
    return replace(
        fault,
        letter=_value(row, "letter_id") or content.get("letter"),
        url=_value(row, "url"),
        version=_value(row, "number") or content.get("number"),
        cursor=_value(row, "cursor") or content.get("cursor"),
    )


def what_is_broken(error: Exception) -> str:
    """What keeps a row or a table from being read: a byte of a text that is no UTF-8, say."""
    detail = error.values.get("detail") if isinstance(error, ArchiveError) else None
    return str(detail or repr(error))


def _readable_row(database: Database, sql: str, row_id: object) -> Row | None:
    """None, too, where the damage is in what would be named."""
    try:
        return database.row(sql, (row_id,))
    except ArchiveDamaged:
        return None


def _value(row: Row | None, column: str) -> Any:
    return None if row is None or column not in row.keys() else row[column]  # noqa: SIM118


_OF_COPY = "SELECT letter_id, url FROM copies WHERE id = ?"
_ABOUT = {
    "versions": """SELECT copies.letter_id, copies.url, number FROM versions
                   JOIN copies ON copies.id = copy_id WHERE versions.id = ?""",
    "readings": """SELECT copies.letter_id, copies.url, number FROM readings
                   JOIN versions ON versions.id = version_id
                   JOIN copies ON copies.id = copy_id WHERE readings.id = ?""",
    "captures": """SELECT copies.letter_id, captures.url FROM captures
                   JOIN copies ON copies.id = copy_id WHERE captures.id = ?""",
    "events": """SELECT coalesce(copies.letter_id, events.letter_id) AS letter_id, copies.url,
                        cursor FROM events JOIN copies ON copies.id = copy_id
                 WHERE events.id = ?""",
    "decisions": "SELECT letter_id FROM decisions WHERE id = ?",
    "identifications": """SELECT copies.letter_id, copies.url FROM identifications
                          JOIN copies ON copies.id = copy_id WHERE identifications.id = ?""",
    "attachment_versions": """SELECT copies.letter_id, f.url FROM attachment_versions v
                              JOIN attachment_files f ON f.id = v.file_id
                              JOIN copies ON copies.id = f.copy_id WHERE v.id = ?""",
    "attachment_contents": """SELECT copies.letter_id, f.url FROM attachment_versions v
                              JOIN attachment_files f ON f.id = v.file_id
                              JOIN copies ON copies.id = f.copy_id WHERE v.content_id = ?
                              ORDER BY v.id LIMIT 1""",
    "forgotten": "SELECT letter_id FROM forgotten WHERE id = ?",
    "copies": _OF_COPY,
}

BROKEN_ROW = (ValueError, TypeError, KeyError, AttributeError, OverflowError, MemoryError)
"""Raised where a row's columns hold something else than was written there."""
