"""Portals, the network to them, and the targets of reports and sinks."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from crawler.settings import user_agent
from schedules.config.config import Config
from schedules.config.cron import next_fire
from schedules.delivery.trial import check_targets
from schedules.doctor import words
from schedules.doctor.findings import Finding, Verdict
from schedules.one_page.fetch import FetchLimits, fetch_page
from schedules.reports.unread import unread_line
from schedules.terminal import beijing_text
from schedules.words.held import UNREAD_MORE, UNREAD_REMEDY
from schedules.words.language import COLON, language, say
from schedules.words.messages import STATE
from schedules.words.reasons import delivery_reason, portal_reason
from storage.errors import FuhanError
from storage.outbox.records import Undelivered
from storage.records import Capture, Portal, PortalState, PortalStatus

_MOST_HOSTS = 40
_MOST_UNREAD = 5  # letters named of each portal
_SECONDS = 20.0
_WRONG_CLOCK = timedelta(minutes=5)
_LATE = timedelta(hours=1)  # after a cron time before a portal counts as forgotten


def portals(
    chosen: Sequence[Portal], statuses: Sequence[PortalStatus], now: datetime
) -> Iterator[Finding]:
    """How their last runs went, and whether any time was missed."""
    found = [
        finding
        for portal, status in zip(chosen, statuses, strict=True)
        for finding in _of_portal(portal, status, now)
    ]
    yield from found or [Finding("portals", Verdict.OK, say(words.PORTALS_WELL, count=len(chosen)))]


def network(
    chosen: Sequence[Portal],
    config: Config,
    now: datetime,
    environment: Mapping[str, str] = os.environ,
) -> Iterator[Finding]:
    """Asks each portal's host for its robots.txt, any answer being one, and for its clock.

    A clock that FUHAN_NOW sets is compared with none: it is meant to differ.
    """
    origins: dict[str, Portal] = {}
    for portal in chosen:
        for url in (*(column.url for column in portal.lists), *portal.pages):
            parts = urlsplit(url)
            origins.setdefault(f"{parts.scheme}://{parts.netloc}", portal)
    asked = dict(list(origins.items())[:_MOST_HOSTS])

    def ask(origin: str) -> Capture | FuhanError:
        portal = asked[origin]
        limits = FetchLimits(
            portal.private_network, portal.verify_tls, any_status=True, seconds=_SECONDS
        )
        agent = user_agent(config.contact)
        try:
            return fetch_page(f"{origin}/robots.txt", user_agent=agent, now=now, limits=limits)
        except FuhanError as error:
            return error

    with ThreadPoolExecutor(8) as threads:
        answers = dict(zip(asked, threads.map(ask, asked), strict=True))
    yield from _of_hosts(answers)
    for origin, answer in answers.items():
        if isinstance(answer, Capture) and not environment.get("FUHAN_NOW"):
            yield from _clock_of(answer, origin, now)
    if left := len(origins) - len(asked):
        yield Finding("network", Verdict.OK, say(words.HOSTS_LEFT_OUT, count=left))


def delivery(config: Config, undelivered: Sequence[Undelivered]) -> Iterator[Finding]:
    """Whether each target can be reached, without sending, and what did not get through."""
    count = faults = 0
    for checked in check_targets(config):
        count += 1
        if checked.error:
            faults += 1
            reason = delivery_reason(checked.error, language())
            text = f"{checked.key.name} → {checked.key.target}{say(COLON)}{reason}"
            trial = words.TARGET_REMEDY if checked.key.channel == "report" else words.SINK_REMEDY
            remedy = say(trial, name=checked.key.name)
            yield Finding("delivery", Verdict.FAULT, text, remedy, checked.key.target)
    if not count:
        yield Finding("delivery", Verdict.OK, say(words.NO_TARGETS))
    elif not faults:
        yield Finding("delivery", Verdict.OK, say(words.TARGETS_WELL, count=count))
    for entry in undelivered:
        number = entry.waiting + entry.dead
        told = say(words.UNDELIVERED, count=number)
        if entry.error:
            told += f"{say(COLON)}{delivery_reason(entry.error, language())}"
        text = f"{entry.key.name} → {entry.key.target}{say(COLON)}{told}"
        remedy = say(words.UNDELIVERED_REMEDY, name=entry.key.name)
        yield Finding("delivery", Verdict.WARNING, text, remedy, entry.key.target)


def _of_hosts(answers: Mapping[str, Capture | FuhanError]) -> Iterator[Finding]:
    """Each host that does not answer; where several were asked and none does, one line for all."""
    faults = {o: answer for o, answer in answers.items() if isinstance(answer, FuhanError)}
    if len(faults) == len(answers) > 1:
        text = say(words.NO_HOST, count=len(faults), reason=next(iter(faults.values())))
        yield Finding("network", Verdict.FAULT, text, say(words.NO_HOST_REMEDY))
        return
    for origin, error in faults.items():
        host = urlsplit(origin).netloc
        text = say(words.HOST_FAULT, host=host, reason=error)
        yield Finding("network", Verdict.FAULT, text, say(words.HOST_REMEDY), host)
    if answers and not faults:
        yield Finding("network", Verdict.OK, say(words.HOST_WELL, count=len(answers)))


def _of_portal(portal: Portal, status: PortalStatus, now: datetime) -> Iterator[Finding]:
    if status.state is not PortalState.OK:
        reason = portal_reason(status.reason or "", language())
        state = say(STATE[status.state.value])
        text = say(words.PORTAL_STATE, state=state, reason=reason)
        remedy = words.PORTAL_HELD_REMEDY if status.held else words.PORTAL_REMEDY
        yield _about(portal, Verdict.WARNING, text, say(remedy, name=portal.name))
    yield from _unread(portal, status)
    if status.last_run is None:
        yield _about(portal, Verdict.WARNING, say(words.PORTAL_NEVER), say(words.NO_ARCHIVE_REMEDY))
        return
    due = next_fire(portal.cron, status.last_run)
    waits = status.next_attempt is not None and status.next_attempt > now
    if due is not None and due + _LATE < now and not waits:
        text = say(words.PORTAL_OVERDUE, due=beijing_text(due), last=beijing_text(status.last_run))
        yield _about(portal, Verdict.WARNING, text, say(words.OVERDUE_REMEDY))


def _unread(portal: Portal, status: PortalStatus) -> Iterator[Finding]:
    """Letters whose pages have long been unreadable, the longest by name, the rest counted."""
    for letter in status.unread[:_MOST_UNREAD]:
        remedy = say(UNREAD_REMEDY, url=letter.url)
        yield _about(portal, Verdict.WARNING, unread_line(letter, language()), remedy)
    if left := len(status.unread[_MOST_UNREAD:]):
        remedy = say(UNREAD_REMEDY, url="URL")
        yield _about(portal, Verdict.WARNING, say(UNREAD_MORE, count=left), remedy)


def _about(portal: Portal, verdict: Verdict, text: str, remedy: str) -> Finding:
    return Finding("portals", verdict, f"{portal.name}{say(COLON)}{text}", remedy, portal.name)


def _clock_of(answer: Capture, origin: str, now: datetime) -> Iterator[Finding]:
    """Compares our clock with the server's own (RFC 9110, `Date`); a cache's `Age` is no clock."""
    headers = {name.lower(): value for name, value in answer.headers}
    if "age" in headers or "date" not in headers:
        return
    try:
        theirs = parsedate_to_datetime(headers["date"])
    except ValueError:
        return
    if theirs.tzinfo is None:
        return
    apart = abs(theirs - now)
    if apart > _WRONG_CLOCK:
        host = urlsplit(origin).netloc
        minutes = round(apart.total_seconds() / 60)
        text = say(words.CLOCK_WRONG, host=host, minutes=minutes)
        yield Finding("clock", Verdict.WARNING, text, say(words.CLOCK_REMEDY), host)
