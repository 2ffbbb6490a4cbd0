"""What crawls told, exported as WARC and replayed into an empty archive: the same, as history."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from pipelines.read import read_page
from storage.records import ListColumn, Portal, ReplyLetter
from tests.archive_story import Page, Story
from tests.test_schedules_replaying import Desk
from tests.warc_files import HOST, letter_page

KJJ = Portal(
    name="kjj",
    agency="澜江市科学技术局",
    platform="trs",
    lists=(ListColumn(f"http://{HOST}/zwgk/jytabl/"),),
)


class Site(Story):
    """A story whose letters are read from pages, which its captures hold."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, KJJ)
        self._pages: dict[ReplyLetter, str] = {}

    def letter(self, number: int, *, places: int = 12) -> ReplyLetter:
        page = letter_page(number, places=places)
        url = f"{self.portal.lists[0].url}t{number}.html"
        letter = read_page(page.encode(), url, self.portal, "text/html").letter
        self._pages[letter] = page
        return letter

    def body_of(self, found: Page) -> bytes:
        if isinstance(found, ReplyLetter):
            return self._pages[found].encode()
        return b"<html><body>404 Not Found</body></html>"


@pytest.fixture
def crawled(tmp_path: Path) -> Desk:
    """An archive of crawls: a quiet edit by moving, one more address, a letter gone and back."""
    desk = Desk(tmp_path / "crawled")
    site = Site(desk.archive)
    pages: dict[str, Page] = {f"t{n}.html": site.letter(n) for n in range(1, 9)}
    site.crawl(pages)
    del pages["t1.html"]
    site.crawl({**pages, "moved.html": site.letter(1, places=15), "twin.html": site.letter(2)})
    pages |= {"moved.html": site.letter(1, places=16), "twin.html": site.letter(2)}
    site.crawl(pages)
    for _ in range(2):
        site.crawl({name: page for name, page in pages.items() if name != "t3.html"})
    site.crawl(pages)
    return desk


_UNLIKE = ("cursor", "letter", "replayed", "baseline", "backdated")
"""Keys in which history differs from news."""


def told(desk: Desk, *options: str) -> dict[str, list[dict[str, Any]]]:
    """What was told of each letter, in the order it was told.

    Without the day it was seen last: of unchanged visits in between an archive keeps no times.
    """
    letters = defaultdict(list)
    for event in desk.lines("changes", "--json", *options):
        line = {name: value for name, value in event.items() if name not in _UNLIKE}
        line["reason"] = (event["reason"] or "").partition("; last seen on")[0]
        letters[event["letter"]["title"]].append(line | {"id": event["letter"]["id"]})
    return dict(letters)


def test_replay_of_an_export_tells_of_each_letter_what_the_crawls_told(
    crawled: Desk, tmp_path: Path
) -> None:
    crawled.run("export", "--format", "warc", "-o", tmp_path / "all.warc.gz")
    other = Desk(tmp_path / "other")
    other.replay(tmp_path / "all.warc.gz")
    expected = told(crawled)
    assert [event["kind"] for event in expected["关于市政协六届三次会议第0001号提案的复函"]] == [
        *("new", "moved", "changed")
    ]
    assert told(other, "--replayed") == expected
    assert other.lines("letters", "--json") == crawled.lines("letters", "--json")
    other.run("verify")
    (portal,) = other.replay(tmp_path / "all.warc.gz")["portals"]
    assert portal["events"] == {}
    assert told(other, "--replayed") == expected


def test_letter_that_moved_is_handed_on_once(crawled: Desk, tmp_path: Path) -> None:
    crawled.run("export", "--format", "warc", "-o", tmp_path / "all.warc.gz")
    other = Desk(tmp_path / "other")
    other.replay(tmp_path / "all.warc.gz")
    lines = other.lines("export", "--format", "jsonl", "--after", 0)
    assert sorted(line["id"] for line in lines) == list(range(1, 9))
    last = max(line["cursor"] for line in lines)
    assert other.lines("export", "--format", "jsonl", "--after", last) == []
