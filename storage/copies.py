"""One copy's row: what is known of an address, and how a visit brings it up to date."""

from __future__ import annotations

import json
from datetime import date, datetime

from storage.captures import body_digest, load_capture
from storage.clock import from_text, to_text
from storage.database import Database, Row
from storage.forget.rules import rules_of
from storage.identity.agency_names import fold_text
from storage.json_forms import letter_from_row
from storage.records import Capture, CopyHistory, PageVisit, ReplyLetter

_COMPARED_WITH = """
    SELECT versions.id AS version_id, versions.number, versions.status, versions.digest,
           readings.id AS reading_id, readings.*
    FROM versions JOIN readings ON readings.version_id = versions.id
    WHERE versions.copy_id = ? AND versions.status IN ('published', 'pending', 'held')
    ORDER BY versions.status = 'held', versions.place DESC, versions.number DESC, readings.id DESC
    LIMIT 1
"""


def history(database: Database, copy_id: int) -> CopyHistory:
    """What is known of a copy; the version to compare with is its last one that was not held."""
    copy = copy_row(database, copy_id)
    version = compared_version(database, copy_id)
    rules = rules_of(database, copy_id)
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
        forget=rules.cut_letter if rules else None,
    )


def last_capture(database: Database, copy_id: int) -> Capture | None:
    """The capture of the version `history` compares with."""
    capture_id = database.value(
        """SELECT capture_id FROM versions WHERE copy_id = ? AND id = ?""",
        (copy_id, (compared_version(database, copy_id) or {"version_id": None})["version_id"]),
    )
    return load_capture(database, capture_id) if capture_id else None


def copies_read_otherwise(database: Database, portal: str, reader: str) -> list[int]:
    """Ids of a portal's copies that were read as letters, not by this reader last."""
    rows = database.rows(
        """SELECT copies.id FROM copies JOIN portals ON portals.id = portal_id
           WHERE portals.name = ? AND copies.reader IS NOT ?
             AND EXISTS (SELECT 1 FROM versions
                         WHERE copy_id = copies.id AND versions.status != 'dropped')
           ORDER BY copies.id""",
        (portal, reader),
    )
    return [int(row["id"]) for row in rows]


def copy_row(database: Database, copy_id: int) -> Row:
    """A copy with its portal's name; KeyError where there is none."""
    return database.the_row(
        f"copy {copy_id}",
        """SELECT copies.*, portals.name AS portal FROM copies
           JOIN portals ON portals.id = portal_id WHERE copies.id = ?""",
        (copy_id,),
    )


def compared_version(database: Database, copy_id: int) -> Row | None:
    """The version a page is compared with, with its last reading: the last one told or pending,
    else one that is held."""
    return database.row(_COMPARED_WITH, (copy_id,))


def held_version(database: Database, copy_id: int) -> Row | None:
    """A version the circuit breaker holds back, on top of one that was told."""
    return database.row(
        "SELECT * FROM versions WHERE copy_id = ? AND status = 'held' ORDER BY number DESC LIMIT 1",
        (copy_id,),
    )


def touch(database: Database, visit: PageVisit, due_at: datetime, *, success: bool) -> None:
    """Notes that a copy was visited, and when next; `success` where it answered as a letter."""
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


def store_validators(database: Database, visit: PageVisit, digest: str) -> None:
    """Keeps what asks conditionally next time: on every good fetch, changed or not."""
    database.write(
        """UPDATE copies SET outcome = 'letter', body_digest = ?, etag = ?, last_modified = ?
           WHERE id = ?""",
        (digest, visit.validators.etag, visit.validators.last_modified, visit.copy_id),
    )


def settle_copy(
    database: Database,
    visit: PageVisit,
    reading: ReplyLetter,
    reader: str,
    due_at: datetime,
    *,
    quiet: bool,
) -> None:
    """Brings the copy's row up to date after a letter was read from it."""
    touch(database, visit, due_at, success=True)
    if visit.capture:
        store_validators(database, visit, body_digest(visit.capture.body))
    newest = newest_date(reading)
    database.write(
        """UPDATE copies SET reader = ?, letter_date = ?,
           quiet_since = iif(?, quiet_since, ?), own_portal = ?,
           status = iif(status = 'unread', 'present', status) WHERE id = ?""",
        (
            reader,
            newest.isoformat() if newest else None,
            quiet,
            to_text(visit.observed_at),
            is_own_portal(database, visit.portal, reading),
            visit.copy_id,
        ),
    )


def newest_date(reading: ReplyLetter) -> date | None:
    """The newest of the dates a letter prints: its age decides when it is due."""
    printed = (reading.date_published, reading.date_written, reading.date_signed)
    return max(filter(None, printed), default=None)


def is_own_portal(database: Database, portal: str, reading: ReplyLetter) -> bool:
    """Whether the office a letter is of is the portal's own; a read-only operation."""
    row = database.row("SELECT agency, aliases FROM portals WHERE name = ?", (portal,))
    if row is None or reading.issuing_agency is None:
        return False
    names = (row["agency"], *json.loads(row["aliases"] or "[]"))
    return fold_text(reading.issuing_agency) in map(fold_text, names)


def _instant(text: str | None) -> datetime | None:
    return from_text(text) if text else None


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
