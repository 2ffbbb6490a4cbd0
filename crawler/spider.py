"""The spider: one for all portals of a crawl, each with its own run and pace."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any, Self

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from twisted.python.failure import Failure

from crawler.answers.faults import failed, fault_reason, fetch, never_answered
from crawler.answers.records import ServerAnswer, Verdict, refuses_more
from crawler.answers.redirects import TO_404, names_404
from crawler.answers.sorting import sort_answer
from crawler.answers.wholeness import leaves_open
from crawler.files.fetch import FileFetch
from crawler.lists.answers import may_want_other_method, sort_list
from crawler.lists.data_lists import is_data
from crawler.lists.pages import ListPage, ListPlatform
from crawler.lists.sub_columns import sub_columns
from crawler.lists.walk import ColumnWalk
from crawler.log_lines import warn_of_list, warn_of_page
from crawler.network.addresses import origin_of
from crawler.network.middlewares import ORIGINS, SLOT
from crawler.network.robots import Disallowed, RobotsBlocked, RobotsUnknown
from crawler.network.servers import merge_slots, shared_slots
from crawler.paging.posts import marked_like
from crawler.platforms import platform_for
from crawler.portal_crawl import PortalCrawl
from crawler.visits import answer_of, conditional_headers, make_visit
from storage.errors import ArchiveError, ForbiddenAddress, FuhanError, PortalError
from storage.records import Answer, CopyHistory, DuePage, PageVisit
from storage.session import CrawlSession

_LISTS_FIRST = 10


class PortalSpider(Spider):
    """Walks the lists of every portal of the session, then asks for its due pages.

    Gives a `PageVisit` for each page to the item pipelines, whose last stage must hand it on
    when it is saved; the portal's next page is drawn then, and the portal settled when there is
    none. `fault` is the first error of ours: its portal is left unsettled, and where the archive
    fails the whole crawl ends.
    """

    name = "portals"

    def __init__(self, session: CrawlSession, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.session = session
        self.fault: BaseException | None = None
        self._crawls: dict[str, PortalCrawl] = {}
        self._slots: dict[str, str] = {}  # by host
        self._files = FileFetch(session, self._request, self._fetch, self._go_on)
        self._closing: asyncio.Task[None] | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        spider = super().from_crawler(
            crawler, *args, session=crawler.settings["FUHAN_SESSION"], **kwargs
        )
        crawler.signals.connect(spider.visit_saved, signals.item_scraped)
        crawler.signals.connect(spider.visit_lost, signals.item_error)
        crawler.signals.connect(spider.callback_broke, signals.spider_error)
        return spider

    async def start(self) -> AsyncIterator[Any]:
        await self._share_slots()
        for portal in self.session.portals:
            crawl = PortalCrawl(portal, self.session)
            crawl.begin()
            self._crawls[portal.name] = crawl
            for request in self._go_on(crawl):
                yield request

    def _go_on(self, crawl: PortalCrawl) -> Iterator[Request]:
        """What to ask a portal next: its lists, then pages and their files; at the end its run is
        settled."""
        if crawl.listing:
            step = crawl.next_list_page()
            if step is not None:
                yield self._list_request(crawl, *step)
                return
            crawl.end_lists()
        for due in crawl.draw():
            if isinstance(due, DuePage):
                yield self._page_request(crawl, due)
            else:
                yield self._files.request(crawl, due)
        if crawl.finished:
            del self._crawls[crawl.portal.name]
            self.session.settle(crawl.run, crawl.walk())

    # --- lists -------------------------------------------------------------------------------

    def _list_request(self, crawl: PortalCrawl, column: ColumnWalk, url: str) -> Request:
        return self._request(
            crawl,
            url,
            callback=self.read_list,
            errback=self.list_failed,
            priority=_LISTS_FIRST,
            cb_kwargs={"crawl": crawl, "column": column, "asked": url},
            **column.method(url),
        )

    def read_list(
        self, response: Response, crawl: PortalCrawl, column: ColumnWalk, asked: str
    ) -> Iterator[Request]:
        """A list page's answer: its links are saved, then the portal goes on."""
        answer = answer_of(response, asked)
        content_type = answer.headers.get("content-type")
        url = marked_like(answer.final, asked)
        page = ListPage.parse(answer.body, content_type, url, column.column, crawl.portal)
        platform = platform_for(crawl.portal.platform)
        verdict = sort_list(answer, crawl.site, page, platform)
        crawl.answered(Answer.PAGE)
        if verdict.answer is Answer.PAGE:
            self._save_links(answer, page, platform, crawl, column)
        elif not (may_want_other_method(answer, verdict) and column.ask_otherwise(asked)):
            _count_list(crawl, column, asked, verdict)
        if refuses_more(answer):
            crawl.stop()
        yield from self._go_on(crawl)

    def list_failed(self, failure: Failure) -> Iterator[Request]:
        """A list page that brought no answer."""
        error, arguments = failed(failure)
        crawl, column = arguments["crawl"], arguments["column"]
        if isinstance(error, Disallowed):
            crawl.list_disallowed(column)
        else:
            _count_list(crawl, column, arguments["asked"], _verdict_on(error))
            count_fault(crawl, error)
        yield from self._go_on(crawl)

    def _save_links(
        self,
        answer: ServerAnswer,
        page: ListPage,
        platform: ListPlatform,
        crawl: PortalCrawl,
        column: ColumnWalk,
    ) -> None:
        if not is_data(page):
            crawl.learn_ends(leaves_open(answer.body, answer.headers.get("content-type")))
        try:
            listing = platform.find_links(page)
        except PortalError as error:
            _count_list(crawl, column, answer.asked, Verdict(Answer.FAILED, str(error)))
            return
        if listing.offsite:
            self.crawler.stats.inc_value("fuhan/offsite", listing.offsite)
        unknown = self.session.archive.save_listing(crawl.run, column.column, listing.links)
        further, branches = platform.further_pages(page), sub_columns(page)
        if ended := column.page_read(listing.links, unknown, further, answer.final, branches):
            warn_of_list(crawl.portal.name, answer.asked, f"{ended}: the walk ends here")

    # --- letters -----------------------------------------------------------------------------

    def _page_request(self, crawl: PortalCrawl, page: DuePage) -> Request:
        return self._request(
            crawl,
            page.url,
            callback=self.read_page,
            errback=self.page_failed,
            headers=conditional_headers(page.validators),
            cb_kwargs={"crawl": crawl, "page": page},
        )

    async def read_page(
        self, response: Response, crawl: PortalCrawl, page: DuePage
    ) -> AsyncIterator[PageVisit]:
        """A letter page's answer, sorted; reading it is the pipelines' part."""
        answer = answer_of(response, page.url, page.validators)
        asks = page.known and answer.status != 304  # which needs no reading to compare with
        history = self.session.archive.history(page.copy_id) if asks else None
        verdict = sort_answer(answer, crawl.site, history.reading if history else None)
        if verdict.answer is Answer.PAGE and history:
            verdict = await self._look_again(verdict, answer, crawl, history)
        crawl.answered(verdict.answer)
        if verdict.answer in (Answer.FAILED, Answer.BLOCKED):
            warn_of_page(crawl.portal.name, page.url, verdict.reason)
        if refuses_more(answer):
            crawl.stop()
        if verdict.moved_to:
            self.session.archive.add_address(crawl.run, verdict.moved_to)
        yield make_visit(crawl.run, page, verdict, self.session.clock, answer)

    def page_failed(self, failure: Failure) -> Iterator[Request | PageVisit]:
        """A letter page that brought no answer."""
        error, arguments = failed(failure)
        crawl, page = arguments["crawl"], arguments["page"]
        if isinstance(error, Disallowed):
            crawl.page_disallowed(page.copy_id)
            yield from self._go_on(crawl)
            return
        count_fault(crawl, error)
        verdict = _verdict_on(error)
        warn_of_page(crawl.portal.name, page.url, verdict.reason)
        yield make_visit(crawl.run, page, verdict, self.session.clock)

    async def _look_again(
        self, verdict: Verdict, answer: ServerAnswer, crawl: PortalCrawl, history: CopyHistory
    ) -> Verdict:
        """A known letter's page once more: gone where its site answers so for any address."""

        async def probe(url: str) -> ServerAnswer | None:
            request = self._request(crawl, url, callback=NO_CALLBACK)
            response = await self._fetch(request)
            return answer_of(response, url) if isinstance(response, Response) else None

        reason = await crawl.doubts.why_gone(answer, history, probe)
        return Verdict(Answer.GONE, reason) if reason else verdict

    # --- what Scrapy tells -------------------------------------------------------------------

    def visit_saved(self, item: PageVisit) -> None:
        """A visit went through the pipelines: the portal goes on."""
        crawl = self._crawls[item.portal]
        crawl.page_done(item.copy_id)
        try:
            crawl.see_files(item)
            for request in self._go_on(crawl):
                self.crawler.engine.crawl(request)
        except FuhanError as error:
            self._give_up(crawl, error)

    def visit_lost(self, item: PageVisit, failure: Failure) -> None:
        """A stage of the pipelines raised."""
        self._give_up(self._crawls.get(item.portal), failure.value)

    def callback_broke(self, failure: Failure, response: Response | Failure | None) -> None:
        """`start` or a callback raised."""
        request = getattr(response, "request", None)
        self._give_up(request.cb_kwargs.get("crawl") if request else None, failure.value)

    def _give_up(self, crawl: PortalCrawl | None, error: BaseException | None) -> None:
        """Abandons the portal an error of ours struck; a failing archive ends the crawl."""
        self.fault = self.fault or error
        if crawl is not None:
            crawl.abandon()
        if (crawl is None or isinstance(error, ArchiveError)) and self._closing is None:
            close = self.crawler.engine.close_spider_async(reason="fault")
            self._closing = asyncio.ensure_future(close)

    # --- small things ------------------------------------------------------------------------

    async def _share_slots(self) -> None:
        """Lets the hosts that stand on one server be asked one after the other."""
        downloader = self.crawler.engine.downloader
        self._slots = await shared_slots(downloader.per_slot_settings)
        downloader.per_slot_settings.update(merge_slots(self._slots, downloader.per_slot_settings))

    async def _fetch(self, request: Request) -> Response | BaseException:
        return await fetch(self.crawler, request)

    def _request(self, crawl: PortalCrawl, url: str, **kwargs: Any) -> Request:
        host = (origin_of(url) or ("", 0))[0]
        meta: dict[str, Any] = {ORIGINS: crawl.site.origins}
        if host in self._slots:
            meta[SLOT] = self._slots[host]
        return Request(url, dont_filter=True, meta=meta, **kwargs)


def _verdict_on(error: BaseException) -> Verdict:
    """What a request without an answer came to."""
    if isinstance(error, ForbiddenAddress) and names_404(error.url or ""):
        return Verdict(Answer.GONE, TO_404)
    blocked = isinstance(error, RobotsBlocked)
    return Verdict(Answer.BLOCKED if blocked else Answer.FAILED, fault_reason(error))


def _count_list(crawl: PortalCrawl, column: ColumnWalk, asked: str, verdict: Verdict) -> None:
    """Counts a list page that brought no list, and says so in the log."""
    warn_of_list(crawl.portal.name, asked, verdict.reason)
    if verdict.answer is Answer.BLOCKED:
        crawl.list_blocked(verdict.reason)
    elif ended := crawl.list_failed(column, verdict.reason):
        warn_of_list(crawl.portal.name, asked, f"{ended}: the walk ends here, incomplete")


def count_fault(crawl: PortalCrawl, error: BaseException) -> None:
    """Ends the asking where a request without an answer says that no other will bring one."""
    if isinstance(error, RobotsBlocked) or (
        isinstance(error, RobotsUnknown) and crawl.lists_stand_at(error.url)
    ):
        crawl.stop()
    elif never_answered(error):
        crawl.not_answered()
