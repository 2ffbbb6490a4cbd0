"""Captures give their bytes back exactly, and take little room."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage.archive import LetterArchive
from storage.captures import load_capture, save_capture
from storage.database import Database
from storage.errors import ArchiveDamaged
from storage.prefixes import MOST_USES
from storage.records import Capture
from tests.archive_story import Page, Story, a_letter

WORDS = "养老 河道 校车 算力 夜市 苗圃 桥梁 口岸 剧场 推进 落实 统筹 项目 资金 群众 服务".split()  # noqa: SIM905


def frame(site: int, size: int = 34_000) -> str:
    """What a site prints around its letters: the same bytes on every page, another site's other."""
    chance = random.Random(site)
    text = ""
    while len(text) < size:
        n = chance.randrange(10**6)
        text += f"<li class='c{n % 97}'><a href='/zwgk/{n:x}/'>栏目{n}</a></li>\n"
    return text


FRAMES = {site: frame(site) for site in range(3)}


def page(number: int, edited: bool = False, site: int = 0) -> bytes:
    """A page of 40 KB with a letter of 6 KB in it."""
    chance = random.Random(number)
    text = "".join(chance.choice(WORDS) + str(chance.randrange(9)) for _ in range(860))
    if edited:
        text = text[:900] + "另有37处。" + text[900:]
    return f"<html>{FRAMES[site]}<p>{text}</p></html>".encode()


@dataclass
class Kept:
    """An archive of one portal, written to directly."""

    database: Database
    story: Story

    def save(self, copy_id: int, body: bytes) -> int:
        with self.database.writing():
            capture = Capture(f"http://a.example/{copy_id}", 200, (), body, self.story.now)
            return save_capture(self.database, copy_id, capture)

    def size(self, capture_id: int) -> int:
        sql = "SELECT length(body) FROM captures WHERE id = ?"
        return int(self.database.value(sql, (capture_id,)))

    def codec(self, capture_id: int) -> str:
        return str(self.database.value("SELECT codec FROM captures WHERE id = ?", (capture_id,)))

    def body(self, capture_id: int) -> bytes:
        capture = load_capture(self.database, capture_id)
        assert capture is not None
        return capture.body


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    story = Story(tmp_path / "fuhan.db")
    site: dict[str, Page] = {f"t{number}.html": a_letter(number) for number in range(1, 8)}
    story.crawl(site)
    with closing(Database.open_to_write(story.path)) as database:
        yield Kept(database, story)


def test_small_edit_of_a_page_takes_less_than_a_kilobyte(kept: Kept) -> None:
    first = kept.save(1, page(1))
    edited = kept.save(1, page(1, edited=True))
    assert len(page(1)) > 39_000
    assert kept.size(edited) <= 1000
    assert kept.codec(edited) == "zstd-prefix"
    assert (kept.body(first), kept.body(edited)) == (page(1), page(1, edited=True))


def test_sites_other_pages_take_a_fraction(kept: Kept) -> None:
    alone = kept.save(1, page(1))
    others = [kept.save(copy_id, page(copy_id)) for copy_id in range(2, 7)]
    assert kept.codec(alone) == "zstd"
    assert all(kept.size(other) * 2 < kept.size(alone) for other in others)
    assert [kept.body(other) for other in others] == [page(number) for number in range(2, 7)]


def test_redesign_begins_a_prefix_of_its_own(kept: Kept) -> None:
    kept.save(1, page(1))
    renewed = kept.save(2, page(2, site=1))
    following = kept.save(3, page(3, site=1))
    assert kept.codec(renewed) == "zstd"
    assert kept.codec(following) == "zstd-prefix"
    assert kept.size(following) * 2 < kept.size(renewed)


