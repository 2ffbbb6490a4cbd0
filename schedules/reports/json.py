"""A change report for programs; its schema is `docs/schema/report.json`."""

from __future__ import annotations

from typing import Any

from schedules.reports.select import Report
from storage.clock import to_text
from storage.json_forms import dump, event_line, status_object
from storage.records import UnreadLetter


def report_object(report: Report) -> dict[str, Any]:
    """The report as plain values; events as `fuhan changes --json` prints them.

    Only a test says that it is one: `"test": true`.
    """
    sequence, digest = report.journal
    return {
        "v": 1,
        "name": report.name,
        "since": to_text(report.since) if report.since else None,
        "until": to_text(report.until) if report.until else None,
        "journal": {"sequence": sequence, "hash": digest},
        "unread": [_unread(letter) for letter in report.unread],
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
        **({"test": True} if report.test else {}),
    }


def _unread(letter: UnreadLetter) -> dict[str, Any]:
    return {
        "letter": letter.letter_id,
        "title": letter.title,
        "portal": letter.portal,
        "url": letter.url,
        "last_read": to_text(letter.last_read),
        "since": to_text(letter.since),
        "last_visited": to_text(letter.last_visited),
        "visits": letter.visits,
        "days": letter.days,
    }


def render_json(report: Report) -> str:
    """One line of JSON, with a newline behind it."""
    return dump(report_object(report)) + "\n"
