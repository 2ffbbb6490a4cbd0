"""Owns what letters take on the disk, beside the same pages in a git repository after gc."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

from benchmarks.archive_pages import PORTAL, address, page
from benchmarks.saving import Crawled, crawl_pages
from storage.archive import LetterArchive
from storage.clock import fixed_clock

BEGAN = datetime(2026, 3, 2, 22, 20, tzinfo=UTC)
DAYS = ("new", "nothing changed", "only furniture changed", "one sentence more")
"""What a day brings to every page."""


@dataclass(frozen=True, slots=True)
class Day:
    """What both take after a day, in bytes a letter, and how many rows the archive gained."""

    what: str
    archive: float
    git: float | None
    rows: int


@dataclass(frozen=True, slots=True)
class Stored:
    """`edits` are the bytes each capture of an edit took; `parts` of the archive, a letter."""

    letters: int
    page_bytes: float
    days: list[Day] = field(default_factory=list)
    edits: list[int] = field(default_factory=list)
    parts: dict[str, float] = field(default_factory=dict)

    @property
    def median_edit(self) -> float:
        """Bytes of the usual capture of an edit."""
        return median(self.edits)


def pages_of(letters: int, day: int, seed: int) -> list[Crawled]:
    """Every page as it answers on a day of `DAYS`."""
    edits, furniture = int(day == 3), max(0, day - 1)
    return [
        Crawled(PORTAL, address(n), page(n, seed, edits=edits, furniture=furniture), "text/html")
        for n in range(1, letters + 1)
    ]


def measure_storing(folder: Path, letters: int, seed: int) -> Stored:
    """Saves the pages of four days as a crawl does, and commits the same to a repository.

    The archive stays in `folder` as `fuhan.db`.
    """
    path, beside = folder / "fuhan.db", folder / "git"
    repository = _Repository(beside) if shutil.which("git") else None
    stored: Stored | None = None
    for day, what in enumerate(DAYS):
        pages = pages_of(letters, day, seed)
        stored = stored or Stored(letters, sum(len(each.body) for each in pages) / letters)
        before = _rows(path) if day else 0
        save_day(path, pages, BEGAN + timedelta(days=day))
        committed = repository.commit(pages, what) / letters if repository else None
        size = path.stat().st_size / letters
        stored.days.append(Day(what, size, committed, _rows(path) - before))
    if stored is None:
        raise ValueError("no day")
    with closing(sqlite3.connect(path)) as connection:
        stored.edits.extend(row[0] for row in connection.execute(_LAST_CAPTURES))
        stored.parts.update(_parts(connection, letters))
    shutil.rmtree(beside, ignore_errors=True)
    return stored


def save_day(path: Path, pages: Sequence[Crawled], now: datetime) -> None:
    """One settled run over the pages. Where all change alike the run is suspect: accepted."""
    with LetterArchive.open(path, clock=fixed_clock(now)) as archive:
        crawl_pages(archive, pages, now)
        archive.accept_held(PORTAL.name)


_LAST_CAPTURES = """
    SELECT length(captures.body) FROM versions JOIN captures ON captures.id = capture_id
    WHERE number = 2
"""
# what grows with letters; of runs there is one a day, and a visit that brought nothing has no row
_GROWING = ("letters", "copies", "captures", "versions", "readings", "events", "visits", "journal")


def _rows(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        counts = (
            connection.execute(f"SELECT count(*) FROM {table}")  # noqa: S608 - of the schema
            for table in _GROWING
        )
        return sum(int(count.fetchone()[0]) for count in counts)


def _parts(connection: sqlite3.Connection, letters: int) -> dict[str, float]:
    """Bytes a letter of what weighs most, by what the values are; the rest is pages' overhead."""
    sums = {
        "captures": "SELECT sum(length(body)) FROM captures",
        "texts": "SELECT sum(length(CAST(body AS BLOB))) FROM readings",
        "search index": "SELECT sum(length(block)) FROM letter_grams_data",
        "differences": "SELECT sum(length(CAST(diff AS BLOB))) FROM events",
        "journal": "SELECT sum(length(CAST(content AS BLOB)) + 64) FROM journal",
    }
    return {name: connection.execute(sql).fetchone()[0] / letters for name, sql in sums.items()}


class _Repository:
    """The pages as files, a commit a day."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir()
        self._git("init", "--quiet")

    def commit(self, pages: Sequence[Crawled], what: str) -> int:
        """Bytes of the repository after this commit and gc, the work tree left out."""
        for number, each in enumerate(pages):
            (self._folder / f"{number}.html").write_bytes(each.body)
        self._git("add", "--all")
        self._git("commit", "--quiet", "--allow-empty", "--message", what)
        self._git("gc", "--quiet", "--prune=now")
        return sum(path.stat().st_size for path in (self._folder / ".git").rglob("*"))

    def _git(self, *arguments: str) -> None:
        settings = ("-c", "user.name=b", "-c", "user.email=b@example.org", "-c", "pack.threads=1")
        plain = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
        subprocess.run(  # noqa: S603 - what is committed was invented here
            ("git", *settings, *arguments),  # noqa: S607 - whichever git the user has
            cwd=self._folder,
            env=plain,
            check=True,
        )