def test_damage_to_one_capture_is_bounded(kept: Kept) -> None:
    ids = [kept.save(1 + n % 7, page(n)) for n in range(8)]
    with kept.database.writing():
        kept.database.write(  # as if the first served as many already
            "INSERT INTO captures (copy_id, url, fetched_at, status, headers, digest, size, codec,"
            " prefix_id, body) SELECT 1, 'x', 'x' || value, 200, '[]', 'x' || value, 1, 'zstd', ?,"
            " x'' FROM json_each(?)",
            (ids[0], str(list(range(MOST_USES)))),
        )
    with closing(Database.open_to_write(kept.story.path)) as again, again.writing():
        capture = Capture("http://a.example/9", 200, (), page(99), kept.story.now)
        copy_id = again.insert(
            "copies",
            {"portal_id": 1, "key": "k", "url": "u", "first_seen": "", "due_at": ""},
        )
        newest = save_capture(again, copy_id, capture)
    assert kept.codec(newest) == "zstd"


def test_transaction_that_failed_leaves_no_prefix_behind(kept: Kept) -> None:
    """Its row's number is given to another capture: nothing may lean on what never was."""
    with pytest.raises(KeyError), kept.database.writing():
        capture = Capture("http://a.example/x", 200, (), page(1), kept.story.now)
        save_capture(kept.database, 1, capture)
        other = Capture("http://a.example/y", 200, (), page(2), kept.story.now)
        save_capture(kept.database, 2, other)
        raise KeyError
    ids = [kept.save(3, page(3, site=1)), kept.save(4, page(4)), kept.save(5, page(5))]
    expected = [page(3, site=1), page(4), page(5)]
    with closing(Database.open_to_read(kept.story.path)) as fresh:
        assert [load_capture(fresh, one).body for one in ids] == expected  # type: ignore[union-attr]


def test_prefixes_in_a_circle_are_named_damage(kept: Kept) -> None:
    one, two = kept.save(1, page(1)), kept.save(2, page(2))
    with kept.database.writing():
        kept.database.write(
            "UPDATE captures SET prefix_id = ?, codec = 'zstd-prefix' WHERE id = ?", (two, one)
        )
    with pytest.raises(ArchiveDamaged) as damaged:
        load_capture(kept.database, two)
    assert damaged.value.what == "capture"
    with LetterArchive.open_to_read(kept.story.path) as archive:
        assert not archive.verify().sound


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.binary(max_size=4000), max_size=4))
def test_any_bytes_come_back(kept: Kept, bodies: list[bytes]) -> None:
    for number, body in enumerate(bodies):
        assert kept.body(kept.save(1 + number % 7, body)) == body


def test_unchanged_visit_adds_nothing_but_a_time(tmp_path: Path) -> None:
    story = Story(tmp_path / "fuhan.db")
    site: dict[str, Page] = {f"t{number}.html": a_letter(number) for number in range(1, 9)}
    story.crawl(site)
    story.crawl(site)

    def rows() -> dict[str, int]:
        with closing(sqlite3.connect(story.path)) as connection:
            tables = connection.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'"
            ).fetchall()
            return {
                name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]
                for (name,) in tables
            }

    before = rows()
    story.crawl(site)
    after = rows()
    assert after.pop("runs") == before.pop("runs") + 1
    assert after == before
    with closing(sqlite3.connect(story.path)) as connection:
        assert connection.execute("SELECT min(visits) FROM copies").fetchone()[0] == 3


def test_all_captures_are_kept_where_that_is_asked_for(tmp_path: Path) -> None:
    """Once for the same bytes: what stands around a letter may go on for ever."""

    class Counter(Story):
        day = 0

        def body_of(self, found: Page) -> bytes:
            return f"{found!r} 阅读次数：{self.day}".encode()

        def open(self) -> LetterArchive:
            return LetterArchive.open(self.path, clock=lambda: self.now, keep_all_captures=True)

    story = Counter(tmp_path / "fuhan.db")
    site: dict[str, Page] = {"t1.html": a_letter(1)}
    for story.day in (1, 2, 2, 3):
        story.crawl(site)
    with LetterArchive.open_to_read(story.path) as archive:
        facts = archive.letter_file(1).captures
        assert [archive.capture(fact.id).body for fact in facts] == [  # type: ignore[union-attr]
            f"{a_letter(1)!r} 阅读次数：{day}".encode() for day in (1, 2, 3)
        ]
        assert [version.number for version in archive.versions(1)] == [1]
        assert archive.verify().faults == []
    assert story.told() == [("new", "t1.html")]
