"""Visits that brought something, events, and the journal."""

from __future__ import annotations

from sqlite_utils import Database

from storage.schema.steps import migrations


@migrations(name="0005_visits")
def _visits(db: Database) -> None:
    db.table("visits").create(  # all but the unchanged ones, which only leave a time on the copy
        {
            "run_id": int,
            "copy_id": int,
            "outcome": str,
            "observed_at": str,
            "reason": str,
            "capture_id": int,
        },
        pk=("run_id", "copy_id"),
        foreign_keys=[
            ("run_id", "runs", "id"),
            ("copy_id", "copies", "id"),
            ("capture_id", "captures", "id"),
        ],
    )


@migrations(name="0006_events")
def _events(db: Database) -> None:
    db.table("events").create(
        {
            "id": int,
            "cursor": int,  # given when published, in that order
            "status": str,  # pending, published, held, dropped
            "run_id": int,
            "portal_id": int,
            "copy_id": int,
            "letter_id": int,
            "version_id": int,
            "reading_before": int,
            "reading_after": int,
            "kind": str,
            "significance": str,
            "observed_at": str,
            "recorded_at": str,
            "baseline": int,
            "backdated": int,
            "scope": str,
            "from_url": str,
            "reason": str,
            "fields": str,  # JSON, the body left out: it stands in the readings
            "figures": str,
            "diff": str,
        },
        pk="id",
        foreign_keys=[
            ("run_id", "runs", "id"),
            ("portal_id", "portals", "id"),
            ("copy_id", "copies", "id"),
            ("letter_id", "letters", "id"),
            ("version_id", "versions", "id"),
            ("reading_before", "readings", "id"),
            ("reading_after", "readings", "id"),
        ],
        not_null={"status", "portal_id", "copy_id", "letter_id", "kind", "observed_at"},
        defaults={"baseline": 0, "backdated": 0, "fields": "[]", "figures": "[]", "diff": "[]"},
    )
    db.table("events").create_index(["cursor"], unique=True)
    db.table("events").create_index(["portal_id", "status"])
    db.table("events").create_index(["copy_id"])
    db.table("events").create_index(["letter_id"])
    db.table("events").create_index(["observed_at"])


@migrations(name="0007_journal")
def _journal(db: Database) -> None:
    db.table("journal").create(
        {
            "seq": int,
            "kind": str,  # version, event, decision
            "ref_id": int,
            "observed_at": str,
            "recorded_at": str,
            "content": str,  # JSON: digests and ids
            "previous": str,
            "hash": str,
        },
        pk="seq",
        not_null={"kind", "recorded_at", "content", "previous", "hash"},
    )
