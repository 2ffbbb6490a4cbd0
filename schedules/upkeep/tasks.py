"""What upkeep consists of, when each task was done last, and which of them are due.

That stands in a small file beside the archive, not in it: what could not be done, because the
archive is damaged or its disk is full, has to be known as well.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from schedules.config.config import Config
from schedules.config.running import NEVER
from schedules.runs.due import is_due
from storage.clock import from_text, to_text
from storage.upkeep.files import beside, written_aside

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


def unheard_tasks(
    config: Config, states: Mapping[Task, TaskState], now: datetime
) -> dict[Task, TaskState]:
    """The tasks never heard of before: they begin to count now."""
    return {task: TaskState(now) for task in schedules_of(config) if task not in states}


def save_states(archive: Path, states: Mapping[Task, TaskState]) -> None:
    """Writes how the tasks stand, whole or not at all; raises OSError."""
    tasks = {
        task.value: {
            name: to_text(value) if isinstance(value, datetime) else value
            for name, value in asdict(state).items()
        }
        for task, state in states.items()
    }
    with written_aside(_state_file(archive)) as aside:
        aside.write_text(json.dumps({"v": 1, "tasks": tasks}, ensure_ascii=False), "utf-8")


def _state_file(archive: Path) -> Path:
    return beside(archive, ".upkeep")


def _state(entry: Mapping[str, str | None]) -> TaskState:
    instants = {
        name: from_text(text) for name in ("since", "done", "tried") if (text := entry.get(name))
    }
    fault = entry.get("fault")
    return TaskState(**instants, fault=str(fault) if fault else None)


def _within(then: datetime, now: datetime) -> bool:
    """Whether less than `RETRY` passed; a time in the future was a wrong clock's (fault 12)."""
    return timedelta() <= now - then < RETRY
