"""Upkeep drops old runs that brought nothing, and never anything of the record."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from storage import schema
from storage.archive import LetterArchive
from storage.errors import ArchiveDamaged, ArchiveLocked
from storage.lock import crawl_lock
from storage.records import Outcome
from storage.search.records import Search
from storage.upkeep.upkeep import KEEP_RUNS, upkeep
from tests.archive_story import Page, Story, a_letter

KEPT = ("letters", "copies", "versions", "readings", "captures", "events", "journal", "decisions")


class Unanswered(Story):
    """Where a visit fails, no body came that could be kept."""

    def body_of(self, found: Page) -> bytes:
        return b"" if isinstance(found, Outcome) else super().body_of(found)


@pytest.fixture
def story(tmp_path: Path) -> Story:
    """Two weeks: letters come, one changes, one fails every day; then a year and a half goes by."""
    story = Unanswered(tmp_path / "fuhan.db")
    site: dict[str, Page] = {f"t{number}.html": a_letter(number) for number in range(1, 5)}
    story.crawl(site)
    site["t4.html"] = Outcome.FAILED
    for day in range(12):
        if day == 6:
            first = a_letter(1)
            site["t1.html"] = replace(first, body=first.body.replace("7处", "9处"))
        story.crawl(site)
    story.crawl(site, days=(KEEP_RUNS + timedelta(days=60)) / timedelta(days=1))
    return story


def rows(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def record(path: Path) -> Iterator[tuple[str, list[tuple[Any, ...]]]]:
    for table in KEPT:
        yield table, rows(path, f"SELECT * FROM {table}")


def test_old_runs_that_brought_nothing_go_and_the_record_stays(story: Story) -> None:
    before = dict(record(story.path))
    runs = rows(story.path, "SELECT count(*) FROM runs")[0][0]
    report = upkeep(story.path, story.now)
    assert report.runs_removed > 5
    assert report.visits_removed > 5
    assert rows(story.path, "SELECT count(*) FROM runs")[0][0] == runs - report.runs_removed
    assert dict(record(story.path)) == before
    with LetterArchive.open_to_read(story.path) as archive:
        assert archive.verify().faults == []


def test_runs_that_are_named_stay(story: Story) -> None:
    upkeep(story.path, story.now)
    named = {row[0] for row in rows(story.path, "SELECT run_id FROM versions")}
    named |= {row[0] for row in rows(story.path, "SELECT listed_run FROM copies")}
    kept = {row[0] for row in rows(story.path, "SELECT id FROM runs")}
    assert named <= kept
    assert max(kept) == 14, "a number is never given to two runs"
    assert rows(story.path, "PRAGMA foreign_key_check") == []


def test_what_is_young_stays(story: Story) -> None:
    early = story.now - timedelta(days=60)
    assert upkeep(story.path, early - KEEP_RUNS).runs_removed == 0
    assert upkeep(story.path, early - KEEP_RUNS).visits_removed == 0


def test_doing_it_again_does_nothing(story: Story) -> None:
    upkeep(story.path, story.now)
    again = upkeep(story.path, story.now)
    assert (again.runs_removed, again.visits_removed) == (0, 0)
    assert again.size_after <= again.size_before


def test_status_and_the_next_crawl_are_as_they_were(story: Story) -> None:
    with LetterArchive.open_to_read(story.path) as archive:
        before = archive.status([story.portal])
    upkeep(story.path, story.now)
    with LetterArchive.open_to_read(story.path) as archive:
        assert archive.status([story.portal]) == before
    cursor = story.cursor()
    story.crawl({f"t{number}.html": a_letter(number) for number in range(1, 5)})
    assert story.told(cursor) == [("changed", "t1.html")]


def test_free_pages_are_given_back_without_writing_the_file_anew(story: Story) -> None:
    with closing(sqlite3.connect(story.path)) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        connection.execute("CREATE TABLE big AS SELECT zeroblob(2000000) AS b")
        connection.execute("DROP TABLE big")
        connection.commit()
    report = upkeep(story.path, story.now)
    assert report.size_after < report.size_before - 1_500_000
    assert report.wal_emptied


def test_archive_that_is_closed_gives_much_free_room_back(story: Story) -> None:
    for size, given_back in ((500_000, False), (3_000_000, True)):
        with story.open() as archive:
            database = archive._database
            with database.writing():
                database.write(f"CREATE TABLE big AS SELECT zeroblob({size}) AS b")
                database.write("DROP TABLE big")
        assert (rows(story.path, "PRAGMA freelist_count")[0][0] < 100) == given_back
    with LetterArchive.open_to_read(story.path) as archive:
        assert archive.verify().faults == []


def test_new_archives_can_give_pages_back(story: Story) -> None:
    assert rows(story.path, "PRAGMA auto_vacuum") == [(2,)]
    assert rows(story.path, "PRAGMA application_id") == [(schema.APPLICATION_ID,)]


def test_index_for_search_is_merged(story: Story) -> None:
    """Every run leaves segments of its own in the full-text index; the answer stays the same."""
    with closing(sqlite3.connect(story.path)) as connection:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(text)")
        for number in range(40):
            connection.execute("INSERT INTO words VALUES (?)", (f"河道 治理 {number}",))
            connection.commit()
        count = "SELECT count(DISTINCT segid) FROM words_idx"
        before = connection.execute(count).fetchone()[0]
    upkeep(story.path, story.now)
    assert rows(story.path, count)[0][0] < before
    assert rows(story.path, "SELECT count(*) FROM words WHERE words MATCH '河道'") == [(40,)]


def test_f06_not_beside_a_running_crawl(story: Story) -> None:
    with crawl_lock(story.path), pytest.raises(ArchiveLocked):
        upkeep(story.path, story.now)


def test_f07_damaged_archive_is_named_and_left_alone(story: Story) -> None:
    with closing(sqlite3.connect(story.path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'events'"
        ).fetchone()[0]
    raw = bytearray(story.path.read_bytes())
    raw[(root - 1) * 4096 + 40 : root * 4096] = b"\x5a" * (4096 - 40)
    story.path.write_bytes(raw)
    with pytest.raises(ArchiveDamaged) as damaged:
        upkeep(story.path, story.now)
    assert damaged.value.path == story.path
    assert story.path.read_bytes() == bytes(raw)


def test_reader_keeps_the_wal_and_is_told(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("storage.archive_faults.BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(story.path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM runs").fetchone()
        assert not upkeep(story.path, story.now).wal_emptied


def test_index_that_waits_is_finished(story: Story) -> None:
    before = found(story, "市")
    assert before
    with closing(sqlite3.connect(story.path)) as connection, connection:
        connection.execute("INSERT INTO letter_grams (letter_grams) VALUES ('delete-all')")
        connection.execute("DELETE FROM current_letters")
        connection.execute("INSERT INTO indexing (through, last) SELECT 0, max(id) FROM letters")
    upkeep(story.path, story.now)
    assert found(story, "市") == before
    with LetterArchive.open_to_read(story.path) as archive:
        assert not archive.is_indexing()


def found(story: Story, words: str) -> list[int]:
    with LetterArchive.open_to_read(story.path) as archive:
        return [hit.id for hit in archive.search(Search(words))]
