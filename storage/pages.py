"""What one visit leaves in the archive: a time, a version with its pending event, or evidence."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime

from storage import journal
from storage.captures import body_digest, load_capture, save_capture
from storage.clock import beijing_date, from_text, to_text
from storage.database import Database, Row
from storage.events import insert_event, publish_reread
from storage.evidence import fold_text
from storage.identity import find_letter, save_evidence
from storage.json_forms import dump, letter_fields, letter_from_row, letter_row
from storage.records import (
    Answer,
    Capture,
    Change,
    CopyHistory,
    EventKind,
    Outcome,
    PageVisit,
    ReplyLetter,
)

_COMPARED_WITH = """
    SELECT versions.id AS version_id, versions.number, versions.status, versions.digest,
           readings.id AS reading_id, readings.*
    FROM versions JOIN readings ON readings.version_id = versions.id
    WHERE versions.copy_id = ? AND versions.status IN ({statuses})
    ORDER BY versions.number DESC, readings.id DESC LIMIT 1
"""


def history(database: Database, copy_id: int) -> CopyHistory:
    """What is known of a copy; the version to compare with is its last one that was not held."""
    copy = _copy(database, copy_id)
    version = _compared_version(database, copy_id)
    return CopyHistory(
        copy_id=copy_id,
        portal=copy["portal"],
        url=copy["url"],
        letter_id=copy["letter_id"],
        first_seen=from_text(copy["first_seen"]),
        last_visited=_instant(copy["last_visited"]),
        quiet_since=from_text(copy["quiet_since"]),
        letter_date=_date(copy["letter_date"] or copy["listed_date"]),
        gone_since=_instant(copy["gone_since"]),
        body_digest=copy["body_digest"],
        reader=copy["reader"],
        version_id=version["version_id"] if version else None,
        reading=letter_from_row(version) if version else None,
    )


def last_capture(database: Database, copy_id: int) -> Capture | None:
    """The capture of the version `history` compares with."""
    capture_id = database.value(
        """SELECT capture_id FROM versions WHERE copy_id = ? AND id = ?""",
        (copy_id, (_compared_version(database, copy_id) or {"version_id": None})["version_id"]),
    )
    return load_capture(database, capture_id) if capture_id else None


def save_unchanged(database: Database, visit: PageVisit, due_at: datetime) -> Outcome:
    """Records a visit that brought nothing new, inside a `writing()` block.

    A 304, or the very bytes read last time, repeats the outcome they came with: where those were
    held back by the circuit breaker, they still are. Other bytes that read like the version
    told last show that what was held had been misread, and drop it.
    """
    copy = _copy(database, visit.copy_id)
    digest = body_digest(visit.capture.body) if visit.capture else None
    repeated = visit.answer is Answer.NOT_MODIFIED or digest == copy["body_digest"]
    held = _held_version(database, visit.copy_id)
    if held and not repeated:
        drop_version(database, held["id"])
        held = None
    outcome = Outcome.CHANGED if held else Outcome.UNCHANGED
    if repeated and copy["outcome"] in {Outcome.NOT_A_LETTER, Outcome.UNREADABLE}:
        outcome = Outcome(copy["outcome"])
    if outcome is Outcome.UNCHANGED:
        database.write("UPDATE runs SET unchanged = unchanged + 1 WHERE id = ?", (visit.run_id,))
    else:
        _save_visit(database, visit, outcome, None)
    _touch(database, visit, due_at, success=outcome in {Outcome.UNCHANGED, Outcome.CHANGED})
    if digest and outcome is Outcome.UNCHANGED:
        _store_validators(database, visit, digest)
    return outcome


def save_refusal(
    database: Database, visit: PageVisit, outcome: Outcome, due_at: datetime, reader: str | None
) -> None:
    """Records a visit that gave no letter; its body is kept as evidence once per digest."""
    capture_id = None
    if visit.capture and visit.capture.body:
        capture_id = _evidence_capture(database, visit.copy_id, visit.capture)
    _save_visit(database, visit, outcome, capture_id)
    _touch(database, visit, due_at, success=False)
    if outcome in {Outcome.NOT_A_LETTER, Outcome.UNREADABLE} and visit.capture:
        database.write(
            """UPDATE copies SET outcome = ?, body_digest = ?, reader = ?,
               etag = NULL, last_modified = NULL WHERE id = ?""",
            (outcome.value, body_digest(visit.capture.body), reader, visit.copy_id),
        )


def save_letter(
    database: Database,
    visit: PageVisit,
    reading: ReplyLetter,
    reader: str,
    change: Change | None,
    due_at: datetime,
    now: datetime,
) -> Outcome:
    """Records a letter that is new or has changed: capture, version and pending event."""
    if visit.capture is None:
        raise ValueError("a letter is read from a capture")
    held = _held_version(database, visit.copy_id)
    digest = content_digest(reading)
    if held and held["digest"] == digest:
        outcome = Outcome.CHANGED if change else Outcome.NEW
        _save_visit(database, visit, outcome, held["capture_id"])
        _settle_copy(database, visit, reading, reader, due_at, quiet=True)
        return outcome
    if held and change:
        drop_version(database, held["id"])
    before = _compared_version(database, visit.copy_id)
    capture_id = save_capture(database, visit.copy_id, visit.capture)
    if _already_saved(database, visit, capture_id):
        return Outcome.UNCHANGED
    version_id, reading_id = _insert_version(
        database, visit, reading, reader, capture_id, digest, now
    )
    if before is None:
        kind, letter_id = _identify(database, visit, reading, version_id)
    else:
        kind = EventKind.CHANGED
        letter_id = int(_copy(database, visit.copy_id)["letter_id"])
    save_evidence(database, visit.copy_id, reading, visit.portal)
    insert_event(
        database,
        kind=kind,
        visit=visit,
        letter_id=letter_id,
        version_id=version_id,
        reading_before=before["reading_id"] if before else None,
        reading_after=reading_id,
        change=change,
        backdated=kind is EventKind.NEW and _is_backdated(database, visit.copy_id, reading),
        now=now,
    )
    outcome = Outcome.CHANGED if kind is EventKind.CHANGED else Outcome.NEW
    _save_visit(database, visit, outcome, capture_id)
    _settle_copy(database, visit, reading, reader, due_at, quiet=False)
    return outcome


def add_reading(
    database: Database, version_id: int, reading: ReplyLetter, reader: str, now: datetime
) -> None:
    """Adds what a better reader made of a version; the version itself stays as it is.

    Where it reads otherwise than before, exports hand it on; `changes` never shows it.
    """
    copy_id = database.value("SELECT copy_id FROM versions WHERE id = ?", (version_id,))
    database.write("UPDATE copies SET reader = ? WHERE id = ?", (reader, copy_id))
    before = database.row(
        "SELECT * FROM readings WHERE version_id = ? ORDER BY id DESC LIMIT 1", (version_id,)
    )
    if before and letter_from_row(before) == reading:
        return
    reading_id = _insert_reading(database, version_id, reading, reader, now)
    if database.value("SELECT status FROM versions WHERE id = ?", (version_id,)) == "published":
        publish_reread(database, copy_id, version_id, reading_id, now)


def _insert_reading(
    database: Database, version_id: int, reading: ReplyLetter, reader: str, now: datetime
) -> int:
    return database.insert(
        "readings",
        {
            "version_id": version_id,
            "reader": reader,
            "read_at": to_text(now),
            **letter_row(reading),
        },
    )


def content_digest(reading: ReplyLetter) -> str:
    """A digest of everything a reading says, contacts and warnings included."""
    return hashlib.sha256(dump(letter_fields(reading)).encode()).hexdigest()


def drop_version(database: Database, version_id: int) -> None:
    """Takes back a version that turned out misread, with the events it gave."""
    database.write("UPDATE versions SET status = 'dropped' WHERE id = ?", (version_id,))
    database.write(
        """UPDATE events SET status = 'dropped'
           WHERE version_id = ? AND status IN ('held', 'pending')""",
        (version_id,),
    )


def _identify(
    database: Database, visit: PageVisit, reading: ReplyLetter, version_id: int
) -> tuple[EventKind, int]:
    """Finds or makes the letter a first version belongs to, and lets its other copies be asked."""
    letter_id = _copy(database, visit.copy_id)["letter_id"]
    if letter_id is not None:  # its first version was held and dropped
        return EventKind.NEW, int(letter_id)
    match = find_letter(database, reading, visit.portal, except_copy=visit.copy_id)
    letter_id = match.letter_id if match else database.insert("letters", {"status": "present"})
    database.write("UPDATE copies SET letter_id = ? WHERE id = ?", (letter_id, visit.copy_id))
    if match is None:
        return EventKind.NEW, letter_id
    if _is_echo(database, letter_id, version_id, reading):
        database.write("UPDATE versions SET echo = 1 WHERE id = ?", (version_id,))
    database.write(  # has the letter moved? its other addresses on this portal tell
        """UPDATE copies SET due_at = ? WHERE letter_id = ? AND id != ?
           AND status = 'present' AND first_run < ?""",
        (to_text(visit.observed_at), letter_id, visit.copy_id, visit.run_id),
    )
    return EventKind.COPY_FOUND, letter_id


def _is_echo(database: Database, letter_id: int, version_id: int, reading: ReplyLetter) -> bool:
    text = fold_text(reading.body)
    return any(
        fold_text(row["body"]) == text
        for row in database.rows(
            """SELECT readings.body FROM copies
               JOIN versions ON versions.copy_id = copies.id
               JOIN readings ON readings.version_id = versions.id
               WHERE copies.letter_id = ? AND versions.id != ?
               ORDER BY versions.id DESC LIMIT 50""",
            (letter_id, version_id),
        )
    )


def _is_backdated(database: Database, copy_id: int, reading: ReplyLetter) -> bool:
    """Published, so it says, before the column was last read to its end without it."""
    copy = _copy(database, copy_id)
    published = reading.date_published or _date(copy["listed_date"])
    if copy["column_read_at"] is None or published is None:
        return False
    return published < beijing_date(from_text(copy["column_read_at"]))


def _insert_version(
    database: Database,
    visit: PageVisit,
    reading: ReplyLetter,
    reader: str,
    capture_id: int,
    digest: str,
    now: datetime,
) -> tuple[int, int]:
    number = 1 + int(
        database.value(
            "SELECT coalesce(max(number), 0) FROM versions WHERE copy_id = ?", (visit.copy_id,)
        )
    )
    version_id = database.insert(
        "versions",
        {
            "copy_id": visit.copy_id,
            "number": number,
            "run_id": visit.run_id,
            "capture_id": capture_id,
            "observed_at": to_text(visit.observed_at),
            "recorded_at": to_text(now),
            "digest": digest,
            "status": "pending",
        },
    )
    reading_id = _insert_reading(database, version_id, reading, reader, now)
    capture_digest = database.value("SELECT digest FROM captures WHERE id = ?", (capture_id,))
    journal.append(
        database,
        "version",
        version_id,
        {"copy": visit.copy_id, "number": number, "capture": capture_digest, "content": digest},
        observed_at=to_text(visit.observed_at),
        recorded_at=to_text(now),
    )
    return version_id, reading_id


def _already_saved(database: Database, visit: PageVisit, capture_id: int) -> bool:
    """The same capture committed twice by one run makes one version and one event."""
    return bool(
        database.value(
            "SELECT 1 FROM versions WHERE copy_id = ? AND capture_id = ? AND run_id = ?",
            (visit.copy_id, capture_id, visit.run_id),
        )
    )


def _evidence_capture(database: Database, copy_id: int, capture: Capture) -> int:
    known = database.value(
        "SELECT id FROM captures WHERE copy_id = ? AND digest = ? AND status = ?",
        (copy_id, body_digest(capture.body), capture.status),
    )
    return int(known) if known else save_capture(database, copy_id, capture)


def _save_visit(
    database: Database, visit: PageVisit, outcome: Outcome, capture_id: int | None
) -> None:
    database.write(
        """INSERT OR REPLACE INTO visits
           (run_id, copy_id, outcome, observed_at, reason, capture_id) VALUES (?, ?, ?, ?, ?, ?)""",
        (
            visit.run_id,
            visit.copy_id,
            outcome.value,
            to_text(visit.observed_at),
            visit.reason,
            capture_id,
        ),
    )


def _settle_copy(
    database: Database,
    visit: PageVisit,
    reading: ReplyLetter,
    reader: str,
    due_at: datetime,
    *,
    quiet: bool,
) -> None:
    """Brings the copy's row up to date after a letter was read from it."""
    _touch(database, visit, due_at, success=True)
    if visit.capture:
        _store_validators(database, visit, body_digest(visit.capture.body))
    newest = max(
        filter(None, (reading.date_published, reading.date_written, reading.date_signed)),
        default=None,
    )
    database.write(
        """UPDATE copies SET outcome = 'letter', reader = ?, letter_date = ?,
           quiet_since = iif(?, quiet_since, ?), own_portal = ?,
           status = iif(status = 'unread', 'present', status) WHERE id = ?""",
        (
            reader,
            newest.isoformat() if newest else None,
            quiet,
            to_text(visit.observed_at),
            _is_own_portal(database, visit.portal, reading),
            visit.copy_id,
        ),
    )


