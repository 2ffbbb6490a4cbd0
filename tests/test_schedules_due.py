"""Which portals are due."""

from __future__ import annotations

from datetime import datetime, timedelta

from schedules.runs.due import due_portals, is_due
from storage.clock import BEIJING
from storage.records import Portal

NOW = datetime(2026, 5, 4, 6, 20, tzinfo=BEIJING)
DAILY = "20 6 * * *"


def test_never_run_is_due() -> None:
    assert is_due(DAILY, None, NOW)


def test_due_from_the_second_its_time_comes() -> None:
    yesterday = NOW - timedelta(days=1)
    assert is_due(DAILY, yesterday, NOW)
    assert not is_due(DAILY, yesterday, NOW - timedelta(seconds=1))


def test_run_at_its_own_fire_time_is_done_until_tomorrow() -> None:
    assert not is_due(DAILY, NOW, NOW)
    assert not is_due(DAILY, NOW, NOW + timedelta(hours=23, minutes=59))
    assert is_due(DAILY, NOW, NOW + timedelta(days=1))


def test_f14_asleep_for_a_week_is_due_once() -> None:
    assert is_due(DAILY, NOW - timedelta(days=7), NOW + timedelta(hours=3))
    assert not is_due(DAILY, NOW + timedelta(hours=3), NOW + timedelta(hours=4))


def test_f12_last_run_in_the_future_is_due() -> None:
    assert is_due(DAILY, NOW + timedelta(days=365), NOW)


def test_only_portals_whose_time_passed_are_chosen() -> None:
    portals = [
        Portal(name="early", agency="甲局", platform="trs", cron="0 6 * * *"),
        Portal(name="late", agency="乙局", platform="trs", cron="0 7 * * *"),
        Portal(name="fresh", agency="丙局", platform="trs", cron="0 7 * * *"),
    ]
    runs = {"early": NOW - timedelta(hours=10), "late": NOW - timedelta(hours=10)}
    due = due_portals(portals, NOW, last_run=runs.get, blocked_until=lambda _: None)
    assert [portal.name for portal in due] == ["early", "fresh"]


def test_portal_that_blocked_us_is_left_alone_for_its_pause() -> None:
    portals = [Portal(name=n, agency="甲局", platform="trs") for n in ("shut", "open")]
    pauses = {"shut": NOW + timedelta(minutes=1), "open": NOW}
    due = due_portals(portals, NOW, last_run=lambda _: None, blocked_until=pauses.get)
    assert [portal.name for portal in due] == ["open"]
