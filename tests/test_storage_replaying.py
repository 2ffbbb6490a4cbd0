"""Captures from elsewhere: whatever order they come in, they tell one history and no news."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.compare import compare_letters
from storage.archive import LetterArchive
from storage.policies import Confirmation
from storage.records import Capture, Event, EventKind, ListedLink, Outcome, ReplyLetter
from storage.replay.replaying import Replay
from storage.replay.timeline import Neighbours
from tests.archive_story import PORTAL, Page, Story, a_letter

URL = "http://a.example/jyta/t1.html"
OLD = datetime(2019, 5, 1, 3, 0, tzinfo=UTC)
LATER = datetime(2026, 9, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "a.db")


def wording(mark: str) -> ReplyLetter:
    """Letter 1 with one word of its own."""
    letter = a_letter(1)
    return replace(letter, body=letter.body.replace("按期推进", f"按期{mark}"))


def take(
    story: Story,
    seen: Iterable[tuple[datetime, Page]],
    url: str = URL,
    *,
    settle: bool = True,
    vouched: bool = False,
) -> None:
    """Replays one address's captures in the order given, each by the rules of a replay."""
    take_all(story, [(url, at, page) for at, page in seen], settle=settle, vouched=vouched)


def take_all(
    story: Story,
    seen: Iterable[tuple[str, datetime, Page]],
    *,
    settle: bool = True,
    vouched: bool = False,
) -> Counter[EventKind]:
    """Replays captures of several addresses; gives what was told, nothing without an end."""
    with story.open() as archive:
        replay = archive.replay(PORTAL, "old.warc.gz")
        with archive.replaying():
            give(story, archive, replay, seen, vouched=vouched)
            return replay.end(compare_letters, story.confirmation) if settle else Counter()


def give(
    story: Story,
    archive: LetterArchive,
    replay: Replay,
    seen: Iterable[tuple[str, datetime, Page]],
    *,
    vouched: bool = False,
) -> None:
    """Gives captures to a replay that goes on."""
    with archive.replaying_some():
        for url, at, page in seen:
            with archive.replaying_one():
                _take_one(story, replay, url, at, page, vouched)


def _take_one(
    story: Story, replay: Replay, url: str, at: datetime, page: Page, vouched: bool
) -> None:
    capture = Capture(url, 200, (), story.body_of(page), at)
    copy_id = replay.copy_at(url)
    if copy_id is not None and replay.is_recorded(copy_id, at):
        return
    if not isinstance(page, ReplyLetter):
        if copy_id is not None:
            replay.save_refusal(copy_id, capture, Outcome.GONE, "404", "r", vouched=vouched)
        return
    between = Neighbours(None, None) if copy_id is None else replay.neighbours(copy_id, at)
    for near in (between.before, between.after):
        if near and copy_id and replay.version_text(near.version_id).letter == page:
            replay.save_sighting(copy_id, at, near, None)
            return
    replay.save_version(copy_id, capture, page, "r1", between, {}, compare_letters, "r")


def timeline(story: Story, letter_id: int = 1) -> list[tuple[datetime, str]]:
    """When each version stood there first, and its wording; by the archive's own order."""
    with LetterArchive.open_to_read(story.path) as archive:
        rows = archive._database.rows(
            """SELECT place, body FROM versions JOIN copies ON copies.id = copy_id
               JOIN readings ON version_id = versions.id
               WHERE letter_id = ? AND versions.status = 'published'
               ORDER BY place, number, readings.id""",
            (letter_id,),
        )
        return [(datetime.fromisoformat(row["place"]), row["body"]) for row in rows]


def faults(story: Story) -> list[object]:
    with LetterArchive.open_to_read(story.path) as archive:
        return list(archive.verify().faults)


def replayed(story: Story) -> list[Event]:
    with LetterArchive.open_to_read(story.path) as archive:
        return [event for event in archive.changes(replayed=True) if event.replayed]


def days(*numbers: float) -> list[datetime]:
    return [OLD + timedelta(days=number) for number in numbers]


# --- versions --------------------------------------------------------------------------------


