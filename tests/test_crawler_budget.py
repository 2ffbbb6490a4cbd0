"""How many requests one run may make of a portal, and what is given up first."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.budget import DAILY_SHARE, FEWEST_REQUESTS, Budget
from crawler.portal_crawl import PortalCrawl
from pipelines.compare import compare_letters
from storage.records import (
    CopyHistory,
    DuePage,
    ListedLink,
    Outcome,
    Run,
    RunSummary,
    Validators,
    Why,
)
from storage.session import CrawlSession
from tests.archive_story import PORTAL, Story, a_letter

NOW = datetime(2026, 5, 4, tzinfo=UTC)


def pages(*reasons: Why) -> list[DuePage]:
    return [
        DuePage(at, f"http://a.example/{at}.html", Validators(), True, why, NOW)
        for at, why in enumerate(reasons)
    ]


def admitted(budget: Budget, *reasons: Why) -> list[Why]:
    return [page.why for page in budget.admit(pages(*reasons))]


def test_known_letters_share_what_lists_leave_of_the_daily_share() -> None:
    budget = Budget(None, 2000)
    for _ in range(100):
        budget.list_asked()
    assert len(admitted(budget, *[Why.DUE] * 2000)) == 2000 * DAILY_SHARE - 100
    assert Why.DUE not in budget.kinds()


def test_small_portals_are_asked_as_their_letters_ages_say() -> None:
    assert len(admitted(Budget(None, 50), *[Why.DUE] * 80)) == FEWEST_REQUESTS


def test_new_and_gone_letters_are_asked_beyond_the_daily_share() -> None:
    budget = Budget(None, 10)
    admitted(budget, *[Why.DUE] * 100)
    assert len(admitted(budget, *[Why.NEW] * 500)) == 500
    assert len(admitted(budget, *[Why.GONE] * 500)) == 500


def test_a_day_of_many_list_pages_still_looks_at_some_letters() -> None:
    budget = Budget(None, 100)
    for _ in range(900):
        budget.list_asked()
    assert 0 < len(admitted(budget, *[Why.DUE] * 100)) < 50


def test_a_portals_own_budget_bounds_new_letters_too_and_only_gone_ones_go_beyond() -> None:
    budget = Budget(30, 2000)
    for _ in range(10):
        budget.list_asked()
    assert len(admitted(budget, *[Why.NEW] * 100)) == 20
    assert budget.kinds() == (Why.GONE,)
    assert admitted(budget, Why.GONE, Why.CONTROL, Why.DUE) == [Why.GONE, Why.CONTROL]


def test_a_large_budget_of_its_own_does_not_ask_more_of_known_letters() -> None:
    assert len(admitted(Budget(5000, 2000), *[Why.DUE] * 2000)) == 2000 * DAILY_SHARE


def test_full_runs_know_no_budget() -> None:
    budget = Budget(5, 2000, full=True)
    assert len(admitted(budget, *[Why.DUE] * 2000)) == 2000
    assert budget.expected(2000) == 2000


def test_expected_pages_stay_within_a_portals_own_budget() -> None:
    budget = Budget(30, 2000)
    budget.list_asked()
    assert budget.expected(500) == 29
    assert budget.expected(7) == 7


class _Silent:
    """A watcher that watches nothing."""

    def run_began(self, run: Run) -> None: ...

    def pages_ahead(self, portal: str, count: int) -> None: ...

    def page_saved(self, portal: str, url: str, outcome: Outcome, reason: str | None) -> None: ...

    def run_settled(self, summary: RunSummary) -> None: ...


def _never_due(history: CopyHistory, outcome: Outcome, now: datetime) -> datetime:
    return now + timedelta(days=1000)


def _run_day(story: Story, listed: list[str]) -> list[str]:
    """One run by `PortalCrawl` without a network; gives the pages it asked for."""
    links = [ListedLink(f"{story.portal.lists[0].url}{path}") for path in listed]
    asked: list[str] = []
    with story.open() as archive:
        session = CrawlSession(
            archive, (story.portal,), lambda: story.now, compare_letters, _never_due, _Silent()
        )
        crawl = PortalCrawl(story.portal, session)
        crawl.begin()
        while step := crawl.next_list_page():
            unknown = archive.save_listing(crawl.run, step[0].column, links)
            step[0].page_read(links, unknown, (), step[1])
        crawl.end_lists()
        while drawn := crawl.draw():
            for page in drawn:
                assert isinstance(page, DuePage)
                asked.append(page.url.rsplit("/", 1)[1])
                letter = a_letter(len(asked))
                story.visit(archive, crawl.run.id, page.copy_id, page.url, letter, "a")
                crawl.page_done(page.copy_id)
        session.settle(crawl.run, crawl.walk())
    story.now += timedelta(days=1)
    return asked


def test_what_a_budget_leaves_is_asked_in_the_next_runs_the_longest_waiting_first(
    tmp_path: Path,
) -> None:
    story = Story(tmp_path / "fuhan.db", replace(PORTAL, budget=5))
    listed = [f"{at}.html" for at in range(10)]
    asked = [_run_day(story, listed) for _ in range(3)]
    assert asked[0] == ["0.html", "1.html", "2.html", "3.html"]
    assert asked[1] == ["4.html", "5.html", "6.html", "7.html"]
    assert asked[2][:2] == ["8.html", "9.html"]
