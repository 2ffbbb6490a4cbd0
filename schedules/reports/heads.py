"""Owns what stands at a report's beginning and end: period, journal, counts, alarms."""

from __future__ import annotations

from collections.abc import Iterator

from schedules.reasons import portal_reason
from schedules.reports.select import Group, Report
from schedules.reports.words import (
    BASELINE,
    BEGINNING,
    BETWEEN,
    COLON,
    COUNTS,
    GROUP_COUNT,
    GROUPS,
    HEADING,
    HELD,
    JOURNAL,
    LAST_HEALTHY,
    LEFT_OUT,
    NEVER_HEALTHY,
    NEXT_ATTEMPT,
    NOTHING,
    PERIOD,
    PRESENT,
    STATES,
    TITLE,
    said,
)
from schedules.terminal import beijing_text, one_line
from schedules.words import Language
from storage.records import PortalStatus, Significance


def title_line(report: Report, language: Language) -> str:
    """The report's heading."""
    return said(TITLE, language, name=one_line(report.name))


def head_lines(report: Report, language: Language) -> list[str]:
    """The period in China's time, and how much there is."""
    since = beijing_text(report.since) if report.since else said(BEGINNING, language)
    until = beijing_text(report.until) if report.until else said(PRESENT, language)
    groups = said(BETWEEN, language).join(
        said(GROUP_COUNT, language, group=said(GROUPS[g.name], language), count=len(g.events))
        for g in report.groups
    )
    counts = said(COUNTS, language, count=report.count, groups=groups)
    return [
        said(PERIOD, language, since=since, until=until),
        counts if report.count else said(NOTHING, language),
    ]


def foot_lines(report: Report, language: Language) -> Iterator[str]:
    """What was counted and not shown, and the head of the journal (`fuhan verify --head`)."""
    if report.baseline:
        yield said(BASELINE, language, count=report.baseline)
    for significance in Significance:
        if report.left_out.get(significance):
            yield said(LEFT_OUT[significance], language, count=report.left_out[significance])
    sequence, digest = report.journal
    yield said(JOURNAL, language, sequence=sequence, digest=one_line(digest))


def heading(group: Group, language: Language) -> str:
    """A group's name with its number of events."""
    return said(
        HEADING, language, group=said(GROUPS[group.name], language), count=len(group.events)
    )


def alarm_lines(report: Report, language: Language) -> Iterator[tuple[str, str]]:
    """Each portal in trouble, and what is the matter with it, on one line."""
    for status in report.alarms:
        agency = report.agencies.get(status.name)
        name = one_line(f"{agency} {status.name}" if agency else status.name)
        yield name, said(BETWEEN, language).join(_trouble(status, language))


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
