"""Whether targets can be reached: looked at without sending, or tried with a sample."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pydantic import ValidationError

from schedules.config.config import Config, ReportSection
from schedules.config.telling import TargetSection, scheme_of
from schedules.delivery.channels import Channel
from schedules.delivery.chat import Chat
from schedules.delivery.deadline import within
from schedules.delivery.files import FileTarget
from schedules.delivery.keys import report_targets, sink_target
from schedules.delivery.mail import Mail
from schedules.delivery.sample import sample_contents
from schedules.delivery.targets import report_channel, sink_channel
from schedules.words.delivery import NO_ADDRESS, UNKNOWN_TARGET
from schedules.words.language import say
from storage.clock import Clock, system_clock
from storage.errors import ConfigError, DeliveryError
from storage.outbox.records import Delivery, TargetKey

_CHECK_SECONDS = 30.0

Target = tuple[TargetKey, TargetSection]


@dataclass(frozen=True, slots=True)
class TargetCheck:
    """What came of trying one target; `error` is masked, None where all is well.

    `beside` is where a sample went that was not to take a report's place.
    """

    key: TargetKey
    error: str | None
    beside: Path | None = None


def check_targets(config: Config) -> Iterator[TargetCheck]:
    """Looks at every target of every report and sink, one after another, and sends nothing.

    Folders are made and written to, mail servers logged in to, webhooks' servers connected to,
    addresses of chat services read; each within half a minute.
    """
    for report in config.reports:
        for key, target in report_targets(config, report):
            yield TargetCheck(key, _fault(config, report_channel(config, target)))
    for sink in config.sinks:
        yield TargetCheck(sink_target(config, sink), _fault(config, sink_channel(config, sink)))


def misread_targets(config: Config) -> Iterator[TargetCheck]:
    """The targets of reports whose address is none Apprise can read; no network is asked."""
    for report in config.reports:
        for key, target in report_targets(config, report):
            channel = report_channel(config, target)
            try:
                if isinstance(channel, Mail):
                    _ = channel.server
                elif isinstance(channel, Chat):
                    channel.check()
            except DeliveryError as error:
                yield TargetCheck(key, config.shown(str(error)))


def send_test(
    config: Config, report: ReportSection, to: str | None, *, clock: Clock = system_clock
) -> Iterator[TargetCheck]:
    """Sends a sample to the targets `to` means, or to all of the report's; the archive is left
    alone.

    Raises ConfigError where `to` is neither one of the report's targets nor an address.
    """
    now = clock()
    for key, target in chosen_targets(config, report, to, others=True):
        channel = report_channel(config, target)
        try:
            drafts = channel.drafts(sample_contents(report, now))
            for draft in drafts:
                message = f"msg_test_{uuid.uuid4().hex}"
                delivery = Delivery(0, message, now, draft.title, draft.content, 0, None)
                within(channel.seconds, partial(channel.send, [delivery], now))
        except DeliveryError as error:
            yield TargetCheck(key, config.shown(str(error)))
        else:
            beside = channel.sample if isinstance(channel, FileTarget) else None
            yield TargetCheck(key, None, beside)


def chosen_targets(
    config: Config, report: ReportSection, to: str | None, *, others: bool = False
) -> list[Target]:
    """The targets `to` means: the address itself, as it is shown, its number from 1, its scheme.

    None means all of them; with `others` any address will do. Raises ConfigError.
    """
    targets = list(report_targets(config, report))
    if to is None:
        return targets
    chosen = [
        (key, target)
        for number, (key, target) in enumerate(targets, start=1)
        if to in (target.url, key.target, str(number), scheme_of(target.url))
    ]
    if not chosen and others and ("://" in to or to.startswith("file:")):
        chosen = list(report_targets(config, _with_target(report, _address(to))))
    if not chosen:
        known = ", ".join(key.target for key, _ in targets)
        words = UNKNOWN_TARGET if known else NO_ADDRESS
        shown = config.shown_target(to)
        raise ConfigError(say(words, name=report.name, target=shown, targets=known))
    return chosen


def _with_target(report: ReportSection, target: TargetSection) -> ReportSection:
    """The report with this target alone."""
    return report.model_copy(update={"to": (target,)})


def _address(to: str) -> TargetSection:
    try:
        return TargetSection.model_validate(to)
    except ValidationError as error:
        raise ConfigError(f"--to: {error.errors()[0]['msg']}") from None


def _fault(config: Config, channel: Channel) -> str | None:
    try:
        within(_CHECK_SECONDS, channel.check)
    except DeliveryError as error:
        return config.shown(str(error))
    return None
