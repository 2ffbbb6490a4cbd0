"""Owns how a report that is too long for its reader's channel is made to fit: listed in part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from schedules.reports.select import Group, Report

_FROM_EACH = 3  # events of every part stay listed as long as any do: none is crowded out
_MOST_ALARMS = 50


def fitted(report: Report, measure: Callable[[Report], int], room: int, *, most: int) -> Report:
    """The report, listing as many of its events, `most` of them, as `measure` finds room for.

    The weightiest parts are listed first; what is not listed is counted. `measure` grows with
    what is listed, roughly in proportion: then a few renderings are enough.
    """
    listed = min(report.count, most)
    while True:
        short = shortened(report, listed)
        taken = measure(short)
        if taken <= room or not listed:
            return short
        listed = min(listed - 1, int(listed * room / taken * 0.97))


def shortened(report: Report, most: int) -> Report:
    """The report with at most `most` events listed, the others counted; unchanged where it fits."""
    if report.count <= most and len(report.alarms) <= _MOST_ALARMS:
        return report
    shares = _shares([len(group.events) for group in report.groups], most)
    return replace(
        report,
        groups=tuple(
            _first(group, share) for group, share in zip(report.groups, shares, strict=True)
        ),
        alarms=report.alarms[:_MOST_ALARMS],
        unlisted_alarms=max(0, len(report.alarms) - _MOST_ALARMS),
    )


def _shares(counts: list[int], most: int) -> list[int]:
    """How many of each part: `[40, 2, 900]` of 50 is `[40, 2, 8]`, of 10 `[5, 2, 3]`."""
    shares = [0] * len(counts)
    left = most
    for limit in (_FROM_EACH, most):
        for place, count in enumerate(counts):
            more = min(min(count, limit) - shares[place], left)
            shares[place] += more
            left -= more
    return shares


def _first(group: Group, share: int) -> Group:
    hidden = len(group.events) - share
    return replace(group, events=group.events[:share], unlisted=group.unlisted + hidden)
