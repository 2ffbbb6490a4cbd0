"""Which span of time `--since` names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from storage.clock import BEIJING

# "7d", "36h", "90m"
_SPAN = re.compile(r"^([0-9]{1,5})([dhm])$")
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}


@dataclass(frozen=True, slots=True)
class Period:
    """What a report covers: after `since`, up to `until`; None is without bound."""

    since: datetime | None = None
    until: datetime | None = None


def period_since(since: str | None, now: datetime) -> Period:
    """The period `--since` names: an ISO date or time, or a span before now like `7d`, `36h`.

    A date or time without a zone is China's. Raises ValueError for anything else.
    """
    if since is None:
        return Period()
    span = _SPAN.match(since)
    try:
        if span:
            return Period(now - timedelta(**{_UNITS[span[2]]: int(span[1])}))
        instant = datetime.fromisoformat(since)
        return Period(
            (instant if instant.tzinfo else instant.replace(tzinfo=BEIJING)).astimezone(UTC)
        )
    except OverflowError as error:
        raise ValueError(since) from error
