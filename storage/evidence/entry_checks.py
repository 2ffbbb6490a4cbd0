"""The journal's entries held against their rows, and the rows against the journal; reads only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from storage.database import Database, Row
from storage.errors import ArchiveDamaged
from storage.evidence import journal
from storage.evidence.faults import (
    BROKEN_ROW,
    Fault,
    FaultKind,
    Findings,
    Head,
    about,
    what_is_broken,
)
from storage.evidence.journaled import CONTENTS
from storage.evidence.said_once import whole
from storage.forget.checks import Chains, chains, excused

_TABLES = {
    "version": "versions",
    "reading": "readings",
    "capture": "captures",
    "event": "events",
    "decision": "decisions",
    "file": "attachment_versions",
    "forget": "forgotten",
}


@dataclass(slots=True)
class Known:
    """What the journal says, gathered on the way through it."""

    first_reading: int | None = None  # rows from here on have entries
    first_capture: int | None = None
    moved: dict[int, int] = field(default_factory=dict)  # copies a hand moved, and their letter
    cut: Chains = field(default_factory=dict)  # rows something was forgotten of


def entries(database: Database, findings: Findings, known: Known) -> Iterator[Fault]:
    """The chain recomputed, each entry held against its row; notes in `known` what it saw."""
    known.cut = chains(database)
    previous, expected = journal.GENESIS, 1
    for entry in database.rows("SELECT * FROM journal ORDER BY seq"):
        for wrong in journal.check_entry(entry, previous, expected):
            yield Fault(FaultKind.JOURNAL, "journal", row=wrong.seq, detail=wrong.problem)
        previous, expected = entry["hash"], entry["seq"] + 1
        findings.head = Head(entry["seq"], str(entry["hash"]))
        findings.checked["journal"] += 1
        yield from _entry(database, entry, findings, known)


def _entry(database: Database, entry: Row, findings: Findings, known: Known) -> Iterator[Fault]:
    """An entry's row held against what was recorded of it."""
    try:
        content = whole(
            entry["kind"],
            json.loads(entry["content"]),
            entry["observed_at"],
            entry["recorded_at"],
        )
        _note(entry, content, known)
    except BROKEN_ROW:
        return  # an altered entry, which its hash tells
    table = _TABLES.get(entry["kind"])
    if table is None:
        return
    findings.checked[table] += 1
    if entry["ref_id"] is None:
        return  # a decision about a portal: the entry is all there is of it
    yield from _row(database, entry, content, table, known.cut)


def _row(
    database: Database, entry: Row, content: dict[str, Any], table: str, cut: Chains
) -> Iterator[Fault]:
    row_id = entry["ref_id"]
    try:
        now = CONTENTS[entry["kind"]](database, row_id)
    except KeyError:
        yield about(
            database, Fault(FaultKind.MISSING, table, row=row_id, seq=entry["seq"]), content
        )
        return
    except (*BROKEN_ROW, ArchiveDamaged) as error:
        fault = Fault(
            FaultKind.ALTERED, table, row_id, seq=entry["seq"], detail=what_is_broken(error)
        )
        yield about(database, fault, content)
        return
    wrong = {name for name, value in content.items() if now.get(name) != value}
    if wrong and cut:
        wrong -= excused(cut, entry["kind"], row_id, content, now)
    wrong |= set(_times(database, entry, table))
    for place, columns in _places(table, row_id, wrong, content):
        fault = Fault(FaultKind.ALTERED, *place, columns=tuple(sorted(columns)), seq=entry["seq"])
        yield about(database, fault, content)


def _places(
    table: str, row_id: int, wrong: set[str], content: dict[str, Any]
) -> Iterator[tuple[tuple[str, int], set[str]]]:
    """The rows that say otherwise: a version's entry holds its capture and first reading, too."""
    inner = {"readings": _OF_READING, "captures": _OF_CAPTURE} if table == "versions" else {}
    for other, (id_name, names) in inner.items():
        if wrong & names and id_name not in wrong and id_name in content:
            yield (other, content[id_name]), wrong & names
            wrong = wrong - names
    if wrong:
        yield (table, row_id), wrong


