"""Upkeep: what an archive no longer needs is dropped, and its file kept in shape, bit by bit.

Nothing of the record is ever dropped: letters, versions, readings, events, captures and the journal
stay, and so does every run one of them names. The file is never rewritten as a whole.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from storage.clock import to_text
from storage.database import PAGES_FREED, Database
from storage.errors import ArchiveLocked
from storage.lock import crawl_lock
from storage.search.index import catch_up
from storage.upkeep.files import beside

KEEP_RUNS = timedelta(days=400)  # a year and the days a report of it takes
CHECKED_UP_TO = 2_000_000_000
"""Bytes: a larger file takes minutes to look through."""

_ROWS_A_TRANSACTION = 2_000
_MERGE_STEPS = 64
_PAGES_A_MERGE = 250


@dataclass(frozen=True, slots=True)
class UpkeepReport:
    """What one upkeep came to; sizes in bytes, of the file and its `-wal` together."""

    runs_removed: int
    visits_removed: int
    size_before: int
    size_after: int
    wal_emptied: bool  # false where another program was reading


def upkeep(archive: Path, now: datetime) -> UpkeepReport:
    """Looks after an archive: bounded in time, and nothing is lost where it is killed.

    An archive of an older schema is brought up to date, its search index too. Drops runs that
    ended over `KEEP_RUNS` ago and that no version, event or address names, with
    the failed and blocked visits of that time, which left no capture. The file's structure is
    looked through first, up to `CHECKED_UP_TO`: a damaged one is left alone. Holds the run
    lock: raises ArchiveLocked while a crawl is running, ArchiveDamaged, and other ArchiveErrors.
    """
    with crawl_lock(archive):
        before = _size(archive)
        with closing(Database.open_to_write(archive)) as database:
            if before <= CHECKED_UP_TO:
                database.check_structure()
            catch_up(database)
            limit = to_text(now - KEEP_RUNS)
            visits = _drop(database, _OLD_VISITS, "visits", limit)
            runs = _drop(database, _old_runs(database), "runs", limit)
            _merge_search(database)
            database.free_pages(PAGES_FREED)
            database.row("PRAGMA analysis_limit = 1000")
            database.row("PRAGMA optimize")
            emptied = empty_wal(database)
        return UpkeepReport(runs, visits, before, _size(archive), emptied)


def empty_wal(database: Database) -> bool:
    """Takes the `-wal` over into the file and cuts it to nothing; false where a reader forbids."""
    try:
        row = database.row("PRAGMA wal_checkpoint(TRUNCATE)")
    except ArchiveLocked:
        return False
    return row is not None and row[0] == 0


def _drop(database: Database, where: str, table: str, limit: str) -> int:
    """Deletes the rows in portions: whoever else writes need not wait for all of them."""
    dropped = 0
    while True:
        with database.writing():
            count = database.write(
                f"""DELETE FROM {table} WHERE rowid IN (
                        SELECT rowid FROM {table} AS old WHERE {where} LIMIT :portion)""",  # noqa: S608
                {"limit": limit, "portion": _ROWS_A_TRANSACTION},
            )
        dropped += count
        if count < _ROWS_A_TRANSACTION:
            return dropped


_OLD_VISITS = """old.outcome IN ('failed', 'blocked') AND old.capture_id IS NULL
    AND old.observed_at < :limit"""


def _old_runs(database: Database) -> str:
    """Runs that ended before `:limit`, which nothing names.

    The last of each portal stays, the last healthy one too: `status` tells of them.
    """
    named = [
        f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL"  # noqa: S608 - the schema's names
        for table, column in [*_references(database, "runs"), *_NAMED_WITHOUT_REFERENCE]
    ]
    last = ["SELECT max(id) FROM runs GROUP BY portal_id"]
    last.append("SELECT max(id) FROM runs WHERE state = 'ok' GROUP BY portal_id")
    kept = (f"AND old.id NOT IN ({query})" for query in named + last)
    return f"old.ended_at < :limit {' '.join(kept)}"


_NAMED_WITHOUT_REFERENCE = (
    ("copies", "first_run"),
    ("copies", "listed_run"),
    ("portals", "first_complete_run"),
)


def _references(database: Database, target: str) -> list[tuple[str, str]]:
    """Every table and column that refers to a table, whoever added it."""
    return [
        (row["name"], row["column"])
        for row in database.rows(
            """SELECT tables.name, keys."from" AS column
               FROM sqlite_master AS tables, pragma_foreign_key_list(tables.name) AS keys
               WHERE tables.type = 'table' AND keys."table" = ?""",
            (target,),
        )
    ]


def _merge_search(database: Database) -> None:
    """Merges what full-text indexes were given since, some pages at a time.

    https://www.sqlite.org/fts5.html#the_merge_command: a step that changed less than two rows had
    nothing to merge.
    """
    tables = database.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%USING fts5%'"
    )
    for table in [row["name"] for row in tables]:
        for _ in range(_MERGE_STEPS):
            before = database.total_changes
            with database.writing():
                database.write(
                    f'INSERT INTO "{table}" ("{table}", rank) VALUES (\'merge\', ?)',  # noqa: S608
                    (_PAGES_A_MERGE,),
                )
            if database.total_changes - before < 2:
                break


def _size(archive: Path) -> int:
    files = (archive, beside(archive, "-wal"))
    return sum(path.stat().st_size for path in files if path.exists())
