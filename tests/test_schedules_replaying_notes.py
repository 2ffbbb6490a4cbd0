"""Notes in a WARC file say less than its captures: whoever made it, none is simply believed."""

from __future__ import annotations

import dataclasses
import io
import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from warcio.warcwriter import WARCWriter

from storage.clock import to_text
from tests.round_trip_story import RD_HOST
from tests.test_schedules_replaying import Desk, days
from tests.test_schedules_round_trip import a_desk, rows
from tests.warc_files import FOLDER, HOST, OLD, Shot, gone, letter_page, letter_url, shot, warc

LATER = OLD + timedelta(days=5)
COLUMN = f"http://{HOST}/zwgk/jytabl/"


def note(
    block: bytes | dict[str, Any], *, url: str = "", kind: str = "x", at: datetime = OLD
) -> bytes:
    """A WARC file of one note."""
    data = block if isinstance(block, bytes) else _field(block)
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=True)
    writer.write_record(
        writer.create_warc_record(
            url or letter_url(),
            "metadata",
            payload=io.BytesIO(data),
            length=len(data),
            warc_content_type="application/warc-fields",
            warc_headers_dict={"Fuhan-Note": kind, "WARC-Date": f"{at:%Y-%m-%dT%H:%M:%SZ}"},
        )
    )
    return out.getvalue()


def _field(note: dict[str, Any]) -> bytes:
    return b"json-metadata: " + json.dumps(note, ensure_ascii=False).encode() + b"\r\n"


def event(kind: str, at: datetime = LATER, **more: object) -> dict[str, Any]:
    return {"v": 1, "note": "event", "event": kind, "observed_at": to_text(at), **more}


def listing(at: datetime = OLD, **more: object) -> dict[str, Any]:
    return {"v": 1, "note": "listing", "first_seen": to_text(at), **more}


def join(*numbers: int, kind: str = "join") -> dict[str, Any]:
    letters = [[{"portal": "kjj", "url": letter_url(number)}] for number in numbers]
    return {
        "v": 1,
        "note": "decision",
        "decision": kind,
        "decided_at": to_text(LATER),
        "letters": letters,
    }


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return a_desk(tmp_path / "desk")


def replay(desk: Desk, *parts: bytes, name: str = "a.warc.gz") -> dict[str, Any]:
    """What came of a file made of these parts, of the portal kjj."""
    report = desk.replay(desk.keep(name, b"".join(parts)))
    (portal,) = report["portals"]
    return {**portal, "skipped": report["skipped"]}


def told(desk: Desk) -> list[str]:
    return [line["kind"] for line in desk.lines("changes", "--json", "--replayed")]


def test_letter_that_captures_show_is_told_as_delisted(desk: Desk) -> None:
    found = listing(delisted_at=to_text(LATER), column=COLUMN, title="\x1b[31m红\n字")
    parts = (warc([shot(1, OLD)]), note(event("delisted", day="2019-05-02")), note(found))
    assert replay(desk, *parts)["notes"] == {"event": 1, "listing": 1}
    *_, line = desk.lines("changes", "--json", "--replayed")
    assert (line["kind"], line["observed_at"]) == ("delisted", "2019-05-06T03:00:00.000Z")
    assert line["reason"] == (
        "answers on 2019-05-06, but its column no longer shows it; last listed on 2019-05-02"
    )
    ((title, delisted),) = rows(desk, "SELECT listed_title, delisted_at FROM copies")
    assert (title, delisted) == ("[31m红 字", to_text(LATER))
    assert replay(desk, *parts)["events"] == {}
    desk.run("verify")


@pytest.mark.parametrize("kind", ["withdrawn", "moved", "delisted"])
def test_event_that_no_capture_shows_is_not_told(desk: Desk, kind: str) -> None:
    other = note(event(kind), url=letter_url(2))
    early = note(event(kind, OLD - timedelta(days=9)))  # before the letter was seen at all
    replay(desk, warc([shot(1, OLD)]), other, early)
    assert told(desk) == ["new"]
    assert rows(desk, "SELECT count(*), max(status) FROM copies") == [(1, "present")]


