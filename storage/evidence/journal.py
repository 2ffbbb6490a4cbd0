"""The journal: versions, published events and decisions in recording order, each entry hashing
the one before it, so that whatever is altered, missing or reordered later can be shown.

Later readings of a version, captures kept as evidence without one, and contents of linked files
have entries of their own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from storage.clock import from_text
from storage.database import Database, Row
from storage.evidence.said_once import shortened
from storage.json_forms import dump

EntryKind = Literal["version", "reading", "capture", "event", "decision", "file", "forget"]
GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class JournalFault:
    """One entry that does not hash to what it says, or does not follow the one before it."""

    seq: int
    problem: str


def append(
    database: Database,
    kind: EntryKind,
    ref_id: int | None,
    content: dict[str, Any],
    *,
    observed_at: str | None,
    recorded_at: str,
) -> None:
    """Adds one entry inside a `writing()` block; `content` names digests, never personal data."""
    _, previous = head(database)
    text = dump(shortened(kind, content, observed_at, recorded_at))
    database.insert(
        "journal",
        {
            "kind": kind,
            "ref_id": ref_id,
            "observed_at": observed_at,
            "recorded_at": recorded_at,
            "content": text,
            "previous": previous,
            "hash": _hash(previous, kind, ref_id, observed_at, recorded_at, text),
        },
    )


def head(database: Database) -> tuple[int, str]:
    """The last entry's number and hash; (0, 64 zeros) before the first one."""
    row = database.row("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1")
    return (row["seq"], row["hash"]) if row else (0, GENESIS)


def last_recorded_at(database: Database) -> datetime | None:
    """When the last entry was made; None before the first."""
    text = database.value("SELECT recorded_at FROM journal ORDER BY seq DESC LIMIT 1")
    return from_text(text) if text else None


def archive_name(database: Database) -> str:
    """What tells an archive from all others for good: its first entry's hash; zeros before it."""
    return str(database.value("SELECT hash FROM journal WHERE seq = 1") or GENESIS)


def check(database: Database) -> list[JournalFault]:
    """Recomputes the whole chain; this is a read-only operation."""
    faults: list[JournalFault] = []
    previous, expected = GENESIS, 1
    for row in database.rows("SELECT * FROM journal ORDER BY seq"):
        faults += check_entry(row, previous, expected)
        previous, expected = row["hash"], row["seq"] + 1
    return faults


def check_entry(row: Row, previous: str, expected: int) -> Iterator[JournalFault]:
    """What is wrong with an entry that should follow the hash `previous` as number `expected`."""
    if row["seq"] != expected:
        yield JournalFault(expected, f"entries {expected}–{row['seq'] - 1} missing")
    if row["previous"] != previous:
        yield JournalFault(row["seq"], "does not follow the entry before it")
    if row["hash"] != _entry_hash(row):
        yield JournalFault(row["seq"], "altered after it was written")


def _entry_hash(row: Row) -> str | None:
    """What an entry's columns hash to; None where one holds what no entry has, as bytes."""
    names = ("previous", "kind", "ref_id", "observed_at", "recorded_at", "content")
    try:
        return _hash(*(row[name] for name in names))
    except (TypeError, ValueError):
        return None


def _hash(*parts: str | int | None) -> str:
    return hashlib.sha256(dump(list(parts)).encode()).hexdigest()
