"""Parts of one durable write: each is whole or not there, and costs no file to undo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.open_to_write(tmp_path / "parts.db")
    yield database
    database.close()


def test_part_that_fails_is_undone_and_the_others_are_kept(database: Database) -> None:
    with database.writing_each():
        with database.part():
            database.insert("letters", {"id": 1})
        with pytest.raises(ValueError, match="a fault"), database.part():
            database.insert("letters", {"id": 2})
            raise ValueError("a fault")
        with database.part():
            database.insert("letters", {"id": 3})
    other = Database.open_to_read(database.path)
    assert [row["id"] for row in other.rows("SELECT id FROM letters")] == [1, 3]
    other.close()


def test_what_undoes_a_part_stays_in_memory_and_nothing_else_does(database: Database) -> None:
    default, memory = 0, 2  # https://www.sqlite.org/pragma.html#pragma_temp_store
    with database.writing_each():
        assert database.value("PRAGMA temp_store") == memory
    assert database.value("PRAGMA temp_store") == default
    with pytest.raises(ValueError, match="a fault"), database.writing_each():
        raise ValueError("a fault")
    assert database.value("PRAGMA temp_store") == default
