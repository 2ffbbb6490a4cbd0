"""`fuhan upkeep --due`: what `[upkeep]` has due, and who is told where it fails."""

from __future__ import annotations

from schedules.cli.invocation import Invocation
from schedules.commands.monitoring import leave_metrics
from schedules.runs.pings import Pinger
from schedules.terminal import one_line, show, tell
from schedules.upkeep.due import TaskResult, do_due
from schedules.upkeep.loss import other_archive
from schedules.words.archive import spoken
from schedules.words.language import say
from schedules.words.running import NO_UPKEEP_DUE, TASK_DONE, TASK_FAILED, TASKS
from storage.errors import ArchiveError

FAILED, ARCHIVE = 1, 4


def do_what_is_due(invocation: Invocation) -> int:
    """A line for each task; the exit code is 4 where the archive is damaged or full, 1 where
    something else failed. Raises ArchiveLocked while a crawl is running."""
    invocation.start_logs()
    try:
        with Pinger(invocation.config) as pinger:
            results = do_due(invocation.config, invocation.clock)
            failures = [line for line in map(_failure, results) if line]
            if failures:
                pinger.fail("\n".join(failures))
    finally:
        leave_metrics(invocation)
    for result in results:
        if result.error is None:
            show(say(TASK_DONE, task=say(TASKS[result.task.value])))
        if result.of_others:
            tell(other_archive(result.of_others, invocation.typed))
    for line in failures:
        tell(invocation.advised(invocation.shown(line)))
    if not results:
        show(say(NO_UPKEEP_DUE))
    errors = [result.error for result in results if result.error]
    if any(isinstance(error, ArchiveError) for error in errors):
        return ARCHIVE
    return FAILED if errors else 0


def _failure(result: TaskResult) -> str:
    if result.error is None:
        return ""
    task = say(TASKS[result.task.value])
    return one_line(say(TASK_FAILED, task=task, reason=spoken(result.error)))
