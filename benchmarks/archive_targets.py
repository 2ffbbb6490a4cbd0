"""Owns what has to hold of a large archive, and whether it did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.archive_export import Exported
from benchmarks.archive_replay import Replayed
from benchmarks.archive_search import Searched
from benchmarks.archive_start import BARE, Start
from benchmarks.archive_storing import Stored
from benchmarks.archive_visits import Visits
from benchmarks.crawl_targets import Target
from benchmarks.targets import REFERENCE_BYTES

MOST_NEWEST_MS, MOST_RANKED_MS, MOST_OPENING_MS = 50.0, 150.0, 100.0
MOST_START_MS = 500.0
MOST_BYTES = 20 * 1024  # of a letter
MOST_EDIT_BYTES = 1024
ROWS_OF_A_RUN = 2
LEAST_VISITS = 1000  # a second
LEAST_EXPORTED = 5000  # a second
MORE_MEMORY = 1.2  # of the larger archive
LEAST_REPLAYED = 300  # a second, of a machine that parses `REFERENCE_BYTES` a second


def judge_search(made: Searched) -> Iterator[Target]:
    """Searching and opening, by CPU time: they wait for nothing but the disk's cache."""
    size = f"{made.letters:,} letters, {made.versions:,} versions"
    for what, most, found in (
        ("search, newest first, the median", MOST_NEWEST_MS, made.newest),
        ("search, ranked, the median", MOST_RANKED_MS, made.ranked),
        ("opening the archive", MOST_OPENING_MS, made.opening),
    ):
        yield _below(f"{what} ({size})", most, found)


def judge_start(made: Sequence[Start]) -> Iterator[Target]:
    """Every command, by CPU time: a program of one thread prints no later on a free machine."""
    for each in made:
        if each.command != BARE:
            yield _below(f"`{each.command}` begins to print", MOST_START_MS, each.cpu)


def _below(what: str, most: float, found: float) -> Target:
    return Target(what, f"under {most:.0f} ms", f"{found:.1f} ms", found < most)


def judge_storing(made: Stored) -> Iterator[Target]:
    """What a letter takes, what a visit adds, what an edit's capture takes."""
    first, same, furniture, _ = made.days
    yield Target(
        f"bytes of a letter, {made.page_bytes / 1000:.0f} KB pages, {made.letters:,} letters",
        f"at most {MOST_BYTES:,}", f"{first.archive:,.0f}", first.archive <= MOST_BYTES,
    )  # fmt: skip
    for day in (same, furniture):
        yield Target(
            f"{day.what}: rows added by a visit to all",
            f"at most {ROWS_OF_A_RUN}, the run's own", str(day.rows), day.rows <= ROWS_OF_A_RUN,
        )  # fmt: skip
    yield Target(
        "the capture of one sentence more, the largest",
        f"at most {MOST_EDIT_BYTES:,} bytes",
        f"{max(made.edits):,} (usually {made.median_edit:,.0f})",
        max(made.edits) <= MOST_EDIT_BYTES,
    )


def judge_visits(made: Visits) -> Iterator[Target]:
    """Visits a second of one core."""
    for what, found in (("304", made.not_modified), ("the same bytes", made.same_bytes)):
        yield Target(
            f"unchanged visits a second ({what})",
            f"at least {LEAST_VISITS:,}", f"{found:,.0f}", found >= LEAST_VISITS,
        )  # fmt: skip


def judge_export(few: Exported, many: Exported) -> Iterator[Target]:
    """Letters a second, and memory that does not grow with them."""
    yield Target(
        f"letters exported a second ({many.letters:,} letters)",
        f"at least {LEAST_EXPORTED:,}", f"{many.cpu:,.0f}", many.cpu >= LEAST_EXPORTED,
    )  # fmt: skip
    yield Target(
        f"peak memory at {many.letters:,} letters against {few.letters:,}",
        f"at most × {MORE_MEMORY}",
        f"× {many.peak_mb / few.peak_mb:.2f} ({few.peak_mb:.0f} to {many.peak_mb:.0f} MB)",
        many.peak_mb <= MORE_MEMORY * few.peak_mb,
    )


def judge_replay(made: Replayed) -> Target:
    """The gate is a ratio to the bare parse of the same pages, as in reading."""
    wanted = LEAST_REPLAYED * made.parsed * made.page_bytes / REFERENCE_BYTES
    return Target(
        "captures replayed a second",
        f"{LEAST_REPLAYED} on the reference machine, {wanted:.0f} on this one",
        f"{made.rate:.0f}",
        made.rate >= wanted,
    )
