"""What every request of a crawl carries, and what it never does."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest
from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.utils.test import get_crawler

from crawler.network.middlewares import CommonRequest, PortalRedirects
from crawler.process import _load_apart
from crawler.settings import crawl_settings
from storage.records import Portal
from storage.session import CrawlSession

PORTAL = Portal("a", "甲局", "trs", pages=("https://a.example/t1.html",))
SESSION = cast(CrawlSession, SimpleNamespace(portals=(PORTAL,), contact="mailto:a@example.org"))
CRAWLER = get_crawler(Spider, crawl_settings(SESSION, total_time=60.0))


def sent(request: Request) -> Request:
    CommonRequest.from_crawler(CRAWLER).process_request(request)
    return request


def test_every_request_says_who_asks_and_is_waited_for() -> None:
    request = sent(Request("https://a.example/t1.html"))
    assert b"mailto:a@example.org" in (request.headers.get("User-Agent") or b"")
    assert request.headers.get("Accept-Language") == b"zh-CN,zh;q=0.9"
    assert request.meta["download_timeout"] == 60.0


def test_what_a_request_asks_for_itself_stays() -> None:
    own = {"Accept": "application/pdf"}
    request = Request("https://a.example/1.pdf", headers=own, meta={"download_timeout": 15.0})
    assert sent(request).headers.get("Accept") == b"application/pdf"
    assert request.meta["download_timeout"] == 15.0


def test_no_referer_is_sent_on_whatever_the_server_asks_for() -> None:
    middlewares = CRAWLER.settings.get_component_priority_dict_with_base("SPIDER_MIDDLEWARES")
    assert middlewares == {}
    headers = {"Location": "/t2.html", "Referrer-Policy": "unsafe-url"}
    asked = Request("https://a.example/t1.html")
    moved = Response(asked.url, status=301, headers=headers, request=asked)
    followed = PortalRedirects.from_crawler(CRAWLER).process_response(asked, moved)
    assert isinstance(followed, Request) and followed.url == "https://a.example/t2.html"
    assert "Referer" not in followed.headers


def test_module_that_cannot_be_loaded_is_told_to_the_caller() -> None:
    with pytest.raises(ModuleNotFoundError):
        _load_apart("crawler.nowhere.Downloads")
