"""One crawl process and what all its stages share; put together in `schedules/runs/run.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Protocol

from storage.archive import LetterArchive
from storage.clock import Clock
from storage.policies import Compare, Confirmation, NextDue
from storage.records import ListWalk, Outcome, Portal, Run, RunSummary, SiteProfile


class Watcher(Protocol):
    """Is told how a crawl goes on; the progress bar and the log are watchers."""

    def run_began(self, run: Run) -> None: ...

    def pages_ahead(self, portal: str, count: int) -> None:
        """`count` more pages of this portal will be asked for."""

    def page_saved(self, portal: str, url: str, outcome: Outcome, reason: str | None) -> None: ...

    def run_settled(self, summary: RunSummary) -> None: ...


@dataclass(slots=True)
class CrawlSession:
    """The archive, the portals and the policies of one crawl process."""

    archive: LetterArchive
    portals: tuple[Portal, ...]
    clock: Clock
    compare: Compare
    next_due: NextDue
    watcher: Watcher
    full: bool = False
    contact: str | None = None
    confirmation: Confirmation = field(default_factory=Confirmation)
    profiles: Mapping[str, SiteProfile] = field(default_factory=dict)  # by portal, for this crawl
    summaries: list[RunSummary] = field(default_factory=list)
    shown: Callable[[str], str] = str  # a text as it may be recorded and shown: without secrets

    def __deepcopy__(self, memo: dict[int, object]) -> CrawlSession:
        """The session itself: Scrapy copies its settings deeply, an archive has no copy."""
        return self

    def settle(self, run: Run, walk: ListWalk) -> RunSummary:
        """Ends a portal's run: presence decided, events published or held, in one transaction."""
        # the reason may quote the address of a list, and stays in the archive
        walk = replace(walk, reason=walk.reason and self.shown(walk.reason))
        summary = self.archive.settle(run, walk, self.compare, self.confirmation)
        self.summaries.append(summary)
        self.watcher.run_settled(summary)
        return summary
