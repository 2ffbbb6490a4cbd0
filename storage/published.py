"""What of an archive may be read beside a running crawl: published state only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from storage import (
    events,
    export,
    identifications,
    journal,
    letter_files,
    letters,
    settlement,
    status,
    verifying,
)
from storage.captures import load_capture
from storage.clock import Clock
from storage.database import Database
from storage.faults import Findings, Head
from storage.letter_files import LetterFile
from storage.records import (
    Capture,
    CopyEvidence,
    Event,
    LetterRecord,
    LetterVersion,
    Portal,
    PortalStatus,
)


class PublishedArchive:
    """The half of `LetterArchive` that never writes."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def letters(self) -> Iterator[LetterRecord]:
        """Every letter as it now stands, withdrawn ones too."""
        return letters.letters(self._database)

    def letter(self, letter_id: int) -> LetterRecord | None:
        """One letter; an id that was joined gives the letter it was joined into."""
        return letters.letter(self._database, letter_id)

    def find_letters(self, text: str) -> list[LetterRecord]:
        """Letters by id, index number, document number or address."""
        return letters.find_letters(self._database, text)

    def versions(self, letter_id: int) -> list[LetterVersion]:
        """Every version of every copy of a letter, oldest observation first."""
        return letters.versions(self._database, letter_id)

    def changes(self, after: int = 0, portal: str | None = None) -> Iterator[Event]:
        """Published events after a cursor, in the order they were told."""
        return events.changes(self._database, after, portal)

    def events_between(self, since: datetime | None, until: datetime | None) -> Iterator[Event]:
        """Published events observed after `since` and up to `until`."""
        return events.events_between(self._database, since, until)

    def events_of_letter(self, letter_id: int) -> Iterator[Event]:
        """Published events of one letter."""
        return events.events_of_letter(self._database, letter_id)

    def export(self, after: int | None = None) -> Iterator[dict[str, Any]]:
        """Lines of `export --format jsonl`: every letter, or those changed after a cursor."""
        if after is None:
            return export.export_all(self._database)
        return export.export_after(self._database, after)

    def status(self, portals: Sequence[Portal]) -> list[PortalStatus]:
        """How each of the portals stands."""
        return status.portal_statuses(self._database, portals, self._clock())

    def last_run_at(self, portal: str) -> datetime | None:
        """When the portal's last run that ended was started."""
        return status.last_run_at(self._database, portal)

    def blocked_until(self, portal: str) -> datetime | None:
        """When a portal that blocked us may be asked again on schedule."""
        return settlement.blocked_until(self._database, portal)

    def capture(self, capture_id: int) -> Capture | None:
        """A capture with its body as it came."""
        return load_capture(self._database, capture_id)

    def copy_evidence(self, letter_id: int) -> list[CopyEvidence]:
        """Why each copy of a letter is taken to be of it, the oldest copy first."""
        return identifications.copy_evidence(self._database, letter_id)

    def journal_head(self) -> tuple[int, str]:
        """The journal's last number and hash."""
        return journal.head(self._database)

    def verify(
        self,
        *,
        quick: bool = False,
        heads: Iterable[Head] = (),
        watch: Callable[[int], None] = lambda _: None,
    ) -> Findings:
        """Whether the archive holds what was recorded; `quick` reads no capture."""
        return verifying.verify(self._database, quick=quick, heads=heads, watch=watch)

    def captures_to_read(self, *, quick: bool) -> int:
        """How many captures `verify` will read; 0 where they cannot be counted."""
        return verifying.captures_to_read(self._database, quick=quick)

    def letter_file(self, letter_id: int) -> LetterFile:
        """All the archive holds of a letter as evidence: captures and journal entries."""
        return letter_files.letter_file(self._database, letter_id)

    def check_journal(self) -> list[journal.JournalFault]:
        """Recomputes the journal; an empty list is a whole one."""
        return journal.check(self._database)
