"""Looking letters up as they now stand: published state only, a read-only room."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping

from storage.addresses import address_key
from storage.clock import from_text
from storage.database import Database, Row
from storage.events import SURVIVING
from storage.json_forms import LETTER_FIELDS, dump, letter_from_row
from storage.records import LetterRecord, LetterVersion

_PRINCIPAL_FIRST = (  # known from elsewhere alone, a page may be gone for years
    "copies.status != 'present', copies.last_visited IS NULL, NOT copies.own_portal, copies.id"
)
"""A letter's copies: those that answer first, then the issuing agency's own portal, the oldest."""

_FIELDS = ", ".join(f"readings.{name}" for name in LETTER_FIELDS)

# One statement for all letters: it is its own consistent view of the archive beside a crawl, and
# a query for each letter took five times as long.
_RECORDS = f"""
    SELECT {_FIELDS}, letters.id AS the_letter, letters.status, letters.split_from,
           (SELECT json_group_array(json_array(url, status)) FROM (
                SELECT copies.url, copies.status FROM copies
                WHERE copies.letter_id = letters.id AND EXISTS (
                    SELECT 1 FROM versions
                    WHERE versions.copy_id = copies.id AND versions.status = 'published')
                ORDER BY {_PRINCIPAL_FIRST})) AS addresses,
           (SELECT min(first_seen) FROM copies WHERE letter_id = letters.id) AS first_seen,
           (SELECT max(coalesce(last_success, first_seen)) FROM copies
            WHERE letter_id = letters.id) AS last_seen,
           (SELECT count(*) FROM copies JOIN versions ON versions.copy_id = copies.id
            WHERE copies.letter_id = letters.id AND versions.status = 'published'
              AND NOT versions.echo) AS versions
    FROM letters JOIN readings ON readings.id = (
        SELECT readings.id FROM copies
        JOIN versions ON versions.copy_id = copies.id AND versions.status = 'published'
        JOIN readings ON readings.version_id = versions.id
        WHERE copies.letter_id = letters.id
        ORDER BY {_PRINCIPAL_FIRST}, versions.place DESC, versions.number DESC, readings.id DESC
        LIMIT 1)
    WHERE letters.published_at IS NOT NULL
"""  # noqa: S608 - constants


def letter_rows(database: Database) -> Iterator[Row]:
    """Every letter's row, withdrawn ones too, by id: what `record_of` and exports are made from."""
    return database.rows(f"{_RECORDS} AND letters.joined_into IS NULL ORDER BY letters.id")


def letters(database: Database) -> Iterator[LetterRecord]:
    """Every letter, withdrawn ones too, by id."""
    return (record_of(row) for row in letter_rows(database))


def count_letters(database: Database) -> int:
    """How many letters there are, withdrawn ones too."""
    sql = "SELECT count(*) FROM letters WHERE published_at IS NOT NULL AND joined_into IS NULL"
    return int(database.value(sql))


def letter(database: Database, letter_id: int) -> LetterRecord | None:
    """One letter; an id that was joined into another gives that other letter."""
    row = database.row(f"{_RECORDS} AND letters.id = {SURVIVING}", {"letter": letter_id})
    return None if row is None else record_of(row)


def rows_asked(database: Database, letter_ids: Collection[int]) -> Mapping[int, Row]:
    """The row of each of these ids' letters; ids of letters that were not told have none.

    An id that was joined into another has that other letter's.
    """
    led = {
        row["id"]: row["led"]
        for row in database.rows(
            """SELECT id, coalesce(joined_into, id) AS led FROM letters
               WHERE id IN (SELECT value FROM json_each(?))""",
            (dump(list(letter_ids)),),
        )
    }
    chosen = f"{_RECORDS} AND letters.id IN (SELECT value FROM json_each(?))"  # noqa: S608
    rows = {
        row["the_letter"]: row for row in database.rows(chosen, (dump(sorted({*led.values()})),))
    }
    return {asked: rows[target] for asked, target in led.items() if target in rows}


def find_letters(database: Database, text: str) -> list[LetterRecord]:
    """Letters by id, else by index number, document number or address, exactly as given.

    A document number no letter has as given is looked for with brackets of any other form.
    """
    text = text.strip()
    if text.isascii() and text.isdecimal() and len(text) < 12:
        found = letter(database, int(text))
        return [found] if found else []
    from storage.identity.marks import document_key, mark_key  # with rensa: a list needs it not

    values = {
        "key": address_key(text),
        "index_number": mark_key("index", text.upper()),
        "document_number": mark_key("document", document_key(text) or ""),
        "text": text,
    }
    rows = list(database.rows(_NAMED, values))
    for otherwise in (_NAMED_BEFORE, _NUMBERED_ALIKE):
        rows = rows or list(database.rows(otherwise, values))
    found_records = [letter(database, row["letter_id"]) for row in rows]
    return [record for record in found_records if record is not None]


_HAS_NUMBER = """EXISTS (
    SELECT 1 FROM versions JOIN readings ON readings.version_id = versions.id
    WHERE versions.copy_id = copies.id AND readings.document_number = :text)"""
_NAMED = f"""
    SELECT DISTINCT letter_id FROM (
        SELECT letter_id FROM portals CROSS JOIN copies
        ON copies.portal_id = portals.id AND copies.key = :key
        UNION ALL SELECT letter_id FROM evidence JOIN copies ON copies.id = copy_id
        WHERE evidence.key = :index_number
        UNION ALL SELECT letter_id FROM evidence JOIN copies ON copies.id = copy_id
        WHERE evidence.key = :document_number AND {_HAS_NUMBER})
    WHERE letter_id IS NOT NULL ORDER BY letter_id LIMIT 50
"""  # noqa: S608 - a constant
# a number that no copy has any more: every version is looked through, a second of 300,000
_NAMED_BEFORE = f"""
    SELECT DISTINCT letter_id FROM copies WHERE letter_id IS NOT NULL AND {_HAS_NUMBER}
    ORDER BY letter_id LIMIT 50
"""  # noqa: S608
# 渝科局函[2024]274号, as a keyboard gives it, for 渝科局函〔2024〕274号
_NUMBERED_ALIKE = """
    SELECT DISTINCT letter_id FROM evidence JOIN copies ON copies.id = copy_id
    WHERE evidence.key = :document_number AND letter_id IS NOT NULL ORDER BY letter_id LIMIT 50
"""


def versions(database: Database, letter_id: int) -> list[LetterVersion]:
    """Every published version of every copy, oldest observation first."""
    rows = database.rows(
        f"""
        SELECT readings.*, versions.id AS the_version, versions.copy_id, versions.number,
               versions.observed_at, versions.recorded_at, versions.capture_id, versions.echo,
               copies.url
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
        echo=bool(row["echo"]),
    )


def record_of(row: Row) -> LetterRecord:
    """The letter one of `letter_rows` tells of."""
    return LetterRecord(
        id=row["the_letter"],
        status=row["status"],
        urls=tuple(urls_of(row)),
        versions=row["versions"],
        first_seen=from_text(row["first_seen"]),
        last_seen=from_text(row["last_seen"]),
        letter=letter_from_row(row),
        split_from=row["split_from"],
    )


def urls_of(row: Row) -> list[str]:
    """The letter's addresses, the principal first: those that answer, or else all."""
    addresses = json.loads(row["addresses"])
    answering = [url for url, status in addresses if status == "present"]
    return list(dict.fromkeys(answering or [url for url, _ in addresses]))
