"""A linked file as a capture from elsewhere has it: history, beside what crawls saw of it.

What is newer than all that is known of a link becomes its version, told by an event where the link
had other bytes before. What is older is kept and dated and no more: the version crawls compare
with stays the one they saw last.
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from storage.addresses import address_key
from storage.attachments.contents import present_stable_digest, save_content
from storage.attachments.events import tell_alone, tell_with
from storage.attachments.files import PAST, SEEN, insert_version
from storage.attachments.records import FileState, FileVisit
from storage.attachments.stable_digests import stable_digest
from storage.captures import body_digest
from storage.clock import to_text
from storage.database import Database, Row
from storage.forget.rules import rules_of
from storage.json_forms import dump
from storage.records import Capture, EventKind
from storage.replay.telling import tell_replayed
from storage.replay.timeline import neighbours

Found = Literal["version", "sighting", "known", "no link"]
"""What a capture of a file came to: new bytes, the bytes known of a time before or after, nothing
new, or an address no letter of the portal links to."""


def save_replayed_file(
    database: Database,
    portal: str,
    run_id: int,
    capture: Capture,
    now: datetime,
    told: frozenset[str] = frozenset(),
) -> Found:
    """Keeps a file's bytes for every copy of the portal that ever linked to its address.

    `told` are the instants of the events an archive of ours told them in: one that waits is told
    with them, too. Inside a `writing()` block. Files of letters whose text was forgotten are left
    out.
    """
    links = database.rows(
        """SELECT * FROM attachment_files
           WHERE key = ? AND portal_id = (SELECT id FROM portals WHERE name = ?) ORDER BY id""",
        (address_key(capture.url), portal),
    )
    found: set[Found] = set()
    for link in list(links):
        if _is_kept(database, link):
            visit = FileVisit(
                run_id=run_id,
                portal=portal,
                file_id=link["id"],
                key=link["key"],
                state=FileState.KEPT,
                observed_at=capture.fetched_at,
                status=capture.status,
                capture=capture,
            )
            found.add(_save(database, link, visit, capture.body, now, told))
    order: tuple[Found, ...] = ("version", "sighting", "known")
    return next((each for each in order if each in found), "no link")


def _is_kept(database: Database, link: Row) -> bool:
    rules = rules_of(database, link["copy_id"])
    return rules is None or not rules.text


def _save(
    database: Database,
    link: Row,
    visit: FileVisit,
    body: bytes,
    now: datetime,
    told: frozenset[str],
) -> Found:
    """What the bytes are to one link, by what it was seen with before and after."""
    at, last_seen = to_text(visit.observed_at), link["last_seen"] or ""
    versions = list(database.rows(_SEEN, (link["id"],)))
    if at == last_seen or any(row["observed_at"] == at for row in versions):
        return "known"
    before = next((row for row in reversed(versions) if row["observed_at"] < at), None)
    after = next((row for row in versions if row["observed_at"] > at), None)
    stable = stable_digest(body)
    for shown in (before, after):
        if shown and present_stable_digest(database, shown["content_id"]) == stable:
            return _see(database, link, at, is_newest=after is None)
    content_id = save_content(database, body)
    if after is not None or last_seen > at:
        insert_version(database, link, visit, content_id, None, now, fate=PAST)
        return "version"
    event_id = None
    if before is not None:
        digests = (before["digest"], body_digest(body))
        event_id = _tell(database, link, digests, visit, now, told)
    insert_version(database, link, visit, content_id, event_id, now)
    _bring_up_to_date(database, link, visit, content_id)
    return "version"


_SEEN = f"""
    SELECT v.*, c.digest FROM attachment_versions v
    JOIN attachment_contents c ON c.id = v.content_id LEFT JOIN events e ON e.id = v.event_id
    WHERE v.file_id = ? AND {SEEN} ORDER BY v.observed_at, v.number
"""  # noqa: S608 - a constant


def _see(database: Database, link: Row, at: str, *, is_newest: bool) -> Found:
    """The link had these bytes then, too; of such times only the last one is kept."""
    if not is_newest or (link["last_seen"] or "") >= at:
        return "known"
    database.write("UPDATE attachment_files SET last_seen = ? WHERE id = ?", (at, link["id"]))
    return "sighting"


def _tell(
    database: Database,
    link: Row,
    digests: tuple[str, str],
    visit: FileVisit,
    now: datetime,
    told: frozenset[str],
) -> int:
    """Tells that the link's bytes were others than before, as history: `digests` are both.

    Alone, or with what else an archive of ours told in one event.
    """
    version = _version_then(database, link["copy_id"], to_text(visit.observed_at))
    waiting = database.row(_WAITING_WITH, (link["copy_id"], dump(sorted(told))))
    if waiting is not None:
        return tell_with(database, waiting, link, *digests, version)
    event_id = tell_alone(database, link, *digests, visit, now, version)
    tell_replayed(database, event_id, EventKind.CHANGED, "present", now, waits=bool(told))
    return event_id


_WAITING_WITH = """
    SELECT * FROM events WHERE copy_id = ? AND kind = 'changed' AND status = 'pending'
    AND replayed IS NOT NULL AND observed_at IN (SELECT value FROM json_each(?)) LIMIT 1
"""


def _version_then(database: Database, copy_id: int, at: str) -> Row | None:
    """The last reading of the version that stood at a link's page; None where none did yet."""
    shown = neighbours(database, copy_id, at).before
    if shown is None:
        return None
    return database.row(
        """SELECT *, id AS reading_id FROM readings WHERE version_id = ?
           ORDER BY id DESC LIMIT 1""",
        (shown.version_id,),
    )


def _bring_up_to_date(database: Database, link: Row, visit: FileVisit, content_id: int) -> None:
    """The link's row: nobody can ask conditionally for what another has fetched."""
    database.write(
        """UPDATE attachment_files SET state = ?, reason = NULL, status = ?, content_id = ?,
           content_type = coalesce(?, content_type), etag = NULL, last_modified = NULL,
           last_seen = ? WHERE id = ?""",
        (
            visit.state.value,
            visit.status,
            content_id,
            visit.capture.content_type if visit.capture else None,
            to_text(visit.observed_at),
            link["id"],
        ),
    )
