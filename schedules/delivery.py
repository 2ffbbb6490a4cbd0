"""Reports handed to where the configuration sends them; so far to files."""

from __future__ import annotations

import os
import re
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fnmatch import fnmatchcase
from pathlib import Path
from urllib.parse import unquote, urlsplit

from schedules.config import Config, ReportForm, ReportSection
from schedules.cron import next_fire, previous_fire
from schedules.reports import build_report
from schedules.reports.html import render_html
from schedules.reports.json import render_json
from schedules.reports.markdown import render_markdown
from schedules.reports.text import render_text
from schedules.words import (
    BAD_SINCE,
    CANNOT_WRITE_FILE,
    DELIVERY_LATER,
    REPORT_WITHOUT_TARGET,
    language,
    say,
)
from storage.archive import LetterArchive
from storage.clock import BEIJING, Clock, system_clock
from storage.errors import ConfigError, DeliveryError
from storage.records import Event, Portal

SUFFIXES: dict[str, ReportForm] = {".txt": "text", ".md": "md", ".html": "html", ".json": "json"}
FOLDER_SUFFIXES = (".md", ".html", ".json")  # what a folder is given

# "7d", "36h", "90m"
_SPAN = re.compile(r"^([0-9]{1,5})([dhm])$")
_UNITS = {"d": "days", "h": "hours", "m": "minutes"}


@dataclass(frozen=True, slots=True)
class Period:
    """What a report covers: after `since`, up to `until`; None is without bound."""

    since: datetime | None = None
    until: datetime | None = None


def period_since(since: str | None, now: datetime) -> Period:
    """The period `--since` names: an ISO date or time, or a span before now like `7d`, `36h`.

    A date or time without a zone is China's. Raises ConfigError for anything else.
    """
    if since is None:
        return Period()
    span = _SPAN.match(since)
    try:
        if span:
            return Period(now - timedelta(**{_UNITS[span[2]]: int(span[1])}))
        instant = datetime.fromisoformat(since)
        return Period(
            (instant if instant.tzinfo else instant.replace(tzinfo=BEIJING)).astimezone(UTC)
        )
    except (ValueError, OverflowError) as error:
        raise ConfigError(say(BAD_SINCE, value=since)) from error


def periods_of(report: ReportSection, now: datetime) -> list[tuple[str, Period]]:
    """The report's last whole period and the present one, each with the name of its end.

    Periods run from one time of the report's cron expression to the next, so that whatever
    writes them, and however often, the same file holds the same days. The last one is written
    again because a run that began in it may have ended after it.
    """
    end = next_fire(report.cron, now)
    begin = previous_fire(report.cron, now)
    periods = []
    if begin is not None and (before := previous_fire(report.cron, begin - _MOMENT)) is not None:
        periods.append((_stamp(begin), Period(before, begin)))
    if end is not None:
        periods.append((_stamp(end), Period(begin, now)))
    return periods


def report_text(
    archive: LetterArchive,
    report: ReportSection,
    period: Period,
    form: ReportForm,
    portals: Sequence[Portal],
    *,
    colour: bool = False,
) -> str:
    """The report of a period in one form; `colour` is for text on a terminal.

    `portals` are those whose state is told, and whose agencies are named.
    """
    told = [portal for portal in portals if _named(portal.name, report.portals)]
    built = build_report(
        (
            event
            for event in archive.events_between(period.since, period.until)
            if is_wanted(event, report, archive, portals)
        ),
        archive.status(told),
        since=period.since,
        until=period.until,
        journal_head=archive.journal_head(),
        name=report.name,
        significances=report.significance,
        agencies={portal.name: portal.agency for portal in portals},
    )
    if form == "json":
        return render_json(built)
    if form == "html":
        return render_html(built, language=language())
    if form == "md":
        return render_markdown(built, language=language())
    return render_text(built, language=language(), colour=colour)


