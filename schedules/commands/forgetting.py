"""`fuhan forget`: what a person or an office asks to have removed, removed and journaled."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from schedules.cli.invocation import Invocation
from schedules.terminal import one_line, show, tell, write_json
from schedules.upkeep.forget_plan import Elsewhere, ForgetPlan, plan_forgetting
from schedules.upkeep.words import (
    ABORTED,
    ASK_FORGET,
    FORGET_BACKUP,
    FORGET_CONTACT,
    FORGET_COUNTS,
    FORGET_ELSEWHERE,
    FORGET_FILES_LEFT,
    FORGET_KINDS,
    FORGET_KNOWN,
    FORGET_LATER,
    FORGET_LETTER,
    FORGET_NOTHING,
    FORGET_NOWHERE,
    FORGET_UNASKED,
    FORGET_WORD,
    FORGOT,
    GUARDED,
    NO_BACKUPS,
    NOT_AN_ARCHIVE,
    NOT_NAMED_SO,
    NOTHING_FORGOTTEN,
    SHORT_WORD,
    WHAT_TO_FORGET,
)
from schedules.versions import the_letter
from schedules.words.language import COMMA, say
from schedules.words.messages import UNTITLED
from storage.archive import LetterArchive
from storage.errors import FuhanError
from storage.forget.cutting import SHORTEST, Word
from storage.forget.forgetting import Forgotten, Request
from storage.json_forms import dump
from storage.lock import crawl_lock
from storage.upkeep.backup import dated_backups, is_archive

_MOST_IDS = 20  # of letters that hold a word, too; an office's telephone stands in hundreds


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
        asked = _with_contacts(archive, record.id, requests)
        plan = plan_forgetting(archive, record, asked, files, guard=guard)
        if not as_json:
            _show_plan(plan)
        if dry_run:
            _end(plan, plan.tried, done=False, as_json=as_json)
            return None
        _ask(yes or plan.is_empty)
        copies = archive.copies_with_keys(record.id)
        reports = [archive.forget(record.id, request) for request in plan.requests]
        in_backups = [
            report
            for file in files
            for report in archive.forget_in_backup(
                file, copies, plan.requests, if_found=plan.left_out
            )
        ]
        if plan.requests or plan.known:  # what was forgotten before may not have been scrubbed
            archive.scrub()
    done = bool(plan.requests) or any(report.found for report in in_backups)
    _end(plan, reports, done=done, as_json=as_json)
    return None if done or plan.known else 1


def forget_object(plan: ForgetPlan, reports: Sequence[Forgotten], *, done: bool) -> dict[str, Any]:
    """The object `fuhan forget --json` prints."""
    return {
        "v": 1,
        "letter": plan.record.id,
        "done": done,
        "removed": [
            {
                "kind": report.kind,
                "readings": report.count("readings"),
                "events": report.count("events"),
                "captures": report.count("captures"),
                "files": report.count("attachment_contents"),
                "files_remaining": report.remaining,
            }
            for report in reports
        ],
        "not_found": plan.nowhere,
        "forgotten_before": plan.forgotten_before,
        "also_in": [
            {"word": other.word, "letters": list(other.letters)} for other in plan.elsewhere
        ],
        "backups": [str(path) for path in plan.files],
    }


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


def _show_plan(plan: ForgetPlan) -> None:
    title = plan.record.letter.title or say(UNTITLED)
    show(one_line(say(FORGET_LETTER, id=plan.record.id, title=title)))
    for request, report in zip(plan.requests, plan.tried, strict=True):
        show(say(FORGET_KINDS[request.kind]))
        line = FORGET_CONTACT if request.kind == "contacts" else FORGET_WORD
        for word in request.words:
            show("    " + one_line(say(line, word=word)))
        show("    " + _counts(report))
        if report.remaining:
            show("    " + say(FORGET_FILES_LEFT, count=report.remaining))
    for word in plan.nowhere:
        show(one_line(say(FORGET_NOWHERE, word=word)))
    for word in plan.forgotten_before:
        show(one_line(say(FORGET_KNOWN, word=word)))
    for other in plan.elsewhere:
        show(one_line(_elsewhere(other)))
    for path in plan.files:
        show(one_line(say(FORGET_BACKUP, path=path)))


def _elsewhere(other: Elsewhere) -> str:
    shown = [str(number) for number in other.letters[:_MOST_IDS]]
    if len(other.letters) > _MOST_IDS:
        shown.append("…")
    letters = say(COMMA).join(shown)
    return say(FORGET_ELSEWHERE, word=other.word, count=len(other.letters), letters=letters)


def _counts(report: Forgotten) -> str:
    if not any(report.cut.values()):
        return say(FORGET_NOTHING)
    return say(
        FORGET_COUNTS,
        readings=report.count("readings"),
        events=report.count("events"),
        captures=report.count("captures"),
        files=report.count("attachment_contents"),
    )


def _ask(yes: bool) -> None:
    """Goes on only with a person's consent; a usage error where there is none to ask."""
    if yes:
        return
    if not sys.stdin.isatty():
        raise click.UsageError(say(FORGET_UNASKED))
    if not click.confirm(say(ASK_FORGET), err=True):
        raise FuhanError(say(ABORTED))


def _end(plan: ForgetPlan, reports: Sequence[Forgotten], *, done: bool, as_json: bool) -> None:
    if as_json:
        write_json(dump(forget_object(plan, reports, done=done)))
        return
    if done:
        cut = any(report.found for report in reports) or not plan.requests
        show(say(FORGOT if cut else GUARDED, id=plan.record.id))
        tell(say(FORGET_LATER))
    elif plan.nowhere and not plan.requests:
        named = say(COMMA).join(f"“{word}”" for word in plan.nowhere)
        tell(one_line(say(NOTHING_FORGOTTEN, missing=named)))
