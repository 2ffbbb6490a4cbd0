"""Fills an archive with many known pages, then crawls it: what memory that takes.

The archive is filled through `LetterArchive` as a crawl would fill it, with the pages' own bytes
and validators, but without fetching them one by one.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.costs import Cost
from benchmarks.scenes import watched_site
from benchmarks.served import ServedSite, Traffic
from benchmarks.watchers import Fuhan
from crawler.demo.answers import answer
from crawler.demo.portals import portal_of
from crawler.demo.site import DemoSite
from pipelines.compare import compare_letters
from pipelines.reader import reader_id
from storage.archive import LetterArchive
from storage.clock import fixed_clock
from storage.policies import Confirmation
from storage.records import (
    Answer,
    Capture,
    ListedLink,
    ListWalk,
    PageVisit,
    Portal,
    Run,
    Validators,
    Why,
)

_FILLED = datetime(2026, 3, 2, 22, 20, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class KnownRun:
    """One run over the archive."""

    name: str
    cost: Cost
    traffic: Traffic


def crawl_known(known: int, seconds: int, seed: int, note: Callable[[str], None]) -> list[KnownRun]:
    """An ordinary run the day after, and a full one that is stopped after `seconds`."""
    site = watched_site(known, seed)
    fuhan = Fuhan()
    with ServedSite({"published": site}, latency=0.0) as served, TemporaryDirectory() as name:
        folder = Path(name)
        fuhan.begin(folder, served)
        fill_archive(folder / "fuhan.db", site, served.url)
        note(f"{known} pages are known")
        made = []
        orders: list[tuple[int, tuple[str, ...], int]] = [
            (1, ("crawl",), 0),
            (2, ("crawl", "--full"), seconds),
        ]
        for day, words, stop in orders:
            served.traffic()
            cost = fuhan.run(folder, day, *words, stop_after=stop)
            made.append(KnownRun(" ".join(words), cost, served.traffic()))
            note(f"{' '.join(words)}: {cost.peak_mb:.0f} MB, {cost.cpu:.0f} s CPU")
        return made


def fill_archive(path: Path, site: DemoSite, url: str) -> None:
    """One settled run that saw every page of a site served at `url`; writes the file."""
    portal = portal_of(site, url)
    with LetterArchive.open(path, clock=fixed_clock(_FILLED)) as archive:
        run = archive.begin_run(portal, full=True)
        for column, listed in zip(portal.lists, site.columns, strict=True):
            shown = site.listed(listed)
            for links in _batches(
                ListedLink(url + site.address(each), each.letter.title, each.published)
                for each in shown
            ):
                archive.save_listing(run, column, links)
        archive.end_walk(run, ListWalk(complete=True))
        _visit_all(archive, run, portal, site, url)
        archive.settle(run, ListWalk(complete=True), compare_letters, Confirmation())


def _batches(links: Iterator[ListedLink]) -> Iterator[list[ListedLink]]:
    while batch := list(itertools.islice(links, 500)):
        yield batch


def _visit_all(archive: LetterArchive, run: Run, portal: Portal, site: DemoSite, url: str) -> None:
    """Saves each page's letter as a perfect reader has it; all are due the next day."""
    reader = reader_id(portal, None)
    due_at = _FILLED + timedelta(hours=22)
    while pages := archive.due_pages(run, 2000, (Why.NEW,)):
        for page in pages:
            path = page.url.removeprefix(url)
            letter = site.placements[site.articles[path]].letter.reading(page.url)
            visit = _visit(run, portal, page.copy_id, page.url, site)
            archive.save_letter(visit, letter, reader, None, due_at)


def _visit(run: Run, portal: Portal, copy_id: int, url: str, site: DemoSite) -> PageVisit:
    path = "/" + url.split("/", 3)[3]
    given = answer(site, path)
    return PageVisit(
        run_id=run.id,
        portal=portal.name,
        copy_id=copy_id,
        url=url,
        answer=Answer.PAGE,
        observed_at=_FILLED,
        capture=Capture(url, given.status, given.headers, given.body, _FILLED),
        validators=Validators(given.header("ETag"), given.header("Last-Modified")),
    )
