"""One crawl and one daemon per archive: `flock` holds their locks, which die with their process."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.archive_faults import on_read_only
from storage.errors import ArchiveError, ArchiveFull, ArchiveLocked

_SIGNATURE = 20  # bytes


def lock_path(archive: Path) -> Path:
    """Where the lock of an archive lies: beside it, so that copies of the archive are free."""
    return archive.with_name(archive.name + ".lock")


@contextmanager
def crawl_lock(archive: Path) -> Iterator[None]:
    """Holds the archive's run lock; the file names its holder for whoever is refused.

    Raises ArchiveLocked with the holder's process id where another process has it, and
    ArchiveError where the lock file cannot be written.
    """
    with _held(lock_path(archive), _crawling):
        yield


@contextmanager
def daemon_lock(archive: Path) -> Iterator[None]:
    """Holds what one daemon of an archive has, beside the run locks of its crawls.

    Raises ArchiveLocked with the daemon's process id where there is one, and ArchiveError where
    the lock file cannot be written.
    """
    with _held(archive.with_name(archive.name + ".daemon.lock"), _kept):
        yield


def lock_unwritten(path: Path, error: OSError) -> ArchiveError:
    """That a lock file could not be written, with what helps against it."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ArchiveFull(
            f"{path}: the lock cannot be written: the disk is full — "
            "free some room, then run this again",
            path=path,
            what="lock-full",
        )
    if error.errno == errno.EROFS:
        return on_read_only(path)
    return ArchiveError(
        f"{path}: the lock cannot be written ({error.strerror}) — "
        "check the directory's owner and permissions",
        path=path,
        what="lock-unwritten",
        detail=error.strerror,
    )


@contextmanager
def _held(path: Path, refused: Callable[[Path, str], ArchiveLocked]) -> Iterator[None]:
    """Holds the lock of a file, which names its holder for whoever is `refused`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise lock_unwritten(path, error) from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            holder = os.pread(descriptor, _SIGNATURE, 0).decode("ascii", "replace").strip()
            raise refused(path, holder or "unknown") from error
        except OSError as error:  # a network mount without locks: ENOLCK, EOPNOTSUPP
            raise lock_unwritten(path, error) from error
        _sign(descriptor, path)
        yield
    finally:
        os.close(descriptor)


def _crawling(path: Path, holder: str) -> ArchiveLocked:
    return ArchiveLocked(
        f"{path}: a crawl, or other work on this archive, is under way (process {holder}) — "
        "wait for it to end, or stop it, then run this again",
        path=path,
        what="crawling",
        holder=holder,
    )


def _kept(path: Path, holder: str) -> ArchiveLocked:
    return ArchiveLocked(
        f"{path}: another daemon looks after this archive (process {holder}) — "
        "one is enough: let it, or stop it first",
        path=path,
        what="daemon",
        holder=holder,
    )


def _sign(descriptor: int, path: Path) -> None:
    """Writes who holds the lock, always as many bytes: a file that is there needs no more room."""
    try:
        os.pwrite(descriptor, f"{os.getpid():<{_SIGNATURE - 1}}\n".encode(), 0)
    except OSError as error:
        raise lock_unwritten(path, error) from error
