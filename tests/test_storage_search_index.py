"""The index holds each letter once, as it now stands published, and nothing of what went."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from storage.archive import LetterArchive
from storage.database import Database
from storage.records import ListColumn, Portal
from storage.search import index as search_index
from storage.search.index import (
    catch_up,
    first_slot,
    index_letter,
    purge_removed,
    remove_letter,
)
from storage.search.letters import index_entry
from storage.search.records import Search
from tests.archive_story import Page, Story, a_letter
from tests.record_story import told_story

ELSEWHERE = Portal(
    name="b", agency="某市人大", platform="trs", lists=(ListColumn("http://b.example/rd/"),)
)


def found(path: Path, text: str, **asked: Any) -> list[int]:
    with LetterArchive.open_to_read(path) as archive:
        return sorted(hit.id for hit in archive.search(Search(text, **asked)))


def entries(path: Path) -> dict[int, set[str]]:
    """Each letter's grams as the index holds them; a slot without a letter is an error."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "CREATE VIRTUAL TABLE temp.held USING fts5vocab(main, letter_grams, instance)"
        )
        slots = dict(connection.execute("SELECT slot, letter_id FROM current_letters"))
        held: dict[int, set[str]] = {letter: set() for letter in slots.values()}
        for term, slot in connection.execute("SELECT term, doc FROM temp.held"):
            held[slots[slot]].add(term)
    return held


def as_if_new(path: Path) -> dict[int, set[str]]:
    """What an index made now from the first would hold."""
    copy = path.with_name("again.db")
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
        target.execute("DELETE FROM current_letters")
        target.execute("INSERT INTO letter_grams (letter_grams) VALUES ('delete-all')")
        target.execute("INSERT INTO indexing (through, last) SELECT 0, max(id) FROM letters")
        target.commit()
    with closing(Database.open_to_write(copy)) as database:
        catch_up(database)
    return entries(copy)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("told") / "fuhan.db"
    told_story(path)
    return path


def test_after_everything_that_happens_the_index_is_as_if_made_anew(told: Path) -> None:
    held = entries(told)
    with LetterArchive.open_to_read(told) as archive:
        assert set(held) == {record.id for record in archive.letters()}
    assert held == as_if_new(told)


