"""The commands of `fuhan`, one file a group of them."""

from __future__ import annotations

import click

from schedules.commands.cleaning import clean
from schedules.commands.crawling import crawl, daemon
from schedules.commands.looking import changes, diff, letters, show_letter, status
from schedules.commands.portals import portals
from schedules.commands.starting import demo, init
from schedules.commands.telling import export, report

COMMANDS: tuple[click.Command, ...] = (
    demo,
    init,
    crawl,
    clean,
    letters,
    show_letter,
    diff,
    changes,
    report,
    export,
    status,
    daemon,
    portals,
)
