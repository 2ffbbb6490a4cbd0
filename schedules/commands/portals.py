"""`fuhan portals`: the portals there are, and what the circuit breaker held back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from schedules.invocation import Invocation
from schedules.letter_view import letter_lines
from schedules.portal_files import enabled_portals
from schedules.terminal import show, show_table
from schedules.words import (
    BUILT_IN,
    CHECK_DONE,
    CHECK_FAULT,
    CHECK_LIST,
    HELD_ACCEPTED,
    HELD_REJECTED,
    NO,
    PORTAL_COLUMNS,
    YES,
    say,
)
from storage.archive import LetterArchive
from storage.lock import crawl_lock
from storage.records import ReplyLetter

if TYPE_CHECKING:
    from schedules.portal_check import TriedLetter


@click.group("portals")
def portals() -> None:
    """Portals: list, check, accept and reject."""


@portals.command("list")
@click.pass_obj
def list_portals(invocation: Invocation) -> None:
    """Every portal there is a file for."""
    enabled = {portal.name for portal in enabled_portals(invocation.config, invocation.known)}
    show_table(
        [say(head) for head in PORTAL_COLUMNS],
        [
            (
                name,
                known.portal.agency,
                known.portal.platform,
                known.portal.cron,
                say(YES if name in enabled else NO),
                say(BUILT_IN) if known.built_in else known.file,
            )
            for name, known in invocation.known.items()
        ],
    )


@portals.command("check")
@click.argument("name", metavar="PORTAL")
@click.pass_obj
def check(invocation: Invocation, name: str) -> int:
    """Fetches the lists' first pages and three letters; exit code 3 where any was not read."""
    portal = invocation.the_portal(name)
    from schedules.portal_check import LETTERS, PortalCheck  # Scrapy and lxml

    trial = PortalCheck(portal, now=invocation.clock(), contact=invocation.config.contact)
    urls = list(portal.pages)
    faults = 0
    for tried in trial.lists():
        show(say(CHECK_LIST, url=tried.url, count=len(tried.links)))
        faults += _show_fault(tried.fault)
        urls += tried.links
    letters = list(_show_letters(trial.letters(urls)))
    good = sum(letter.is_letter for letter in letters)
    show(say(CHECK_DONE, good=good, tried=min(len(urls), LETTERS)))
    return 0 if good and not faults else 3


@portals.command("accept")
@click.argument("name", metavar="PORTAL")
@click.pass_obj
def accept(invocation: Invocation, name: str) -> None:
    """Publishes what the circuit breaker held back."""
    _settle_held(invocation, name, publish=True)


@portals.command("reject")
@click.argument("name", metavar="PORTAL")
@click.pass_obj
def reject(invocation: Invocation, name: str) -> None:
    """Drops what the circuit breaker held back: the pages were misread."""
    _settle_held(invocation, name, publish=False)


def _settle_held(invocation: Invocation, name: str, *, publish: bool) -> None:
    portal = invocation.the_portal(name)
    path = invocation.config.archive
    invocation.open_archive().close()  # an archive that is not there is not made
    with crawl_lock(path), LetterArchive.open(path, clock=invocation.clock) as archive:
        settle = archive.accept_held if publish else archive.reject_held
        count = settle(portal.name)
    show(say(HELD_ACCEPTED if publish else HELD_REJECTED, portal=portal.name, count=count))


def _show_letters(tried: Iterable[TriedLetter]) -> Iterator[ReplyLetter]:
    for trial in tried:
        show()
        show(trial.url)
        _show_fault(trial.fault)
        if trial.letter is not None:
            for line in letter_lines(replace(trial.letter, body=trial.letter.body[:200])):
                show(line)
            yield trial.letter


def _show_fault(fault: str | None) -> int:
    if fault is None:
        return 0
    show(say(CHECK_FAULT, reason=fault))
    return 1
