"""What a hand rejected as misread: known again when it is met again, and taken back on request.

A rejected event keeps its row, and so its version. As long as the page reads like that version
nothing is told of it; a page that reads otherwise settles the matter, and the event is dropped.
"""

from __future__ import annotations

from datetime import datetime

from storage.clock import to_text
from storage.database import Database
from storage.evidence import journal
from storage.evidence.journaled import content_digest
from storage.json_forms import letter_from_row


def is_rejected(database: Database, copy_id: int, digest: str) -> bool:
    """Whether a page reads as it did when it was rejected; `digest` is its reading's.

    What was rejected is asked as it now stands: something may have been forgotten of it since.
    """
    rows = database.rows(
        """SELECT readings.* FROM events JOIN readings ON readings.id = (
               SELECT max(id) FROM readings WHERE version_id = events.version_id)
           WHERE events.copy_id = ? AND events.status = 'rejected'""",
        (copy_id,),
    )
    return any(content_digest(letter_from_row(row)) == digest for row in rows)


def settle_rejected(database: Database, copy_id: int) -> None:
    """A page reads otherwise than what was rejected of it, inside a `writing()` block."""
    database.write(
        """UPDATE events SET status = 'dropped'
           WHERE copy_id = ? AND status = 'rejected' AND version_id IS NOT NULL""",
        (copy_id,),
    )


def reconsider(database: Database, portal: str, now: datetime) -> int:
    """Takes back what was rejected of a portal, on the record; gives the number of events.

    Nothing is told by that: the pages are due at once, and the next run reads and compares them
    as if they had never been met so. What it finds it tells, or holds back again.
    """
    with database.writing():
        rows = list(
            database.rows(
                """SELECT id, copy_id FROM events WHERE status = 'rejected'
                   AND portal_id = (SELECT id FROM portals WHERE name = ?) ORDER BY id""",
                (portal,),
            )
        )
        if not rows:
            return 0
        for row in rows:
            database.write("UPDATE events SET status = 'dropped' WHERE id = ?", (row["id"],))
            database.write(
                """UPDATE attachment_versions SET fate = 'taken back'
                   WHERE event_id = ? AND fate = 'rejected'""",
                (row["id"],),
            )
            database.write(
                """UPDATE copies SET body_digest = NULL, etag = NULL, last_modified = NULL,
                   due_at = last_visited WHERE id = ?""",
                (row["copy_id"],),
            )
        journal.append(
            database,
            "decision",
            None,
            {
                "decision": "reconsider",
                "portal": portal,
                "events": [row["id"] for row in rows],
            },
            observed_at=None,
            recorded_at=to_text(now),
        )
    return len(rows)
