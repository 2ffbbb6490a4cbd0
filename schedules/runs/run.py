"""One crawl run: configuration, archive, lock and policies put together, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from crawler.process import run_crawl
from crawler.revisit import revisit_policy
from pipelines.compare import compare_letters
from pipelines.stages import ITEM_PIPELINES
from schedules.config.config import Config
from schedules.runs.due import due_portals
from schedules.runs.learning import learn_profiles
from storage.archive import LetterArchive
from storage.clock import Clock
from storage.lock import crawl_lock
from storage.records import Portal, PortalState, RunSummary
from storage.session import CrawlSession, Watcher


@dataclass(frozen=True, slots=True)
class CrawlResult:
    """What a crawl came to: a summary for each portal that was settled."""

    portals: tuple[Portal, ...]
    summaries: tuple[RunSummary, ...]

    @property
    def unfinished(self) -> tuple[str, ...]:
        """Names of portals whose run was interrupted before it could be settled."""
        settled = {summary.portal for summary in self.summaries}
        return tuple(portal.name for portal in self.portals if portal.name not in settled)

    @property
    def exit_code(self) -> int:
        """0 done; 1 where a run was interrupted; 3 where a portal is not ok."""
        if self.unfinished:
            return 1
        return 0 if all(s.state is PortalState.OK for s in self.summaries) else 3


@contextmanager
def open_session(
    config: Config,
    portals: Sequence[Portal],
    *,
    clock: Clock,
    watcher: Watcher,
    full: bool = False,
    due_only: bool = False,
) -> Iterator[CrawlSession]:
    """What one crawl of the portals, or of those that are due, shares; the archive is open in it.

    What the portals' pages teach is learnt here, before their runs begin. Holds the archive's
    run lock meanwhile. Raises ArchiveLocked where another crawl holds it,
    and other ArchiveErrors.
    """
    keep_all = config.keep_captures == "all"
    with (
        crawl_lock(config.archive),
        LetterArchive.open(config.archive, clock=clock, keep_all_captures=keep_all) as archive,
    ):
        chosen = tuple(portals)
        if due_only:
            chosen = due_portals(
                chosen,
                clock(),
                last_run=archive.last_run_at,
                blocked_until=archive.blocked_until,
            )
        profiles = learn_profiles(archive, chosen)
        yield CrawlSession(
            archive=archive,
            portals=chosen,
            clock=clock,
            compare=compare_letters,
            next_due=revisit_policy(config.confirmation),
            watcher=watcher,
            full=full,
            contact=config.contact,
            confirmation=config.confirmation,
            profiles=profiles,
            shown=config.shown,
        )


def crawl(
    config: Config,
    portals: Sequence[Portal],
    *,
    clock: Clock,
    watcher: Watcher,
    full: bool = False,
    due_only: bool = False,
    began: Callable[[], None] = lambda: None,
) -> CrawlResult:
    """Crawls the portals, or those of them that are due, in this process; once per process.

    `began` is called where there is anything to do, before the first request. Raises
    ArchiveErrors; faults of portals are no errors but states in the summaries.
    """
    with open_session(
        config, portals, clock=clock, watcher=watcher, full=full, due_only=due_only
    ) as session:
        if session.portals:
            began()
            run_crawl(session, ITEM_PIPELINES)
    return CrawlResult(session.portals, tuple(session.summaries))
