"""All that the doctor looks at, in the order one would mend it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from schedules.cli.invocation import Invocation
from schedules.doctor import outside, setup, storing, words
from schedules.doctor.findings import Finding, Verdict
from schedules.doctor.slips import slips, unread_addresses
from schedules.words.archive import spoken
from schedules.words.language import say
from storage.errors import ArchiveDamaged, ArchiveError, ConfigError, PortalError
from storage.outbox.records import Undelivered
from storage.records import Portal, PortalStatus


def look(invocation: Invocation, *, offline: bool = False) -> Iterator[Finding]:
    """Every finding as it is made; without a configuration that can be read, little more.

    Changes nothing, but for a file written to and taken away again in folders reports go to.
    `offline` asks neither portals nor targets.
    """
    yield from setup.versions()
    try:
        config, sound = invocation.config, invocation.sound
        chosen = invocation.enabled
    except (ConfigError, PortalError) as error:
        text = invocation.shown(spoken(error))
        yield Finding("configuration", Verdict.FAULT, text, say(words.CONFIG_REMEDY))
        return
    yield from setup.configuration(config, len(invocation.enabled_names))
    yield from setup.portal_files(sound.faults)
    yield from slips(config, sound.names(["*"]))
    yield from storing.disk(config.archive)
    found = _Archive()
    yield from _archive(invocation, chosen, found)
    runs = [status.last_run for status in found.statuses if status.last_run]
    yield from storing.clock(invocation.clock(), max(runs, default=None))
    yield from storing.lock(config.archive)
    if found.statuses:
        yield from outside.portals(chosen, found.statuses, invocation.clock())
    if offline:
        yield from unread_addresses(config)
    else:
        yield from outside.network(chosen, config, invocation.clock())
        yield from outside.delivery(config, found.undelivered)


@dataclass
class _Archive:
    """What the archive told, for checks that come after it."""

    statuses: list[PortalStatus] = field(default_factory=list)
    undelivered: list[Undelivered] = field(default_factory=list)


def _archive(
    invocation: Invocation, chosen: Sequence[Portal], found: _Archive
) -> Iterator[Finding]:
    path = invocation.config.archive
    if not path.exists():
        text = say(words.NO_ARCHIVE, path=path)
        yield Finding("archive", Verdict.WARNING, text, say(words.NO_ARCHIVE_REMEDY))
        return
    try:
        with invocation.open_archive() as archive:
            yield from storing.archive_file(archive, path)
            found.statuses = archive.status(chosen)
            found.undelivered = archive.outbox.undelivered()
    except ArchiveError as error:
        damaged = isinstance(error, ArchiveDamaged)
        remedy = say(words.ARCHIVE_REMEDY) if damaged else None  # others say what to do themselves
        yield Finding("archive", Verdict.FAULT, invocation.shown(spoken(error)), remedy)
    yield from storing.drive(path)
