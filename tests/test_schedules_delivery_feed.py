"""The feed: Atom that readers take, whatever letters hold, and the same bytes until news comes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import feedparser
import pytest

from schedules.reports.entries import Entry, entry_of
from tests.archive_story import a_letter
from tests.delivery_scene import Scene, scene

FEED = '[feed]\npath = "public/feed.xml"\nlanguage = "zh"\n'
HOSTILE = "关于\x00\x1b]0;x\x07<script>alert(1)</script>&lt;b&gt;\ud800\ufffe]]>的复函"


def feed_of(made: Scene) -> feedparser.FeedParserDict:
    parsed = feedparser.parse((made.folder / "public" / "feed.xml").read_bytes())
    assert not parsed.bozo, parsed.get("bozo_exception")
    return parsed


def test_feed_tells_the_newest_first_with_ids_that_stay(tmp_path: Path) -> None:
    made = scene(tmp_path, FEED + "entries = 2\n")
    made.edit(1, 11)
    made.edit(2, 22)
    made.deliver()
    first = feed_of(made)
    made.edit(3, 33)
    made.deliver()
    second = feed_of(made)
    assert [len(first.entries), len(second.entries)] == [2, 2]
    assert second.entries[1].id == first.entries[0].id
    assert second.feed.id == first.feed.id
    assert second.entries[0].link == "http://a.example/jyta/t3.html"
    assert "另有33处在建" in second.entries[0].content[0].value
    assert second.entries[0].updated == second.feed.updated
    ids = [entry.id for entry in (*first.entries, *second.entries)]
    assert len(set(ids)) == 3 and all(name.startswith("urn:uuid:") for name in ids)


def test_nothing_new_leaves_the_same_bytes_and_the_file_alone(tmp_path: Path) -> None:
    made = scene(tmp_path, FEED)
    made.edit(1, 11)
    assert made.deliver().feed is not None
    path = tmp_path / "public" / "feed.xml"
    before = (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino)
    made.story.crawl(made.site)
    assert made.deliver().feed is None
    assert (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino) == before


def test_first_readings_are_left_out_and_an_empty_feed_is_a_feed(tmp_path: Path) -> None:
    made = scene(tmp_path, FEED + 'title = "某市 & 复函"\n')
    made.deliver()
    assert feed_of(made).entries == []
    assert feed_of(made).feed.title == "某市 & 复函"


@pytest.mark.parametrize("title", [HOSTILE, "", "关于" * 5000])
def test_f32_f44_hostile_letters_leave_it_well_formed_and_inert(tmp_path: Path, title: str) -> None:
    made = scene(tmp_path, FEED)

    def hostile(*arguments: Any) -> Entry:
        return replace(entry_of(*arguments), title=title, notes=(title,))

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("schedules.delivery.feed.entry_of", hostile)
        made.site["t9.html"] = a_letter(9)
        made.story.crawl(made.site)
        made.deliver()
    (entry,) = feed_of(made).entries
    assert "<script" not in entry.content[0].value
    raw = (tmp_path / "public" / "feed.xml").read_bytes()
    assert b"<script" not in raw and b"\x1b" not in raw and b"\x00" not in raw


def test_feed_selects_as_reports_do(tmp_path: Path) -> None:
    made = scene(tmp_path, FEED + 'words = ["另有22处"]\n')
    made.edit(1, 11)
    made.edit(2, 22)
    made.deliver()
    assert [entry.link[-7:] for entry in feed_of(made).entries] == ["t2.html"]


def test_feed_that_cannot_be_written_is_told_and_harms_nothing_else(tmp_path: Path) -> None:
    text = FEED + '[[sinks]]\nname = "corpus"\nto = "file:letters.jsonl"\n'
    made = scene(tmp_path, text)
    (tmp_path / "public" / "feed.xml").mkdir(parents=True)
    summary = made.deliver()
    assert summary.feed_error and summary.delivered == 3
    assert summary.exit_code == 3
