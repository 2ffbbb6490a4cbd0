"""Kills, full and failing disks, locks and rights: what was recorded stays, errors have names."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from storage import schema
from storage.archive import LetterArchive
from storage.database import Database
from storage.errors import ArchiveDamaged, ArchiveError, ArchiveFull, ArchiveLocked
from storage.evidence.faults import FaultKind, Head
from storage.upkeep.backup import back_up
from storage.upkeep.restoring import restore
from storage.upkeep.upkeep import upkeep
from tests.archive_child import site_on
from tests.archive_story import Story, a_letter

ROOT = Path(__file__).parent.parent
NOBODY = 65534


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive one day old."""
    path = tmp_path_factory.mktemp("day") / "fuhan.db"
    Story(path).crawl(site_on(1))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return path


@pytest.fixture
def archive(first_day: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(first_day, tmp_path / "fuhan.db"))


def child(path: Path, days: int, *before: str) -> list[str]:
    return [*before, sys.executable, "-m", "tests.archive_child", str(path), str(days)]


def assert_whole(path: Path) -> None:
    """Nothing torn: the file, the journal, and every row of the record."""
    with LetterArchive.open_to_read(path) as opened:
        assert opened.verify().faults == []
    with closing(sqlite3.connect(path)) as connection:
        for sql in (
            "SELECT count(*) FROM letters WHERE id NOT IN (SELECT letter_id FROM copies)",
            "SELECT count(*) FROM versions WHERE id NOT IN (SELECT version_id FROM readings)",
            """SELECT count(*) FROM versions WHERE status != 'dropped'
               AND id NOT IN (SELECT version_id FROM events WHERE version_id IS NOT NULL)""",
        ):
            assert connection.execute(sql).fetchone()[0] == 0, sql


@pytest.mark.parametrize("days", [1, 2])
def test_f02_killed_in_mid_commit_nothing_is_torn(tmp_path: Path, days: int) -> None:
    path = tmp_path / "fuhan.db"
    with subprocess.Popen(child(path, 0), cwd=ROOT, stdout=subprocess.PIPE, text=True) as crawl:
        assert crawl.stdout is not None
        for _ in range(days):
            crawl.stdout.readline()
        crawl.kill()  # the next day's commits are under way
    assert_whole(path)
    Story(path).crawl(site_on(99))
    assert_whole(path)


def can_inject() -> bool:
    """Whether strace is there and may trace here."""
    if shutil.which("strace") is None:
        return False
    tried = subprocess.run(["strace", "-o", os.devnull, "true"], capture_output=True, check=False)
    return tried.returncode == 0


@pytest.mark.parametrize(
    ("calls", "error", "places"),
    [
        ("fsync,fdatasync", "EIO", (1, 2, 4, 9)),
        ("pwrite64", "ENOSPC", (1, 5, 40)),
        ("pwrite64", "EIO", (12,)),
        ("ftruncate", "EIO", (1, 2)),
    ],
)
def test_f03_failing_disk_leaves_the_old_state_or_the_new_one(
    archive: Path, calls: str, error: str, places: tuple[int, ...]
) -> None:
    """The Nth of these calls fails, and all after it: the disk is gone until the process ends."""
    if not can_inject():
        pytest.skip("strace is not there, or may not trace here")
    failed = 0
    for place in places:
        inject = f"inject={calls}:error={error}:when={place}+"
        command = child(
            archive, 2, "strace", "-f", "-o", os.devnull, "-e", f"trace={calls}", "-e", inject
        )
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode:
            failed += 1
            assert done.returncode == 4, done.stderr
            assert done.stderr.startswith("Archive"), done.stderr
        assert_whole(archive)
    assert failed, "none of them was met"


@contextmanager
def small_disk(path: Path, megabytes: int) -> Iterator[Path]:
    """A disk of its own of that size, where this process may make one."""
    path.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(path)]
    if os.geteuid() or shutil.which("mount") is None:
        pytest.skip("only root mounts a small disk")
    if subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("no disk may be mounted here")
    try:
        yield path
    finally:
        subprocess.run(["umount", str(path)], check=True)


def test_f04_full_disk_is_named_and_the_archive_whole(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 2) as disk:
        story = Story(disk / "fuhan.db")
        with pytest.raises(ArchiveFull):
            for day in range(1, 400):
                story.crawl(site_on(day))
        assert_whole(story.path)
        with pytest.raises(ArchiveFull) as full:
            back_up(story.path, disk / "copy.db", story.now)
        assert full.value.path == disk / "copy.db"
        assert not list(disk.glob(".*"))
        assert_whole(story.path)


def test_f04_archive_that_finds_no_room_leaves_no_empty_file(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 1) as disk:
        with pytest.raises(OSError), (disk / "filler").open("wb", buffering=0) as filler:
            while True:
                filler.write(bytes(4096))
        with pytest.raises(ArchiveFull):
            Database.open_to_write(disk / "fuhan.db")
        assert [file.name for file in disk.iterdir()] == ["filler"]


