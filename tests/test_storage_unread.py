"""Letters that could not be read for long: told as that, never as gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.database import Database
from storage.records import ListWalk, Outcome, UnreadLetter
from storage.unread import _UNREAD
from tests.archive_story import PORTAL, Page, Story, a_letter


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "fuhan.db")


@pytest.fixture
def site() -> dict[str, Page]:
    return {f"t{n}.html": a_letter(n) for n in range(1, 9)}


def unread(story: Story) -> tuple[UnreadLetter, ...]:
    with story.open() as archive:
        return archive.status([PORTAL])[0].unread


@pytest.mark.parametrize(
    "outcome", [Outcome.FAILED, Outcome.UNREADABLE, Outcome.NOT_A_LETTER, Outcome.BLOCKED]
)
def test_page_alone_unread_for_a_week_is_named(
    story: Story, site: dict[str, Page], outcome: Outcome
) -> None:
    story.crawl(site)
    last_read = story.now
    start = story.cursor()
    for _ in range(7):
        story.crawl({**site, "t3.html": outcome}, listed=list(site))
        assert unread(story) == ()
    story.crawl({**site, "t3.html": outcome}, listed=list(site))
    (letter,) = unread(story)
    assert letter.url.endswith("t3.html")
    assert letter.title == "关于市六届人大三次会议第0003号建议的复函"
    assert (letter.last_read, letter.visits, letter.days) == (last_read, 8, 7)
    assert story.told(start) == []


def test_page_that_is_read_again_is_not_named(story: Story, site: dict[str, Page]) -> None:
    story.crawl(site)
    for _ in range(9):
        story.crawl({**site, "t3.html": Outcome.UNREADABLE}, listed=list(site))
    assert unread(story)
    story.crawl(site)
    assert unread(story) == ()
    story.crawl({**site, "t3.html": Outcome.UNREADABLE}, listed=list(site))
    assert unread(story) == ()  # counted anew


def test_two_visits_far_apart_are_too_few(story: Story, site: dict[str, Page]) -> None:
    story.crawl(site)
    broken = {**site, "t3.html": Outcome.UNREADABLE}
    story.crawl(broken, listed=list(site))
    story.crawl(broken, listed=list(site), days=10)
    assert unread(story) == ()
    story.crawl(broken, listed=list(site))
    assert len(unread(story)) == 1


def test_visits_of_a_portal_in_trouble_do_not_count(story: Story, site: dict[str, Page]) -> None:
    story.crawl(site)
    walk = ListWalk(complete=False, failed=1, columns_failed=1, asked=1, reason="time-out")
    for _ in range(9):
        story.crawl({**site, "t3.html": Outcome.FAILED}, listed=list(site), walk=walk)
    assert unread(story) == ()


def test_page_that_is_gone_is_withdrawn_and_not_unread(story: Story, site: dict[str, Page]) -> None:
    story.crawl(site)
    for _ in range(9):
        story.crawl({**site, "t3.html": "404"}, listed=list(site))
    assert unread(story) == ()


def test_no_table_is_read_from_end_to_end(story: Story, site: dict[str, Page]) -> None:
    story.crawl(site)
    database = Database.open_to_read(story.path)
    plan = database.rows(
        f"EXPLAIN QUERY PLAN {_UNREAD}",
        {"portal": PORTAL.name, "soon": "2026-03-04T00:00:00.000Z", "visits": 3},
    )
    told = [row["detail"] for row in plan]
    database.close()
    assert any("INDEX" in detail and "due_at<" in detail for detail in told), told
    assert not [detail for detail in told if detail.startswith("SCAN")], told
