"""What one visit leaves in the archive: a time, a version with its pending event, or evidence."""

from __future__ import annotations

from datetime import date, datetime

from storage.attachments.links import make_due, save_links
from storage.captures import body_digest, save_capture
from storage.clock import beijing_date, from_text, to_text
from storage.copies import (
    compared_version,
    copy_row,
    held_version,
    settle_copy,
    store_validators,
    touch,
)
from storage.database import Database
from storage.events import insert_event
from storage.evidence import journal, journaled
from storage.forget.recalling import recall
from storage.identity.echoes import is_echo
from storage.identity.identity import (
    Marks,
    find_letter,
    marks_of,
    save_evidence,
    save_identification,
)
from storage.identity.replaced import without_pairs
from storage.json_forms import letter_from_row
from storage.records import (
    Answer,
    Capture,
    Change,
    EventKind,
    Outcome,
    PageVisit,
    ReplyLetter,
)
from storage.rejected import is_rejected, settle_rejected
from storage.versions import already_saved, drop_version, insert_version


def save_unchanged(
    database: Database, visit: PageVisit, due_at: datetime, keep_at: datetime | None = None
) -> Outcome:
    """Records a visit that brought nothing new, inside a `writing()` block.

    With `keep_at`, the present time, its capture is kept all the same, once for the same bytes.

    A 304, or the very bytes read last time, repeats the outcome they came with: where those were
    held back by the circuit breaker, they still are. Other bytes that read like the version
    told last show that what was held had been misread, and drop it; what was rejected before is
    settled by them.
    """
    copy = copy_row(database, visit.copy_id)
    digest = body_digest(visit.capture.body) if visit.capture else None
    repeated = visit.answer is Answer.NOT_MODIFIED or digest == copy["body_digest"]
    held = held_version(database, visit.copy_id)
    if held and not repeated:
        drop_version(database, held["id"])
        held = None
    if not repeated:
        settle_rejected(database, visit.copy_id)
    outcome = Outcome.CHANGED if held else Outcome.UNCHANGED
    if repeated and copy["outcome"] in {Outcome.NOT_A_LETTER, Outcome.UNREADABLE}:
        outcome = Outcome(copy["outcome"])
    if outcome is Outcome.UNCHANGED:
        database.write("UPDATE runs SET unchanged = unchanged + 1 WHERE id = ?", (visit.run_id,))
    else:
        _save_visit(database, visit, outcome, None)
    if keep_at and visit.capture and not repeated:
        evidence_capture(database, visit.copy_id, visit.capture, keep_at)
    answered = outcome in {Outcome.UNCHANGED, Outcome.CHANGED}
    touch(database, visit, due_at, success=answered)
    if answered:
        make_due(database, visit)
    if digest and outcome is Outcome.UNCHANGED:
        store_validators(database, visit, digest)
    return outcome


def save_refusal(
    database: Database,
    visit: PageVisit,
    outcome: Outcome,
    due_at: datetime,
    reader: str | None,
    now: datetime,
) -> None:
    """Records a visit that gave no letter; its body is kept as evidence once per digest."""
    capture_id = None
    if visit.capture and visit.capture.body:
        capture_id = evidence_capture(database, visit.copy_id, visit.capture, now)
    _save_visit(database, visit, outcome, capture_id)
    touch(database, visit, due_at, success=False)
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
    printed, rules = reading, recall(database, visit.copy_id, visit.portal, reading)
    if rules:
        reading = rules.cut_letter(reading)
    digest = journaled.content_digest(reading)
    if outcome := _held_or_rejected(database, visit, reading, reader, change, digest, due_at):
        return outcome
    settle_rejected(database, visit.copy_id)
    before = compared_version(database, visit.copy_id)
    capture_id = save_capture(database, visit.copy_id, visit.capture, printed)
    if already_saved(database, visit, capture_id):
        return Outcome.UNCHANGED
    version_id, reading_id = insert_version(
        database, visit, reading, reader, capture_id, digest, now
    )
    marks = marks_of(database, printed, visit.portal)
    if before is None:
        kind, letter_id = _identify(database, visit, reading, marks, version_id, now)
    else:
        kind = EventKind.CHANGED
        letter_id = int(copy_row(database, visit.copy_id)["letter_id"])
    reason = None
    if before is not None and change is not None:
        own = letter_from_row(before)
        change, reason = without_pairs(database, visit.copy_id, own, marks, change)
    save_evidence(
        database, visit.copy_id, marks_of(database, reading, visit.portal) if rules else marks
    )
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
        reason=reason,
    )
    outcome = Outcome.CHANGED if kind is EventKind.CHANGED else Outcome.NEW
    _save_visit(database, visit, outcome, capture_id)
    settle_copy(database, visit, reading, reader, due_at, quiet=False)
    _see_files(database, visit, reading)
    return outcome


