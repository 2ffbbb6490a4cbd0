"""A report too long for its channel: listed in part, counted in whole, and how to see it all."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from schedules.delivery.contents import MAIL_ROOM, Contents
from schedules.reports import GroupName, Report
from schedules.reports.heads import show_command
from schedules.reports.html import render_html
from schedules.reports.markdown import render_markdown
from schedules.reports.shorten import fitted, shortened
from schedules.reports.text import render_text
from storage.records import Event, EventKind, PortalState
from tests.test_schedules_reports import START, event, report, status

NEW = [event(EventKind.NEW, number) for number in range(100, 1000)]
GONE = [event(EventKind.WITHDRAWN, number) for number in range(1, 41)]
MOVED = [event(EventKind.MOVED, number) for number in range(50, 52)]
LONG = report(*NEW, *GONE, *MOVED)


def listed(shown: Report) -> dict[GroupName, int]:
    return {group.name: len(group.events) for group in shown.groups}


@pytest.mark.parametrize(("most", "shares"), [(50, (40, 2, 8)), (10, (5, 2, 3)), (0, (0, 0, 0))])
def test_weightiest_parts_are_listed_first_and_none_is_crowded_out(
    most: int, shares: tuple[int, ...]
) -> None:
    names = (GroupName.WITHDRAWN, GroupName.MOVED, GroupName.NEW)
    assert listed(shortened(LONG, most)) == dict(zip(names, shares, strict=True))


def test_what_is_not_listed_is_counted() -> None:
    short = shortened(LONG, 50)
    assert (short.count, short.unlisted) == (942, 892)
    assert short.groups[-1].count == 900
    assert shortened(short, 20).count == 942


def test_short_report_is_left_alone() -> None:
    short = report(event(EventKind.NEW))
    assert shortened(short, 1) is short
    assert fitted(short, lambda _: 1, 1, most=100) is short


def test_as_much_is_listed_as_there_is_room_for() -> None:
    short = fitted(LONG, lambda shown: 500 + 100 * sum(listed(shown).values()), 5000, most=500)
    assert 40 <= sum(listed(short).values()) <= 45


def test_report_whose_head_alone_is_too_long_lists_nothing() -> None:
    assert sum(listed(fitted(LONG, lambda _: 10**6, 100, most=500)).values()) == 0


@pytest.mark.parametrize("render", [render_text, render_markdown, render_html])
def test_every_form_says_how_many_are_left_and_how_to_see_them(render: object) -> None:
    shown = render(shortened(LONG, 10), language="en")  # type: ignore[operator]
    assert "942 in all" in shown and "Withdrawn (40)" in shown and "New (900)" in shown
    assert "897 more are not listed." in shown
    told = shown.replace("\\", "")
    assert "932 are not listed; all of it: fuhan report daily --since 2026-05-04T06:20" in told


def test_command_reaches_back_to_what_was_observed_before_the_period() -> None:
    held = event(EventKind.NEW, observed_at=START - timedelta(days=3))
    assert show_command(report(held)) == "fuhan report daily --since 2026-05-01T06:20"
    assert show_command(report(held, since=None)).endswith("2026-05-01T06:20")
    assert show_command(report(since=None)).endswith("2000-01-01")


def test_hundreds_of_alarms_are_counted() -> None:
    alarms = tuple(
        replace(status(PortalState.FAILING), name=f"portal-{number}") for number in range(500)
    )
    shown = render_text(shortened(report(statuses=alarms), 10), language="en")
    assert "portal-49" in shown and "portal-50" not in shown and "450 more portals" in shown


def a_long_one(number: int) -> Event:
    title = f"关于{'加强某项工作' * 20}第{number}号提案的复函"
    blank = event(EventKind.NEW, number)
    return replace(blank, letter=replace(blank.letter, title=title))


def test_f52_mail_stays_below_what_readers_clip() -> None:
    contents = Contents(report(*map(a_long_one, range(1000))), "zh", "stem")
    text, html = contents.mail()
    assert MAIL_ROOM * 0.8 < len(html.encode()) <= MAIL_ROOM < 102 * 1024
    for form in (text, html):
        assert "共 1000 项变化" in form
        assert "fuhan report daily --since 2026-05-04T06:20" in form
    assert "新发布 1000" in contents.title
    assert text.count("提案的复函") == html.count("</h3>")
