"""What is to be forgotten, cut out of a letter's captures and of the files it links to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

import zstandard

from storage.attachments.links import save_links
from storage.captures import body_digest, read_body, rewrite_body
from storage.clock import to_text
from storage.database import Database, Row
from storage.forget.rules import FORGOTTEN, Rules
from storage.json_forms import letter_from_row
from storage.prefixes import Prefix
from storage.records import ReplyLetter


def cut_captures(
    database: Database, letter_id: int, rules: Rules
) -> Iterator[tuple[int, str, str]]:
    """Cuts every capture of a letter; gives (id, digest before, digest after) of those cut.

    Captures that lean on one that was cut, other letters' too, are packed anew and stay what they
    were. Raises ArchiveDamaged where one of them cannot be read: then nothing may be changed.
    """
    rows = list(
        database.rows(
            """SELECT captures.* FROM captures JOIN copies ON copies.id = copy_id
               WHERE copies.letter_id = ? ORDER BY captures.id""",
            (letter_id,),
        )
    )
    bodies = {row["id"]: (row, read_body(database, row)) for row in rows}
    kept: dict[int, bytes] = {}
    cuts = []
    for row, body in bodies.values():
        shorter = body
        for letter in _readings(database, row["id"]) or [None]:
            shorter = rules.cut_body(shorter, row["status"], letter)
        if shorter != body:
            kept[row["id"]] = shorter
            cuts.append((row["id"], body_digest(body), body_digest(shorter)))
    _rewrite(database, bodies, kept)
    yield from cuts


def cut_files(
    database: Database, letter_id: int, rules: Rules, now: datetime
) -> tuple[list[tuple[int, str, str]], int]:
    """Cuts the letter's linked files: their names, and where its text is forgotten their bytes.

    Gives the contents that were emptied, and how many were not, since words cannot be cut out of
    them or another letter links to them, too.
    """
    copies = [
        row["id"]
        for row in database.rows("SELECT id FROM copies WHERE letter_id = ?", (letter_id,))
    ]
    _cut_links(database, copies, rules, now)
    emptied, remaining = [], 0
    for row in list(database.rows(_CONTENTS, {"letter": letter_id})):
        if not rules.text or row["shared"]:
            remaining += 1
            continue
        database.write(
            "UPDATE attachment_contents SET codec = ?, body = ? WHERE id = ?",
            (FORGOTTEN, zstandard.ZstdCompressor().compress(b""), row["id"]),
        )
        emptied.append((row["id"], row["digest"], body_digest(b"")))
    return emptied, remaining


_CONTENTS = f"""
    SELECT c.id, c.digest, EXISTS (
        SELECT 1 FROM attachment_versions v JOIN attachment_files f ON f.id = v.file_id
        JOIN copies ON copies.id = f.copy_id
        WHERE v.content_id = c.id AND copies.letter_id != :letter) AS shared
    FROM attachment_contents c
    WHERE c.codec != '{FORGOTTEN}' AND c.id IN (
        SELECT v.content_id FROM attachment_versions v JOIN attachment_files f ON f.id = v.file_id
        JOIN copies ON copies.id = f.copy_id WHERE copies.letter_id = :letter)
    ORDER BY c.id
"""  # noqa: S608 - a constant


def _cut_links(database: Database, copies: Iterable[int], rules: Rules, now: datetime) -> None:
    for copy_id in copies:
        if rules.text:  # what is not linked is not asked for
            save_links(database, copy_id, (), to_text(now))
        for row in list(
            database.rows("SELECT id, name FROM attachment_files WHERE copy_id = ?", (copy_id,))
        ):
            name = "" if rules.text else rules.cut_field("body", row["name"])
            if name != row["name"]:
                database.write(
                    "UPDATE attachment_files SET name = ? WHERE id = ?", (name, row["id"])
                )


def _readings(database: Database, capture_id: int) -> list[ReplyLetter | None]:
    """What was read of a capture, by each reader."""
    rows = database.rows(
        """SELECT readings.* FROM readings JOIN versions ON versions.id = version_id
           WHERE versions.capture_id = ? ORDER BY readings.id""",
        (capture_id,),
    )
    return [letter_from_row(row) for row in rows]


def _rewrite(
    database: Database, known: dict[int, tuple[Row, bytes]], kept: dict[int, bytes]
) -> None:
    """Writes what was cut, and packs anew what leans on it, the earlier ones first."""
    rows = {**known, **_leaning(database, kept)}
    bodies = {capture_id: kept.get(capture_id, body) for capture_id, (_, body) in rows.items()}
    written: set[int] = set()
    for capture_id in sorted(rows):
        row, _ = rows[capture_id]
        prefix_id = row["prefix_id"]
        if capture_id not in kept and prefix_id not in written:
            continue
        prefix = None
        if prefix_id is not None:
            prefix = _prefix(database, prefix_id, bodies)
        rewrite_body(database, row, bodies[capture_id], prefix)
        written.add(capture_id)


def _leaning(database: Database, kept: Iterable[int]) -> dict[int, tuple[Row, bytes]]:
    """Every capture that is packed against one of these, or against one that is, read whole."""
    found: dict[int, tuple[Row, bytes]] = {}
    ahead = list(kept)
    while ahead:
        prefix_id = ahead.pop()
        for row in list(database.rows("SELECT * FROM captures WHERE prefix_id = ?", (prefix_id,))):
            if row["id"] not in found:
                found[row["id"]] = row, read_body(database, row)
                ahead.append(row["id"])
    return found


def _prefix(database: Database, capture_id: int, bodies: dict[int, bytes]) -> Prefix | None:
    """What a capture is packed against; None where nothing is left of that."""
    body = bodies.get(capture_id)
    if body is None:
        row = database.row("SELECT * FROM captures WHERE id = ?", (capture_id,))
        body = read_body(database, row) if row else b""
    return Prefix(capture_id, body_digest(body), body) if body else None
