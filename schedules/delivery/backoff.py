"""When a message that failed is tried again, and when it is given up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

FIRST_WAIT = timedelta(minutes=5)  # doubles with each further attempt
LONGEST_WAIT = timedelta(hours=6)
LONGEST_ASKED = timedelta(hours=24)  # of a `Retry-After`
GIVE_UP_AFTER = timedelta(days=7)
FEWEST_ATTEMPTS = 12  # before giving up: a clock that leaps a year, or a long sleep, is no reason

Jitter = Callable[[], float]
"""Gives a number from 0 up to 1, like `random.random`."""


def next_attempt(
    attempts: int,
    created_at: datetime,
    now: datetime,
    *,
    jitter: Jitter,
    retry_after: timedelta | None = None,
    gives_up: bool = True,
) -> datetime | None:
    """When to try again after `attempts` that failed, this one included; None: never.

    The wait doubles and is spread by a quarter either way, so that the messages of a receiver
    that was down do not all come back at once; what the receiver asks for is waited for.
    """
    if gives_up and attempts >= FEWEST_ATTEMPTS and now - created_at >= GIVE_UP_AFTER:
        return None
    doubled: timedelta = FIRST_WAIT * 2 ** min(attempts - 1, 20)
    wait = min(doubled, LONGEST_WAIT) * (0.75 + jitter() / 2)
    return now + max(wait, min(retry_after or timedelta(), LONGEST_ASKED))


def is_due(planned: datetime | None, now: datetime) -> bool:
    """Whether an attempt's time has come.

    One planned further ahead than any wait was planned by a clock that was wrong (fault 12).
    """
    return planned is None or planned <= now or planned - now > LONGEST_ASKED
