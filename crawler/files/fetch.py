"""Asks for the files letters link to, and hands what came of it to the archive.

A file that answers with other content than last time is asked for once more, without validators:
only what two answers in a row agree on is a change. A program that writes each download anew, two
servers behind one name, and a cut that no length betrays never make one.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

from scrapy import Request
from scrapy.http import Response
from scrapy.http.request import NO_CALLBACK
from twisted.python.failure import Failure

from crawler.answers.faults import failed, fault_reason, never_answered
from crawler.answers.records import ServerAnswer, refuses_more
from crawler.files.answers import is_redirected, sort_file
from crawler.files.revisit import not_before
from crawler.log_lines import tell_of_file
from crawler.network.robots import Disallowed, RobotsBlocked, RobotsUnknown
from crawler.portal_crawl import PortalCrawl
from crawler.visits import answer_of, conditional_headers, kept_validators
from storage.attachments.records import DueFile, FileState, FileVisit
from storage.attachments.stable_digests import stable_digest
from storage.clock import Clock
from storage.errors import ForbiddenAddress
from storage.records import Capture, Validators
from storage.session import CrawlSession

MakeRequest = Callable[..., Request]
Fetch = Callable[[Request], Awaitable[Response | BaseException]]
GoOn = Callable[[PortalCrawl], Iterator[Request]]


class FileFetch:
    """The requests for files of one crawl, and their callbacks.

    `request` makes a request of a portal in its host's slot; `fetch` asks outside the queue;
    `go_on` gives what to ask the portal next.
    """

    def __init__(
        self, session: CrawlSession, request: MakeRequest, fetch: Fetch, go_on: GoOn
    ) -> None:
        self._session = session
        self._make = request
        self._fetch = fetch
        self._go_on = go_on

    def request(self, crawl: PortalCrawl, file: DueFile) -> Request:
        """The request for a file that is due."""
        return self._request(
            crawl,
            file,
            headers=conditional_headers(file.validators),
            callback=self.read_file,
            errback=self.file_failed,
        )

    async def read_file(
        self, response: Response, crawl: PortalCrawl, file: DueFile
    ) -> AsyncIterator[Request]:
        """A file's answer: judged, if need be by a second one, and saved."""
        answer = answer_of(response, file.url, file.validators)
        crawl.files.answered(at_all=True)
        state, reason = sort_file(answer, crawl.site, file.name)
        if state is FileState.KEPT and self._is_other(answer, file):
            crawl.files.ask_again()
            answer, state, reason = await self._make_sure(answer, crawl, file)
        if refuses_more(answer):
            crawl.stop()
        self._save(crawl, file, visit_of(crawl, file, state, reason, self._session.clock, answer))
        for request in self._go_on(crawl):
            yield request

    def file_failed(self, failure: Failure) -> Iterator[Request]:
        """A file that brought no answer."""
        error, arguments = failed(failure)
        crawl, file = arguments["crawl"], arguments["file"]
        reason = fault_reason(error)
        state = _state_of(error, reason)
        if isinstance(error, (RobotsBlocked, RobotsUnknown)):
            crawl.files.stop()
        elif isinstance(error, Disallowed):
            crawl.files.disallowed += 1
        crawl.files.answered(at_all=not never_answered(error))
        self._save(crawl, file, visit_of(crawl, file, state, reason, self._session.clock))
        yield from self._go_on(crawl)

    def _is_other(self, answer: ServerAnswer, file: DueFile) -> bool:
        """Whether a file answers with other content than it had when it was seen last."""
        if answer.status == 304 or file.last is None:
            return False
        return stable_digest(answer.body) != file.last

    async def _make_sure(
        self, first: ServerAnswer, crawl: PortalCrawl, file: DueFile
    ) -> tuple[ServerAnswer, FileState, str | None]:
        """The second answer, and what both come to."""
        response = await self._fetch(self._request(crawl, file, callback=NO_CALLBACK))
        if not isinstance(response, Response):
            return first, FileState.FAILED, f"asked again: {fault_reason(response)}"
        second = answer_of(response, file.url)
        state, reason = sort_file(second, crawl.site, file.name)
        if state is not FileState.KEPT:
            return second, state, reason
        if stable_digest(first.body) != stable_digest(second.body):
            return second, FileState.UNSTABLE, "two answers in a row differ"
        return second, FileState.KEPT, None

    def _save(self, crawl: PortalCrawl, file: DueFile, visit: FileVisit) -> None:
        self._session.archive.save_file(visit)
        crawl.files.done(file, visit.state)
        if visit.state is not FileState.KEPT:
            tell_of_file(crawl.portal.name, file.url, f"{visit.state}: {visit.reason}")

    def _request(self, crawl: PortalCrawl, file: DueFile, **kwargs: Any) -> Request:
        request = self._make(crawl, file.url, cb_kwargs={"crawl": crawl, "file": file}, **kwargs)
        request.meta["download_maxsize"] = crawl.portal.attachments.most_bytes
        return request


def visit_of(
    crawl: PortalCrawl,
    file: DueFile,
    state: FileState,
    reason: str | None,
    clock: Clock,
    answer: ServerAnswer | None = None,
) -> FileVisit:
    """The visit an answer makes; its bytes are handed on only where they are the file's."""
    now = clock()
    capture, validators = None, Validators()
    if answer is not None and state is FileState.KEPT:
        if not is_redirected(answer):
            validators = kept_validators(answer, file.validators)
        if answer.status != 304:
            headers = tuple(answer.headers.items())
            capture = Capture(file.url, answer.status, headers, answer.body, now)
    size = len(capture.body) if capture else 0
    return FileVisit(
        run_id=crawl.run.id,
        portal=crawl.portal.name,
        file_id=file.file_id,
        key=file.key,
        state=state,
        observed_at=now,
        status=answer.status if answer else None,
        reason=reason,
        capture=capture,
        validators=validators,
        not_before=not_before(state, size, validators, now),
    )


def _state_of(error: BaseException, reason: str) -> FileState:
    """What a request without an answer comes to."""
    if isinstance(error, (Disallowed, ForbiddenAddress)):
        return FileState.NOT_ASKED
    if isinstance(error, RobotsBlocked):
        return FileState.BLOCKED
    return FileState.TOO_LARGE if reason.startswith("too large") else FileState.FAILED