_OF_READING = ("reading", {"content", "reader", "read_at"})
_OF_CAPTURE = ("capture_id", {"capture", "circumstances", "kept"})


def _times(database: Database, entry: Row, table: str) -> Iterator[str]:
    """A version's times are content of its entry; other rows' stand in its text."""
    if table != "versions":
        return
    row = database.row(
        "SELECT observed_at, recorded_at FROM versions WHERE id = ?", (entry["ref_id"],)
    )
    for name in ("observed_at", "recorded_at"):
        if row is not None and row[name] != entry[name]:
            yield name


def _note(entry: Row, content: dict[str, Any], known: Known) -> None:
    """Keeps what later parts ask the journal for."""
    kind = entry["kind"]
    if kind == "version" and "reading" in content:
        known.first_reading = known.first_reading or content["reading"]
        known.first_capture = known.first_capture or content["capture_id"]
    elif kind == "reading":
        known.first_reading = known.first_reading or entry["ref_id"]
    elif kind == "capture":
        known.first_capture = known.first_capture or entry["ref_id"]
    elif kind == "event" and content["copy"] in known.moved:
        if content["kind"] not in ("joined", "split", "split-from"):
            known.moved[content["copy"]] = content["letter"]
    elif kind == "decision":
        for copy_id, _, letter_id, _ in content.get("copies", ()):
            known.moved[copy_id] = letter_id


def noted_heads(database: Database, heads: Iterable[Head]) -> Iterator[Fault]:
    """Heads noted down before: a cut tail and a rewritten journal show by nothing else."""
    for head in heads:
        if head.seq == 0:
            continue
        found = database.value("SELECT hash FROM journal WHERE seq = ?", (head.seq,))
        last, _ = journal.head(database)
        if found is None:
            yield Fault(FaultKind.CUT, "journal", row=head.seq, detail=str(last))
        elif found != head.hash:
            yield Fault(FaultKind.REWRITTEN, "journal", row=head.seq, detail=str(found))


_NO_ENTRY = "NOT EXISTS (SELECT 1 FROM journal WHERE kind = :kind AND ref_id = t.id)"
_UNRECORDED = {
    "versions": "SELECT id FROM versions t WHERE {no_entry}",
    "events": "SELECT id FROM events t WHERE (cursor IS NOT NULL OR status = 'published')"
    " AND {no_entry}",
    "decisions": "SELECT id FROM decisions t WHERE {no_entry}",
    "attachment_versions": "SELECT id FROM attachment_versions t WHERE {no_entry}",
    "forgotten": "SELECT id FROM forgotten t WHERE {no_entry}",
    "readings": "SELECT id FROM readings t WHERE id >= :reading AND {no_entry} AND id != (SELECT"
    " min(id) FROM readings r WHERE r.version_id = t.version_id)",
    "captures": "SELECT id FROM captures t WHERE id >= :capture AND {no_entry}"
    " AND NOT EXISTS (SELECT 1 FROM versions"
    " WHERE versions.copy_id = t.copy_id AND capture_id = t.id)",
    "identifications": "SELECT id FROM identifications t"
    " WHERE kind IN ('joined', 'split') AND decision_id IS NULL",
}


def unrecorded(database: Database, known: Known) -> Iterator[Fault]:
    """Rows the journal does not know: put in, or their entries cut out.

    Readings and captures of before their entries were kept have none, and are left aside.
    """
    kinds = {table: kind for kind, table in _TABLES.items()}
    for table, sql in _UNRECORDED.items():
        values = {
            "kind": kinds.get(table),
            "reading": known.first_reading,
            "capture": known.first_capture,
        }
        for row in list(database.rows(sql.format(no_entry=_NO_ENTRY), values)):
            yield about(database, Fault(FaultKind.UNRECORDED, table, row=row["id"]), {})