def test_day_of_a_note_stays_between_what_captures_show(desk: Desk) -> None:
    first, second = days(10)[0], days(12)[0]
    shots = warc([shot(1, OLD), gone(1, first), gone(1, second)])
    for day, shown in (("2019-05-07", "2019-05-07"), ("2019-04-01", "2019-05-01")):
        other = a_desk(desk.folder / day)
        replay(other, shots, note(event("withdrawn", second, day=day)))
        (reason,) = rows(other, "SELECT reason FROM events WHERE kind = 'withdrawn'")[0]
        assert reason == f"404 on 2019-05-11 and 2019-05-13; last seen on {shown}"


def test_listing_without_a_capture_makes_no_copy(desk: Desk) -> None:
    replay(desk, warc([shot(1, OLD)]), note(listing(), url=letter_url(2)))
    assert rows(desk, "SELECT count(*) FROM copies") == [(1,)]


def test_listing_names_no_column_the_portal_does_not_have(desk: Desk) -> None:
    replay(desk, warc([shot(1, OLD)]), note(listing(column="http://evil.example/")))
    assert rows(desk, "SELECT count(*) FROM list_columns") == [(0,)]


def test_what_a_crawl_has_seen_is_not_touched(desk: Desk) -> None:
    replay(desk, warc([shot(1, OLD)]))
    with closing(sqlite3.connect(desk.archive)) as connection, connection:
        connection.execute("UPDATE copies SET last_visited = ?", (to_text(OLD),))
    before = rows(desk, "SELECT * FROM copies")
    notes = [event("delisted"), listing(OLD - timedelta(days=99), column=COLUMN, title="另一题")]
    done = replay(desk, warc([shot(1, OLD)]), *map(note, notes), name="b.warc.gz")
    assert (done["notes"], done["notes_refused"]) == ({}, 2)
    assert rows(desk, "SELECT * FROM copies") == before


def test_answer_of_a_file_is_kept_where_no_crawl_asked_for_it(desk: Desk) -> None:
    link = '<p>附件：<a href="./P1.pdf">清单.pdf</a></p><p>感谢'
    page = dataclasses.replace(shot(1, OLD), body=letter_page(1).replace("<p>感谢", link))
    block = {"note": "file", "state": "gone", "status": 404, "visited_at": to_text(LATER)}
    replay(desk, warc([page]), note(block, url=f"{FOLDER}/P1.pdf"))
    states = "SELECT state, status FROM attachment_files"
    assert rows(desk, states) == [("gone", 404)]
    with closing(sqlite3.connect(desk.archive)) as connection, connection:
        connection.execute("UPDATE attachment_files SET visits = 1, state = 'kept', status = 200")
    done = replay(desk, warc([page]), note(block, url=f"{FOLDER}/P1.pdf"), name="b.warc.gz")
    assert (rows(desk, states), done["notes_refused"]) == ([("kept", 200)], 1)


def test_decision_about_letters_that_were_here_before_is_not_taken(desk: Desk) -> None:
    replay(desk, warc([shot(1, OLD), shot(2, OLD)]))
    done = replay(desk, warc([shot(3, OLD)]), note(join(1, 2)), note(join(1, 3)), name="b.warc.gz")
    assert (done["notes"], done["notes_refused"]) == ({}, 2)
    assert rows(desk, "SELECT count(*) FROM decisions") == [(0,)]
    assert [line["id"] for line in desk.lines("letters", "--json")] == [1, 2, 3]


def test_decision_about_letters_of_the_file_is_taken_once(desk: Desk) -> None:
    parts = (warc([shot(1, OLD), shot(2, OLD), shot(3, OLD)]), note(join(1, 3)))
    assert replay(desk, *parts)["notes"] == {"decision": 1}
    assert rows(desk, "SELECT id, joined_into FROM letters") == [(1, None), (2, None), (3, 1)]
    assert replay(desk, *parts)["notes"] == {}
    desk.run("verify")


@pytest.mark.parametrize(
    "letters", [join(1, 1), join(1, 99), join(1, 1, kind="split"), join(2, 1, kind="split")]
)
def test_decision_that_does_not_fit_the_letters_is_not_taken(
    desk: Desk, letters: dict[str, Any]
) -> None:
    done = replay(desk, warc([shot(1, OLD), shot(2, OLD)]), note(letters))
    assert (done["notes"], done["notes_refused"]) == ({}, 1)
    desk.run("verify")


def test_what_was_forgotten_elsewhere_is_only_told(desk: Desk) -> None:
    block = {"note": "forgotten", "kinds": ["text"], "forgotten_at": to_text(LATER)}
    done = replay(desk, warc([shot(1, OLD)]), note(block))
    assert done["forgotten_elsewhere"] == [{"letter": 1, "url": letter_url(), "kinds": ["text"]}]
    assert "林晓" in desk.lines("show", 1, "--json")[0]["body"]


