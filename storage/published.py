"""What of an archive may be read beside a running crawl: published state only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, BinaryIO, Self

from storage import events, letters
from storage.clock import Clock, system_clock
from storage.database import Database
from storage.evidence import journal
from storage.records import (
    Capture,
    CopyEvidence,
    Event,
    LetterRecord,
    LetterVersion,
    Portal,
    PortalStatus,
)

if TYPE_CHECKING:
    from storage.attachments.records import LetterAttachment
    from storage.evidence.faults import Findings, Head
    from storage.evidence.letter_files import LetterFile
    from storage.export import Snapshot
    from storage.figures import ArchiveFigures
    from storage.outbox.outbox import Outbox
    from storage.outbox.records import LetterNews
    from storage.search.records import Search, SearchHit
    from storage.warc.export import WarcFilter, WarcTally


class PublishedArchive:
    """The half of `LetterArchive` that never writes.

    What only some of its methods need is imported by them: `fuhan changes` begins to print in half
    the time.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    @classmethod
    def open_to_read(cls, path: Path, *, clock: Clock = system_clock) -> Self:
        """Opens an existing archive that will not be written to; a crawl may be running.

        Raises ArchiveError where there is no file, ArchiveDamaged or NewerSchema.
        """
        return cls(Database.open_to_read(path), clock)

    def close(self) -> None:
        """Closes the file."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @cached_property
    def outbox(self) -> Outbox:
        """The messages to people and programs; what of it writes needs an archive open to write."""
        from storage.outbox.outbox import Outbox

        return Outbox(self._database, self._clock)

    def letters(self) -> Iterator[LetterRecord]:
        """Every letter as it now stands, withdrawn ones too."""
        return letters.letters(self._database)

    def rows(self, *, contacts: bool = False) -> Iterator[dict[str, Any]]:
        """Every letter as a row of a table: `pandas.DataFrame(archive.rows())`.

        The keys are those of `letters --json`; dates are `date`, instants aware `datetime`s,
        several values lists. Contact lines, which are personal data, only where asked for.
        """
        from storage import export

        return export.table_rows(self._database, contacts=contacts)

    def letter(self, letter_id: int) -> LetterRecord | None:
        """One letter; an id that was joined gives the letter it was joined into."""
        return letters.letter(self._database, letter_id)

    def find_letters(self, text: str) -> list[LetterRecord]:
        """Letters by id, index number, document number or address."""
        return letters.find_letters(self._database, text)

    def search(self, asked: Search, *, ranked: bool = False) -> Iterator[SearchHit]:
        """Letters as they now stand that hold what is asked for, newest or best first.

        Stop when enough came: what is behind it is not looked at.
        """
        from storage.search import query as search

        return search.search(self._database, asked, ranked=ranked)

    def is_indexing(self) -> bool:
        """Whether letters of an archive from before the index still wait to be found."""
        from storage.search import query as search

        return search.is_indexing(self._database)

    def portals_known(self) -> list[str]:
        """Names of the portals that were ever crawled into the archive."""
        from storage.search import query as search

        return search.portals_known(self._database)

    def agency_names(self) -> dict[str, tuple[str, ...]]:
        """By portal what its agency is called, its name first, as its file had it when it was
        crawled last."""
        from storage import listing

        return listing.agency_names(self._database)

    def versions(self, letter_id: int) -> list[LetterVersion]:
        """Every version of every copy of a letter, oldest observation first."""
        return letters.versions(self._database, letter_id)

    def changes(
        self, after: int = 0, portal: str | None = None, *, replayed: bool = False
    ) -> Iterator[Event]:
        """Published events after a cursor, in the order they were told; those of replays on
        request.

        Raises ArchiveError where the archive has not come to the cursor.
        """
        from storage.export import known_cursor

        after = known_cursor(self._database, after)
        return events.changes(self._database, after, portal, replayed=replayed)

    def held_changes(self, portal: str | None = None) -> Iterator[Event]:
        """What the circuit breaker holds back, as it would be told; each with cursor 0."""
        return events.held_changes(self._database, portal)

    def events_between(self, since: datetime | None, until: datetime | None) -> Iterator[Event]:
        """Published events observed after `since` and up to `until`."""
        return events.events_between(self._database, since, until)

    def events_of_letter(self, letter_id: int) -> Iterator[Event]:
        """Published events of one letter."""
        return events.events_of_letter(self._database, letter_id)

    @contextmanager
    def snapshot(self) -> Iterator[Snapshot]:
        """The archive at this moment, to hand on letters and the cursor that goes with them."""
        from storage.export import Snapshot

        with self._database.reading():
            yield Snapshot(self._database)

    def export(
        self, after: int | None = None, *, contacts: bool = False
    ) -> Iterator[dict[str, Any]]:
        """Lines of `export --format jsonl`: every letter, or those changed after a cursor.

        Raises ArchiveError where the archive has not come to the cursor.
        """
        with self.snapshot() as snapshot:
            yield from snapshot.export(after, contacts=contacts)

    def letter_news(self, after: int, limit: int) -> tuple[list[LetterNews], int]:
        """The next published events after a cursor, each with its letter's record: for sinks.

        And the cursor to go on from.
        """
        from storage.outbox import following

        return following.letter_news(self._database, after, limit)

    def last_cursor(self) -> int:
        """The cursor of the last published event; 0 before the first."""
        from storage import export

        return export.last_cursor(self._database)

    def cursor_before(self, since: datetime) -> int:
        """The cursor behind which every event observed after `since` stands."""
        return events.cursor_before(self._database, since)

    def status(self, portals: Sequence[Portal]) -> list[PortalStatus]:
        """How each of the portals stands."""
        return self.status_of(portal.name for portal in portals)

    def status_of(self, names: Iterable[str]) -> list[PortalStatus]:
        """How the portals of these names stand."""
        from storage import status

        return status.portal_statuses(self._database, names, self._clock())

    def figures(self) -> ArchiveFigures:
        """The archive in numbers, for monitoring."""
        from storage.figures import archive_figures

        return archive_figures(self._database)

    def last_run_at(self, portal: str) -> datetime | None:
        """When the portal's last run that ended was started."""
        from storage import status

        return status.last_run_at(self._database, portal)

    def blocked_until(self, portal: str) -> datetime | None:
        """When a portal that blocked us may be asked again on schedule."""
        from storage import settlement

        return settlement.blocked_until(self._database, portal)

    def capture(self, capture_id: int) -> Capture | None:
        """A capture with its body as it came."""
        from storage.captures import load_capture

        return load_capture(self._database, capture_id)

    def letter_attachments(self, letter_id: int) -> list[LetterAttachment]:
        """The files every copy of a letter links to, with the contents they were seen with."""
        from storage.attachments import lineage as attachment_lineage

        return attachment_lineage.letter_attachments(self._database, letter_id)

    def attachment_body(self, version_id: int) -> bytes | None:
        """A file's bytes as they came, by the id of its version."""
        from storage.attachments import lineage as attachment_lineage

        return attachment_lineage.attachment_body(self._database, version_id)

    def planned_files(self, copy_ids: Iterable[int], most: int) -> int:
        """How many files these copies link to, the first `most` of each, each address once."""
        from storage.attachments import lineage as attachment_lineage

        return attachment_lineage.count_files(self._database, copy_ids, most)

    def write_warc(
        self, out: BinaryIO, *, filename: str, software: str, chosen: WarcFilter | None = None
    ) -> WarcTally:
        """Writes captures as a WARC file; all, or those chosen."""
        from storage.warc.export import write_warc

        now = self._clock()
        return write_warc(
            self._database, out, filename=filename, software=software, now=now, chosen=chosen
        )

    def copy_evidence(self, letter_id: int) -> list[CopyEvidence]:
        """Why each copy of a letter is taken to be of it, the oldest copy first."""
        from storage.identity import identifications

        return identifications.copy_evidence(self._database, letter_id)

    def journal_head(self) -> tuple[int, str]:
        """The journal's last number and hash."""
        return journal.head(self._database)

    def last_recorded_at(self) -> datetime | None:
        """When the journal's last entry was made; None before the first."""
        from storage.evidence import journal

        return journal.last_recorded_at(self._database)

    def archive_name(self) -> str:
        """What tells this archive from others for good: the journal's first hash, 64 digits."""
        return journal.archive_name(self._database)

    def verify(
        self,
        *,
        quick: bool = False,
        heads: Iterable[Head] = (),
        watch: Callable[[int], None] = lambda _: None,
    ) -> Findings:
        """Whether the archive holds what was recorded; `quick` reads no capture."""
        from storage.evidence import verifying

        return verifying.verify(self._database, quick=quick, heads=heads, watch=watch)

    def captures_to_read(self, *, quick: bool) -> int:
        """How many captures `verify` will read; 0 where they cannot be counted."""
        from storage.evidence import verifying

        return verifying.captures_to_read(self._database, quick=quick)

    def letter_file(self, letter_id: int) -> LetterFile:
        """All the archive holds of a letter as evidence: captures and journal entries."""
        from storage.evidence import letter_files

        return letter_files.letter_file(self._database, letter_id)

    def has_forgotten(self, letter_id: int) -> bool:
        """Whether anything was forgotten of a letter: what is kept of it is not all."""
        from storage.forget.rules import has_rules

        return has_rules(self._database, letter_id)

    def check_structure(self) -> None:
        """Looks through the file's pages, not at what they hold; ArchiveDamaged where broken."""
        self._database.check_structure()

    def count_letters(self) -> int:
        """How many letters there are, withdrawn ones too."""
        return letters.count_letters(self._database)

    def check_journal(self) -> list[journal.JournalFault]:
        """Recomputes the journal; an empty list is a whole one."""
        return journal.check(self._database)
