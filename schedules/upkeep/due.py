"""Upkeep that is due: tidying, checking and backing up the archive as `[upkeep]` has it.

When each was done stands in a small file beside the archive, not in it: what could not be done,
because the archive is damaged or its disk is full, has to be known as well.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from schedules.config.config import Config
from schedules.config.running import NEVER
from schedules.runs.due import is_due
from schedules.words.language import say
from schedules.words.running import UNSOUND_ARCHIVE
from storage.archive import LetterArchive
from storage.clock import Clock, from_text, to_text
from storage.errors import ArchiveDamaged, ArchiveLocked, FuhanError
from storage.lock import crawl_lock
from storage.outbox.lock import upkeep_lock
from storage.upkeep.backup import back_up
from storage.upkeep.files import beside, written_aside
from storage.upkeep.upkeep import upkeep

RETRY = timedelta(hours=1)  # after a failure: a full disk is not mended by trying every minute
_LARGEST = 64 * 1024  # bytes of the file beside the archive; it has a few hundred


class Task(StrEnum):
    """What upkeep consists of, in the order it is done when all is due."""

    TIDY = "tidy"
    QUICK_VERIFY = "quick_verify"
    VERIFY = "verify"
    BACKUP = "backup"


@dataclass(frozen=True, slots=True)
class TaskState:
    """How one task stands."""

    since: datetime  # its schedule counts from here: when it was first heard of, or done last
    done: datetime | None = None  # the last time it went well
    tried: datetime | None = None  # the last time it did not
    fault: str | None = None  # why, where that was the last time of all

    def waits(self, now: datetime) -> bool:
        """Whether a failure was too short a time ago to try again."""
        return self.fault is not None and self.tried is not None and _within(self.tried, now)


@dataclass(frozen=True, slots=True)
class TaskResult:
    """What came of one task that was due."""

    task: Task
    error: FuhanError | OSError | None = None


def schedules_of(config: Config) -> dict[Task, str]:
    """The cron expression of every task that is to be done at all."""
    section = config.upkeep
    planned = {
        Task.TIDY: section.tidy,
        Task.QUICK_VERIFY: section.quick_verify,
        Task.VERIFY: section.verify,
        Task.BACKUP: section.backup_cron if section.backup else NEVER,
    }
    return {task: cron for task, cron in planned.items() if cron != NEVER}


def task_states(archive: Path) -> dict[Task, TaskState]:
    """How the tasks stand, by the file beside the archive; none where it cannot be read."""
    try:
        with _state_file(archive).open("rb") as file:
            content = json.loads(file.read(_LARGEST))
        return {Task(name): _state(entry) for name, entry in content["tasks"].items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def due_tasks(config: Config, states: Mapping[Task, TaskState], now: datetime) -> list[Task]:
    """The tasks whose time has come; one never heard of before begins to count now.

    The full check leaves nothing to the quick one of the same time.
    """
    due = [
        task
        for task, cron in schedules_of(config).items()
        if task in states and is_due(cron, states[task].since, now) and not states[task].waits(now)
    ]
    if Task.VERIFY in due and Task.QUICK_VERIFY in due:
        due.remove(Task.QUICK_VERIFY)
    return due


def do_due(config: Config, clock: Clock) -> list[TaskResult]:
    """Does what is due, one after the other; a failure of one is no obstacle to the next.

    Nothing happens where there is no archive, or while another process does the same (fault 16).
    Raises ArchiveLocked while a crawl is running: what is due stays due.
    """
    if not config.archive.exists():
        return []
    with upkeep_lock(config.archive) as ours:
        return _do_due(config, clock) if ours else []


def _do_due(config: Config, clock: Clock) -> list[TaskResult]:
    archive = config.archive
    states = task_states(archive)
    now = clock()
    begun = {task: TaskState(now) for task in schedules_of(config) if task not in states}
    if begun:
        _save(archive, states := states | begun)
    results = []
    for task in due_tasks(config, states, now):
        _refuse_while_crawling(archive)
        error = _attempt(task, config, clock, keep=_kept(config, states))
        if isinstance(error, ArchiveLocked):
            raise error
        states = states | _after(task, states[task], error, clock(), config)
        _save(archive, states)
        results.append(TaskResult(task, error))
    return results


def _do(task: Task, config: Config, clock: Clock, *, keep: int | None) -> None:
    archive = config.archive
    if task is Task.TIDY:
        upkeep(archive, clock())
    elif task is Task.BACKUP:
        folder = config.folder / (config.upkeep.backup or Path()).expanduser()
        folder.mkdir(parents=True, exist_ok=True)
        back_up(archive, folder, clock(), keep=keep)
    else:
        with LetterArchive.open_to_read(archive, clock=clock) as opened:
            findings = opened.verify(quick=task is Task.QUICK_VERIFY)
        if not findings.sound:
            reason = say(UNSOUND_ARCHIVE, count=len(findings.faults))
            raise ArchiveDamaged(f"{archive}: {reason}", path=archive, what="unsound")


def _attempt(
    task: Task, config: Config, clock: Clock, *, keep: int | None
) -> FuhanError | OSError | None:
    try:
        _do(task, config, clock, keep=keep)
    except (FuhanError, OSError) as error:
        return error
    return None


def _kept(config: Config, states: Mapping[Task, TaskState]) -> int | None:
    """How many backups stay; all of them while a check fails: the old ones may be the good ones."""
    checks = (states[task] for task in (Task.QUICK_VERIFY, Task.VERIFY) if task in states)
    return None if any(state.fault for state in checks) else config.upkeep.keep


def _after(
    task: Task, state: TaskState, error: Exception | None, now: datetime, config: Config
) -> dict[Task, TaskState]:
    if error is not None:
        return {task: replace(state, tried=now, fault=config.shown(str(error)))}
    done = {task: TaskState(since=now, done=now)}
    if task is Task.VERIFY:  # which is the quick check and more
        done[Task.QUICK_VERIFY] = TaskState(since=now, done=now)
    return done


def _refuse_while_crawling(archive: Path) -> None:
    """The lock is let go again: a crawl that begins beside a check or a backup is no harm."""
    with crawl_lock(archive):
        pass


def _state_file(archive: Path) -> Path:
    return beside(archive, ".upkeep")


def _state(entry: Mapping[str, str | None]) -> TaskState:
    instants = {
        name: from_text(text) for name in ("since", "done", "tried") if (text := entry.get(name))
    }
    fault = entry.get("fault")
    return TaskState(**instants, fault=str(fault) if fault else None)


def _save(archive: Path, states: Mapping[Task, TaskState]) -> None:
    tasks = {
        task.value: {
            name: to_text(value) if isinstance(value, datetime) else value
            for name, value in asdict(state).items()
        }
        for task, state in states.items()
    }
    with written_aside(_state_file(archive)) as aside:
        aside.write_text(json.dumps({"v": 1, "tasks": tasks}, ensure_ascii=False), "utf-8")


def _within(then: datetime, now: datetime) -> bool:
    """Whether less than `RETRY` passed; a time in the future was a wrong clock's (fault 12)."""
    return timedelta() <= now - then < RETRY
