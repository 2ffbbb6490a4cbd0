"""Letters told in one write are found at its end, also where it ends in an error."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from storage.archive import LetterArchive
from storage.database import Database
from storage.search.query import is_indexing
from storage.search.waiting import index_told, indexing_at_end, indexing_together
from tests.archive_story import Story, a_letter


@pytest.fixture
def database(tmp_path: Path) -> Database:
    story = Story(tmp_path / "fuhan.db")
    story.crawl({f"{n}.html": a_letter(n) for n in (1, 2)})
    with closing(Database.open_to_write(story.path)) as opened, opened.writing():
        opened.write("DELETE FROM current_letters")
        opened.write("INSERT INTO letter_grams (letter_grams) VALUES ('delete-all')")
    return Database.open_to_write(story.path)


def _indexed(database: Database) -> list[int]:
    sql = "SELECT letter_id FROM current_letters ORDER BY letter_id"
    return [row["letter_id"] for row in database.rows(sql)]


def test_a_letter_told_alone_is_found_at_once(database: Database) -> None:
    with closing(database), database.writing():
        index_told(database, 1)
        assert _indexed(database) == [1]


def test_letters_told_together_are_found_at_the_end(database: Database) -> None:
    with closing(database), database.writing():
        with indexing_together(database), indexing_together(database):
            index_told(database, 2)
            index_told(database, 1)
            assert _indexed(database) == []
        assert _indexed(database) == [1, 2]


def test_what_an_error_leaves_is_found_too(database: Database) -> None:
    with (
        pytest.raises(ValueError, match="a fault"),
        closing(database),
        database.writing_each(),
        indexing_together(database),
    ):
        index_told(database, 1)
        raise ValueError("a fault")
    with closing(Database.open_to_write(database.path)) as again:
        assert _indexed(again) == [1]


def test_letters_of_many_writes_are_found_after_the_last(database: Database) -> None:
    with closing(database):
        with indexing_at_end(database):
            for letter_id in (2, 1, 2):
                with database.writing(), indexing_together(database):
                    index_told(database, letter_id)
                assert _indexed(database) == []
                assert is_indexing(database)
        assert _indexed(database) == [1, 2]
        assert not is_indexing(database)


def test_what_waits_where_many_writes_are_stopped_is_found_at_the_next_start(
    database: Database,
) -> None:
    with (
        pytest.raises(KeyboardInterrupt),
        closing(database),
        indexing_at_end(database),
    ):
        with database.writing():
            index_told(database, 1)
        raise KeyboardInterrupt
    with closing(Database.open_to_read(database.path)) as again:
        assert is_indexing(again)
        assert _indexed(again) == []
    LetterArchive.open(database.path).close()
    with closing(Database.open_to_read(database.path)) as again:
        assert not is_indexing(again)
        assert _indexed(again) == [1, 2]
