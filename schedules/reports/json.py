"""A change report for programs; its schema is `docs/schema/report.json`."""

from __future__ import annotations

from typing import Any

from schedules.reports.select import Report
from storage.clock import to_text
from storage.json_forms import dump, event_line, status_object


def report_object(report: Report) -> dict[str, Any]:
    """The report as plain values; events as `fuhan changes --json` prints them."""
    sequence, digest = report.journal
    return {
        "v": 1,
        "name": report.name,
        "since": to_text(report.since) if report.since else None,
        "until": to_text(report.until) if report.until else None,
        "journal": {"sequence": sequence, "hash": digest},
        "alarms": status_object(report.alarms)["portals"],
        "count": report.count,
        "baseline": report.baseline,
        "left_out": {
            significance.value: count for significance, count in report.left_out.items() if count
        },
        "groups": [
            {"group": group.name.value, "events": [event_line(event) for event in group.events]}
            for group in report.groups
        ],
    }


def render_json(report: Report) -> str:
    """One line of JSON, with a newline behind it."""
    return dump(report_object(report)) + "\n"
