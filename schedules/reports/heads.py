"""Owns what stands at a report's beginning and end: period, journal, counts, alarms."""

from __future__ import annotations

from collections.abc import Iterator

from schedules.reports.select import OF_EVERYTHING, Group, Report
from schedules.reports.unread import unread_lines
from schedules.reports.words import (
    ACCEPT_HELD,
    BASELINE,
    BEGINNING,
    BETWEEN,
    CHECK_PORTAL,
    COLON,
    COUNTS,
    FIRST_READING_ONLY,
    GROUP_COUNT,
    GROUPS,
    HEADING,
    HELD,
    JOURNAL,
    LAST_HEALTHY,
    LEFT_OUT,
    LOOK_HELD,
    NEVER_HEALTHY,
    NEXT_ATTEMPT,
    NOTHING,
    PERIOD,
    PRESENT,
    STATES,
    TITLE,
    TITLE_ALONE,
    TOO_LONG,
    UNLISTED,
    UNLISTED_ALARMS,
    said,
)
from schedules.terminal import beijing_text, one_line
from schedules.words.delivery import TEST_MARK, TEST_NOTE
from schedules.words.language import Language
from schedules.words.reasons import portal_reason
from storage.records import PortalStatus, Significance


def title_line(report: Report, language: Language) -> str:
    """The report's heading."""
    mark = said(TEST_MARK, language) if report.test else ""
    if report.name == OF_EVERYTHING:
        return mark + said(TITLE_ALONE, language)
    return mark + said(TITLE, language, name=one_line(report.name))


def head_lines(report: Report, language: Language) -> list[str]:
    """The period in China's time, how much there is, and what of it is not listed."""
    since = beijing_text(report.since) if report.since else said(BEGINNING, language)
    until = beijing_text(report.until) if report.until else said(PRESENT, language)
    groups = said(BETWEEN, language).join(
        said(GROUP_COUNT, language, group=said(GROUPS[g.name], language), count=g.count)
        for g in report.groups
    )
    lines = [said(TEST_NOTE, language)] if report.test else []
    lines.append(said(PERIOD, language, since=since, until=until))
    if report.count:
        lines.append(said(COUNTS, language, count=report.count, groups=groups))
    elif report.baseline:
        lines.append(said(FIRST_READING_ONLY, language, count=report.baseline))
    else:
        lines.append(said(NOTHING, language))
    return [*lines, *_too_long(report, language)]


def _too_long(report: Report, language: Language) -> Iterator[str]:
    if report.unlisted:
        command = show_command(report)
        yield said(TOO_LONG, language, count=report.unlisted, command=command)


def show_command(report: Report) -> str:
    """What shows all of the report: also what was observed before its period and told only in it,
    because it was held back, or a clock was wrong."""
    begin = min((when for when in (report.since, report.first_observed) if when), default=None)
    since = beijing_text(begin).replace(" ", "T") if begin else "2000-01-01"
    name = "" if report.name == OF_EVERYTHING else f" {one_line(report.name)}"
    return f"fuhan report{name} --since {since}"


def unlisted_line(group: Group, language: Language) -> Iterator[str]:
    """How many events of a part are counted only, where there are such."""
    if group.unlisted:
        yield said(UNLISTED, language, count=group.unlisted)


def foot_lines(report: Report, language: Language) -> Iterator[str]:
    """What was counted and not shown, letters long unread, and the head of the journal
    (`fuhan verify --head`)."""
    if report.baseline and report.count:
        yield said(BASELINE, language, count=report.baseline)
    for significance in Significance:
        if report.left_out.get(significance):
            yield said(LEFT_OUT[significance], language, count=report.left_out[significance])
    yield from unread_lines(report.unread, language)
    yield from _too_long(report, language)
    sequence, digest = report.journal
    yield said(JOURNAL, language, sequence=sequence, digest=one_line(digest))


def heading(group: Group, language: Language) -> str:
    """A group's name with its number of events."""
    return said(HEADING, language, group=said(GROUPS[group.name], language), count=group.count)


def alarm_lines(report: Report, language: Language) -> Iterator[tuple[str, str]]:
    """Each portal in trouble, and what is the matter with it, on one line."""
    for status in report.alarms:
        agency = report.agencies.get(status.name)
        name = one_line(f"{agency} {status.name}" if agency else status.name)
        yield name, said(BETWEEN, language).join(_trouble(status, language))
    if report.unlisted_alarms:
        yield "…", said(UNLISTED_ALARMS, language, count=report.unlisted_alarms)


def _trouble(status: PortalStatus, language: Language) -> Iterator[str]:
    state = said(STATES[status.state], language)
    reason = one_line(portal_reason(status.reason or "", language))
    yield f"{state}{said(COLON, language)}{reason}" if reason else state
    if status.held:
        yield said(HELD, language, count=status.held)
    if status.last_healthy:
        yield said(LAST_HEALTHY, language, time=beijing_text(status.last_healthy))
    else:
        yield said(NEVER_HEALTHY, language)
    if status.next_attempt:
        yield said(NEXT_ATTEMPT, language, time=beijing_text(status.next_attempt))
    yield said(CHECK_PORTAL, language, name=one_line(status.name))
    if status.held:
        yield said(LOOK_HELD, language, name=one_line(status.name))
        yield said(ACCEPT_HELD, language, name=one_line(status.name))
