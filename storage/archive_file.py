"""The file an archive lies in, before SQLite opens it: what is none is named, a new one is made."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from storage import schema_version
from storage.errors import ArchiveDamaged, ArchiveError

_HEADER = 100  # bytes, https://www.sqlite.org/fileformat.html#the_database_header


def refuse_no_archive(path: Path) -> None:
    """Raises ArchiveError for a directory, of which SQLite speaks as of a disk error, and
    ArchiveDamaged for a file too short to be a database.

    SQLite takes an empty file for a new database, and removes the `-wal` beside it, which may
    hold what was written last.
    """
    if path.is_dir():
        raise ArchiveError(
            f"{path}: this is a directory — name the archive file in it",
            path=path,
            what="directory",
        )
    size = path.stat().st_size
    if size < _HEADER:
        raise ArchiveDamaged(
            f"{path}: a file of {size} bytes is no archive, and no new one is begun in it — "
            "restore a backup (fuhan restore BACKUP --force); "
            "if there never was an archive here, delete the file",
            path=path,
            what="empty",
            size=size,
        )


def begin_archive_file(path: Path) -> None:
    """Makes a database without tables that bears the mark of an archive, whole or not at all.

    So no crash leaves an empty file, which would look like an archive that was lost. Where
    another process makes one at the same time, the first one stays. Raises ArchiveDamaged where
    an archive that is gone left its `-wal`, which SQLite would take for the new one's; OSError and
    `sqlite3.Error`.
    """
    path = Path(os.path.realpath(path))  # a link to where the archive is to be
    _refuse_leftovers(path)
    # not by the process's id: in two containers that share a volume it is 1 in both
    aside = path.with_name(f".{path.name}.{os.urandom(4).hex()}.new")
    try:
        with closing(sqlite3.connect(aside)) as connection:
            # only while a file is new: `fuhan upkeep` can give its free pages back
            connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
            connection.execute(f"PRAGMA application_id = {schema_version.APPLICATION_ID}")
            # of two that turn one file to it at once, SQLite refuses one without any waiting
            connection.execute("PRAGMA journal_mode = WAL")
        try:
            with suppress(FileExistsError):
                os.link(aside, path)
        except OSError:  # a drive without hard links
            if not path.exists():  # a rename would put it in the place of another's
                aside.rename(path)
    finally:
        aside.unlink(missing_ok=True)


def _refuse_leftovers(path: Path) -> None:
    for ending in ("-wal", "-journal"):
        left = path.with_name(path.name + ending)
        # whoever has just made the archive writes to its own, which then is no leftover
        if left.exists() and left.stat().st_size and not path.exists():
            raise ArchiveDamaged(
                f"{path}: the archive is gone, but {left.name} beside it holds what was written "
                "last, and no new archive is begun — put the file back, or restore a backup "
                f"(fuhan restore BACKUP); to begin anew, move {left.name} away",
                path=path,
                what="gone",
                left=left.name,
            )
