"""A backup put in an archive's place: checked first, and what was there kept beside it."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from storage.archive_faults import named_errors
from storage.database import Database
from storage.errors import ArchiveError
from storage.evidence import journal
from storage.evidence.faults import Head
from storage.lock import crawl_lock
from storage.search.index import catch_up
from storage.upkeep.backup import Watch, check_whole, copy_pages, count_rows
from storage.upkeep.files import beside, force_to_disk, written_aside

# fuhan.db.20261122T081300Z.old
_ASIDE = "{name}.{instant:%Y%m%dT%H%M%SZ}.old"
_WITH_IT = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Restored:
    """An archive that was put back."""

    path: Path
    set_aside: Path | None  # where the archive that was there lies now
    rows: Mapping[str, int]  # by table
    head: Head


def restore(
    backup: Path,
    archive: Path,
    now: datetime,
    *,
    force: bool = False,
    watch: Watch = lambda _done, _all: None,
) -> Restored:
    """Puts a copy of `backup` where `archive` is to be; `backup` itself is only read.

    The copy is checked before anything else is touched: that it is an archive of ours, of a
    schema this program knows, and whole. An archive that is there is kept under a dated name, with
    what it had not yet taken over from its `-wal`. An older schema is brought up to date. Holds
    the run lock. Raises ArchiveError where an archive is there and `force` is not given,
    ArchiveLocked, ArchiveDamaged, NewerSchema or ArchiveFull; then all is as it was.
    """
    if not backup.is_file():
        raise ArchiveError(
            f"{backup}: there is no such backup — name one that fuhan backup made",
            path=backup,
            what="no-backup",
        )
    with crawl_lock(archive), named_errors(archive):
        if archive.exists():
            _refuse(backup, archive, force)
        with written_aside(archive) as copy:
            head, rows = _checked_copy(backup, archive, copy, watch)
            old = _set_aside(archive, now) if archive.exists() else None
            _forget_leftovers(archive)
        with closing(Database.open_to_write(archive)) as database:
            catch_up(database)
    return Restored(archive, old, rows, head)


def _refuse(backup: Path, archive: Path, force: bool) -> None:
    if backup.samefile(archive):
        raise ArchiveError(
            f"{backup}: this is the archive itself — name another file",
            path=backup,
            what="same-file",
        )
    if not force:
        raise ArchiveError(
            f"{archive}: there is an archive already — with --force it is set aside and kept",
            path=archive,
            what="exists",
        )


def _checked_copy(
    backup: Path, archive: Path, copy: Path, watch: Watch
) -> tuple[Head, dict[str, int]]:
    with closing(Database.open_any_schema(backup)) as source, source.reading():
        copy_pages(source, copy, watch, called=archive)
    with closing(Database.open_any_schema(copy)) as copied:
        check_whole(copied, called=backup)
        return Head(*journal.head(copied)), count_rows(copied)


def _set_aside(archive: Path, now: datetime) -> Path:
    """Renames an archive and what stands beside it, so that it can be opened under its new name.

    Its `-wal` is first: under the old name it would be taken for the restored archive's.
    """
    # one that is damaged, or that another program reads, stays as it is
    with (
        suppress(ArchiveError),
        closing(Database.open_any_schema(archive, write=True)) as old,
    ):
        old.row("PRAGMA wal_checkpoint(TRUNCATE)")
    old_path = archive.with_name(_ASIDE.format(name=archive.name, instant=now.astimezone(UTC)))
    if old_path.exists():
        raise ArchiveError(
            f"{old_path}: there is such a file already — move it away, then run this again",
            path=old_path,
            what="aside-exists",
        )
    for ending in (*_WITH_IT, ""):
        if beside(archive, ending).exists():
            beside(archive, ending).rename(beside(old_path, ending))
    force_to_disk(archive.parent)
    return old_path


def _forget_leftovers(archive: Path) -> None:
    """Removes what an archive left beside it that is no longer there itself."""
    for ending in _WITH_IT:
        beside(archive, ending).unlink(missing_ok=True)
