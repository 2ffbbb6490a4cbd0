"""Owns how a reader of a report looks an event up in the archive: which commands show it."""

from __future__ import annotations

from collections.abc import Iterator

from schedules.reports.select import InArchive
from schedules.reports.words import (
    CAPTURE_AFTER,
    CAPTURE_ANSWER,
    CAPTURE_BEFORE,
    SIDE_BY_SIDE,
    WHOLE_LETTER,
)
from schedules.words import Words
from storage.records import Event


def commands(event: Event, place: InArchive) -> Iterator[tuple[str, Words]]:
    """Commands, each with what it shows; a capture is the page as it came."""
    letter, before, after = event.letter.id, place.before, place.after
    if before and after:
        yield f"fuhan diff {letter} {before} {after}", SIDE_BY_SIDE
    if before:
        yield f"fuhan show {letter} --version {before}", CAPTURE_BEFORE
    if after:
        yield f"fuhan show {letter} --version {after}", CAPTURE_AFTER
    if place.answer:
        yield f"fuhan show {letter} --capture {place.answer}", CAPTURE_ANSWER
    if not (before or after):
        yield f"fuhan show {letter}", WHOLE_LETTER
