"""What no longer takes room in an archive is missed by nobody, in old archives as in new ones."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import schema
from storage.archive import LetterArchive
from storage.database import Database
from storage.errors import ArchiveError
from storage.evidence import journal
from storage.evidence.said_once import shortened, whole
from storage.search import index as search_index
from storage.search.letters import index_entry
from storage.search.records import Search
from tests.archive_story import Page, Story, a_letter

AT = "2026-03-02T22:20:00.000Z"
VALUES = st.one_of(st.none(), st.integers(-1, 1), st.booleans(), st.sampled_from(["", AT, "ab"]))
NAMES = ("copy", "content", "digest", "place", "read_at", "replayed", "status", "reason", "scope")


def run_sql(path: Path, *statements: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        rows: list[tuple[Any, ...]] = []
        for statement in statements:
            rows = connection.execute(statement).fetchall()
        connection.commit()
        return rows


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    """An archive as schema 4 left it: its index, its entries of the journal and of the search."""
    story = Story(tmp_path / "fuhan.db")

    def everything(texts: Any, agencies: Any, marks: Any, **_: bool) -> tuple[str, ...]:
        return index_entry(texts, agencies, marks, every_character=True)

    with monkeypatch.context() as before:
        before.setattr(journal, "shortened", lambda kind, content, *times: content)
        before.setattr(search_index, "index_entry", everything)
        story.crawl({f"{number}.html": a_letter(number) for number in range(1, 4)})
    run_sql(
        story.path,
        "CREATE INDEX idx_copies_key ON copies (key)",
        "INSERT INTO letter_grams (letter_grams, rank) VALUES ('hashsize', 1048576)",
        "DELETE FROM _sqlite_migrations WHERE name = '0016_less_room'",
        "PRAGMA user_version = 4",
    )
    return story


def test_archive_of_schema_4_is_brought_up_to_date(older: Story) -> None:
    with pytest.raises(ArchiveError, match="older fuhan"):
        LetterArchive.open_to_read(older.path)
    held = run_sql(older.path, "SELECT * FROM journal ORDER BY seq")
    site: dict[str, Page] = {f"{number}.html": a_letter(number) for number in range(1, 5)}
    letter = a_letter(1)
    site["1.html"] = replace(letter, body=letter.body.replace("河道", "水库"))
    older.crawl(site)
    assert run_sql(older.path, "PRAGMA user_version") == [(schema.VERSION,)]
    assert run_sql(older.path, "SELECT * FROM journal ORDER BY seq")[: len(held)] == held
    assert not run_sql(older.path, "SELECT 1 FROM sqlite_master WHERE name = 'idx_copies_key'")
    with LetterArchive.open_to_read(older.path) as archive:
        assert archive.verify().faults == []
        assert [hit.id for hit in archive.search(Search("库"))] == [1]
        assert sorted(hit.id for hit in archive.search(Search("的"))) == [1, 2, 3, 4]


def test_f08_bringing_it_up_to_date_can_be_killed(
    older: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply = schema.migrations.apply
    before = run_sql(older.path, "SELECT name, sql FROM sqlite_master ORDER BY name")

    class Killed(BaseException):
        pass

    def killed(tables: Any) -> None:
        apply(tables)
        raise Killed

    with monkeypatch.context() as kill:
        kill.setattr(schema.migrations, "apply", killed)
        with pytest.raises(Killed):
            Database.open_to_write(older.path)
    assert run_sql(older.path, "SELECT name, sql FROM sqlite_master ORDER BY name") == before
    assert run_sql(older.path, "PRAGMA user_version") == [(4,)]
    LetterArchive.open(older.path).close()
    with LetterArchive.open_to_read(older.path) as archive:
        assert archive.verify().faults == []


@given(
    st.sampled_from(["version", "event", "reading"]),
    st.dictionaries(st.sampled_from(NAMES), VALUES, min_size=len(NAMES)),
    st.sampled_from([None, AT, "ab"]),
)
def test_what_an_entry_leaves_out_is_known(
    kind: str, content: dict[str, Any], observed_at: str | None
) -> None:
    written = shortened(kind, content, observed_at, AT)
    read = whole(kind, written, observed_at, AT)
    same = {name: (type(read[name]), read[name]) for name in content}
    assert same == {name: (type(value), value) for name, value in content.items()}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE versions SET digest = 'ab' WHERE id = 1",
        "UPDATE versions SET replayed = 1 WHERE id = 1",
        "UPDATE versions SET place = '2020-01-01T00:00:00.000Z' WHERE id = 1",
        "UPDATE readings SET read_at = '2020-01-01T00:00:00.000Z' WHERE id = 1",
        "UPDATE events SET reason = 'so' WHERE id = 1",
        "UPDATE events SET from_url = 'http://a.example/' WHERE id = 1",
        "UPDATE events SET observed_at = '2020-01-01T00:00:00.000Z' WHERE id = 1",
        "UPDATE events SET backdated = 1 WHERE id = 1",
        "UPDATE events SET replayed = 'past' WHERE id = 1",
        "UPDATE events SET significance = 'major' WHERE id = 1",
    ],
)
def test_what_an_entry_leaves_out_is_verified(tmp_path: Path, statement: str) -> None:
    story = Story(tmp_path / "fuhan.db")
    story.crawl({"1.html": a_letter(1)})
    run_sql(story.path, statement)
    with LetterArchive.open_to_read(story.path) as archive:
        assert {fault.row for fault in archive.verify().faults} == {1}
