"""Owns how the crawl's figures are laid out: plain text that is Markdown, too."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.behaviour import Behaved, tell
from benchmarks.checks import Check
from benchmarks.crawl_targets import Target
from benchmarks.known_archive import KnownRun
from benchmarks.tables import table


def check_table(checks: Sequence[Check]) -> str:
    """A row a check: CPU, wall time, memory, what was sent, disk, what was told."""
    rows = [
        (
            each.watcher,
            each.phase,
            f"{each.cost.cpu:.2f}",
            f"{each.cpu_a_page:.2f}",
            f"{each.cost.wall:.1f}",
            f"{each.cost.peak_mb:.0f}",
            f"{each.traffic.requests:,}",
            f"{each.traffic.not_modified:,}",
            f"{each.traffic.sent:,}",
            f"{each.disk / each.pages / 1024:.1f}",
            tell(each.told),
        )
        for each in checks
    ]
    head = (
        "watcher", "check", "CPU s", "CPU ms/page", "wall s", "peak MB", "requests", "of them 304",
        "bytes sent", "disk KB/page", "told",
    )  # fmt: skip
    return table(head, rows)


def behaviour_table(rows: Sequence[Behaved]) -> str:
    """A row a row of the table, a column a watcher."""
    names = list(dict.fromkeys(each.row for each in rows))
    watchers = list(dict.fromkeys(each.watcher for each in rows))
    found = {(each.row, each.watcher): each.found for each in rows}
    wanted = {each.row: each.wanted for each in rows}
    cells = [
        (name, wanted[name], *(found.get((name, each), "") for each in watchers)) for name in names
    ]
    return table(("20 pages", "wanted of fuhan", *watchers), cells)


def known_table(runs: Sequence[KnownRun]) -> str:
    """A row a run over the archive of many known pages."""
    rows = [
        (
            run.name,
            f"{run.cost.cpu:.1f}",
            f"{run.cost.wall:.0f}",
            f"{run.cost.peak_mb:.0f}",
            f"{run.traffic.requests:,}",
            f"{run.traffic.sent:,}",
            str(run.cost.code),
        )
        for run in runs
    ]
    return table(("run", "CPU s", "wall s", "peak MB", "requests", "bytes sent", "code"), rows)


def target_table(targets: Sequence[Target]) -> str:
    """A row a target: what was wanted, what came out, whether that meets it."""
    rows = [(each.what, each.wanted, each.found, each.verdict) for each in targets]
    return table(("target", "wanted", "found", ""), rows)
