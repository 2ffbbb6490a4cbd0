"""The archive: everything read or written goes through `LetterArchive`, plain values in and out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import Self

from storage import copies, listing, pages, profiles, rejected, settlement, versions
from storage.attachments import files as attachment_files
from storage.attachments import links as attachment_links
from storage.attachments.records import DueFile, FileVisit
from storage.clock import Clock, system_clock
from storage.database import PAGES_FREED, Database
from storage.errors import ArchiveError
from storage.forget import forgetting
from storage.gathering import Gathering
from storage.identity import decisions, replaced
from storage.policies import Compare, Confirmation
from storage.published import PublishedArchive
from storage.records import (
    Capture,
    Change,
    CopyHistory,
    DuePage,
    ListColumn,
    ListedLink,
    ListWalk,
    Outcome,
    PageVisit,
    Portal,
    ReplyLetter,
    Run,
    RunSummary,
    SiteProfile,
    Why,
)
from storage.replay.replaying import Replay, portals_at
from storage.replay.telling import tell_left
from storage.search import index as search_index
from storage.search.waiting import indexing_at_end


class LetterArchive(PublishedArchive):
    """One archive file. What writes must hold the run lock (`storage/lock.py`).

    Visits are gathered and committed together (`storage/gathering.py`), at the latest before the
    next other write or look at what is due; a crash loses at most those, and they are asked for
    again.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        super().__init__(database, clock)
        self._gathering = Gathering(database)
        self._min_letters: dict[str, int] = {}
        self._with_files: set[int] = set()  # copies read since what is due was looked at
        self._keep_all_captures = False

    @classmethod
    def open(
        cls, path: Path, *, clock: Clock = system_clock, keep_all_captures: bool = False
    ) -> Self:
        """Opens an archive to write, making or migrating the file where needed.

        `keep_all_captures` also keeps those in which only the page around the letter changed.
        Raises ArchiveLocked, ArchiveFull, ArchiveDamaged, NewerSchema or ArchiveError.
        """
        archive = cls(Database.open_to_write(path), clock)
        search_index.catch_up(archive._database)
        archive._keep_all_captures = keep_all_captures
        return archive

    def close(self) -> None:
        """Commits what was gathered, gives much free room back and closes the file."""
        try:
            self._flush()
            with suppress(ArchiveError):
                self._database.give_back(PAGES_FREED)
        finally:
            self._database.close()

    # --- crawling ----------------------------------------------------------------------------

    def begin_run(self, portal: Portal, *, full: bool) -> Run:
        """Opens a run of a portal; one that was killed before is marked as interrupted.

        What a killed replay of it left untold is told first, as history: it is no news of this run.
        """
        self._flush()
        tell_left(self._database, portal.name, self._clock())
        self._min_letters[portal.name] = portal.min_letters
        return listing.begin_run(self._database, portal, self._clock(), full=full)

    def last_complete_walk(self, portal: str, column_url: str) -> datetime | None:
        """When a column was last read to its end."""
        return listing.last_complete_walk(self._database, portal, column_url)

    def save_listing(self, run: Run, column: ListColumn, links: Sequence[ListedLink]) -> int:
        """Records one list page; gives how many of its addresses were not known before."""
        self._flush()
        return listing.save_listing(self._database, run, column, links, self._clock())

    def add_address(self, run: Run, url: str) -> None:
        """Makes an address known that no list shows, due at once."""
        self._flush()
        listing.add_address(self._database, run, url, self._clock())

    def end_walk(self, run: Run, walk: ListWalk) -> int:
        """Closes the walk of the lists; gives how many pages are due now."""
        self._flush()
        return listing.end_walk(self._database, run, walk, self._clock())

    def due_pages(
        self,
        run: Run,
        limit: int = 100,
        kinds: Sequence[Why] = (Why.NEW, Why.GONE, Why.DUE),
        beside: Collection[int] = (),
    ) -> list[DuePage]:
        """The next addresses to ask for, due for one of these reasons, in this order.

        Copies in `beside` are left out. Empty when the run has done all it should.
        """
        self._flush()
        return listing.due_pages(self._database, run, self._clock(), limit, kinds, beside)

    def count_pages(self, portal: str) -> int:
        """How many addresses of letters a portal is known to have."""
        return listing.count_pages(self._database, portal)

    def planned_pages(self, portal: str, *, full: bool) -> Iterator[DuePage]:
        """Every known address a run begun now would ask for, before its lists show others."""
        return listing.planned_pages(self._database, portal, self._clock(), full=full)

    def history(self, copy_id: int) -> CopyHistory:
        """What is known of a copy, and the reading to compare its page with."""
        self._flush(of=copy_id)
        return copies.history(self._database, copy_id)

    def last_capture(self, copy_id: int) -> Capture | None:
        """The capture of the version `history` compares with."""
        self._flush(of=copy_id)
        return copies.last_capture(self._database, copy_id)

    def save_unchanged(self, visit: PageVisit, due_at: datetime) -> None:
        """Records a visit that brought nothing new; committed with others."""
        keep_at = self._clock() if self._keep_all_captures else None
        self._gather(visit, lambda: pages.save_unchanged(self._database, visit, due_at, keep_at))

    def save_refusal(
        self, visit: PageVisit, outcome: Outcome, due_at: datetime, *, reader: str | None = None
    ) -> None:
        """Records a visit that gave no letter; the capture is kept as evidence."""
        now = self._clock()
        self._gather(
            visit, lambda: pages.save_refusal(self._database, visit, outcome, due_at, reader, now)
        )

    def save_letter(
        self,
        visit: PageVisit,
        reading: ReplyLetter,
        reader: str,
        change: Change | None,
        due_at: datetime,
    ) -> None:
        """Records a new or changed letter: capture, version and pending event in one go.

        Committed twice by one run, the same capture makes one version and one event.
        """
        now = self._clock()
        if reading.attachments:
            self._with_files.add(visit.copy_id)
        self._gather(
            visit,
            lambda: pages.save_letter(self._database, visit, reading, reader, change, due_at, now),
        )

    def letter_in_place(self, visit: PageVisit, reading: ReplyLetter) -> str | None:
        """The address of the known letter that a page, so read, shows in place of its own.

        That one is due in this run, too.
        """
        self._flush()
        return replaced.letter_in_place(self._database, visit, reading)

    # --- files linked from letters -----------------------------------------------------------

    def has_files(self, copy_id: int) -> bool:
        """Whether a copy links to a file, visits that wait to be committed included."""
        return copy_id in self._with_files or attachment_links.has_links(self._database, copy_id)

    def due_files(
        self,
        run: Run,
        limit: int,
        *,
        most: int,
        copy_id: int | None = None,
        beside: Collection[str] = (),
    ) -> list[DueFile]:
        """The files to ask for now: of one copy, or whatever is due of the portal.

        The first `most` of each letter; `beside` are keys of addresses to leave out.
        """
        self._flush()
        self._with_files.clear()
        return attachment_links.due_files(
            self._database, run, limit, most=most, copy_id=copy_id, beside=beside
        )

    def save_file(self, visit: FileVisit) -> None:
        """Records a visit to a linked file: its state, or a version with its pending event."""
        now = self._clock()
        size = len(visit.capture.body) if visit.capture else 0
        self._gathering.add(
            None, lambda: attachment_files.save_file(self._database, visit, now), size=size
        )

    def add_reading(self, version_id: int, reading: ReplyLetter, reader: str) -> None:
        """Adds what a better reader made of a version; no event, no new version."""
        now = self._clock()
        self._gathering.add(
            None, lambda: versions.add_reading(self._database, version_id, reading, reader, now)
        )

    def settle(
        self, run: Run, walk: ListWalk, compare: Compare, confirmation: Confirmation
    ) -> RunSummary:
        """Ends a run: presence decided, its events published or held, in one transaction."""
        self._flush()
        return settlement.settle(
            self._database,
            run,
            walk,
            compare,
            confirmation,
            self._clock(),
            min_letters=self._min_letters.get(run.portal, 0),
        )

    def accept_held(self, portal: str) -> int:
        """Publishes what the circuit breaker holds back of a portal; gives how many events."""
        return settlement.accept_held(self._database, portal, self._clock())

    def reject_held(self, portal: str) -> int:
        """Takes back what is held of a portal as misread; gives how many events."""
        return settlement.reject_held(self._database, portal, self._clock())

    def reconsider(self, portal: str) -> int:
        """Undoes rejections: the next run compares those pages anew; gives how many events."""
        return rejected.reconsider(self._database, portal, self._clock())

    def replay(self, portal: Portal, source: str) -> Replay:
        """Begins to take in captures of a portal from elsewhere; `source` names them."""
        self._flush()
        return Replay(self._database, self._clock, portal, source)

    @contextmanager
    def replaying(self) -> Iterator[None]:
        """A whole replay: its letters are found when all of it is through, or at the next start
        where it was stopped."""
        with indexing_at_end(self._database):
            yield

    @contextmanager
    def replaying_some(self) -> Iterator[None]:
        """A durable write of many captures from elsewhere; those that are through are kept
        where one fails."""
        with self._database.writing_each():
            yield

    @contextmanager
    def replaying_one(self) -> Iterator[None]:
        """One capture of them, whole or not at all."""
        with self._database.part():
            yield

    def portals_at(self, url: str) -> list[str]:
        """Names of the portals that have a copy at an address."""
        return portals_at(self._database, url)

    # --- profiles of portals' pages ----------------------------------------------------------

    def profile(self, portal: str) -> SiteProfile | None:
        """What was learnt of a portal's pages last, without containers where nothing could be."""
        return profiles.current_profile(self._database, portal)

    def save_profile(self, portal: str, profile: SiteProfile) -> bool:
        """Adds a profile between two runs; false where it equals the one before."""
        self._flush()
        return profiles.save_profile(self._database, portal, profile, self._clock())

    def count_readable(self, portal: str) -> int:
        """How many of a portal's addresses were last read as letters."""
        return profiles.count_readable(self._database, portal)

    def captures_since_learnt(self, portal: str, limit: int) -> list[Capture]:
        """The newest captures of a portal's pages since its profile was learnt."""
        return profiles.captures_since_learnt(self._database, portal, limit)

    def sample_captures(self, portal: str, limit: int) -> list[Capture]:
        """Captures to learn a portal's profile from, spread over its pages."""
        return profiles.sample_captures(self._database, portal, limit)

    # --- corrected by hand -------------------------------------------------------------------

    def join_letters(self, letter_ids: Collection[int], note: str | None = None) -> int:
        """Makes several letters one; gives the id that stays, the oldest. ValueError for one."""
        self._flush()
        return decisions.join_letters(self._database, letter_ids, note, self._clock())

    def split_letter(
        self, letter_id: int, copy_ids: Collection[int], note: str | None = None
    ) -> int:
        """Makes some of a letter's copies a letter of their own; gives its new id.

        Raises ValueError where these are not some, but not all, of its copies.
        """
        self._flush()
        return decisions.split_letter(self._database, letter_id, copy_ids, note, self._clock())

    def copies_at(self, letter_id: int, urls: Iterable[str]) -> dict[str, list[int]]:
        """The copies of a letter at each of these addresses."""
        return decisions.copies_at(self._database, letter_id, urls)

    def count_copies(self, letter_id: int) -> int:
        """How many copies a letter has, those not told yet included."""
        return decisions.count_copies(self._database, letter_id)

    # --- forgotten on request ----------------------------------------------------------------

    def forget(
        self, letter_id: int, request: forgetting.Request, *, only_try: bool = False
    ) -> forgetting.Forgotten:
        """Cuts what is asked for out of a letter's rows, and journals it (`docs/keeping.md`)."""
        self._flush()
        return forgetting.forget(
            self._database, letter_id, request, self._clock(), only_try=only_try
        )

    def forget_in_backup(
        self,
        backup: Path,
        copies: Sequence[tuple[int, str]],
        requests: Sequence[forgetting.Request],
        *,
        if_found: Sequence[forgetting.Request] = (),
    ) -> list[forgetting.Forgotten]:
        """The same in a backup of this archive; of `if_found` only what the backup holds."""
        return forgetting.forget_in_backup(
            backup, copies, requests, self._clock(), if_found=if_found
        )

    def is_forgotten(self, letter_id: int, word: str) -> bool:
        """Whether a word was forgotten of a letter before."""
        return forgetting.is_forgotten(self._database, letter_id, word)

    def scrub(self) -> None:
        """Writes the file anew without what was deleted; ArchiveLocked where a reader forbids."""
        self._flush()
        forgetting.scrub(self._database)

    def contacts_of(self, letter_id: int) -> tuple[str, ...]:
        """Every contact line any reading of a letter gave."""
        return forgetting.letter_contacts(self._database, letter_id)

    def copies_with_keys(self, letter_id: int) -> list[tuple[int, str]]:
        """A letter's copies with the keys of their addresses."""
        return forgetting.copies_of(self._database, letter_id)

    # --- reading again -----------------------------------------------------------------------

    def copies_read_otherwise(self, portal: str, reader: str) -> list[int]:
        """The portal's copies whose last reading is not this reader's, the oldest first."""
        return copies.copies_read_otherwise(self._database, portal, reader)

    def _gather(self, visit: PageVisit, save: Callable[[], object]) -> None:
        size = len(visit.capture.body) if visit.capture else 0
        self._gathering.add(visit.copy_id, save, size=size)

    def _flush(self, *, of: int | None = None) -> None:
        """Commits the visits that wait: all of them, or only if one of this copy is among them."""
        if of is None or self._gathering.waits_for(of):
            self._gathering.commit()
