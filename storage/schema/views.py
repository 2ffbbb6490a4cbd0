"""What one looks at first: letters as they now stand, and what changed lately."""

from __future__ import annotations

from sqlite_utils import Database

from storage.schema.steps import migrations


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
