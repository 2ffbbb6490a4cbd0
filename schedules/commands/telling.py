"""`fuhan report` and `fuhan export`: what changed for people, and letters for programs."""

from __future__ import annotations

import sys
from typing import get_args

import click

from schedules.commands.cursors import Cursor
from schedules.config import Config, ReportForm, ReportSection
from schedules.environment import in_colour
from schedules.hints import nearest
from schedules.invocation import Invocation
from schedules.terminal import show, write_json, write_styled
from schedules.words import REPORT_SENT, UNKNOWN_REPORT, say
from storage.errors import ConfigError
from storage.json_forms import dump

FORMS = get_args(ReportForm)


@click.command("report")
@click.argument("name", required=False, metavar="[NAME]")
@click.option("--since", metavar="TIME")
@click.option("--format", "form", type=click.Choice(FORMS), default="text")
@click.option("--send", is_flag=True)
@click.pass_obj
def report(
    invocation: Invocation, name: str | None, since: str | None, form: ReportForm, send: bool
) -> None:
    """A change report to stdout, or to its targets."""
    from schedules.delivery import period_since, report_text, send_report

    section = choose_report(invocation.config, name)
    portals = invocation.portals()
    if send:
        for path in send_report(
            invocation.config, section, portals, since=since, clock=invocation.clock
        ):
            show(say(REPORT_SENT, name=section.name, path=path))
        return
    period = period_since(since, invocation.clock())
    colour = form == "text" and in_colour(sys.stdout)
    with invocation.open_archive() as archive:
        text = report_text(archive, section, period, form, portals, colour=colour)
    if form == "json":
        write_json(text)
    else:
        write_styled(text)


@click.command("export")
@click.option("--format", "form", type=click.Choice(["jsonl"]), default="jsonl")
@click.option("--after", type=Cursor(), metavar="CURSOR")
@click.pass_obj
def export(invocation: Invocation, form: str, after: int | None) -> None:
    """Letters, a JSON object a line; `form` has one choice so far."""
    with invocation.open_archive() as archive:
        for line in archive.export(after):
            write_json(dump(line))


def choose_report(config: Config, name: str | None) -> ReportSection:
    """The report named; without a name one of everything. ConfigError for an unknown name."""
    if name is None:
        return ReportSection(name="changes")
    for section in config.reports:
        if section.name == name:
            return section
    hint = nearest(name, (section.name for section in config.reports))
    raise ConfigError(say(UNKNOWN_REPORT, name=name) + hint)
