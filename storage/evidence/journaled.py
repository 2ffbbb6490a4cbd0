"""What the journal holds of a row: said once, for writing an entry and for verifying it later.

Contents name digests, ids and what was observed, never what a letter says.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from storage.database import Database
from storage.json_forms import dump, letter_fields, letter_from_row
from storage.records import ReplyLetter

Content = dict[str, Any]


_ADDED = ("annex",)
"""Fields that readings have had only since a later schema: counted where they say something, so
that what the journal holds of a reading from before stays true."""


def content_digest(reading: ReplyLetter) -> str:
    """A digest of everything a reading says, contacts and warnings included."""
    said = letter_fields(reading)
    return _digest({name: said[name] for name in said if said[name] or name not in _ADDED})


def version_content(database: Database, version_id: int, said: str | None = None) -> Content:
    """Of a version: its place, address and capture, and what was first read of it.

    `said` is that reading's `content_digest`, where it was just written and need not be read back.
    Raises KeyError where the version, its copy, its capture or its reading is not there.
    """
    row = database.the_row(
        f"version {version_id}",
        """SELECT versions.*, copies.url, captures.digest AS body_digest, captures.kept_digest,
                  readings.id AS reading_id, readings.reader, readings.read_at FROM versions
           JOIN copies ON copies.id = versions.copy_id
           JOIN captures ON captures.id = versions.capture_id
           JOIN readings ON readings.id = (
               SELECT min(id) FROM readings WHERE version_id = versions.id)
           WHERE versions.id = ?""",
        (version_id,),
    )
    return {
        "copy": row["copy_id"],
        "number": row["number"],
        "capture": row["body_digest"],
        "content": said or reading_content(database, row["reading_id"])["content"],
        "digest": row["digest"],
        "run": row["run_id"],
        "url": row["url"],
        "capture_id": row["capture_id"],
        "circumstances": _circumstances(database, row["capture_id"]),
        "reading": row["reading_id"],
        "reader": row["reader"],
        "read_at": row["read_at"],
        "place": row["place"],
        "replayed": row["replayed"],
        **_kept(row["kept_digest"]),
    }


def reading_content(database: Database, reading_id: int) -> Content:
    """Of a later reading of a version. Raises KeyError where there is none."""
    row = database.the_row(
        f"reading {reading_id}", "SELECT * FROM readings WHERE id = ?", (reading_id,)
    )
    return {
        "version": row["version_id"],
        "reader": row["reader"],
        "read_at": row["read_at"],
        "content": content_digest(letter_from_row(row)),
    }


def capture_content(database: Database, capture_id: int) -> Content:
    """Of a capture kept as evidence, without a version. Raises KeyError where there is none."""
    row = database.the_row(
        f"capture {capture_id}",
        "SELECT copy_id, digest, kept_digest FROM captures WHERE id = ?",
        (capture_id,),
    )
    return {
        "copy": row["copy_id"],
        "capture": row["digest"],
        "circumstances": _circumstances(database, capture_id),
        **_kept(row["kept_digest"]),
    }


def event_content(database: Database, event_id: int) -> Content:
    """Of an event as it is told. Raises KeyError where there is none."""
    row = database.the_row(f"event {event_id}", "SELECT * FROM events WHERE id = ?", (event_id,))
    return {
        "cursor": row["cursor"],
        "kind": row["kind"],
        "copy": row["copy_id"],
        "letter": row["letter_id"],
        "version": row["version_id"],
        "change": change_digest(row["fields"], row["figures"], row["diff"]),
        **{name: row[name] for name in _EVENT_COLUMNS},
        "identity": _identity(database, row["copy_id"]),
    }


def decision_content(database: Database, decision_id: int) -> Content:
    """Of a join or split: which copies went from which letter to which.

    The note stands in its row; the journal holds its digest. Raises KeyError where there is none.
    """
    row = database.the_row(
        f"decision {decision_id}", "SELECT * FROM decisions WHERE id = ?", (decision_id,)
    )
    copies = database.rows(
        """SELECT copy_id, from_letter, letter_id, kind FROM identifications
           WHERE decision_id = ? ORDER BY id""",
        (decision_id,),
    )
    return {
        "decision": row["kind"],
        "letter": row["letter_id"],
        "copies": [list(copy) for copy in copies],
        "note": note_digest(row["note"]),
        "decided_at": row["decided_at"],
    }


def file_content(database: Database, version_id: int) -> Content:
    """Of a content a linked file was seen with. Raises KeyError where there is none."""
    row = database.the_row(
        f"version {version_id} of a file",
        """SELECT v.*, f.copy_id, f.key, c.digest, c.size FROM attachment_versions v
           JOIN attachment_files f ON f.id = v.file_id
           JOIN attachment_contents c ON c.id = v.content_id WHERE v.id = ?""",
        (version_id,),
    )
    return {
        "copy": row["copy_id"],
        "link": row["key"],
        "number": row["number"],
        "digest": row["digest"],
        "size": row["size"],
        "run": row["run_id"],
        "event": row["event_id"],
        "circumstances": _digest(
            [row[name] for name in ("url", "status", "headers", "observed_at", "recorded_at")]
        ),
    }


def forget_content(database: Database, forgotten_id: int) -> Content:
    """Of what was forgotten: what kind of thing of which letter, and of which rows it was cut.

    `cut` names each row's digests before and after. Raises KeyError where there is none.
    """
    row = database.the_row(
        f"entry of what was forgotten {forgotten_id}",
        "SELECT * FROM forgotten WHERE id = ?",
        (forgotten_id,),
    )
    words = database.rows(
        "SELECT length, hex(salt), hex(hash) FROM forgotten_words WHERE forgotten_id = ?"
        " ORDER BY id",
        (forgotten_id,),
    )
    return {
        "forget": row["kind"],
        "letter": row["letter_id"],
        "copies": json.loads(row["copies"]),
        "note": note_digest(row["note"]),
        "forgotten_at": row["forgotten_at"],
        "words": _digest([list(word) for word in words]),
        "cut": json.loads(row["cut"]),
    }


def change_digest(fields: str, figures: str, diff: str) -> str:
    """Of what an event says changed, by its columns."""
    return _digest([fields, figures, diff])


def note_digest(note: str | None) -> str | None:
    """Of what a hand wrote down as its reason."""
    return _digest(note) if note else None


CONTENTS: dict[str, Callable[[Database, int], Content]] = {
    "version": version_content,
    "reading": reading_content,
    "capture": capture_content,
    "event": event_content,
    "decision": decision_content,
    "file": file_content,
    "forget": forget_content,
}
"""What an entry of each kind holds now, by the id of the row it is about."""

_EVENT_COLUMNS = (
    "status",
    "run_id",
    "portal_id",
    "significance",
    "observed_at",
    "recorded_at",
    "scope",
    "from_url",
    "reason",
    "baseline",
    "backdated",
    "reading_before",
    "reading_after",
    "replayed",
)


def _kept(digest: str | None) -> Content:
    """Of a capture something was cut from: the digest of what is kept."""
    return {"kept": digest} if digest else {}


def _circumstances(database: Database, capture_id: int) -> str:
    """A digest of where, when and how a capture came."""
    row = database.row(
        "SELECT copy_id, url, fetched_at, status, headers, size FROM captures WHERE id = ?",
        (capture_id,),
    )
    return _digest(list(row) if row else None)


def _identity(database: Database, copy_id: int) -> str | None:
    """A digest of why a copy was taken to be of its letter when it was first read."""
    row = database.row(
        """SELECT copy_id, letter_id, kind, with_copy, compared, identified_at
           FROM identifications WHERE copy_id = ? AND decision_id IS NULL ORDER BY id LIMIT 1""",
        (copy_id,),
    )
    return _digest(list(row)) if row else None


def _digest(value: object) -> str:
    return hashlib.sha256(dump(value).encode()).hexdigest()
