"""Which portals' time has come: the cron expression against the start of the last ended run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from schedules.config.cron import next_fire
from storage.records import Portal

LookUp = Callable[[str], datetime | None]


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
    portals: Iterable[Portal],
    now: datetime,
    *,
    last_run: LookUp,
    blocked_until: LookUp,
) -> tuple[Portal, ...]:
    """The portals whose cron time has passed and that no block keeps us away from.

    Both look-ups give an instant by a portal's name: the start of its last ended run, and until
    when it is to be left alone after a block. A run by hand heeds neither.
    """
    return tuple(
        portal
        for portal in portals
        if is_due(portal.cron, last_run(portal.name), now)
        and (blocked_until(portal.name) or now) <= now
    )
