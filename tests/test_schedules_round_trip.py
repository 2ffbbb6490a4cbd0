"""Archive → `export --format warc` → `replay` into an empty archive: what users see is the same."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker

from storage.archive import LetterArchive
from tests.archive_story import Page
from tests.attachment_site import pdf
from tests.round_trip_story import LINK, RD_HOST, Site, round_trip_story
from tests.test_schedules_replaying import Desk
from tests.warc_files import HOST

RD = f"""
name = "rd"
agency = "澜江市人大常委会"
platform = "generic"
lists = [{{ url = "http://{RD_HOST}/jybl/" }}]
"""


def a_desk(folder: Path) -> Desk:
    """A desk with both portals of the story."""
    desk = Desk(folder)
    (folder / "portals" / "rd.toml").write_text(RD, "utf-8")
    config = folder / "fuhan.toml"
    config.write_text(config.read_text("utf-8").replace('["kjj"]', '["kjj", "rd"]'), "utf-8")
    return desk


def export(desk: Desk, name: str = "all.warc.gz") -> Path:
    path = desk.folder / name
    desk.run("export", "--format", "warc", "-o", path)
    return path


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = a_desk(tmp_path_factory.mktemp("crawled") / "desk")
    round_trip_story(desk.archive)
    export(desk)
    return desk


@pytest.fixture(scope="module")
def other(crawled: Desk, tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The archive made anew from the other one's file."""
    desk = a_desk(tmp_path_factory.mktemp("other") / "desk")
    desk.replay(crawled.folder / "all.warc.gz")
    return desk


def without(lines: list[dict[str, Any]], *names: str) -> list[dict[str, Any]]:
    return [{name: value for name, value in line.items() if name not in names} for line in lines]


def rows(desk: Desk, sql: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(desk.archive)) as connection:
        return connection.execute(sql).fetchall()


def test_letters_and_what_is_handed_on_are_the_same(crawled: Desk, other: Desk) -> None:
    for command in (("letters", "--json"), ("search", "--json", "答复")):
        assert other.lines(*command) == crawled.lines(*command)
    lines = [without(desk.lines("export"), "cursor") for desk in (other, crawled)]
    assert lines[0] == lines[1]
    assert len(lines[0]) == 15


def test_everything_that_was_told_is_history_now(crawled: Desk, other: Desk) -> None:
    def told(desk: Desk) -> list[dict[str, Any]]:
        events = without(desk.lines("changes", "--json", "--replayed"), "cursor", "replayed")
        return sorted(events, key=lambda event: (event["observed_at"], event["url"], event["kind"]))

    expected = told(crawled)
    assert told(other) == expected
    assert {event["kind"] for event in expected} == {
        *("new", "changed", "copy-found", "moved", "withdrawn", "restored", "delisted")
    }
    both = [event for event in expected if len(event["fields"]) > 1]
    assert [field["field"] for field in both[-1]["fields"]] == ["body", "attachments"]
    assert sum(event["baseline"] for event in expected) == 16
    assert other.lines("changes", "--json") == []


def test_letter_is_shown_the_same_but_for_what_this_archive_did_itself(
    crawled: Desk, other: Desk
) -> None:
    def shown(desk: Desk, letter: int) -> dict[str, Any]:
        (found,) = desk.lines("show", letter, "--json")
        for copy in found["copies"]:
            if copy["evidence"] not in ("joined", "split"):
                del copy["decided_at"]  # when this archive identified it
        for file in found["files"]:
            del file["etag"], file["last_visited"]
        return found

    for letter in (line["id"] for line in crawled.lines("letters", "--json")):
        assert shown(other, letter) == shown(crawled, letter)


