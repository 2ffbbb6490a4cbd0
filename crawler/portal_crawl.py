"""One portal's run inside a crawl: its lists, the pages it waits for, and when it is through."""

from __future__ import annotations

from collections import deque
from dataclasses import replace

from crawler.answers.doubts import Doubts
from crawler.answers.records import Site
from crawler.budget import Budget
from crawler.files.queue import FileQueue
from crawler.lists.walk import ColumnWalk
from crawler.network.address_forms import place_key
from crawler.network.addresses import allowed_origins, place_of
from crawler.revisit import is_full_walk_due
from storage.attachments.records import DueFile
from storage.records import Answer, DuePage, ListWalk, PageVisit, Portal, Run
from storage.session import CrawlSession

BLOCKS_TO_STOP = 3
"""Blocked answers in a row after which a portal is left alone for this run."""

FAULTS_TO_STOP = 5
"""Requests in a row without any answer after which a portal is left alone."""

_WINDOW = 8  # pages asked for at once where the portal wants no delay
_DRAWN = 200  # pages taken from the archive at a time: what is due may be many thousand


class PortalCrawl:
    """What a crawl knows of one portal while it runs; the archive knows everything else.

    `begin` comes first, then list pages until `next_list_page` gives none, `end_lists`, and
    pages and their files as long as `draw` gives any; `finished` says when the run can be settled.
    """

    def __init__(self, portal: Portal, session: CrawlSession) -> None:
        self.portal = portal
        self.session = session
        self.run: Run
        self._budget: Budget
        self.site = Site(
            columns=frozenset(place_key(column.url) for column in portal.lists),
            origins=allowed_origins(portal),
        )
        self.doubts = Doubts()
        self.files: FileQueue
        self.listing = True  # until the lists are through
        self.abandoned = False  # a fault of ours: left unsettled for the next run
        self._columns: list[ColumnWalk] = []
        self._waiting: deque[DuePage] = deque()
        self._asked: set[int] = set()  # copies whose answer or saving is still to come
        self._forbidden: set[int] = set()  # copies robots.txt does not let us ask for
        self._disallowed_lists = 0
        self._blocked_lists = 0
        self._refusal: str | None = None  # why the first list page was blocked
        self._trouble: str | None = None  # why the first list page failed
        self._blocks = 0
        self._faults = 0
        self._stopped = False

    def begin(self) -> None:
        """Opens the run. All columns are walked to their ends if one was not for a week."""
        archive, name = self.session.archive, self.portal.name
        self.run = archive.begin_run(self.portal, full=self.session.full)
        walked = [archive.last_complete_walk(name, column.url) for column in self.portal.lists]
        now = self.session.clock()
        full = self.session.full or any(is_full_walk_due(instant, now) for instant in walked)
        self._columns = [ColumnWalk(column, full=full) for column in self.portal.lists]
        known = archive.count_pages(name)
        self._budget = Budget(self.portal.budget, known, full=self.session.full)
        self.files = FileQueue(self.portal, self.session, self._budget)
        self.session.watcher.run_began(self.run)

    # --- lists -------------------------------------------------------------------------------

    def next_list_page(self) -> tuple[ColumnWalk, str] | None:
        """The next list page to ask for, column by column; None when the lists are through."""
        for column in self._columns:
            if (url := column.next_page()) is not None:
                self._budget.list_asked()
                return column, url
        return None

    def end_lists(self) -> None:
        """Closes the lists, so that letters they no longer show become due."""
        self.listing = False
        due = self.session.archive.end_walk(self.run, self.walk())
        self.session.watcher.pages_ahead(self.portal.name, self._budget.expected(due))

    def walk(self) -> ListWalk:
        """How the lists went, and how many addresses robots.txt forbade."""
        columns = self._columns
        return ListWalk(
            complete=all(column.complete for column in columns),
            failed=sum(column.failed for column in columns),
            columns_failed=sum(column.first_failed for column in columns),
            reason=self._refusal or self._trouble,
            blocked=self._blocked_lists,
            asked=sum(column.asked for column in columns),
            disallowed=self._disallowed_lists + len(self._forbidden) + self.files.disallowed,
        )

    def list_failed(self, column: ColumnWalk, reason: str | None) -> str | None:
        """A list page brought no list; gives why its column is walked no further, if it is not."""
        self._trouble = self._trouble or reason
        return column.page_failed(reason)

    def list_blocked(self, reason: str | None) -> None:
        """A list page was refused: nothing more is asked of this portal in this run."""
        self._refusal = self._refusal or reason
        self._blocked_lists += 1
        self.stop()

    def list_disallowed(self, column: ColumnWalk) -> None:
        """robots.txt forbids a list: no fault of the portal, but its column is not read."""
        self._disallowed_lists += 1
        column.page_disallowed()

    def learn_ends(self, leaves_open: bool) -> None:
        """Takes from a list page whether this site's pages close what they open."""
        self.site = replace(self.site, leaves_open=leaves_open)

    # --- pages -------------------------------------------------------------------------------

    def draw(self) -> list[DuePage | DueFile]:
        """What to ask for now, so that no more than the window are on their way.

        The files of pages that were read, then the next pages, and what earlier runs left of
        files when there are none.
        """
        drawn: list[DuePage | DueFile] = []
        window = 1 if self.portal.delay > 0 else _WINDOW
        while len(self._asked) + len(self.files) < window and not self._stopped:
            following = self.files.draw() or self._next_page() or self._left_file()
            if following is None:
                break
            drawn.append(following)
        return drawn

    def page_done(self, copy_id: int) -> None:
        """A page's visit is saved: the archive gives it no more in this run."""
        self._asked.discard(copy_id)

    def see_files(self, visit: PageVisit) -> None:
        """Lets the files of a page that answered, and is saved, be asked for next."""
        if visit.answer in (Answer.PAGE, Answer.NOT_MODIFIED) and not self._stopped:
            self.files.page_read(self.run, visit.copy_id)

    def page_disallowed(self, copy_id: int) -> None:
        """robots.txt forbids a page: it is never asked for, and nothing is recorded of it."""
        self._forbidden.add(copy_id)
        self._asked.discard(copy_id)

    @property
    def finished(self) -> bool:
        """Whether the lists are through, and nothing is on its way or still to be asked for."""
        on_their_way = self._asked or len(self.files)
        return not (self.listing or self.abandoned or on_their_way or self._waiting)

    # --- when to leave a portal alone --------------------------------------------------------

    def answered(self, answer: Answer) -> None:
        """Counts an answer to a page; three blocked ones in a row end the asking."""
        self._faults = 0
        self._blocks = self._blocks + 1 if answer is Answer.BLOCKED else 0
        if self._blocks >= BLOCKS_TO_STOP:
            self.stop()

    def not_answered(self) -> None:
        """Counts a request that brought no answer at all, lists included."""
        self._faults += 1
        if self._faults >= FAULTS_TO_STOP:
            self.stop()

    def lists_stand_at(self, url: str | None) -> bool:
        """Whether a scheme, host and port are those of the portal's lists, or of its only pages.

        What one page's own server does not answer says nothing about the others.
        """
        homes = [column.url for column in self.portal.lists] or self.portal.pages
        return url is None or place_of(url) in map(place_of, homes)

    def stop(self) -> None:
        """Asks nothing more of this portal in this run; what is due stays due."""
        self._stopped = True
        self._waiting.clear()
        self.files.stop()
        for column in self._columns:
            column.stop()

    def abandon(self) -> None:
        """Leaves the run unsettled, for the next one to find."""
        self.abandoned = True
        self.stop()

    def _next_page(self) -> DuePage | None:
        if not self._waiting:
            self._waiting.extend(self._due_pages())
        if not self._waiting:
            return None
        page = self._waiting.popleft()
        self._asked.add(page.copy_id)
        return page

    def _left_file(self) -> DueFile | None:
        self.files.take_left(self.run)
        return self.files.draw()

    def _due_pages(self) -> list[DuePage]:
        archive, beside = self.session.archive, self._asked | self._forbidden
        return self._budget.admit(archive.due_pages(self.run, _DRAWN, self._budget.kinds(), beside))