def test_letter_known_from_elsewhere_alone_is_there_and_no_news(story: Story) -> None:
    take(story, [(OLD, wording("甲")), (OLD + timedelta(days=3), wording("乙"))])
    with LetterArchive.open_to_read(story.path) as archive:
        record = next(archive.letters())
        assert "按期乙" in record.letter.body
        assert (record.first_seen, record.last_seen) == (OLD, OLD + timedelta(days=3))
        assert record.versions == 2
        assert list(archive.changes()) == []
        assert list(archive.events_between(None, None)) == []
    assert [event.kind for event in replayed(story)] == [EventKind.NEW, EventKind.CHANGED]
    assert faults(story) == []


def test_capture_between_two_known_versions_takes_no_number_of_theirs(story: Story) -> None:
    story.crawl({"t1.html": wording("甲")})
    story.crawl({"t1.html": wording("丙")}, days=9)
    before = story.events()
    take(story, [(story.now - timedelta(days=4), wording("乙"))])
    assert story.events() == before
    with LetterArchive.open_to_read(story.path) as archive:
        versions = archive.versions(1)
        assert [v.number for v in versions] == [1, 3, 2]
        record = archive.letter(1)
        assert record is not None
        assert "按期丙" in record.letter.body
    change = replayed(story)[0]
    assert change.kind is EventKind.CHANGED
    assert [piece for piece in change.diff if piece[0] != "="][:2] == [("-", "甲"), ("+", "乙")]
    assert faults(story) == []


def test_capture_before_all_that_is_known_is_the_beginning(story: Story) -> None:
    story.crawl({"t1.html": wording("乙")})
    take(story, [(OLD, wording("甲"))])
    with LetterArchive.open_to_read(story.path) as archive:
        record = archive.letter(1)
        assert record is not None
        assert record.first_seen == OLD
        assert "按期乙" in record.letter.body
    assert [event.kind for event in story.events()] == [EventKind.NEW], "told once"
    assert [event.kind for event in replayed(story)] == [EventKind.CHANGED]
    assert faults(story) == []


def test_capture_newer_than_the_last_crawl_is_how_the_letter_stands(story: Story) -> None:
    story.crawl({"t1.html": wording("甲")})
    take(story, [(LATER, wording("乙"))])
    with LetterArchive.open_to_read(story.path) as archive:
        record = archive.letter(1)
        assert record is not None
        assert "按期乙" in record.letter.body
        told = {line["reason"] for line in archive.export(after=1)}
    assert told == {"changed"}
    assert faults(story) == []


def test_past_of_a_letter_is_no_change_of_state_for_exports(story: Story) -> None:
    story.crawl({"t1.html": wording("乙")})
    cursor = story.cursor()
    take(story, [(OLD, wording("甲"))])
    with LetterArchive.open_to_read(story.path) as archive:
        assert list(archive.export(after=cursor)) == []


def test_other_text_between_two_visits_that_found_the_same_makes_it_stand_there_twice(
    story: Story,
) -> None:
    site: dict[str, Page] = {"t1.html": wording("甲")}
    story.crawl(site)
    began = story.now
    story.crawl(site, days=30)
    take(story, [(began + timedelta(days=10), wording("乙"))])
    shown = [body.split("按期")[1][0] for _, body in timeline(story)]
    assert shown == ["甲", "乙", "甲"]
    with LetterArchive.open_to_read(story.path) as archive:
        record = archive.letter(1)
        assert record is not None
        assert "按期甲" in record.letter.body
    assert [event.kind for event in replayed(story)] == [EventKind.CHANGED] * 2
    assert faults(story) == []


@pytest.mark.parametrize("seed", range(12))
def test_any_order_in_any_number_of_files_gives_the_same_succession(
    story: Story, seed: int
) -> None:
    chance = random.Random(seed)
    marks = [chance.choice("甲乙丙") for _ in range(chance.randint(2, 9))]
    captures: list[tuple[datetime, Page]] = [
        (OLD + timedelta(days=n), wording(mark)) for n, mark in enumerate(marks)
    ]
    expected = [mark for n, mark in enumerate(marks) if n == 0 or marks[n - 1] != mark]
    chance.shuffle(captures)
    cut = chance.randint(0, len(captures))
    for part in (captures[:cut], captures[cut:], captures):
        if part:
            take(story, part)
    assert [body.split("按期")[1][0] for _, body in timeline(story)] == expected
    with LetterArchive.open_to_read(story.path) as archive:
        record = archive.letter(1)
        assert record is not None
        assert f"按期{marks[-1]}" in record.letter.body
        assert record.first_seen == OLD
        assert record.last_seen == OLD + timedelta(days=len(marks) - 1)
    assert faults(story) == []


