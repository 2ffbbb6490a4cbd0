"""What goes wrong with an archive file, under fuhan's names: SQLite's errors and the system's.

Each sentence says what to do next, and its `what` names it for `schedules/words/archive.py`.
"""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage import schema_version
from storage.errors import (
    ArchiveDamaged,
    ArchiveError,
    ArchiveFull,
    ArchiveLocked,
    NewerSchema,
)

BUSY_SECONDS = 30.0
"""How long whoever writes waits for another who does."""


@contextmanager
def named_errors(path: Path) -> Iterator[None]:
    """SQLite's errors and the system's as ArchiveErrors about the file at `path`."""
    try:
        yield
    except sqlite3.Error as error:
        raise named(error, path) from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise full(path) from error
        if error.errno == errno.EROFS:
            raise on_read_only(path) from error
        raise ArchiveError(
            f"{path}: cannot be opened ({error.strerror}) — check the path and its permissions",
            path=path,
            what="unopened",
            detail=error.strerror,
        ) from error


def named(error: sqlite3.Error, path: Path) -> ArchiveError:
    """One of SQLite's errors, by its name (https://www.sqlite.org/rescode.html)."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return ArchiveLocked(
            f"{path}: another process has been writing for {BUSY_SECONDS:.0f} s — "
            "see what uses the file, then run this again",
            path=path,
            what="locked",
            seconds=int(BUSY_SECONDS),
        )
    if name.startswith("SQLITE_FULL"):
        return full(path)
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
        return damaged(path, error)
    # Python's own: "Could not decode to UTF-8 column 'body' with text '…'", all of the text
    if str(error).startswith("Could not decode to UTF-8"):
        return damaged(path, str(error).partition(" with text")[0])
    if name.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")):
        if _is_read_only(path.parent):
            return on_read_only(path)
        return ArchiveError(
            f"{path}: cannot be written or opened ({error}) — check its owner and permissions",
            path=path,
            what="forbidden",
            detail=str(error),
        )
    return ArchiveError(f"{path}: {error}", path=path, what="other", detail=str(error))


def none_yet(path: Path) -> ArchiveError:
    """That there is no archive to read."""
    return ArchiveError(
        f"{path}: there is no archive yet — run: fuhan crawl", path=path, what="none"
    )


def older(path: Path) -> ArchiveError:
    """That a reader cannot bring an archive's schema up to date."""
    return ArchiveError(
        f"{path}: the archive was written by an older fuhan — "
        "upkeep or any crawl brings it up to date: fuhan upkeep",
        path=path,
        what="older",
    )


def newer(path: Path, version: int) -> NewerSchema:
    """That an archive has a schema this fuhan does not know."""
    return NewerSchema(
        f"{path}: written by a newer fuhan (schema {version}, this one "
        f"knows {schema_version.VERSION}) — upgrade fuhan; nothing was changed",
        path=path,
        what="newer",
        version=version,
        known=schema_version.VERSION,
    )


def foreign(path: Path) -> ArchiveDamaged:
    """That a database is another program's."""
    return ArchiveDamaged(
        f"{path}: this is an SQLite file, but no fuhan archive — "
        "name another file under [archive] path",
        path=path,
        what="foreign",
    )


def damaged(path: Path, detail: object) -> ArchiveDamaged:
    """That SQLite cannot read the file; `detail` is what it says of it."""
    return ArchiveDamaged(
        f"{path}: the file is damaged or no SQLite file ({detail}) — "
        "keep it, and restore a backup beside it",
        path=path,
        what="damaged",
        detail=str(detail),
    )


def full(path: Path) -> ArchiveFull:
    """That the disk has no room left."""
    return ArchiveFull(
        f"{path}: the disk is full — free some room, then run this again", path=path, what="full"
    )


def on_read_only(path: Path) -> ArchiveError:
    """That nothing can be written where a file lies: SQLite does so beside an archive in use even
    to read it, beside a backup it does not."""
    return ArchiveError(
        f"{path}: the file system is read-only, where only a backup can be looked at — "
        "mount it writable, or name another file under [archive] path",
        path=path,
        what="read-only",
    )


def _is_read_only(folder: Path) -> bool:
    """Whether the file system is mounted so; SQLite speaks of a file that cannot be opened."""
    try:
        return bool(os.statvfs(folder).f_flag & os.ST_RDONLY)
    except OSError:
        return False
