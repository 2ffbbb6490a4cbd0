"""`fuhan replay`: captures from elsewhere become history."""

from __future__ import annotations

from collections import Counter
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from schedules.cli.invocation import Invocation
from schedules.replay.words import (
    REPLAY_COUNT,
    REPLAY_DONE,
    REPLAY_EVENTS,
    REPLAY_EVIDENCE,
    REPLAY_FILES,
    REPLAY_FORGET,
    REPLAY_FORGET_LATER,
    REPLAY_FORGET_WORDS,
    REPLAY_FORGOTTEN,
    REPLAY_FOUND,
    REPLAY_LINKED,
    REPLAY_NO_FILES,
    REPLAY_NO_RECORDS,
    REPLAY_NOTES,
    REPLAY_NOTHING,
    REPLAY_OTHER,
    REPLAY_REFUSED,
    REPLAY_SKIPPED,
    REPLAY_STRANGERS,
    REPLAY_UNREADABLE,
    REPLAY_WATCH,
    SKIPPED,
)
from schedules.runs.progress import counting
from schedules.terminal import beijing_text, one_line, show, tell, write_json
from schedules.words.language import Words, say
from schedules.words.messages import KIND
from schedules.words.system_faults import system_fault
from storage.errors import FuhanError
from storage.json_forms import dump

if TYPE_CHECKING:
    from schedules.replay.replaying import Replayed
    from schedules.replay.run import Found, ReplayReport

_MOST_HOSTS = 8  # that are named


@click.command("replay")
@click.argument(
    "paths", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path)
)
@click.option("--portal", "portal_name", metavar="NAME")
@click.option("--dry-run", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def replay(
    invocation: Invocation,
    paths: tuple[Path, ...],
    portal_name: str | None,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Reads the files, then puts what they hold of the portals where its dates belong."""
    from schedules.replay.gathering import SUFFIXES, warc_files
    from schedules.replay.run import replay_files

    only = invocation.the_portal(portal_name) if portal_name else None
    try:
        files = warc_files(list(paths))
    except OSError as error:
        raise FuhanError(
            say(REPLAY_UNREADABLE, path=error.filename, reason=system_fault(error))
        ) from error
    if not files:
        raise FuhanError(say(REPLAY_NO_FILES, suffixes=" ".join(SUFFIXES)))
    report = replay_files(
        invocation.config,
        files,
        [only] if only else invocation.portals(),
        only,
        clock=invocation.clock,
        dry_run=dry_run,
        counting=partial(counting, say(REPLAY_WATCH)),
    )
    for path, reason in report.gathered.unreadable:
        tell(say(REPLAY_UNREADABLE, path=path, reason=reason))
    if not report.gathered.records:
        raise FuhanError(say(REPLAY_NO_RECORDS))
    if as_json:
        write_json(dump(report.as_object()))
    else:
        _show(invocation, report)


def _show(invocation: Invocation, report: ReplayReport) -> None:
    gathered, strangers = report.gathered, report.strangers
    show(
        say(
            REPLAY_FILES,
            files=gathered.files,
            records=gathered.records,
            captures=report.captures,
            notes=gathered.notes,
        )
    )
    for found in report.found:
        _show_portal(invocation, found, report.replayed.get(found.portal))
    if gathered.skipped:
        show(say(REPLAY_SKIPPED, kinds=_counts(gathered.skipped)))
    if strangers.captures:
        hosts = [
            say(REPLAY_COUNT, what=host or "?", count=count)
            for host, count in strangers.hosts.most_common(_MOST_HOSTS)
        ]
        tell(invocation.advised(say(REPLAY_STRANGERS, hosts=_listed(hosts))))
    if not report.found:
        tell(say(REPLAY_NOTHING))
    _show_forgotten(invocation, report)


def _show_forgotten(invocation: Invocation, report: ReplayReport) -> None:
    """What was forgotten elsewhere would come back with the next crawl, unless a hand decides."""
    left = [each for done in report.replayed.values() for each in done.notes.forgotten]
    if left:
        tell(say(REPLAY_FORGOTTEN))
    for each in left:
        options = [f"--{kind}" for kind in ("contacts", "text") if kind in each.kinds]
        options += [say(REPLAY_FORGET_WORDS)] if "words" in each.kinds else []
        words = REPLAY_FORGET_LATER if each.letter is None else REPLAY_FORGET
        named = one_line(each.url) if each.letter is None else each.letter
        command = say(words, letter=named, options=" ".join(options))
        tell(invocation.advised(command))


def _show_portal(invocation: Invocation, found: Found, done: Replayed | None) -> None:
    show(
        say(
            REPLAY_FOUND,
            portal=found.portal,
            captures=found.captures,
            addresses=found.addresses,
            first=beijing_text(found.first),
            last=beijing_text(found.last),
        )
    )
    if done is None:
        return
    show(
        say(
            REPLAY_DONE,
            versions=done.versions,
            sightings=done.sightings,
            gone=done.gone,
            known=done.known,
        )
    )
    if done.files:
        show(say(REPLAY_LINKED, count=done.files))
    if done.evidence:
        show(say(REPLAY_EVIDENCE, count=done.evidence))
    if taken := done.notes.taken.total():
        show(say(REPLAY_NOTES, taken=taken))
    if done.notes.refused:
        show(say(REPLAY_REFUSED, refused=done.notes.refused))
    if done.other:
        show(say(REPLAY_OTHER, kinds=_counts(done.other)))
    if done.events:
        kinds = [
            say(REPLAY_COUNT, what=say(KIND[kind.value]), count=count)
            for kind, count in done.events.most_common()
        ]
        show(invocation.advised(say(REPLAY_EVENTS, events=_listed(kinds))))


def _counts(counts: Counter[str]) -> str:
    """`损坏 3、截断 1`, the most frequent first."""
    return _listed(
        [
            say(REPLAY_COUNT, what=say(SKIPPED[kind]), count=count)
            for kind, count in counts.most_common()
        ]
    )


def _listed(parts: list[str]) -> str:
    return one_line(say(Words("、", ", ")).join(parts))
