"""What a server's silence about robots.txt means for a portal (fault 29)."""

from __future__ import annotations

from pathlib import Path

import pytest

from crawler import spider
from crawler.network.robots import RobotsBlocked, RobotsUnknown
from crawler.portal_crawl import PortalCrawl
from pipelines.compare import compare_letters
from storage.errors import FetchError
from storage.records import ListColumn, Portal
from storage.session import CrawlSession
from tests.archive_story import Story
from tests.test_crawler_budget import _never_due, _Silent

LISTS = "http://a.example/jyta/"


@pytest.mark.parametrize(
    ("error", "ends"),
    [
        (RobotsUnknown("robots.txt: 500", url="http://a.example/jyta/t1.html"), True),
        (RobotsUnknown("robots.txt: time-out", url="https://a.example/jyta/t1.html"), False),
        (RobotsUnknown("robots.txt: 500", url="http://a.example:81/t1.html"), False),
        (RobotsBlocked("robots.txt: 412", url="https://a.example/jyta/t1.html"), True),
    ],
    ids=["of the lists", "of https where lists are http", "of another port", "blocked"],
)
def test_silent_server_ends_the_run_only_where_the_lists_stand(
    error: FetchError, ends: bool, tmp_path: Path
) -> None:
    portal = Portal("a", "某市科技局", "trs", (ListColumn(LISTS), ListColumn(f"{LISTS}2/")))
    story = Story(tmp_path / "fuhan.db", portal)
    with story.open() as archive:
        session = CrawlSession(
            archive, (portal,), lambda: story.now, compare_letters, _never_due, _Silent()
        )
        crawl = PortalCrawl(portal, session)
        crawl.begin()
        assert crawl.next_list_page() is not None
        spider.count_fault(crawl, error)
        assert (crawl.next_list_page() is None) is ends
