"""Scrapy's settings for a crawl: polite, bounded, and nothing open that is not needed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from crawler.network.addresses import GuardedResolver, allowed_origins
from crawler.network.middlewares import AllowedAddresses, CommonRequest, PortalRedirects
from crawler.network.robots import PRODUCT, RobotsRules
from storage.records import Portal
from storage.session import CrawlSession

LARGEST_BODY = 32 * 1024 * 1024
"""Bytes of a body, and of what it unpacks to; a bomb of 600 MiB held at 110 MB of memory."""

TOTAL_TIME = 60.0
"""Seconds from a request to the last byte of its answer: Scrapy's time-out is a total one."""

DOWNLOADS = "crawler.network.tls.PortalDownloads"
"""What fetches; by its name, so that it need not be loaded before it is used."""

_AT_ONCE = 8  # requests to one host where its portals want no delay
_FEWEST, _MOST = 32, 256  # requests on their way in all: one waits for each host's delay

# What a crawl is made of, and nothing else: Scrapy's own lists are replaced, not amended, so that
# what a new release turns on by default (a telnet console, remote control, cookies, a proxy) stays
# out, and is not even imported.
_DOWNLOADER_MIDDLEWARES: dict[str | type, int] = {
    AllowedAddresses: 50,
    RobotsRules: 100,
    CommonRequest: 400,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": 550,
    "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": 590,
    PortalRedirects: 600,
}


def crawl_settings(
    session: CrawlSession, item_pipelines: Sequence[type] = (), *, total_time: float = TOTAL_TIME
) -> dict[str, Any]:
    """The settings of one crawl; `item_pipelines` are classes, in the order a visit takes."""
    return {
        "FUHAN_SESSION": session,
        "BOT_NAME": PRODUCT,
        "USER_AGENT": user_agent(session.contact),
        "ITEM_PIPELINES": {stage: 100 * place for place, stage in enumerate(item_pipelines, 1)},
        **_pace(session.portals),
        **_bounds(total_time),
        **_switches(),
    }


def user_agent(contact: str | None) -> str:
    """Who asks: `fuhan/0.1.0 (+mailto:you@example.org)`."""
    try:
        name = f"{PRODUCT}/{version('fuhan')}"
    except PackageNotFoundError:
        name = PRODUCT
    words = " ".join((contact or "").split())
    return f"{name} (+{words})" if words else name


def _pace(portals: Iterable[Portal]) -> dict[str, Any]:
    """One slot a host, with the longest delay of the portals on it."""
    delays: dict[str, float] = {}
    for portal in portals:
        for host, _ in allowed_origins(portal):
            delays[host] = max(portal.delay, delays.get(host, 0.0))
    slots = {
        host: {"concurrency": 1 if delay else _AT_ONCE, "delay": delay, "jitter": 0.0}
        for host, delay in delays.items()
    }
    return {
        "DOWNLOAD_SLOTS": slots,
        "DOWNLOAD_DELAY": 0,
        "DOWNLOAD_DELAY_JITTER": 0.0,
        "CONCURRENT_REQUESTS_PER_DOMAIN": _AT_ONCE,
        "CONCURRENT_REQUESTS": max(_FEWEST, min(len(slots), _MOST)),
        "AUTOTHROTTLE_ENABLED": False,
    }


def _bounds(total_time: float) -> dict[str, Any]:
    """How long, how large, how often, how far."""
    return {
        "DOWNLOAD_TIMEOUT": total_time,
        "DOWNLOAD_MAXSIZE": LARGEST_BODY,
        "DOWNLOAD_WARNSIZE": 0,
        "DOWNLOAD_FAIL_ON_DATALOSS": True,
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "REDIRECT_MAX_TIMES": 5,
        # tried twice; 429 and 503 are asked for no second time, they may say when to come back
        "RETRY_TIMES": 1,
        "RETRY_HTTP_CODES": [500, 502, 504, 408, 522, 524],
        "RETRY_GIVE_UP_LOG_LEVEL": "DEBUG",
        "REACTOR_THREADPOOL_MAXSIZE": 20,
        "DOWNLOAD_HANDLERS": {
            "https": DOWNLOADS,
            **dict.fromkeys(("data", "file", "s3", "ftp")),
        },
        "TWISTED_DNS_RESOLVER": GuardedResolver,
        "DOWNLOADER_MIDDLEWARES_BASE": {},
        "DOWNLOADER_MIDDLEWARES": _DOWNLOADER_MIDDLEWARES,
        "SPIDER_MIDDLEWARES_BASE": {},
        "SPIDER_MIDDLEWARES": {},  # Scrapy's Referer obeys what a server asks for in a header
        # Scrapy starts as many tasks for each answer: a hundred by default, half of all its work
        "CONCURRENT_ITEMS": 1,
        # nor does it read the callback's source anew for each answer to warn of its `return`
        "WARN_ON_GENERATOR_RETURN_VALUE": False,
    }


def _switches() -> dict[str, Any]:
    """What is off; what lets every answer through to the spider."""
    return {
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
        "EXTENSIONS_BASE": {},
        "EXTENSIONS": {},
        "COOKIES_ENABLED": False,
        "HTTPPROXY_ENABLED": False,  # through a proxy nobody sees what address is connected to
        "HTTPCACHE_ENABLED": False,
        "METAREFRESH_ENABLED": False,
        "HTTPERROR_ALLOW_ALL": True,
        "URLLENGTH_LIMIT": 0,
        "DUPEFILTER_CLASS": "scrapy.dupefilters.BaseDupeFilter",
        "DEFAULT_REQUEST_HEADERS": {
            "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
            "Accept-Language": "zh-CN,zh;q=0.9",
        },
        "FEEDS": {},
        "STATS_DUMP": False,
        "LOG_LEVEL": "WARNING",
        "LOG_INSTALL_ROOT_HANDLER": False,
        "LOG_FORMATTER": "crawler.log_lines.LogLines",
    }
