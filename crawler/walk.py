"""The walk of one column's list pages: which to ask next, and whether the end was reached."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from crawler.answers import place_key
from crawler.paging import MOST_PAGES
from storage.addresses import address_key
from storage.records import ListColumn, ListedLink

MOST_LISTED = 50_000
"""Links taken from one column in one walk: a trap of ever new links ends there."""

_MOST_EMPTY = 20  # pages without a letter in a row before links are followed no further
_MOST_PASSES = 2


class ColumnWalk:
    """One column, page by page: a full walk goes to its end, a short one to what is known.

    A list may shift while it is walked; what slips from page three to page two is then seen on
    neither. So a full walk of several pages ends by asking for the first page again: where it
    shows other letters now, the list is walked once more.
    """

    def __init__(self, column: ListColumn, *, full: bool) -> None:
        self.column = column
        self.full = full
        self.complete = False
        self.asked = 0
        self.failed = 0
        self._listed = 0
        self._empty = 0
        self._passes = 0
        self._first_page: tuple[str, ...] | None = None
        self._capped = False
        self._checking = False
        self._queue: deque[str] = deque()
        self._known: set[str] = set()
        self._shown: set[int] = set()
        self._restart()

    def next_page(self) -> str | None:
        """The next list page to ask for; None when the walk is over."""
        if not self._queue:
            return None
        self.asked += 1
        return self._queue.popleft()

    def page_read(
        self, links: Sequence[ListedLink], unknown: int, further: Sequence[str], url: str
    ) -> None:
        """Takes in a list page: its links, how many were unknown, and the pages it leads to."""
        shown = tuple(address_key(link.url) for link in links)
        if self._checking:
            self._check_shift(shown)
            return
        if self._first_page is None:
            self._first_page = shown
        self._known.add(place_key(url))
        if not self._repeats(shown):
            self._add_pages(further)
        self._listed += len(links)
        if self._listed > MOST_LISTED:
            self._capped = True
            self._queue.clear()
        if not self._queue:
            self._reach_end()
        elif links and not unknown and not self.full:
            self._queue.clear()

    def page_failed(self) -> None:
        """Takes in that the page asked for last brought no list; the others are still asked."""
        self.failed += 1
        self._checking = False

    def stop(self) -> None:
        """Ends the walk here; it is not complete."""
        self._queue.clear()
        self._checking = False

    def _restart(self) -> None:
        self._passes += 1
        self._first_page = None
        self._checking = False
        self._queue.append(self.column.url)
        self._known = {place_key(self.column.url)}
        self._shown.clear()

    def _repeats(self, shown: tuple[str, ...]) -> bool:
        """Whether a page shows nothing that leads on: the same letters again, or none for long."""
        self._empty = 0 if shown else self._empty + 1
        if not shown:
            return self._empty > _MOST_EMPTY
        again = hash(shown) in self._shown
        self._shown.add(hash(shown))
        return again

    def _add_pages(self, further: Sequence[str]) -> None:
        for url in further:
            key = place_key(url)
            if key in self._known:
                continue
            if len(self._known) >= MOST_PAGES:
                self._capped = True
                return
            self._known.add(key)
            self._queue.append(url)

    def _reach_end(self) -> None:
        if self.failed or self._capped:
            return
        if self.full and len(self._known) > 1:
            self._checking = True
            self._queue.append(self.column.url)
        else:
            self.complete = True

    def _check_shift(self, shown: tuple[str, ...]) -> None:
        if shown == self._first_page:
            self.complete = True
        elif self._passes < _MOST_PASSES:
            self._restart()
        self._checking = False
