"""The archive file: opening, refusing, captures, addresses, the journal, the run lock."""

from __future__ import annotations

import multiprocessing
import sqlite3
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import errors
from storage.addresses import address_key
from storage.archive import LetterArchive
from storage.captures import load_capture, save_capture
from storage.clock import from_text, to_text
from storage.database import Database
from storage.lock import crawl_lock
from storage.records import Capture
from tests.archive_story import Story, a_letter


def test_archive_says_what_it_is(tmp_path: Path) -> None:
    LetterArchive.open(tmp_path / "a.db").close()
    connection = sqlite3.connect(tmp_path / "a.db")
    assert connection.execute("PRAGMA application_id").fetchone()[0] == 0x46554841
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_making_an_archive_leaves_pandas_alone(tmp_path: Path) -> None:
    pytest.importorskip("pandas", reason="nothing to leave alone")
    script = (
        "import sys; from pathlib import Path; from storage.archive import LetterArchive;"
        "LetterArchive.open(Path(sys.argv[1])).close();"
        "assert not {'numpy', 'pandas'} & sys.modules.keys(); import pandas; pandas.DataFrame()"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "a.db")], check=True)


def test_f08_newer_schema_is_refused_untouched(tmp_path: Path) -> None:
    LetterArchive.open(tmp_path / "a.db").close()
    connection = sqlite3.connect(tmp_path / "a.db")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = (tmp_path / "a.db").read_bytes()
    with pytest.raises(errors.NewerSchema, match="upgrade fuhan"):
        LetterArchive.open(tmp_path / "a.db")
    assert (tmp_path / "a.db").read_bytes() == before


def test_f07_no_sqlite_file_is_named_damaged(tmp_path: Path) -> None:
    (tmp_path / "a.db").write_bytes(b"not a database" * 400)
    with pytest.raises(errors.ArchiveDamaged):
        LetterArchive.open(tmp_path / "a.db")


def test_foreign_sqlite_file_is_refused(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "a.db").execute("CREATE TABLE theirs (x)").connection.close()
    with pytest.raises(errors.ArchiveDamaged, match="no fuhan archive"):
        LetterArchive.open(tmp_path / "a.db")


