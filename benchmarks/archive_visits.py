"""Owns how fast visits that bring nothing new are recorded, durably, beside SQLite alone."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from benchmarks.archive_storing import BEGAN, DAYS, pages_of
from benchmarks.saving import begin_session, list_pages
from pipelines.stages import LetterStage
from storage.archive import LetterArchive
from storage.clock import fixed_clock, to_text
from storage.gathering import MOST_VISITS
from storage.records import Answer, PageVisit


@dataclass(frozen=True, slots=True)
class Visits:
    """Visits a second of CPU time and of wall time; `bare` updates the same rows in SQLite."""

    not_modified: float
    same_bytes: float
    bare: float
    not_modified_wall: float


def measure_visits(path: Path, letters: int, seed: int, rounds: int = 4) -> Visits:
    """Visits each letter of the archive `measure_storing` left, as a crawl does, again and again.

    The best of some rounds; the last commit belongs to each.
    """
    pages = pages_of(letters, len(DAYS) - 1, seed)
    times: dict[Answer, list[tuple[float, float]]] = {Answer.NOT_MODIFIED: [], Answer.PAGE: []}
    for number in range(rounds):
        for turn, answer in enumerate(times):
            now = BEGAN + timedelta(days=30 + 2 * number + turn)
            with LetterArchive.open(path, clock=fixed_clock(now)) as archive:
                visits = list_pages(archive, pages, now)
                if answer is Answer.NOT_MODIFIED:
                    visits = [replace(each, answer=answer, capture=None) for each in visits]
                stage = LetterStage(begin_session(archive, (pages[0].portal,), now))
                times[answer].append(_timed(archive, stage, visits))
    best = {answer: min(cpu for cpu, _ in taken) for answer, taken in times.items()}
    return Visits(
        letters / best[Answer.NOT_MODIFIED],
        letters / best[Answer.PAGE],
        letters / min(_bare(path) for _ in range(rounds)),
        letters / min(wall for _, wall in times[Answer.NOT_MODIFIED]),
    )


def _timed(
    archive: LetterArchive, stage: LetterStage, visits: Sequence[PageVisit]
) -> tuple[float, float]:
    cpu, wall = time.process_time(), time.monotonic()
    for visit in visits:
        stage.process_item(visit)
    archive.count_pages(visits[0].portal)
    archive.close()
    return time.process_time() - cpu, time.monotonic() - wall


def _bare(path: Path) -> float:
    """CPU seconds of one statement a visit, committed as often."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = FULL")
        ids = [row[0] for row in connection.execute("SELECT id FROM copies")]
        began = time.process_time()
        for at in range(0, len(ids), MOST_VISITS):
            connection.execute("BEGIN IMMEDIATE")
            for copy_id in ids[at : at + MOST_VISITS]:
                connection.execute(
                    """UPDATE copies SET last_visited = ?, last_success = ?, due_at = ?,
                       visits = visits + 1 WHERE id = ?""",
                    (to_text(BEGAN), to_text(BEGAN), to_text(BEGAN), copy_id),
                )
            connection.execute("COMMIT")
        return time.process_time() - began
