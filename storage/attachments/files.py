"""What one visit to a linked file leaves in the archive: a state, or a version with its event."""

from __future__ import annotations

from datetime import datetime

from storage.attachments.contents import present_stable_digest, save_content
from storage.attachments.events import take_back, tell_change
from storage.attachments.records import FileState, FileVisit
from storage.clock import to_text
from storage.database import Database, Row
from storage.evidence import journal, journaled
from storage.json_forms import dump
from storage.records import Validators

TOLD = "(v.fate IS NULL AND (v.event_id IS NULL OR e.status IN ('published', 'pending')))"
"""In SQL: a version that counts. The first one has no event; the others share their event's lot."""

PAST = "past"
"""The `fate` of a content that a replay brought, older than what is known of its link: history
that nothing later is compared with."""

SEEN = f"({TOLD} OR v.fate = '{PAST}')"
"""In SQL: a content the link is known to have had."""

_VERSIONS = """
    SELECT v.*, c.digest, e.status AS event_status
    FROM attachment_versions v JOIN attachment_contents c ON c.id = v.content_id
    LEFT JOIN events e ON e.id = v.event_id
    WHERE v.file_id = ? AND {condition} ORDER BY v.number DESC LIMIT 1
"""


def save_file(database: Database, visit: FileVisit, now: datetime) -> None:
    """Records a visit for every copy that links to the address, inside a `writing()` block.

    The first content of a link is what later ones are compared with, and no event. Another
    content is a version with a pending event. A visit that brought no file is remembered as the
    file's state; the versions stay as they are.
    """
    content_id = _content_id(database, visit)
    for file in list(
        database.rows(
            """SELECT * FROM attachment_files WHERE linked AND key = ?
               AND portal_id = (SELECT id FROM portals WHERE name = ?)""",
            (visit.key, visit.portal),
        )
    ):
        if content_id is not None:
            _compare(database, file, visit, content_id, now)
        _touch(database, file, visit, content_id)


def reject_told_by(database: Database, event_id: int) -> None:
    """Marks what an event told of files as misread, inside a `writing()` block.

    It is not told again as long as the files stay so.
    """
    database.write(
        "UPDATE attachment_versions SET fate = 'rejected' WHERE event_id = ? AND fate IS NULL",
        (event_id,),
    )


def _content_id(database: Database, visit: FileVisit) -> int | None:
    """The content a visit saw; a 304 saw the one its validators came with."""
    if visit.state is not FileState.KEPT:
        return None
    if visit.capture is not None:
        return save_content(database, visit.capture.body)
    content: int | None = database.value(
        "SELECT content_id FROM attachment_files WHERE id = ?", (visit.file_id,)
    )
    return content


def _compare(
    database: Database, file: Row, visit: FileVisit, content_id: int, now: datetime
) -> None:
    """Holds a content against the file's last version that was told, and what is held back."""
    told = database.row(_VERSIONS.format(condition=TOLD), (file["id"],))
    last = database.row(_VERSIONS.format(condition=f"v.fate IS NOT '{PAST}'"), (file["id"],))
    if told is None or last is None:
        insert_version(database, file, visit, content_id, None, now)
        return
    if _is_same(database, content_id, last["content_id"]) and _stands(last):
        return
    if last["event_status"] == "held" and last["fate"] is None:
        _take_back(database, file, last)
    if last["event_status"] == "rejected":  # of a page, the page's own words decide
        database.write(
            "UPDATE events SET status = 'dropped' WHERE id = ? AND version_id IS NULL",
            (last["event_id"],),
        )
    if not _is_same(database, content_id, told["content_id"]):
        digest = database.value(
            "SELECT digest FROM attachment_contents WHERE id = ?", (content_id,)
        )
        event_id = tell_change(database, file, told["digest"], digest, visit, now)
        insert_version(database, file, visit, content_id, event_id, now)


def _is_same(database: Database, one: int, other: int) -> bool:
    """Whether two contents differ by nothing but what a program writes anew."""
    return one == other or present_stable_digest(database, one) == present_stable_digest(
        database, other
    )


def _stands(last: Row) -> bool:
    """Whether the last version is told, waits, is held, or was called misread by a hand.

    It does not where its event fell with a page that turned out misread: then it is new again.
    """
    return last["fate"] == "rejected" or (
        last["fate"] is None and last["event_status"] != "dropped"
    )


def _take_back(database: Database, file: Row, version: Row) -> None:
    """What was held back of a file is not so any more."""
    database.write(
        "UPDATE attachment_versions SET fate = 'taken back' WHERE id = ?", (version["id"],)
    )
    take_back(database, version["event_id"], file)


def insert_version(
    database: Database,
    file: Row,
    visit: FileVisit,
    content_id: int,
    event_id: int | None,
    now: datetime,
    *,
    fate: str | None = None,
) -> None:
    """Adds a content a link was seen with, and journals it, inside a `writing()` block."""
    number = 1 + int(
        database.value(
            "SELECT coalesce(max(number), 0) FROM attachment_versions WHERE file_id = ?",
            (file["id"],),
        )
    )
    capture = visit.capture
    version_id = database.insert(
        "attachment_versions",
        {
            "file_id": file["id"],
            "number": number,
            "content_id": content_id,
            "run_id": visit.run_id,
            "event_id": event_id,
            "url": capture.url if capture else file["url"],
            "status": visit.status or 200,
            "headers": dump([list(header) for header in capture.headers] if capture else []),
            "observed_at": to_text(visit.observed_at),
            "recorded_at": to_text(now),
            "fate": fate,
        },
    )
    journal.append(
        database,
        "file",
        version_id,
        journaled.file_content(database, version_id),
        observed_at=to_text(visit.observed_at),
        recorded_at=to_text(now),
    )


def _touch(database: Database, file: Row, visit: FileVisit, content_id: int | None) -> None:
    """Notes the visit; validators stay as long as no other good answer brings new ones."""
    seen, kept = to_text(visit.observed_at), content_id is not None
    known = Validators(file["etag"], file["last_modified"])
    if visit.state is FileState.UNSTABLE:
        known = Validators()  # no answer stands for another
    validators = visit.validators if kept else known
    content_type = visit.capture.content_type if visit.capture else None
    database.write(
        """UPDATE attachment_files SET state = ?, reason = ?, status = ?,
           content_type = coalesce(?, content_type), content_id = coalesce(?, content_id),
           etag = ?, last_modified = ?, visits = visits + 1, visited_run = ?, last_visited = ?,
           last_seen = iif(?, ?, last_seen), not_before = ?, due_since = NULL WHERE id = ?""",
        (
            visit.state.value,
            visit.reason,
            visit.status,
            content_type,
            content_id,
            validators.etag,
            validators.last_modified,
            visit.run_id,
            seen,
            kept,
            seen,
            to_text(visit.not_before) if visit.not_before else None,
            file["id"],
        ),
    )
