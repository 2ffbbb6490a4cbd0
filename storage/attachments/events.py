"""How a changed file is told: in the `changed` event of its copy, field `attachments`.

One event per copy and visit: where the page changed too, or another of its files, the file joins
the event that waits already. The values are those `clean` prints; the attachment whose bytes
changed carries `sha256` on both sides.
"""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from storage.addresses import address_key
from storage.attachments.records import FileVisit
from storage.clock import to_text
from storage.copies import compared_version
from storage.database import Database, Row
from storage.json_forms import dump, letter_from_row, plain
from storage.records import EventKind, Significance

FIELD = "attachments"
DIGEST = "sha256"


def tell_change(
    database: Database, file: Row, before: str, after: str, visit: FileVisit, now: datetime
) -> int:
    """Makes a file's change pending, inside a `writing()` block; gives the event's id.

    `file` is its row, `before` and `after` are digests of its bytes.
    """
    event = database.row(
        """SELECT * FROM events WHERE copy_id = ? AND status = 'pending' AND kind = 'changed'
           ORDER BY id DESC LIMIT 1""",
        (file["copy_id"],),
    )
    version = compared_version(database, file["copy_id"])
    if event:
        return tell_with(database, event, file, before, after, version)
    return tell_alone(database, file, before, after, visit, now, version)


def tell_with(
    database: Database, event: Row, file: Row, before: str, after: str, version: Row | None
) -> int:
    """Adds a file's change to a pending event of its copy, inside a `writing()` block; gives the
    event's id. `version` is the one that stood there, with its reading."""
    fields = json.loads(event["fields"])
    if not any(name == FIELD for name, _, _ in fields):
        fields.append(_unchanged(version))
    for name, was, became in fields:
        if name == FIELD:
            _mark(was, file, before)
            _mark(became, file, after)
    database.write(
        "UPDATE events SET fields = ?, significance = ? WHERE id = ?",
        (dump(fields), Significance.SUBSTANCE.value, event["id"]),
    )
    return int(event["id"])


def tell_alone(
    database: Database,
    file: Row,
    before: str,
    after: str,
    visit: FileVisit,
    now: datetime,
    version: Row | None = None,
) -> int:
    """A pending event of one file's change and nothing else; gives the event's id.

    `version` is the one that stood there then, with its reading, where it is not the last. Inside
    a `writing()` block.
    """
    version = version or compared_version(database, file["copy_id"])
    name, was, became = _unchanged(version)
    _mark(was, file, before)
    _mark(became, file, after)
    return _insert(database, file, version, [[name, was, became]], visit, now)


def _unchanged(version: Row | None) -> list[Any]:
    """The field as the last version's page prints it, on both sides."""
    files = plain(letter_from_row(version).attachments) if version else []
    return [FIELD, files, json.loads(json.dumps(files))]


def _insert(
    database: Database,
    file: Row,
    version: Row | None,
    fields: list[Any],
    visit: FileVisit,
    now: datetime,
) -> int:
    return database.insert(
        "events",
        {
            "status": "pending",
            "run_id": visit.run_id,
            "portal_id": file["portal_id"],
            "copy_id": file["copy_id"],
            "letter_id": database.value(
                "SELECT letter_id FROM copies WHERE id = ?", (file["copy_id"],)
            ),
            "reading_before": version["reading_id"] if version else None,
            "reading_after": version["reading_id"] if version else None,
            "kind": EventKind.CHANGED.value,
            "significance": Significance.SUBSTANCE.value,
            "observed_at": to_text(visit.observed_at),
            "recorded_at": to_text(now),
            "fields": dump(fields),
        },
    )


def take_back(database: Database, event_id: int, file: Row) -> None:
    """Removes one file from an event that was not told; the event is dropped if nothing is left."""
    event = database.row("SELECT * FROM events WHERE id = ?", (event_id,))
    if event is None or event["status"] not in ("pending", "held"):
        return
    fields = json.loads(event["fields"])
    for name, was, became in fields:
        if name == FIELD:
            for item in (*was, *became):
                if address_key(item["url"]) == file["key"]:
                    item.pop(DIGEST, None)
    fields = [field for field in fields if field[0] != FIELD or field[1] != field[2]]
    alone = not fields and event["version_id"] is None
    database.write(
        "UPDATE events SET fields = ?, status = iif(?, 'dropped', status) WHERE id = ?",
        (dump(fields), alone, event_id),
    )


def _mark(files: list[dict[str, Any]], file: Row, digest: str) -> None:
    """Puts a file's digest beside its name and address."""
    for item in files:
        if address_key(item["url"]) == file["key"]:
            item[DIGEST] = digest
            return
    files.append({"name": file["name"], "url": file["url"], DIGEST: digest})
