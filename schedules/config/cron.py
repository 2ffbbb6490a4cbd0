"""Crontab expressions as people write them, in Asia/Shanghai, made into APScheduler triggers."""

from __future__ import annotations

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.combining import OrTrigger
from apscheduler.triggers.cron import CronTrigger

from schedules.config.value_words import (
    CRON_FIELD,
    CRON_FIELDS,
    CRON_NAME,
    CRON_NEVER,
    CRON_NUMBER,
    CRON_RANGE,
)
from schedules.words.language import say
from storage.clock import BEIJING

MACROS = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
MONTHS = tuple(calendar.month_abbr[number].lower() for number in range(1, 13))
_MONTH_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True)
class _Field:
    name: str
    low: int
    high: int
    names: Sequence[str] = ()  # of the values from `low` on


_FIELDS = (
    _Field("minute", 0, 59),
    _Field("hour", 0, 23),
    _Field("day of month", 1, 31),
    _Field("month", 1, 12, MONTHS),
    _Field("weekday", 0, 7, WEEKDAYS),
)


def cron_trigger(expression: str) -> BaseTrigger:
    """The trigger of a crontab expression: five fields or a macro like `@daily`.

    As crontab(5) has it: weekdays count from Sunday = 0 (7 is Sunday too; APScheduler by itself
    takes 1 for Tuesday), and where both days are restricted either of them fires. Raises
    ValueError that says which field is wrong, also for a day that never comes (31 April).
    """
    texts = MACROS.get(expression.strip().lower(), expression).split()
    if len(texts) != len(_FIELDS):
        raise ValueError(say(CRON_FIELDS, expression=repr(expression)))
    minutes, hours, days, months, weekdays = (
        _values(text, field) for text, field in zip(texts, _FIELDS, strict=True)
    )
    either = not texts[2].startswith("*") and not texts[4].startswith("*")
    if not either:
        _check_day_exists(days, months, expression)
    names = ",".join(WEEKDAYS[day] for day in sorted({day % 7 for day in weekdays}))
    base = {"minute": _joined(minutes), "hour": _joined(hours), "month": _joined(months)}
    by_date = {"day": _joined(days)}
    by_weekday = {"day_of_week": names}
    choices = (by_date, by_weekday) if either else ({**by_date, **by_weekday},)
    triggers = [CronTrigger(**base, **choice, timezone=BEIJING) for choice in choices]
    return OrTrigger(triggers) if either else triggers[0]


def next_fire(expression: str, after: datetime) -> datetime | None:
    """The first time the expression fires strictly after `after` (aware)."""
    # fire times are whole seconds, and the trigger rounds up to one
    start = after.astimezone(BEIJING) + timedelta(microseconds=1)
    fire: datetime | None = cron_trigger(expression).get_next_fire_time(None, start)
    return fire


def previous_fire(expression: str, before: datetime) -> datetime | None:
    """The last time the expression fired at or before `before`; None where over four years ago."""
    for back in (timedelta(days=1), timedelta(days=8), timedelta(days=32), timedelta(days=1500)):
        fire, last = next_fire(expression, before - back), None
        while fire is not None and fire <= before:
            fire, last = next_fire(expression, fire), fire
        if last is not None:
            return last
    return None


def _joined(values: frozenset[int]) -> str:
    return ",".join(str(value) for value in sorted(values))


def _values(text: str, field: _Field) -> frozenset[int]:
    return frozenset(value for part in text.split(",") for value in _part_values(part, field))


def _part_values(part: str, field: _Field) -> range:
    span, slash, step_text = part.partition("/")
    step = _number(step_text, field, ()) if slash else 1
    if span == "*":
        # a plain `*` over weekdays is 0-6: 7 is Sunday's second name
        first, last = field.low, 6 if field.high == 7 else field.high
    else:
        start, dash, end = span.partition("-")
        first = _number(start, field, field.names)
        last = _number(end, field, field.names) if dash else (field.high if slash else first)
        if field.high == 7 and dash and last < first and last == 0:
            last = 7  # `fri-sun`: Sunday at the end of a span
    if step < 1 or first > last or not field.low <= first <= last <= field.high:
        name = say(CRON_FIELD[field.name])
        raise ValueError(
            say(CRON_RANGE, field=name, part=repr(part), low=field.low, high=field.high)
        )
    return range(first, last + 1, step)


def _number(text: str, field: _Field, names: Sequence[str]) -> int:
    if text.lower() in names:
        return field.low + names.index(text.lower())
    if text.isascii() and text.isdigit() and len(text) <= 4:
        return int(text)
    words = CRON_NAME if names else CRON_NUMBER
    raise ValueError(say(words, field=say(CRON_FIELD[field.name]), text=repr(text)))


def _check_day_exists(days: frozenset[int], months: frozenset[int], expression: str) -> None:
    if min(days) > max(_MONTH_DAYS[month - 1] for month in months):
        raise ValueError(say(CRON_NEVER, expression=repr(expression)))