def _held_or_rejected(
    database: Database,
    visit: PageVisit,
    reading: ReplyLetter,
    reader: str,
    change: Change | None,
    digest: str,
    due_at: datetime,
) -> Outcome | None:
    """What the visit comes to where these very words are held back or were rejected, settled.

    None where they are neither; a change that is held back then gives way to the one at hand.
    """
    held = held_version(database, visit.copy_id)
    if held and held["digest"] == digest:
        outcome = Outcome.CHANGED if change else Outcome.NEW
        _save_visit(database, visit, outcome, held["capture_id"])
        settle_copy(database, visit, reading, reader, due_at, quiet=True)
        _see_files(database, visit, reading)
        return outcome
    if held and change:
        drop_version(database, held["id"])
    if not is_rejected(database, visit.copy_id, digest):
        return None
    database.write("UPDATE runs SET unchanged = unchanged + 1 WHERE id = ?", (visit.run_id,))
    settle_copy(database, visit, reading, reader, due_at, quiet=True)
    make_due(database, visit)
    return Outcome.UNCHANGED


def _see_files(database: Database, visit: PageVisit, reading: ReplyLetter) -> None:
    """The files a page links to are noted, and due now."""
    save_links(database, visit.copy_id, reading.attachments, to_text(visit.observed_at))
    make_due(database, visit)


def _identify(
    database: Database,
    visit: PageVisit,
    reading: ReplyLetter,
    marks: Marks,
    version_id: int,
    now: datetime,
) -> tuple[EventKind, int]:
    """Finds or makes the letter a first version belongs to, and lets its other copies be asked."""
    letter_id = copy_row(database, visit.copy_id)["letter_id"]
    if letter_id is not None:  # its first version was held and dropped
        return EventKind.NEW, int(letter_id)
    match = find_letter(database, marks, except_copy=visit.copy_id)
    letter_id = match.letter_id if match else database.insert("letters", {"status": "present"})
    database.write("UPDATE copies SET letter_id = ? WHERE id = ?", (letter_id, visit.copy_id))
    save_identification(database, visit.copy_id, letter_id, match, now)
    if match is None:
        return EventKind.NEW, letter_id
    if is_echo(database, letter_id, version_id, reading.body):
        database.write("UPDATE versions SET echo = 1 WHERE id = ?", (version_id,))
    database.write(  # has the letter moved? its other addresses on this portal tell
        """UPDATE copies SET due_at = ? WHERE letter_id = ? AND id != ?
           AND status = 'present' AND first_run < ?""",
        (to_text(visit.observed_at), letter_id, visit.copy_id, visit.run_id),
    )
    return EventKind.COPY_FOUND, letter_id


def _is_backdated(database: Database, copy_id: int, reading: ReplyLetter) -> bool:
    """Published, so it says, before the column was last read to its end without it."""
    copy = copy_row(database, copy_id)
    listed = date.fromisoformat(copy["listed_date"]) if copy["listed_date"] else None
    published = reading.date_published or listed
    if copy["column_read_at"] is None or published is None:
        return False
    return published < beijing_date(from_text(copy["column_read_at"]))


def evidence_capture(database: Database, copy_id: int, capture: Capture, now: datetime) -> int:
    """The id of a capture kept without a version, once a digest, inside a `writing()` block."""
    known = database.value(
        "SELECT id FROM captures WHERE copy_id = ? AND digest = ? AND status = ?",
        (copy_id, body_digest(capture.body), capture.status),
    )
    if known:
        return int(known)
    capture_id = save_capture(database, copy_id, capture)
    journal.append(
        database,
        "capture",
        capture_id,
        journaled.capture_content(database, capture_id),
        observed_at=to_text(capture.fetched_at),
        recorded_at=to_text(now),
    )
    return capture_id


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
