"""Files linked from letters go into WARC files and come back from them, ours and others'."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from storage.archive import LetterArchive
from storage.attachments.records import LetterAttachment
from tests.test_schedules_replaying import Desk
from tests.warc_files import FOLDER, OLD, Shot, letter_page, letter_url, warc

LINK = '<p>附件：<a href="./P1.pdf">示范点清单.pdf</a></p><p>感谢'
FILE = f"{FOLDER}/P1.pdf"
DAY = timedelta(days=1)


def page(at: datetime, number: int = 1) -> Shot:
    return Shot(letter_url(number), at, letter_page(number).replace("<p>感谢", LINK))


def pdf(at: datetime, text: str, url: str = FILE) -> Shot:
    body = f"%PDF-1.4 {text} %%EOF".encode()
    return Shot(url, at, body, headers={"Content-Type": "application/pdf"})


def known(desk: Desk) -> list[LetterAttachment]:
    with LetterArchive.open_to_read(desk.archive) as archive:
        assert archive.verify().faults == []
        return archive.letter_attachments(1)


def contents(desk: Desk) -> list[tuple[str, int]]:
    """The days and sizes of what the first link was seen with."""
    (file,) = known(desk)
    return [(f"{version.observed_at:%Y-%m-%d}", version.size) for version in file.versions]


def told(desk: Desk) -> list[tuple[str, Any]]:
    return [(e["kind"], e["fields"]) for e in desk.lines("changes", "--replayed", "--json")]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "one")


def test_file_is_kept_for_the_letter_that_links_to_it(desk: Desk) -> None:
    stray = pdf(OLD, "other", f"{FOLDER}/P9.pdf")
    file = desk.keep("a.warc.gz", warc([pdf(OLD - DAY, "one"), stray, page(OLD)]))
    (portal,) = desk.replay(file)["portals"]
    assert (portal["versions"], portal["files"]) == (1, 1)
    assert portal["of_no_use"] == {"file of no letter": 1}
    ((link,), size) = known(desk), len(b"%PDF-1.4 one %%EOF")
    assert (link.url, link.state, link.linked) == (FILE, "kept", True)
    assert contents(desk) == [(f"{OLD - DAY:%Y-%m-%d}", size)]
    with LetterArchive.open_to_read(desk.archive) as archive:
        assert archive.attachment_body(link.versions[0].id) == b"%PDF-1.4 one %%EOF"


def test_other_bytes_later_are_told_as_history_and_make_no_news(desk: Desk) -> None:
    shots = [page(OLD), pdf(OLD, "one"), pdf(OLD + DAY, "one"), pdf(OLD + 2 * DAY, "three")]
    desk.replay(desk.keep("a.warc", warc(shots)))
    new, changed = told(desk)
    assert (new[0], changed[0]) == ("new", "changed")
    ((field,),) = [changed[1]]
    assert field["field"] == "attachments"
    digests = [hashlib.sha256(f"%PDF-1.4 {t} %%EOF".encode()).hexdigest() for t in ("one", "three")]
    assert [field["before"][0]["sha256"], field["after"][0]["sha256"]] == digests
    assert desk.lines("changes", "--json") == []


def test_older_bytes_are_kept_and_the_newest_stay_what_is_compared_with(desk: Desk) -> None:
    desk.replay(desk.keep("a.warc", warc([page(OLD), pdf(OLD + 5 * DAY, "new")])))
    desk.replay(desk.keep("b.warc", warc([pdf(OLD, "older"), pdf(OLD + 2 * DAY, "older")])))
    days = [f"{OLD:%Y-%m-%d}", f"{OLD + 5 * DAY:%Y-%m-%d}"]
    assert [day for day, _ in contents(desk)] == days
    desk.replay(desk.keep("c.warc", warc([pdf(OLD + 6 * DAY, "new")])))
    assert [day for day, _ in contents(desk)] == days
    assert [kind for kind, _ in told(desk)] == ["new"]
    assert f"{known(desk)[0].last_seen:%Y-%m-%d}" == f"{OLD + 6 * DAY:%Y-%m-%d}"


def test_round_trip_brings_files_and_adds_nothing_twice(desk: Desk, tmp_path: Path) -> None:
    shots = [page(OLD), pdf(OLD, "one"), pdf(OLD + DAY, "two"), pdf(OLD + 3 * DAY, "two")]
    desk.replay(desk.keep("a.warc", warc(shots)))
    file = tmp_path / "out.warc.gz"
    desk.run("export", "--format", "warc", "-o", file)
    (again,) = desk.replay(file)["portals"]
    assert (again["versions"], again["files"], again["sightings"]) == (0, 0, 0)
    assert again["known"] == again["captures"]
    other = Desk(tmp_path / "two")
    other.replay(file)
    assert contents(other) == contents(desk)
    assert known(other)[0].last_seen == known(desk)[0].last_seen
    assert told(other) == told(desk)


def test_file_of_a_forgotten_letter_does_not_come_back(desk: Desk, tmp_path: Path) -> None:
    shots = [page(OLD), pdf(OLD, "secret")]
    before = desk.keep("a.warc", warc(shots))
    desk.replay(before)
    desk.run("forget", "1", "--text", "--yes")
    file = tmp_path / "out.warc"
    desk.run("export", "--format", "warc", "-o", file)
    other = Desk(tmp_path / "two")
    other.replay(file)
    assert [version for link in known(other) for version in link.versions] == []
    desk.replay(before, desk.keep("b.warc", warc([pdf(OLD + DAY, "secret, too")])))
    (link,) = known(desk)
    assert [version.kept for version in link.versions] == [False]


def test_letters_alone_chosen_bring_their_files_alone(desk: Desk, tmp_path: Path) -> None:
    second = Shot(letter_url(2), OLD, letter_page(2).replace("<p>感谢", LINK.replace("P1", "P2")))
    shots = [page(OLD), second, pdf(OLD, "one"), pdf(OLD, "two", f"{FOLDER}/P2.pdf")]
    desk.replay(desk.keep("a.warc", warc(shots)))
    file = tmp_path / "out.warc"
    desk.run("export", "--format", "warc", "--letter", "2", "-o", file)
    other = Desk(tmp_path / "two")
    other.replay(file)
    assert [link.url for link in known(other)] == [f"{FOLDER}/P2.pdf"]
    assert len(known(other)[0].versions) == 1
