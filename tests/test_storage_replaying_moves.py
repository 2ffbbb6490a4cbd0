"""A letter at one more address: found there or moved there, told once at the end of a replay."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from pipelines.compare import compare_letters
from storage.archive import LetterArchive
from storage.records import EventKind, ListWalk
from tests.archive_story import PORTAL, Page, Story
from tests.test_storage_replaying import (
    OLD,
    URL,
    days,
    faults,
    give,
    others,
    replayed,
    take,
    take_all,
    wording,
)

NEW_URL = "http://a.example/jyta/new.html"
MOVE: list[tuple[str, datetime, Page]] = [
    (URL, OLD, wording("甲")),
    (NEW_URL, OLD + timedelta(days=5), wording("乙")),
    (URL, OLD + timedelta(days=6), "404"),
    (NEW_URL, OLD + timedelta(days=8), wording("丙")),
]
MOVED = [("new", "t1.html"), ("moved", "new.html"), ("changed", "new.html")]


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "a.db")


def told_of_the_past(story: Story) -> list[tuple[str, str]]:
    """(kind, last part of the address) of each replayed event, as they were told."""
    return [(event.kind.value, event.url.rsplit("/", 1)[1]) for event in replayed(story)]


def exported(story: Story, after: int) -> list[tuple[str, list[str]]]:
    with LetterArchive.open_to_read(story.path) as archive:
        return [(line["reason"], line["urls"]) for line in archive.export(after=after)]


def test_letter_gone_here_and_found_there_moved(story: Story) -> None:
    take(story, [(OLD, wording("甲")), (days(6)[0], "404")], settle=False)
    cursor = replayed(story)[-1].cursor
    take(story, [(days(5)[0], wording("乙"))], url=NEW_URL)
    new, moved = replayed(story)
    assert (new.kind, new.url) == (EventKind.NEW, URL)
    assert (moved.kind, moved.from_url, moved.url) == (EventKind.MOVED, URL, NEW_URL)
    assert moved.observed_at == days(6)[0]
    assert moved.version == 1
    assert [change.field for change in moved.fields] == ["body"]
    assert [piece for piece in moved.diff if piece[0] != "="][:2] == [("-", "甲"), ("+", "乙")]
    with LetterArchive.open_to_read(story.path) as archive:
        assert [(record.urls, record.status) for record in archive.letters()] == [
            ((moved.url,), "present")
        ]
    assert exported(story, cursor) == [("changed", [NEW_URL])]
    take(story, [])
    assert replayed(story) == [new, moved]
    assert exported(story, moved.cursor) == []
    assert faults(story) == []


@pytest.mark.parametrize("order", list(permutations(range(1, len(MOVE)))))
def test_move_is_told_once_in_whatever_order_its_captures_come(
    story: Story, order: tuple[int, ...]
) -> None:
    told = take_all(story, [MOVE[0], *(MOVE[n] for n in order)])
    assert told_of_the_past(story) == MOVED
    assert told == {EventKind.NEW: 1, EventKind.MOVED: 1, EventKind.CHANGED: 1}
    _, moved, changed = replayed(story)
    assert [piece for piece in moved.diff if piece[0] != "="][:2] == [("-", "甲"), ("+", "乙")]
    assert [piece for piece in changed.diff if piece[0] != "="][:2] == [("-", "乙"), ("+", "丙")]
    assert faults(story) == []


def test_move_stands_before_what_changed_at_the_new_address_ere_the_old_one_was_asked(
    story: Story,
) -> None:
    take_all(story, [*MOVE[:2], MOVE[3], (URL, days(30)[0], "404")])
    assert told_of_the_past(story) == MOVED
    moved = replayed(story)[1]
    assert (moved.observed_at, moved.version) == (days(30)[0], 1)
    assert faults(story) == []


@pytest.mark.parametrize("cut", range(1, len(MOVE)))
def test_replay_killed_before_its_end_tells_the_move_once_when_run_again(
    story: Story, cut: int
) -> None:
    take_all(story, MOVE[:cut], settle=False)
    assert told_of_the_past(story) == [("new", "t1.html")]
    with LetterArchive.open_to_read(story.path) as archive:
        assert [record.urls for record in archive.letters()] == [(URL,)]
    assert faults(story) == []
    take_all(story, MOVE)
    assert told_of_the_past(story) == MOVED
    with LetterArchive.open_to_read(story.path) as archive:
        head = archive.journal_head()
    assert take_all(story, MOVE) == {}
    with LetterArchive.open_to_read(story.path) as archive:
        assert archive.journal_head() == head
    assert faults(story) == []


def test_what_a_killed_replay_found_is_told_by_the_next_of_any_file(story: Story) -> None:
    take_all(story, MOVE, settle=False)
    told = take_all(story, [])
    assert told_of_the_past(story) == MOVED
    assert told == {EventKind.MOVED: 1, EventKind.CHANGED: 1}
    assert faults(story) == []


def test_address_found_in_one_replay_and_left_in_the_next_is_told_twice(story: Story) -> None:
    take_all(story, MOVE[:2])
    assert told_of_the_past(story) == [("new", "t1.html"), ("copy-found", "new.html")]
    take_all(story, MOVE[2:])
    assert [kind for kind, _ in told_of_the_past(story)] == [
        *("new", "copy-found", "changed", "moved")  # what was told stays told
    ]
    assert faults(story) == []


def test_one_more_address_is_told_as_found_before_it_is_withdrawn(story: Story) -> None:
    twin = "http://a.example/jyta_wap/t1.html"
    take_all(
        story,
        [
            (URL, OLD, wording("甲")),
            (twin, days(5)[0], wording("甲")),
            (twin, days(6)[0], wording("乙")),
            (twin, days(8)[0], "404"),
            (twin, days(10)[0], "404"),
            (URL, days(20)[0], wording("甲")),
        ],
    )
    assert [(e.kind.value, e.observed_at, e.scope) for e in replayed(story) if e.url == twin] == [
        ("copy-found", days(5)[0], None),
        ("changed", days(6)[0], None),
        ("withdrawn", days(10)[0], "copy"),
    ]
    assert faults(story) == []


def test_version_that_waits_is_known_to_captures_that_follow(story: Story) -> None:
    twin = "http://a.example/jyta_wap/t1.html"
    marks = "甲甲乙甲甲"
    seen: list[tuple[str, datetime, Page]] = [
        (twin, OLD + timedelta(days=n + 1), wording(mark)) for n, mark in enumerate(marks)
    ]
    for order in ([0, 1, 2, 3, 4], [4, 0, 2, 1, 3]):
        other = Story(story.path.with_name(f"{order[0]}.db"))
        take_all(other, [(URL, OLD, wording("甲")), *(seen[n] for n in order)])
        assert [kind for kind, path in told_of_the_past(other)] == [
            *("new", "copy-found", "changed", "changed")
        ]
        assert faults(other) == []


def test_crawl_tells_what_a_killed_replay_left_as_history_and_not_as_its_own(
    story: Story,
) -> None:
    take_all(story, MOVE[:2], settle=False)
    summary = story.crawl({"new.html": wording("乙"), "t1.html": wording("甲"), **others()})
    assert summary is not None
    assert summary.events == {EventKind.NEW: 7}
    assert (summary.baseline, summary.held) == (7, 0)
    assert {kind for kind, _ in story.told()} == {"new"}
    assert told_of_the_past(story) == [("new", "t1.html"), ("copy-found", "new.html")]
    with LetterArchive.open_to_read(story.path) as archive:
        assert archive.find_letters(NEW_URL)
    assert faults(story) == []


@pytest.mark.parametrize("held", [False, True])
def test_crawl_that_ends_beside_a_replay_leaves_alone_what_waits(story: Story, held: bool) -> None:
    story.crawl(others())
    with story.open() as archive, archive.replaying():
        run = archive.begin_run(replace(PORTAL, min_letters=99 if held else 0), full=True)
        replay = archive.replay(PORTAL, "old.warc.gz")
        give(story, archive, replay, MOVE)
        walk = ListWalk(complete=held)
        summary = archive.settle(run, walk, compare_letters, story.confirmation)
        assert (summary.state.value, summary.events) == ("suspect" if held else "ok", {})
        assert archive.reject_held(PORTAL.name) == 0
        told = replay.end(compare_letters, story.confirmation)
    assert told == {EventKind.NEW: 1, EventKind.MOVED: 1, EventKind.CHANGED: 1}
    assert told_of_the_past(story) == MOVED
    assert faults(story) == []
