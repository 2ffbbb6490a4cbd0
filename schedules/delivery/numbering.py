"""Where an event is found in the archive, by the numbers that commands take."""

from __future__ import annotations

from collections.abc import Sequence

from schedules.reports.select import InArchive
from schedules.versions import numbered_versions
from storage.published import PublishedArchive
from storage.records import Event, EventKind, LetterVersion


def in_archive(archive: PublishedArchive, event: Event) -> InArchive:
    """The versions before and after an event, and the capture of what a gone address answered.

    An event counts a copy's versions, commands a letter's; a moved letter's former version stands
    at its former address.
    """
    numbered = numbered_versions(archive, event.letter.id)
    here = _number_here(archive, event, numbered, event.version)
    if event.kind is EventKind.WITHDRAWN:
        return InArchive(before=here, answer=_answer(archive, event, event.url))
    if event.kind is EventKind.MOVED:
        former = [version.number for version in numbered if version.url == event.from_url]
        answer = _answer(archive, event, event.from_url)
        return InArchive(former[-1] if former else None, here, answer)
    if event.kind is not EventKind.CHANGED or here is None:
        return InArchive(after=here)
    # not the one before it: captures from elsewhere may have come between since
    return InArchive(_number_here(archive, event, numbered, event.compared_with), here)


def _number_here(
    archive: PublishedArchive,
    event: Event,
    numbered: Sequence[LetterVersion],
    number: int | None,
) -> int | None:
    """The letter's number of the version that has this one at the event's address."""
    own = {
        version.id
        for version in archive.versions(event.letter.id)
        if (version.url, version.number) == (event.url, number)
    }
    return next((version.number for version in numbered if version.id in own), None)


def _answer(archive: PublishedArchive, event: Event, url: str | None) -> int | None:
    """The newest capture of an address that is no letter, taken up to the event."""
    captures = archive.letter_file(event.letter.id).captures
    answers = [
        number
        for number, fact in enumerate(captures, start=1)
        if fact.url == url and fact.version is None and fact.fetched_at <= event.observed_at
    ]
    return answers[-1] if answers else None
