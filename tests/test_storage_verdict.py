"""The circuit breaker: what a broken run saw is held, told later if it still holds, or dropped."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from storage.records import ListWalk, Outcome, PortalState, ReplyLetter
from storage.verdict import change_marks
from tests.archive_story import PORTAL, Page, Story, a_letter


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "fuhan.db")


@pytest.fixture
def site() -> dict[str, Page]:
    return {f"t{n}.html": a_letter(n) for n in range(1, 9)}


def _footer_read_as_letter(site: dict[str, Page]) -> dict[str, Page]:
    return {
        name: replace(page, body=f"{page.body}\n主办：某市科学技术局 备案号12345")
        for name, page in site.items()
        if isinstance(page, ReplyLetter)
    }


def test_f36_redesign_is_one_alarm_and_no_event(story: Story, site: dict[str, Page]) -> None:
    story.crawl(site)
    start = story.cursor()
    summary = story.crawl(_footer_read_as_letter(site))
    assert summary is not None
    assert summary.state is PortalState.SUSPECT
    assert (summary.held, summary.events) == (8, {})
    assert story.told(start) == []


def test_held_events_are_dropped_when_the_page_reads_as_before(
    story: Story, site: dict[str, Page]
) -> None:
    story.crawl(site)
    start = story.cursor()
    story.crawl(_footer_read_as_letter(site))
    summary = story.crawl(site)
    assert summary is not None
    assert (summary.state, summary.held) == (PortalState.OK, 0)
    assert story.told(start) == []
    with story.open() as archive:
        assert len(archive.versions(1)) == 1


def test_held_letters_are_due_at_once_and_stay_held(story: Story, site: dict[str, Page]) -> None:
    story.crawl(site)
    broken = _footer_read_as_letter(site)
    story.crawl(broken)
    summary = story.crawl(broken, full=False, days=0.1)
    assert summary is not None
    assert len(story.visited) == 8
    assert (summary.state, summary.held) == (PortalState.SUSPECT, 8)


def test_what_still_holds_is_told_by_a_healthy_run(story: Story, site: dict[str, Page]) -> None:
    story.crawl(site)
    start = story.cursor()
    broken = _footer_read_as_letter(site)
    story.crawl(broken)
    story.crawl({**site, "t1.html": broken["t1.html"]})
    assert story.told(start) == [("changed", "t1.html")]


def test_accept_tells_what_is_held_once(story: Story, site: dict[str, Page]) -> None:
    story.crawl(site)
    start = story.cursor()
    broken = _footer_read_as_letter(site)
    story.crawl(broken)
    with story.open() as archive:
        assert archive.accept_held(PORTAL.name) == 8
        assert archive.status([PORTAL])[0].state is PortalState.OK
    story.crawl(broken)
    assert len(story.told(start)) == 8


def test_reject_marks_what_is_held_as_misread(story: Story, site: dict[str, Page]) -> None:
    story.crawl(site)
    start = story.cursor()
    story.crawl(_footer_read_as_letter(site))
    with story.open() as archive:
        assert archive.reject_held(PORTAL.name) == 8
    story.crawl(site)
    assert story.told(start) == []


def test_f37_shrunk_list_is_suspect_and_withdraws_nothing(
    story: Story, site: dict[str, Page]
) -> None:
    story.crawl(site)
    start = story.cursor()
    for _ in range(3):
        summary = story.crawl(site, listed=["t1.html"], full=False)
        assert summary is not None and summary.state is PortalState.SUSPECT
    assert story.told(start) == []


def test_fewer_letters_than_declared_is_suspect(story: Story, site: dict[str, Page]) -> None:
    summary = story.crawl(site, portal=replace(PORTAL, min_letters=20))
    assert summary is not None
    assert summary.state is PortalState.SUSPECT
    assert summary.reason == "8 letters listed, at least 20 expected (min_letters)"
    with story.open() as archive:
        assert list(archive.letters()) == []


def test_everything_gone_at_once_withdraws_nothing(story: Story, site: dict[str, Page]) -> None:
    story.crawl(site)
    start = story.cursor()
    for _ in range(3):
        summary = story.crawl({}, listed=list(site))
        assert summary is not None and summary.state is PortalState.SUSPECT
    assert story.told(start) == []


def test_control_pages_tell_withdrawals_from_a_broken_site(
    story: Story, site: dict[str, Page]
) -> None:
    """Three letters leave the list at once; the five that are not due show the site is well."""
    story.crawl(site)
    start = story.cursor()
    left = {name: page for name, page in site.items() if name > "t3.html"}
    story.crawl(left, full=False, days=0.1)
    assert len(story.visited) > 3
    story.crawl(left, full=False)
    assert sorted(story.told(start)) == [("withdrawn", f"t{n}.html") for n in (1, 2, 3)]


def test_single_letter_that_is_due_and_lost_is_judged_beside_letters_that_are_not_due(
    story: Story, site: dict[str, Page]
) -> None:
    """One letter a day says nothing: of a site that answers alike for all, no letter is told."""
    story.crawl(site)
    start = story.cursor()
    broken: dict[str, Page] = dict.fromkeys(site, Outcome.GONE)
    for days in (0.1, 1, 1):
        summary = story.crawl(broken, listed=sorted(site)[1:], full=False, days=days)
        assert summary is not None and summary.state is PortalState.SUSPECT
    assert story.told(start) == []
    del site["t1.html"]
    story.crawl(site, full=False, days=0.1)
    story.crawl(site, full=False)
    assert story.told(start) == [("withdrawn", "t1.html")]


def test_redesign_that_one_letter_a_day_shows_is_no_change(
    story: Story, site: dict[str, Page]
) -> None:
    story.crawl(site)
    start = story.cursor()
    redesigned = _footer_read_as_letter(site)
    summary = story.crawl(redesigned, listed=sorted(site)[1:], full=False, days=0.1)
    assert summary is not None and summary.state is PortalState.SUSPECT
    assert story.told(start) == []


def test_single_failed_pages_leave_a_portal_ok(story: Story, site: dict[str, Page]) -> None:
    story.crawl(site)
    summary = story.crawl({**site, "t2.html": Outcome.FAILED}, listed=list(site))
    assert summary is not None and summary.state is PortalState.OK


def test_blocked_goes_before_failing_and_pauses_grow(story: Story, site: dict[str, Page]) -> None:
    story.crawl(site)
    pauses = []
    for _ in range(3):
        walk = ListWalk(complete=False, asked=1, blocked=1, reason="412")
        summary = story.crawl({}, listed=[], walk=walk, full=False)
        assert summary is not None and summary.state is PortalState.BLOCKED
        with story.open() as archive:
            until = archive.blocked_until(PORTAL.name)
        assert until is not None
        pauses.append(until - story.now)
    assert pauses[0] < pauses[1] < pauses[2]
    story.crawl(site)
    with story.open() as archive:
        assert archive.blocked_until(PORTAL.name) is None


def test_different_edits_share_no_mark() -> None:
    one = change_marks([["body", None, None]], [["=", "共"], ["-", "24"], ["+", "26"]])
    other = change_marks([["body", None, None]], [["=", "计"], ["-", "35"], ["+", "31"]])
    assert not one & other
