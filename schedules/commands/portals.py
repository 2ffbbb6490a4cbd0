"""`fuhan portals`: the portals there are, and what the circuit breaker held back."""

from __future__ import annotations

import click

from schedules.cli.command_group import CommandGroup
from schedules.cli.invocation import Invocation
from schedules.commands.trying import add, check
from schedules.portals.files import enabled_portals
from schedules.terminal import show, show_table
from schedules.words.language import say
from schedules.words.messages import BUILT_IN, HELD_ACCEPTED, HELD_REJECTED, NO, PORTAL_COLUMNS, YES
from storage.archive import LetterArchive
from storage.lock import crawl_lock


@click.group("portals", cls=CommandGroup)
def portals() -> None:
    """Portals: list, check, add, accept and reject."""


portals.add_command(check)
portals.add_command(add)


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