def test_the_same_captures_twice_add_nothing(story: Story) -> None:
    story.crawl({"t1.html": wording("丁")})
    seen: list[tuple[datetime, Page]] = [
        (OLD, wording("甲")),
        (OLD + timedelta(days=1), wording("甲")),
        (OLD + timedelta(days=2), Outcome.GONE),
        (OLD + timedelta(days=4), Outcome.GONE),
        (OLD + timedelta(days=5), wording("乙")),
    ]
    take(story, seen)
    with LetterArchive.open_to_read(story.path) as archive:
        head = archive.journal_head()
    take(story, seen)
    with LetterArchive.open_to_read(story.path) as archive:
        assert archive.journal_head() == head
    assert faults(story) == []


def test_killed_replay_is_finished_by_the_next(story: Story) -> None:
    seen: list[tuple[datetime, Page]] = [
        (OLD, wording("甲")),
        (OLD + timedelta(days=2), Outcome.GONE),
        (OLD + timedelta(days=4), Outcome.GONE),
    ]
    take(story, seen, settle=False)
    assert [event.kind for event in replayed(story)] == [EventKind.NEW]
    take(story, seen)
    assert [event.kind for event in replayed(story)] == [EventKind.NEW, EventKind.WITHDRAWN]
    assert faults(story) == []


def test_letter_at_another_address_is_a_copy(story: Story) -> None:
    story.crawl({"t1.html": wording("甲")})
    take(story, [(OLD, wording("甲"))], url="http://a.example/old/9.html")
    assert [event.kind for event in replayed(story)] == [EventKind.COPY_FOUND]
    with LetterArchive.open_to_read(story.path) as archive:
        assert len(list(archive.letters())) == 1
    assert faults(story) == []


# --- presence --------------------------------------------------------------------------------


def test_gone_often_and_long_enough_was_withdrawn_and_restored(story: Story) -> None:
    first, gone, again, back = days(0, 5, 7, 9)
    take(
        story,
        [(first, wording("甲")), (gone, "404"), (again, "404"), (back, wording("甲"))],
    )
    told = replayed(story)
    assert [(event.kind, event.observed_at) for event in told[1:]] == [
        (EventKind.WITHDRAWN, again),
        (EventKind.RESTORED, back),
    ]
    assert told[1].scope == "letter"
    assert told[1].reason == "404 on 2019-05-06 and 2019-05-08; last seen on 2019-05-01"
    with LetterArchive.open_to_read(story.path) as archive:
        assert [record.status for record in archive.letters()] == ["present"]
    assert faults(story) == []


def test_what_was_withdrawn_is_the_version_that_stood_there_then(story: Story) -> None:
    gone: list[tuple[datetime, Page]] = [(at, "404") for at in days(5, 7)]
    take(story, [(OLD, wording("甲")), *gone, (days(9)[0], wording("乙"))])
    versions = {event.kind: event.version for event in replayed(story)}
    assert versions[EventKind.WITHDRAWN] == 1
    assert versions[EventKind.CHANGED] == versions[EventKind.RESTORED] == 2
    assert faults(story) == []


@pytest.mark.parametrize("gone", [(5,), (5, 5.5), (5, 5.3, 5.6)])
def test_gone_once_or_within_hours_is_nothing(story: Story, gone: Sequence[float]) -> None:
    seen: list[tuple[datetime, Page]] = [(OLD, wording("甲"))]
    take(story, [*seen, *((at, "404") for at in days(*gone))])
    assert [event.kind for event in replayed(story)] == [EventKind.NEW]


def test_absence_that_lasts_leaves_the_letter_withdrawn(story: Story) -> None:
    take(story, [(OLD, wording("甲")), *((at, "404") for at in days(5, 7))])
    with LetterArchive.open_to_read(story.path) as archive:
        assert [record.status for record in archive.letters()] == ["withdrawn"]
    take(story, [(days(20)[0], wording("甲"))])
    with LetterArchive.open_to_read(story.path) as archive:
        assert [record.status for record in archive.letters()] == ["present"]
    assert [e.kind for e in replayed(story)][1:] == [EventKind.WITHDRAWN, EventKind.RESTORED]
    assert faults(story) == []


