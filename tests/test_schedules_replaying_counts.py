"""`fuhan export --format warc`, `replay`, `verify` and `show` count the same things alike."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from schedules.words.language import Words, said
from tests.round_trip_story import round_trip_story
from tests.test_schedules_replaying import Desk, days
from tests.test_schedules_round_trip import a_desk
from tests.warc_files import OLD, Shot, letter_page, letter_url, shot, warc

PARTS = ("versions", "files", "sightings", "gone", "known", "evidence")


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = a_desk(tmp_path_factory.mktemp("counted") / "desk")
    round_trip_story(desk.archive)
    return desk


def value(desk: Desk, sql: str) -> int:
    with closing(sqlite3.connect(desk.archive)) as connection:
        return int(connection.execute(sql).fetchone()[0])


def exported(desk: Desk, path: Path) -> dict[str, int]:
    """What the export says it wrote."""
    told = desk.run("export", "--format", "warc", "-o", path).stderr
    found = re.search(
        r"(\d+) captures of (\d+) letters written \((\d+) in full, (\d+) revisits?, "
        r"(\d+) without bytes\) and (\d+) notes?, (\d+) records in all",
        told,
    )
    assert found is not None, told
    names = ("captures", "letters", "full", "revisits", "bare", "notes", "records")
    return dict(zip(names, map(int, found.groups()), strict=True))


def test_export_and_replay_count_the_same(crawled: Desk, tmp_path: Path) -> None:
    written = exported(crawled, tmp_path / "all.warc.gz")
    assert written["captures"] == written["full"] + written["revisits"] + written["bare"]
    other = a_desk(tmp_path / "other")
    report = other.replay(tmp_path / "all.warc.gz")
    for name in ("captures", "notes", "records"):
        assert report[name] == written[name], name
    assert report["records"] == report["captures"] + report["notes"] + sum(
        report["skipped"].values()
    )
    assert report["captures"] == sum(portal["captures"] for portal in report["portals"])
    for portal in report["portals"]:
        parts = [portal[name] for name in PARTS]
        assert portal["captures"] == sum(parts) + sum(portal["of_no_use"].values())
    added = Counter[str]()
    for portal in report["portals"]:
        added.update({name: portal[name] for name in PARTS})
    assert added["versions"] == value(other, "SELECT count(*) FROM versions")
    assert added["files"] == 4
    assert f"{added['versions']} versions, " in other.run("verify").stdout


def test_no_two_records_have_one_id(crawled: Desk, tmp_path: Path) -> None:
    exported(crawled, tmp_path / "all.warc.gz")
    with (tmp_path / "all.warc.gz").open("rb") as stream:
        ids = [r.rec_headers.get_header("WARC-Record-ID") for r in ArchiveIterator(stream)]
    assert len(ids) > 50
    assert max(Counter(ids).values()) == 1


def test_file_that_two_letters_link_to_is_told_once_as_it_stood_last(tmp_path: Path) -> None:
    """One letter came to link to it later: each knows the same bytes from another day on."""
    desk = Desk(tmp_path / "desk")
    url = letter_url(1).rsplit("/", 1)[0] + "/P1.pdf"
    link = '<p><a href="P1.pdf">附件：清单.pdf</a></p><p>感谢'
    file = {"Content-Type": "application/pdf"}

    def page(number: int, day: int) -> Shot:
        text = letter_page(number).replace("<p>感谢", link)
        return Shot(letter_url(number), days(day)[0], text)

    def bytes_on(day: int) -> Shot:
        return Shot(url, days(day)[0], b"%PDF-1.4 list", headers=file)

    desk.replay(desk.keep("a.warc.gz", warc([page(1, 0), bytes_on(1)])))
    desk.replay(desk.keep("b.warc.gz", warc([page(2, 5), bytes_on(6), bytes_on(9)])))
    assert value(desk, "SELECT count(*) FROM attachment_versions") == 2
    path = tmp_path / "all.warc.gz"
    exported(desk, path)
    with path.open("rb") as stream:
        seen = [
            (record.rec_type, record.rec_headers.get_header("WARC-Date")[8:10])
            for record in ArchiveIterator(stream)
            if record.rec_headers.get_header("WARC-Target-URI") == url
            and record.rec_type in ("response", "revisit")
        ]
    assert seen == [("response", "02"), ("response", "07"), ("revisit", "10")]


def test_one_is_said_in_the_singular(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk")
    output = desk.run("replay", desk.keep("a.warc.gz", warc([shot(1, OLD)]))).stdout
    assert output.startswith("1 file, 2 records: 1 capture, 0 notes\n")
    assert "kjj: 1 capture of 1 address, " in output
    assert "1 version added, 0 confirm a known one, 0 say gone, 0 were known" in output
    assert "letter 1 · present · 1 version\n" in desk.run("show", 1).stdout
    desk.run("export", "--format", "warc", "-o", tmp_path / "b.warc.gz")
    again = desk.run("replay", tmp_path / "b.warc.gz").stdout
    assert "0 versions added, 0 confirm a known one, 0 say gone, 1 was known" in again


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "0 files"), (1, "1 file"), (2, "2 files"), (-1, "-1 files")]
)
def test_number_takes_its_noun_with_it(number: int, expected: str) -> None:
    assert said(Words("{count} 个", "{count:file|files}"), "en", count=number) == expected
    assert said(Words("{count} 个", "{count:file|files}"), "zh", count=number) == f"{number} 个"


def test_number_may_have_a_form_of_its_own() -> None:
    told = said(Words("", "{count:,} {share:.1f} {well}"), "en", count=1234, share=0.5, well=True)
    assert told == "1,234 0.5 True"


def test_show_marks_what_it_lists_and_does_not_count(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk")
    elsewhere = Shot("http://www.lanjiang.example/x.html", days(5)[0], letter_page(1))
    desk.replay(desk.keep("a.warc.gz", warc([shot(1, OLD), shot(1, days(9)[0], places=15)])))
    desk.replay(desk.keep("b.warc.gz", warc([elsewhere])), "--portal", "kjj")
    (letter,) = desk.lines("show", 1, "--json")
    assert letter["versions"] == 2
    listed = _section(desk.run("show", 1).stdout, "Versions")
    assert len(listed) == 3
    (marked,) = [line for line in listed if "says what was known, and is not in the count" in line]
    assert "x.html" in marked
    desk.run("dossier", 1, "-o", tmp_path / "dossier")
    page = (tmp_path / "dossier" / "dossier.html").read_text("utf-8")
    assert page.count("says what was known, and is not in the count") == 1


def _section(text: str, head: str) -> list[str]:
    lines: list[Any] = text.split(f"\n{head}\n")[1].split("\n\n")[0].splitlines()
    return lines
