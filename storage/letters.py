"""Looking letters up as they now stand: published state only, a read-only room."""

from __future__ import annotations

from collections.abc import Iterator

from storage.addresses import address_key
from storage.clock import from_text
from storage.database import Database, Row
from storage.events import SURVIVING, principal_copies
from storage.json_forms import letter_from_row
from storage.records import LetterRecord, LetterVersion

_VISIBLE = "published_at IS NOT NULL AND joined_into IS NULL"
_LATEST_READING = """
    SELECT readings.* FROM versions JOIN readings ON readings.version_id = versions.id
    WHERE versions.copy_id = ? AND versions.status = 'published'
    ORDER BY versions.number DESC, readings.id DESC LIMIT 1
"""


def letters(database: Database) -> Iterator[LetterRecord]:
    """Every letter, withdrawn ones too, by id."""
    for row in database.rows(f"SELECT * FROM letters WHERE {_VISIBLE} ORDER BY id"):  # noqa: S608
        if record := _record(database, row):
            yield record


def letter(database: Database, letter_id: int) -> LetterRecord | None:
    """One letter; an id that was joined into another gives that other letter."""
    row = database.row(f"SELECT * FROM letters WHERE id = {SURVIVING}", {"letter": letter_id})  # noqa: S608
    if row is None or row["published_at"] is None:
        return None
    return _record(database, row)


def find_letters(database: Database, text: str) -> list[LetterRecord]:
    """Letters by id, else by index number, document number or address, exactly as given."""
    text = text.strip()
    if text.isascii() and text.isdecimal() and len(text) < 12:
        found = letter(database, int(text))
        return [found] if found else []
    rows = database.rows(
        """
        SELECT DISTINCT copies.letter_id FROM copies
        LEFT JOIN evidence ON evidence.copy_id = copies.id
        WHERE copies.letter_id IS NOT NULL AND (copies.key = :key
           OR (evidence.kind = 'index' AND evidence.value = :index_number)
           OR EXISTS (SELECT 1 FROM versions JOIN readings ON readings.version_id = versions.id
                      WHERE versions.copy_id = copies.id AND readings.document_number = :text))
        ORDER BY copies.letter_id LIMIT 50
        """,
        {"key": address_key(text), "index_number": text.upper(), "text": text},
    )
    found_records = [letter(database, row["letter_id"]) for row in rows]
    return [record for record in found_records if record is not None]


def versions(database: Database, letter_id: int) -> list[LetterVersion]:
    """Every published version of every copy, oldest observation first."""
    rows = database.rows(
        f"""
        SELECT readings.*, versions.id AS the_version, versions.copy_id, versions.number,
               versions.observed_at, versions.recorded_at, versions.capture_id, copies.url
        FROM copies
        JOIN versions ON versions.copy_id = copies.id AND versions.status = 'published'
        JOIN readings ON readings.id = (
            SELECT max(id) FROM readings WHERE version_id = versions.id)
        WHERE copies.letter_id = {SURVIVING}
        ORDER BY versions.observed_at, versions.id
        """,  # noqa: S608
        {"letter": letter_id},
    )
    return [_version(row) for row in rows]


def _version(row: Row) -> LetterVersion:
    return LetterVersion(
        id=row["the_version"],
        copy_id=row["copy_id"],
        url=row["url"],
        number=row["number"],
        observed_at=from_text(row["observed_at"]),
        recorded_at=from_text(row["recorded_at"]),
        capture_id=row["capture_id"],
        reader=row["reader"],
        letter=letter_from_row(row),
    )


def _record(database: Database, row: Row) -> LetterRecord | None:
    copies = principal_copies(database, row["id"])
    if not copies:
        return None
    reading = database.row(_LATEST_READING, (copies[0]["id"],))
    if reading is None:
        return None
    answering = [copy["url"] for copy in copies if copy["status"] == "present"]
    seen = database.row(
        """SELECT min(first_seen) AS first, max(coalesce(last_success, first_seen)) AS last,
                  (SELECT count(*) FROM versions JOIN copies c ON c.id = versions.copy_id
                   WHERE c.letter_id = :letter AND versions.status = 'published'
                     AND NOT versions.echo) AS versions
           FROM copies WHERE letter_id = :letter""",
        {"letter": row["id"]},
    )
    if seen is None:
        return None
    return LetterRecord(
        id=row["id"],
        status=row["status"],
        urls=tuple(dict.fromkeys(answering or [copy["url"] for copy in copies])),
        versions=seen["versions"],
        first_seen=from_text(seen["first"]),
        last_seen=from_text(seen["last"]),
        letter=letter_from_row(reading),
        split_from=row["split_from"],
    )