def _is_own_portal(database: Database, portal: str, reading: ReplyLetter) -> bool:
    row = database.row("SELECT agency, aliases FROM portals WHERE name = ?", (portal,))
    if row is None or reading.issuing_agency is None:
        return False
    names = (row["agency"], *json.loads(row["aliases"] or "[]"))
    return fold_text(reading.issuing_agency) in map(fold_text, names)


def _store_validators(database: Database, visit: PageVisit, digest: str) -> None:
    database.write(
        "UPDATE copies SET body_digest = ?, etag = ?, last_modified = ? WHERE id = ?",
        (digest, visit.validators.etag, visit.validators.last_modified, visit.copy_id),
    )


def _touch(database: Database, visit: PageVisit, due_at: datetime, *, success: bool) -> None:
    seen = to_text(visit.observed_at)
    database.write(
        """UPDATE copies SET visits = visits + 1, visited_run = ?, last_visited = ?, due_at = ?,
           last_success = iif(?, ?, last_success), success_run = iif(?, ?, success_run)
           WHERE id = ?""",
        (
            visit.run_id,
            seen,
            to_text(due_at),
            success,
            seen,
            success,
            visit.run_id,
            visit.copy_id,
        ),
    )


def _copy(database: Database, copy_id: int) -> Row:
    row = database.row(
        """SELECT copies.*, portals.name AS portal FROM copies
           JOIN portals ON portals.id = portal_id WHERE copies.id = ?""",
        (copy_id,),
    )
    if row is None:
        raise KeyError(f"no copy {copy_id}")
    return row


def _compared_version(database: Database, copy_id: int) -> Row | None:
    told = _COMPARED_WITH.format(statuses="'published', 'pending'")
    return database.row(told, (copy_id,)) or database.row(
        _COMPARED_WITH.format(statuses="'held'"), (copy_id,)
    )


def _held_version(database: Database, copy_id: int) -> Row | None:
    """A version the circuit breaker holds back, on top of one that was told."""
    return database.row(
        "SELECT * FROM versions WHERE copy_id = ? AND status = 'held' ORDER BY number DESC LIMIT 1",
        (copy_id,),
    )


def _instant(text: str | None) -> datetime | None:
    return from_text(text) if text else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
