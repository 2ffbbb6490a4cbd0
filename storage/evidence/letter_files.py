"""All the archive holds of one letter as evidence: its captures and its journal entries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from storage.clock import from_text
from storage.database import Database
from storage.events import SURVIVING
from storage.evidence import journal


@dataclass(frozen=True, slots=True)
class CaptureFact:
    """One capture of a letter's copy, without its body."""

    id: int
    copy_id: int
    version: int | None  # the copy's version it was read as, from 1; None: evidence of gone
    url: str
    fetched_at: datetime
    status: int
    digest: str  # sha256 of the body that is kept, hexadecimal
    size: int  # of the body as it came
    codec: str
    came_as: str  # sha256 of the body as it came: another where something was forgotten


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One entry of the journal as it is hashed."""

    seq: int
    kind: str
    ref_id: int | None
    observed_at: str | None
    recorded_at: str
    content: str
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A letter's captures, the oldest first, and the journal's entries about it, in order."""

    captures: tuple[CaptureFact, ...]
    entries: tuple[JournalEntry, ...]
    head: tuple[int, str]

    @property
    def forgotten(self) -> bool:
        """Whether something of the letter was forgotten on request: what is kept is not all."""
        return any(entry.kind == "forget" for entry in self.entries)


def letter_file(database: Database, letter_id: int) -> LetterFile:
    """What is there of a letter, ids that were joined into it included; reads only."""
    return LetterFile(
        tuple(_captures(database, letter_id)),
        tuple(_entries(database, letter_id)),
        journal.head(database),
    )


def _captures(database: Database, letter_id: int) -> list[CaptureFact]:
    rows = database.rows(
        f"""SELECT captures.*, (
                SELECT min(number) FROM versions
                WHERE versions.copy_id = captures.copy_id AND capture_id = captures.id
                  AND versions.status = 'published') AS number
            FROM copies JOIN captures ON captures.copy_id = copies.id
            WHERE copies.letter_id = {SURVIVING} ORDER BY fetched_at, captures.id""",  # noqa: S608
        {"letter": letter_id},
    )
    return [
        CaptureFact(
            id=row["id"],
            copy_id=row["copy_id"],
            version=row["number"],
            url=row["url"],
            fetched_at=from_text(row["fetched_at"]),
            status=row["status"],
            digest=row["kept_digest"] or row["digest"],
            size=row["size"],
            codec=row["codec"],
            came_as=row["digest"],
        )
        for row in rows
    ]


def _entries(database: Database, letter_id: int) -> list[JournalEntry]:
    rows = database.rows(
        f"""WITH mine AS (SELECT id FROM copies WHERE letter_id = {SURVIVING})
            SELECT journal.* FROM journal WHERE
                (kind = 'version' AND ref_id IN (
                    SELECT id FROM versions WHERE copy_id IN mine))
             OR (kind = 'reading' AND ref_id IN (
                    SELECT readings.id FROM readings JOIN versions ON versions.id = version_id
                    WHERE copy_id IN mine))
             OR (kind = 'capture' AND ref_id IN (
                    SELECT id FROM captures WHERE copy_id IN mine))
             OR (kind = 'file' AND ref_id IN (
                    SELECT v.id FROM attachment_versions v
                    JOIN attachment_files f ON f.id = v.file_id WHERE f.copy_id IN mine))
             OR (kind = 'event' AND ref_id IN (
                    SELECT id FROM events WHERE copy_id IN mine))
             OR (kind = 'decision' AND ref_id IN (
                    SELECT decision_id FROM identifications WHERE copy_id IN mine))
             OR (kind = 'forget' AND ref_id IN (
                    SELECT forgotten_id FROM forgotten_copies WHERE copy_id IN mine))
            ORDER BY seq""",  # noqa: S608 - a constant
        {"letter": letter_id},
    )
    return [JournalEntry(**{name: row[name] for name in row.keys()}) for row in rows]  # noqa: SIM118
