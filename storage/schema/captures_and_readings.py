"""What was fetched, what it said, and by what a letter is known."""

from __future__ import annotations

from sqlite_utils import Database

from storage.schema.steps import LETTER_COLUMNS, migrations


@migrations(name="0003_captures_versions_readings")
def _captures_versions_readings(db: Database) -> None:
    db.table("captures").create(
        {
            "id": int,
            "copy_id": int,
            "url": str,
            "fetched_at": str,
            "status": int,
            "headers": str,
            "digest": str,  # sha256 of the body
            "size": int,
            "codec": str,  # zstd, or zstd-prefix against the capture `prefix_id`
            "prefix_id": int,
            "body": bytes,
        },
        pk="id",
        foreign_keys=[("copy_id", "copies", "id"), ("prefix_id", "captures", "id")],
        not_null={"copy_id", "url", "fetched_at", "status", "digest", "codec", "body"},
    )
    db.table("captures").create_index(["copy_id", "digest"])
    db.table("versions").create(
        {
            "id": int,
            "copy_id": int,
            "number": int,  # counts per copy from 1
            "run_id": int,
            "capture_id": int,
            "observed_at": str,
            "recorded_at": str,
            "digest": str,  # of the first reading's fields
            "status": str,  # pending, published, held, dropped
            "echo": int,  # a copy's first version, saying what the letter was known to say
        },
        pk="id",
        foreign_keys=[
            ("copy_id", "copies", "id"),
            ("run_id", "runs", "id"),
            ("capture_id", "captures", "id"),
        ],
        not_null={"copy_id", "number", "capture_id", "observed_at", "recorded_at", "status"},
        defaults={"echo": 0},
    )
    db.table("versions").create_index(["copy_id", "number"], unique=True)
    db.table("readings").create(
        {"id": int, "version_id": int, "reader": str, "read_at": str, **LETTER_COLUMNS},
        pk="id",
        foreign_keys=[("version_id", "versions", "id")],
        not_null={"version_id", "reader", "read_at", "body"},
    )
    db.table("readings").create_index(["version_id"])


@migrations(name="0004_identity")
def _identity(db: Database) -> None:
    # what pages are looked up by, hashed: a third of the room of its words, and nothing to read
    db.execute(
        """CREATE TABLE evidence (
            key INTEGER,
            copy_id INTEGER REFERENCES copies(id),
            PRIMARY KEY (key, copy_id)
        ) WITHOUT ROWID"""
    )
    db.table("evidence").create_index(["copy_id"])
