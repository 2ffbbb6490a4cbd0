"""Which events a report, a sink or the feed tells: by portal, agency, kind and words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fnmatch import fnmatchcase

from schedules.config.telling import Selection
from storage.published import PublishedArchive
from storage.records import Event, Portal, ReplyLetter

AgencyNames = Mapping[str, Sequence[str]]
"""By portal what its agency is called: its name first, then the aliases."""


def agency_names(archive: PublishedArchive, portals: Sequence[Portal]) -> AgencyNames:
    """What the portals' files call their agencies.

    Of a portal that is left out, its file being wrong, what it said when it was crawled last: who
    waits for an agency by its name would else miss what it published meanwhile, for good.
    """
    present = {portal.name: (portal.agency, *portal.aliases) for portal in portals}
    return {**archive.agency_names(), **present}


def is_wanted(
    event: Event, selection: Selection, archive: PublishedArchive, agencies: AgencyNames
) -> bool:
    """Whether an event is to be told, its significance aside; see `wants_letter`."""
    if not is_named(event.portal, selection.portals):
        return False
    if not (selection.agencies or selection.kinds or selection.words):
        return True
    record = archive.letter(event.letter.id)
    if record is None:
        return False
    return wants_letter(
        record.letter, event.portal, selection, agencies.get(event.portal, ()), event
    )


def wants_letter(
    letter: ReplyLetter,
    portal: str,
    selection: Selection,
    agency: Sequence[str],
    event: Event | None = None,
) -> bool:
    """Whether a letter is to be told of: by portal, agency, kind and words, all of which hold.

    An agency is wanted by one of the names the portal has for it (`agency`), or the letter's own
    `issuing_agency`; a word where the letter's title, body or annex has it, widths aside, or had
    it before or after the event: that a word was struck out is what its reader waits for.
    """
    if not is_named(portal, selection.portals):
        return False
    names = [letter.issuing_agency or "", *agency]
    words = [unicodedata.normalize("NFKC", word).casefold() for word in selection.words]
    return (
        (not selection.agencies or any(is_named(name, selection.agencies) for name in names))
        and (not selection.kinds or letter.submission_kind in selection.kinds)
        and (not words or _has_word([letter.title, letter.text, *_texts(event)], words))
    )


def is_named(name: str, patterns: Sequence[str]) -> bool:
    """Whether one of the patterns (`cq-*`) fits a name."""
    return any(fnmatchcase(name, pattern) for pattern in patterns)


def _texts(event: Event | None) -> Iterator[str]:
    """Title, body and annex before and after an event that changed them."""
    for change in event.fields if event else ():
        if change.field in ("title", "body", "annex"):
            for value in (change.before, change.after):
                yield from map(str, value if isinstance(value, list) else filter(None, [value]))


def _has_word(texts: Iterable[str | None], words: Sequence[str]) -> bool:
    folded = (unicodedata.normalize("NFKC", text).casefold() for text in texts if text)
    return any(word in text for text in folded for word in words)
