"""A version that a replay puts before a known one: what became of it is told, once, as history."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from pipelines.compare import compare_letters
from storage.archive import LetterArchive
from storage.records import Event, EventKind, Significance
from tests.archive_story import PORTAL, Page, Story, a_letter
from tests.test_storage_replaying import (
    OLD,
    URL,
    days,
    faults,
    give,
    others,
    replayed,
    take,
    wording,
)

Told = tuple[str, str, datetime]


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "a.db")


def mark(text: object) -> str:
    """The word of its own that a text of letter 1 has."""
    return str(text).split("按期")[1][0]


def told(events: Iterable[Event]) -> list[Told]:
    """From which word to which, and when, of each change of the letter's body."""
    return [
        (mark(field.before), mark(field.after), event.observed_at)
        for event in events
        if event.kind is EventKind.CHANGED
        for field in event.fields
        if field.field == "body"
    ]


def pairs(story: Story) -> list[tuple[str, str]]:
    """The words of each two versions that followed one another."""
    with LetterArchive.open_to_read(story.path) as archive:
        rows = archive._database.rows(
            """SELECT body FROM versions JOIN readings ON version_id = versions.id
               WHERE versions.status = 'published' ORDER BY place, number"""
        )
        marks = [mark(row["body"]) for row in rows]
    return list(pairwise(marks))


def told_by_versions(story: Story) -> Counter[tuple[int, int]]:
    """How often it was told, of each two versions, that one became the other."""
    with LetterArchive.open_to_read(story.path) as archive:
        return Counter(
            (row["earlier"], row["later"])
            for row in archive._database.rows(
                """SELECT readings.version_id AS earlier, events.version_id AS later
                   FROM events JOIN readings ON readings.id = reading_before
                   WHERE cursor IS NOT NULL"""
            )
        )


def successors(story: Story) -> list[tuple[int, int]]:
    with LetterArchive.open_to_read(story.path) as archive:
        rows = archive._database.rows("SELECT id FROM versions ORDER BY place, number")
        ids = [row["id"] for row in rows]
    return list(pairwise(ids))


def head(story: Story) -> tuple[int, str]:
    with LetterArchive.open_to_read(story.path) as archive:
        return archive.journal_head()


def test_edit_before_the_watch_began_is_told_when_the_watch_first_saw_it(story: Story) -> None:
    now, was = a_letter(1), a_letter(1)
    was = replace(was, body=was.body.replace("建成7处", "建成920处"))
    story.crawl({"t1.html": now})
    news, began = story.events(), story.now
    take(story, [(OLD, was)])
    (change,) = replayed(story)
    assert (change.kind, change.observed_at, change.version) == (EventKind.CHANGED, began, 1)
    assert change.significance is Significance.SUBSTANCE
    assert [(figure.before, figure.after) for figure in change.figures] == [("920处", "7处")]
    assert [piece for piece in change.diff if piece[0] != "="] == [("-", "920"), ("+", "7")]
    assert [(f.before, f.after) for f in change.fields] == [(was.body, now.body)]
    assert story.events() == news
    assert [event.kind for event in news] == [EventKind.NEW], "an address has one beginning"
    assert faults(story) == []


def test_capture_between_two_watched_versions_is_told_on_both_its_sides(story: Story) -> None:
    story.crawl({"t1.html": wording("甲")})
    story.crawl({"t1.html": wording("丙")}, days=9)
    news, between = story.events(), story.now - timedelta(days=4)
    take(story, [(between, wording("乙"))])
    assert told(replayed(story)) == [("甲", "乙", between), ("乙", "丙", story.now)]
    assert story.events() == news
    assert told(news) == [("甲", "丙", story.now)]
    assert faults(story) == []


def test_several_captures_in_between_follow_one_another(story: Story) -> None:
    story.crawl({"t1.html": wording("甲")})
    story.crawl({"t1.html": wording("丁")}, days=9)
    first, second = story.now - timedelta(days=6), story.now - timedelta(days=3)
    take(story, [(OLD, wording("壬")), (first, wording("乙")), (second, wording("丙"))])
    assert [(was, became) for was, became, _ in sorted(told(replayed(story)), key=_when)] == [
        *(("壬", "甲"), ("甲", "乙"), ("乙", "丙"), ("丙", "丁"))
    ]
    assert faults(story) == []


