"""`fuhan replay` of captures from before and beside a watch: the edits between are told."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest

from tests.archive_story import Page
from tests.test_schedules_replaying import Desk
from tests.test_schedules_replaying_round_trip import Site
from tests.warc_files import HOST, OLD, Shot, letter_page, warc

URL = f"http://{HOST}/zwgk/jytabl/t1.html"
WATCHED = datetime(2026, 3, 2, 22, 20, tzinfo=UTC)
"""When the watch saw the letter first; three days later it reads otherwise."""
FILES = {
    "old": [(OLD, 199), (OLD + timedelta(days=30), 205)],
    "later": [(OLD + timedelta(days=60), 250)],
    "between": [(WATCHED + timedelta(days=1), 333), (WATCHED + timedelta(days=2), 400)],
}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A watch that began with 290 places, and found 502 three days later."""
    desk = Desk(tmp_path / "desk")
    site = Site(desk.archive)
    pages: dict[str, Page] = {f"t{n}.html": site.letter(n, places=290) for n in range(1, 5)}
    site.crawl(pages)
    site.crawl(pages | {"t1.html": site.letter(1, places=502)}, days=3)
    return desk


def file(desk: Desk, name: str) -> Path:
    shots = [Shot(URL, at, letter_page(1, places=places)) for at, places in FILES[name]]
    return desk.keep(f"{name}.warc.gz", warc(shots))


def history(desk: Desk) -> list[tuple[str, str]]:
    """The day and the figures of each change that was told as history."""
    return sorted(
        (event["observed_at"][:10], f"{figure['before']} → {figure['after']}")
        for event in desk.lines("changes", "--json", "--replayed")
        if event["replayed"]
        for figure in event["figures"]
    )


EXPECTED = [
    ("2019-05-31", "199处 → 205处"),
    ("2019-06-30", "205处 → 250处"),
    ("2026-03-02", "250处 → 290处"),
    ("2026-03-03", "290处 → 333处"),
    ("2026-03-04", "333处 → 400处"),
    ("2026-03-05", "400处 → 502处"),
]


@pytest.mark.parametrize("order", list(permutations(FILES)))
def test_files_of_one_command_tell_one_history_in_whatever_order(
    desk: Desk, order: tuple[str, ...]
) -> None:
    news = desk.lines("changes", "--json")
    (portal,) = desk.replay(*(file(desk, name) for name in order))["portals"]
    assert (portal["versions"], portal["events"]) == (5, {"changed": 6})
    assert history(desk) == EXPECTED
    assert desk.lines("changes", "--json") == news
    desk.run("verify")
    (portal,) = desk.replay(*(file(desk, name) for name in FILES))["portals"]
    assert (portal["known"], portal["events"]) == (5, {})


@pytest.mark.parametrize("order", list(permutations(FILES)))
def test_commands_one_after_the_other_leave_no_step_untold(
    desk: Desk, order: tuple[str, ...]
) -> None:
    for name in order:
        desk.replay(file(desk, name))
    assert set(EXPECTED) <= set(history(desk))
    assert len(history(desk)) == len(set(history(desk)))
    desk.run("verify")


def test_history_is_marked_where_a_letter_is_shown(desk: Desk, tmp_path: Path) -> None:
    desk.replay(file(desk, "between"))
    events = desk.run("show", 1).stdout.split("\nEvents\n")[1]
    assert "Changed in substance (replayed) · 400处 → 502处" in events
    assert "Changed in substance · 290处 → 502处" in events
    desk.run("dossier", 1, "-o", tmp_path / "dossier")
    page = (tmp_path / "dossier" / "dossier.html").read_text("utf-8")
    assert "Changed in substance (replayed) · 290处 → 333处" in page
    shown = desk.run("changes", "--replayed").stdout
    assert "changed (replayed)" in shown
    assert "290处 → 333处" not in desk.run("changes").stdout


def test_each_change_names_the_versions_it_is_between(desk: Desk) -> None:
    desk.replay(file(desk, "between"))
    compare = [
        line.rsplit("diff ", 1)[1]
        for line in desk.run("changes", "--replayed").stdout.splitlines()
        if "diff 1 " in line
    ]
    assert compare == ["1 1 4", "1 1 2", "1 2 3", "1 3 4"]  # the watch's own first


def test_what_an_older_reader_made_of_a_page_is_no_edit(desk: Desk) -> None:
    with sqlite3.connect(desk.archive) as connection:
        connection.execute(
            "UPDATE readings SET reader = 'older', body = body || '多读一行', title = '旧题'"
        )
    desk.replay(file(desk, "old"))
    (change,) = [
        event
        for event in desk.lines("changes", "--json", "--replayed")
        if event["replayed"] and event["observed_at"].startswith("2026")
    ]
    assert [field["field"] for field in change["fields"]] == ["body"]
    figures = [(figure["before"], figure["after"]) for figure in change["figures"]]
    assert figures == [("205处", "290处")]


def test_what_was_forgotten_does_not_come_back_with_an_edit(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "desk")
    telephone = "0599-64098888"

    def capture(day: int, places: int) -> Shot:
        page = letter_page(1, places=places)
        contact = f"<p>（联系人：欧阳慕云；联系电话：{telephone}）</p><p>感谢"
        return Shot(URL, OLD + timedelta(days=day), page.replace("<p>感谢", contact))

    desk.replay(desk.keep("a.warc.gz", warc([capture(9, 15)])))
    desk.run("forget", "1", "--contacts", "--yes")
    with sqlite3.connect(desk.archive) as connection:  # read again, as by another fuhan
        connection.execute("UPDATE readings SET reader = 'older'")
    desk.replay(desk.keep("b.warc.gz", warc([capture(0, 12)])))
    assert history(desk) == [("2019-05-10", "12处 → 15处")]
    for table in ("events", "readings"):
        with sqlite3.connect(desk.archive) as connection:
            rows = connection.execute(f"SELECT * FROM {table}").fetchall()
        assert telephone not in str(rows)


def test_archive_made_anew_has_the_same_versions_and_steps(desk: Desk, tmp_path: Path) -> None:
    desk.replay(*(file(desk, name) for name in FILES))
    desk.run("export", "--format", "warc", "-o", tmp_path / "all.warc.gz")
    other, third = Desk(tmp_path / "other"), Desk(tmp_path / "third")
    other.replay(tmp_path / "all.warc.gz")
    assert other.shown() == desk.shown()
    assert history(other) == EXPECTED
    letters = other.lines("letters", "--json")
    assert letters == desk.lines("letters", "--json")
    other.run("export", "--format", "warc", "-o", tmp_path / "again.warc.gz")
    third.replay(tmp_path / "again.warc.gz")
    assert _told(third) == _told(other)


def _told(desk: Desk) -> list[dict[str, Any]]:
    return desk.lines("changes", "--json", "--replayed")


def test_export_of_what_came_since_has_both_sides_of_an_edit(desk: Desk, tmp_path: Path) -> None:
    cursor = desk.lines("changes", "--json")[-1]["cursor"]
    desk.replay(file(desk, "old"))
    desk.run("export", "--format", "warc", "--after", cursor, "-o", tmp_path / "since.warc.gz")
    other = Desk(tmp_path / "other")
    other.replay(tmp_path / "since.warc.gz")
    assert other.shown() == [
        ("t1.html", [("2019-05-01", 199), ("2019-05-31", 205), ("2026-03-02", 290)])
    ]
