"""The story `fuhan demo` tells: days of small government portals, crawled and reported."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

import click

from crawler.demo.days import DAYS, Day
from crawler.demo.portals import portals_of, write_portals
from crawler.demo.server import DemoServer
from schedules.config.config import Config, load_config
from schedules.config.environment import in_colour
from schedules.delivery.contents import report_text
from schedules.delivery.files import write_report
from schedules.delivery.periods import Period
from schedules.demo.check import Verdict, judge
from schedules.demo.folder import prepare_folder
from schedules.demo.words import (
    DEMO_BEGINS,
    DEMO_CRAWL_FAILED,
    DEMO_DAY,
    DEMO_FILES,
    DEMO_MISSING,
    DEMO_NO_EVENT,
    DEMO_RIGHT,
    DEMO_STATE,
    DEMO_TRY,
    DEMO_UNEXPECTED,
    DEMO_WRONG,
)
from schedules.terminal import show, write_styled
from schedules.words.language import Words, language, say
from schedules.words.messages import STATE
from schedules.words.reasons import portal_reason
from storage.archive import LetterArchive
from storage.clock import BEIJING, fixed_clock, to_text
from storage.errors import FuhanError
from storage.records import Event, EventKind, Portal, PortalState

MORNING = time(6, 20, tzinfo=BEIJING)
CRAWL_CODES = (0, 3)  # 3: a portal is blocked, which is part of the story


def run_demo(folder: Path, days: Sequence[Day] = DAYS) -> int:
    """Plays the story, or its first days, in `folder`; gives 1 where fuhan told anything else.

    Serves the portals on loopback, starts a crawl as a child for each day, shows on stdout what
    it found, and leaves configuration, archive and report files behind. Raises FuhanError where
    the folder is not a demo's, or a crawl fails.
    """
    config_file = prepare_folder(folder)
    with DemoServer() as server:
        names = [path.stem for path in write_portals(server, folder / "portals")]
        show(say(DEMO_BEGINS, portals=", ".join(names), days=len(days), directory=folder))
        config = load_config(config_file)
        verdicts = [_play(day, server, config) for day in days]
    _show_end(config, verdicts)
    return 0 if all(verdict.right for verdict in verdicts) else 1


def _play(day: Day, server: DemoServer, config: Config) -> Verdict:
    """One day: the sites as they stand that day are crawled, and what changed is told."""
    server.day = day.number
    title = say(Words(day.title_zh, day.title_en))
    show()
    write_styled(
        click.style(say(DEMO_DAY, number=day.number, date=day.date, title=title), bold=True)
    )
    cursor = _last_cursor(config)
    _crawl(day, config)
    with LetterArchive.open_to_read(config.archive, clock=fixed_clock(_morning(day))) as archive:
        events = list(archive.changes(cursor))
        verdict = judge(day, events, server.sites)
        if events:
            _tell(day, config, archive, portals_of(server))
        else:
            show(say(DEMO_NO_EVENT))
        _show_states(archive, server)
    _show_faults(verdict)
    return verdict


def _morning(day: Day) -> datetime:
    """When that day's crawl begins."""
    return datetime.combine(day.date, MORNING).astimezone(UTC)


def _last_cursor(config: Config) -> int:
    """The cursor of the last event told so far; 0 where there is no archive yet."""
    if not config.archive.exists():
        return 0
    with LetterArchive.open_to_read(config.archive) as archive:
        return max((event.cursor for event in archive.changes()), default=0)


def _crawl(day: Day, config: Config) -> None:
    """The day's crawl, as a child: a process crawls once. Progress goes to our stderr."""
    command = [sys.executable, "-m", "schedules", "--config", str(config.file), "crawl", "--full"]
    # the firewall of the story is told on stdout; a log line would tell it twice
    environment = {"FUHAN_LOG": "error", **os.environ, "FUHAN_NOW": to_text(_morning(day))}
    done = subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=False)  # noqa: S603 - our own program
    if done.returncode not in CRAWL_CODES:
        raise FuhanError(say(DEMO_CRAWL_FAILED, number=day.number, code=done.returncode))


def _tell(day: Day, config: Config, archive: LetterArchive, portals: Sequence[Portal]) -> None:
    """The report of the day, shown and left as files."""
    until = _morning(day)
    period = Period(until - timedelta(days=1), until)
    section = config.reports[0]
    write_styled(
        report_text(archive, section, period, "text", portals, colour=in_colour(sys.stdout))
    )
    write_report(archive, section, period, portals, config.folder / "reports", f"demo-{day.date}")


def _show_states(archive: LetterArchive, server: DemoServer) -> None:
    for status in archive.status(portals_of(server)):
        if status.state is not PortalState.OK:
            state = say(STATE[status.state.value])
            reason = portal_reason(status.reason or "", language())
            show(say(DEMO_STATE, portal=status.name, state=state, reason=reason))


def _show_faults(verdict: Verdict) -> None:
    for expected in verdict.missing:
        show(say(DEMO_MISSING, what=f"{expected.kind} {expected.site} {expected.key}"))
    for event in verdict.unexpected:
        show(say(DEMO_UNEXPECTED, what=f"{event.kind} {event.url}"))


def _show_end(config: Config, verdicts: Sequence[Verdict]) -> None:
    """What came of it all, what lies where, and what to try next."""
    missing = sum(len(verdict.missing) for verdict in verdicts)
    unexpected = sum(len(verdict.unexpected) for verdict in verdicts)
    show()
    if missing or unexpected:
        show(say(DEMO_WRONG, missing=missing, unexpected=unexpected))
    else:
        show(say(DEMO_RIGHT, expected=sum(verdict.expected for verdict in verdicts)))
    show(say(DEMO_FILES, archive=config.archive, reports=config.folder / "reports"))
    show(say(DEMO_TRY))
    for command in ("changes", f"diff {_edited_letter(config)}", "letters --json"):
        show(f"  fuhan --config {config.file} {command}")


def _edited_letter(config: Config) -> int:
    """The id of a letter whose figures were edited, the best one to look at."""
    with LetterArchive.open_to_read(config.archive) as archive:
        edited: list[Event] = [e for e in archive.changes() if e.kind is EventKind.CHANGED]
    return max(edited, key=lambda event: len(event.figures)).letter.id if edited else 1
