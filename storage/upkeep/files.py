"""Files that are there whole or not at all: written aside, forced to the disk, renamed."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# .fuhan-20261122.db.0f3a99c1.part, and what SQLite keeps beside it
_ABANDONED = re.compile(r"\..+\.[0-9a-f]{8}\.part(?:-wal|-shm|-journal)?")
_DAY = 86_400  # seconds
_LONGEST_NAME = 40  # characters of the file's own name, lest the longer one be too long


@contextmanager
def written_aside(target: Path) -> Iterator[Path]:
    """A path beside `target` to write to, which then takes its place; durable when this ends.

    Where the block raises, `target` is as it was and nothing is left beside it. What writers that
    were killed left in the directory goes once nothing was written to it for a day. Raises OSError.
    """
    _remove_abandoned(target.parent)
    # not by the process's id: in two containers that share a volume it is 1 in both
    aside = target.with_name(f".{target.name[:_LONGEST_NAME]}.{os.urandom(4).hex()}.part")
    try:
        yield aside
        force_to_disk(aside)
        aside.replace(target)
        force_to_disk(target.parent)
    finally:
        _remove_database(aside)


def force_to_disk(path: Path) -> None:
    """Waits until a file's content, or a directory's names, would survive a power cut."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def beside(path: Path, ending: str) -> Path:
    """The file SQLite keeps beside a database: `fuhan.db` and `-wal` give `fuhan.db-wal`."""
    return path.with_name(path.name + ending)


def _remove_abandoned(directory: Path) -> None:
    for path in directory.glob(".*.part*"):
        with suppress(FileNotFoundError):  # another writer was as quick
            if _ABANDONED.fullmatch(path.name) and time.time() - path.stat().st_mtime > _DAY:
                path.unlink()


def _remove_database(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            beside(path, ending).unlink()