def test_what_others_did_not_get_while_a_crawl_watched_is_nothing(story: Story) -> None:
    site: dict[str, Page] = {"t1.html": wording("甲")}
    story.crawl(site)
    began = story.now
    story.crawl(site, days=30)
    take(story, [(began + timedelta(days=day), "404") for day in (3, 6, 9)])
    assert replayed(story) == []
    assert faults(story) == []


def test_past_absence_leaves_a_withdrawn_letter_withdrawn(story: Story) -> None:
    story.crawl({"t1.html": wording("甲"), **others()})
    for _ in range(3):
        story.crawl({"t1.html": "404", **others()})
    before = story.told()
    assert ("withdrawn", "t1.html") in before
    take(story, [(OLD, wording("甲")), *((at, "404") for at in days(5, 7))])
    take(story, [(days(9)[0], wording("甲"))])
    assert story.told() == before
    with LetterArchive.open_to_read(story.path) as archive:
        record = archive.letter(1)
        assert record is not None
        assert record.status == "withdrawn"
    assert {EventKind.WITHDRAWN, EventKind.RESTORED} <= {e.kind for e in replayed(story)}
    assert faults(story) == []


def test_return_seen_after_the_last_crawl_restores(story: Story) -> None:
    story.crawl({"t1.html": wording("甲"), **others()})
    for _ in range(3):
        story.crawl({"t1.html": "404", **others()})
    take(story, [(LATER, wording("甲"))])
    with LetterArchive.open_to_read(story.path) as archive:
        record = archive.letter(1)
        assert record is not None
        assert record.status == "present"
    assert [event.kind for event in replayed(story)] == [EventKind.RESTORED]
    assert faults(story) == []


def test_day_on_which_most_is_gone_tells_of_the_one_who_captured(story: Story) -> None:
    urls = [f"http://a.example/jyta/t{n}.html" for n in range(1, 5)]
    for n, url in enumerate(urls, start=1):
        take(story, [(OLD, a_letter(n))], url, settle=False)
    for url in urls:
        take(story, [(at, "404") for at in days(5, 8)], url, settle=False)
    take(story, [])
    assert {event.kind for event in replayed(story)} == {EventKind.NEW}


def test_what_a_crawl_of_the_portal_saw_counts_however_many_they_are(story: Story) -> None:
    urls = [f"http://a.example/jyta/t{n}.html" for n in range(1, 5)]
    for n, url in enumerate(urls, start=1):
        seen: list[tuple[datetime, Page]] = [(at, "404") for at in days(5, 8)]
        take(story, [(OLD, a_letter(n)), *seen], url, settle=False, vouched=True)
    take(story, [])
    kinds = [event.kind for event in replayed(story)]
    assert kinds.count(EventKind.WITHDRAWN) == 4
    assert faults(story) == []


# --- what a replay leaves alone --------------------------------------------------------------


def test_replay_is_no_run_of_the_portal(story: Story) -> None:
    story.crawl({"t1.html": wording("甲")})
    with LetterArchive.open_to_read(story.path, clock=lambda: story.now) as archive:
        before = archive.status([PORTAL])
        walked = archive.last_complete_walk("a", PORTAL.lists[0].url)
        due = list(archive.planned_pages("a", full=False))
    take(story, [(OLD, a_letter(2))], url="http://a.example/jyta/t2.html")
    with LetterArchive.open_to_read(story.path, clock=lambda: story.now) as archive:
        after = archive.status([PORTAL])
        assert archive.last_complete_walk("a", PORTAL.lists[0].url) == walked
        assert list(archive.planned_pages("a", full=False)) == due
    assert [replace(entry, letters=1) for entry in after] == before


def test_unfinished_replay_does_not_look_like_an_unfinished_crawl(story: Story) -> None:
    story.crawl({"t1.html": wording("甲")})
    take(story, [(OLD, wording("乙"))], settle=False)
    with LetterArchive.open_to_read(story.path, clock=lambda: story.now) as archive:
        assert archive.status([PORTAL])[0].interrupted is None
        assert archive.last_complete_walk("a", PORTAL.lists[0].url) is not None


