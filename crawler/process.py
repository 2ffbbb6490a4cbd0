"""Runs one crawl in this process, to its end or to a signal."""

from __future__ import annotations

import asyncio
import logging
import signal
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from scrapy.crawler import AsyncCrawlerProcess

from crawler.settings import DOWNLOADS, TOTAL_TIME, crawl_settings
from crawler.spider import PortalSpider
from storage.session import CrawlSession

GRACE = 5.0
"""Seconds that requests on their way are given after SIGTERM or SIGINT; a second one takes none."""


def run_crawl(
    session: CrawlSession, item_pipelines: Sequence[type], *, total_time: float = TOTAL_TIME
) -> None:
    """Crawls the session's portals and settles each run; once per process (Twisted's reactor).

    Returns when all are through, or within `GRACE` seconds of SIGTERM or SIGINT: portals that
    are in `session.portals` but not in `session.summaries` were not finished then, and what of
    them was saved stays. Raises the first error of ours that kept a portal from being settled:
    an ArchiveError where the archive failed.
    """
    with _quietly():
        _load_apart(DOWNLOADS)
        process = AsyncCrawlerProcess(
            crawl_settings(session, item_pipelines, total_time=total_time)
        )
    crawler = process.create_crawler(PortalSpider)
    crawling = process.crawl(crawler)
    loop = asyncio.get_event_loop()
    stops = _Stops(process, loop)
    stops.install()
    try:
        process.start(install_signal_handlers=False)
    finally:
        stops.remove()
    if crawling.done() and not crawling.cancelled() and (error := crawling.exception()):
        raise error
    if isinstance(crawler.spider, PortalSpider) and crawler.spider.fault:
        raise crawler.spider.fault


def _load_apart(path: str) -> None:
    """Imports a class's module in a thread of its own, where few callers stand above it.

    Scrapy's downloads rename classes as they are loaded, and read the source of all callers to
    learn whose these are (`scrapy.utils.deprecate`): under a command that takes a quarter of a
    second.
    """
    with ThreadPoolExecutor(max_workers=1) as apart:
        apart.submit(import_module, path.rpartition(".")[0]).result()


@contextmanager
def _quietly() -> Iterator[None]:
    """Scrapy turns its own log on while it starts; what it then tells is not wanted."""
    before = logging.root.manager.disable
    logging.disable(logging.INFO)
    try:
        yield
    finally:
        logging.disable(before)
        logging.getLogger("scrapy").setLevel(logging.WARNING)


class _Stops:
    """What SIGTERM and SIGINT do: stop gracefully, and for good when the grace is over."""

    def __init__(self, process: AsyncCrawlerProcess, loop: asyncio.AbstractEventLoop) -> None:
        self._process = process
        self._loop = loop
        self._stopping: asyncio.Task[None] | None = None

    def install(self) -> None:
        """Signals can be handled in the main thread only."""
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGINT):
                self._loop.add_signal_handler(number, self._stop)

    def remove(self) -> None:
        if threading.current_thread() is threading.main_thread() and not self._loop.is_closed():
            for number in (signal.SIGTERM, signal.SIGINT):
                self._loop.remove_signal_handler(number)

    def _stop(self) -> None:
        if self._stopping is None:
            self._stopping = self._loop.create_task(self._process.stop())
            self._loop.call_later(GRACE, self._stop_now)
        else:
            self._stop_now()

    def _stop_now(self) -> None:
        from twisted.internet import reactor  # only when it is installed

        twisted: Any = reactor
        if twisted.running:
            twisted.stop()
