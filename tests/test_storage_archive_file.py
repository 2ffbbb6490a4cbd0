"""A file that is no archive is named before SQLite opens it; a new one is whole or not there."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from storage.archive_file import begin_archive_file
from storage.database import Database
from storage.errors import ArchiveDamaged, ArchiveError
from tests.archive_story import Story, a_letter

OPENINGS: tuple[Callable[[Path], Database], ...] = (
    Database.open_to_write,
    Database.open_to_read,
    Database.open_any_schema,
)


@pytest.mark.parametrize("opening", OPENINGS)
@pytest.mark.parametrize("size", [0, 1, 99])
def test_file_that_was_cut_to_nothing_is_no_archive_to_begin_in(
    tmp_path: Path, opening: Callable[[Path], Database], size: int
) -> None:
    path = tmp_path / "fuhan.db"
    path.write_bytes(b"SQLite format 3\0".ljust(99, b"\0")[:size])
    left = tmp_path / "fuhan.db-wal"
    left.write_bytes(b"what was written last")
    with pytest.raises(ArchiveDamaged) as refused:
        opening(path)
    assert refused.value.what == "empty"
    assert refused.value.values["size"] == path.stat().st_size == size
    assert left.read_bytes() == b"what was written last"


def test_database_without_our_mark_is_none_of_ours_though_it_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 7")
    for opening in OPENINGS:
        with pytest.raises(ArchiveDamaged) as refused:
            opening(path)
        assert refused.value.what == "foreign"


@pytest.mark.parametrize("opening", OPENINGS)
def test_f07_schema_that_is_broken_is_named(
    tmp_path: Path, opening: Callable[[Path], Database]
) -> None:
    path = tmp_path / "fuhan.db"
    Story(path).crawl({"t1.html": a_letter(1)})
    whole = path.read_bytes()
    for broken in (b"CREATE T\xc8BLE", b"CREATE TOBLE"):
        path.write_bytes(whole.replace(b"CREATE TABLE", broken))
        with pytest.raises(ArchiveDamaged) as damaged:
            opening(path)
        assert damaged.value.what == "damaged"


def test_f07_text_that_is_none_is_damage_and_not_spilt(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    story.crawl({"t1.html": a_letter(1)})
    with closing(sqlite3.connect(story.path)) as connection, connection:
        connection.execute("UPDATE readings SET body = CAST(x'e7a781e4' || body AS TEXT)")
    with story.open() as archive, pytest.raises(ArchiveDamaged) as damaged:
        list(archive.letters())
    assert "'body'" in str(damaged.value) and "私" not in str(damaged.value)


def test_f02_archive_whose_maker_was_killed_is_begun_by_the_next(tmp_path: Path) -> None:
    path = tmp_path / "fuhan.db"
    begin_archive_file(path)  # and no more
    with pytest.raises(ArchiveError) as none:
        Database.open_to_read(path)
    assert none.value.what == "none"
    story = Story(path)
    story.crawl({"t1.html": a_letter(1)})
    with story.open() as archive:
        assert archive.verify().sound


def test_two_that_begin_at_once_write_to_one_file(tmp_path: Path) -> None:
    path = tmp_path / "fuhan.db"
    begin_archive_file(path)
    with closing(Database.open_to_write(path)) as first:
        begin_archive_file(path)  # by a process that looked a moment before
        with closing(Database.open_to_write(path)) as second:
            with first.writing():
                first.insert("portals", {"name": "a", "agency": "甲局"})
            assert second.value("SELECT count(*) FROM portals") == 1
    assert [file.name for file in tmp_path.iterdir()] == ["fuhan.db"]


def test_two_containers_whose_processes_bear_one_id_begin_one_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "fuhan.db"
    connect = sqlite3.connect

    def connect_late(aside: Path) -> sqlite3.Connection:
        connection = connect(aside)
        monkeypatch.setattr("storage.archive_file.sqlite3.connect", connect)
        begin_archive_file(path)  # the other one's
        return connection

    monkeypatch.setattr("os.getpid", lambda: 1)
    monkeypatch.setattr("storage.archive_file.sqlite3.connect", connect_late)
    Database.open_to_write(path).close()
    assert [file.name for file in tmp_path.iterdir()] == ["fuhan.db"]


def test_one_that_looks_at_a_file_just_begun_does_not_lock_the_other_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.archive_faults.BUSY_SECONDS", 0.1)
    path = tmp_path / "fuhan.db"
    begin_archive_file(path)
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM sqlite_master").fetchone()
        Database.open_to_write(path).close()


def test_drive_without_hard_links_takes_an_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def link(*_: object) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr("os.link", link)
    path = tmp_path / "fuhan.db"
    with closing(Database.open_to_write(path)) as first:
        begin_archive_file(path)  # by a process that looked a moment before
        with closing(Database.open_to_write(path)) as second:
            with first.writing():
                first.insert("portals", {"name": "a", "agency": "甲局"})
            assert second.value("SELECT count(*) FROM portals") == 1
    assert [file.name for file in tmp_path.iterdir()] == ["fuhan.db"]


def test_link_to_where_the_archive_is_to_be_is_followed(tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    link = tmp_path / "fuhan.db"
    link.symlink_to(tmp_path / "disk" / "fuhan.db")
    Database.open_to_write(link).close()
    assert link.is_symlink()
    assert (tmp_path / "disk" / "fuhan.db").is_file()


@pytest.mark.parametrize("ending", ["-wal", "-journal"])
def test_what_a_lost_archive_wrote_last_is_not_taken_for_the_new_ones(
    tmp_path: Path, ending: str
) -> None:
    left = tmp_path / f"fuhan.db{ending}"
    left.write_bytes(b"what was written last")
    with pytest.raises(ArchiveDamaged) as refused:
        Database.open_to_write(tmp_path / "fuhan.db")
    assert (refused.value.what, refused.value.values["left"]) == ("gone", left.name)
    assert [file.name for file in tmp_path.iterdir()] == [left.name]
    left.write_bytes(b"")  # nothing is lost with it
    Database.open_to_write(tmp_path / "fuhan.db").close()
