"""Links to files that a page is known to have had, by a capture from elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from storage.addresses import address_key
from storage.database import Database
from storage.records import Attachment


def note_links(database: Database, copy_id: int, files: Sequence[Attachment], at: str) -> None:
    """Makes links known that a page had in the past, and need not have any more.

    Inside a `writing()` block.
    """
    for place, file in enumerate(files):
        database.write(
            """INSERT OR IGNORE INTO attachment_files
               (portal_id, copy_id, key, url, name, place, linked, first_seen)
               SELECT portal_id, id, ?, ?, ?, ?, 0, ? FROM copies WHERE id = ?""",
            (address_key(file.url), file.url, file.name, place, at, copy_id),
        )
