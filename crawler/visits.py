"""From Scrapy's responses to the records the other rooms know."""

from __future__ import annotations

from scrapy.http import Response
from w3lib.url import safe_url_string

from crawler.answers.records import ServerAnswer, Verdict
from storage.clock import Clock
from storage.records import Answer, Capture, DuePage, PageVisit, Run, Validators


def answer_of(response: Response, asked: str, validators: Validators | None = None) -> ServerAnswer:
    """A response as plain values; of a header sent several times the first holds.

    The address asked for is given escaped, as it was sent: one in Chinese is no redirect.
    """
    headers = {
        name.decode("latin-1").lower(): values[0].decode("latin-1")
        for name, values in response.headers.items()
        if values
    }
    return ServerAnswer(
        asked=asked if asked == response.url else safe_url_string(asked),
        final=response.url,
        status=response.status,
        headers=headers,
        body=response.body,
        flags=tuple(response.flags),
        conditional=validators is not None and validators != Validators(),
    )


def conditional_headers(validators: Validators) -> dict[str, str]:
    """The request headers that let a server answer 304."""
    headers = {"If-None-Match": validators.etag, "If-Modified-Since": validators.last_modified}
    return {name: value for name, value in headers.items() if value}


def make_visit(
    run: Run, page: DuePage, verdict: Verdict, clock: Clock, answer: ServerAnswer | None = None
) -> PageVisit:
    """The visit an answer makes; validators are kept of pages and 304s alone."""
    now = clock()
    capture = None
    if answer is not None and verdict.answer is not Answer.NOT_MODIFIED:
        capture = Capture(page.url, answer.status, tuple(answer.headers.items()), answer.body, now)
    return PageVisit(
        run_id=run.id,
        portal=run.portal,
        copy_id=page.copy_id,
        url=page.url,
        answer=verdict.answer,
        observed_at=now,
        reason=verdict.reason,
        capture=capture,
        validators=_validators(verdict.answer, page, answer),
    )


def kept_validators(answer: ServerAnswer, before: Validators) -> Validators:
    """What asks conditionally next time; a 304 need not repeat it (RFC 9110, 15.4.5)."""
    new = Validators(answer.headers.get("etag"), answer.headers.get("last-modified"))
    if answer.status == 304:
        return Validators(new.etag or before.etag, before.last_modified)
    return new


def _validators(answer: Answer, page: DuePage, got: ServerAnswer | None) -> Validators:
    if got is None or answer not in (Answer.PAGE, Answer.NOT_MODIFIED):
        return Validators()
    return kept_validators(got, page.validators)
