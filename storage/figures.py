"""Figures of an archive for monitoring: counts and instants, no texts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from storage.clock import from_text
from storage.database import Database


@dataclass(frozen=True, slots=True)
class LastRun:
    """A portal's last crawl that ended."""

    portal: str
    started_at: datetime
    ended_at: datetime
    listed: int
    outcomes: Mapping[str, int] = field(default_factory=dict)  # visits by outcome


@dataclass(frozen=True, slots=True)
class ArchiveFigures:
    """An archive in numbers."""

    letters: Mapping[str, int]  # by status
    events: Mapping[tuple[str, str], int]  # published ones by portal and kind
    waiting: Mapping[tuple[str, str, str], int]  # messages by channel, name and target
    dead: Mapping[tuple[str, str, str], int]  # given up, alike
    last_runs: tuple[LastRun, ...]
    running: tuple[str, ...]  # portals whose last run has not ended
    journal_seq: int
    cursor: int
    size: int  # bytes, the `-wal` not counted


def archive_figures(database: Database) -> ArchiveFigures:
    """The figures as they stand at one moment; a read-only operation.

    Counts the letters and the events: some 50 ms for 100,000 of them.
    """
    with database.reading():
        runs, running = _last_runs(database)
        waiting, dead = _messages(database)
        return ArchiveFigures(
            letters={row["status"]: row["count"] for row in database.rows(_LETTERS)},
            events={(row["portal"], row["kind"]): row["count"] for row in database.rows(_EVENTS)},
            waiting=waiting,
            dead=dead,
            last_runs=runs,
            running=running,
            journal_seq=int(database.value("SELECT max(seq) FROM journal") or 0),
            cursor=int(database.value("SELECT max(cursor) FROM events") or 0),
            size=int(database.value("PRAGMA page_count")) * int(database.value("PRAGMA page_size")),
        )


def _last_runs(database: Database) -> tuple[tuple[LastRun, ...], tuple[str, ...]]:
    ended = tuple(
        LastRun(
            portal=row["portal"],
            started_at=from_text(row["started_at"]),
            ended_at=from_text(row["ended_at"]),
            listed=row["listed"],
            outcomes=json.loads(row["summary"]).get("outcomes", {}) if row["summary"] else {},
        )
        for row in database.rows(_LAST_RUNS)
    )
    return ended, tuple(row["portal"] for row in database.rows(_RUNNING))


def _messages(
    database: Database,
) -> tuple[dict[tuple[str, str, str], int], dict[tuple[str, str, str], int]]:
    waiting, dead = {}, {}
    for row in database.rows(_MESSAGES):
        key = (row["channel"], row["name"], row["target"])
        waiting[key], dead[key] = row["waiting"], row["dead"]
    return waiting, dead


_LETTERS = """
    SELECT status, count(*) AS count FROM letters
    WHERE joined_into IS NULL AND published_at IS NOT NULL GROUP BY status
"""
_EVENTS = """
    SELECT portals.name AS portal, kind, count(*) AS count
    FROM events JOIN portals ON portals.id = portal_id
    WHERE events.status = 'published' GROUP BY portal_id, kind
"""
_LAST_RUNS = """
    SELECT portals.name AS portal, runs.* FROM portals
    JOIN runs ON runs.id = (
        SELECT max(id) FROM runs
        WHERE portal_id = portals.id AND ended_at IS NOT NULL AND source IS NULL)
"""
_RUNNING = """
    SELECT portals.name AS portal FROM portals
    JOIN runs ON runs.id = (
        SELECT max(id) FROM runs WHERE portal_id = portals.id AND source IS NULL)
    WHERE runs.ended_at IS NULL
"""
# what waits, whether it was tried or not; of what was given up what could still be sent
_MESSAGES = """
    SELECT channel, name, target,
        (SELECT count(*) FROM outbox WHERE target_id = target.id
         AND delivered_at IS NULL AND dead_at IS NULL) AS waiting,
        (SELECT count(*) FROM outbox WHERE target_id = target.id
         AND delivered_at IS NULL AND dead_at IS NOT NULL AND content IS NOT NULL) AS dead
    FROM outbox_targets AS target ORDER BY channel, name, target
"""
