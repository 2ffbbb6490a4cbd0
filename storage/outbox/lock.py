"""Locks of what goes on beside a crawl: one process sends, one does upkeep; they die with it."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from storage.lock import lock_unwritten


@contextmanager
def delivery_lock(archive: Path) -> Iterator[bool]:
    """Whether this process may send for the archive; false while another one does.

    Raises ArchiveError where the lock file beside the archive cannot be written.
    """
    with _alone(archive.with_name(archive.name + ".sending")) as ours:
        yield ours


@contextmanager
def upkeep_lock(archive: Path) -> Iterator[bool]:
    """Whether this process may do the upkeep that is due; false while another one does.

    Raises ArchiveError where the lock file beside the archive cannot be written.
    """
    with _alone(archive.with_name(archive.name + ".upkeep.lock")) as ours:
        yield ours


@contextmanager
def _alone(path: Path) -> Iterator[bool]:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise lock_unwritten(path, error) from error
    try:
        yield _is_taken(descriptor, path)
    finally:
        os.close(descriptor)


def _is_taken(descriptor: int, path: Path) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:  # as in `storage/lock.py`
        raise lock_unwritten(path, error) from error
    return True
