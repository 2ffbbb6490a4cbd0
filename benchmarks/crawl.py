"""Measures fuhan's crawl against its peers on one loopback site; 1 on a missed target.

    python -m benchmarks.crawl                # or: make bench-crawl; 500 and 5,000 pages
    python -m benchmarks.crawl --quick        # 200 and 600 pages, some minutes
    python -m benchmarks.crawl --known 50000  # only memory over an archive of so many pages

`benchmarks/README.md` says what is measured and how.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

if not __package__:  # run as a file: python benchmarks/crawl.py
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.behaviour import play, stories
from benchmarks.checks import FIRST, STARTING, UNCHANGED, Check, Checks, check_site
from benchmarks.crawl_tables import behaviour_table, check_table, known_table, target_table
from benchmarks.crawl_targets import (
    ANCHOR,
    Target,
    beyond_start,
    judge_behaviour,
    judge_checks,
    judge_known,
    slope,
    start_up,
)
from benchmarks.known_archive import crawl_known
from benchmarks.peers import installed_peers
from benchmarks.watchers import OURS, BareScrapy, Fuhan, Watcher
from crawler.demo.refusals import Firewall

SIZES = (500, 5000)
QUICK_SIZES = (200, 600)
_BESIDE = Path(__file__).resolve().parents[1] / "build" / "bench-watchers"


@click.command()
@click.option("--quick", is_flag=True, help=f"{QUICK_SIZES[0]} and {QUICK_SIZES[1]} pages.")
@click.option("--seed", default=1, show_default=True, help="Invents other letters.")
@click.option(
    "--peers", "environment", type=click.Path(path_type=Path), default=_BESIDE,
    help="The virtual environment the peers are in.",
)  # fmt: skip
@click.option("--alone", is_flag=True, help="Without the peers.")
@click.option("--known", type=int, help="Only memory over an archive of so many known pages.")
@click.option("--seconds", default=180, show_default=True, help="Of its full crawl, then stopped.")
def main(
    quick: bool, seed: int, environment: Path, alone: bool, known: int | None, seconds: int
) -> None:
    """Print cost, traffic and behaviour of fuhan and its peers, and whether the targets hold."""
    if known:
        _conclude(_show_known(known, seconds, seed))
        return
    peers = [] if alone else installed_peers(environment)
    if not alone and not peers:
        click.echo(f"No peers in {environment} (benchmarks/watchers.lock): some targets need them.")
    sizes = QUICK_SIZES if quick else SIZES
    targets = _show_checks(sizes, seed, peers)
    firewalls = (Firewall.CAPTCHA,) if quick else tuple(Firewall)
    targets += _show_behaviour(firewalls, seed, peers)
    _conclude(targets)


def _show_checks(sizes: Sequence[int], seed: int, peers: Sequence[Watcher]) -> list[Target]:
    """Print the tables of all checks; gives their targets."""
    watchers: list[Watcher] = [Fuhan(), BareScrapy(), *peers]
    made: list[Check] = []
    for pages in (STARTING, *sizes):
        taken = [each for each in watchers if pages <= each.most]
        made += check_site(pages, seed, taken, _note)
        shown = [each for each in made if each.pages == pages]
        click.echo(f"\n## {pages} pages\n\n{check_table(shown)}\n")
        for left in (each for each in watchers if pages > each.most):
            click.echo(f"{left.name} is given {left.most} pages at most: it is too slow for more.")
    checks = Checks(tuple(made))
    _show_slopes(checks, sizes)
    return list(judge_checks(checks, sizes))


def _show_slopes(checks: Checks, sizes: Sequence[int]) -> None:
    """Start-up apart, and what a page costs beyond it."""
    click.echo(f"\nfuhan's start-up: {start_up(checks):.2f} s of CPU ({STARTING} pages).")
    for pages in sizes:
        quiet = beyond_start(checks, pages)
        first = beyond_start(checks, pages, FIRST)
        click.echo(f"A page beyond it at {pages}: {quiet:.2f} ms unchanged, {first:.2f} ms new.")
    for name in (OURS, ANCHOR):
        if (each := slope(checks, name, sizes)) is not None:
            words = f"{UNCHANGED}, slope between {sizes[0]} and {sizes[1]} pages"
            click.echo(f"{name}, {words}: {each:.2f} ms of CPU a page.")


def _show_behaviour(
    firewalls: Sequence[Firewall], seed: int, peers: Sequence[Watcher]
) -> list[Target]:
    """Print the behaviour table; gives its rows as targets."""
    rows = play([Fuhan(), *peers], stories(firewalls), seed, _note)
    click.echo(f"\n## Behaviour\n\n{behaviour_table(rows)}\n")
    return list(judge_behaviour(rows))


def _show_known(known: int, seconds: int, seed: int) -> list[Target]:
    """Print what runs over an archive of many known pages took; gives their targets."""
    runs = crawl_known(known, seconds, seed, _note)
    click.echo(f"\n## {known} known pages\n\n{known_table(runs)}\n")
    return list(judge_known(known, {run.name: run.cost.peak_mb for run in runs}))


def _note(words: str) -> None:
    click.echo(words, err=True)


def _conclude(targets: Sequence[Target]) -> None:
    """Print what was wanted and found; exit with 1 where a target is missed."""
    click.echo(f"## Targets\n\n{target_table(targets)}")
    missed = [target for target in targets if target.met is False]
    click.echo(f"\n{len(missed)} missed." if missed else "\nNone is missed.")
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
