"""Which letter and which of its versions a command line means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from schedules.words.language import say
from schedules.words.messages import (
    NO_SUCH_VERSION,
    ONE_VERSION_ONLY,
    SEVERAL_LETTERS,
    UNKNOWN_LETTER,
)
from storage.errors import FuhanError
from storage.published import PublishedArchive
from storage.records import LetterRecord, LetterVersion

Pair = tuple[LetterVersion, LetterVersion]


def the_letter(archive: PublishedArchive, name: str) -> LetterRecord:
    """The letter an id, index number, document number or address names; FuhanError if not one."""
    found = archive.find_letters(name)
    if not found:
        raise FuhanError(say(UNKNOWN_LETTER, name=name))
    if len(found) > 1:
        ids = ", ".join(str(record.id) for record in found)
        raise FuhanError(say(SEVERAL_LETTERS, name=name, ids=ids))
    return found[0]


def numbered_versions(archive: PublishedArchive, letter_id: int) -> list[LetterVersion]:
    """All versions of a letter's copies in the order they were seen, numbered from 1 in it.

    The archive numbers a copy's versions; people name a letter's. With one copy it is the same.
    """
    versions = sorted(archive.versions(letter_id), key=lambda v: (v.observed_at, v.id))
    return [replace(version, number=number) for number, version in enumerate(versions, start=1)]


def choose_versions(
    letter_id: int, versions: Sequence[LetterVersion], first: int | None, second: int | None
) -> Pair:
    """The two versions to compare, by their numbers from 1.

    Without numbers: the last version that followed another of the same copy, and that other one;
    the last two of all where no copy has two. With one number: that version and the last one.
    Raises FuhanError for a number that is not there, or where there is one version only.
    """
    for number in (first, second):
        if number is not None and not 1 <= number <= len(versions):
            message = say(NO_SUCH_VERSION, id=letter_id, number=number, count=len(versions))
            raise FuhanError(message)
    if len(versions) < 2:
        raise FuhanError(say(ONE_VERSION_ONLY, id=letter_id))
    if first is None:
        return _last_pair(versions)
    return versions[first - 1], versions[(second or len(versions)) - 1]


def _last_pair(versions: Sequence[LetterVersion]) -> Pair:
    for position in range(len(versions) - 1, 0, -1):
        after = versions[position]
        for before in reversed(versions[:position]):
            if before.copy_id == after.copy_id:
                return before, after
    return versions[-2], versions[-1]