def test_copies_captures_and_decisions_are_the_same(crawled: Desk, other: Desk) -> None:
    for sql in (
        "SELECT id, status, joined_into, split_from FROM letters",
        """SELECT id, key, url, letter_id, status, first_seen, last_success, listed_title,
                  delisted_at, gone_since FROM copies ORDER BY id""",
        """SELECT key, fetched_at, captures.status, digest FROM captures
           JOIN copies ON copies.id = copy_id
           WHERE kept_digest IS NULL AND key NOT LIKE '%t11.html' ORDER BY 1, 2""",
        "SELECT kind, letter_id, note, decided_at FROM decisions",
        """SELECT copies.key, f.key, f.state, f.status, f.reason, f.last_seen
           FROM attachment_files f JOIN copies ON copies.id = copy_id ORDER BY 1, 2""",
        """SELECT f.key, v.observed_at, v.content_id, v.fate FROM attachment_versions v
           JOIN attachment_files f ON f.id = file_id ORDER BY 1, 2""",
    ):
        assert rows(other, sql) == rows(crawled, sql), sql


def test_what_was_no_letter_or_refused_is_kept_as_evidence(crawled: Desk, other: Desk) -> None:
    evidence = """
        SELECT key, observed_at, s.outcome FROM (
            SELECT copy_id, observed_at, outcome, capture_id FROM visits UNION ALL
            SELECT copy_id, observed_at, outcome, capture_id FROM sightings) s
        JOIN copies ON copies.id = copy_id
        WHERE capture_id IS NOT NULL AND s.outcome IN ('blocked', 'failed') ORDER BY 1, 2"""
    assert rows(other, evidence) == rows(crawled, evidence)
    assert len(rows(other, evidence)) == 2
    (never,) = rows(other, "SELECT letter_id FROM copies WHERE key LIKE '%news.html'")
    assert never == (None,)
    assert rows(other, "SELECT count(*) FROM sightings WHERE outcome = 'dropped'") == [(1,)]
    other.run("verify")


class EveryPage(Site):
    """A story whose archive keeps every page (`keep_captures = "all"`)."""

    def open(self) -> LetterArchive:
        return LetterArchive.open(self.path, clock=lambda: self.now, keep_all_captures=True)


def test_pages_of_which_only_the_furniture_changed_come_back(tmp_path: Path) -> None:
    desk, other = a_desk(tmp_path / "desk"), a_desk(tmp_path / "other")
    site = EveryPage(desk.archive)
    pages: dict[str, Page] = {"t1.html": site.letter(1)}
    for year in ("2024", "2025", "2025", "2024"):
        site.furniture = f"<!-- {year} -->"
        site.crawl(pages)
    other.replay(export(desk))
    captures = "SELECT fetched_at, digest FROM captures ORDER BY 1"
    assert rows(other, captures) == rows(desk, captures)
    assert len(rows(other, captures)) == 2
    assert other.lines("letters", "--json") == desk.lines("letters", "--json")


def test_next_export_is_the_same_file(other: Desk, tmp_path: Path) -> None:
    third = a_desk(tmp_path / "third")
    third.replay(export(other))

    def told(path: Path) -> Iterator[tuple[list[tuple[str, str]], bytes]]:
        for record in ArchiveIterator(io.BytesIO(path.read_bytes())):
            fields = [f for f in record.rec_headers.headers if f[0] != "Fuhan-Source"]
            if record.rec_type != "warcinfo":
                yield fields, record.raw_stream.read()

    assert list(told(export(third))) == list(told(export(other, "again.warc.gz")))


def test_same_file_again_adds_nothing(crawled: Desk, other: Desk) -> None:
    before = [rows(other, f"SELECT count(*) FROM {table}") for table in COUNTED]
    for portal in other.replay(crawled.folder / "all.warc.gz")["portals"]:
        assert (portal["versions"], portal["sightings"], portal["events"]) == (0, 0, {})
    assert [rows(other, f"SELECT count(*) FROM {table}") for table in COUNTED] == before


COUNTED = ("letters", "copies", "captures", "versions", "events", "decisions", "sightings")


def test_next_crawls_tell_the_same_of_both(crawled: Desk, other: Desk, tmp_path: Path) -> None:
    told = [_next_crawls(desk, tmp_path / f"{n}.db") for n, desk in enumerate((crawled, other))]
    assert told[1] == told[0]
    assert [(kind, path) for kind, path, _ in told[0]] == [
        *(("changed", "t6.html"), ("copy-found", "t20.html"), ("delisted", "t14.html")),
        *(("delisted", "t7.html"), ("moved", "again.html")),
    ]


