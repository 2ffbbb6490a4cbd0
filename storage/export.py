"""Handing letters on: one record a letter, all of them or those that changed state since."""

from __future__ import annotations

from collections.abc import Iterator, Set
from itertools import islice
from operator import index
from typing import Any

from storage.clock import to_text
from storage.columns import row_columns, typed_row
from storage.database import Database, Row
from storage.errors import ArchiveError
from storage.forget.rules import FORGOTTEN
from storage.handing_on import Reason, weightiest
from storage.json_forms import fields_from_columns, letter_fields
from storage.letters import letter_rows, rows_asked, urls_of
from storage.records import LetterRecord

_BATCH = 200  # letters looked up by one statement


class Snapshot:
    """The archive at one moment: lines and cursor agree, whatever a crawl writes meanwhile."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.cursor = last_cursor(database)
        """Where the next export goes on: `after` this nothing is skipped and nothing repeated."""

    def export(
        self, after: int | None = None, *, contacts: bool = False, by_id: bool = False
    ) -> Iterator[dict[str, Any]]:
        """Lines of `fuhan export --format jsonl`; a read-only operation in constant memory.

        Without `after` every letter as it now stands, by id, withdrawn ones as tombstones. Else
        one for each letter whose line reads otherwise since that cursor, by the cursor of its last
        event, or by id. An id that was joined into another letter is a tombstone that names it in
        `joined_into`; a letter that a hand split off another is new and names it in `split_from`.
        Raises as `known_cursor` does.
        """
        if after is None:
            return self._all(contacts)
        order = "letter_id" if by_id else "cursor"
        return self._since(known_cursor(self._database, after), contacts, order)

    def _all(self, contacts: bool) -> Iterator[dict[str, Any]]:
        for row in letter_rows(self._database):
            yield _line(row, self.cursor, _reason(row, {"new"}), contacts)

    def _since(self, after: int, contacts: bool, order: str) -> Iterator[dict[str, Any]]:
        told = self._database.rows(f"{_TOLD_SINCE} ORDER BY {order}", {"after": after})
        while batch := list(islice(told, _BATCH)):
            rows = rows_asked(self._database, [event["letter_id"] for event in batch])
            for event in batch:
                row = rows.get(event["letter_id"])
                if row is None:
                    continue
                reason = _reason(row, set(event["kinds"].split(",")))
                if row["the_letter"] == event["letter_id"]:
                    yield _line(row, event["cursor"], reason, contacts)
                else:
                    yield _redirect(row, event["cursor"], event["letter_id"], contacts)


def _reason(row: Row, kinds: Set[str]) -> Reason:
    if row["status"] == "withdrawn":
        return "withdrawn"
    return weightiest(kinds)


def export_line(record: LetterRecord, cursor: int, reason: str) -> dict[str, Any]:
    """The line that hands on this record, without contacts."""
    return {
        "v": 1,
        "cursor": cursor,
        "reason": reason,
        "deleted": reason == "withdrawn" or record.letter.refusal == FORGOTTEN,
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


def _line(row: Row, cursor: int, reason: Reason, contacts: bool) -> dict[str, Any]:
    """`export_line` of the row's record, without making it: half the time of an export."""
    return {
        "v": 1,
        "cursor": cursor,
        "reason": reason,
        "deleted": reason == "withdrawn" or row["refusal"] == FORGOTTEN,
        "id": row["the_letter"],
        "status": row["status"],
        "urls": urls_of(row),
        "versions": row["versions"],
        "first_seen": row["first_seen"],
        "last_seen": row["last_seen"],
        "joined_into": None,
        "split_from": row["split_from"],
        **fields_from_columns(row, contacts=contacts),
    }


def table_rows(database: Database, *, contacts: bool = False) -> Iterator[dict[str, Any]]:
    """Every letter as it now stands, typed as a table's row, by id; a read-only operation."""
    columns = row_columns(contacts=contacts)
    for row in letter_rows(database):
        yield typed_row(_line(row, 0, "new", contacts), columns)


def _redirect(row: Row, cursor: int, gone: int, contacts: bool) -> dict[str, Any]:
    """The tombstone of an id that was joined into the row's letter."""
    line = _line(row, cursor, "joined", contacts)
    return {**line, "deleted": True, "id": gone, "joined_into": row["the_letter"]}


def last_cursor(database: Database) -> int:
    """The cursor of the last published event; 0 before the first."""
    return int(database.value("SELECT coalesce(max(cursor), 0) FROM events"))


def known_cursor(database: Database, after: int) -> int:
    """The cursor, which the archive has come to.

    Raises ArchiveError where it has not: whoever went on from there would be told nothing, and miss
    what comes up to it. TypeError for what is no whole number, ValueError for one below 0.
    """
    number = index(after)
    if number < 0:
        raise ValueError(f"after: {number} is no cursor; begin with 0")
    last = last_cursor(database)
    if number > last:
        raise ArchiveError(
            f"{database.path}: cursor {number} lies beyond the last event ({last}) — it is another "
            "archive, or a backup was restored: begin anew, without a cursor",
            path=database.path,
            what="beyond",
            cursor=number,
            last=last,
        )
    return number


# a page that left its column reads as before; a replay's past is no news
_TOLD_SINCE = """
    SELECT letter_id, max(cursor) AS cursor, group_concat(DISTINCT kind) AS kinds
    FROM events
    WHERE cursor > :after AND kind != 'delisted' AND replayed IS NOT 'past'
    GROUP BY letter_id
"""