def test_read_only_disk_is_named_as_one(archive: Path, tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk", 2) as disk:
        path = Path(shutil.copy(archive, disk / "fuhan.db"))
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        for attempt in (
            lambda: Database.open_to_write(path),
            lambda: Database.open_to_write(disk / "new.db"),
            lambda: upkeep(path, Story(path).now),
        ):
            with pytest.raises(ArchiveError) as error:
                attempt()
            assert error.value.what == "read-only"


def test_f04_full_archive_is_named_whatever_the_disk(archive: Path) -> None:
    """SQLite's own limit on the file's size answers as a full disk does."""
    with LetterArchive.open(archive) as opened:
        database = opened._database
        pages = database.value("PRAGMA page_count")
        database.row(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(ArchiveFull) as full, database.writing():
            database.write("INSERT INTO decisions VALUES (NULL, 'x', 1, zeroblob(2000000), 'x')")
    assert full.value.what == "full"
    assert_whole(archive)


def test_f05_locked_archive_is_waited_for_and_named(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.archive_faults.BUSY_SECONDS", 0.2)
    holding = "import sqlite3,sys; c=sqlite3.connect(sys.argv[1],isolation_level=None);"
    holding += "c.execute('BEGIN IMMEDIATE'); print(1,flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", holding, str(archive)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as sibling:
        assert sibling.stdout is not None
        sibling.stdout.readline()
        with pytest.raises(ArchiveLocked) as locked:
            Story(archive).crawl(site_on(2))
        assert (locked.value.what, locked.value.path) == ("locked", archive)
        sibling.kill()
    Story(archive).crawl(site_on(2))
    assert_whole(archive)


def test_f06_a_crawl_beside_readers_and_backups(tmp_path: Path) -> None:
    path = tmp_path / "fuhan.db"
    with subprocess.Popen(child(path, 0), cwd=ROOT, stdout=subprocess.PIPE, text=True) as crawl:
        assert crawl.stdout is not None
        crawl.stdout.readline()
        with pytest.raises(ArchiveLocked):
            upkeep(path, Story(path).now)
        for number in range(3):
            with LetterArchive.open_to_read(path) as opened:
                assert opened.verify().faults == []
                assert len(list(opened.export())) == len(list(opened.letters())) == 8
            back_up(path, tmp_path / f"{number}.db", Story(path).now)
        assert crawl.poll() is None
        crawl.kill()
    assert_whole(path)


def test_f07_deleted_wal_is_named_by_the_head_that_was_noted_down(archive: Path) -> None:
    with closing(sqlite3.connect(archive)) as reader:  # keeps the -wal from being taken over
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM letters").fetchone()
        with LetterArchive.open_to_read(archive) as opened:
            old = Head(*opened.journal_head())
        Story(archive).crawl(site_on(2))
        with LetterArchive.open_to_read(archive) as opened:
            new = Head(*opened.journal_head())
        left = Path(shutil.copy(archive, archive.with_name("left.db")))
    before = left.read_bytes()
    with LetterArchive.open_to_read(left) as opened:
        assert opened.verify(heads=[old]).faults == []
        assert [fault.kind for fault in opened.verify(heads=[new]).faults] == [FaultKind.CUT]
    assert left.read_bytes() == before


def test_f08_migration_that_is_killed_begins_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "fuhan.db"
    apply = schema.migrations.apply

    class Killed(BaseException):
        pass

    def killed(tables: object) -> None:
        apply(tables)  # type: ignore[arg-type]
        raise Killed

    monkeypatch.setattr(schema.migrations, "apply", killed)
    with pytest.raises(Killed):
        Database.open_to_write(path)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
    monkeypatch.undo()
    Story(path).crawl({"t1.html": a_letter(1)})
    assert_whole(path)


@contextmanager
def as_nobody() -> Iterator[Path]:
    """A directory this process may read and not write."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        root = os.geteuid() == 0
        try:
            yield folder
        finally:
            if root:
                os.seteuid(0)
            folder.chmod(0o755)


def forbid(folder: Path) -> None:
    folder.chmod(0o555)
    if os.geteuid() == 0:
        os.seteuid(NOBODY)


def test_directory_named_as_the_archive_is_told(tmp_path: Path) -> None:
    for attempt in (Database.open_to_write, Database.open_to_read, Database.open_any_schema):
        with pytest.raises(ArchiveError, match="is a directory") as error:
            attempt(tmp_path)
        assert error.value.what == "directory"


def test_f10_directory_that_cannot_be_written_is_named(archive: Path) -> None:
    with as_nobody() as folder:
        path = Path(shutil.copy(archive, folder / "fuhan.db"))
        backup = Path(shutil.copy(archive, folder / "copy.db"))
        before = path.read_bytes()
        forbid(folder)
        refused: list[str] = []
        for attempt in (
            lambda: Database.open_to_write(path),
            lambda: Database.open_to_write(folder / "new.db"),
            lambda: upkeep(path, Story(path).now),
            lambda: restore(backup, path, Story(path).now, force=True),
            lambda: back_up(path, folder / "other.db", Story(path).now),
        ):
            with pytest.raises(ArchiveError) as error:
                attempt()
            assert not isinstance(error.value, ArchiveDamaged)
            assert str(folder) in str(error.value)
            refused.append(error.value.what)
        assert set(refused) <= {"forbidden", "lock-unwritten", "unopened"}
        assert path.read_bytes() == before
        assert sorted(file.name for file in folder.iterdir()) == ["copy.db", "fuhan.db"]
