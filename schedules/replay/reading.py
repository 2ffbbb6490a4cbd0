"""Owns how captures of one portal are read, and how pages are known again by what they say."""

from __future__ import annotations

import logging
from collections import OrderedDict
from dataclasses import dataclass
from typing import TypeVar

from pipelines.letter.letter import parse_letter
from pipelines.page.page import read_parts
from pipelines.parts import PageParts
from pipelines.reader import reader_id
from storage.errors import ArchiveDamaged
from storage.records import Capture, Portal, ReplyLetter, SiteProfile
from storage.replay.replaying import Replay
from storage.replay.timeline import Neighbours, Seen

_log = logging.getLogger("fuhan.replay")

_TEXTS = 200  # versions' letters
_SAID = 100_000  # versions' hashes, some 150 bytes each

Known = TypeVar("Known")


@dataclass(frozen=True, slots=True)
class PageRead:
    """A page as read: `shown` is the neighbour that showed this very letter, if one is known to.

    Without one, `letter` is what the page gives; None where our reader stumbles over it.
    """

    said: int = 0  # the hash, in this process, of all that a letter is read from
    shown: Seen | None = None
    letter: ReplyLetter | None = None


NOT_READ = PageRead()


class CaptureReader:
    """Reads a portal's captures; of most only the furniture differs from the one before, and what
    a version's page said is remembered, so that these need not be read to the end."""

    def __init__(self, replay: Replay, portal: Portal, profile: SiteProfile | None) -> None:
        self.reader = reader_id(portal, profile)
        self._replay = replay
        self._portal = portal
        self._profile = profile
        self._said: OrderedDict[int, int] = OrderedDict()
        self._texts: OrderedDict[int, ReplyLetter] = OrderedDict()

    def read(self, capture: Capture, between: Neighbours) -> PageRead:
        """What a capture shows."""
        try:
            parts = self._parts(capture)
            said = hash(parts.said)
            for seen in (between.before, between.after):
                if seen is not None and self._said.get(seen.version_id) == said:
                    return PageRead(said, seen)
            return PageRead(said, None, parse_letter(parts, self._portal))
        except Exception:  # noqa: BLE001 - a fault of ours in one capture among thousands
            extra = {"portal": self._portal.name, "url": capture.url}
            _log.exception("%s: a capture could not be read", capture.url, extra=extra)
            return NOT_READ

    def remember(self, version_id: int, page: PageRead) -> None:
        """A page showed that version."""
        _put(self._said, version_id, page.said, _SAID)

    def text(self, version_id: int) -> ReplyLetter:
        """What a version says as this reader reads it: like is compared with like."""
        known = self._texts.get(version_id)
        if known is None:
            known = self._read_again(version_id)
            _put(self._texts, version_id, known, _TEXTS)
        return known

    def _parts(self, capture: Capture) -> PageParts:
        return read_parts(
            capture.body, capture.url, self._portal, capture.content_type, self._profile
        )

    def _read_again(self, version_id: int) -> ReplyLetter:
        text = self._replay.version_text(version_id)
        if text.reader == self.reader:
            return text.letter
        try:
            capture = self._replay.version_capture(version_id)
        except ArchiveDamaged:
            return text.letter
        letter = self.read(capture, Neighbours(None, None)).letter if capture else None
        return letter if letter is not None and letter.is_letter else text.letter


def _put(known: OrderedDict[int, Known], version_id: int, what: Known, most: int) -> None:
    """Remembers one more, and forgets the oldest beyond so many."""
    known[version_id] = what
    if len(known) > most:
        known.popitem(last=False)