def _when(change: Told) -> datetime:
    return change[2]


def test_known_version_that_was_seen_earlier_elsewhere_is_told_from_then_on(story: Story) -> None:
    story.crawl({"t1.html": wording("乙")})
    first, second = days(0, 30)
    take(story, [(first, wording("甲")), (second, wording("乙"))])
    assert told(replayed(story)) == [("甲", "乙", second)]
    assert faults(story) == []


def test_history_of_the_past_is_no_change_of_state_for_exports(story: Story) -> None:
    story.crawl({"t1.html": wording("乙")})
    cursor = story.cursor()
    take(story, [(OLD, wording("甲"))])
    with LetterArchive.open_to_read(story.path) as archive:
        assert list(archive.export(after=cursor)) == []
        assert list(archive.events_between(None, None)) == story.events()


def test_letter_that_was_edited_and_gone_before_the_watch_began(story: Story) -> None:
    story.crawl({"t1.html": wording("乙"), **others()})
    gone: list[tuple[datetime, Page]] = [(at, "404") for at in days(5, 7)]
    take(story, [(OLD, wording("甲")), *gone])
    assert [event.kind for event in replayed(story)] == [
        *(EventKind.WITHDRAWN, EventKind.CHANGED, EventKind.RESTORED)
    ]
    assert faults(story) == []


@pytest.mark.parametrize("seed", range(16))
def test_whatever_comes_in_whatever_order_each_step_is_told_once(story: Story, seed: int) -> None:
    """Watched now and then, replayed in parts that overlap, killed and run again."""
    chance = random.Random(seed)
    marks = [chance.choice("甲乙丙") for _ in range(chance.randint(4, 12))]
    captures: list[tuple[datetime, Page]] = []
    watched = {chance.randrange(len(marks)) for _ in range(3)}
    for number, letter in enumerate(marks):
        if number in watched:
            story.crawl({"t1.html": wording(letter)}, days=2)
        else:
            story.now += timedelta(days=2)
            captures.append((story.now, wording(letter)))
    news = story.events()
    for _ in range(chance.randint(1, 4)):
        part = sorted(chance.sample(captures, chance.randint(0, len(captures))), key=_at)
        take(story, part, settle=chance.random() < 0.7)
    take(story, captures)
    steps, told_once = successors(story), told_by_versions(story)
    assert [told_once[step] for step in steps] == [1] * len(steps)
    assert max(told_once.values(), default=1) == 1
    assert all(was != became for was, became in pairs(story))
    assert story.events() == news
    assert faults(story) == []
    before = head(story)
    take(story, captures)
    assert head(story) == before


def _at(capture: tuple[datetime, Page]) -> datetime:
    return capture[0]


def test_killed_replay_leaves_the_step_to_the_next_of_any_file(story: Story) -> None:
    story.crawl({"t1.html": wording("乙")})
    take(story, [(OLD, wording("甲"))], settle=False)
    assert replayed(story) == []
    assert faults(story) == []
    story.crawl({"t1.html": wording("乙")})
    take(story, [])
    assert [(was, became) for was, became, _ in told(replayed(story))] == [("甲", "乙")]
    assert faults(story) == []


def test_older_file_after_a_newer_one_tells_no_second_beginning(story: Story) -> None:
    take(story, [(days(9)[0], wording("乙"))])
    take(story, [(OLD, wording("甲"))])
    assert [event.kind for event in replayed(story)] == [EventKind.NEW, EventKind.CHANGED]
    with LetterArchive.open_to_read(story.path) as archive:
        assert [record.first_seen for record in archive.letters()] == [OLD]
    assert faults(story) == []


def test_versions_that_read_alike_to_the_reader_of_today_are_no_change(story: Story) -> None:
    story.crawl({"t1.html": wording("乙")})
    with story.open() as archive, archive.replaying():
        replay = archive.replay(PORTAL, "old.warc.gz")
        give(story, archive, replay, [(URL, OLD, wording("甲"))])
        replay.end(compare_letters, story.confirmation, read=lambda _: wording("乙"))
    assert replayed(story) == []
    assert faults(story) == []