def is_wanted(
    event: Event, report: ReportSection, archive: LetterArchive, portals: Sequence[Portal]
) -> bool:
    """Whether a report is to tell an event: by portal, agency, kind and words, all of which hold.

    An agency is wanted by the portal's name for it, one of its aliases, or the letter's own
    `issuing_agency`; a word where the letter's title or body has it, widths aside.
    """
    if not _named(event.portal, report.portals):
        return False
    if not (report.agencies or report.kinds or report.words):
        return True
    record = archive.letter(event.letter.id)
    if record is None:
        return False
    letter = record.letter
    names = [letter.issuing_agency or ""]
    for portal in portals:
        names += [portal.agency, *portal.aliases] if portal.name == event.portal else []
    text = unicodedata.normalize("NFKC", f"{letter.title}\n{letter.body}").casefold()
    words = [unicodedata.normalize("NFKC", word).casefold() for word in report.words]
    return (
        (not report.agencies or any(_named(name, report.agencies) for name in names))
        and (not report.kinds or letter.submission_kind in report.kinds)
        and (not words or any(word in text for word in words))
    )


def write_report(
    archive: LetterArchive,
    report: ReportSection,
    period: Period,
    portals: Sequence[Portal],
    folder: Path,
    stem: str,
) -> list[Path]:
    """Writes the report of a period into `folder`, a file a form; gives their paths."""
    paths = [folder / f"{stem}{suffix}" for suffix in FOLDER_SUFFIXES]
    for path in paths:
        write_file(path, report_text(archive, report, period, SUFFIXES[path.suffix], portals))
    return paths


def send_report(
    config: Config,
    report: ReportSection,
    portals: Sequence[Portal],
    *,
    since: str | None = None,
    clock: Clock = system_clock,
) -> list[Path]:
    """Hands a report to its targets; gives the files that were written.

    A folder (`file:reports/`) gets the report's periods as files of their own, a file that is
    named by its ending (`file:latest.html`) all that `since` covers, or the present period.
    Raises DeliveryError for a target that is no file or cannot be written, ArchiveError where
    there is no archive.
    """
    if not report.to:
        raise DeliveryError(say(REPORT_WITHOUT_TARGET, name=report.name))
    targets = [_file_target(config, target) for target in report.to]
    now = clock()
    periods = periods_of(report, now)
    if since is not None:
        periods = [(_stamp(now), period_since(since, now))]
    written: list[Path] = []
    with LetterArchive.open_to_read(config.archive, clock=clock) as archive:
        for target in targets:
            if target.suffix in SUFFIXES:
                form = SUFFIXES[target.suffix]
                write_file(target, report_text(archive, report, periods[-1][1], form, portals))
                written.append(target)
                continue
            for stamp, period in periods:
                if _has_events(archive, period):
                    stem = f"{report.name}-{stamp}"
                    written += write_report(archive, report, period, portals, target, stem)
    return written


def write_file(path: Path, text: str) -> None:
    """Puts `text` into a file in one step, so that no reader meets half of it; DeliveryError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
                file.write(text)
            Path(name).chmod(0o644)  # mkstemp lets nobody else read
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = error.strerror or error
        raise DeliveryError(say(CANNOT_WRITE_FILE, path=path, reason=reason)) from error


def _file_target(config: Config, target: str) -> Path:
    """`file:reports/` from the configuration's folder, `file:///srv/reports` as it stands."""
    if not target.startswith("file:"):
        raise DeliveryError(say(DELIVERY_LATER, target=config.shown_target(target)))
    path = urlsplit(target).path if target.startswith("file://") else target.removeprefix("file:")
    return config.folder / Path(unquote(path)).expanduser()


def _named(name: str, patterns: Sequence[str]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _has_events(archive: LetterArchive, period: Period) -> bool:
    return next(iter(archive.events_between(period.since, period.until)), None) is not None


def _stamp(instant: datetime) -> str:
    """`2026-05-04-0800`, in China's time."""
    return f"{instant.astimezone(BEIJING):%Y-%m-%d-%H%M}"


_MOMENT = timedelta(seconds=1)