def test_reading_needs_an_archive(tmp_path: Path) -> None:
    with pytest.raises(errors.ArchiveError, match="fuhan crawl"):
        LetterArchive.open_to_read(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


def _hold(path: Path, held: multiprocessing.synchronize.Event) -> None:
    with crawl_lock(path):
        held.set()
        multiprocessing.get_context("spawn").Event().wait(30)


def test_f06_second_crawl_is_refused_and_the_lock_dies_with_its_process(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    held = context.Event()
    holder = context.Process(target=_hold, args=(tmp_path / "a.db", held))
    holder.start()
    assert held.wait(20)
    with pytest.raises(errors.ArchiveLocked, match=str(holder.pid)), crawl_lock(tmp_path / "a.db"):
        pass
    holder.kill()
    holder.join()
    with crawl_lock(tmp_path / "a.db"):
        pass


def test_captures_give_back_their_bytes(tmp_path: Path) -> None:
    Story(tmp_path / "a.db").crawl({"t1.html": a_letter(1)})
    database = Database.open_to_write(tmp_path / "a.db")
    page = ("<html>" + "关于建议的答复。" * 4000 + "</html>").encode()
    bodies = [page, page.replace("答复".encode(), "复函".encode(), 1), b"", b"\x00\xff" * 9]
    when = datetime(2026, 3, 1, tzinfo=UTC)
    ids = []
    for body in bodies:
        with database.writing():
            ids.append(
                save_capture(database, 1, Capture("http://a", 200, (("A", "b"),), body, when))
            )
    loaded = [load_capture(database, capture_id) for capture_id in ids]
    assert [capture.body for capture in loaded if capture] == bodies
    second = database.row("SELECT * FROM captures WHERE id = ?", (ids[1],))
    assert second is not None
    assert second["codec"] == "zstd-prefix" and len(second["body"]) < 1000


def test_damaged_capture_is_named(tmp_path: Path) -> None:
    Story(tmp_path / "a.db").crawl({"t1.html": a_letter(1)})
    database = Database.open_to_write(tmp_path / "a.db")
    with database.writing():
        database.write("UPDATE captures SET body = zeroblob(length(body)) WHERE id = 1")
    with pytest.raises(errors.ArchiveDamaged, match="capture 1 of http://a"):
        load_capture(database, 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://A.gov.cn:443/x", "http://a.gov.cn/x#top"),
        ("http://a.gov.cn", "https://a.gov.cn/"),
        ("http://a.gov.cn/%7Ex%e5", "http://a.gov.cn/~x%E5"),
        ("http://a.gov.cn/名单.docx", "http://a.gov.cn/%E5%90%8d%E5%8D%95.docx"),
        ("http://a.gov.cn/d?showname=名 单", "http://a.gov.cn/d?showname=%E5%90%8D%20%E5%8D%95"),
        ("http://a.gov.cn/x/../d/./1.pdf", "http://a.gov.cn/d/1.pdf"),
        ("http://重庆.cn/", "http://xn--jhqz7e.cn/".replace("xn--jhqz7e", "xn--jhqz7e")),
    ],
)
def test_one_address_has_one_key(one: str, other: str) -> None:
    if "xn--" in other:
        other = f"http://{'重庆'.encode('idna').decode()}.cn/"
    assert address_key(one) == address_key(other)


@pytest.mark.parametrize(
    "other",
    [
        "http://a.gov.cn/x?b=2&a=1",
        "http://a.gov.cn:8080/x?a=1&b=2",
        "http://www.a.gov.cn/x?a=1&b=2",
        "http://a.gov.cn/X?a=1&b=2",
        "http://a.gov.cn/x%2F?a=1&b=2",
        "http://a.gov.cn/x?a=1&b=%32/../2",
    ],
)
def test_other_addresses_have_other_keys(other: str) -> None:
    assert address_key("http://a.gov.cn/x?a=1&b=2") != address_key(other)


@given(st.text())
def test_any_text_has_a_key(text: str) -> None:
    assert isinstance(address_key(text), str)


@given(st.datetimes(timezones=st.just(UTC), min_value=datetime(1990, 1, 1)))  # noqa: DTZ001
def test_instants_come_back(instant: datetime) -> None:
    instant = instant.replace(microsecond=instant.microsecond // 1000 * 1000)
    assert from_text(to_text(instant)) == instant


def test_journal_shows_what_was_altered(tmp_path: Path) -> None:
    story = Story(tmp_path / "a.db")
    story.crawl({f"t{n}.html": a_letter(n) for n in range(1, 4)})
    with story.open() as archive:
        assert archive.check_journal() == []
        head, _ = archive.journal_head()
        with archive._database.writing():
            archive._database.write("UPDATE journal SET content = '{}' WHERE seq = 2")
            archive._database.write("DELETE FROM journal WHERE seq = 4")
        faults = {(fault.seq, fault.problem) for fault in archive.check_journal()}
    assert head == 6
    assert (2, "altered after it was written") in faults
    assert (4, "entries 4–4 missing") in faults


def test_same_capture_saved_twice_is_one_version(tmp_path: Path) -> None:
    story = Story(tmp_path / "a.db")
    story.crawl({"t1.html": a_letter(1)}, settle=False)
    story.now = story.now.replace()
    with story.open() as archive:
        before = archive._database.value("SELECT count(*) FROM versions")
    story.crawl({"t1.html": a_letter(1)}, days=0)
    with story.open() as archive:
        assert archive._database.value("SELECT count(*) FROM versions") == before
    assert story.told() == [("new", "t1.html")]


def test_better_reader_adds_a_reading_and_no_event(tmp_path: Path) -> None:
    story = Story(tmp_path / "a.db")
    story.crawl({"t1.html": a_letter(1)})
    start = story.cursor()
    better = replace(a_letter(1), signatory="李明")
    with story.open() as archive:
        known = archive.history(1)
        assert known.version_id is not None
        archive.add_reading(known.version_id, better, "r2")
    story.crawl({"t1.html": better})
    assert story.told(start) == []
    with story.open() as archive:
        assert [version.letter.signatory for version in archive.versions(1)] == ["李明"]
        assert [line["reason"] for line in archive.export(start)] == ["reread"]


def test_export_follows_what_happened_since(tmp_path: Path) -> None:
    story = Story(tmp_path / "a.db")
    site = {f"t{n}.html": a_letter(n) for n in range(1, 8)}
    story.crawl(site)
    with story.open() as archive:
        lines = list(archive.export())
    assert [line["reason"] for line in lines] == ["new"] * 7
    assert all("contacts" not in line for line in lines)
    cursor = lines[-1]["cursor"]
    site["t2.html"] = replace(a_letter(2), signatory="李明")
    del site["t5.html"]
    story.crawl(site)
    story.crawl(site)
    with story.open() as archive:
        after = {line["id"]: line["reason"] for line in archive.export(cursor)}
        assert list(archive.export(max(line["cursor"] for line in archive.export(cursor)))) == []
    assert after == {2: "changed", 5: "withdrawn"}
