"""Owns how a reader of a report looks an event up in the archive: which commands show it."""

from __future__ import annotations

from collections.abc import Iterator

from schedules.reports.file_changes import file_changes
from schedules.reports.select import InArchive
from schedules.reports.words import (
    BOTH_FILES,
    CAPTURE_AFTER,
    CAPTURE_ANSWER,
    CAPTURE_BEFORE,
    FILES_OUT,
    SIDE_BY_SIDE,
    WHOLE_LETTER,
)
from schedules.words.language import Words
from storage.records import Event


def commands(event: Event, place: InArchive) -> Iterator[tuple[str, Words]]:
    """Commands, each with what it shows; a capture is the page as it came."""
    letter, before, after = event.letter.id, place.before, place.after
    with_files = any(file_changes(change)[0] for change in event.fields)
    if diff := diff_command(event, place):
        yield diff, SIDE_BY_SIDE if before and after else BOTH_FILES
    if with_files:
        yield dossier_command(letter), FILES_OUT
    if before:
        yield f"fuhan show {letter} --version {before}", CAPTURE_BEFORE
    if after:
        yield f"fuhan show {letter} --version {after}", CAPTURE_AFTER
    if place.answer:
        yield f"fuhan show {letter} --capture {place.answer}", CAPTURE_ANSWER
    if not (before or after or with_files):
        yield f"fuhan show {letter}", WHOLE_LETTER


def diff_command(event: Event, place: InArchive) -> str | None:
    """What shows how an event changed its letter; None where it did not: it moved as it was."""
    if not event.fields:
        return None
    if place.before and place.after:
        return f"fuhan diff {event.letter.id} {place.before} {place.after}"
    files = any(file_changes(change)[0] for change in event.fields)
    return f"fuhan diff {event.letter.id}" if files else None


def dossier_command(letter_id: int) -> str:
    """What writes a letter's linked files, every content they had, and its captures."""
    return f"fuhan dossier {letter_id} -o fuhan-{letter_id}"
