"""Captures as a WARC file that other tools read, with nothing in it that was not seen."""

from __future__ import annotations

import io
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from warcio.archiveiterator import ArchiveIterator
from warcio.checker import Checker
from warcio.recordloader import ArcWarcRecord

from storage.archive import LetterArchive
from storage.captures import save_capture
from storage.records import Capture, Outcome
from storage.warc.export import WarcFilter, WarcTally
from tests.archive_story import Story, a_letter
from tests.record_story import told_story

NOW = datetime(2026, 5, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    return told_story(tmp_path_factory.mktemp("warc") / "a.db")


def written(
    story: Story, chosen: WarcFilter | None = None, filename: str = "a.warc.gz"
) -> tuple[bytes, WarcTally]:
    out = io.BytesIO()
    with LetterArchive.open_to_read(story.path, clock=lambda: NOW) as archive:
        tally = archive.write_warc(out, filename=filename, software="fuhan/1", chosen=chosen)
    return out.getvalue(), tally


def records(data: bytes) -> list[tuple[ArcWarcRecord, bytes]]:
    """All but the notes, which `test_storage_warc_notes.py` looks at."""
    found = [
        (record, record.content_stream().read()) for record in ArchiveIterator(io.BytesIO(data))
    ]
    return [pair for pair in found if pair[0].rec_headers.get_header("Fuhan-Note") is None]


def field(record: ArcWarcRecord, name: str) -> str:
    return str(record.rec_headers.get_header(name))


def test_file_passes_the_check_of_warcio(story: Story, tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(written(story)[0])
    assert Checker(SimpleNamespace(inputs=[str(path)], verbose=False)).process_all() == 0


def test_every_capture_is_there_with_its_bytes(story: Story) -> None:
    data, tally = written(story)
    with LetterArchive.open_to_read(story.path) as archive:
        total = archive.captures_to_read(quick=False)
        kept = [archive.capture(number) for number in range(1, total + 1)]
    found = [(r, body) for r, body in records(data) if r.rec_type == "response"]
    assert [body for _, body in found] == [capture.body for capture in kept if capture]
    assert [field(r, "WARC-Target-URI") for r, _ in found] == [c.url for c in kept if c]
    assert tally.records["response"] == tally.records["request"] == total
    assert (tally.damaged, field(found[0][0], "WARC-Date")) == (0, "2026-03-02T22:20:00Z")


def test_name_that_ends_in_warc_alone_gets_a_plain_file(story: Story) -> None:
    packed, _ = written(story)
    plain, _ = written(story, filename="a.warc")
    assert packed.startswith(b"\x1f\x8b") and plain.startswith(b"WARC/1.1\r\n")
    bodies = [[body for _, body in records(data)] for data in (plain, packed)]
    assert bodies[0] == bodies[1]


def test_each_record_is_a_member_of_its_own(story: Story) -> None:
    data, tally = written(story)
    iterator = ArchiveIterator(io.BytesIO(data))
    offsets = [iterator.get_record_offset() for _ in iterator]
    assert len(offsets) == sum(tally.records.values())
    assert all(data[offset : offset + 2] == b"\x1f\x8b" for offset in offsets)


def test_what_each_visit_came_to_is_marked(story: Story) -> None:
    told = Counter(
        (record.rec_type, field(record, "Fuhan-Outcome"), field(record, "Fuhan-Portal-State"))
        for record, _ in records(written(story)[0])
        if record.rec_type not in ("warcinfo", "request")
    )
    assert told["response", "gone", "ok"] == 3
    assert told["revisit", "gone", "ok"] >= 3
    assert {outcome for _, outcome, _ in told} == {"letter", "gone", "unchanged"}


def test_revisit_stands_where_the_bytes_were_the_same_and_a_note_where_they_were_not(
    tmp_path: Path,
) -> None:
    story = Story(tmp_path / "a.db")
    story.crawl({"t1.html": a_letter(1)})
    story.crawl({"t1.html": a_letter(1)})
    found = [record for record, _ in records(written(story)[0])]
    assert [record.rec_type for record in found] == ["warcinfo", "response", "request", "revisit"]
    revisit, response = found[3], found[1]
    assert field(revisit, "WARC-Refers-To") == field(response, "WARC-Record-ID")
    assert field(revisit, "WARC-Refers-To-Date") == field(response, "WARC-Date")
    assert field(revisit, "WARC-Payload-Digest") == field(response, "WARC-Payload-Digest")
    assert field(revisit, "WARC-Date") == "2026-03-03T22:20:00Z"
    with story.open() as archive:
        archive._database.write("UPDATE copies SET body_digest = 'other furniture'")
        archive._database._connection.commit()
    noted = [record for record, _ in records(written(story)[0])][3]
    assert (noted.rec_type, field(noted, "Fuhan-Outcome")) == ("metadata", "unchanged")
    assert field(noted, "Fuhan-Same-Letter-As") == "2026-03-02T22:20:00Z"


def test_held_version_is_marked_as_not_told(tmp_path: Path) -> None:
    story = Story(tmp_path / "a.db")
    story.crawl({f"t{n}.html": a_letter(n) for n in range(1, 5)})
    story.crawl({f"t{n}.html": a_letter(n, signatory="张明") for n in range(1, 5)})
    told = Counter(field(record, "Fuhan-Outcome") for record, _ in records(written(story)[0]))
    assert told["held"] == 4


def test_request_holds_nothing_that_is_not_known(story: Story) -> None:
    request, body = next(
        pair for pair in records(written(story)[0]) if pair[0].rec_type == "request"
    )
    assert request.http_headers.to_str() == "GET /jyta/t1.html HTTP/1.1\r\nHost: a.example\r\n"
    assert body == b""


def test_warcinfo_says_what_is_not_recorded(story: Story) -> None:
    information, body = records(written(story)[0])[0]
    assert field(information, "WARC-Filename") == "a.warc.gz"
    assert field(information, "WARC-Date") == "2026-05-01T00:00:00Z"
    text = body.decode()
    assert "software: fuhan/1\r\n" in text
    assert "Requests were not stored" in text


def test_headers_of_the_body_as_it_was_sent_are_renamed(tmp_path: Path) -> None:
    story = Story(tmp_path / "a.db")
    story.crawl({"t1.html": a_letter(1)})
    headers = (
        ("content-type", "text/html"),
        ("content-encoding", "gzip"),
        ("transfer-encoding", "chunked"),
        ("content-length", "999"),
        ("x-name", "å\x85³\r\nEvil: 1\x00"),
    )
    with story.open() as archive:
        database = archive._database
        with database.writing():
            save_capture(database, 1, Capture("http://a.example/é", 299, headers, b"body", NOW))
    data = written(story)[0]
    record, body = [pair for pair in records(data) if pair[0].rec_type == "response"][-1]
    assert body == b"body"
    assert record.http_headers.headers == [
        ("content-type", "text/html"),
        ("X-Archive-Orig-content-encoding", "gzip"),
        ("X-Archive-Orig-transfer-encoding", "chunked"),
        ("X-Archive-Orig-content-length", "999"),
        ("x-name", "关  Evil: 1"),
    ]
    assert field(record, "Fuhan-Outcome") == "unchanged"


def test_two_exports_are_the_same_file(story: Story) -> None:
    assert written(story)[0] == written(story)[0]


def test_filters_choose_portals_letters_and_what_was_told_since(story: Story) -> None:
    def urls(**chosen: object) -> set[str]:
        data, _ = written(story, WarcFilter(**chosen))  # type: ignore[arg-type]
        return {
            field(record, "WARC-Target-URI").rsplit("/", 1)[1]
            for record, _ in records(data)
            if record.rec_type != "warcinfo"
        }

    assert urls(portals=("b",)) == {"9.html"}
    assert urls(letters=(1,)) == {"t1.html"}
    assert urls(letters=(8,)) == {"t7.html", "t8.html"}  # joined: it leads to letter 7
    changed = next(e.cursor for e in story.events() if e.kind == "changed")
    assert urls(after=changed - 1, portals=("a",)) >= {"t1.html", "t44.html", "t5.html"}
    assert "t3.html" not in urls(after=changed - 1)  # told before, and split by hand
    assert urls(after=10_000) == set()


def test_damaged_capture_is_left_out_and_counted(tmp_path: Path) -> None:
    story = Story(tmp_path / "a.db")
    story.crawl({"t1.html": a_letter(1), "t2.html": a_letter(2)})
    with story.open() as archive:
        archive._database.write("UPDATE captures SET digest = 'x' WHERE id = 1")
        archive._database._connection.commit()
    data, tally = written(story)
    assert (tally.damaged, tally.records["response"]) == (1, 1)
    assert len(records(data)) == 3


def test_gone_without_a_body_is_a_note(tmp_path: Path) -> None:
    story = Story(tmp_path / "a.db")
    story.crawl({"t1.html": a_letter(1)})
    story.body_of = lambda found: b""  # type: ignore[method-assign]
    story.crawl({"t1.html": Outcome.GONE})
    record, body = records(written(story)[0])[-1]
    assert record.rec_type == "metadata"
    assert body.splitlines() == [b"outcome: gone", b"reason: 404"]
    assert field(record, "WARC-Date") == (story.now).strftime("%Y-%m-%dT%H:%M:%SZ")


def test_time_between_two_seconds_is_kept(tmp_path: Path) -> None:
    story = Story(tmp_path / "a.db", now=NOW + timedelta(milliseconds=120))
    story.crawl({"t1.html": a_letter(1)})
    assert field(records(written(story)[0])[1][0], "WARC-Date").endswith("00:00:00.120Z")
