"""robots.txt by RFC 9309, as a downloader middleware.

- 200: its rules hold, for `fuhan` or `*`; its Crawl-delay slows the host down, up to a minute.
- 4xx, or led astray: there are no rules, everything may be asked for (RFC 9309, 2.3.1.3).
- 429, 521, a firewall's challenge: it is us who are refused, nothing is asked for; such requests
  fail by `RobotsBlocked`, so that the portal counts as blocked.
- other 5xx, time-out, no connection: the server is not well, nothing is asked for (2.3.1.4); such
  requests fail by `RobotsUnknown`, so that the portal counts as failing, not as forbidden.

Each host's file is fetched once in a crawl, tried twice, waited for at most `WAIT` seconds.
"""

from __future__ import annotations

import asyncio

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser, RobotParser

from crawler.answers.faults import fault_reason, fetch
from crawler.answers.robots import sort_robots_answer
from crawler.network.addresses import place_of
from crawler.visits import answer_of
from storage.errors import Blocked, FetchError, ForbiddenAddress
from storage.records import Answer

PRODUCT = "fuhan"
WAIT = 15.0
LONGEST_DELAY = 60.0
_ENOUGH = 500 * 1024  # RFC 9309, 2.5: at least so much is to be read
_INHERITED = ("fuhan_origins", "download_slot")


class Disallowed(IgnoreRequest):
    """robots.txt forbids the address."""


class RobotsUnknown(FetchError):
    """robots.txt could not be fetched, so nothing may be asked for."""


class RobotsBlocked(Blocked):
    """robots.txt was refused as a firewall refuses us, and so would be whatever else is asked."""


class RobotsRules:
    """Lets a request pass, or raises Disallowed, RobotsBlocked or RobotsUnknown."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: dict[str, asyncio.Future[RobotParser | FetchError]] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsRules:
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        if request.meta.get("dont_obey_robotstxt"):
            return
        rules = await self._rules_for(request)
        if isinstance(rules, FetchError):
            raise type(rules)(str(rules), url=request.url)
        if not rules.allowed(request.url, PRODUCT):
            raise Disallowed("forbidden by robots.txt")

    async def _rules_for(self, request: Request) -> RobotParser | FetchError:
        """The rules of the request's host, or why they are unknown."""
        place = place_of(request.url)
        if place not in self._rules:
            self._rules[place] = asyncio.get_running_loop().create_future()
            self._rules[place].set_result(await self._fetch(place, request))
        return await self._rules[place]

    async def _fetch(self, place: str, request: Request) -> RobotParser | FetchError:
        meta = {key: request.meta[key] for key in _INHERITED if key in request.meta}
        robots = Request(
            f"{place}/robots.txt",
            callback=NO_CALLBACK,
            dont_filter=True,
            meta=meta | {"dont_obey_robotstxt": True, "download_timeout": WAIT},
        )
        answer = await fetch(self._crawler, robots)
        if isinstance(answer, ForbiddenAddress):
            return self._parse(b"", request)
        if not isinstance(answer, Response):
            return RobotsUnknown(f"robots.txt: {fault_reason(answer)}")
        verdict = sort_robots_answer(answer_of(answer, robots.url))
        if verdict.answer is Answer.BLOCKED:
            return RobotsBlocked(f"robots.txt: {verdict.reason}")
        if verdict.answer is Answer.FAILED:
            return RobotsUnknown(f"robots.txt: {verdict.reason}")
        return self._parse(answer.body if verdict.answer is Answer.PAGE else b"", request)

    def _parse(self, body: bytes, request: Request) -> RobotParser:
        rules = ProtegoRobotParser.from_crawler(self._crawler, body[:_ENOUGH])
        if delay := rules.crawl_delay(PRODUCT):
            self._slow_down(request, min(delay, LONGEST_DELAY))
        return rules

    def _slow_down(self, request: Request, delay: float) -> None:
        """Raises the delay of the host's slot, now and for when Scrapy makes it anew."""
        downloader = self._crawler.engine.downloader
        key = downloader.get_slot_key(request)
        settings = downloader.per_slot_settings.setdefault(key, {"concurrency": 1, "jitter": 0.0})
        settings["delay"] = max(delay, settings.get("delay", 0.0))
        settings["concurrency"] = 1
        if slot := downloader.slots.get(key):
            slot.delay, slot.concurrency = settings["delay"], 1
