"""What the archive knows of the files a letter links to: links, states, contents; reads only."""

from __future__ import annotations

import json
from collections.abc import Iterable

from storage.attachments.contents import load_content
from storage.attachments.files import SEEN
from storage.attachments.records import FileState, FileVersion, LetterAttachment
from storage.clock import from_text
from storage.database import Database, Row
from storage.events import SURVIVING
from storage.forget.rules import FORGOTTEN
from storage.records import Validators


def letter_attachments(database: Database, letter_id: int) -> list[LetterAttachment]:
    """The files of every copy of a letter, in the order its pages show them.

    Of their contents those that were told, the first one of each link included, and those a
    replay brought; the oldest first.
    """
    rows = database.rows(
        f"""SELECT f.*, copies.url AS page_url, EXISTS (
                SELECT 1 FROM forgotten_copies JOIN forgotten ON forgotten.id = forgotten_id
                WHERE forgotten_copies.copy_id = f.copy_id AND kind = 'text') AS forgotten
            FROM attachment_files f JOIN copies ON copies.id = f.copy_id
            WHERE copies.letter_id = {SURVIVING}
            ORDER BY f.copy_id, NOT f.linked, f.place, f.id""",  # noqa: S608 - a constant
        {"letter": letter_id},
    )
    return [_attachment(database, row) for row in list(rows)]


def attachment_body(database: Database, version_id: int) -> bytes | None:
    """The bytes of a file's version; None where there is none. Raises ArchiveDamaged."""
    content_id = database.value(
        "SELECT content_id FROM attachment_versions WHERE id = ?", (version_id,)
    )
    return None if content_id is None else load_content(database, content_id)


def count_files(database: Database, copy_ids: Iterable[int], most: int) -> int:
    """How many addresses of files these copies link to, the first `most` of each copy."""
    keys: set[str] = set()
    for copy_id in copy_ids:
        rows = database.rows(
            "SELECT key FROM attachment_files WHERE copy_id = ? AND linked AND place < ?",
            (copy_id, most),
        )
        keys.update(row["key"] for row in rows)
    return len(keys)


def _attachment(database: Database, row: Row) -> LetterAttachment:
    versions = database.rows(
        f"""SELECT v.*, c.digest, c.size, c.codec FROM attachment_versions v
            JOIN attachment_contents c ON c.id = v.content_id
            LEFT JOIN events e ON e.id = v.event_id
            WHERE v.file_id = ? AND (v.event_id IS NULL OR e.status = 'published') AND {SEEN}
            ORDER BY v.observed_at, v.number""",  # noqa: S608 - a constant
        (row["id"],),
    )
    return LetterAttachment(
        copy_id=row["copy_id"],
        page_url=row["page_url"],
        name=row["name"],
        url=row["url"],
        linked=bool(row["linked"]),
        state=FileState(row["state"]),
        reason=row["reason"],
        status=row["status"],
        content_type=row["content_type"],
        validators=Validators(row["etag"], row["last_modified"]),
        first_seen=from_text(row["first_seen"]),
        last_seen=from_text(row["last_seen"]) if row["last_seen"] else None,
        last_visited=from_text(row["last_visited"]) if row["last_visited"] else None,
        versions=tuple(_version(version) for version in versions),
        forgotten=bool(row["forgotten"]),
    )


def _version(row: Row) -> FileVersion:
    headers = tuple((name, value) for name, value in json.loads(row["headers"]))
    kinds = (value for name, value in headers if name.lower() == "content-type")
    return FileVersion(
        id=row["id"],
        number=row["number"],
        digest=row["digest"],
        size=row["size"],
        content_type=next(kinds, None),
        status=row["status"],
        observed_at=from_text(row["observed_at"]),
        headers=headers,
        kept=row["codec"] != FORGOTTEN,
    )
