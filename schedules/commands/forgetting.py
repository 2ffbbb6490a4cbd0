"""`fuhan forget`: what a person or an office asks to have removed, removed and journaled."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from schedules.cli.invocation import Invocation
from schedules.terminal import one_line, show, tell
from schedules.upkeep.forget_plan import ForgetPlan, plan_forgetting
from schedules.upkeep.forget_view import show_end, show_plan
from schedules.upkeep.words import (
    ABORTED,
    ASK_FORGET,
    BACKUP_NOT_CUT,
    FORGET_NOTE_CUT,
    FORGET_UNASKED,
    FORGOT_BEFORE,
    NO_BACKUPS,
    NOT_AN_ARCHIVE,
    NOT_NAMED_SO,
    SHORT_WORD,
    WHAT_TO_FORGET,
)
from schedules.versions import the_letter
from schedules.words.language import say
from storage.archive import LetterArchive
from storage.errors import ArchiveError, FuhanError
from storage.forget.cutting import SHORTEST, Word
from storage.forget.forgetting import Forgotten, Request, without_words
from storage.lock import crawl_lock
from storage.upkeep.backup import dated_backups, is_archive


@click.command("forget")
@click.argument("letter", metavar="ID")
@click.option("--contacts", is_flag=True)
@click.option("--text", is_flag=True)
@click.option("--words", multiple=True, metavar="WORD")
@click.option("--guard", is_flag=True)
@click.option("--backup", "backups", type=click.Path(path_type=Path), multiple=True, metavar="PATH")
@click.option("--note", metavar="TEXT")
@click.option("--dry-run", is_flag=True)
@click.option("--yes", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
@click.pass_obj
def forget(
    invocation: Invocation,
    letter: str,
    contacts: bool,
    text: bool,
    words: tuple[str, ...],
    guard: bool,
    backups: tuple[Path, ...],
    note: str | None,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> int | None:
    """Shows what would go, asks, removes it, and writes the files anew without it.

    Words that stand nowhere are told, and left alone unless `guard` asks for them: a name that is
    not spelt as on the page must not pass for removed. 1 where nothing was done.
    """
    requests = _requests(contacts, text, words, note)
    files = _backup_files(invocation.config.archive, backups)
    with _archive(invocation) as archive:
        record = the_letter(archive, letter)
        if not dry_run:  # a file that cannot be written anew keeps what is cut out of it
            archive.check_structure()
        asked = _with_contacts(archive, record.id, requests)
        kept_note = without_words(note, asked) if note else None
        asked = [replace(request, note=kept_note) for request in asked]
        plan = plan_forgetting(archive, record, asked, files, guard=guard)
        if not as_json:
            show_plan(plan)
            if kept_note != note:
                show(say(FORGET_NOTE_CUT))
        if dry_run:
            show_end(plan, plan.tried, done=False, found=False, as_json=as_json)
            return None
        _ask(yes or plan.is_empty)
        cut_before = archive.has_forgotten(record.id)
        reports = _remove(archive, plan)
        in_backups, untouched = _remove_from_backups(archive, plan)
    done = bool(plan.requests) or any(report.found for report in in_backups)
    cut_files = tuple(file for file in plan.files if file not in untouched)
    found = any(report.found for report in (*reports, *in_backups))
    show_end(replace(plan, files=cut_files), reports, done=done, found=found, as_json=as_json)
    if cut_before and (plan.requests or plan.known) and not (found or as_json):
        show(say(FORGOT_BEFORE))
    for error in untouched.values():
        raise error
    return None if done or plan.known else 1


def _remove(archive: LetterArchive, plan: ForgetPlan) -> list[Forgotten]:
    """What was cut out of the archive, whose file is written anew."""
    reports = [archive.forget(plan.record.id, request) for request in plan.requests]
    if plan.requests or plan.known:  # what was forgotten before may not have been scrubbed
        archive.scrub()
    return reports


def _remove_from_backups(
    archive: LetterArchive, plan: ForgetPlan
) -> tuple[list[Forgotten], dict[Path, ArchiveError]]:
    """What was cut out of the backups named, and those that could not be cut: a damaged one does
    not keep the others from being."""
    copies = archive.copies_with_keys(plan.record.id)
    reports: list[Forgotten] = []
    untouched: dict[Path, ArchiveError] = {}
    for file in plan.files:
        try:
            reports += archive.forget_in_backup(file, copies, plan.requests, if_found=plan.left_out)
        except ArchiveError as error:
            untouched[file] = error
            tell(one_line(say(BACKUP_NOT_CUT, path=file)))
    return reports, untouched


def _requests(
    contacts: bool, text: bool, words: tuple[str, ...], note: str | None
) -> list[Request]:
    for word in words:
        if len(Word(word).folded) < SHORTEST:
            raise click.UsageError(say(SHORT_WORD, word=word, count=SHORTEST))
    requests = []
    if contacts:
        requests.append(Request("contacts", note=note))
    if words:
        requests.append(Request("words", words, note))
    if text:
        requests.append(Request("text", note=note))
    if not requests:
        raise click.UsageError(say(WHAT_TO_FORGET))
    return requests


def _backup_files(archive: Path, named: Sequence[Path]) -> list[Path]:
    files: list[Path] = []
    for path in named:
        if path.is_dir():
            found = dated_backups(archive, path)
            if not found:
                raise FuhanError(say(NO_BACKUPS, path=path))
            files += found
            _tell_of_others(archive, path, named=(*named, *found))
        elif not is_archive(path) or (archive.exists() and path.samefile(archive)):
            raise FuhanError(say(NOT_AN_ARCHIVE, path=path))
        else:
            files.append(path)
    return list(dict.fromkeys(files))


def _tell_of_others(archive: Path, folder: Path, named: Sequence[Path]) -> None:
    """Who names a folder may take all archives in it to be cut: those that are not are told."""
    known = {path.resolve() for path in (archive, *named)}
    for path in sorted(folder.iterdir()):
        if path.resolve() not in known and path.is_file() and is_archive(path):
            tell(one_line(say(NOT_NAMED_SO, path=path)))


@contextmanager
def _archive(invocation: Invocation) -> Iterator[LetterArchive]:
    path = invocation.config.archive
    invocation.open_archive().close()  # says that there is none, and makes none
    with crawl_lock(path), LetterArchive.open(path, clock=invocation.clock) as archive:
        yield archive


def _with_contacts(
    archive: LetterArchive, letter_id: int, requests: Sequence[Request]
) -> list[Request]:
    """A backup may hold the same lines under a reader that did not take them for contacts."""
    lines = archive.contacts_of(letter_id)
    return [
        replace(request, words=lines) if request.kind == "contacts" else request
        for request in requests
    ]


def _ask(yes: bool) -> None:
    """Goes on only with a person's consent; a usage error where there is none to ask."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise click.UsageError(say(FORGET_UNASKED))
    if not click.confirm(say(ASK_FORGET), err=True):
        raise FuhanError(say(ABORTED))
