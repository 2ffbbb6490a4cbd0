"""When a linked file is asked for again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crawler.budget import FEWEST_FILES, Budget
from crawler.files.revisit import not_before
from crawler.revisit import DAILY, MONTHLY
from storage.attachments.records import FileState
from storage.records import Validators

NOW = datetime(2026, 5, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "size", "validators", "rest"),
    [
        (FileState.KEPT, 20_000_000, Validators('"a"'), None),
        (FileState.KEPT, 20_000_000, Validators(None, "Mon, 04 May 2026 06:00:00 GMT"), None),
        (FileState.KEPT, 0, Validators('"a"'), None),  # a 304
        (FileState.KEPT, 900_000, Validators(), None),
        (FileState.KEPT, 5_000_000, Validators(), timedelta(days=4)),
        (FileState.KEPT, 90_000_000, Validators(), MONTHLY),
        (FileState.GONE, 0, Validators(), None),
        (FileState.NO_FILE, 0, Validators(), None),
        (FileState.FAILED, 0, Validators(), DAILY),
        (FileState.BLOCKED, 0, Validators(), DAILY),
        (FileState.TOO_LARGE, 0, Validators(), MONTHLY),
        (FileState.UNSTABLE, 0, Validators(), MONTHLY),
        (FileState.NOT_ASKED, 0, Validators(), MONTHLY),
    ],
)
def test_file_comes_with_its_page_unless_it_costs_much(
    state: FileState, size: int, validators: Validators, rest: timedelta | None
) -> None:
    expected = None if rest is None else NOW + rest
    assert not_before(state, size, validators, NOW) == expected


def test_files_share_the_budget_of_a_portal() -> None:
    budget = Budget(3, known=0)
    budget.list_asked()
    asked = 0
    while budget.has_room_for_file():
        budget.file_asked()
        asked += 1
    assert asked == 2


@pytest.mark.parametrize(("known", "most"), [(0, FEWEST_FILES), (10_000, 750)])
def test_run_without_a_budget_asks_for_a_share_of_files(known: int, most: int) -> None:
    budget = Budget(None, known)
    asked = 0
    while budget.has_room_for_file():
        budget.file_asked()
        asked += 1
    assert asked == most


def test_full_run_asks_for_every_file() -> None:
    budget = Budget(None, 0, full=True)
    for _ in range(FEWEST_FILES * 3):
        budget.file_asked()
    assert budget.has_room_for_file()
