"""One round of delivery: reports that are due, sinks, what waits from before, and the feed."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from schedules.config.config import Config, ReportSection
from schedules.delivery.backoff import Jitter
from schedules.delivery.feed import write_feed
from schedules.delivery.keys import report_targets
from schedules.delivery.outgoing import Order, Prepared, begin_report, prepare
from schedules.delivery.sending import Attempt, Line, Sender
from schedules.delivery.sinks import begin_sink, sink_line
from schedules.delivery.targets import report_channel
from schedules.portals.sound import sound_portals
from storage.archive import LetterArchive
from storage.clock import Clock, system_clock
from storage.errors import DeliveryError
from storage.outbox.lock import delivery_lock
from storage.outbox.records import TargetKey
from storage.records import Portal

LONGEST_ROUND = 600.0  # seconds; what is left waits for the next one
AFTER_CRAWL = 120.0  # seconds a crawl may take longer for it


@dataclass(frozen=True, slots=True)
class DeliverySummary:
    """What one round of delivery came to; every text in it is masked."""

    attempts: tuple[Attempt, ...] = ()
    prepared: tuple[Prepared, ...] = ()
    feed: Path | None = None  # written because it changed
    feed_error: str | None = None
    elsewhere: bool = False  # another process was sending: nothing was done

    @property
    def delivered(self) -> int:
        """How many messages arrived."""
        return sum(attempt.count for attempt in self.attempts if attempt.error is None)

    @property
    def failed(self) -> tuple[Attempt, ...]:
        """The attempts that failed."""
        return tuple(attempt for attempt in self.attempts if attempt.error is not None)

    @property
    def faults(self) -> int:
        """How many targets could not be served."""
        unmade = [item for item in self.prepared if item.error]
        return len({attempt.key for attempt in self.failed}) + len(unmade) + bool(self.feed_error)

    @property
    def exit_code(self) -> int:
        """0 all well; 1 where nothing could be handed over; 3 where some could."""
        if not self.faults:
            return 0
        return 3 if self.delivered or self.feed else 1


@dataclass(frozen=True, slots=True)
class Round:
    """What one round is to do."""

    orders: Sequence[Order] = ()  # reports to be put together
    waiting: Sequence[ReportSection] = ()  # whose messages are sent, new ones and old ones
    sinks: bool = True
    at_once: Collection[str] = ()  # names of reports and sinks sent whatever their pause
    only: Collection[TargetKey] | None = None  # of the reports' targets
    feed: bool = True
    seconds: float = LONGEST_ROUND
    stopped: Callable[[], bool] = lambda: False
    portals: Sequence[Portal] = ()  # the enabled ones, where the caller knows them


def send_due(
    config: Config,
    *,
    clock: Clock = system_clock,
    names: Collection[str] = (),
    jitter: Jitter = random.random,
    stopped: Callable[[], bool] = lambda: False,
    portals: Sequence[Portal] = (),
) -> DeliverySummary:
    """Sends every report whose time has come, what sinks have not got, and what failed before.

    With `names` of reports and sinks only theirs, whatever their pause, those given up too, and
    no new reports. Ends within a moment once `stopped`; what was on its way is sent again later.
    Nothing happens where there is no archive. Raises PortalError, ArchiveErrors.
    """
    now = clock()
    reports = [report for report in config.reports if not names or report.name in names]
    orders = () if names else [Order(report, now) for report in reports]
    plan = Round(orders, reports, at_once=names, stopped=stopped, portals=portals)
    if not config.archive.exists():
        return DeliverySummary()
    return _go(config, plan, clock, jitter, names)


def send_report(
    config: Config,
    report: ReportSection,
    *,
    since: datetime | None = None,
    only: Collection[TargetKey] | None = None,
    clock: Clock = system_clock,
    jitter: Jitter = random.random,
) -> DeliverySummary:
    """Sends one report now, and what of it failed before; raises ArchiveError without an archive.

    Each target gets what is new since it was told last, or with `since` all from then on.
    """
    LetterArchive.open_to_read(config.archive, clock=clock).close()  # sending begins no archive
    order = Order(report, clock(), at_once=True, since=since)
    plan = Round([order], [report], sinks=False, at_once=(report.name,), only=only, feed=False)
    return _go(config, plan, clock, jitter, ())


def send_after_crawl(
    config: Config, *, clock: Clock = system_clock, portals: Sequence[Portal] = ()
) -> DeliverySummary:
    """Tells sinks and feed what a crawl published, and tries again what failed before."""
    plan = Round((), config.reports, seconds=AFTER_CRAWL, portals=portals)
    if not config.tells_anyone or not config.archive.exists():
        return DeliverySummary()
    return _go(config, plan, clock, random.random, ())


def begin_targets(config: Config, *, clock: Clock = system_clock) -> None:
    """Makes all targets known to the archive, so that new ones are told what happens from now on.

    Makes the archive where there is none.
    """
    if any(report.to for report in config.reports) or config.sinks:
        with LetterArchive.open(config.archive, clock=clock) as archive:
            for report in config.reports:
                begin_report(archive, config, report)
            for sink in config.sinks:
                begin_sink(archive, config, sink)


def _go(
    config: Config, plan: Round, clock: Clock, jitter: Jitter, names: Collection[str]
) -> DeliverySummary:
    portals = plan.portals or sound_portals(config).enabled(config.enabled)
    with delivery_lock(config.archive) as ours:
        if not ours:
            return DeliverySummary(elsewhere=True)
        with LetterArchive.open(config.archive, clock=clock) as archive:
            prepared = [
                item
                for order in plan.orders
                for item in prepare(archive, config, order, portals, plan.only)
            ]
            lines = [
                *_report_lines(archive, config, plan),
                *_sink_lines(archive, config, plan, names, portals),
            ]
            sender = Sender(
                archive,
                clock,
                jitter=jitter,
                shown=config.shown,
                seconds=plan.seconds,
                stopped=plan.stopped,
            )
            attempts = sender.send(lines)
            archive.outbox.tidy_outbox()
            written, error = _feed(archive, config, plan, portals)
    return DeliverySummary(tuple(attempts), tuple(prepared), written, error)


def _report_lines(archive: LetterArchive, config: Config, plan: Round) -> list[Line]:
    lines = []
    for report in plan.waiting:
        for key, target in report_targets(config, report):
            state = archive.outbox.target_state(key)
            if state is not None and (plan.only is None or key in plan.only):
                channel = report_channel(config, target)
                at_once = report.name in plan.at_once
                lines.append(Line(key, state.id, channel, at_once=at_once))
    return lines


def _sink_lines(
    archive: LetterArchive,
    config: Config,
    plan: Round,
    names: Collection[str],
    portals: Sequence[Portal],
) -> list[Line]:
    if not plan.sinks:
        return []
    return [
        sink_line(archive, config, sink, portals, at_once=sink.name in plan.at_once)
        for sink in config.sinks
        if not names or sink.name in names
    ]


def _feed(
    archive: LetterArchive, config: Config, plan: Round, portals: Sequence[Portal]
) -> tuple[Path | None, str | None]:
    if config.feed is None or not plan.feed:
        return None, None
    try:
        return write_feed(config, config.feed, archive, portals), None
    except DeliveryError as error:
        return None, config.shown(str(error))
