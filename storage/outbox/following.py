"""Every published event with its letter's record, in order: what a sink is told, none left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from storage import events
from storage.database import Database, Row
from storage.export import export_line, last_cursor
from storage.handing_on import REASONS
from storage.letters import letter
from storage.outbox.records import LetterNews
from storage.records import Event, LetterRecord

# told one by one, events have two reasons more, which leave the letter's text alone
_REASONS: Mapping[str, str] = {
    **REASONS,
    "withdrawn": "withdrawn",
    "copy-found": "copy-found",
    "delisted": "delisted",
}


def letter_news(database: Database, after: int, limit: int) -> tuple[list[LetterNews], int]:
    """The next `limit` published events after a cursor, and the cursor to go on from.

    Those only exports are told are among them; what a replay told is not: it is no news. Each
    record is the letter as it now stands, which may be later than its event; after a letter's
    last event its record is the last one.
    """
    with database.reading():
        rows = list(
            database.rows(
                """SELECT cursor, kind, scope, events.letter_id, portals.name AS portal
                   FROM events JOIN portals ON portals.id = portal_id
                   WHERE cursor > ? AND replayed IS NULL ORDER BY cursor LIMIT ?""",
                (after, limit),
            )
        )
        news = list(_with_events(database, rows, events.changes(database, after)))
        upto = rows[-1]["cursor"] if len(rows) == limit else max(after, last_cursor(database))
        return news, upto


def _with_events(
    database: Database, rows: list[Row], told: Iterator[Event]
) -> Iterator[LetterNews]:
    for row in rows:
        for_exports = row["kind"] in events.ONLY_FOR_EXPORTS
        event = None if for_exports else next(told, None)
        record = letter(database, row["letter_id"])
        if record is not None:
            line = _line(record, row)
            yield LetterNews(row["cursor"], row["portal"], line, record.letter, event)


def _line(record: LetterRecord, row: Row) -> dict[str, Any]:
    """The record as `fuhan export` prints it; of an id that was joined, its tombstone."""
    reason = _REASONS[row["kind"]]
    if row["kind"] == "withdrawn" and row["scope"] == "copy":
        reason = "changed"  # the letter still stands at another address
    line = export_line(record, row["cursor"], reason)
    if reason != "joined" or record.id == row["letter_id"]:
        return line
    return {**line, "deleted": True, "id": row["letter_id"], "joined_into": record.id}
