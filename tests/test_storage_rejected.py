"""What a hand rejected: not told again while it reads so, counted, and taken back on request."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from storage.forget.forgetting import Request
from storage.records import PortalState, PortalStatus, ReplyLetter
from tests.archive_story import PORTAL, Page, Story, a_letter

NOTE = "\n以上答复内容以最新公告为准，仅供参考。"


class CountingStory(Story):
    """Pages with a view counter: their bytes are others on every day."""

    def body_of(self, found: Page) -> bytes:
        return f"{self.now:%m-%d} {found!r}".encode()


@pytest.fixture(params=[Story, CountingStory], ids=["same bytes", "other bytes"])
def story(tmp_path: Path, request: pytest.FixtureRequest) -> Story:
    made: Story = request.param(tmp_path / "fuhan.db")
    return made


@pytest.fixture
def site() -> dict[str, Page]:
    return {f"t{n}.html": a_letter(n) for n in range(1, 9)}


@pytest.fixture
def broken(site: dict[str, Page]) -> dict[str, Page]:
    """A sentence more on every page."""
    return {
        name: replace(page, body=page.body + NOTE)
        for name, page in site.items()
        if isinstance(page, ReplyLetter)
    }


def status(story: Story) -> PortalStatus:
    with story.open() as archive:
        return archive.status([PORTAL])[0]


def reject(story: Story, site: dict[str, Page], broken: dict[str, Page]) -> int:
    """A first crawl, then a run that is held back, and rejected; gives the cursor between."""
    story.crawl(site)
    start = story.cursor()
    story.crawl(broken)
    with story.open() as archive:
        assert archive.reject_held(PORTAL.name) == 8
    return start


def decisions(story: Story) -> list[str]:
    with closing(sqlite3.connect(story.path)) as connection:
        rows = connection.execute("SELECT content FROM journal WHERE kind = 'decision'").fetchall()
    return [json.loads(content)["decision"] for (content,) in rows]


def test_pages_that_still_read_so_are_not_told_and_are_counted(
    story: Story, site: dict[str, Page], broken: dict[str, Page]
) -> None:
    start = reject(story, site, broken)
    for _ in range(2):
        summary = story.crawl(broken)
        assert summary is not None
        assert (summary.state, summary.held, summary.rejected) == (PortalState.OK, 0, 8)
    assert story.told(start) == []
    assert status(story).rejected == 8
    with story.open() as archive:
        record = archive.letter(1)
        assert record is not None and NOTE not in record.letter.body


def test_page_that_reads_otherwise_is_compared_with_what_was_told(
    story: Story, site: dict[str, Page], broken: dict[str, Page]
) -> None:
    start = reject(story, site, broken)
    edited = replace(a_letter(3), body=a_letter(3).body + "\n另已建成九处。")
    story.crawl({**broken, "t3.html": edited})
    assert story.told(start) == [("changed", "t3.html")]
    assert story.events(start)[0].fields[0].before == a_letter(3).body
    assert status(story).rejected == 7


def test_what_is_forgotten_of_a_letter_brings_nothing_back(
    story: Story, site: dict[str, Page], broken: dict[str, Page]
) -> None:
    start = reject(story, site, broken)
    with story.open() as archive:
        archive.forget(1, Request("words", ("按期推进",)))
    story.crawl(broken)
    assert story.told(start) == []
    assert status(story).rejected == 8


def test_page_that_reads_as_it_was_told_settles_the_matter(
    story: Story, site: dict[str, Page], broken: dict[str, Page]
) -> None:
    start = reject(story, site, broken)
    story.crawl(site)
    assert status(story).rejected == 0
    story.crawl({**site, "t3.html": broken["t3.html"]})
    assert story.told(start) == [("changed", "t3.html")]


def test_taken_back_they_are_compared_anew_and_held_again(
    story: Story, site: dict[str, Page], broken: dict[str, Page]
) -> None:
    start = reject(story, site, broken)
    story.crawl(broken)
    with story.open() as archive:
        assert archive.reconsider(PORTAL.name) == 8
        assert archive.reconsider(PORTAL.name) == 0
    assert status(story).rejected == 0
    summary = story.crawl(broken, full=False, days=0.01)
    assert summary is not None
    assert (summary.state, summary.held) == (PortalState.SUSPECT, 8)
    with story.open() as archive:
        assert archive.accept_held(PORTAL.name) == 8
        assert not archive.verify().faults
    assert len(story.told(start)) == 8
    assert decisions(story) == ["reject", "reconsider", "accept"]


def test_new_letters_that_were_rejected_stay_unknown(story: Story, site: dict[str, Page]) -> None:
    strict = replace(PORTAL, min_letters=20)
    story.crawl(site, portal=strict)
    with story.open() as archive:
        assert archive.reject_held(PORTAL.name) == 8
    summary = story.crawl(site)
    assert summary is not None and summary.rejected == 8
    assert story.told() == []
    with story.open() as archive:
        assert archive.reconsider(PORTAL.name) == 8
    story.crawl(site)
    assert [kind for kind, _ in story.told()] == ["new"] * 8
