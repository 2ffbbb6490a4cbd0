"""The tables of an archive, and the migrations that bring an older one up to date.

Text is always a plain column and foreign keys are real, so that sqlite3 and Datasette show the
archive as it is. Instants are UTC text (`2026-05-03T22:20:00.000Z`), dates `2026-05-03`, several
values JSON.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x46554841  # "FUHA"
VERSION = 3

migrations = Migrations("fuhan")

LETTER_COLUMNS: dict[str, type] = {
    "title": str,
    "submission_kind": str,
    "submission_title": str,
    "submission_number": str,
    "assembly": str,
    "addressees": str,
    "issuing_agency": str,
    "co_handling_agencies": str,
    "signatory": str,
    "index_number": str,
    "document_number": str,
    "subject_category": str,
    "genre_category": str,
    "date_written": str,
    "date_published": str,
    "date_signed": str,
    "outcome_class": str,
    "attachments": str,
    "cited_documents": str,
    "commitments": str,
    "contacts": str,
    "lead_agency": str,
    "warnings": str,
    "body": str,
    "is_letter": int,
    "refusal": str,
}


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
    db.table("evidence").create(
        {"kind": str, "value": str, "copy_id": int},
        pk=("kind", "value", "copy_id"),
        foreign_keys=[("copy_id", "copies", "id")],
    )
    db.table("evidence").create_index(["copy_id"])


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


@migrations(name="0008_views")
def _views(db: Database) -> None:
    db.create_view(
        "letters_now",
        """
        SELECT letters.id, letters.status, copies.url, readings.title, readings.issuing_agency,
               readings.index_number, readings.document_number, readings.submission_number,
               readings.date_signed, readings.date_published, readings.body
        FROM letters
        JOIN copies ON copies.letter_id = letters.id
        JOIN versions ON versions.id = (
            SELECT id FROM versions v WHERE v.copy_id = copies.id AND v.status = 'published'
            ORDER BY number DESC LIMIT 1)
        JOIN readings ON readings.id = (
            SELECT id FROM readings r WHERE r.version_id = versions.id ORDER BY id DESC LIMIT 1)
        WHERE letters.published_at IS NOT NULL AND letters.joined_into IS NULL
        """,
    )
    db.create_view(
        "recent_changes",
        """
        SELECT events.cursor, events.kind, events.significance, events.observed_at,
               portals.name AS portal, copies.url, events.letter_id, events.reason,
               events.fields, events.figures, events.diff
        FROM events
        JOIN portals ON portals.id = events.portal_id
        JOIN copies ON copies.id = events.copy_id
        WHERE events.cursor IS NOT NULL
        ORDER BY events.cursor DESC
        """,
    )


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


@migrations(name="0010_identity_by_hand")
def _identity_by_hand(db: Database) -> None:
    db.table("decisions").create(
        {
            "id": int,
            "kind": str,  # join, split
            "letter_id": int,  # the letter joined into, or split
            "note": str,
            "decided_at": str,
        },
        pk="id",
        foreign_keys=[("letter_id", "letters", "id")],
        not_null={"kind", "letter_id", "decided_at"},
    )
    db.table("identifications").create(  # why a copy is taken to be of its letter, never altered
        {
            "id": int,
            "copy_id": int,
            "letter_id": int,
            "kind": str,  # first, joined, split, or the evidence that agreed: index number, …
            "with_copy": int,  # what it was compared with
            "compared": str,  # JSON: what agreed and what did not
            "decision_id": int,
            "from_letter": int,  # the letter it was of before a decision
            "identified_at": str,
        },
        pk="id",
        foreign_keys=[
            ("copy_id", "copies", "id"),
            ("letter_id", "letters", "id"),
            ("with_copy", "copies", "id"),
            ("decision_id", "decisions", "id"),
            ("from_letter", "letters", "id"),
        ],
        not_null={"copy_id", "letter_id", "kind", "compared", "identified_at"},
        defaults={"compared": "{}"},
    )
    db.table("identifications").create_index(["copy_id"])
    db.table("identifications").create_index(["decision_id"])
    db.table("identifications").create_index(["from_letter"])
    db.execute("ALTER TABLE letters ADD COLUMN split_from INTEGER REFERENCES letters(id)")
    db.table("letters").create_index(["joined_into"])
    db.table("journal").create_index(["kind", "ref_id"])
