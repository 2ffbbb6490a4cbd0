"""Files that are there whole or not at all: written aside, forced to the disk, renamed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


@contextmanager
def written_aside(target: Path) -> Iterator[Path]:
    """A path beside `target` to write to, which then takes its place; durable when this ends.

    Where the block raises, `target` is as it was and nothing is left beside it. Raises OSError.
    """
    aside = target.with_name(f".{target.name}.{os.getpid()}.part")
    _remove_database(aside)
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


def _remove_database(path: Path) -> None:
    for ending in ("", "-wal", "-shm", "-journal"):
        with suppress(FileNotFoundError):
            beside(path, ending).unlink()
