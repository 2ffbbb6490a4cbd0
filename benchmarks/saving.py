"""Owns pages saved without a network: the crawl's own path from bytes to the archive."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from pipelines.compare import compare_letters
from pipelines.stages import LetterStage
from storage.archive import LetterArchive
from storage.clock import fixed_clock
from storage.policies import Confirmation
from storage.records import (
    Answer,
    Capture,
    CopyHistory,
    ListedLink,
    ListWalk,
    Outcome,
    PageVisit,
    Portal,
    Run,
    RunSummary,
)
from storage.session import CrawlSession


@dataclass(frozen=True, slots=True)
class Crawled:
    """One address of a portal and what it answered with."""

    portal: Portal
    url: str
    body: bytes
    media_type: str = "text/html; charset=utf-8"


class Silent:
    """A watcher that is told nothing worth printing."""

    def run_began(self, run: Run) -> None: ...

    def pages_ahead(self, portal: str, count: int) -> None: ...

    def page_saved(self, portal: str, url: str, outcome: Outcome, reason: str | None) -> None: ...

    def run_settled(self, summary: RunSummary) -> None: ...


def crawl_pages(
    archive: LetterArchive, pages: Sequence[Crawled], now: datetime
) -> list[RunSummary]:
    """One settled run of every portal among the pages; they are saved in the order given."""
    portals = {each.portal.name: each.portal for each in pages}
    session = begin_session(archive, tuple(portals.values()), now)
    visits = list_pages(archive, pages, now)
    stage = LetterStage(session)
    for visit in visits:
        stage.process_item(visit)
    runs = {visit.portal: visit.run_id for visit in visits}
    return [
        session.settle(Run(run, portal, now, full=True), ListWalk(complete=True))
        for portal, run in runs.items()
    ]


def begin_session(
    archive: LetterArchive, portals: tuple[Portal, ...], now: datetime
) -> CrawlSession:
    """What the stages of a crawl share; every page is due again a day later."""
    return CrawlSession(
        archive=archive,
        portals=portals,
        clock=fixed_clock(now),
        compare=compare_letters,
        next_due=_a_day_later,
        watcher=Silent(),
        full=True,
        confirmation=Confirmation(),
    )


def _a_day_later(history: CopyHistory, outcome: Outcome, now: datetime) -> datetime:
    return now + timedelta(days=1)


def list_pages(archive: LetterArchive, pages: Sequence[Crawled], now: datetime) -> list[PageVisit]:
    """Begins a full run of every portal, lists the pages there; gives their visits in order."""
    by_portal: dict[str, list[Crawled]] = defaultdict(list)
    for each in pages:
        by_portal[each.portal.name].append(each)
    runs: dict[str, Run] = {}
    copies: dict[tuple[str, str], int] = {}
    for name, theirs in by_portal.items():
        run = runs[name] = archive.begin_run(theirs[0].portal, full=True)
        links = [ListedLink(each.url) for each in theirs]
        archive.save_listing(run, theirs[0].portal.lists[0], links)
        archive.end_walk(run, ListWalk(complete=True))
        due = archive.due_pages(run, 10**9)
        copies |= {(name, page.url): page.copy_id for page in due}
    return [_visit(each, runs[each.portal.name], copies, now) for each in pages]


def _visit(page: Crawled, run: Run, copies: dict[tuple[str, str], int], now: datetime) -> PageVisit:
    headers = (("Content-Type", page.media_type),)
    return PageVisit(
        run_id=run.id,
        portal=run.portal,
        copy_id=copies[run.portal, page.url],
        url=page.url,
        answer=Answer.PAGE,
        observed_at=now,
        capture=Capture(page.url, 200, headers, page.body, now),
    )
