"""Upkeep that is due is done: tidying, checking and backing up the archive as `[upkeep]` has it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from schedules.config.config import Config
from schedules.upkeep.loss import backup_folder
from schedules.upkeep.tasks import (
    Task,
    TaskState,
    due_tasks,
    save_states,
    task_states,
    unheard_tasks,
)
from schedules.words.language import say
from schedules.words.running import UNSOUND_ARCHIVE
from storage.archive import LetterArchive
from storage.clock import Clock
from storage.errors import ArchiveDamaged, ArchiveLocked, FuhanError
from storage.lock import crawl_lock
from storage.outbox.lock import upkeep_lock
from storage.upkeep.backup import back_up
from storage.upkeep.upkeep import upkeep


@dataclass(frozen=True, slots=True)
class TaskResult:
    """What came of one task that was due."""

    task: Task
    error: FuhanError | OSError | None = None
    of_others: tuple[Path, ...] = ()  # backups beside this one's that are of another archive


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
    if unheard := unheard_tasks(config, states, now):
        save_states(archive, states := states | unheard)
    results = []
    for task in due_tasks(config, states, now):
        _refuse_while_crawling(archive)
        result = _attempt(task, config, clock, keep=_kept(config, states))
        if isinstance(result.error, ArchiveLocked):
            raise result.error
        states = states | _after(task, states[task], result.error, clock(), config)
        save_states(archive, states)
        results.append(result)
    return results


def _do(task: Task, config: Config, clock: Clock, *, keep: int | None) -> TaskResult:
    archive, folder = config.archive, backup_folder(config)
    if task is Task.TIDY:
        upkeep(archive, clock())
    elif task is Task.BACKUP and folder is not None:
        folder.mkdir(parents=True, exist_ok=True)
        made = back_up(archive, folder, clock(), keep=keep)
        return TaskResult(task, of_others=made.of_others)
    else:
        with LetterArchive.open_to_read(archive, clock=clock) as opened:
            findings = opened.verify(quick=task is Task.QUICK_VERIFY)
        if not findings.sound:
            reason = say(UNSOUND_ARCHIVE, count=len(findings.faults))
            raise ArchiveDamaged(f"{archive}: {reason}", path=archive, what="unsound")
    return TaskResult(task)


def _attempt(task: Task, config: Config, clock: Clock, *, keep: int | None) -> TaskResult:
    try:
        return _do(task, config, clock, keep=keep)
    except (FuhanError, OSError) as error:
        return TaskResult(task, error)


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
