"""Puts reports into the outbox: what is new to each target, in one transaction with its cursor."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import takewhile

from schedules.config.config import Config, ReportSection
from schedules.config.cron import next_fire
from schedules.delivery.channels import ReportChannel
from schedules.delivery.contents import Contents, report_of, shown_span
from schedules.delivery.files import FileTarget
from schedules.delivery.keys import report_targets
from schedules.delivery.targets import report_channel
from schedules.reports import Report
from schedules.words.language import language
from storage.archive import LetterArchive
from storage.clock import BEIJING
from storage.errors import DeliveryError
from storage.outbox.records import TargetKey, TargetState
from storage.records import Portal


@dataclass(frozen=True, slots=True)
class Order:
    """What of a report is to be sent: to which of its targets, now or only when it is due."""

    report: ReportSection
    now: datetime
    at_once: bool = False  # whatever its cron expression says
    since: datetime | None = None  # from then on, in place of what each target was told last


@dataclass(frozen=True, slots=True)
class Prepared:
    """One target of a report, and what was put into its outbox."""

    key: TargetKey
    state: TargetState
    channel: ReportChannel
    messages: int
    begun: bool  # not known before
    error: str | None = None  # masked; why no message could be made: the address is none


def begin_report(
    archive: LetterArchive, config: Config, report: ReportSection
) -> dict[TargetKey, TargetState]:
    """Makes a report's targets known: those that are new are told what comes from now on."""
    return {
        key: archive.outbox.begin_target(key, None) for key, _ in report_targets(config, report)
    }


def prepare(
    archive: LetterArchive,
    config: Config,
    order: Order,
    portals: Sequence[Portal],
    only: Collection[TargetKey] | None = None,
) -> list[Prepared]:
    """Puts the report into the outbox of each of its targets, or of those in `only`."""
    built: dict[tuple[int, str], Report] = {}
    prepared = []
    for key, target in report_targets(config, order.report):
        if only is not None and key not in only:
            continue
        known = archive.outbox.target_state(key)
        state = known or archive.outbox.begin_target(key, None)
        item = Prepared(key, state, report_channel(config, target), 0, known is None)
        if order.at_once or is_due(order.report.cron, state.prepared_at, order.now):
            try:
                count = _put(archive, order, state, item.channel, portals, built)
                item = replace(item, messages=count)
            except DeliveryError as error:  # its cursor stays where it is
                item = replace(item, error=config.shown(str(error)))
        prepared.append(item)
    return prepared


def is_due(cron: str, prepared_at: datetime, now: datetime) -> bool:
    """Whether the expression fired since the report was put together last, however often.

    Where that lies ahead, the clock was wrong then or is now (fault 12): it is due, and what it
    tells begins at its cursor all the same.
    """
    if prepared_at > now:
        return True
    fire = next_fire(cron, prepared_at)
    return fire is not None and fire <= now


def _put(
    archive: LetterArchive,
    order: Order,
    state: TargetState,
    channel: ReportChannel,
    portals: Sequence[Portal],
    built: dict[tuple[int, str], Report],
) -> int:
    """Puts what is new to one target into its outbox; gives the number of messages."""
    upto = archive.last_cursor()
    after = state.cursor if order.since is None else archive.cursor_before(order.since)
    since = order.since or state.prepared_at
    place = (after, since.isoformat())
    if place not in built:
        built[place] = _report(archive, order, after, upto, since, portals)
    report = built[place]
    alarms = {status.name: status.state.value for status in report.alarms}
    drafts = []
    if order.report.on_empty == "say" or _has_news(report, alarms, state.alarms):
        spoken = order.report.language or language()
        contents = Contents(report, spoken, _stem(archive, order, state, channel))
        drafts = list(channel.drafts(contents))
    done = archive.outbox.put_in_outbox(state, drafts, upto, after=after, alarms=alarms)
    return len(drafts) if done else 0


def _report(
    archive: LetterArchive,
    order: Order,
    after: int,
    upto: int,
    since: datetime,
    portals: Sequence[Portal],
) -> Report:
    """The report of the events between two cursors: by their order, never by a clock."""
    events = takewhile(lambda event: event.cursor <= upto, archive.changes(after))
    period = shown_span(since, order.now)
    return report_of(archive, order.report, events, period, portals)


def _has_news(report: Report, alarms: Mapping[str, str], told: Mapping[str, str]) -> bool:
    """Whether there is anything to say: changes, first readings, or an alarm not told before."""
    return bool(report.count or report.baseline) or not alarms.items() <= told.items()


def _stem(archive: LetterArchive, order: Order, state: TargetState, channel: ReportChannel) -> str:
    """`daily-2026-05-04-0800`, `daily-2026-05-04-0800-2` where a file has that name."""
    base = f"{order.report.name}-{order.now.astimezone(BEIJING):%Y-%m-%d-%H%M}"
    if not isinstance(channel, FileTarget):
        return base
    stem, number = base, 1
    while archive.outbox.has_title(state.id, stem) or channel.has(stem):
        number += 1
        stem = f"{base}-{number}"
    return stem
