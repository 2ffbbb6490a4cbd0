"""`fuhan backup`, `restore` and `upkeep`: the archive kept safe and in shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from schedules.cli.invocation import Invocation
from schedules.runs.progress import counting
from schedules.terminal import one_line, show, tell, write_json
from schedules.upkeep.loss import other_archive
from schedules.upkeep.words import (
    BACKING_UP,
    BACKUP_MADE,
    BACKUP_REMOVED,
    KEEP_NEEDS_FOLDER,
    RESTORED,
    RESTORED_ASIDE,
    RESTORING,
    ROWS,
    UPKEEP_DONE,
    UPKEEP_READ,
)
from schedules.words.language import say
from schedules.words.messages import CANNOT_WRITE_FILE
from schedules.words.record import HEAD
from schedules.words.running import DUE_OR_JSON
from schedules.words.system_faults import system_fault
from storage.errors import FuhanError
from storage.evidence.faults import Head
from storage.json_forms import dump
from storage.upkeep.backup import Backup, back_up
from storage.upkeep.restoring import Restored, restore
from storage.upkeep.upkeep import UpkeepReport, upkeep

_PAGE = 4096  # bytes


@click.command("backup")
@click.argument("path", metavar="PATH")
@click.option("--keep", type=click.IntRange(min=1), metavar="N")
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def backup(invocation: Invocation, path: str, keep: int | None, as_json: bool) -> None:
    """One checked copy; a PATH that ends in / is a directory, made where there is none."""
    archive, target = invocation.config.archive, Path(path)
    if path.endswith("/") and archive.exists():
        _make_folder(target)
    if keep and not target.is_dir():
        raise click.UsageError(say(KEEP_NEEDS_FOLDER, path=path))
    with _counting_pages(say(BACKING_UP), archive) as watch:
        made = back_up(archive, target, invocation.clock(), keep=keep, watch=watch)
    if as_json:
        write_json(dump(backup_object(made)))
        return
    show(say(BACKUP_MADE, path=made.path, size=_megabytes(made.size)))
    _show_content(invocation, made.rows, made.head)
    for old in made.removed:
        show(one_line(say(BACKUP_REMOVED, path=old)))
    if made.of_others:
        tell(other_archive(made.of_others, invocation.typed))


@click.command("restore")
@click.argument("path", type=click.Path(path_type=Path), metavar="PATH")
@click.option("--force", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def restore_backup(invocation: Invocation, path: Path, force: bool, as_json: bool) -> None:
    """The backup in the archive's place, checked; an archive that is there is set aside."""
    archive = invocation.config.archive
    with _counting_pages(say(RESTORING), path) as watch:
        restored = restore(path, archive, invocation.clock(), force=force, watch=watch)
    if as_json:
        write_json(dump(restore_object(restored)))
        return
    show(one_line(say(RESTORED, path=restored.path)))
    _show_content(invocation, restored.rows, restored.head)
    if restored.set_aside:
        show(one_line(say(RESTORED_ASIDE, path=restored.set_aside)))


@click.command("upkeep")
@click.option("--due", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def upkeep_archive(invocation: Invocation, due: bool, as_json: bool) -> int | None:
    """Old runs dropped, the file kept in shape; refused while a crawl is running."""
    archive = invocation.config.archive
    if due and as_json:
        raise click.UsageError(say(DUE_OR_JSON))
    if due:
        from schedules.commands.upkeep_round import do_what_is_due

        return do_what_is_due(invocation)
    if not archive.exists():
        invocation.open_archive().close()  # says that there is none
    report = upkeep(archive, invocation.clock())
    if as_json:
        write_json(dump(upkeep_object(report)))
        return None
    show(
        say(
            UPKEEP_DONE,
            runs=report.runs_removed,
            visits=report.visits_removed,
            before=_megabytes(report.size_before),
            after=_megabytes(report.size_after),
        )
    )
    if not report.wal_emptied:
        tell(say(UPKEEP_READ))
    return None


def backup_object(made: Backup) -> dict[str, Any]:
    """The object `fuhan backup --json` prints."""
    return {
        "v": 1,
        "path": str(made.path),
        "size": made.size,
        "rows": dict(made.rows),
        "head": _head(made.head),
        "removed": [str(path) for path in made.removed],
        "of_others": [str(path) for path in made.of_others],
    }


def restore_object(restored: Restored) -> dict[str, Any]:
    """The object `fuhan restore --json` prints."""
    return {
        "v": 1,
        "path": str(restored.path),
        "set_aside": str(restored.set_aside) if restored.set_aside else None,
        "rows": dict(restored.rows),
        "head": _head(restored.head),
    }


def upkeep_object(report: UpkeepReport) -> dict[str, Any]:
    """The object `fuhan upkeep --json` prints."""
    return {
        "v": 1,
        "runs_removed": report.runs_removed,
        "visits_removed": report.visits_removed,
        "size_before": report.size_before,
        "size_after": report.size_after,
        "wal_emptied": report.wal_emptied,
    }


def _show_content(invocation: Invocation, rows: Mapping[str, int], head: Head) -> None:
    show(say(ROWS, **rows))
    show(invocation.advised(say(HEAD, seq=head.seq, hash=head.hash)))


def _head(head: Head) -> dict[str, Any]:
    return {"sequence": head.seq, "hash": head.hash}


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


def _make_folder(path: Path) -> None:
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FuhanError(say(CANNOT_WRITE_FILE, path=path, reason=system_fault(error))) from error


@contextmanager
def _counting_pages(label: str, file: Path) -> Iterator[Callable[[int, int], None]]:
    """A bar as long as the file is; what watches a copy is told pages done, and all there are."""
    try:
        pages = file.stat().st_size // _PAGE
    except OSError:  # what cannot be read is told by whoever reads it
        pages = 0
    with counting(label, pages) as watch:
        yield lambda done, _: watch(done)
