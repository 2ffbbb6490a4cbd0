"""A report of certain events, put together and rendered once in the forms its targets want."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from schedules.config.config import ReportForm, ReportSection
from schedules.delivery.numbering import in_archive
from schedules.delivery.periods import Period
from schedules.delivery.selection import agency_names, is_named, is_wanted
from schedules.reports import Report, build_report
from schedules.reports.html import render_html
from schedules.reports.json import render_json
from schedules.reports.markdown import render_markdown
from schedules.reports.shorten import fitted
from schedules.reports.text import render_text
from schedules.reports.words import (
    ALARMS,
    BETWEEN,
    FIRST_READING,
    GROUP_COUNT,
    GROUPS,
    NOTHING,
    said,
)
from schedules.terminal import one_line
from schedules.words.delivery import SUBJECT, TEST_MARK
from schedules.words.language import Language, language
from storage.published import PublishedArchive
from storage.records import Event, Portal

MAIL_ROOM = 96_000  # bytes of HTML: Gmail clips a mail at 102 KB
_MOST_IN_MAIL = 150  # events: one takes more than half a kilobyte of markup


@dataclass(frozen=True, slots=True)
class Contents:
    """A report ready to be rendered for its targets."""

    report: Report
    language: Language
    stem: str  # of the files it is written to: `daily-2026-05-04-0800`

    @property
    def test(self) -> bool:
        """Whether it is a sample."""
        return self.report.test

    @property
    def title(self) -> str:
        """One line for subjects: `复函变化：daily，撤下 1，内容有改动 2`."""
        report, spoken = self.report, self.language
        counts = [(said(GROUPS[group.name], spoken), group.count) for group in report.groups]
        counts += [(said(ALARMS, spoken), len(report.alarms))] if report.alarms else []
        parts = [said(GROUP_COUNT, spoken, group=group, count=count) for group, count in counts]
        if report.baseline and not report.count:
            parts.insert(0, said(FIRST_READING, spoken, count=report.baseline))
        told = said(BETWEEN, spoken).join(parts)
        told = told or said(NOTHING, spoken).rstrip("。.")
        mark = said(TEST_MARK, spoken) if self.test else ""
        return mark + said(SUBJECT, spoken, name=one_line(report.name), counts=told)

    def form(self, form: ReportForm) -> str:
        """The report in one form."""
        return rendered(self.report, form, spoken=self.language)

    def mail(self) -> tuple[str, str]:
        """The report for mail readers, as text and as HTML; a long one is listed in part."""
        from schedules.reports.mail import render_mail  # for those who send mail

        def size(report: Report) -> int:
            return len(render_mail(report, language=self.language).encode())

        short = fitted(self.report, size, MAIL_ROOM, most=_MOST_IN_MAIL)
        html = render_mail(short, language=self.language)
        return rendered(short, "text", spoken=self.language), html


def rendered(report: Report, form: ReportForm, *, spoken: Language, colour: bool = False) -> str:
    """A report in one form; `colour` is for text on a terminal."""
    if form == "json":
        return render_json(report)
    if form == "html":
        return render_html(report, language=spoken)
    if form == "md":
        return render_markdown(report, language=spoken)
    return render_text(report, language=spoken, colour=colour)


def report_of(
    archive: PublishedArchive,
    section: ReportSection,
    events: Iterable[Event],
    period: Period,
    portals: Sequence[Portal],
) -> Report:
    """The report of those of the events it wants; `portals` name the agencies and their states."""
    told = [portal for portal in portals if is_named(portal.name, section.portals)]
    agencies = agency_names(archive, portals)
    return build_report(
        (event for event in events if is_wanted(event, section, archive, agencies)),
        archive.status(told),
        since=period.since,
        until=period.until,
        journal_head=archive.journal_head(),
        name=section.name,
        significances=section.significance,
        agencies={portal: names[0] for portal, names in agencies.items()},
        in_archive=lambda event: in_archive(archive, event),
    )


def report_text(
    archive: PublishedArchive,
    section: ReportSection,
    period: Period,
    form: ReportForm,
    portals: Sequence[Portal],
    *,
    colour: bool = False,
) -> str:
    """The report of a period in one form, told by the time events were observed."""
    events = archive.events_between(period.since, period.until)
    report = report_of(archive, section, events, period, portals)
    return rendered(report, form, spoken=section.language or language(), colour=colour)


def shown_span(since: datetime, until: datetime) -> Period:
    """What a report says it covers; a clock that was set back shows no span that ends before it
    begins (fault 12)."""
    return Period(min(since, until), until)
