"""The archive's benchmark: its pages, figures and targets mean what they say."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks import big_archive
from benchmarks.archive_export import Exported, measure_export
from benchmarks.archive_pages import PORTAL, address, page
from benchmarks.archive_replay import MONTHS, measure_replay
from benchmarks.archive_search import WORDS, measure_search
from benchmarks.archive_start import BARE, Start, measure_start
from benchmarks.archive_storing import DAYS, Stored, measure_storing
from benchmarks.archive_targets import (
    judge_export,
    judge_replay,
    judge_search,
    judge_start,
    judge_storing,
)
from benchmarks.archive_visits import measure_visits
from pipelines.page.page import read_parts
from pipelines.parts import PageParts
from pipelines.read import read_page
from schedules.replay import reading
from storage.archive import LetterArchive
from storage.database import Database
from storage.search.index import index_letters
from storage.search.records import Search
from tests.archive_story import Story, a_letter

LETTERS = 6


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Stored]:
    folder = tmp_path_factory.mktemp("stored")
    return folder / "fuhan.db", measure_storing(folder, LETTERS, 1)


def test_a_page_is_of_the_size_real_ones_have_and_reads_as_its_letter() -> None:
    body = page(7)
    letter = read_page(body, address(7), PORTAL, "text/html").letter
    assert 38_000 < len(body) < 46_000
    assert 5_500 < len(letter.body.encode()) < 7_000
    assert (letter.is_letter, letter.document_number) == (True, "澜科函〔2024〕7号")


def test_furniture_changes_the_page_and_edits_change_the_letter() -> None:
    def read(body: bytes) -> str:
        return read_page(body, address(7), PORTAL, "text/html").letter.body

    assert page(7) == page(7)
    assert page(7, furniture=1) != page(7)
    assert read(page(7, furniture=1)) == read(page(7))
    assert read(page(7, edits=1)) != read(page(7))


def test_days_leave_what_they_bring(stored: tuple[Path, Stored]) -> None:
    path, made = stored
    assert [day.what for day in made.days] == list(DAYS)
    new, same, furniture, edited = (day.rows for day in made.days)
    assert (same <= 1, furniture <= 1, new > 0, edited > 0) == (True, True, True, True)
    assert len(made.edits) == LETTERS
    with closing(sqlite3.connect(path)) as connection:
        count = "SELECT count(*) FROM versions WHERE status = 'published'"
        assert connection.execute(count).fetchone() == (2 * LETTERS,)


@pytest.mark.skipif(shutil.which("git") is None, reason="there is no git to compare with")
def test_git_keeps_the_same_pages(stored: tuple[Path, Stored]) -> None:
    sizes = [day.git or 0 for day in stored[1].days]
    assert sizes[0] > 0
    assert sizes[-1] > sizes[0]


def test_what_a_letter_takes_is_judged(stored: tuple[Path, Stored]) -> None:
    made = stored[1]
    small = [replace(made.days[0], archive=20_000), *made.days[1:]]
    large = [replace(made.days[0], archive=21_000), *made.days[1:]]
    assert [target.met for target in judge_storing(replace(made, days=small))] == [True] * 4
    assert next(judge_storing(replace(made, days=large))).met is False
    long = list(judge_storing(replace(made, days=small, edits=[90, 1025])))
    assert long[-1].met is False


def test_visits_are_counted(stored: tuple[Path, Stored], tmp_path: Path) -> None:
    path = tmp_path / "fuhan.db"
    shutil.copy(stored[0], path)
    visited = measure_visits(path, LETTERS, 1, rounds=1)
    assert min(visited.not_modified, visited.same_bytes, visited.bare) > 0
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM captures").fetchone() == (2 * LETTERS,)


def test_commands_are_timed_until_their_first_line(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    story.crawl({"1.html": replace(a_letter(1), title="关于加强科技工作的提案的复函")})
    started = measure_start(tmp_path, story.path, rounds=1)
    assert {each.command for each in started} > {BARE, "fuhan letters"}
    assert all(0 < each.cpu < 60_000 for each in started)
    slow = [Start(BARE, 900.0, 900.0), Start("fuhan letters", 501.0, 900.0)]
    assert [target.met for target in judge_start(slow)] == [False]


def test_search_finds_the_same_as_a_scan(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    story.crawl({f"{n}.html": a_letter(n) for n in range(1, 5)})
    searched = measure_search(story.path)
    assert [each.words for each in searched.found] == list(WORDS)
    assert (searched.letters, searched.versions, len(searched.peers)) == (4, 4, 2)
    assert [target.met for target in judge_search(replace(searched, opening=101.0))][-1] is False


def test_export_is_measured_by_letters(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    story.crawl({f"{n}.html": a_letter(n) for n in range(1, 5)})
    exported = measure_export(tmp_path, story.path)
    assert exported.letters == 4
    few, many = Exported(500, 1.0, 1.0, 50.0, 1.0), Exported(100_000, 4999.0, 1.0, 61.0, 1.0)
    assert [target.met for target in judge_export(few, many)] == [False, False]


def test_a_replay_reads_the_very_same_bytes_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[bytes] = []

    def counted(body: bytes, *rest: Any) -> PageParts:
        read.append(body)
        return read_parts(body, *rest)

    monkeypatch.setattr(reading, "read_parts", counted)
    measure_replay(tmp_path, 2, 1)
    assert len(read) == len(set(read)) == 2 * len(set(MONTHS))


def test_replay_reads_what_differs_and_keeps_what_says_otherwise(tmp_path: Path) -> None:
    replayed = measure_replay(tmp_path, 3, 1)
    versions = 1 + max(edits for edits, _ in MONTHS)
    assert (replayed.captures, replayed.versions) == (3 * len(MONTHS), 3 * versions)
    assert replayed.sightings == replayed.captures - replayed.versions
    slow = replace(replayed, rate=1.0, parsed=1000.0, page_bytes=40_000)
    assert judge_replay(slow).met is False
    assert judge_replay(replace(slow, rate=300.0)).met is True


def test_a_multiplied_archive_is_like_one_that_was_crawled(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(big_archive, "BASE", 7)
    path = tmp_path / "big.db"
    big_archive.build_archive(path, 21)
    with closing(Database.open_to_write(path)) as database:
        before = [tuple(row) for row in database.rows("SELECT * FROM current_letters")]
        ids = [row["id"] for row in database.rows("SELECT id FROM letters")]
        index_letters(database, ids)  # what a crawl that had saved them would have written
        after = [tuple(row) for row in database.rows("SELECT * FROM current_letters")]
        assert list(database.rows("PRAGMA foreign_key_check")) == []
    assert (len(ids), before) == (21, after)
    with LetterArchive.open_to_read(path) as archive:
        records = list(archive.letters())
        assert {record.versions for record in records} == {big_archive.VERSIONS}
        assert len({record.letter.body for record in records}) == 21
        assert len({record.letter.index_number for record in records}) == 21
        for record in records:
            number = record.letter.document_number or ""
            assert [hit.id for hit in archive.search(Search(number))] == [record.id]
