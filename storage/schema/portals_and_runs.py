"""Portals, their list columns, and runs."""

from __future__ import annotations

from sqlite_utils import Database

from storage.schema.steps import migrations


@migrations(name="0001_portals_and_runs")
def _portals_and_runs(db: Database) -> None:
    db.table("portals").create(
        {
            "id": int,
            "name": str,
            "agency": str,
            "aliases": str,
            "state": str,
            "reason": str,
            "listed_when_healthy": int,  # letters a full walk listed in the last healthy run
            "first_complete_run": int,
            "blocked_runs": int,  # in a row
            "not_before": str,
        },
        pk="id",
        not_null={"name", "agency", "state"},
        defaults={"state": "ok", "blocked_runs": 0},
    )
    db.table("portals").create_index(["name"], unique=True)
    db.table("list_columns").create(
        {"id": int, "portal_id": int, "url": str, "read_at": str},
        pk="id",
        foreign_keys=[("portal_id", "portals", "id")],
        not_null={"portal_id", "url"},
    )
    db.table("list_columns").create_index(["portal_id", "url"], unique=True)
    db.table("runs").create(
        {
            "id": int,
            "portal_id": int,
            "started_at": str,
            "ended_at": str,
            "status": str,  # running, published, held, interrupted
            "full": int,
            "complete": int,  # every list was walked to its end
            "lists_failed": int,  # list pages that could not be read, blocked ones included
            "listed": int,
            "unchanged": int,
            "state": str,
            "reason": str,
            "summary": str,
        },
        pk="id",
        foreign_keys=[("portal_id", "portals", "id")],
        not_null={"portal_id", "started_at", "status"},
        defaults={"listed": 0, "unchanged": 0, "complete": 0},
    )
    db.table("runs").create_index(["portal_id", "started_at"])
