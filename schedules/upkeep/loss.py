"""What tells that an archive was lost: what was made for another one lies beside a new one."""

from __future__ import annotations

import shlex
from collections.abc import Callable, Sequence
from pathlib import Path

from schedules.config.config import Config
from schedules.upkeep.words import LOST_ARCHIVE, OTHER_ARCHIVE
from schedules.words.language import say
from storage.upkeep.backup import dated_backups
from storage.upkeep.files import beside

Typed = Callable[[str], str]
"""A command of ours as it is to be typed for the same configuration."""


def lost_archive(config: Config, typed: Typed) -> str | None:
    """That a crawl begins a new archive where another one was looked after; None where it does not.

    To be asked before the crawl makes the file. A read-only operation.
    """
    if config.archive.exists():
        return None
    backups = _backups(config)
    state = beside(config.archive, ".upkeep")
    if not backups and not state.exists():
        return None
    trace = backups[-1] if backups else state
    command = _restoring(backups[-1] if backups else Path("BACKUP"), typed)
    return say(LOST_ARCHIVE, path=config.archive, trace=trace, command=command)


def other_archive(backups: Sequence[Path], typed: Typed) -> str:
    """That a directory holds backups of an archive of the same name that is not this one."""
    command = _restoring(backups[-1], typed) + " --force"
    return say(OTHER_ARCHIVE, count=len(backups), path=backups[-1], command=command)


def backup_folder(config: Config) -> Path | None:
    """Where `[upkeep] backup` has backups put; None where it makes none."""
    folder = config.upkeep.backup
    return None if folder is None else config.folder / folder.expanduser()


def _backups(config: Config) -> list[Path]:
    folder = backup_folder(config)
    return dated_backups(config.archive, folder) if folder and folder.is_dir() else []


def _restoring(backup: Path, typed: Typed) -> str:
    return typed(f"fuhan restore {shlex.quote(str(backup))}")
