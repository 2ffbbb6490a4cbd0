"""Owns what has to hold of the crawl, and whether it did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.behaviour import Behaved
from benchmarks.checks import (
    AFTERWARDS,
    CHANGED,
    FIRST,
    ORDINARY,
    STARTING,
    UNCHANGED,
    Checks,
)
from benchmarks.scenes import CHANGED_SHARE
from benchmarks.watchers import OURS

ANCHOR = "urlwatch"
BARE = "bare Scrapy"
LEAST_OF_BARE = 0.35  # of its pages per second
MOST_OF_ANCHOR = 0.5  # of its CPU time, start-up included
SAME = 1.25  # a page may cost so much more at the larger size
MOST_MB_500 = 150.0
MOST_MB_KNOWN = 200.0


@dataclass(frozen=True, slots=True)
class Target:
    """One target; `met` is None where it could not be judged."""

    what: str
    wanted: str
    found: str
    met: bool | None

    @property
    def verdict(self) -> str:
        """`met`, `MISSED` or `not judged`."""
        return "not judged" if self.met is None else "met" if self.met else "MISSED"


def judge_checks(checks: Checks, sizes: Sequence[int]) -> Iterator[Target]:
    """The targets of cost and traffic; `sizes` are the pages, the smaller size first."""
    yield from _unchanged(checks, sizes)
    yield from _bytes(checks, sizes)
    for pages in sizes:
        yield _first_crawl(checks, pages)
    yield from _found(checks, sizes)
    yield _peak(checks, sizes[0])


# --- nothing changed -------------------------------------------------------------------------


def start_up(checks: Checks, watcher: str = OURS) -> float:
    """CPU seconds of a check of two pages, the least of several."""
    few = (each for each in checks.made if (each.watcher, each.pages) == (watcher, STARTING))
    return min((each.cost.cpu for each in few), default=0.0)


def beyond_start(checks: Checks, pages: int, phase: str = UNCHANGED) -> float:
    """CPU milliseconds a page of a check of fuhan's, its start-up left out."""
    cpu = checks.cpu(OURS, pages, phase) or 0.0
    return 1000 * (cpu - start_up(checks)) / (pages - STARTING)


def slope(checks: Checks, watcher: str, sizes: Sequence[int]) -> float | None:
    """CPU milliseconds each further page costs between two sizes; None where it did not run."""
    small, large = sizes
    fewer, more = (checks.cpu(watcher, pages, UNCHANGED) for pages in (small, large))
    if fewer is None or more is None:
        return None
    return 1000 * (more - fewer) / (large - small)


def _unchanged(checks: Checks, sizes: Sequence[int]) -> Iterator[Target]:
    theirs = slope(checks, ANCHOR, sizes)
    pages_ms = [beyond_start(checks, pages) for pages in sizes]
    for pages, each in zip(sizes, pages_ms, strict=True):
        yield Target(
            f"nothing changed, {pages} pages: CPU a page beyond start-up",
            "at most urlwatch's slope" + (f" of {theirs:.2f} ms" if theirs else ""),
            f"{each:.2f} ms",
            None if theirs is None else each <= theirs,
        )
    small, large = pages_ms
    yield Target(
        f"nothing changed: a page at {sizes[1]} against one at {sizes[0]}",
        f"at most × {SAME}", f"× {large / small:.2f}", large <= SAME * small,
    )  # fmt: skip
    yield _against_anchor(checks, sizes[1])


def _against_anchor(checks: Checks, pages: int) -> Target:
    ours, theirs = (checks.cpu(name, pages, UNCHANGED) for name in (OURS, ANCHOR))
    what = f"nothing changed, {pages} pages: all CPU, start-up included"
    wanted = f"at most {MOST_OF_ANCHOR} of urlwatch's"
    if ours is None or theirs is None:
        return Target(what, wanted, f"{ours or 0:.1f} s", None)
    found = f"{ours / theirs:.2f} ({ours:.1f} s to {theirs:.1f} s)"
    return Target(what, wanted, found, ours <= MOST_OF_ANCHOR * theirs)


def _bytes(checks: Checks, sizes: Sequence[int]) -> Iterator[Target]:
    """An ordinary run beside the peers' visit to every page; and that no validator grew stale."""
    for pages in sizes:
        mine = checks.of(OURS, pages, ORDINARY)
        if mine is None:
            continue
        peers = [
            each.traffic.sent
            for each in checks.made
            if (each.pages, each.phase) == (pages, UNCHANGED) and each.watcher not in (OURS, BARE)
        ]
        yield Target(
            f"{ORDINARY}, {pages} pages: bytes sent",
            f"fewer than any peer's {min(peers):,}" if peers else "fewer than any peer's",
            f"{mine.traffic.sent:,}",
            mine.traffic.sent < min(peers) if peers else None,
        )
    after = checks.of(OURS, sizes[0], AFTERWARDS)
    if after is not None:
        yield Target(
            f"after furniture changed, {sizes[0]} pages: answers that were 304",
            f"all {sizes[0]} letters", str(after.traffic.not_modified),
            after.traffic.not_modified >= sizes[0],
        )  # fmt: skip


# --- the first crawl, what was found, memory -------------------------------------------------


def _first_crawl(checks: Checks, pages: int) -> Target:
    ours, theirs = (checks.of(name, pages, FIRST) for name in (OURS, BARE))
    if ours is None or theirs is None:
        raise ValueError(f"the first crawl of {pages} pages was not made")
    ratio = theirs.cost.cpu / ours.cost.cpu
    wall = theirs.cost.wall / ours.cost.wall
    return Target(
        f"first crawl, {pages} pages: pages per CPU second, start-up included",
        f"at least {LEAST_OF_BARE} of bare Scrapy's",
        f"{ratio:.2f} (by wall time {wall:.2f})",
        ratio >= LEAST_OF_BARE,
    )


def _found(checks: Checks, sizes: Sequence[int]) -> Iterator[Target]:
    """That the work was done: each edit was found, and nothing else told."""
    for pages in sizes:
        changed = checks.of(OURS, pages, CHANGED)
        if changed is None:
            continue
        expected = round(pages * CHANGED_SHARE)
        told = dict(changed.told)
        yield Target(
            f"5 % changed, {pages} pages: what was told",
            f"{expected} changed, nothing else", str(told), told == {"changed": expected},
        )  # fmt: skip


def _peak(checks: Checks, pages: int) -> Target:
    peak = max(
        each.cost.peak_mb for each in checks.made if (each.watcher, each.pages) == (OURS, pages)
    )
    return Target(
        f"peak memory, {pages} pages, the largest of all runs",
        f"under {MOST_MB_500:.0f} MB", f"{peak:.0f} MB", peak < MOST_MB_500,
    )  # fmt: skip


# --- behaviour, and the large archive --------------------------------------------------------


def judge_behaviour(rows: Sequence[Behaved]) -> Iterator[Target]:
    """A target a row of fuhan's."""
    for row in rows:
        if row.met is not None:
            yield Target(row.row, row.wanted, row.found, row.met)


def judge_known(known: int, peaks: dict[str, float]) -> Iterator[Target]:
    """The memory of runs over an archive that knows many pages, in MB by the run's name."""
    for run, peak in peaks.items():
        yield Target(
            f"peak memory, {known} known pages, {run}",
            f"under {MOST_MB_KNOWN:.0f} MB", f"{peak:.0f} MB", peak < MOST_MB_KNOWN,
        )  # fmt: skip
