"""A few pages of one portal asked for by hand: at its pace, by its robots.txt, privately or not."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from protego import Protego

from crawler.answers.records import ServerAnswer
from crawler.answers.robots import sort_robots_answer
from crawler.network.robots import LONGEST_DELAY, PRODUCT
from crawler.settings import user_agent
from schedules.one_page.fetch import FetchLimits, fetch_page
from schedules.words.language import language, say
from schedules.words.messages import CHECK_ROBOTS, NOT_FETCHED
from schedules.words.reasons import answer_reason
from storage.errors import Blocked, FetchError, ForbiddenAddress
from storage.records import Answer, Capture, Portal

_ROBOTS_READ = 500 * 1024  # RFC 9309, 2.5


def pause(seconds: float) -> None:
    """Waits between two requests."""
    time.sleep(seconds)


class PoliteFetch:
    """Fetches one page after another; waits the portal's delay between two requests."""

    def __init__(
        self,
        portal: Portal,
        *,
        now: datetime,
        contact: str | None,
        wait: Callable[[float], None] = pause,
    ) -> None:
        self.asked = 0
        self._delay = portal.delay
        self._limits = FetchLimits(portal.private_network, portal.verify_tls, any_status=True)
        self._now = now
        self._user_agent = user_agent(contact)
        self._wait = wait
        self._rules: dict[str, Protego] = {}

    def ask(self, url: str, form: str | None = None) -> Capture:
        """The answer to one request, whatever its status; `form` is posted.

        Raises FetchError where robots.txt forbids the address or that of its redirect, where the
        rules cannot be had (RFC 9309, 2.3.1.4), or where no answer comes.
        """
        self._check_rules(url)
        capture = self._fetch(url, form)
        if urlsplit(capture.url).netloc != urlsplit(url).netloc:
            self._check_rules(capture.url)
        return capture

    def _fetch(self, url: str, form: str | None = None) -> Capture:
        if self.asked:
            self._wait(self._delay)
        self.asked += 1
        return fetch_page(
            url, user_agent=self._user_agent, now=self._now, limits=self._limits, form=form
        )

    def _check_rules(self, url: str) -> None:
        place = "{0.scheme}://{0.netloc}".format(urlsplit(url))
        if place not in self._rules:
            self._rules[place] = self._fetch_rules(urljoin(url, "/robots.txt"))
        if not self._rules[place].can_fetch(url, PRODUCT):
            raise FetchError(say(CHECK_ROBOTS, url=url), url=url)

    def _fetch_rules(self, address: str) -> Protego:
        """The host's rules; none where it has no robots.txt or that leads astray."""
        try:
            answer = server_answer(address, self._fetch(address))
        except ForbiddenAddress:
            return Protego.parse("")
        verdict = sort_robots_answer(answer)
        if verdict.answer in (Answer.BLOCKED, Answer.FAILED):
            kind = Blocked if verdict.answer is Answer.BLOCKED else FetchError
            reason = answer_reason(verdict.reason or "", language())
            raise kind(say(NOT_FETCHED, url=address, reason=reason), url=address)
        text = answer.body[:_ROBOTS_READ] if verdict.answer is Answer.PAGE else b""
        rules = Protego.parse(text.decode("utf-8", "replace"))
        self._delay = max(self._delay, min(rules.crawl_delay(PRODUCT) or 0.0, LONGEST_DELAY))
        return rules


def server_answer(asked: str, capture: Capture) -> ServerAnswer:
    """A capture as the crawler sorts it."""
    headers = {name.lower(): value for name, value in capture.headers}
    return ServerAnswer(asked, capture.url, capture.status, headers, capture.body)
