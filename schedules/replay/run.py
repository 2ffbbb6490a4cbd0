"""One replay: files gathered, put in order, given to the archive, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from schedules.config.config import Config
from schedules.replay.gathering import Gathered, gather, spooling
from schedules.replay.matching import PortalFinder, Strangers
from schedules.replay.replaying import Replayed, replay_captures
from schedules.runs.learning import learn_profiles
from storage.archive import LetterArchive
from storage.clock import Clock, to_text
from storage.lock import crawl_lock
from storage.records import Portal
from storage.warc.spool import Spool

_MOST_HOSTS = 100  # that JSON names
Counting = Callable[[int], AbstractContextManager[Callable[[int], None]]]
"""Shows how far a work of so many parts is; is told how many are done."""


@contextmanager
def no_count(_: int) -> Iterator[Callable[[int], None]]:
    """Shows nothing."""
    yield lambda _: None


@dataclass(frozen=True, slots=True)
class Found:
    """What the files hold of one portal."""

    portal: str
    captures: int
    addresses: int
    first: datetime
    last: datetime


@dataclass(slots=True)
class ReplayReport:
    """What a replay found and did; `replayed` is empty after a dry run."""

    dry_run: bool
    gathered: Gathered
    strangers: Strangers
    found: list[Found] = field(default_factory=list)
    replayed: dict[str, Replayed] = field(default_factory=dict)

    @property
    def captures(self) -> int:
        """How many captures of the portals the files hold, revisits too."""
        return sum(found.captures for found in self.found)

    def as_object(self) -> dict[str, Any]:
        """The object `fuhan replay --json` prints."""
        return {
            "v": 1,
            "dry_run": self.dry_run,
            "files": self.gathered.files,
            "unreadable_files": [
                {"path": str(path), "reason": reason} for path, reason in self.gathered.unreadable
            ],
            "records": self.gathered.records,
            "captures": self.captures,
            "notes": self.gathered.notes,
            "skipped": dict(self.gathered.skipped),
            "hosts_of_no_portal": [
                {"host": host, "captures": count}
                for host, count in self.strangers.hosts.most_common(_MOST_HOSTS)
            ],
            "portals": [
                _portal_object(found, self.replayed.get(found.portal)) for found in self.found
            ],
        }


def _portal_object(found: Found, replayed: Replayed | None) -> dict[str, Any]:
    done = replayed or Replayed(found.portal)
    return {
        "name": found.portal,
        "captures": found.captures,
        "addresses": found.addresses,
        "first": to_text(found.first),
        "last": to_text(found.last),
        "versions": done.versions,
        "files": done.files,
        "sightings": done.sightings,
        "gone": done.gone,
        "known": done.known,
        "evidence": done.evidence,
        "notes": dict(+done.notes.taken),
        "notes_refused": done.notes.refused,
        "forgotten_elsewhere": [
            {"letter": left.letter, "url": left.url, "kinds": list(left.kinds)}
            for left in done.notes.forgotten
        ],
        "of_no_use": dict(done.other),
        "events": {kind.value: count for kind, count in done.events.items()},
    }


def replay_files(
    config: Config,
    files: Sequence[Path],
    portals: Sequence[Portal],
    only: Portal | None,
    *,
    clock: Clock,
    dry_run: bool = False,
    counting: Counting = no_count,
) -> ReplayReport:
    """Replays the files' captures of the portals, or of `only`; holds the archive's run lock.

    Makes the archive where there is none and anything to put into it. Nothing is written by a
    `dry_run`. `counting` shows how far it is, given how much there is. Raises ArchiveErrors.
    """
    chosen = [*portals, *([only] if only and only not in portals else [])]
    with spooling() as spool:
        if dry_run or not config.archive.exists():
            finder = PortalFinder(chosen, only, lambda _: ())
            gathered = _gather(files, spool, finder, clock(), counting)
            report = ReplayReport(dry_run, gathered, finder.strangers, _found(spool))
            if dry_run or not report.found:
                return report
            with crawl_lock(config.archive), LetterArchive.open(config.archive, clock=clock) as new:
                _give(new, config, chosen, spool, files, report, counting)
            return report
        with crawl_lock(config.archive), LetterArchive.open(config.archive, clock=clock) as archive:
            finder = PortalFinder(chosen, only, archive.portals_at)
            gathered = _gather(files, spool, finder, clock(), counting)
            report = ReplayReport(dry_run, gathered, finder.strangers, _found(spool))
            _give(archive, config, chosen, spool, files, report, counting)
            return report


def _give(
    archive: LetterArchive,
    config: Config,
    portals: Sequence[Portal],
    spool: Spool,
    files: Sequence[Path],
    report: ReplayReport,
    counting: Counting,
) -> None:
    names = {found.portal for found in report.found}
    concerned = [portal for portal in portals if portal.name in names]
    profiles = learn_profiles(archive, concerned)
    source = files[0].name + (f" (+{len(files) - 1})" if len(files) > 1 else "")
    with counting(report.captures) as watch:
        report.replayed = replay_captures(
            archive, concerned, profiles, spool, source, config.confirmation, watch
        )


def _gather(
    files: Sequence[Path], spool: Spool, finder: PortalFinder, now: datetime, counting: Counting
) -> Gathered:
    with counting(len(files)) as watch:
        return gather(list(files), spool, finder, now, watch)


def _found(spool: Spool) -> list[Found]:
    return [Found(name, *facts) for name, facts in spool.portals().items()]
