"""Backups: a whole, checked copy of an archive as it stood at one moment, also during a crawl.

The copy is made by SQLite's backup API (https://www.sqlite.org/backup.html) from within one read
transaction. In WAL mode that keeps no writer waiting, and no writer makes the copy begin again:
without it, each commit of a crawl would.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from storage.archive_faults import named_errors
from storage.database import Database
from storage.errors import ArchiveDamaged, ArchiveError
from storage.evidence import journal
from storage.evidence.faults import Head
from storage.upkeep.files import beside, written_aside

Watch = Callable[[int, int], None]
"""Is told how many of how many pages are copied."""

_PAGES_A_STEP = 1024  # 4 MB, between two looks of whoever watches
_COUNTED = {
    table: f"SELECT count(*) FROM {table}"  # noqa: S608 - constants
    for table in ("letters", "copies", "versions", "readings", "captures", "journal")
} | {"events": "SELECT count(*) FROM events WHERE cursor IS NOT NULL"}  # told, as `verify` counts
# fuhan-20261122T081300Z.db: of the archive fuhan.db
_DATED = "{stem}-{instant:%Y%m%dT%H%M%SZ}{ending}"
_DATED_NAME = r"{stem}-\d{{8}}T\d{{6}}Z{ending}"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was made and found whole."""

    path: Path
    size: int  # bytes
    rows: Mapping[str, int]  # by table
    head: Head  # of the journal it holds
    removed: tuple[Path, ...] = ()  # older ones, by `keep`
    of_others: tuple[Path, ...] = ()  # beside it under such names, but of another archive


def back_up(
    archive: Path,
    target: Path,
    now: datetime,
    *,
    keep: int | None = None,
    watch: Watch = lambda _done, _all: None,
) -> Backup:
    """Copies an archive to the file `target`, or into the directory it is, under a dated name.

    The file is complete and checked (`integrity_check`, foreign keys, the journal's chain and
    head) before it takes its name; a crash leaves none. `keep` removes all but the newest that
    many dated backups of this archive from the directory: those of another one stay, which may be
    all that is left of it. Raises ArchiveError where `target` is
    something else than a backup, is the archive itself, or cannot be written; ArchiveDamaged,
    naming the archive, where the copy is not whole.
    """
    path = _path_for(archive, target, now)
    with closing(Database.open_to_read(archive)) as database:
        _refuse_other_files(archive, path)
        with named_errors(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            with written_aside(path) as aside:
                head, rows = _copy(database, aside, watch, called=path)
    if path == target:
        return Backup(path, path.stat().st_size, rows, head)
    own, others = _own_and_others(archive, path)
    removed = _remove(own[:-keep]) if keep else ()
    return Backup(path, path.stat().st_size, rows, head, removed, others)


def dated_backups(archive: Path, directory: Path) -> list[Path]:
    """The backups of an archive in a directory, as `back_up` names them, the oldest first.

    Only files that are archives of ours count; a read-only operation.
    """
    pattern = re.compile(
        _DATED_NAME.format(stem=re.escape(archive.stem), ending=re.escape(archive.suffix))
    )
    names = (path for path in directory.iterdir() if pattern.fullmatch(path.name))
    return sorted(path for path in names if path.is_file() and is_archive(path))


def is_archive(path: Path) -> bool:
    """Whether a file is an archive of fuhan's, whatever its schema; a read-only operation."""
    try:
        header = path.open("rb").read(72)
    except OSError:
        return False
    # https://www.sqlite.org/fileformat.html: the application id stands at byte 68
    return header[:16] == b"SQLite format 3\0" and header[68:72] == b"FUHA"


def count_rows(database: Database) -> dict[str, int]:
    """How many rows the tables of the record have; of the events those that were told."""
    return {table: int(database.value(counting)) for table, counting in _COUNTED.items()}


def check_whole(database: Database, *, called: Path | None = None) -> None:
    """Raises ArchiveDamaged, of the file `called`, where the file, a reference or the journal's
    chain is broken; a read-only operation."""
    path = called or database.path
    for row in database.rows("PRAGMA integrity_check(1)"):
        if row[0] != "ok":
            raise _broken(path, str(row[0]))
    if broken := database.row("PRAGMA foreign_key_check"):
        raise _broken(path, f"{broken[0]} {broken[1]} → {broken[2]}")
    if faults := journal.check(database):
        raise _broken(path, f"journal entry {faults[0].seq}: {faults[0].problem}")


def copy_pages(source: Database, target: Path, watch: Watch, *, called: Path) -> None:
    """Copies every page of a database, within the caller's `reading()`, to a new file.

    The copy is one file: it needs no `-wal` beside it, so that a read-only medium can hold it.
    Raises ArchiveErrors that speak of the file `called`.
    """
    with named_errors(called), closing(sqlite3.connect(target)) as copied:
        source.copy_to(copied, _PAGES_A_STEP, watch)
        copied.execute("PRAGMA journal_mode = DELETE")


def _copy(
    database: Database, aside: Path, watch: Watch, *, called: Path
) -> tuple[Head, dict[str, int]]:
    with database.reading():
        head = Head(*journal.head(database))
        copy_pages(database, aside, watch, called=called)
    with closing(Database.open_to_read(aside)) as copied:
        check_whole(copied, called=database.path)
        if Head(*journal.head(copied)) != head:
            raise _broken(database.path, "the copy has another journal head")
        return head, count_rows(copied)


def _path_for(archive: Path, target: Path, now: datetime) -> Path:
    if not target.is_dir():
        return target
    name = _DATED.format(stem=archive.stem, instant=now.astimezone(UTC), ending=archive.suffix)
    return target / name


def _refuse_other_files(archive: Path, path: Path) -> None:
    if not path.exists():
        return
    if path.samefile(archive):
        raise ArchiveError(
            f"{path}: this is the archive itself — name another file", path=path, what="same-file"
        )
    if not is_archive(path):
        raise ArchiveError(
            f"{path}: there is a file that is no backup, and it is not overwritten — "
            "name another file",
            path=path,
            what="other-file",
        )


def _own_and_others(archive: Path, made: Path) -> tuple[list[Path], tuple[Path, ...]]:
    """The dated backups beside the one just made: of the same archive, and of another one.

    A lost archive that was begun anew has the old one's name, not its journal. What cannot be read
    counts as neither: it is no backup to rely on, and none to remove.
    """
    names = {path: _archive_in(path) for path in dated_backups(archive, made.parent)}
    ours = {names[made], journal.GENESIS}  # with an empty journal it holds nothing to lose
    own = [path for path, name in names.items() if name in ours]
    return own, tuple(path for path, name in names.items() if name and name not in ours)


def _archive_in(backup: Path) -> str | None:
    """What tells the archive a backup is of from all others; None where it cannot be read."""
    try:
        with closing(Database.open_any_schema(backup)) as database:
            return journal.archive_name(database)
    except ArchiveError:
        return None


def _remove(backups: Sequence[Path]) -> tuple[Path, ...]:
    for path in backups:
        with named_errors(path.parent):
            path.unlink()
            for ending in ("-wal", "-shm"):
                beside(path, ending).unlink(missing_ok=True)
    return tuple(backups)


def _broken(path: Path, detail: str) -> ArchiveDamaged:
    return ArchiveDamaged(
        f"{path}: the file is damaged ({detail}) — keep it, and see: fuhan verify",
        path=path,
        what="broken",
        detail=detail,
    )
