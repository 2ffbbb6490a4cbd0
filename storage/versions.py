"""Versions and their readings: one version per content a copy showed, one reading per reader."""

from __future__ import annotations

from datetime import datetime

from storage.attachments.links import save_links
from storage.clock import to_text
from storage.copies import compared_version
from storage.database import Database
from storage.events import REREAD, tell_exports
from storage.evidence import journal, journaled
from storage.forget.rules import rules_of
from storage.identity.identity import marks_of, save_evidence
from storage.json_forms import letter_from_row, letter_row
from storage.records import PageVisit, ReplyLetter


def insert_version(
    database: Database,
    visit: PageVisit,
    reading: ReplyLetter,
    reader: str,
    capture_id: int,
    digest: str,
    now: datetime,
    *,
    replayed: bool = False,
) -> tuple[int, int]:
    """Adds a version and its first reading; gives the ids of both, inside a `writing()` block.

    `digest` is the reading's `content_digest`.
    Its place is after all others, whatever the clock says; where it was replayed, its date's.
    """
    number = 1 + int(
        database.value(
            "SELECT coalesce(max(number), 0) FROM versions WHERE copy_id = ?", (visit.copy_id,)
        )
    )
    if rules := rules_of(database, visit.copy_id):
        reading = rules.cut_letter(reading)
        digest = journaled.content_digest(reading)
    place = observed_at = to_text(visit.observed_at)
    if not replayed:
        last = database.value("SELECT max(place) FROM versions WHERE copy_id = ?", (visit.copy_id,))
        place = max(observed_at, last or "")
    version_id = database.insert(
        "versions",
        {
            "copy_id": visit.copy_id,
            "number": number,
            "run_id": visit.run_id,
            "capture_id": capture_id,
            "observed_at": observed_at,
            "recorded_at": to_text(now),
            "digest": digest,
            "status": "pending",
            "place": place,
            "replayed": int(replayed),
        },
    )
    reading_id = insert_reading(database, version_id, reading, reader, now)
    journal.append(
        database,
        "version",
        version_id,
        journaled.version_content(database, version_id, digest),
        observed_at=observed_at,
        recorded_at=to_text(now),
    )
    return version_id, reading_id


def add_reading(
    database: Database, version_id: int, reading: ReplyLetter, reader: str, now: datetime
) -> None:
    """Adds what a better reader made of a version; the version itself stays as it is.

    Where it reads otherwise than before, exports hand it on and the copy is known by what it
    says now; `changes` never shows it. Raises KeyError where there is no such version.
    """
    copy = database.the_row(
        f"version {version_id}",
        """SELECT copies.id, versions.status, portals.name AS portal FROM versions
           JOIN copies ON copies.id = copy_id JOIN portals ON portals.id = portal_id
           WHERE versions.id = ?""",
        (version_id,),
    )
    database.write("UPDATE copies SET reader = ? WHERE id = ?", (reader, copy["id"]))
    _ask_whole(database, copy["id"])
    if rules := rules_of(database, copy["id"]):
        reading = rules.cut_letter(reading)
    before = database.row(
        "SELECT * FROM readings WHERE version_id = ? ORDER BY id DESC LIMIT 1", (version_id,)
    )
    if before and letter_from_row(before) == reading:
        return
    reading_id = insert_reading(database, version_id, reading, reader, now)
    journal.append(
        database,
        "reading",
        reading_id,
        journaled.reading_content(database, reading_id),
        observed_at=None,
        recorded_at=to_text(now),
    )
    save_evidence(database, copy["id"], marks_of(database, reading, copy["portal"]))
    if version_id == _last_version(database, copy["id"]):
        save_links(database, copy["id"], reading.attachments, to_text(now))
    if copy["status"] == "published":
        tell_exports(
            database, REREAD, copy["id"], now, version_id=version_id, reading_after=reading_id
        )


def _ask_whole(database: Database, copy_id: int) -> None:
    """Has a page asked for whole next time whose last body was not kept, since it read like the
    version: what the former reader left out of both may differ, and no capture shows it."""
    database.write(
        """UPDATE copies SET body_digest = NULL, etag = NULL, last_modified = NULL
           WHERE id = ? AND body_digest NOT IN (
               SELECT captures.digest FROM versions JOIN captures ON captures.id = capture_id
               WHERE versions.copy_id = copies.id)""",
        (copy_id,),
    )


def _last_version(database: Database, copy_id: int) -> int | None:
    """The version a copy's next page is compared with."""
    version = compared_version(database, copy_id)
    return version["version_id"] if version else None


def insert_reading(
    database: Database, version_id: int, reading: ReplyLetter, reader: str, now: datetime
) -> int:
    return database.insert(
        "readings",
        {
            "version_id": version_id,
            "reader": reader,
            "read_at": to_text(now),
            **letter_row(reading),
        },
    )


def drop_version(database: Database, version_id: int) -> None:
    """Takes back a version that turned out misread, with the events it gave."""
    database.write("UPDATE versions SET status = 'dropped' WHERE id = ?", (version_id,))
    database.write(
        """UPDATE events SET status = 'dropped'
           WHERE version_id = ? AND status IN ('held', 'pending')""",
        (version_id,),
    )


def already_saved(database: Database, visit: PageVisit, capture_id: int) -> bool:
    """The same capture committed twice by one run makes one version and one event."""
    return bool(
        database.value(
            "SELECT 1 FROM versions WHERE copy_id = ? AND capture_id = ? AND run_id = ?",
            (visit.copy_id, capture_id, visit.run_id),
        )
    )
