"""Handing letters on: one record a letter, all of them or those that changed state since."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from storage.clock import to_text
from storage.database import Database
from storage.events import JOINED, REREAD, SPLIT, SPLIT_FROM
from storage.json_forms import letter_fields
from storage.letters import letter, letters
from storage.records import LetterRecord

# what an event means to a corpus downstream; `copy-found` and `delisted` leave the text alone
_REASONS = {
    "new": "new",
    "changed": "changed",
    "moved": "changed",
    REREAD: "reread",
    JOINED: "joined",
    SPLIT: "new",
    SPLIT_FROM: "changed",
    "withdrawn": "withdrawn",
    "restored": "restored",
}


def export_all(database: Database) -> Iterator[dict[str, Any]]:
    """Every letter as it now stands, with the cursor to go on from; a read-only operation."""
    with database.reading():
        cursor = last_cursor(database)
        for record in letters(database):
            reason = "withdrawn" if record.status == "withdrawn" else "new"
            yield export_line(record, cursor, reason)


def export_after(database: Database, after: int) -> Iterator[dict[str, Any]]:
    """One record per letter whose state changed after the cursor `after`, by that cursor.

    A withdrawn letter is a tombstone: it names the letter and what was last known of it, and has
    `withdrawn` as its reason. So is an id that was joined into another letter, which
    `joined_into` names; the letter a hand split off another is new and names it in `split_from`.
    A withdrawal of one copy among several is no change of state.
    """
    with database.reading():
        for row in list(database.rows(_LAST_EVENTS, {"after": after})):
            record = letter(database, row["letter_id"])
            if record is None:
                continue
            if record.id != row["letter_id"]:
                yield _redirect(record, row["cursor"], row["letter_id"])
                continue
            reason = "withdrawn" if record.status == "withdrawn" else _REASONS[row["kind"]]
            yield export_line(record, row["cursor"], reason)


def export_line(record: LetterRecord, cursor: int, reason: str) -> dict[str, Any]:
    """One line of `fuhan export --format jsonl`; contacts are left out."""
    return {
        "v": 1,
        "cursor": cursor,
        "reason": reason,
        "deleted": reason == "withdrawn",
        "id": record.id,
        "status": record.status,
        "urls": list(record.urls),
        "versions": record.versions,
        "first_seen": to_text(record.first_seen),
        "last_seen": to_text(record.last_seen),
        "joined_into": None,
        "split_from": record.split_from,
        **letter_fields(record.letter, contacts=False),
    }


def _redirect(record: LetterRecord, cursor: int, gone: int) -> dict[str, Any]:
    """The tombstone of an id that was joined into `record`'s."""
    line = export_line(record, cursor, "joined")
    return {**line, "deleted": True, "id": gone, "joined_into": record.id}


def last_cursor(database: Database) -> int:
    """The cursor of the last published event; 0 before the first."""
    return int(database.value("SELECT coalesce(max(cursor), 0) FROM events"))


_LAST_EVENTS = """
    SELECT letter_id, last AS cursor, kind FROM (
        SELECT events.letter_id, events.cursor, events.kind,
               row_number() OVER (
                   PARTITION BY events.letter_id
                   -- `new` since the cursor stays new to who has not heard of the letter
                   ORDER BY events.kind NOT IN ('new', 'split'),
                            events.cursor DESC) AS place,
               max(events.cursor) OVER (PARTITION BY events.letter_id) AS last
        FROM events
        WHERE events.cursor > :after AND events.kind NOT IN ('copy-found', 'delisted')
          AND NOT (events.kind = 'withdrawn' AND events.scope = 'copy')
    ) WHERE place = 1 ORDER BY last
"""
