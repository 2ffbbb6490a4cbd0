"""What was learnt of each portal's pages."""

from __future__ import annotations

from sqlite_utils import Database

from storage.schema.steps import migrations


@migrations(name="0009_profiles")
def _profiles(db: Database) -> None:
    db.table("profiles").create(
        {
            "id": int,
            "portal_id": int,
            "learnt_at": str,
            "newest_capture": int,  # of the archive when this was learnt
            "pages": int,  # that it was learnt from
            "containers": str,  # JSON: names of where the portal's articles stand
            "digest": str,
        },
        pk="id",
        foreign_keys=[("portal_id", "portals", "id")],
        not_null={"portal_id", "learnt_at", "pages", "containers", "digest"},
    )
    db.table("profiles").create_index(["portal_id"])
