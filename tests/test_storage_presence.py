"""Which events a portal's days give: the meaning of each kind, at the level of the archive."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from storage.policies import Confirmation
from storage.records import EventKind, ListWalk, Outcome, PortalState, ReplyLetter
from tests.archive_story import Page, Story, a_letter


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "fuhan.db")


@pytest.fixture
def site() -> dict[str, Page]:
    return {f"t{n}.html": a_letter(n) for n in range(1, 9)}


def test_first_crawl_tells_every_letter_as_baseline(story: Story, site: dict[str, Page]) -> None:
    summary = story.crawl(site)
    assert summary is not None
    assert summary.events == {EventKind.NEW: 8}
    assert summary.baseline == 8
    assert all(event.baseline for event in story.events())


def test_unchanged_portal_gives_no_event_and_no_capture(
    story: Story, site: dict[str, Page]
) -> None:
    story.crawl(site)
    with story.open() as archive:
        captures = archive._database.value("SELECT count(*) FROM captures")
    summary = story.crawl(site)
    assert summary is not None
    assert summary.events == {}
    assert summary.outcomes == {Outcome.UNCHANGED: 8}
    with story.open() as archive:
        assert archive._database.value("SELECT count(*) FROM captures") == captures


def test_a_to_b_to_a_is_two_changes(story: Story, site: dict[str, Page]) -> None:
    story.crawl(site)
    first, start = site["t1.html"], story.cursor()
    assert isinstance(first, ReplyLetter)
    site["t1.html"] = replace(first, body=first.body.replace("7处", "9处"))
    story.crawl(site)
    site["t1.html"] = first
    story.crawl(site)
    assert story.told(start) == [("changed", "t1.html"), ("changed", "t1.html")]
    with story.open() as archive:
        assert [version.number for version in archive.versions(1)] == [1, 2, 3]
        record = archive.letter(1)
    assert record is not None and record.versions == 3


def test_letter_gone_twice_a_day_apart_is_withdrawn_once(
    story: Story, site: dict[str, Page]
) -> None:
    story.crawl(site)
    start = story.cursor()
    del site["t3.html"]
    story.crawl(site)
    assert story.told(start) == []
    story.crawl(site)
    story.crawl(site)
    (event,) = story.events(start)
    assert event.kind is EventKind.WITHDRAWN
    assert event.scope == "letter"
    assert event.reason == "404 on 2026-03-04 and 2026-03-05; last seen on 2026-03-03"
    with story.open() as archive:
        record = archive.letter(event.letter.id)
    assert record is not None and record.status == "withdrawn"


def test_two_visits_too_close_do_not_confirm(story: Story, site: dict[str, Page]) -> None:
    story.crawl(site)
    start = story.cursor()
    del site["t3.html"]
    story.crawl(site)
    story.crawl(site, days=0.5)
    assert story.told(start) == []


def test_confirmation_of_zero_hours_needs_two_runs_only(
    tmp_path: Path, site: dict[str, Page]
) -> None:
    story = Story(tmp_path / "fuhan.db", confirmation=Confirmation(2, timedelta(0)))
    story.crawl(site)
    start = story.cursor()
    del site["t3.html"]
    story.crawl(site, days=0)
    story.crawl(site, days=0)
    assert story.told(start) == [("withdrawn", "t3.html")]


def test_404_that_heals_is_no_event(story: Story, site: dict[str, Page]) -> None:
    story.crawl(site)
    start, letter = story.cursor(), site.pop("t3.html")
    story.crawl(site)
    site["t3.html"] = letter
    story.crawl(site)
    del site["t3.html"]
    story.crawl(site)
    assert story.told(start) == []


def test_withdrawn_letter_that_answers_again_is_restored(
    story: Story, site: dict[str, Page]
) -> None:
    story.crawl(site)
    letter = site.pop("t3.html")
    story.crawl(site)
    story.crawl(site)
    start = story.cursor()
    site["t3.html"] = letter
    story.crawl(site)
    assert story.told(start) == [("restored", "t3.html")]
    with story.open() as archive:
        assert archive.letter(3).status == "present"  # type: ignore[union-attr]


def test_each_answer_of_a_withdrawal_is_named_with_its_days(
    story: Story, site: dict[str, Page]
) -> None:
    story.crawl(site)
    start = story.cursor()
    site["t3.html"] = "redirected to the home page"
    story.crawl(site)
    del site["t3.html"]
    story.crawl(site)
    (event,) = story.events(start)
    assert event.reason == (
        "redirected to the home page on 2026-03-04; 404 on 2026-03-05; last seen on 2026-03-03"
    )


def test_letter_restored_with_an_edit_is_restored_first(
    story: Story, site: dict[str, Page]
) -> None:
    story.crawl(site)
    letter = site.pop("t3.html")
    assert isinstance(letter, ReplyLetter)
    story.crawl(site)
    story.crawl(site)
    start = story.cursor()
    site["t3.html"] = replace(letter, body=letter.body.replace("21处", "23处"))
    story.crawl(site)
    assert story.told(start) == [("restored", "t3.html"), ("changed", "t3.html")]


def test_moved_letter_is_one_event_with_its_quiet_edit(story: Story, site: dict[str, Page]) -> None:
    story.crawl(site)
    letter, start = site.pop("t3.html"), story.cursor()
    assert isinstance(letter, ReplyLetter)
    site["t30.html"] = replace(letter, body=letter.body.replace("21处", "23处"))
    story.crawl(site)
    story.crawl(site)
    story.crawl(site)
    (event,) = story.events(start)
    assert event.kind is EventKind.MOVED
    assert event.url.endswith("t30.html")
    assert event.from_url is not None and event.from_url.endswith("t3.html")
    assert [(f.before, f.after) for f in event.figures] == [("21处", "23处")]
    with story.open() as archive:
        record = archive.letter(event.letter.id)
    assert record is not None
    assert record.urls == (event.url,)
    assert record.versions == 2


def test_copy_withdrawn_while_another_stands_has_scope_copy(
    story: Story, site: dict[str, Page]
) -> None:
    site["t3_wap.html"] = site["t3.html"]
    story.crawl(site)
    start = story.cursor()
    del site["t3_wap.html"]
    story.crawl(site)
    story.crawl(site)
    (event,) = story.events(start)
    assert (event.kind, event.scope) == (EventKind.WITHDRAWN, "copy")


def test_mobile_twin_is_a_copy_and_counts_no_version(story: Story, site: dict[str, Page]) -> None:
    site["t3_wap.html"] = site["t3.html"]
    summary = story.crawl(site)
    assert summary is not None and summary.events[EventKind.COPY_FOUND] == 1
    with story.open() as archive:
        record = archive.letter(3)
    assert record is not None
    assert [url.rsplit("/", 1)[1] for url in record.urls] == ["t3.html", "t3_wap.html"]
    assert record.versions == 1


def test_copies_that_differ_do_not_flap(story: Story, site: dict[str, Page]) -> None:
    first = site["t3.html"]
    assert isinstance(first, ReplyLetter)
    site["t3_wap.html"] = replace(first, body=first.body.replace("王丁代表：\n", ""), addressees=())
    story.crawl(site)
    start = story.cursor()
    story.crawl(site)
    story.crawl(site)
    assert story.told(start) == []


def test_delisted_letter_still_answers(story: Story, site: dict[str, Page]) -> None:
    story.crawl({name: page for name, page in site.items() if name < "t5"})
    story.crawl(site)
    start = story.cursor()
    story.crawl(site, listed=[name for name in site if name != "t7.html"])
    story.crawl(site, listed=[name for name in site if name != "t7.html"])
    assert story.told(start) == [("delisted", "t7.html")]


def test_letter_at_the_end_of_its_column_is_not_delisted(
    story: Story, site: dict[str, Page]
) -> None:
    story.crawl(site)
    start = story.cursor()
    story.crawl(site, listed=[name for name in site if name != "t1.html"])
    assert story.told(start) == []


def test_letter_missing_from_a_full_walk_is_visited_at_once(
    story: Story, site: dict[str, Page]
) -> None:
    story.crawl(site)
    story.crawl(site, full=False, days=0.1, listed=[name for name in site if name != "t7.html"])
    assert story.visited == ["t7.html"]


def test_killed_run_is_settled_by_the_next(story: Story, site: dict[str, Page]) -> None:
    story.crawl(site, settle=False)
    assert story.told() == []
    with story.open() as archive:
        assert archive.status([story.portal])[0].interrupted == story.now
    summary = story.crawl(site, full=False, days=0.1)
    assert summary is not None and summary.baseline == 8
    with story.open() as archive:
        assert archive.status([story.portal])[0].interrupted is None
    assert len(story.told()) == 8
    assert story.visited == []


def test_lists_are_walked_to_the_end_again_after_a_run_that_broke(
    story: Story, site: dict[str, Page]
) -> None:
    def walked() -> bool:
        with story.open() as archive:
            archive.begin_run(story.portal, full=False)
            return archive.last_complete_walk("a", story.portal.lists[0].url) is not None

    story.crawl(site)
    assert walked()
    assert not walked()  # the run `walked` began was never settled
    story.crawl(site)
    assert walked()
    story.crawl(site)
    story.crawl(
        site, walk=ListWalk(complete=False, asked=1, failed=1, columns_failed=1, reason="500")
    )
    assert not walked()


def test_unlisted_or_failing_run_takes_nothing_down(story: Story, site: dict[str, Page]) -> None:
    story.crawl(site)
    start = story.cursor()
    del site["t3.html"]
    for _ in range(3):
        summary = story.crawl(
            site, walk=ListWalk(complete=False, asked=1, failed=1, columns_failed=1, reason="500")
        )
        assert summary is not None and summary.state is PortalState.FAILING
    assert story.told(start) == []


def test_clock_set_back_keeps_the_order_of_events(story: Story, site: dict[str, Page]) -> None:
    story.crawl(site)
    first = site["t1.html"]
    assert isinstance(first, ReplyLetter)
    site["t1.html"] = replace(first, body=first.body.replace("7处", "9处"))
    story.crawl(site, days=-3)
    cursors = [event.cursor for event in story.events()]
    assert cursors == sorted(cursors) and story.told()[-1] == ("changed", "t1.html")
