"""Owns what has to hold of the record, and whether it did."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from benchmarks.crawl_targets import Target
from benchmarks.extremes import MOST_SECONDS, Extreme
from benchmarks.findings import Finding
from benchmarks.identity import Identified
from benchmarks.pace import Pace, Speed
from benchmarks.targets import REFERENCE_BYTES

FEWEST_LETTERS = 2000
MOST_SPLIT = 0.005  # of the letters
FEWEST_PAIRS = 1000
WANTED = 150  # changed pages a second, of a machine that parses `REFERENCE_BYTES` a second
SAME = 1.5  # a page may cost so much more in the larger archive


def judge_identity(made: Identified) -> Iterator[Target]:
    """No wrong merge, hardly a wrong split, on enough letters."""
    yield Target("letters wrongly merged", "0", str(len(made.merged)), not made.merged)
    share = len(made.split) / made.truths
    found = f"{len(made.split)} of {made.truths} ({100 * share:.2f} %)"
    yield Target("copies wrongly split off", "at most 0.5 %", found, share <= MOST_SPLIT)
    yield Target("pages not read", "0", str(len(made.unread)), not made.unread)
    enough = made.truths >= FEWEST_LETTERS
    yield Target("letters", f"at least {FEWEST_LETTERS}", str(made.truths), enough)


def judge_changes(findings: Sequence[Finding]) -> Iterator[Target]:
    """Every edit as it was made, nothing else."""
    edited = [each for each in findings if each.pair.edit.significance is not None]
    right = sum(each.fault is None for each in edited)
    yield Target(
        "planted edits found rightly", "all", f"{right} of {len(edited)}", right == len(edited)
    )
    unedited = [each for each in findings if each.pair.edit.significance is None]
    false = sum(each.change is not None for each in unedited)
    yield Target("changes told of furniture alone", "0", str(false), false == 0)
    enough = len(findings) >= FEWEST_PAIRS
    yield Target("pairs of pages", f"at least {FEWEST_PAIRS}", str(len(findings)), enough)


def judge_speed(speed: Speed) -> Target:
    """The gate is a ratio to the bare parse of the same pages, as in reading."""
    wanted = WANTED * speed.parsed * speed.page_bytes / REFERENCE_BYTES
    return Target(
        "changed pages read, compared and saved a second",
        f"{WANTED} on the reference machine, {wanted:.0f} on this one",
        f"{speed.changed:.0f}",
        speed.changed >= wanted,
    )


def judge_pace(paces: Sequence[Pace]) -> Iterator[Target]:
    """A page costs the same however many letters there are."""
    small, large = paces[0], paces[-1]
    for what, few, many in (
        ("new page saved", small.new, large.new),
        ("changed page saved", small.changed, large.changed),
    ):
        yield Target(
            f"a {what} at {large.letters:,} letters against {small.letters:,}",
            f"at most × {SAME}",
            f"× {many / few:.2f}",
            many <= SAME * few,
        )


def judge_extremes(extremes: Sequence[Extreme]) -> Target:
    """Bounded time for any input."""
    slowest = max(extremes, key=lambda each: each.seconds)
    return Target(
        "the slowest text to compare",
        f"under {MOST_SECONDS:.0f} s",
        f"{slowest.seconds:.2f} s ({slowest.name})",
        slowest.seconds < MOST_SECONDS,
    )
