"""The run lock: one crawl per archive, held by `flock`, so that it dies with its process."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.errors import ArchiveError, ArchiveLocked


def lock_path(archive: Path) -> Path:
    """Where the lock of an archive lies: beside it, so that copies of the archive are free."""
    return archive.with_name(archive.name + ".lock")


@contextmanager
def crawl_lock(archive: Path) -> Iterator[None]:
    """Holds the archive's run lock; the file names its holder for whoever is refused.

    Raises ArchiveLocked with the holder's process id where another process has it, and
    ArchiveError where the lock file cannot be written.
    """
    path = lock_path(archive)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise _unwritten(path, error) from error
    try:
        _take(descriptor, path)
        _sign(descriptor, path)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int, path: Path) -> None:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.pread(descriptor, 32, 0).decode("ascii", "replace").strip() or "unknown"
        raise ArchiveLocked(
            f"{path}: another crawl is running (process {holder}) — "
            "wait for it to end, or stop it, then run this again",
            path=path,
            what="crawling",
            holder=holder,
        ) from error


def _sign(descriptor: int, path: Path) -> None:
    """Writes who holds the lock."""
    try:
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
    except OSError as error:
        raise _unwritten(path, error) from error


def _unwritten(path: Path, error: OSError) -> ArchiveError:
    return ArchiveError(
        f"{path}: the run lock cannot be written ({error.strerror}) — "
        "check the disk, and the directory's owner and permissions",
        path=path,
        what="lock-unwritten",
        detail=error.strerror,
    )
