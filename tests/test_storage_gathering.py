"""Visits that wait to be committed together."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database
from storage.gathering import MOST_BYTES, MOST_VISITS, Gathering


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database.open_to_write(tmp_path / "fuhan.db")
    yield database
    database.close()


def saved(database: Database) -> list[str]:
    """The names another connection sees, which sees only what is committed."""
    beside = Database.open_to_read(database.path)
    try:
        return [row["name"] for row in beside.rows("SELECT name FROM portals ORDER BY id")]
    finally:
        beside.close()


def insert(database: Database, name: str) -> None:
    database.insert("portals", {"name": name, "agency": "甲局"})


def test_visits_wait_until_they_are_committed(database: Database) -> None:
    gathering = Gathering(database)
    gathering.add(7, lambda: insert(database, "a"))
    assert (saved(database), gathering.waits_for(7), gathering.waits_for(8)) == ([], True, False)
    gathering.commit()
    assert (saved(database), gathering.waits_for(7)) == (["a"], False)


def test_a_hundred_visits_are_committed_without_being_asked(database: Database) -> None:
    gathering = Gathering(database)
    for at in range(MOST_VISITS):
        assert saved(database) == []
        gathering.add(at, lambda at=at: insert(database, str(at)))  # type: ignore[misc]
    assert len(saved(database)) == MOST_VISITS


def test_large_pages_do_not_pile_up(database: Database) -> None:
    gathering = Gathering(database)
    gathering.add(1, lambda: insert(database, "a"), size=MOST_BYTES)
    assert saved(database) == ["a"]


def test_one_save_that_fails_takes_none_of_those_before_it_along(database: Database) -> None:
    def half_done() -> None:
        insert(database, "half")
        raise ValueError("a fault of ours")

    gathering = Gathering(database)
    gathering.add(1, lambda: insert(database, "a"))
    gathering.add(2, half_done)
    gathering.add(3, lambda: insert(database, "c"))
    with pytest.raises(ValueError, match="a fault of ours"):
        gathering.commit()
    assert saved(database) == ["a"]
    gathering.add(4, lambda: insert(database, "d"))
    gathering.commit()
    assert saved(database) == ["a", "d"]
