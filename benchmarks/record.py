"""Measures identity, comparison and saving on invented letters in one run; 1 on a missed target.

    python -m benchmarks.record                # or: make bench-record; some twenty minutes
    python -m benchmarks.record --quick        # archives of 1,000 and 10,000 letters
    python -m benchmarks.record --only changes # one of identity, changes, pace, extremes

`benchmarks/README.md` says what is measured and how.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

if not __package__:  # run as a file: python benchmarks/record.py
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.crawl_tables import target_table
from benchmarks.crawl_targets import Target
from benchmarks.differs import differ_elsewhere
from benchmarks.extremes import compare_extremes
from benchmarks.findings import compare_pair
from benchmarks.identity import identify, show_letters
from benchmarks.pace import measure_pace, measure_speed, near_duplicates
from benchmarks.page_pairs import page_pairs
from benchmarks.record_tables import (
    extremes_table,
    faults,
    findings_table,
    identity_table,
    pace_table,
    peers_table,
)
from benchmarks.record_targets import (
    judge_changes,
    judge_extremes,
    judge_identity,
    judge_pace,
    judge_speed,
)

PARTS = ("identity", "changes", "pace", "extremes")
_BESIDE = Path(__file__).resolve().parents[1] / "build" / "bench-watchers"


@click.command()
@click.option("--quick", is_flag=True, help="Archives of 1,000 and 10,000 letters, not 100,000.")
@click.option("--seed", default=1, show_default=True, help="Invents other letters and edits.")
@click.option("--letters", default=2400, show_default=True, help="To be told apart.")
@click.option("--per-site", default=180, show_default=True, help="Pairs of pages of each site.")
@click.option(
    "--peers", "environment", type=click.Path(path_type=Path), default=_BESIDE,
    help="The virtual environment the other watchers are in.",
)  # fmt: skip
@click.option("--only", type=click.Choice(PARTS), multiple=True, help="These parts alone.")
def main(
    quick: bool, seed: int, letters: int, per_site: int, environment: Path, only: tuple[str, ...]
) -> None:
    """Print how well letters are told apart, changes found, pages saved; and the targets."""
    targets: list[Target] = []
    parts = only or PARTS
    if "identity" in parts:
        targets += _show_identity(letters, seed)
    if "changes" in parts:
        targets += _show_changes(per_site, seed, environment)
    if "pace" in parts:
        targets += _show_pace((1000, 10_000 if quick else 100_000), seed)
    if "extremes" in parts:
        targets += _show_extremes(seed)
    _conclude(targets)


def _show_identity(letters: int, seed: int) -> list[Target]:
    """The same pages saved in two orders."""
    shown = show_letters(letters, seed)
    made = [identify(shown, order) for order in (seed, seed + 1)]
    click.echo(f"## Identity: {made[0].truths} letters on {len(shown)} pages\n")
    click.echo(f"{identity_table(made)}\n")
    return [target for each in made for target in judge_identity(each)]


def _show_changes(per_site: int, seed: int, environment: Path) -> list[Target]:
    pairs = list(page_pairs(per_site, seed))
    findings = [compare_pair(pair) for pair in pairs]
    click.echo(f"## Changes: {len(pairs)} pairs of pages\n\n{findings_table(findings)}\n")
    if lines := faults(findings):
        click.echo("\n".join(f"- {line}" for line in lines[:20]) + "\n")
    if peers := differ_elsewhere(environment, pairs):
        click.echo(f"{peers_table(findings, peers)}\n")
    else:
        click.echo(f"No other watchers in {environment} (benchmarks/watchers.lock).\n")
    return list(judge_changes(findings))


def _show_pace(sizes: Sequence[int], seed: int) -> list[Target]:
    speed = measure_speed(500, seed)
    marking = near_duplicates(500, seed)
    paces = measure_pace(sizes, 200, seed)
    click.echo(f"## Pace, CPU time of one core\n\n{pace_table(paces)}\n")
    click.echo(
        f"{speed.changed:.0f} changed pages a second read, compared and saved; lxml alone parses "
        f"{speed.parsed:.0f} of them a second.\nMarking a letter's text takes {marking.marked:.2f} "
        f"ms; rensa's own index in memory {marking.rensa:.2f} ms for the same texts.\n"
    )
    return [judge_speed(speed), *judge_pace(paces)]


def _show_extremes(seed: int) -> list[Target]:
    extremes = compare_extremes(seed)
    click.echo(f"## Any input: CPU seconds to compare\n\n{extremes_table(extremes)}\n")
    return [judge_extremes(extremes)]


def _conclude(targets: Sequence[Target]) -> None:
    """Print what was wanted and found; exit with 1 where a target is missed."""
    click.echo(f"## Targets\n\n{target_table(targets)}")
    missed = [target for target in targets if target.met is False]
    click.echo(f"\n{len(missed)} missed." if missed else "\nNone is missed.")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
