"""The daemon's jobs: what fires when, as the configuration in force has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.interval import IntervalTrigger

from schedules.config.cron import cron_trigger
from schedules.daemon.watch import Watch
from schedules.upkeep.tasks import schedules_of
from storage.clock import BEIJING

DELIVERY_MINUTES = 5  # between two looks at what failed, as reports have times of their own
RETRY = "retry"


class Actions(NamedTuple):
    """What jobs do."""

    crawl: Callable[[str], None]  # the portals of a cron expression
    upkeep: Callable[[], None]
    deliver: Callable[[], None]


class Job(NamedTuple):
    """One job; its name says all of it, so that an unchanged name is an unchanged job."""

    trigger: BaseTrigger
    action: Callable[..., None]
    arguments: tuple[Any, ...] = ()


def new_scheduler() -> BackgroundScheduler:
    """A scheduler whose jobs run late rather than never, once, and one at a time (faults 14, 16).

    Its default grace of a second would drop a daily job when the daemon starts 3 s late.
    """
    defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
    return BackgroundScheduler(timezone=BEIJING, job_defaults=defaults)


def planned_jobs(watch: Watch, actions: Actions) -> dict[str, Job]:
    """One job per cron expression of portals, per report and per task of upkeep, by name."""
    jobs: dict[str, Job] = {}
    for cron in dict.fromkeys(portal.cron for portal in watch.portals):
        jobs[f"crawl {cron}"] = Job(cron_trigger(cron), actions.crawl, (cron,))
    for task, cron in schedules_of(watch.config).items():
        jobs[f"{task.value} {cron}"] = Job(cron_trigger(cron), actions.upkeep)
    for report in watch.config.reports:
        jobs[f"report {report.name} {report.cron}"] = Job(
            cron_trigger(report.cron), actions.deliver
        )
    if watch.config.tells_anyone:
        trigger = IntervalTrigger(minutes=DELIVERY_MINUTES, timezone=BEIJING)
        jobs["deliver"] = Job(trigger, actions.deliver)
    return jobs


def plan(scheduler: BackgroundScheduler, jobs: dict[str, Job], *, anew: bool = False) -> None:
    """Gives the scheduler these jobs: what it has of them stays, so that no firing is lost.

    `anew` counts all from now, as after a jump of the clock. Retries stay in either case.
    """
    present = {job.id for job in scheduler.get_jobs() if job.name != RETRY}
    for name in present if anew else present - jobs.keys():
        scheduler.remove_job(name)
    for name, job in jobs.items():
        if anew or name not in present:
            scheduler.add_job(job.action, job.trigger, job.arguments, id=name, name=name)
