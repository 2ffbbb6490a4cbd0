"""`fuhan portals`: the portals there are, and what the circuit breaker held back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from schedules.cli.command_group import CommandGroup
from schedules.cli.invocation import Invocation
from schedules.commands.trying import add, check
from schedules.terminal import show, show_table, tell
from schedules.words.held import HELD_ACCEPTED, HELD_REJECTED, NONE_HELD, RECONSIDERED
from schedules.words.language import say
from schedules.words.messages import BUILT_IN, NO, PORTAL_COLUMNS, PORTAL_FILE_WRONG, YES
from storage.archive import LetterArchive
from storage.lock import crawl_lock


@click.group("portals", cls=CommandGroup)
def portals() -> None:
    """Portals: list, check, add, accept and reject."""


portals.add_command(check)
portals.add_command(add)


@portals.command("list")
@click.pass_obj
def list_portals(invocation: Invocation) -> int:
    """Every portal there is a file for; exit code 3 where one of the files is wrong."""
    enabled = {portal.name for portal in invocation.enabled}
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
    faults = invocation.sound.faults.values()
    for fault in faults:
        tell(say(PORTAL_FILE_WRONG, reason=invocation.shown(str(fault))))
    return 3 if faults else 0


@portals.command("accept")
@click.argument("name", metavar="PORTAL")
@click.pass_obj
def accept(invocation: Invocation, name: str) -> None:
    """Publishes what the circuit breaker held back; where nothing is, takes a rejection back."""
    portal = invocation.sound.the_name(name)
    with _deciding(invocation) as archive:
        count = archive.accept_held(portal)
        again = 0 if count else archive.reconsider(portal)
    if again:
        command = invocation.typed(f"fuhan crawl {portal}")
        show(say(RECONSIDERED, portal=portal, count=again, command=command))
    else:
        words = HELD_ACCEPTED if count else NONE_HELD
        show(say(words, portal=portal, count=count))


@portals.command("reject")
@click.argument("name", metavar="PORTAL")
@click.pass_obj
def reject(invocation: Invocation, name: str) -> None:
    """Drops what the circuit breaker held back: the pages were misread."""
    portal = invocation.sound.the_name(name)
    with _deciding(invocation) as archive:
        count = archive.reject_held(portal)
    command = invocation.typed(f"fuhan portals accept {portal}")
    words = HELD_REJECTED if count else NONE_HELD
    show(say(words, portal=portal, count=count, command=command))


@contextmanager
def _deciding(invocation: Invocation) -> Iterator[LetterArchive]:
    """The archive for a decision, no crawl running; one that is not there is not made."""
    path = invocation.config.archive
    invocation.open_archive().close()
    with crawl_lock(path), LetterArchive.open(path, clock=invocation.clock) as archive:
        yield archive
