"""The tables of an archive, and the migrations that bring an older one up to date.

Text is always a plain column and foreign keys are real, so that sqlite3 and Datasette show the
archive as it is. Instants are UTC text (`2026-05-03T22:20:00.000Z`), dates `2026-05-03`, several
values JSON. Migrations run in the order their files are named in `IN_ORDER`.
"""

from __future__ import annotations

from importlib import import_module

from storage.schema.steps import migrations
from storage.schema_version import APPLICATION_ID, VERSION

IN_ORDER = (
    "portals_and_runs",
    "letters_and_copies",
    "captures_and_readings",
    "visits_and_events",
    "views",
    "profiles",
    "by_hand",
    "replay",
    "search",
    "outbox",
    "forgotten",
    "attachment_files",
    "less_room",
    "annex",
    "address_keys",
)

for _name in IN_ORDER:
    import_module(f"storage.schema.{_name}")

__all__ = ["APPLICATION_ID", "IN_ORDER", "VERSION", "migrations"]
