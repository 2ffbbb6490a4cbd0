"""A backup is whole, also during a crawl; a restored one is the archive it was made of."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import schema
from storage.archive import LetterArchive
from storage.database import Database
from storage.errors import ArchiveDamaged, ArchiveError, ArchiveLocked, NewerSchema
from storage.evidence.faults import Head
from storage.lock import crawl_lock
from storage.upkeep.backup import back_up, dated_backups
from storage.upkeep.files import beside, written_aside
from storage.upkeep.restoring import restore
from tests.archive_story import Story, a_letter

NOW = datetime(2026, 11, 22, 8, 13, tzinfo=UTC)
ROOT = Path(__file__).parent.parent


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    story = Story(tmp_path / "fuhan.db")
    story.crawl({f"t{number}.html": a_letter(number) for number in range(1, 5)})
    return story.path


def sound(path: Path) -> bool:
    with LetterArchive.open_to_read(path) as opened:
        return opened.verify().sound


def rows_of(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("letters", "copies", "versions", "readings", "captures", "journal")
        }


@contextmanager
def crawling(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A crawl that goes on in a process of its own, its first day behind it."""
    command = [sys.executable, "-m", "tests.archive_child", str(path), "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        assert child.stdout.readline() == "1\n"
        try:
            yield child
        finally:
            child.kill()


def test_backup_has_the_rows_and_the_head(archive: Path, tmp_path: Path) -> None:
    made = back_up(archive, tmp_path / "b" / "copy.db", NOW)
    assert made.path == tmp_path / "b" / "copy.db"
    assert {name: made.rows[name] for name in rows_of(archive)} == rows_of(archive)
    with LetterArchive.open_to_read(archive) as opened:
        assert made.head == Head(*opened.journal_head())
    assert sound(made.path)


def test_backup_is_one_file(archive: Path, tmp_path: Path) -> None:
    made = back_up(archive, tmp_path / "copy.db", NOW)
    assert made.path.read_bytes()[18:20] == b"\x01\x01", "no -wal is needed to read it"
    left = {path.name for path in tmp_path.iterdir()} - {"fuhan.db-wal", "fuhan.db-shm"}
    assert left == {"fuhan.db", "copy.db"}


def test_f09_backup_during_a_crawl_restores_whole(tmp_path: Path) -> None:
    path, target = tmp_path / "a" / "fuhan.db", tmp_path / "b" / "fuhan.db"
    with crawling(path) as child:
        assert child.stdout is not None
        for number in range(3):
            backup = tmp_path / f"{number}.db"
            made = back_up(path, backup, NOW)
            assert child.poll() is None, "the crawl goes on"
            child.stdout.readline()
            restored = restore(backup, target, NOW + timedelta(days=number), force=bool(number))
            with closing(sqlite3.connect(target)) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            assert sound(target)
            assert restored.rows == made.rows
            assert rows_of(target).items() <= made.rows.items()
            assert restored.head == made.head
    assert sound(path)


def test_writer_is_not_kept_waiting_and_does_not_make_it_begin_again(
    archive: Path, tmp_path: Path
) -> None:
    """A commit falls between any two steps of the copy; without its own moment it would not end."""
    steps = []

    def write(done: int, whole: int) -> None:
        steps.append((done, whole))
        assert len(steps) < 50, "it begins again for each commit"
        with closing(sqlite3.connect(archive, timeout=0.2)) as writer, writer:
            writer.execute("UPDATE portals SET reason = reason || 'x'")

    from storage.upkeep import backup

    before = rows_of(archive)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(backup, "_PAGES_A_STEP", 8)
        made = back_up(archive, tmp_path / "copy.db", NOW, watch=write)
    assert len(steps) > 5
    assert made.rows.items() >= before.items()


def test_directory_keeps_the_newest_and_foreign_files(archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    alike = ("fuhan-20200101T000000Z.db", "other-20200101T000000Z.db", "fuhan-notes.db")
    for name in alike:
        (folder / name).write_bytes(b"not ours")
    for day in range(4):
        made = back_up(archive, folder, NOW + timedelta(days=day), keep=2)
    assert [path.name for path in dated_backups(archive, folder)] == [
        "fuhan-20261124T081300Z.db",
        "fuhan-20261125T081300Z.db",
    ]
    assert [path.name for path in made.removed] == ["fuhan-20261123T081300Z.db"]
    assert all((folder / name).read_bytes() == b"not ours" for name in alike)


def test_backups_of_a_lost_archive_outlive_the_one_begun_in_its_place(
    archive: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    lost = [back_up(archive, folder, NOW - timedelta(days=day), keep=2).path for day in (2, 1)]
    for file in tmp_path.glob("fuhan.db*"):
        file.unlink()
    Story(archive, now=NOW).crawl({"t1.html": a_letter(1)})
    for day in range(4):
        made = back_up(archive, folder, NOW + timedelta(days=day), keep=2)
    assert made.of_others == tuple(lost)
    assert sorted(folder.iterdir()) == [
        *lost,
        folder / "fuhan-20261124T081300Z.db",
        folder / "fuhan-20261125T081300Z.db",
    ]


def test_backups_from_before_the_first_entry_are_of_every_archive(tmp_path: Path) -> None:
    path, folder = tmp_path / "fuhan.db", tmp_path / "backups"
    folder.mkdir()
    with LetterArchive.open(path):
        pass
    for day in range(3):
        made = back_up(path, folder, NOW + timedelta(days=day), keep=2)
    assert len(made.removed) == 1
    Story(path).crawl({"t1.html": a_letter(1)})
    made = back_up(path, folder, NOW + timedelta(days=3), keep=2)
    assert (len(made.removed), made.of_others) == (1, ())


def test_backup_that_cannot_be_read_is_neither_counted_nor_removed(
    archive: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    made = back_up(archive, folder, NOW, keep=1)
    torn = folder / "fuhan-20200101T000000Z.db"
    torn.write_bytes(made.path.read_bytes()[:5000])
    assert torn in dated_backups(archive, folder)
    made = back_up(archive, folder, NOW + timedelta(days=1), keep=1)
    assert (len(made.removed), made.of_others) == (1, ())
    assert torn.exists()


def test_other_files_are_not_overwritten(archive: Path, tmp_path: Path) -> None:
    other = tmp_path / "letter.txt"
    other.write_text("mine", encoding="utf-8")
    for target, what in ((other, "other-file"), (archive, "same-file")):
        with pytest.raises(ArchiveError) as refused:
            back_up(archive, target, NOW)
        assert refused.value.what == what
    assert other.read_text(encoding="utf-8") == "mine"
    link = tmp_path / "link.db"
    link.symlink_to(archive)
    with pytest.raises(ArchiveError, match="the archive itself"):
        back_up(archive, link, NOW)


def test_older_backup_is_replaced_whole_or_not_at_all(archive: Path, tmp_path: Path) -> None:
    target = tmp_path / "copy.db"
    back_up(archive, target, NOW)
    before = target.read_bytes()
    with closing(sqlite3.connect(archive)) as connection:
        connection.execute("UPDATE journal SET content = '{}' WHERE seq = 2")
        connection.commit()
    with pytest.raises(ArchiveDamaged) as refused:
        back_up(archive, target, NOW)
    assert refused.value.path == archive
    assert target.read_bytes() == before
    assert not list(tmp_path.glob(".*"))


def test_f07_damaged_archive_is_not_backed_up(archive: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(archive)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        root = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'idx_journal_kind_ref_id'"
        ).fetchone()[0]
    raw = bytearray(archive.read_bytes())
    raw[(root - 1) * 4096 + 40 : root * 4096] = b"\x5a" * (4096 - 40)
    archive.write_bytes(raw)
    with pytest.raises(ArchiveDamaged, match=str(archive)):
        back_up(archive, tmp_path / "copy.db", NOW)
    assert not (tmp_path / "copy.db").exists()
    assert archive.read_bytes() == bytes(raw)


# --- restoring -------------------------------------------------------------------------------


def test_archive_that_is_there_is_kept_beside(archive: Path, tmp_path: Path) -> None:
    backup = back_up(archive, tmp_path / "copy.db", NOW).path
    story = Story(archive)
    story.crawl({f"t{number}.html": a_letter(number) for number in range(1, 8)})
    newer = rows_of(archive)
    with pytest.raises(ArchiveError) as refused:
        restore(backup, archive, NOW)
    assert refused.value.what == "exists"
    assert rows_of(archive) == newer
    restored = restore(backup, archive, NOW, force=True)
    assert rows_of(archive) == {name: restored.rows[name] for name in newer}
    assert restored.set_aside == tmp_path / "fuhan.db.20261122T081300Z.old"
    assert rows_of(restored.set_aside) == newer
    assert sound(archive)
    assert sound(restored.set_aside)


def test_wal_of_the_old_archive_never_meets_the_new_one(archive: Path, tmp_path: Path) -> None:
    """Another program reads the old archive: its -wal cannot be taken over, so it goes with it."""
    backup = back_up(archive, tmp_path / "copy.db", NOW).path
    with closing(sqlite3.connect(archive)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM letters").fetchone()
        Story(archive).crawl({f"t{number}.html": a_letter(number) for number in range(1, 9)})
        newer = rows_of(archive)
        assert beside(archive, "-wal").stat().st_size > 0
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("storage.archive_faults.BUSY_SECONDS", 0.1)
            restored = restore(backup, archive, NOW, force=True)
        assert restored.set_aside is not None
        assert rows_of(archive)["letters"] == 4
        assert rows_of(restored.set_aside) == newer
        assert reader.execute("SELECT count(*) FROM letters").fetchone()[0] == 4
    assert sound(archive)


def test_stale_wal_of_an_archive_that_is_gone_is_not_taken_over(
    archive: Path, tmp_path: Path
) -> None:
    backup = back_up(archive, tmp_path / "copy.db", NOW).path
    with closing(sqlite3.connect(archive)) as connection:
        connection.execute("UPDATE portals SET agency = '别的'")
        connection.commit()
        shutil.copy(beside(archive, "-wal"), tmp_path / "stale")
    archive.unlink()
    shutil.copy(tmp_path / "stale", beside(archive, "-wal"))
    restore(backup, archive, NOW)
    with closing(sqlite3.connect(archive)) as connection:
        assert connection.execute("SELECT agency FROM portals").fetchone()[0] != "别的"
    assert sound(archive)


def test_what_is_no_whole_archive_is_not_restored(archive: Path, tmp_path: Path) -> None:
    backup = back_up(archive, tmp_path / "copy.db", NOW).path
    before = rows_of(archive)
    cut = tmp_path / "cut.db"
    cut.write_bytes(backup.read_bytes()[: backup.stat().st_size // 2])
    empty = tmp_path / "empty.db"
    empty.write_bytes(b"")
    foreign = tmp_path / "foreign.db"
    with closing(sqlite3.connect(foreign)) as connection:
        connection.execute("CREATE TABLE t (x)")
    text = tmp_path / "text.db"
    text.write_text("no database at all, only some text " * 200, encoding="utf-8")
    altered = Path(shutil.copy(backup, tmp_path / "altered.db"))
    with closing(sqlite3.connect(altered)) as connection:
        connection.execute("DELETE FROM journal WHERE seq = 3")
        connection.commit()
    for wrong in (cut, empty, foreign, text, altered):
        with pytest.raises(ArchiveDamaged):
            restore(wrong, archive, NOW, force=True)
    with pytest.raises(ArchiveError) as missing:
        restore(tmp_path / "none.db", archive, NOW, force=True)
    assert missing.value.what == "no-backup"
    assert rows_of(archive) == before
    assert not list(tmp_path.glob("*.old*"))
    assert not list(tmp_path.glob(".*"))


def test_f08_backup_of_a_newer_schema_is_refused(archive: Path, tmp_path: Path) -> None:
    backup = back_up(archive, tmp_path / "copy.db", NOW).path
    with closing(sqlite3.connect(backup)) as connection:
        connection.execute(f"PRAGMA user_version = {schema.VERSION + 1}")
    with pytest.raises(NewerSchema):
        restore(backup, archive, NOW, force=True)
    assert sound(archive)


def test_f06_not_restored_under_a_running_crawl(archive: Path, tmp_path: Path) -> None:
    backup = back_up(archive, tmp_path / "copy.db", NOW).path
    with crawl_lock(archive), pytest.raises(ArchiveLocked):
        restore(backup, archive, NOW, force=True)
    with pytest.raises(ArchiveError, match="the archive itself"):
        restore(archive, archive, NOW, force=True)


def test_backup_on_a_medium_that_cannot_be_written_restores(archive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "medium"
    backup = back_up(archive, folder / "copy.db", NOW).path
    backup.chmod(0o444)
    folder.chmod(0o555)
    try:
        restore(backup, tmp_path / "new" / "fuhan.db", NOW)
    finally:
        folder.chmod(0o755)
    assert sound(tmp_path / "new" / "fuhan.db")
    assert [path.name for path in folder.iterdir()] == ["copy.db"]


def test_file_is_forced_to_the_disk_before_it_takes_its_name(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    sync = os.fsync

    def fsync(descriptor: int) -> None:
        told.append(Path(f"/proc/self/fd/{descriptor}").readlink().name)
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    back_up(archive, tmp_path / "b" / "copy.db", NOW)
    assert told[1:] == ["b"]
    assert told[0].startswith(".copy.db.") and told[0].endswith(".part")


def test_two_that_write_one_file_at_once_write_it_whole(tmp_path: Path) -> None:
    target = tmp_path / "copy.db"  # in two containers, whose processes bear the same id
    with written_aside(target) as first:
        first.write_text("one ")
        with written_aside(target) as second:
            second.write_text("two, whole")
        assert target.read_text() == "two, whole"
        with first.open("a") as file:
            file.write("whole")
    assert target.read_text() == "one whole"
    assert list(tmp_path.iterdir()) == [target]


def test_what_a_killed_writer_left_is_swept_and_what_another_writes_is_not(tmp_path: Path) -> None:
    young = tmp_path / ".copy-2.db.0f3a99c1.part"
    old = [tmp_path / f".copy-1.db.99c10f3a.part{more}" for more in ("", "-wal", "-journal")]
    others = [tmp_path / ".copy.part", tmp_path / "copy.db.0f3a99c1.part"]
    for path in (young, *old, *others):
        path.touch()
    for path in (*old, *others):
        os.utime(path, (0, 0))
    with written_aside(tmp_path / "copy-3.db") as aside:
        aside.touch()
    assert set(tmp_path.iterdir()) == {young, *others, tmp_path / "copy-3.db"}


def test_file_with_the_longest_name_there_is_can_be_written_aside(tmp_path: Path) -> None:
    target = tmp_path / f"{'复' * 83}.html"
    with written_aside(target) as aside:
        aside.touch()
    assert list(tmp_path.iterdir()) == [target]


def test_archive_that_is_missing_is_named_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(ArchiveError) as missing:
        back_up(tmp_path / "none.db", tmp_path / "copy.db", NOW)
    assert missing.value.what == "none"
    assert not list(tmp_path.iterdir())


def test_database_is_as_it_was_after_a_failed_copy(archive: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ArchiveError):
        back_up(archive, tmp_path / "file" / "copy.db", NOW)
    with closing(Database.open_to_read(archive)) as database:
        assert database.value("SELECT count(*) FROM letters") == 4
