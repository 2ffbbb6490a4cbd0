"""The outbox: messages and cursors in one transaction, ids that stay, and what a sink follows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from storage.archive import LetterArchive
from storage.outbox.records import Draft, TargetKey
from tests.archive_story import Story, a_letter
from tests.record_story import told_story

KEY = TargetKey("report", "daily", "file:reports/")
SINK = TargetKey("sink", "corpus", "file:letters.jsonl")


@pytest.fixture
def story(tmp_path: Path) -> Story:
    story = Story(tmp_path / "fuhan.db")
    story.crawl({"t1.html": a_letter(1), "t2.html": a_letter(2)})
    return story


@pytest.fixture
def archive(story: Story) -> Iterator[LetterArchive]:
    with story.open() as archive:
        yield archive


def test_new_target_begins_now_and_keeps_its_place(archive: LetterArchive) -> None:
    begun = archive.outbox.begin_target(KEY, None)
    assert begun.cursor == archive.last_cursor() == 2
    assert archive.outbox.begin_target(KEY, 0) == begun
    assert archive.outbox.begin_target(SINK, 0).cursor == 0


def test_messages_and_cursor_are_written_together_once(archive: LetterArchive) -> None:
    state = archive.outbox.begin_target(KEY, 0)
    drafts = [Draft("甲", "one"), Draft("乙", "two")]
    assert archive.outbox.put_in_outbox(state, drafts, 2)
    assert not archive.outbox.put_in_outbox(state, drafts, 2)  # another was quicker
    waiting = archive.outbox.waiting(state.id, 10)
    assert [item.content for item in waiting] == ["one", "two"]
    assert len({item.message_id for item in waiting}) == 2
    after = archive.outbox.target_state(KEY)
    assert after is not None and after.cursor == 2


def test_failed_message_waits_and_is_told_of(archive: LetterArchive) -> None:
    state = archive.outbox.begin_target(KEY, 0)
    archive.outbox.put_in_outbox(state, [Draft("t", "c")], 2)
    assert archive.outbox.undelivered() == []  # not tried yet: on its way
    (item,) = archive.outbox.waiting(state.id, 1)
    later = item.created_at + timedelta(minutes=5)
    archive.outbox.mark_failed(item, "HTTP 500", next_attempt=later, remaining=["b@x"])
    (told,) = archive.outbox.undelivered()
    assert (told.key, told.waiting, told.dead, told.error) == (KEY, 1, 0, "HTTP 500")
    (again,) = archive.outbox.waiting(state.id, 1)
    assert (again.message_id, again.attempts, again.remaining) == (item.message_id, 1, ("b@x",))
    archive.outbox.mark_failed(again, "HTTP 404", next_attempt=None)
    assert archive.outbox.waiting(state.id, 1) == []
    assert archive.outbox.undelivered()[0].dead == 1
    archive.outbox.mark_delivered(archive.outbox.waiting(state.id, 1, dead=True))
    assert archive.outbox.undelivered() == []


def test_message_that_was_emptied_is_never_sent_nor_told_of(archive: LetterArchive) -> None:
    state = archive.outbox.begin_target(SINK, 0)
    archive.outbox.put_in_outbox(state, [Draft("a", "1", upto=1), Draft("b", "2", upto=2)], 2)
    database = archive.outbox._database
    cursors = database.rows("SELECT after_cursor, upto_cursor FROM outbox ORDER BY id")
    assert [tuple(row) for row in cursors] == [(0, 1), (1, 2)]
    with database.writing():
        database.write("UPDATE outbox SET content = NULL, dead_at = created_at, attempts = 1")
    assert archive.outbox.waiting(state.id, 5, dead=True) == []
    assert archive.outbox.undelivered() == []


def test_what_was_delivered_long_ago_goes(story: Story, archive: LetterArchive) -> None:
    outbox = archive.outbox
    for number in range(205):
        state = outbox.begin_target(KEY, 0)
        outbox.put_in_outbox(state, [Draft(f"t{number}", "c")], 2)
        story.now += timedelta(seconds=1)
    first = outbox.begin_target(KEY, 0)
    outbox.mark_delivered(outbox.waiting(first.id, 204))
    story.now += timedelta(days=31)
    outbox.tidy_outbox()
    rows = list(outbox._database.rows("SELECT title, content FROM outbox ORDER BY id"))
    assert len(rows) == 201  # 200 delivered, and the one that waits
    assert [row["content"] for row in rows] == [None] * 200 + ["c"]


def test_sinks_message_is_named_by_its_event_alone(tmp_path: Path, story: Story) -> None:
    ids = []
    for _ in range(2):  # as after a backup was restored
        with story.open() as archive:
            state = archive.outbox.begin_target(SINK, 0)
            archive.outbox.put_in_outbox(state, [Draft("t", "c", upto=1)], 1)
            ids.append(archive.outbox.waiting(state.id, 1)[0].message_id)
            database = archive.outbox._database
            with database.writing():
                database.write("DELETE FROM outbox")
                database.write("DELETE FROM outbox_targets")
    assert ids[0] == ids[1]


def test_sink_is_told_every_event_in_order_and_what_only_exports_are_told(tmp_path: Path) -> None:
    story = told_story(tmp_path / "fuhan.db")
    with story.open() as archive:
        cursors, lines, after = [], [], 0
        while True:
            news, upto = archive.letter_news(after, 3)
            if upto == after:
                break
            cursors += [item.cursor for item in news]
            lines += news
            after = upto
        assert cursors == list(range(1, archive.last_cursor() + 1))
        events = [item.event for item in lines if item.event]
        assert events == list(archive.changes())
    reasons = [item.line["reason"] for item in lines]
    assert {"new", "changed", "withdrawn", "restored", "copy-found", "reread", "joined"} == set(
        reasons
    )
    tombstone = next(item.line for item in lines if item.line["joined_into"])
    assert (tombstone["id"], tombstone["joined_into"], tombstone["deleted"]) == (8, 7, True)
    assert "联系电话" not in "".join(str(item.line) for item in lines)
