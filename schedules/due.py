"""Which portals' time has come: the cron expression against the start of the last ended run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from schedules.cron import next_fire
from storage.records import Portal


def is_due(cron: str, last_run: datetime | None, now: datetime) -> bool:
    """Whether the expression fired since `last_run`, however often; never run is due.

    A last run in the future means that the clock was wrong then or is now (fault 12): the
    portal is due, so that a run with today's clock sets it right.
    """
    if last_run is None or last_run > now:
        return True
    fire = next_fire(cron, last_run)
    return fire is not None and fire <= now


def due_portals(
    portals: Iterable[Portal], last_run: Callable[[str], datetime | None], now: datetime
) -> tuple[Portal, ...]:
    """The portals that are due now; `last_run` gives a portal's last run by its name."""
    return tuple(portal for portal in portals if is_due(portal.cron, last_run(portal.name), now))
