"""What a crawl is made of: nothing of Scrapy's that is not named here."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from scrapy.settings import Settings

from crawler.settings import crawl_settings
from storage.records import Portal
from storage.session import CrawlSession

PORTAL = Portal("a", "甲局", "trs", pages=("https://a.example/t1.html",), delay=3.0)


def settings(*portals: Portal) -> Settings:
    session = SimpleNamespace(portals=portals or (PORTAL,), contact="mailto:a@example.org")
    return Settings(crawl_settings(cast(CrawlSession, session)))


def names(components: dict[Any, Any]) -> set[str]:
    return {name if isinstance(name, str) else name.__name__ for name in components}


def test_no_console_no_remote_control_no_extension_at_all() -> None:
    assert settings().getwithbase("EXTENSIONS") == {}
    assert not settings().getbool("TELNETCONSOLE_ENABLED")
    assert not settings().getbool("REMOTE_CONTROL_ENABLED")


def test_no_cookies_no_proxy_no_meta_refresh_between_us_and_the_server() -> None:
    used = " ".join(names(dict(settings().getwithbase("DOWNLOADER_MIDDLEWARES"))))
    for unwanted in ("cookies", "httpproxy", "MetaRefresh", "httpcache", "httpauth", "robotstxt"):
        assert unwanted not in used
    for wanted in ("AllowedAddresses", "RobotsRules", "RetryMiddleware", "PortalRedirects"):
        assert wanted in used


def test_only_http_is_fetched_and_certificates_are_verified() -> None:
    handlers = settings()["DOWNLOAD_HANDLERS"]
    assert [scheme for scheme, handler in handlers.items() if handler] == ["https"]
    assert settings().getbool("DOWNLOAD_VERIFY_CERTIFICATES")


def test_hosts_shared_by_portals_keep_the_longest_delay() -> None:
    quick = Portal("b", "乙局", "trs", pages=("https://a.example/t2.html",), delay=1.0)
    slots = settings(PORTAL, quick)["DOWNLOAD_SLOTS"]
    assert slots["a.example"] == {"concurrency": 1, "delay": 3.0, "jitter": 0.0}
