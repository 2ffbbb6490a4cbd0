"""Reports name the commands that show an event's versions and captures."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from schedules.config.telling import ReportSection
from schedules.delivery.contents import Contents, report_of
from schedules.delivery.numbering import in_archive
from schedules.delivery.periods import Period
from schedules.dossiers.captured import choose_capture
from schedules.reports.look_up import commands
from storage.archive import LetterArchive
from storage.records import Event, EventKind
from tests.archive_story import PORTAL, Story, a_letter


def told(archive: LetterArchive, event: Event) -> list[str]:
    return [command for command, _ in commands(event, in_archive(archive, event))]


def last(story: Story, kind: EventKind) -> Event:
    return [event for event in story.events() if event.kind is kind][-1]


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """A letter with a mobile twin and two edits, one that goes and comes back."""
    made = Story(tmp_path / "fuhan.db")
    one, two = a_letter(1), a_letter(2)
    site = {"t1.html": one, "m1.html": one, "t2.html": two, "t3.html": a_letter(3)}
    made.crawl(site)
    for body in (f"{one.body}\n一处。", f"{one.body}\n两处。"):
        made.crawl({**site, "t1.html": a_letter(1, body=body)})
    site["t1.html"] = a_letter(1, body=f"{one.body}\n两处。")
    for _ in range(3):
        made.crawl({path: page for path, page in site.items() if path != "t2.html"})
    made.crawl(site)
    return made


def test_versions_are_the_letters_though_events_count_a_copys(story: Story) -> None:
    edit = last(story, EventKind.CHANGED)
    with story.open() as archive:
        place = in_archive(archive, edit)
        ordered = sorted(archive.versions(edit.letter.id), key=lambda v: (v.observed_at, v.id))
        assert edit.version == 3 and place.after == 4
        assert place.before is not None and place.after is not None
        assert "一处" in ordered[place.before - 1].letter.body
        assert "两处" in ordered[place.after - 1].letter.body
        assert told(archive, edit) == [
            f"fuhan diff {edit.letter.id} 3 4",
            f"fuhan show {edit.letter.id} --version 3",
            f"fuhan show {edit.letter.id} --version 4",
        ]


def test_what_a_gone_address_answered_is_named_also_once_it_is_back(story: Story) -> None:
    gone = last(story, EventKind.WITHDRAWN)
    with story.open() as archive:
        place = in_archive(archive, gone)
        record = archive.letter(gone.letter.id)
        assert record and place.answer
        _, fact = choose_capture(archive, record, str(place.answer), None)
        assert (fact.version, fact.url) == (None, gone.url)
        assert timedelta() <= gone.observed_at - fact.fetched_at <= timedelta(days=1)
        assert told(archive, gone)[0] == f"fuhan show {gone.letter.id} --version 1"


def test_letter_that_moved_is_compared_across_its_addresses(story: Story) -> None:
    moved = {"t1.html": a_letter(1), "m1.html": a_letter(1), "t3.html": a_letter(3)}
    for _ in range(3):
        story.crawl({**moved, "t9.html": a_letter(2, body=f"{a_letter(2).body}\n三处。")})
    event = last(story, EventKind.MOVED)
    with story.open() as archive:
        assert told(archive, event)[0] == f"fuhan diff {event.letter.id} 1 2"


def test_event_without_a_version_names_the_letter(story: Story) -> None:
    event = replace(last(story, EventKind.CHANGED), version=None)
    with story.open() as archive:
        assert told(archive, event) == [f"fuhan show {event.letter.id}"]


def test_report_shows_commands_and_that_a_letter_came_back(story: Story) -> None:
    with story.open() as archive:
        section = ReportSection(name="daily")
        report = report_of(archive, section, archive.changes(), Period(), [PORTAL])
    contents = Contents(report, "en", "stem")
    gone, edit = last(story, EventKind.WITHDRAWN), last(story, EventKind.CHANGED)
    for form in (contents.form("text"), contents.form("md"), *contents.mail()):
        assert "it answered again at 2026-03-09 06:20: see Restored" in form
        assert f"fuhan diff {edit.letter.id} 3 4" in form
        assert f"fuhan show {gone.letter.id} --capture " in form
