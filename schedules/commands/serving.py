"""`fuhan daemon` and `fuhan service`: fuhan running by itself."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from schedules.cli.command_group import CommandGroup
from schedules.cli.invocation import Invocation
from schedules.commands.monitoring import leave_metrics
from schedules.config.environment import config_path
from schedules.service.forms import Form
from schedules.terminal import one_line, show
from schedules.words.language import COMMA, say
from schedules.words.messages import CANNOT_WRITE_FILE
from schedules.words.running import (
    NOTHING_WAS_DUE,
    ONLY_SYSTEMD,
    ROUND_DONE,
    ROUNDS,
    SERVICE_WROTE,
)
from schedules.words.system_faults import system_fault
from storage.errors import FuhanError

if TYPE_CHECKING:
    from schedules.daemon.watch import Watch


@click.command("daemon")
@click.option("--once", is_flag=True)
@click.pass_obj
def daemon(invocation: Invocation, once: bool) -> int:
    """Crawls, upkeep and reports on their schedules, or once what is due of them."""
    from schedules.daemon.watch import watch_of

    watch = watch_of(invocation.config, invocation.sound)
    return _once(invocation, watch) if once else _stay(invocation, watch)


def _once(invocation: Invocation, watch: Watch) -> int:
    """One round; what starts commands, and the log, is loaded where there is anything to do."""
    from schedules.daemon.look import due_rounds

    due = due_rounds(watch, invocation.clock())
    if not due and invocation.verbosity:
        show(say(NOTHING_WAS_DUE))
    if not due and not watch.faults:
        return 0
    from schedules.daemon.once import do_once

    invocation.start_logs()
    result = do_once(watch, due, verbosity=invocation.verbosity)
    if result.done:
        leave_metrics(invocation)
        steps = say(COMMA).join(say(ROUNDS[command]) for command in result.done)
        show(say(ROUND_DONE, steps=steps, code=result.code))
    return result.code


def _stay(invocation: Invocation, watch: Watch) -> int:
    from schedules.daemon.daemon import Daemon  # its scheduler is for nobody else
    from schedules.daemon.watch import read_watch

    file = invocation.config_option or config_path()
    invocation.start_logs(default="info")
    watch.log_faults()
    code = Daemon(
        watch,
        lambda: read_watch(file),
        begin=lambda watch, until_next: _begin(invocation, watch, until_next),
        verbosity=max(invocation.verbosity, 1),
    ).run()
    _leave(code)
    return code


@click.group("service", cls=CommandGroup)
def service() -> None:
    """Files that have the system run fuhan."""


@service.command("print")
@click.argument("form", type=click.Choice(get_args(Form)), metavar="systemd|cron|compose")
@click.option("--user", is_flag=True)
@click.option("--timer", is_flag=True)
@click.option("-o", "folder", type=click.Path(path_type=Path, file_okay=False), metavar="DIR")
@click.pass_obj
def print_service(
    invocation: Invocation, form: Form, user: bool, timer: bool, folder: Path | None
) -> None:
    """The files of one of them, to stdout, each under a line that names its path; or as files."""
    from schedules.service.forms import service_files
    from schedules.service.setup import present_setup

    if form != "systemd" and (user or timer):
        option = "--user" if user else "--timer"
        raise click.UsageError(say(ONLY_SYSTEMD, option=option))
    files = service_files(form, present_setup(invocation.config), user=user, timer=timer)
    if folder is None:
        click.echo("\n".join(file.text for file in files), nl=False)
        return
    for file in files:
        path = folder / file.name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.write_text(file.text, encoding="utf-8")
        except OSError as error:
            raise FuhanError(
                say(CANNOT_WRITE_FILE, path=path, reason=system_fault(error))
            ) from error
        show(one_line(say(SERVICE_WROTE, path=path)))


def _begin(invocation: Invocation, watch: Watch, until_next: ExitStack) -> None:
    """What a configuration that comes into force changes besides: masked secrets, metrics."""
    import structlog

    from schedules.config.running import listen_address

    vars(invocation).update(config=watch.config)  # its secrets are masked from now on
    invocation.start_logs(default="info")
    if not watch.config.daemon.metrics:
        return
    from schedules.daemon.exporter import Exporter
    from schedules.daemon.metrics import metrics_text

    listen = listen_address(watch.config.daemon.metrics)

    def look() -> bytes:
        return metrics_text(watch.config, watch.names, invocation.clock)

    log = structlog.get_logger("fuhan.daemon")
    try:
        exporter = until_next.enter_context(Exporter(listen, look))
    except OSError as error:
        log.error("no metrics are served", address=watch.config.daemon.metrics, reason=str(error))
    else:
        log.info("metrics are served", host=listen.host, port=exporter.port)


def _leave(code: int) -> None:
    """Ends the process where a delivery still hangs: what was on its way is sent again."""
    others = [
        thread
        for thread in threading.enumerate()
        if thread is not threading.main_thread() and not thread.daemon
    ]
    for thread in others:
        thread.join(0.5)
    if any(thread.is_alive() for thread in others):
        sys.stderr.flush()
        os._exit(code)
