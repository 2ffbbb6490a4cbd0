"""Letters, and the addresses they stand at."""

from __future__ import annotations

from sqlite_utils import Database

from storage.schema.steps import migrations


@migrations(name="0002_letters_and_copies")
def _letters_and_copies(db: Database) -> None:
    # AUTOINCREMENT: the id of a letter is never given to another one
    db.execute(
        """CREATE TABLE letters (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            status TEXT NOT NULL DEFAULT 'present',
            published_at TEXT,
            joined_into INTEGER REFERENCES letters(id)
        )"""
    )
    db.table("copies").create(
        {
            "id": int,
            "portal_id": int,
            "key": str,
            "url": str,
            "letter_id": int,
            "status": str,  # unread, present, withdrawn, moved
            "first_seen": str,
            "first_run": int,
            "column_id": int,
            "column_read_at": str,  # the column's last full reading when this was first listed
            "listed_title": str,
            "listed_date": str,
            "listed_run": int,  # the last run whose lists showed it
            "delisted_at": str,
            "outcome": str,  # of the last body that was read
            "reader": str,
            "body_digest": str,
            "etag": str,
            "last_modified": str,
            "visits": int,
            "visited_run": int,
            "success_run": int,
            "last_visited": str,
            "last_success": str,
            "quiet_since": str,
            "letter_date": str,
            "own_portal": int,  # the letter's issuing agency is this portal's
            "gone_visits": int,
            "gone_since": str,
            "due_at": str,
        },
        pk="id",
        foreign_keys=[
            ("portal_id", "portals", "id"),
            ("letter_id", "letters", "id"),
            ("column_id", "list_columns", "id"),
        ],
        not_null={"portal_id", "key", "url", "status", "first_seen", "due_at"},
        defaults={"status": "unread", "visits": 0, "gone_visits": 0, "own_portal": 0},
    )
    db.table("copies").create_index(["portal_id", "key"], unique=True)
    db.table("copies").create_index(["portal_id", "due_at"])
    db.table("copies").create_index(["key"])
    db.table("copies").create_index(["letter_id"])
    db.table("copies").create_index(["visited_run"])
    db.table("copies").create_index(["column_id", "listed_run"])
