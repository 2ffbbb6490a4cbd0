"""Crontab expressions: faults 13 to 15, and what people write wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from schedules.config.cron import next_fire, previous_fire
from storage.clock import BEIJING


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=BEIJING)


# 4 May 2026 is a Monday
MONDAY = at("2026-05-04T09:00")


@pytest.mark.parametrize(
    ("expression", "fires"),
    [
        ("20 6 * * *", "2026-05-05T06:20"),
        ("*/20 8-18/2 * * *", "2026-05-04T10:00"),
        ("0 0 1 jan-mar *", "2027-01-01T00:00"),
        ("0 0 29 2 *", "2028-02-29T00:00"),
        ("5/15 * * * *", "2026-05-04T09:05"),
        ("@daily", "2026-05-05T00:00"),
        ("@Weekly", "2026-05-10T00:00"),
    ],
)
def test_next_fire_lies_strictly_after(expression: str, fires: str) -> None:
    assert next_fire(expression, MONDAY) == at(fires)


@pytest.mark.parametrize(
    ("weekday", "fires"),
    [
        ("1", "2026-05-11"),
        ("0", "2026-05-10"),
        ("7", "2026-05-10"),
        ("2-4", "2026-05-05"),
        ("fri-sun", "2026-05-08"),
        ("SAT", "2026-05-09"),
        ("*/3", "2026-05-06"),
        ("5,6", "2026-05-08"),
    ],
)
def test_f15_weekdays_count_from_sunday(weekday: str, fires: str) -> None:
    assert next_fire(f"0 9 * * {weekday}", MONDAY) == at(f"{fires}T09:00")


def test_either_day_fires_where_both_are_given() -> None:
    # crontab(5): the 13th and every Friday, not Friday the 13th
    fires = [at("2026-05-04T00:00")]
    for _ in range(3):
        fire = next_fire("0 0 13 * 5", fires[-1])
        assert fire is not None
        fires.append(fire)
    assert [fire.day for fire in fires[1:]] == [8, 13, 15]


def test_f13_fires_at_chinas_hour_on_both_sides_of_europes_summer_time() -> None:
    # Berlin's clock goes forward on 29 March 2026 at 02:00
    fire = next_fire("30 2 * * *", datetime(2026, 3, 28, 12, tzinfo=UTC))
    assert fire is not None
    assert fire.astimezone(UTC) == datetime(2026, 3, 28, 18, 30, tzinfo=UTC)
    assert next_fire("30 2 * * *", fire) == fire + timedelta(days=1)


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("60 * * * *", "minute"),
        ("0 24 * * *", "hour"),
        ("0 0 0 * *", "day of month"),
        ("0 0 * 13 *", "month"),
        ("0 0 * * 8", "weekday"),
        ("0 0 * * mo", "weekday"),
        ("5-1 * * * *", "minute"),
        ("*/0 * * * *", "minute"),
        (", * * * *", "minute"),
        ("-1 * * * *", "minute"),
        ("0 0 31 4 *", "never comes"),
        ("0 0 30 2 *", "never comes"),
        ("* * * *", "five fields"),
        ("", "five fields"),
        ("@reboot", "five fields"),
        ("0 0 * * * *", "five fields"),
        ("٣ * * * *", "minute"),
    ],
)
def test_wrong_expression_names_its_field(expression: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        next_fire(expression, MONDAY)


@pytest.mark.parametrize(
    ("expression", "fired"),
    [
        ("0 9 * * *", "2026-05-04T09:00"),
        ("1 9 * * *", "2026-05-03T09:01"),
        ("0 9 * * 5", "2026-05-01T09:00"),
        ("0 0 29 2 *", "2024-02-29T00:00"),
    ],
)
def test_previous_fire_is_at_or_before(expression: str, fired: str) -> None:
    assert previous_fire(expression, MONDAY) == at(fired)
