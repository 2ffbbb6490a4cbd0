"""The archive, the disk it lies on, the clock and the run lock."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path

from schedules.doctor import words
from schedules.doctor.findings import Finding, Verdict
from schedules.terminal import beijing_text
from schedules.words.language import say
from storage.lock import lock_path
from storage.published import PublishedArchive
from storage.upkeep.upkeep import CHECKED_UP_TO

_MB = 1_000_000
_LOW, _TOO_LOW = 1_000 * _MB, 100 * _MB  # bytes free
_NETWORK_DRIVES = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs", "afs"})
_SLACK = timedelta(minutes=2)  # between a run's start and the clock now


def archive_file(archive: PublishedArchive, path: Path) -> Iterator[Finding]:
    """Its size, structure, permissions and drive. Raises ArchiveErrors where it is damaged."""
    size = path.stat().st_size
    values = {"path": path, "letters": archive.count_letters(), "size": round(size / _MB)}
    if size <= CHECKED_UP_TO:
        archive.check_structure()
        yield Finding("archive", Verdict.OK, say(words.ARCHIVE_WELL, **values))
    else:
        remedy = say(words.ARCHIVE_VERIFY_REMEDY)
        yield Finding("archive", Verdict.OK, say(words.ARCHIVE_NOT_CHECKED, **values), remedy)
    if not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)):
        text = say(words.ARCHIVE_NOT_WRITABLE, path=path)
        yield Finding("archive", Verdict.FAULT, text, say(words.ARCHIVE_NOT_WRITABLE_REMEDY))


def drive(path: Path, mounts: Path = Path("/proc/mounts")) -> Iterator[Finding]:
    """Whether the folder lies on a network drive, where SQLite's locks and WAL do not hold
    (https://www.sqlite.org/wal.html, "all processes must be on the same host").
    """
    kind = _kind_of_drive(path.parent.absolute(), mounts)
    if kind in _NETWORK_DRIVES:
        text = say(words.NETWORK_DRIVE, kind=kind)
        yield Finding("archive", Verdict.WARNING, text, say(words.NETWORK_DRIVE_REMEDY))


def disk(path: Path) -> Iterator[Finding]:
    """How much room is left where the archive lies."""
    folder = next(each for each in path.absolute().parents if each.exists())
    free = shutil.disk_usage(folder).free
    if free >= _LOW:
        yield Finding("disk", Verdict.OK, say(words.DISK_FREE, free=free // _MB))
        return
    verdict = Verdict.FAULT if free < _TOO_LOW else Verdict.WARNING
    text = say(words.DISK_LOW, free=free // _MB)
    yield Finding("disk", verdict, text, say(words.DISK_REMEDY))


def clock(
    now: datetime, last_run: datetime | None, environment: Mapping[str, str] = os.environ
) -> Iterator[Finding]:
    """Whether the clock agrees with what the archive recorded (fault 12)."""
    shown = beijing_text(now)
    if environment.get("FUHAN_NOW"):
        text, remedy = say(words.CLOCK_FIXED, now=shown), say(words.CLOCK_FIXED_REMEDY)
        yield Finding("clock", Verdict.WARNING, text, remedy)
    elif last_run and last_run > now + _SLACK:
        text = say(words.CLOCK_BACK, now=shown, last=beijing_text(last_run))
        yield Finding("clock", Verdict.FAULT, text, say(words.CLOCK_REMEDY))
    else:
        yield Finding("clock", Verdict.OK, say(words.CLOCK_WELL, now=shown))


def lock(archive: Path) -> Iterator[Finding]:
    """Whether a crawl holds the archive now; it is asked for a moment and given back."""
    holder = _holder(lock_path(archive))
    text = say(words.LOCK_HELD, holder=holder) if holder else say(words.LOCK_FREE)
    yield Finding("lock", Verdict.OK, text)


def _holder(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return path.read_text("ascii", "replace").strip()[:20] or "?"
    except OSError:
        return None
    return None


def _kind_of_drive(folder: Path, mounts: Path) -> str | None:
    """The file system of the longest mount point above a folder; None where nobody tells."""
    try:
        lines = mounts.read_text("utf-8", "replace").splitlines()
    except OSError:
        return None
    found: tuple[int, str] | None = None
    for line in lines:
        # "server:/data /mnt/data nfs4 rw,relatime 0 0"; a blank in a name is \040
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = Path(parts[1].replace("\\040", " "))
        if folder.is_relative_to(point) and (found is None or len(point.parts) >= found[0]):
            found = (len(point.parts), parts[2])
    return found[1] if found else None
