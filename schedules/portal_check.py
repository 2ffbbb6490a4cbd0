"""Tries a portal: fetches its lists' first pages and a few letters, and tells what was read."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin, urlsplit

from protego import Protego

from crawler.list_pages import ListPage
from crawler.platforms import platform_for
from crawler.robots import PRODUCT
from pipelines.read import read_page
from schedules.one_page import fetch, header
from schedules.words import CHECK_ROBOTS, say
from storage.errors import FetchError, FuhanError
from storage.records import Capture, ListColumn, Portal, ReplyLetter

LETTERS = 3


@dataclass(frozen=True, slots=True)
class TriedList:
    """A column's first page: the letters it links to, or why it could not be read."""

    url: str
    links: tuple[str, ...] = ()
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class TriedLetter:
    """A letter's page: what was read from it, or why it could not be fetched."""

    url: str
    letter: ReplyLetter | None = None
    fault: str | None = None


class PortalCheck:
    """Asks a portal for a few pages, with its delay between them and robots.txt obeyed."""

    def __init__(
        self,
        portal: Portal,
        *,
        now: datetime,
        contact: str | None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self._portal = portal
        self._now = now
        self._contact = contact
        self._wait = wait
        self._rules: dict[str, Protego] = {}

    def lists(self) -> Iterator[TriedList]:
        """The first page of each list, as it is fetched."""
        for column in self._portal.lists:
            try:
                yield TriedList(column.url, self._links(column))
            except FuhanError as error:
                yield TriedList(column.url, fault=str(error))

    def letters(self, urls: list[str]) -> Iterator[TriedLetter]:
        """The letters at up to three of the addresses, as they are fetched."""
        for url in urls[:LETTERS]:
            try:
                capture = self._fetch(url)
            except FuhanError as error:
                yield TriedLetter(url, fault=str(error))
                continue
            content_type = header(capture, "content-type")
            reading = read_page(capture.body, capture.url, self._portal, content_type)
            yield TriedLetter(url, reading.letter)

    def _links(self, column: ListColumn) -> tuple[str, ...]:
        capture = self._fetch(column.url)
        content_type = header(capture, "content-type")
        page = ListPage.parse(capture.body, content_type, capture.url, column, self._portal)
        listing = platform_for(self._portal.platform).find_links(page)
        return tuple(link.url for link in listing.links)

    def _fetch(self, url: str) -> Capture:
        if not self._robots(url).can_fetch(url, PRODUCT):
            raise FetchError(say(CHECK_ROBOTS, url=url), url=url)
        self._wait(self._portal.delay)
        return fetch(url, self._portal, now=self._now, contact=self._contact)

    def _robots(self, url: str) -> Protego:
        """The rules of the address's host; none where it has no robots.txt (RFC 9309, 2.3.1.3).

        Raises FetchError where the server is not well: nothing is asked for then (2.3.1.4).
        """
        host = urlsplit(url).netloc
        if host not in self._rules:
            address = urljoin(url, "/robots.txt")
            answer = fetch(
                address, self._portal, now=self._now, contact=self._contact, any_status=True
            )
            if answer.status >= 500 or answer.status == 429:
                raise FetchError(f"{address}: HTTP {answer.status}", url=address)
            text = answer.body.decode("utf-8", "replace") if answer.status == 200 else ""
            self._rules[host] = Protego.parse(text)
        return self._rules[host]
