"""The public API holds what it names."""

from __future__ import annotations

import ast
import subprocess
import sys
import sysconfig
import venv
from datetime import UTC, date, datetime
from pathlib import Path

import pandas as pd
import pyarrow
import pytest

import fuhan
from storage.records import ReplyLetter
from tests.archive_story import Story, a_letter

ROOT = Path(__file__).parent.parent
STUB = ROOT / "fuhan-stubs" / "__init__.pyi"
USER = """
from datetime import date
from typing import Any

import fuhan

with fuhan.open_archive("x.db") as archive:
    title: str | None = next(archive.letters()).title
    row: dict[str, Any] = next(archive.rows())
    hits: list[fuhan.SearchHit] = list(archive.search(fuhan.Search("x")))
day: date | None = fuhan.read_page(b"", "http://a.example/").letter.date_signed
wrong: int = fuhan.read_text("", "http://a.example/")
"""


def test_everything_named_is_there() -> None:
    assert all(hasattr(fuhan, name) for name in fuhan.__all__)


def test_archive_opens_to_read_beside_a_crawl(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    story.crawl({"t1.html": a_letter(1)})
    with story.open(), fuhan.open_archive(tmp_path / "fuhan.db") as archive:
        (record,) = archive.letters()
        assert record.letter.submission_number == "0001"
        assert [event.kind for event in archive.changes()] == [fuhan.EventKind.NEW]


def test_cursor_of_another_archive_is_a_named_error(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    story.crawl({"t1.html": a_letter(1)})
    with fuhan.open_archive(story.path) as archive:
        for follow in (archive.changes, archive.export):
            assert list(follow(after=1)) == []
            with pytest.raises(fuhan.ArchiveError, match="another archive"):
                list(follow(after=2))
            with pytest.raises(ValueError, match="begin with 0"):
                list(follow(after=-1))
            with pytest.raises(TypeError):
                list(follow(after="1"))  # type: ignore[arg-type]


def test_missing_archive_is_a_named_error(tmp_path: Path) -> None:
    with pytest.raises(fuhan.FuhanError, match="no archive"):
        fuhan.open_archive(tmp_path / "none.db")


def test_text_is_read_without_an_archive() -> None:
    text = (
        "关于市六届人大三次会议第0007号建议的复函\n李梅代表：\n"
        "您提出的《关于加强河道工作的建议》（第0007号）收悉。经研究办理，现答复如下：\n"
        "我局将加强河道巡查。\n某市水利局\n2025年3月8日"
    )
    letter = fuhan.read_text(text, "http://a.example/7.txt").letter
    assert (letter.submission_number, letter.addressees) == ("0007", ("李梅",))


# --- import and types -------------------------------------------------------------------------


def test_import_brings_no_parser_and_no_database_in() -> None:
    code = "import sys, fuhan; print(*sys.modules); fuhan.LetterArchive; fuhan.read_page"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    heavy = {"lxml", "sqlite3", "sqlite_utils", "pandas", "rapidfuzz", "pipelines", "scrapy"}
    assert heavy & set(done.stdout.split()) == set()


def test_reading_an_archive_brings_no_pandas_in(tmp_path: Path) -> None:
    Story(tmp_path / "fuhan.db").crawl({"t1.html": a_letter(1)})
    code = (
        "import sys, fuhan; a = fuhan.open_archive(sys.argv[1]); "
        "print(next(a.letters()).id, *sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "fuhan.db")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.startswith("1 ")
    assert {"pandas", "sqlite_utils", "lxml"} & set(done.stdout.split()) == set()


def test_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = [getattr(fuhan, name) for name in ("nothing",)]


def test_stub_names_what_the_module_gives() -> None:
    names = set()
    for node in ast.parse(STUB.read_text("utf-8")).body:
        if isinstance(node, ast.ImportFrom):
            names |= {alias.asname for alias in node.names if alias.asname == alias.name}
        elif isinstance(node, ast.FunctionDef):
            names.add(node.name)
    assert names == set(fuhan.__all__)


def test_mypy_of_a_user_sees_the_types(tmp_path: Path) -> None:
    """Installed as a wheel lays it out: the module, its stub package and the rooms side by side."""
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    target = Path(sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)}))
    for name in ("fuhan.py", "fuhan-stubs", "storage", "pipelines"):
        (target / name).symlink_to(ROOT / name)
    (tmp_path / "user.py").write_text(USER, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--cache-dir", str(tmp_path / "cache")]
    python = str(home / "bin" / "python")
    done = subprocess.run(
        [*command, "--python-executable", python, "user.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    faults = [line for line in done.stdout.splitlines() if ": error:" in line]
    assert len(faults) == 1, done.stdout
    assert '"PageReading"' in faults[0] and '"int"' in faults[0]


# --- tables -----------------------------------------------------------------------------------


def test_data_frame_is_one_line(tmp_path: Path) -> None:
    dated = a_letter(2, date_signed=date(2025, 3, 2), contacts=("联系电话：000",))
    Story(tmp_path / "fuhan.db").crawl({"t1.html": a_letter(1), "t2.html": dated})
    with fuhan.open_archive(tmp_path / "fuhan.db") as archive:
        frame = pd.DataFrame(archive.rows())
        with_contacts = next(row for row in archive.rows(contacts=True) if row["id"] == 2)
    assert len(frame) == 2
    assert str(frame.first_seen.dt.tz) == "UTC"
    assert frame.date_signed.tolist() == [None, date(2025, 3, 2)]
    assert frame.urls[0] == ["http://a.example/jyta/t1.html"]
    assert set(ReplyLetter.__slots__) - set(frame.columns) == {"contacts"}
    assert with_contacts["contacts"] == ["联系电话：000"]


def test_rows_are_typed_for_arrow(tmp_path: Path) -> None:
    Story(tmp_path / "fuhan.db").crawl({"t1.html": a_letter(1, date_signed=date(2025, 3, 2))})
    with fuhan.open_archive(tmp_path / "fuhan.db") as archive:
        rows = list(archive.rows())
    assert rows[0]["first_seen"] == datetime(2026, 3, 2, 22, 20, tzinfo=UTC)
    schema = pyarrow.Table.from_pylist(rows).schema
    assert str(schema.field("date_signed").type) == "date32[day]"


def test_letter_tells_its_title_and_principal_address(tmp_path: Path) -> None:
    Story(tmp_path / "fuhan.db").crawl({"t1.html": a_letter(1)})
    with fuhan.open_archive(tmp_path / "fuhan.db") as archive:
        (record,) = archive.letters()
    assert (record.title, record.url) == (record.letter.title, "http://a.example/jyta/t1.html")
