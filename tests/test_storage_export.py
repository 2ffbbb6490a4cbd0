"""What exports hand on: a corpus that follows them is at any time what a full export gives."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from storage.archive import LetterArchive
from storage.export import export_line
from storage.records import ListColumn, Outcome, Portal
from tests.archive_story import Page, Story, a_letter
from tests.record_story import told_story

OWN = Portal(
    name="b",
    agency="某市民政局",
    platform="trs",
    lists=(ListColumn("http://b.example/jyta/"),),
)
_TOLD_OF_THE_ARCHIVE = frozenset({"cursor", "reason", "versions", "first_seen", "last_seen"})


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "a.db")


class Mirror:
    """A corpus elsewhere that only knows what exports tell it."""

    def __init__(self) -> None:
        self.letters: dict[int, dict[str, Any]] = {}
        self.cursors: list[int] = []

    def follow(self, archive: LetterArchive) -> list[dict[str, Any]]:
        after = self.cursors[-1] if self.cursors else 0
        lines = list(archive.export(after))
        for line in lines:
            self.cursors.append(line["cursor"])
            if line["joined_into"] is None:
                self.letters[line["id"]] = line
            else:
                self.letters.pop(line["id"], None)
        return lines

    def holds(self) -> dict[int, dict[str, Any]]:
        return {number: _said(line) for number, line in self.letters.items()}


def _said(line: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in line.items() if key not in _TOLD_OF_THE_ARCHIVE}


def everything(archive: LetterArchive) -> dict[int, dict[str, Any]]:
    return {line["id"]: _said(line) for line in archive.export()}


def days(story: Story) -> Iterator[None]:
    """Everything that can happen to a letter, a day at a time."""
    site: dict[str, Page] = {f"t{number}.html": a_letter(number) for number in range(1, 9)}
    story.crawl(site)
    yield
    site["t1.html"] = a_letter(1, signatory="李明")
    story.crawl(site)
    yield
    story.crawl({"2.html": a_letter(2, issuing_agency="某市民政局")}, portal=OWN)
    yield  # the issuing agency's own copy of a letter known from elsewhere
    site["t3.html"] = "404"
    story.crawl(site)
    yield
    story.crawl(site)
    yield  # withdrawn
    site["t2.html"] = Outcome.GONE
    story.crawl(site)
    story.crawl(site)
    yield  # one copy of two
    site["t3.html"] = a_letter(3)
    story.crawl(site)
    yield  # restored
    site["t44.html"] = site.pop("t4.html")
    story.crawl(site)
    story.crawl(site)
    yield  # moved
    with story.open() as archive:
        version = archive.versions(5)[0]
        archive.add_reading(version.id, replace(version.letter, signatory="张明"), "r2")
    yield
    with story.open() as archive:
        archive.join_letters([6, 7, 8])
    yield
    with story.open() as archive:
        copies = archive.copies_at(6, ["http://a.example/jyta/t8.html"]).popitem()[1]
        archive.split_letter(6, copies)
    yield
    site["t9.html"] = a_letter(9)
    story.crawl(site)
    story.crawl(site, listed=[path for path in site if path != "t9.html"])
    assert story.told()[-1] == ("delisted", "t9.html")
    yield


def test_corpus_that_follows_is_what_a_full_export_gives_on_every_day(story: Story) -> None:
    mirror = Mirror()
    for _ in days(story):
        with story.open() as archive:
            mirror.follow(archive)
            assert mirror.holds() == everything(archive)
            assert mirror.follow(archive) == []
    assert mirror.cursors == sorted(set(mirror.cursors))
    assert {line["status"] for line in mirror.letters.values()} == {"present"}


def test_corpus_that_looks_once_gets_all_that_happened_meanwhile(story: Story) -> None:
    mirror = Mirror()
    told = days(story)
    next(told)
    with story.open() as archive:
        mirror.follow(archive)
    for _ in told:
        pass
    with story.open() as archive:
        lines = mirror.follow(archive)
        assert mirror.holds() == everything(archive)
    assert len({line["id"] for line in lines}) == len(lines)


def test_export_stopped_at_any_line_is_gone_on_with_from_there(tmp_path: Path) -> None:
    story = told_story(tmp_path / "a.db")
    with story.open() as archive:
        lines = list(archive.export(0))
        for number, line in enumerate(lines):
            rest = [_said(each) for each in archive.export(line["cursor"])]
            assert rest == [_said(each) for each in lines[number + 1 :]]


def reasons(story: Story, after: int) -> dict[int, str]:
    with story.open() as archive:
        return {line["id"]: line["reason"] for line in archive.export(after)}


def test_better_reading_does_not_hide_the_edit_before_it(story: Story) -> None:
    story.crawl({"t1.html": a_letter(1)})
    start = story.cursor()
    story.crawl({"t1.html": a_letter(1, signatory="李明")})
    with story.open() as archive:
        version = archive.versions(1)[-1]
        archive.add_reading(version.id, replace(version.letter, assembly="六届三次"), "r2")
    with story.open() as archive:
        last = max(line["cursor"] for line in archive.export(start))
        assert next(archive.export(start))["assembly"] == "六届三次"
    assert reasons(story, start) == {1: "changed"}
    assert reasons(story, last - 1) == {1: "reread"}


def test_letter_found_at_one_more_address_is_handed_on_with_it(story: Story) -> None:
    story.crawl({"t1.html": a_letter(1), "t2.html": a_letter(2)})
    start = story.cursor()
    story.crawl({"1.html": a_letter(1)}, portal=OWN)
    with story.open() as archive:
        (line,) = archive.export(start)
    assert (line["id"], line["reason"], len(line["urls"])) == (1, "changed", 2)


def test_page_that_left_its_column_is_not_handed_on(story: Story) -> None:
    site: dict[str, Page] = {f"t{number}.html": a_letter(number) for number in range(1, 4)}
    story.crawl(site)
    site["t4.html"] = a_letter(4)
    story.crawl(site)
    start = story.cursor()
    story.crawl(site, listed=["t1.html", "t2.html", "t3.html"])
    assert ("delisted", "t4.html") in story.told(start)
    assert reasons(story, start) == {}


def test_withdrawn_and_restored_since_is_restored(story: Story) -> None:
    site: dict[str, Page] = {"t1.html": a_letter(1), "t2.html": a_letter(2), "t3.html": a_letter(3)}
    story.crawl(site)
    start = story.cursor()
    gone = {**site, "t1.html": "404"}
    story.crawl(gone)
    story.crawl(gone)
    assert reasons(story, start) == {1: "withdrawn"}
    story.crawl(site)
    assert reasons(story, start) == {1: "restored"}
    assert reasons(story, 0) == {1: "new", 2: "new", 3: "new"}


def test_line_of_a_row_is_the_line_of_its_record(tmp_path: Path) -> None:
    story = told_story(tmp_path / "a.db")
    with story.open() as archive:
        for line in archive.export():
            record = archive.letter(line["id"])
            assert record is not None
            assert export_line(record, line["cursor"], line["reason"]) == line


def test_contacts_are_handed_on_only_where_asked_for(story: Story) -> None:
    story.crawl({"t1.html": a_letter(1, contacts=("联系电话：000",))})
    with story.open() as archive:
        assert "contacts" not in next(archive.export())
        assert next(archive.export(contacts=True))["contacts"] == ["联系电话：000"]


def test_by_id_the_same_lines_come_in_the_order_of_letters(tmp_path: Path) -> None:
    story = told_story(tmp_path / "a.db")
    with story.open() as archive, archive.snapshot() as snapshot:
        by_cursor = list(snapshot.export(3))
        by_id = list(snapshot.export(3, by_id=True))
    assert [line["id"] for line in by_id] == sorted(line["id"] for line in by_cursor)
    assert sorted(by_id, key=lambda line: int(line["cursor"])) == by_cursor


def test_snapshot_and_its_cursor_stay_while_another_run_is_settled(story: Story) -> None:
    story.crawl({"t1.html": a_letter(1)})
    with LetterArchive.open_to_read(story.path) as archive:
        with archive.snapshot() as snapshot:
            lines = snapshot.export()
            story.crawl({"t1.html": a_letter(1, signatory="李明"), "t2.html": a_letter(2)})
            (line,) = lines
            assert (line["signatory"], line["cursor"], snapshot.cursor) == (None, 1, 1)
        assert {line["id"] for line in archive.export(snapshot.cursor)} == {1, 2}


def test_letters_are_one_view_while_another_run_is_settled(story: Story) -> None:
    site: dict[str, Page] = {f"t{number}.html": a_letter(number) for number in range(1, 4)}
    story.crawl(site)
    site["t3.html"] = a_letter(3, signatory="李明")
    with LetterArchive.open_to_read(story.path) as archive:
        letters = archive.letters()
        first = next(letters)
        story.crawl(site)
        assert [each.letter.signatory for each in (first, *letters)] == [None, None, None]
        assert [each.letter.signatory for each in archive.letters()] == [None, None, "李明"]


CRAWLS = """
import sys
from pathlib import Path
from tests.archive_story import Story, a_letter
from storage.records import ReplyLetter

story, site = Story(Path(sys.argv[1])), {}
for day in range(25):
    site |= {f"t{n}.html": a_letter(n) for n in range(day * 3, day * 3 + 3)}
    site[f"t{day}.html"] = a_letter(day, signatory=f"李{day}")
    story.crawl(site)
    if day % 5 == 4:
        with story.open() as archive:
            archive.join_letters([day, day + 1])
"""


def test_nothing_is_skipped_or_repeated_while_another_process_crawls(tmp_path: Path) -> None:
    path = tmp_path / "a.db"
    Story(path).crawl({})
    mirror = Mirror()
    root = Path(__file__).parent.parent
    with subprocess.Popen([sys.executable, "-c", CRAWLS, str(path)], cwd=root) as crawls:
        looked = 0
        while crawls.poll() is None:
            with LetterArchive.open_to_read(path) as archive:
                looked += bool(mirror.follow(archive))
    assert crawls.returncode == 0
    assert looked > 3
    with LetterArchive.open_to_read(path) as archive:
        mirror.follow(archive)
        assert mirror.holds() == everything(archive)
        assert len(mirror.letters) == 70
    assert mirror.cursors == sorted(set(mirror.cursors))
