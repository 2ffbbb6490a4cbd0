"""The clock everything recorded is stamped by: injected, so that tests and replays can set it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Gives the present instant, aware, in UTC."""

BEIJING = ZoneInfo("Asia/Shanghai")


def system_clock() -> datetime:
    """The machine's own time, in UTC with whole seconds' fractions cut to milliseconds."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


def fixed_clock(instant: datetime) -> Clock:
    """A clock that always shows `instant` (aware): what `FUHAN_NOW` sets."""
    return lambda: instant


@lru_cache(maxsize=1024)  # a visit's is written at each step of its way
def to_text(instant: datetime) -> str:
    """An aware instant as files and JSON write it: `2026-05-03T22:20:00.000Z`."""
    plain = instant.astimezone(UTC).replace(tzinfo=None)
    return plain.isoformat(timespec="milliseconds") + "Z"


def from_text(text: str) -> datetime:
    """The aware UTC instant that `to_text` wrote; any ISO form with a zone is taken.

    Raises ValueError where `text` is no ISO instant; one without a zone is taken as UTC.
    """
    instant = datetime.fromisoformat(text)
    return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC)


def beijing_date(instant: datetime) -> date:
    """The calendar day in China at that instant."""
    return instant.astimezone(BEIJING).date()