BAD: list[bytes | dict[str, Any]] = [
    b"",
    b"\xff\xfe",
    b"outcome: gone",
    json.dumps({"note": "event", "event": "delisted", "observed_at": to_text(LATER)}).encode(),
    b"json-metadata: " + b"[" * 100_000,
    b"json-metadata: " + b'{"note":' * 5_000,
    b'json-metadata: {"note": "event"}',
    b"json-metadata: " + b" " * 300_000 + b"{}",
    b'json-metadata: {"note": "listing", "first_seen": "2019-05-01T03:00:00Z", "title": "\\ud800"}',
    event("new"),
    event("delisted", LATER, day="not a day"),
    {**event("delisted"), "observed_at": "2019-05-01T03:00:00"},
    {**event("delisted"), "v": 2},
    listing(column="javascript:alert(1)"),
    listing(title="长" * 501),
    {"note": "file", "state": "kept", "visited_at": to_text(LATER)},
    {**join(1, 2), "letters": [[]]},
    {**join(1, 2), "letters": [[{"portal": "../x", "url": letter_url()}]] * 2},
    {"note": "forgotten", "kinds": ["everything"], "forgotten_at": to_text(LATER)},
]


@pytest.mark.parametrize("block", BAD)
def test_note_that_is_not_of_the_form_is_counted_and_passed_over(
    desk: Desk, block: bytes | dict[str, Any]
) -> None:
    done = replay(desk, warc([shot(1, OLD)]), note(block))
    assert done["skipped"] == {"other records": 1, "bad note": 1}
    assert (done["notes"], told(desk)) == ({}, ["new"])


def test_note_of_the_future_or_of_no_year_is_passed_over(desk: Desk) -> None:
    for at in ("2199-01-01T00:00:00Z", "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"):
        block = {**event("delisted"), "observed_at": at}
        assert replay(desk, warc([shot(1, OLD)]), note(block))["skipped"]["bad date"] == 1


def test_notes_of_portals_that_are_none_are_passed_over(desk: Desk) -> None:
    stranger = note(listing(), url="http://evil.example/1.html")
    rest = note(listing(), url=f"http://{RD_HOST}/jybl/1.html")  # a portal without a capture here
    done = replay(desk, warc([shot(1, OLD)]), stranger, rest)
    assert (done["skipped"]["no portal"], done["notes_refused"]) == (1, 0)


def evidence(desk: Desk) -> Iterable[tuple[Any, ...]]:
    return rows(desk, "SELECT outcome, capture_id IS NOT NULL FROM sightings ORDER BY observed_at")


def test_marked_refusals_are_evidence_and_tell_nothing(desk: Desk) -> None:
    """Also where a page marked as refused reads as a letter: no mark makes an event."""
    marked = [
        _marked(shot(1, days(n)[0], places=20 + n), mark)
        for n, mark in enumerate(("blocked", "failed", "held", "dropped"), 1)
    ]
    doubted = _marked(gone(1, days(6)[0]), "gone", state="suspect")
    again = _marked(gone(1, days(9)[0]), "gone", state="suspect")
    done = replay(desk, warc([shot(1, OLD), *marked, doubted, again]))
    assert (done["evidence"], done["versions"], done["gone"]) == (6, 1, 0)
    assert told(desk) == ["new"]
    assert list(evidence(desk)) == [
        *[(mark, 1) for mark in ("blocked", "failed", "held", "dropped")],
        ("doubted", 1),
        ("doubted", 1),
    ]
    desk.run("verify")


def test_page_from_elsewhere_that_never_was_a_letter_is_kept_of_no_one(desk: Desk) -> None:
    page = Shot(f"{FOLDER}/news.html", OLD, "<html><body><p>今日召开会议。</p></body></html>")
    done = replay(desk, warc([shot(1, OLD), page]))
    assert (done["evidence"], done["of_no_use"]) == (0, {"not a letter": 1})
    assert rows(desk, "SELECT count(*) FROM copies") == [(1,)]


def _marked(each: Shot, outcome: str, state: str = "ok") -> Shot:
    return dataclasses.replace(each, fields={"Fuhan-Outcome": outcome, "Fuhan-Portal-State": state})
