"""What came from WARC files: where from, of which time, and when a copy was seen by others."""

from __future__ import annotations

from sqlite_utils import Database

from storage.schema.steps import migrations


@migrations(name="0013_replay")
def _replay(db: Database) -> None:
    add = "ALTER TABLE {} ADD COLUMN {}"
    db.execute(add.format("runs", "source TEXT"))  # the file a replay read; no crawl has one
    db.execute(add.format("captures", "source TEXT"))  # file and record it came from
    db.execute(add.format("versions", "replayed INTEGER NOT NULL DEFAULT 0"))
    # a copy's versions in the order they stood there: what a crawl sees comes last whatever its
    # clock says, what a replay brings goes where its date belongs
    db.execute(add.format("versions", "place TEXT"))
    db.execute(
        """UPDATE versions SET place = (
               SELECT max(observed_at) FROM versions v
               WHERE v.copy_id = versions.copy_id AND v.number <= versions.number)"""
    )
    db.table("versions").create_index(["copy_id", "place"])
    # past: later states were known already; present: it was the newest when it was replayed
    db.execute(add.format("events", "replayed TEXT"))
    db.table("sightings").create(  # replayed captures that brought no version
        {
            "copy_id": int,
            "observed_at": str,
            "outcome": str,
            "version_id": int,  # what it showed, where it showed the letter
            "digest": str,  # sha256 of the body
            "capture_id": int,  # kept as evidence of gone
            "reason": str,
            "vouched": int,  # a crawl of the portal saw it so, and found the portal well
            "run_id": int,
        },
        pk=("copy_id", "observed_at"),
        foreign_keys=[
            ("copy_id", "copies", "id"),
            ("version_id", "versions", "id"),
            ("capture_id", "captures", "id"),
            ("run_id", "runs", "id"),
        ],
        not_null={"copy_id", "observed_at", "outcome", "run_id"},
        defaults={"vouched": 0},
    )
    db.table("sightings").create_index(["version_id"])