def test_a_letter_is_found_by_what_it_says_now_and_not_by_what_it_said(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    letter = a_letter(1)
    story.crawl({"1.html": letter})
    story.crawl({"1.html": replace(letter, body=letter.body.replace("河道", "水库"))})
    assert found(story.path, "水库") == [1]
    assert found(story.path, "河道工作第") == []


def test_withdrawn_and_restored_are_found_as_such(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    site: dict[str, Page] = {f"{number}.html": a_letter(number) for number in range(1, 5)}
    story.crawl(site)
    site["1.html"] = "404"
    for _ in range(3):
        story.crawl(site)
    assert found(story.path, "河道", status="withdrawn") == [1]
    assert found(story.path, "河道", status="present") == []
    site["1.html"] = a_letter(1)
    story.crawl(site)
    assert found(story.path, "河道", status="present") == [1]


def test_a_copy_elsewhere_is_found_on_both_portals(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    story.crawl({"1.html": a_letter(1)})
    story.crawl({"9.html": a_letter(1)}, portal=ELSEWHERE)
    assert found(story.path, "河道", portal="a") == found(story.path, "河道", portal="b") == [1]


def test_joined_letters_are_found_once_and_split_ones_twice(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    story.crawl({"1.html": a_letter(1), "2.html": a_letter(2)})
    with story.open() as archive:
        archive.join_letters([1, 2])
    assert found(story.path, "的") == [1]
    assert found(story.path, "校车") == []  # the letter is shown by its first copy
    with story.open() as archive:
        archive.split_letter(1, [2])
    assert found(story.path, "校车") == [3]
    assert entries(story.path) == as_if_new(story.path)


def test_a_better_reading_is_what_is_found(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    story.crawl({"1.html": a_letter(1)})
    with story.open() as archive:
        version = archive.versions(1)[0]
        archive.add_reading(version.id, replace(version.letter, signatory="蓝庆华"), "r2")
    assert found(story.path, "蓝庆华") == [1]


def test_text_altered_in_place_leaves_nothing_of_itself(tmp_path: Path) -> None:
    """As `forget` does it: the reading is another before the index hears of it."""
    story = Story(tmp_path / "fuhan.db")
    story.crawl({"1.html": a_letter(1, contacts=("联系人：鑫淼",)), "2.html": a_letter(2)})
    assert found(story.path, "鑫淼", contacts=True) == [1]
    with closing(Database.open_to_write(story.path)) as database:
        with database.writing():
            database.write("UPDATE readings SET contacts = '[]', body = '已删除' WHERE id = 1")
            index_letter(database, 1)
        purge_removed(database)
    assert found(story.path, "鑫淼", contacts=True) == []
    held = entries(story.path)
    assert held == as_if_new(story.path)
    with closing(sqlite3.connect(story.path)) as connection:
        connection.execute("CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, letter_grams, row)")
        terms = {row[0] for row in connection.execute("SELECT term FROM temp.v")}
        assert not {"鑫", "淼", "鑫淼"} & terms
        blocks = b"".join(
            row[0] for row in connection.execute("SELECT block FROM letter_grams_data")
        )
        assert "鑫".encode() not in blocks


def test_a_letter_removed_is_in_no_table_of_the_index(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    story.crawl({"1.html": a_letter(1)})
    with closing(Database.open_to_write(story.path)) as database:
        remove_letter(database, 1)
        remove_letter(database, 1)
        remove_letter(database, 99)
        purge_removed(database)
    assert entries(story.path) == {}
    with closing(sqlite3.connect(story.path)) as connection:
        connection.execute("CREATE VIRTUAL TABLE temp.v USING fts5vocab(main, letter_grams, row)")
        assert list(connection.execute("SELECT term FROM temp.v")) == []


def test_indexing_again_writes_nothing(told: Path) -> None:
    with closing(Database.open_to_write(told)) as database:
        before = database.total_changes
        for letter_id in range(1, 12):
            index_letter(database, letter_id)
            index_letter(database, letter_id, altered=False)
        assert database.total_changes == before


def test_an_edit_writes_only_the_grams_that_differ(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    letter = a_letter(1)
    story.crawl({"1.html": letter})
    with closing(Database.open_to_write(story.path)) as database:
        with database.writing():
            database.write("UPDATE readings SET body = body || '完' WHERE id = 1")
            index_letter(database, 1)
        sizes = [len(row["block"]) for row in database.rows("SELECT block FROM letter_grams_data")]
    assert min(sizes) < 200
    assert found(story.path, "完") == [1]


def test_entries_of_before_are_found_and_forgotten_like_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They hold every character of a text; what was told then has to be told again to go."""
    story = Story(tmp_path / "fuhan.db")
    letter = a_letter(1)
    site: dict[str, Page] = {"1.html": letter, "2.html": a_letter(2)}

    def as_before(*texts: Any, every_character: bool = False) -> tuple[str, ...]:
        return index_entry(*texts, every_character=True)

    with monkeypatch.context() as before:
        before.setattr(search_index, "index_entry", as_before)
        story.crawl({**site})
    assert all({"的", "工", "作"} <= grams for grams in entries(story.path).values())
    monkeypatch.setattr(search_index, "_found_grams", None)  # the slow way is not taken
    site["1.html"] = replace(letter, body=letter.body.replace("河道", "水库"))
    story.crawl({**site, "3.html": a_letter(3)})
    assert found(story.path, "的") == [1, 2, 3]
    assert found(story.path, "库") == [1]
    with closing(Database.open_to_write(story.path)) as database:
        remove_letter(database, 2)
        for letter_id in range(1, 4):
            index_letter(database, letter_id)
    assert entries(story.path) == as_if_new(story.path)
    assert not any("工" in grams for grams in entries(story.path).values())


def test_many_letters_at_once_leave_one_segment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What an archive is filled with is merged at once; what comes later where it is much."""
    monkeypatch.setattr(search_index, "_WORTH_MERGING", 2)
    story = Story(tmp_path / "fuhan.db")
    site: dict[str, Page] = {f"{number}.html": a_letter(number) for number in range(1, 9)}

    def segments() -> int:
        with closing(sqlite3.connect(story.path)) as connection:
            sql = "SELECT count(DISTINCT segid) FROM letter_grams_idx"
            return int(connection.execute(sql).fetchone()[0])

    story.crawl(site)
    assert segments() == 1
    site["9.html"] = a_letter(9)
    story.crawl(site)
    assert segments() == 2
    story.crawl({**site, **{f"{number}.html": a_letter(number) for number in range(10, 16)}})
    assert segments() == 1
    assert entries(story.path) == as_if_new(story.path)


def test_a_killed_catching_up_goes_on_where_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "fuhan.db"
    told_story(path)
    whole = entries(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DELETE FROM current_letters")
        connection.execute("INSERT INTO letter_grams (letter_grams) VALUES ('delete-all')")
        connection.execute("INSERT INTO indexing (through, last) SELECT 0, max(id) FROM letters")
        connection.commit()
    monkeypatch.setattr(search_index, "_BATCH", 3)
    calls = iter(range(100))

    def killed(database: Database, letter_id: int, **how: bool) -> None:
        if next(calls) == 5:
            raise KeyboardInterrupt
        index_letter(database, letter_id, **how)

    with monkeypatch.context() as broken:
        broken.setattr(search_index, "index_letter", killed)
        with pytest.raises(KeyboardInterrupt):
            LetterArchive.open(path)
    with LetterArchive.open_to_read(path) as archive:
        assert archive.is_indexing()
    assert len(entries(path)) == 3
    LetterArchive.open(path).close()
    with LetterArchive.open_to_read(path) as archive:
        assert not archive.is_indexing()
    assert entries(path) == whole


def test_a_day_with_more_letters_than_slots_runs_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "SLOTS", 2)
    story = Story(tmp_path / "fuhan.db")
    day = date(2026, 1, 5)
    dates = [day] * 5 + [day + timedelta(days=1), day - timedelta(days=1)]
    site: dict[str, Page] = {
        f"{number}.html": a_letter(number, date_signed=each)
        for number, each in enumerate(dates, start=1)
    }
    story.crawl(site)
    with LetterArchive.open_to_read(story.path) as archive:
        slots = [row["slot"] for row in archive._database.rows("SELECT slot FROM current_letters")]
    assert len(set(slots)) == 7
    for since, until, count in (
        (day, day, 5),
        (None, day, 6),
        (day + timedelta(days=1), None, 1),
        (day + timedelta(days=1), day + timedelta(days=9), 1),
        (None, day - timedelta(days=1), 1),
    ):
        assert len(found(story.path, "的", since=since, until=until)) == count, (since, until)


@pytest.mark.parametrize(
    ("letter", "day"),
    [
        ({"date_signed": date(2024, 5, 16), "date_written": date(2024, 10, 12)}, "2024-05-16"),
        ({"date_published": date(2024, 6, 1), "date_written": date(2024, 5, 1)}, "2024-06-01"),
        ({"date_signed": date(2204, 5, 16), "date_published": date(2024, 6, 1)}, "2024-06-01"),
        ({"date_signed": date(202, 5, 16)}, "2026-03-03"),
        ({}, "2026-03-03"),
    ],
)
def test_a_letter_s_date_is_its_own_and_never_after_it_was_seen(
    tmp_path: Path, letter: dict[str, date], day: str
) -> None:
    story = Story(tmp_path / "fuhan.db")
    story.crawl({"1.html": a_letter(1, **letter)})
    with LetterArchive.open_to_read(story.path) as archive:
        (hit,) = archive.search(Search("河道"))
    assert hit.date.isoformat() == day


def test_slots_rise_with_the_days() -> None:
    assert first_slot(date(1949, 10, 1)) < first_slot(date(2024, 1, 1)) < first_slot(date.max)


def test_the_views_show_each_letter_once(told: Path) -> None:
    with closing(sqlite3.connect(told)) as connection:
        connection.row_factory = sqlite3.Row
        rows = list(connection.execute("SELECT * FROM letters_now"))
    with LetterArchive.open_to_read(told) as archive:
        records = {record.id: record for record in archive.letters()}
    assert {row["id"] for row in rows} == set(records) and len(rows) == len(records)
    for row in rows:
        record = records[row["id"]]
        assert (row["title"], row["status"], row["url"]) == (
            record.letter.title,
            record.status,
            record.urls[0],
        )
        assert row["body"] == record.letter.body
        assert json.loads(row["portals"])
