"""Every copy's last capture read again by the present reader: a better reader is no change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from pipelines.compare import NOT_COMPARED
from pipelines.read import read_page
from pipelines.reader import reader_id
from storage.archive import LetterArchive
from storage.errors import ArchiveDamaged
from storage.json_forms import LETTER_FIELDS
from storage.records import Portal, ReplyLetter, SiteProfile


@dataclass(slots=True)
class Reread:
    """What reading a portal's letters again came to."""

    portal: str
    read: int = 0
    changed: int = 0
    fields: Counter[str] = field(default_factory=Counter)  # that read otherwise
    lost: int = 0  # give no letter now: kept as they were read
    damaged: int = 0


def reread_portal(
    archive: LetterArchive,
    portal: Portal,
    profile: SiteProfile | None,
    copy_ids: list[int],
    watch: Callable[[int], None] = lambda _: None,
) -> Reread:
    """Reads the copies again and adds readings where they differ; one page in memory at a time.

    What is done is not done again where this is interrupted. `watch` is told how many are done.
    Raises ArchiveErrors, but not for a damaged capture.
    """
    result = Reread(portal.name)
    for done, copy_id in enumerate(copy_ids, start=1):
        _reread(archive, portal, profile, copy_id, result)
        watch(done)
    return result


def copies_to_reread(
    archive: LetterArchive, portal: Portal, profile: SiteProfile | None
) -> list[int]:
    """The portal's copies that another reader read last."""
    return archive.copies_read_otherwise(portal.name, reader_id(portal, profile))


def _reread(
    archive: LetterArchive,
    portal: Portal,
    profile: SiteProfile | None,
    copy_id: int,
    result: Reread,
) -> None:
    history = archive.history(copy_id)
    try:
        capture = archive.last_capture(copy_id)
    except ArchiveDamaged:
        result.damaged += 1
        return
    if capture is None or history.version_id is None or history.reading is None:
        return
    result.read += 1
    letter = read_page(capture.body, capture.url, portal, capture.content_type, profile).letter
    if not letter.is_letter:
        result.lost += 1
        return
    fields = differing_fields(history.reading, letter)
    result.changed += bool(fields)
    result.fields.update(fields)
    archive.add_reading(history.version_id, letter, reader_id(portal, profile))


def differing_fields(before: ReplyLetter, after: ReplyLetter) -> list[str]:
    """Fields of `clean` that two readings of one capture differ in."""
    return [
        name
        for name in LETTER_FIELDS
        if name not in NOT_COMPARED and getattr(before, name) != getattr(after, name)
    ]
