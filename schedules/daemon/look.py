"""What of a round is due, told without doing it: for a clock that asks every ten minutes.

Each command looks for itself once more. This one only spares them their start, which costs more
than the look; so where it cannot tell, it says that something is due.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from schedules.config.config import Config
from schedules.daemon.watch import Watch
from schedules.delivery.backoff import is_due as is_attempt_due
from schedules.delivery.keys import report_targets, sink_target
from schedules.runs.due import due_portals, is_due
from schedules.upkeep.tasks import due_tasks, task_states, unheard_tasks
from storage.errors import ArchiveError
from storage.outbox.records import TargetState
from storage.published import PublishedArchive

_LOOKED_AT = 200  # messages of one target: with more that wait, some are due


def due_rounds(watch: Watch, now: datetime) -> list[str]:
    """Which of `crawl`, `upkeep` and `deliver` have anything to do; a read-only operation.

    All that there are where the archive cannot be read: they say why.
    """
    tells = watch.config.tells_anyone
    try:
        with PublishedArchive.open_to_read(watch.config.archive) as archive:
            looks = {
                "crawl": _is_crawl_due(watch, archive, now),
                "upkeep": _is_upkeep_due(watch.config, now),
                "deliver": tells and _is_delivery_due(watch.config, archive, now),
            }
    except ArchiveError:
        looks = {"crawl": bool(watch.portals), "upkeep": True, "deliver": tells}
    return [name for name, due in looks.items() if due]


def _is_crawl_due(watch: Watch, archive: PublishedArchive, now: datetime) -> bool:
    portals = due_portals(
        watch.portals, now, last_run=archive.last_run_at, blocked_until=archive.blocked_until
    )
    return bool(portals)


def _is_upkeep_due(config: Config, now: datetime) -> bool:
    states = task_states(config.archive)
    return bool(unheard_tasks(config, states, now) or due_tasks(config, states, now))


def _is_delivery_due(config: Config, archive: PublishedArchive, now: datetime) -> bool:
    reports = (
        (archive.outbox.target_state(key), report.cron)
        for report in config.reports
        for key, _ in report_targets(config, report)
    )
    sinks = (archive.outbox.target_state(sink_target(config, sink)) for sink in config.sinks)
    last = archive.last_cursor()
    return (
        any(
            state is None
            or is_due(cron, state.prepared_at, now)
            or _has_waiting(archive, state, now)
            for state, cron in reports
        )
        or any(
            state is None or state.cursor < last or _has_waiting(archive, state, now)
            for state in sinks
        )
        or _is_feed_behind(config, archive)
    )


def _has_waiting(archive: PublishedArchive, state: TargetState, now: datetime) -> bool:
    waiting = archive.outbox.waiting(state.id, _LOOKED_AT)
    return len(waiting) == _LOOKED_AT or any(
        is_attempt_due(message.next_attempt, now) for message in waiting
    )


def _is_feed_behind(config: Config, archive: PublishedArchive) -> bool:
    """Whether anything it may tell was recorded, or its configuration changed, after it."""
    if config.feed is None:
        return False
    try:
        written = (config.folder / config.feed.path.expanduser()).stat().st_mtime
    except OSError:
        return True
    return any(at >= datetime.fromtimestamp(written, UTC) for at in _changes(config, archive))


def _changes(config: Config, archive: PublishedArchive) -> Iterator[datetime]:
    if config.file is not None:
        yield datetime.fromtimestamp(config.file.stat().st_mtime, UTC)
    if recorded := archive.last_recorded_at():
        yield recorded