def _copy(archive: Path, to: Path) -> None:
    with closing(sqlite3.connect(archive)) as one, closing(sqlite3.connect(to)) as other:
        one.backup(other)


def _next_crawls(desk: Desk, path: Path) -> list[tuple[str, str, str | None]]:
    """What two crawls tell, a month later: an edit, one listed no more, one new, and one that was
    gone at another address."""
    _copy(desk.archive, path)
    site = Site(path)
    site.now += timedelta(days=30)
    site.files = {"P1.pdf": pdf("the third"), "P2.pdf": pdf("2")}
    pages: dict[str, Page] = {f"t{n}.html": site.letter(n) for n in (2, 3, 5, 7, 8, 12, 14, 20)}
    pages |= {"moved.html": site.letter(1, places=15), "twin.html": site.letter(2)}
    pages |= {"late.html": site.letter(13), "again.html": site.letter(4, places=44)}
    pages["t6.html"] = site.letter(6, places=98)
    pages["t9.html"] = site.letter(9, places=55, more=LINK.format(1))
    pages["t10.html"] = site.letter(10, more=LINK.format(2))
    pages["t11.html"] = site.letter(11, places=77)
    with site.open() as archive:
        before = archive.last_cursor()
    site.crawl(pages, listed=list(pages))
    site.crawl(pages, listed=[path for path in pages if path not in ("t7.html", "t14.html")])
    events = [(e.kind.value, e.url.rsplit("/", 1)[1], e.reason) for e in site.events(before)]
    return sorted(events)


def test_what_was_forgotten_is_told_and_left_to_a_hand(crawled: Desk, tmp_path: Path) -> None:
    desk = a_desk(tmp_path / "desk")
    result = desk.run("replay", crawled.folder / "all.warc.gz")
    assert "fuhan.toml forget 11 --contacts" in result.stderr
    assert rows(desk, "SELECT count(*) FROM forgotten") == [(0,)]
    desk.run("forget", "11", "--contacts", "--yes")
    portals = desk.replay(crawled.folder / "all.warc.gz")["portals"]
    assert [portal["forgotten_elsewhere"] for portal in portals] == [[], []]


def test_letter_without_its_text_is_named_by_its_address(crawled: Desk, tmp_path: Path) -> None:
    desk, other = a_desk(tmp_path / "desk"), a_desk(tmp_path / "other")
    _copy(crawled.archive, desk.archive)
    desk.run("forget", "6", "--text", "--yes")
    result = other.run("replay", export(desk))
    url = f"http://{HOST}/zwgk/jytabl/t6.html"
    assert f"fuhan.toml forget {url} --text (the letter is not here" in result.stderr
    assert url not in [line["urls"][0] for line in other.lines("letters", "--json")]


def test_file_is_valid_and_says_what_it_lacks(crawled: Desk, tmp_path: Path) -> None:
    path = tmp_path / "all.warc.gz"
    result = crawled.run("export", "--format", "warc", "-o", path)
    assert "something was forgotten on request" in result.stderr
    assert Checker(SimpleNamespace(inputs=[str(path)], verbose=False)).process_all() == 0
    notes = [
        (record.rec_headers.get_header("Content-Type"), record.raw_stream.read())
        for record in ArchiveIterator(io.BytesIO(path.read_bytes()))
        if record.rec_headers.get_header("Fuhan-Note")
    ]
    assert {kind for kind, _ in notes} == {"application/warc-fields"}  # of others pywb makes pages
    fields = [block.decode().partition(": ") for _, block in notes]
    assert {name for name, _, _ in fields} == {"json-metadata"}
    assert {json.loads(text)["note"] for _, _, text in fields} == {
        *("listing", "event", "file", "decision", "forgotten")
    }


def test_portal_alone_brings_no_decision_about_others(crawled: Desk, tmp_path: Path) -> None:
    path = tmp_path / "rd.warc.gz"
    crawled.run("export", "--format", "warc", "-o", path, "--portal", "rd")
    desk = a_desk(tmp_path / "desk")
    (portal,) = desk.replay(path)["portals"]
    assert (portal["notes"], portal["notes_refused"]) == ({"listing": 3}, 0)
