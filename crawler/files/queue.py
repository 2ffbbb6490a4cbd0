"""The files of one portal in one run: which wait, which are on their way, and when to stop."""

from __future__ import annotations

from crawler.budget import Budget
from storage.attachments.records import DueFile, FileState
from storage.records import Portal, Run
from storage.session import CrawlSession

REFUSALS_TO_STOP = 3
"""Refused files in a row after which no more are asked for: some servers refuse all to us."""

FAULTS_TO_STOP = 3
"""Requests for files in a row without any answer after which no more are asked for."""

_DRAWN = 200  # taken from the archive at a time


class FileQueue:
    """Files that are due, the longest waiting first.

    Trouble with files ends the asking for files, never that for pages. What is not asked for
    stays due in the archive.
    """

    def __init__(self, portal: Portal, session: CrawlSession, budget: Budget) -> None:
        self._portal = portal
        self._archive = session.archive
        self._budget = budget
        self._waiting: list[DueFile] = []
        self._asked: set[str] = set()  # keys of addresses on their way
        self._refusals = 0
        self._faults = 0
        self._stopped = portal.attachments.most == 0
        self.disallowed = 0  # by robots.txt

    def page_read(self, run: Run, copy_id: int) -> None:
        """Takes up the due files of a page that answered."""
        if self._has_room() and self._archive.has_files(copy_id):
            self._add(run, copy_id)

    def draw(self) -> DueFile | None:
        """The next file to ask for, if one waits and there is room for it; it is counted."""
        if not (self._waiting and self._has_room()):
            return None
        file = min(self._waiting, key=lambda waiting: waiting.due_since)
        self._waiting.remove(file)
        self._asked.add(file.key)
        self._budget.file_asked()
        return file

    def take_left(self, run: Run) -> None:
        """Takes what earlier runs left due, when this one has nothing else to do."""
        if self._has_room() and not self._waiting:
            self._add(run, None)

    def ask_again(self) -> None:
        """Counts that a file is asked for once more, to be sure of its change."""
        self._budget.file_asked()

    def done(self, file: DueFile, state: FileState) -> None:
        """A file's visit is saved; refused ones in a row end the asking."""
        self._asked.discard(file.key)
        self._refusals = self._refusals + 1 if state is FileState.BLOCKED else 0
        if self._refusals >= REFUSALS_TO_STOP:
            self.stop()

    def answered(self, *, at_all: bool) -> None:
        """Counts whether a request brought any answer."""
        self._faults = 0 if at_all else self._faults + 1
        if self._faults >= FAULTS_TO_STOP:
            self.stop()

    def stop(self) -> None:
        """Asks for no more files in this run."""
        self._stopped = True
        self._waiting.clear()

    def __len__(self) -> int:
        """Requests on their way."""
        return len(self._asked)

    def _has_room(self) -> bool:
        return not self._stopped and self._budget.has_room_for_file()

    def _add(self, run: Run, copy_id: int | None) -> None:
        beside = self._asked.union(file.key for file in self._waiting)
        most = self._portal.attachments.most
        self._waiting.extend(
            self._archive.due_files(run, _DRAWN, most=most, copy_id=copy_id, beside=beside)
        )
