"""When a page is asked for again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from crawler.revisit import DAILY, MONTHLY, WEEKLY, next_due, revisit_policy
from storage.policies import Confirmation
from storage.records import CopyHistory, Outcome

_NOTHING_READ = (Outcome.FAILED, Outcome.BLOCKED, Outcome.UNREADABLE)
NOW = datetime(2026, 5, 4, 6, tzinfo=UTC)


def history(
    *, quiet: float = 0, age: float = 0, gone: float | None = None, read: bool = True
) -> CopyHistory:
    """A copy whose letter is `age` days old, quiet for `quiet` days, gone for `gone` days."""
    return CopyHistory(
        copy_id=1,
        portal="msj",
        url="https://msj.qinglan.gov.cn/1.html",
        letter_id=1,
        first_seen=NOW - timedelta(days=quiet),
        last_visited=NOW - timedelta(days=1),
        quiet_since=NOW - timedelta(days=quiet),
        letter_date=date(2026, 5, 4) - timedelta(days=age),
        gone_since=None if gone is None else NOW - timedelta(days=gone),
        body_digest=None,
        reader=None,
        version_id=1 if read else None,
        reading=None,
    )


def wait(outcome: Outcome, known: CopyHistory) -> timedelta:
    return next_due(known, outcome, NOW) - NOW


def test_young_letters_are_asked_daily_however_quiet() -> None:
    assert wait(Outcome.UNCHANGED, history(quiet=29, age=29)) == DAILY


@pytest.mark.parametrize(("age", "longest"), [(31, WEEKLY), (364, WEEKLY), (400, MONTHLY)])
def test_older_letters_are_asked_as_seldom_as_their_age_allows(
    age: float, longest: timedelta
) -> None:
    assert wait(Outcome.UNCHANGED, history(quiet=365, age=age)) == longest


def test_interval_is_a_third_of_the_quiet_time() -> None:
    assert wait(Outcome.UNCHANGED, history(quiet=30, age=400)) == timedelta(days=10)


@pytest.mark.parametrize("outcome", [Outcome.CHANGED, Outcome.NEW])
def test_after_a_change_a_page_is_asked_the_next_day(outcome: Outcome) -> None:
    assert wait(outcome, history(quiet=300, age=400)) == DAILY


def test_page_that_came_back_is_asked_the_next_day() -> None:
    assert wait(Outcome.UNCHANGED, history(quiet=300, age=400, gone=9)) == DAILY


def test_undated_letter_ages_from_when_it_was_first_seen() -> None:
    from dataclasses import replace

    undated = replace(history(quiet=200), letter_date=None)
    assert wait(Outcome.UNCHANGED, undated) == WEEKLY


@pytest.mark.parametrize("outcome", [*_NOTHING_READ, Outcome.NOT_A_LETTER])
def test_what_could_not_be_read_is_asked_the_next_day(outcome: Outcome) -> None:
    assert wait(outcome, history(quiet=300, age=400)) == DAILY


def test_what_never_was_a_letter_is_asked_monthly() -> None:
    assert wait(Outcome.NOT_A_LETTER, history(read=False)) == MONTHLY


@pytest.mark.parametrize("hours", [0, 20, 48])
def test_first_gone_is_asked_again_when_it_can_be_confirmed(hours: int) -> None:
    policy = revisit_policy(Confirmation(2, timedelta(hours=hours)))
    assert policy(history(), Outcome.GONE, NOW) == NOW + timedelta(hours=hours)


@pytest.mark.parametrize(
    ("gone", "expected"), [(1, DAILY), (3.9, DAILY), (5, WEEKLY), (29, WEEKLY), (40, MONTHLY)]
)
def test_withdrawn_letters_are_asked_ever_more_seldom(gone: float, expected: timedelta) -> None:
    assert wait(Outcome.GONE, history(gone=gone)) == expected


def test_third_confirmation_is_waited_for() -> None:
    policy = revisit_policy(Confirmation(3, timedelta(hours=30)))
    assert policy(history(gone=1.3), Outcome.GONE, NOW) == NOW + timedelta(hours=30)


def test_gone_page_that_never_was_a_letter_is_asked_monthly() -> None:
    assert wait(Outcome.GONE, history(read=False)) == MONTHLY
