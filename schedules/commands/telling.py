"""`fuhan report` and `fuhan deliver`: what changed, for people, shown or sent."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, get_args

import click

from schedules.cli.invocation import Invocation
from schedules.config.config import Config, ReportForm, ReportSection
from schedules.config.environment import in_colour
from schedules.reports.select import OF_EVERYTHING
from schedules.terminal import write_json, write_styled
from schedules.words.delivery import (
    NO_REPORTS,
    REPORT_NEEDS_NAME,
    TEST_OR_SEND,
    TO_NEEDS_SEND,
    TRY_ANYWHERE,
    UNKNOWN_TO_DELIVER,
)
from schedules.words.hints import nearest_or_all
from schedules.words.language import say
from schedules.words.messages import BAD_SINCE, REPORT_WITHOUT_TARGET, UNKNOWN_REPORT
from storage.errors import ConfigError, DeliveryError

if TYPE_CHECKING:
    from schedules.delivery.periods import Period
    from schedules.delivery.trial import Target

FORMS = get_args(ReportForm)


@click.command("report")
@click.argument("name", required=False, metavar="[NAME]")
@click.option("--since", metavar="TIME")
@click.option("--format", "form", type=click.Choice(FORMS), default="text")
@click.option("--send", is_flag=True)
@click.option("--to", metavar="TARGET")
@click.option("--test", is_flag=True)
@click.pass_obj
def report(
    invocation: Invocation,
    name: str | None,
    since: str | None,
    form: ReportForm,
    send: bool,
    to: str | None,
    test: bool,
) -> int:
    """A change report to stdout, or to its targets; or a sample to try them."""
    _check_options(invocation, name, send=send, to=to, test=test)
    section = choose_report(invocation.config, name)
    if test:
        return _test(invocation, section, to)
    if send:
        return _send(invocation, section, since, to)
    _show(invocation, section, since, form)
    return 0


@click.command("deliver")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.pass_obj
def deliver(invocation: Invocation, names: tuple[str, ...]) -> int:
    """Reports that are due, sinks, and what failed before; of the names given, at once."""
    from schedules.delivery.deliver import send_due
    from schedules.delivery.view import show_summary

    _check_names(invocation.config, names)
    invocation.tell_left_out()
    summary = send_due(
        invocation.config, clock=invocation.clock, names=names, portals=invocation.enabled
    )
    show_summary(summary, by_hand=bool(names))
    return summary.exit_code


def choose_report(config: Config, name: str | None) -> ReportSection:
    """The report named; without a name one of everything. ConfigError for an unknown name."""
    if name is None:
        return ReportSection(name=OF_EVERYTHING)
    for section in config.reports:
        if section.name == name:
            return section
    raise ConfigError(say(UNKNOWN_REPORT, name=name) + _reports_there_are(config, name))


def _show(
    invocation: Invocation, section: ReportSection, since: str | None, form: ReportForm
) -> None:
    from schedules.delivery.contents import report_text

    invocation.tell_left_out()
    period = _period(invocation, since)
    colour = form == "text" and in_colour(sys.stdout)
    with invocation.open_archive() as archive:
        text = report_text(archive, section, period, form, invocation.enabled, colour=colour)
    if form == "json":
        write_json(text)
    else:  # a page is for other readers, and other places
        write_styled(text if form == "html" else invocation.advised(text))


def _send(invocation: Invocation, section: ReportSection, since: str | None, to: str | None) -> int:
    from schedules.delivery.deliver import send_report
    from schedules.delivery.view import show_summary

    period = _period(invocation, since)
    targets = _targets(invocation.config, section, to)
    invocation.tell_left_out()
    summary = send_report(
        invocation.config,
        section,
        since=period.since,
        only=None if to is None else {key for key, _ in targets},
        clock=invocation.clock,
    )
    show_summary(summary, by_hand=True)
    return summary.exit_code


def _period(invocation: Invocation, since: str | None) -> Period:
    """What `--since` names; a usage error where that is nothing."""
    from schedules.delivery.periods import period_since

    try:
        return period_since(since, invocation.clock())
    except ValueError:
        raise click.UsageError(say(BAD_SINCE, value=since), click.get_current_context()) from None


def _test(invocation: Invocation, section: ReportSection, to: str | None) -> int:
    from schedules.delivery.trial import send_test
    from schedules.delivery.view import show_checks

    if to is None:
        _targets(invocation.config, section, None)
    checks = send_test(invocation.config, section, to, clock=invocation.clock)
    return show_checks(checks, section.name)


def _targets(config: Config, section: ReportSection, to: str | None) -> Sequence[Target]:
    """The report's targets that `to` means; DeliveryError where it has none at all."""
    from schedules.delivery.trial import chosen_targets

    if not section.to:
        raise DeliveryError(say(REPORT_WITHOUT_TARGET, name=section.name))
    return chosen_targets(config, section, to)


def _check_options(
    invocation: Invocation, name: str | None, *, send: bool, to: str | None, test: bool
) -> None:
    if test and send:
        raise click.UsageError(say(TEST_OR_SEND))
    if to is not None and not (send or test):
        raise click.UsageError(say(TO_NEEDS_SEND))
    if name is None and (send or (test and to is None)):
        hint = _reports_there_are(invocation.config)
        if test and not invocation.config.reports:
            hint += say(TRY_ANYWHERE)
        raise click.UsageError(say(REPORT_NEEDS_NAME) + hint)


def _reports_there_are(config: Config, meant: str = "") -> str:
    """The report that may have been meant, else all there are, else that there are none."""
    names = [section.name for section in config.reports]
    return nearest_or_all(meant, names) if names else say(NO_REPORTS)


def _check_names(config: Config, names: Sequence[str]) -> None:
    known = [report.name for report in config.reports]
    known += [sink.name for sink in config.sinks]
    for name in names:
        if name not in known:
            raise ConfigError(say(UNKNOWN_TO_DELIVER, name=name) + nearest_or_all(name, known))
