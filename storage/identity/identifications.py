"""Why each copy is taken to be of its letter: kept when it is decided, told on demand."""

from __future__ import annotations

import json
from datetime import datetime

from storage.clock import from_text, to_text
from storage.database import Database, Row
from storage.records import CopyEvidence, Tie


def save_by_hand(
    database: Database,
    copy_id: int,
    letter_id: int,
    kind: str,
    decision_id: int,
    from_letter: int,
    now: datetime,
) -> None:
    """Keeps that a hand moved a copy from one letter to another, inside a `writing()` block."""
    database.insert(
        "identifications",
        {
            "copy_id": copy_id,
            "letter_id": letter_id,
            "kind": kind,
            "decision_id": decision_id,
            "from_letter": from_letter,
            "identified_at": to_text(now),
        },
    )


def copy_evidence(database: Database, letter_id: int) -> list[CopyEvidence]:
    """Every copy of a letter with what tied it there, the oldest first; a read-only operation.

    Several ties of one copy, as a match and a join by hand after it, follow one another. What an
    older fuhan identified is told as `not recorded`.
    """
    rows = database.rows(
        """SELECT copies.id, copies.url, copies.status, portals.name AS portal,
                  identifications.kind, identifications.compared,
                  identifications.identified_at, other.url AS with_url,
                  identifications.from_letter, decisions.note,
                  (SELECT kind FROM events WHERE events.copy_id = copies.id
                   AND cursor IS NOT NULL ORDER BY cursor LIMIT 1) AS first_event
           FROM copies
           JOIN portals ON portals.id = copies.portal_id
           LEFT JOIN identifications ON identifications.copy_id = copies.id
           LEFT JOIN copies other ON other.id = identifications.with_copy
           LEFT JOIN decisions ON decisions.id = identifications.decision_id
           WHERE copies.letter_id = (SELECT coalesce(joined_into, id) FROM letters WHERE id = ?)
           ORDER BY copies.id, identifications.id""",
        (letter_id,),
    )
    return [_evidence(row) for row in rows]


def _evidence(row: Row) -> CopyEvidence:
    tie: Tie = row["kind"] or ("first" if row["first_event"] == "new" else "not recorded")
    compared: dict[str, str] = json.loads(row["compared"] or "{}")
    return CopyEvidence(
        copy_id=row["id"],
        portal=row["portal"],
        url=row["url"],
        status=row["status"],
        tie=tie,
        with_url=row["with_url"],
        compared=compared,
        decided_at=from_text(row["identified_at"]) if row["identified_at"] else None,
        from_letter=row["from_letter"],
        note=row["note"],
    )