def test_letter_known_from_elsewhere_is_visited_once_a_list_shows_it(story: Story) -> None:
    take(story, [(OLD, wording("甲"))])
    take(story, [(OLD, a_letter(2))], url="http://a.example/jyta/t2.html")
    story.crawl({"t1.html": wording("甲")}, full=False)
    assert story.visited == ["t1.html"]
    assert story.events() == []
    story.crawl({"t1.html": wording("乙")}, full=False)
    assert [event.kind for event in story.events()] == [EventKind.CHANGED]
    assert faults(story) == []


def test_letters_of_old_addresses_do_not_trip_the_circuit_breaker(story: Story) -> None:
    for n in range(2, 9):
        take(story, [(OLD, a_letter(n))], url=f"http://a.example/jyta/t{n}.html")
    summary = story.crawl({"t1.html": wording("甲")})  # full: asks for all, seven are gone
    assert summary is not None
    assert (summary.state.value, summary.held) == ("ok", 0)


def test_list_that_shows_letters_known_from_elsewhere_is_walked_on(story: Story) -> None:
    take(story, [(OLD, wording("甲"))])
    with story.open() as archive:
        run = archive.begin_run(PORTAL, full=False)
        assert archive.save_listing(run, PORTAL.lists[0], [ListedLink(URL)]) == 1


def test_page_that_was_newest_elsewhere_is_not_taken_for_the_last_body_of_a_crawl(
    story: Story,
) -> None:
    site: dict[str, Page] = {"t1.html": wording("甲")}
    story.crawl(site)
    take(story, [(story.now + timedelta(hours=1), wording("乙"))])
    story.crawl(site)
    assert [event.kind for event in story.events()] == [EventKind.NEW, EventKind.CHANGED]
    assert faults(story) == []


def test_address_known_from_elsewhere_alone_is_not_the_principal_one(story: Story) -> None:
    old = "http://a.example/old/9.html"
    story.crawl({"t1.html": wording("乙")})
    with story.open() as archive, archive._database.writing():
        archive._database.write("UPDATE copies SET own_portal = 0")  # a republication
    take(story, [(OLD, wording("甲"))], url=old)
    with LetterArchive.open_to_read(story.path) as archive:
        (record,) = archive.letters()
        assert record.urls == (URL, old)
        assert "按期乙" in record.letter.body
    assert faults(story) == []


def test_crawl_that_finds_it_elsewhere_tells_that_it_moved(story: Story) -> None:
    take(story, [(OLD, wording("甲"))], url="http://a.example/old/9.html")
    story.crawl({"t1.html": wording("甲")}, full=False)
    assert [event.kind for event in story.events()] == [EventKind.MOVED]
    assert faults(story) == []


def test_clock_set_back_keeps_what_a_crawl_saw_last_as_the_letter_stands(story: Story) -> None:
    story.crawl({"t1.html": wording("甲")})
    story.crawl({"t1.html": wording("乙")}, days=-3)
    with LetterArchive.open_to_read(story.path) as archive:
        record = archive.letter(1)
        assert record is not None
        assert "按期乙" in record.letter.body


def test_confirmation_of_the_configuration_holds(tmp_path: Path) -> None:
    story = Story(tmp_path / "a.db", confirmation=Confirmation(visits=1, apart=timedelta()))
    take(story, [(OLD, wording("甲")), (days(5)[0], "404")])
    assert [e.kind for e in replayed(story)] == [EventKind.NEW, EventKind.WITHDRAWN]


def others() -> dict[str, Page]:
    return {f"t{n}.html": a_letter(n) for n in range(2, 9)}


# --- exports of one's own ---------------------------------------------------------------------


def test_instant_at_which_a_letter_was_restored_is_known(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    site: dict[str, Page] = {f"t{number}.html": a_letter(number) for number in range(1, 6)}
    story.crawl(site)
    for _ in range(2):
        story.crawl({**site, "t1.html": Outcome.GONE})
    story.crawl(site)
    story.crawl(site)
    (restored,) = (event for event in story.events() if event.kind == "restored")
    with LetterArchive.open(story.path, clock=lambda: story.now) as archive:
        replay = archive.replay(PORTAL, "own.warc.gz")
        copy_id = replay.copy_at(restored.url)
        assert copy_id is not None
        assert replay.is_recorded(copy_id, restored.observed_at)
        assert not replay.is_recorded(copy_id, restored.observed_at + timedelta(seconds=1))
