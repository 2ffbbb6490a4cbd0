"""Whether the archive still holds what was recorded: every row held against its journal entry.

What it covers: versions, readings, captures, linked files, published events and decisions;
which letter each copy belongs to; and what follows from them for letters and copies. Schedules,
visits, profiles and what identity looks up are no part of the record. A read-only operation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import zstandard

from storage.attachments.contents import load_content, next_content
from storage.captures import load_capture
from storage.database import Database
from storage.errors import ArchiveError
from storage.evidence import derived
from storage.evidence.entry_checks import Known, entries, noted_heads, unrecorded
from storage.evidence.faults import (
    BROKEN_ROW,
    Fault,
    FaultKind,
    Findings,
    Head,
    about,
    what_is_broken,
)
from storage.forget import checks as forget_checks

_MOST_FILE_FAULTS = 100
_COUNT = "SELECT (SELECT count(*) FROM captures) + (SELECT count(*) FROM attachment_contents)"


def verify(
    database: Database,
    *,
    quick: bool = False,
    heads: Iterable[Head] = (),
    watch: Callable[[int], None] = lambda _: None,
) -> Findings:
    """Recomputes everything the journal says, and names what is not as it was recorded.

    `quick` leaves the captures' bytes and SQLite's own slow check out; `heads` are heads that
    were noted down before; `watch` is told how many captures are done. Raises nothing for what
    is damaged.
    """
    findings = Findings()
    with database.reading():
        parts: list[tuple[str | None, Callable[[], Iterator[Fault]]]] = []
        known = Known()
        parts.append((None, lambda: _file(database, quick)))
        parts.append(("journal", lambda: entries(database, findings, known)))
        parts.append(("journal", lambda: noted_heads(database, heads)))
        parts.append(("journal", lambda: unrecorded(database, known)))
        parts.append(("copies", lambda: derived.letters_of_copies(database, known.moved)))
        parts.append(("copies", lambda: derived.presence(database)))
        parts.append(("letters", lambda: derived.letters(database)))
        parts.append(("versions", lambda: derived.version_states(database)))
        parts.append(("forgotten", lambda: forget_checks.states(database, known.cut)))
        if not quick:
            parts.append(("captures", lambda: _captures(database, findings, watch)))
            parts.append(("attachment_contents", lambda: _files(database, findings, watch)))
        for table, part in parts:
            with _damage_named(findings, table):
                findings.faults.extend(part())
    return findings


def captures_to_read(database: Database, *, quick: bool) -> int:
    """How many captures and files will be read; 0 where a table is too damaged to count."""
    try:
        return 0 if quick else int(database.value(_COUNT))
    except ArchiveError:
        return 0


@contextmanager
def _damage_named(findings: Findings, table: str | None) -> Iterator[None]:
    """A table that cannot be read to its end is a fault, told once; the other parts are checked
    all the same."""
    try:
        yield
    except (ArchiveError, *BROKEN_ROW) as error:
        fault = Fault(FaultKind.FILE, table, detail=what_is_broken(error))
        if fault not in findings.faults:
            findings.faults.append(fault)


def _file(database: Database, quick: bool) -> Iterator[Fault]:
    pragma = "quick_check" if quick else "integrity_check"
    # "*** in database main ***\nTree 19 page 37 cell 0: invalid page number 8", many to a row
    rows = [str(row[0]) for row in database.rows(f"PRAGMA {pragma}({_MOST_FILE_FAULTS})")]
    found = [
        line
        for row in rows
        for line in row.splitlines()
        if line not in ("", "ok") and not line.startswith("*** in database")
    ]
    if found:
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        yield Fault(FaultKind.FILE, None, detail=found[0] + more)
    for row in database.rows("PRAGMA foreign_key_check"):
        yield Fault(FaultKind.REFERENCE, row[0], row=row[1], detail=f"→ {row[2]}")


# --- captures --------------------------------------------------------------------------------


def _captures(
    database: Database, findings: Findings, watch: Callable[[int], None]
) -> Iterator[Fault]:
    """Every body read and held against its digest, one at a time."""
    last = 0
    while True:
        row = database.row(
            """SELECT id, iif(kept_digest IS NULL, size, NULL) AS size FROM captures
               WHERE id > ? ORDER BY id LIMIT 1""",
            (last,),
        )
        if row is None:
            return
        last = row["id"]
        findings.checked["captures read"] += 1
        yield from _capture(database, last, row["size"])
        watch(findings.checked["captures read"])


def _capture(database: Database, capture_id: int, size: object) -> Iterator[Fault]:
    detail = ""
    try:
        capture = load_capture(database, capture_id)
    except ArchiveError:
        detail = "digest"
    except (*BROKEN_ROW, zstandard.ZstdError) as error:
        detail = repr(error)
    else:
        if capture is not None and size in (None, len(capture.body)):
            return
        detail = "size"
    fault = Fault(FaultKind.CAPTURE, "captures", row=capture_id, detail=detail)
    yield about(database, fault, {})


# --- files linked from letters ---------------------------------------------------------------


def _files(database: Database, findings: Findings, watch: Callable[[int], None]) -> Iterator[Fault]:
    """Every content a linked file had, read and held against its digest, one at a time."""
    last = 0
    while (following := next_content(database, last)) is not None:
        last = following
        findings.checked["files read"] += 1
        try:
            load_content(database, last)
        except ArchiveError:
            detail = "digest"
        except (*BROKEN_ROW, zstandard.ZstdError) as error:
            detail = repr(error)
        else:
            detail = ""
        if detail:
            fault = Fault(FaultKind.CAPTURE, "attachment_contents", row=last, detail=detail)
            yield about(database, fault, {})
        watch(findings.checked["captures read"] + findings.checked["files read"])
