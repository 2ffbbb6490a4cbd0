"""Letters as they now stand, newest first, and the index their texts are searched by."""

from __future__ import annotations

from sqlite_utils import Database

from storage.schema.steps import migrations


@migrations(name="0011_search")
def _search(db: Database) -> None:
    _current_letters(db)
    # each letter's characters and pairs of neighbours under its slot, nothing else: no text, no
    # places (the text itself is looked at); a third of the size of an index of characters
    db.execute(
        """CREATE VIRTUAL TABLE letter_grams USING fts5(
               grams, content='', detail=none, columnsize=0, tokenize='ascii')"""
    )
    # there while letters of an archive from before the index wait for it
    db.table("indexing").create({"through": int, "last": int}, not_null={"through", "last"})
    db.execute(
        """INSERT INTO indexing (through, last)
           SELECT 0, max(id) FROM letters HAVING max(id) IS NOT NULL"""
    )
    _views(db)


def _current_letters(db: Database) -> None:
    db.table("current_letters").create(
        {
            "slot": int,  # rises with the date: the newest letter is the last row
            "letter_id": int,
            "copy_id": int,  # the copy the letter is shown by
            "reading_id": int,  # what it says
            "date": str,  # the letter's own, or when it was first seen
            "year": int,
            "status": str,  # present, withdrawn
            "kind": str,  # suggestion, proposal
            "agency": str,  # the name to count by
            "agencies": str,  # JSON: every name the answering office goes by
            "portals": str,  # JSON: where it was published
            "checksum": int,  # of what the index holds of it
        },
        pk="slot",
        foreign_keys=[
            ("letter_id", "letters", "id"),
            ("copy_id", "copies", "id"),
            ("reading_id", "readings", "id"),
        ],
        not_null={"letter_id", "copy_id", "reading_id", "date", "year", "status"},
    )
    db.table("current_letters").create_index(["letter_id"], unique=True)
    db.table("current_letters").create_index(["agency"])
    db.table("current_letters").create_index(["year"])


def letters_now(db: Database, texts: str) -> None:
    """Makes the view of letters as they now stand; `texts` are the columns that hold what they
    say."""
    db.create_view(
        "letters_now",
        f"""
        SELECT current_letters.letter_id AS id, current_letters.date, readings.title,
               current_letters.agency, current_letters.kind, current_letters.status,
               current_letters.year, current_letters.portals, copies.url,
               readings.index_number, readings.document_number, readings.submission_number,
               readings.submission_title, readings.issuing_agency, readings.date_signed,
               readings.date_published, readings.outcome_class, {texts},
               current_letters.slot
        FROM current_letters
        LEFT JOIN readings ON readings.id = current_letters.reading_id
        LEFT JOIN copies ON copies.id = current_letters.copy_id
        """,  # noqa: S608 - columns by their names
        replace=True,
    )


def _views(db: Database) -> None:
    letters_now(db, texts="readings.body")
    db.create_view(
        "recent_changes",
        """
        SELECT events.cursor, events.kind, events.significance, events.observed_at,
               coalesce(readings.title, copies.listed_title) AS title, portals.name AS portal,
               copies.url, coalesce(copies.letter_id, events.letter_id) AS letter_id,
               events.reason, events.fields, events.figures, events.diff
        FROM events
        LEFT JOIN portals ON portals.id = events.portal_id
        LEFT JOIN copies ON copies.id = events.copy_id
        LEFT JOIN readings ON readings.id = coalesce(reading_after, reading_before)
        WHERE events.cursor IS NOT NULL AND events.replayed IS NULL
          AND events.kind NOT IN ('reread', 'joined', 'split', 'split-from')
        ORDER BY events.cursor DESC
        """,
        replace=True,
    )
