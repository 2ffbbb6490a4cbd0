"""Files linked from letters: the links, the contents they were seen with, and their bytes."""

from __future__ import annotations

import json

from sqlite_utils import Database

from storage.addresses import address_key
from storage.schema.steps import migrations


@migrations(name="0012_attachment_files")
def _attachment_files(db: Database) -> None:
    _contents(db)
    _files(db)
    _versions(db)
    _take_over_links(db)


def _contents(db: Database) -> None:
    db.table("attachment_contents").create(  # bytes, once each, whatever links to them
        {
            "id": int,
            "digest": str,  # sha256 of the bytes
            "stable_digest": str,  # without what a program writes anew for every download
            "size": int,
            "codec": str,  # zstd
            "body": bytes,
        },
        pk="id",
        not_null={"digest", "stable_digest", "size", "codec", "body"},
    )
    db.table("attachment_contents").create_index(["digest"], unique=True)


def _files(db: Database) -> None:
    db.table("attachment_files").create(  # one a copy and link
        {
            "id": int,
            "portal_id": int,
            "copy_id": int,
            "key": str,
            "url": str,
            "name": str,
            "place": int,  # among the letter's attachments, from 0
            "linked": int,  # the last reading links to it
            "first_seen": str,
            "last_seen": str,  # the last good answer
            "state": str,  # unread, kept, gone, blocked, failed, no-file, too-large, …
            "reason": str,
            "status": int,  # of the last answer
            "content_type": str,
            "content_id": int,  # what the validators came with
            "etag": str,
            "last_modified": str,
            "visits": int,
            "visited_run": int,
            "last_visited": str,
            "not_before": str,
            "due_since": str,  # since its page was visited
        },
        pk="id",
        foreign_keys=[
            ("portal_id", "portals", "id"),
            ("copy_id", "copies", "id"),
            ("content_id", "attachment_contents", "id"),
        ],
        not_null={"portal_id", "copy_id", "key", "url", "name", "place", "first_seen", "state"},
        defaults={"linked": 1, "state": "unread", "visits": 0},
    )
    db.table("attachment_files").create_index(["copy_id", "key"], unique=True)
    db.table("attachment_files").create_index(["portal_id", "key"])
    db.execute(
        """CREATE INDEX idx_attachment_files_due ON attachment_files (portal_id, due_since)
           WHERE due_since IS NOT NULL"""
    )


def _versions(db: Database) -> None:
    db.table("attachment_versions").create(
        {
            "id": int,
            "file_id": int,
            "number": int,  # counts per file from 1
            "content_id": int,
            "run_id": int,
            "event_id": int,  # that tells it; none for the first
            "url": str,  # asked for
            "status": int,
            "headers": str,
            "observed_at": str,
            "recorded_at": str,
            "fate": str,  # taken back, rejected, past (of a replay); else that of its event
        },
        pk="id",
        foreign_keys=[
            ("file_id", "attachment_files", "id"),
            ("content_id", "attachment_contents", "id"),
            ("run_id", "runs", "id"),
            ("event_id", "events", "id"),
        ],
        not_null={"file_id", "number", "content_id", "url", "status", "headers", "observed_at"},
    )
    db.table("attachment_versions").create_index(["file_id", "number"], unique=True)
    db.table("attachment_versions").create_index(["event_id"])


def _take_over_links(db: Database) -> None:
    """Files of letters read before this was kept are asked for when their pages are."""
    rows = db.query(
        """SELECT copies.id AS copy_id, copies.portal_id, versions.observed_at AS seen,
                  readings.attachments AS files
           FROM copies
           JOIN versions ON versions.id = (
               SELECT id FROM versions v WHERE v.copy_id = copies.id AND v.status != 'dropped'
               ORDER BY number DESC LIMIT 1)
           JOIN readings ON readings.id = (
               SELECT max(id) FROM readings r WHERE r.version_id = versions.id)
           WHERE readings.attachments != '[]'"""
    )
    for row in list(rows):
        for place, file in enumerate(json.loads(row["files"])):
            db.execute(
                """INSERT OR IGNORE INTO attachment_files
                   (portal_id, copy_id, key, url, name, place, first_seen)
                   VALUES (?, ?, ?, ?, ?, ?, ?)""",
                (
                    row["portal_id"],
                    row["copy_id"],
                    address_key(file["url"]),
                    file["url"],
                    file["name"],
                    place,
                    row["seen"],
                ),
            )
