"""A crawl's progress bars on a terminal, and watchers told of one crawl together."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from schedules.config.environment import in_colour, on_terminal
from schedules.logs import LogWatcher
from schedules.words.language import say
from schedules.words.messages import STATE
from storage.records import Outcome, Run, RunSummary
from storage.session import Watcher

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Watchers:
    """Tells several watchers what it is told."""

    def __init__(self, watchers: Sequence[Watcher]) -> None:
        self._watchers = watchers

    def run_began(self, run: Run) -> None:
        """Told to each."""
        for watcher in self._watchers:
            watcher.run_began(run)

    def pages_ahead(self, portal: str, count: int) -> None:
        """Told to each."""
        for watcher in self._watchers:
            watcher.pages_ahead(portal, count)

    def page_saved(self, portal: str, url: str, outcome: Outcome, reason: str | None) -> None:
        """Told to each."""
        for watcher in self._watchers:
            watcher.page_saved(portal, url, outcome, reason)

    def run_settled(self, summary: RunSummary) -> None:
        """Told to each."""
        for watcher in self._watchers:
            watcher.run_settled(summary)


class ProgressBars:
    """One bar a portal, as long as the pages known to be ahead."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._bars: dict[str, TaskID] = {}
        self._ahead: Counter[str] = Counter()

    def run_began(self, run: Run) -> None:
        """A new bar of unknown length."""
        self._bars[run.portal] = self._progress.add_task(run.portal, total=None, note="")

    def pages_ahead(self, portal: str, count: int) -> None:
        """The portal's bar grows longer."""
        self._ahead[portal] += count
        self._progress.update(self._bars[portal], total=self._ahead[portal])

    def page_saved(self, portal: str, url: str, outcome: Outcome, reason: str | None) -> None:
        """The portal's bar moves on by one page."""
        self._progress.advance(self._bars[portal])

    def run_settled(self, summary: RunSummary) -> None:
        """The portal's bar is full and says the portal's state."""
        done = max(sum(summary.outcomes.values()), 1)
        note = say(STATE[summary.state.value])
        bar = self._bars[summary.portal]
        self._progress.update(bar, total=done, completed=done, note=note)


@contextmanager
def watching() -> Iterator[Watcher]:
    """The watcher of a crawl: the log, and progress bars where stderr is a terminal."""
    if not on_terminal(sys.stderr):
        yield LogWatcher()
        return
    with _bars() as progress:
        yield Watchers((LogWatcher(), ProgressBars(progress)))


@contextmanager
def counting(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar for work of known length where stderr is a terminal; is told how much is done."""
    if not on_terminal(sys.stderr) or total <= 0:
        yield lambda _: None
        return
    with _bars() as progress:
        bar = progress.add_task(label, total=total, note="")
        yield lambda done: progress.update(bar, completed=done)


def _bars() -> Progress:
    from rich.console import Console  # what draws is loaded where somebody looks
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
    )

    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[note]}", markup=False),
        console=Console(stderr=True, no_color=not in_colour(sys.stderr), markup=False),
        redirect_stdout=False,
    )
