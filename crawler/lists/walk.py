"""The walk of one column's list pages: which to ask next, and whether the end was reached."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from crawler.lists.jpage import asks_by_post, is_proxy
from crawler.lists.pages import MOST_PAGES
from crawler.network.address_forms import place_key
from crawler.paging.posts import is_posted
from storage.addresses import address_key
from storage.records import ListColumn, ListedLink

MOST_LISTED = 50_000
"""Links taken from one column in one walk: a trap of ever new links ends there."""

_FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=UTF-8"}
_MOST_EMPTY = 20  # pages without a letter in a row before links are followed no further
_MOST_PASSES = 2
_SEVERAL = 2
_MOST_REPEATS = 3  # pages in a row that show what earlier ones showed: the list is at its end
_MOST_BRANCHES = 120  # columns within the column in one walk: …/2024/2024/2024/ ends there
_MOST_SHORT = 4  # columns that one page names and a short walk looks at
_MOST_SHORT_ALL = 12  # as many in a whole short walk: kinds, and the latest years of each
# what a list page that is not there came to; one led elsewhere may be there tomorrow
_GONE = ("404", "410", "soft 404: ")
_MOST_FAILURES = 5  # pages in a row that bring no list: the paging counts pages nobody made


class ColumnWalk:
    """One column, page by page: a full walk goes to its end, a short one to what is known.

    A list may shift while it is walked; what slips from page three to page two is then seen on
    neither. So a full walk of several pages ends by asking for the first page again: where it
    shows other letters now, the list is walked once more.

    Columns within the column (one a year, one a kind) are its branches: each is walked when the
    list before it is through, by the same rules. A branch whose first page shows nothing but what
    the column's own pages listed is left there.
    """

    def __init__(self, column: ListColumn, *, full: bool) -> None:
        self.column = column
        self.full = full
        self.complete = False
        self.asked = 0
        self.failed = 0
        self.first_failed = False
        self._other_method = False
        self._failures = 0
        self._listed = 0
        self._empty = 0
        self._repeats = 0
        self._passes = 0
        self._first_page: tuple[str, ...] | None = None
        self._capped = False
        self._checking = False
        self._queue: deque[str] = deque()
        self._branches: deque[str] = deque()
        self._begun = 0  # branches whose first page was asked for
        self._at_branch = False  # the page asked for last is a branch's first
        self._main_pages = 0
        self._listed_keys: set[str] = set()
        self._known: set[str] = set()
        self._met: set[str] = set()  # addresses of list pages as they were given
        self._shown: set[int] = set()
        self._restart()

    def next_page(self) -> str | None:
        """The next list page to ask for; None when the walk is over."""
        self._at_branch = not self._queue and bool(self._branches)
        if self._at_branch:
            self._begin_branch()
        if not self._queue:
            return None
        self.asked += 1
        return self._queue.popleft()

    def method(self, url: str) -> dict[str, Any]:
        """How to ask for an address, as a request's arguments: by GET, or by POST.

        A form's values stand in the address too, where some data proxies look for them.
        """
        by_post = asks_by_post(url) != self._other_method if is_proxy(url) else is_posted(url)
        if not by_post:
            return {"method": "GET"}
        return {"method": "POST", "body": urlsplit(url).query, "headers": _FORM}

    def ask_otherwise(self, url: str) -> bool:
        """Puts a data proxy that refused the one of GET and POST back, to be asked by the other.

        Gives whether it did: once in a walk.
        """
        if self._other_method or not is_proxy(url):
            return False
        self._other_method = True
        self._queue.appendleft(url)
        return True

    def page_read(
        self,
        links: Sequence[ListedLink],
        unknown: int,
        further: Sequence[str],
        url: str,
        branches: Sequence[str] = (),
    ) -> str | None:
        """Takes in a list page: its links, how many were unknown, and the pages it leads to.

        `branches` are columns within the column that it links to. Gives why the walk ends here,
        where more pages were still to be asked for.
        """
        self._failures = 0
        shown = tuple(address_key(link.url) for link in links)
        if self._checking:
            self._check_shift(shown)
            return None
        if self._first_page is None:
            self._first_page = shown
        self._known.add(place_key(url))
        self._add_branches(branches, url)
        self._main_pages += not self._begun
        if self._leads_on(shown) and not self._is_repeated_branch(shown):
            self._add_pages(further)
        self._listed += len(links)
        self._listed_keys.update(shown)
        ended = self._end_early()
        if not self._queue and not self._branches:
            self._reach_end()
        elif links and not unknown and not self.full:
            self._queue.clear()
        return ended

    def page_failed(self, reason: str | None = None) -> str | None:
        """Takes in that the page asked for last brought no list; the others are still asked.

        A branch that is not there (404, 410) is a dead link and no fault of the list. Gives why
        the others are not asked, where too many failed in a row.
        """
        if self._at_branch and (reason or "").startswith(_GONE):
            if not self._queue and not self._branches:
                self._reach_end()
            return None
        self.failed += 1
        self.first_failed = self.first_failed or self.asked == 1
        self._checking = False
        self._failures += 1
        if self._failures < _MOST_FAILURES or not self._queue:
            return None
        self._queue.clear()
        self._branches.clear()
        return f"{self._failures} list pages in a row failed"

    def page_disallowed(self) -> None:
        """Takes in that the page given last was not asked for after all; the walk ends here."""
        self.asked -= 1
        self.stop()

    def stop(self) -> None:
        """Ends the walk here; it is not complete."""
        self._queue.clear()
        self._branches.clear()
        self._checking = False

    def _restart(self) -> None:
        self._passes += 1
        self._first_page = None
        self._checking = False
        self._queue.append(self.column.url)
        self._known = {place_key(self.column.url)}
        self._met.clear()
        self._shown.clear()
        self._repeats = 0
        self._branches.clear()
        self._begun = 0
        self._main_pages = 0
        self._listed_keys.clear()

    def _begin_branch(self) -> None:
        """Goes on to the next column within the column; a list of its own, however alike."""
        self._queue.append(self._branches.popleft())
        self._begun += 1
        self._shown.clear()
        self._repeats = self._empty = 0

    def _is_repeated_branch(self, shown: tuple[str, ...]) -> bool:
        """Whether a branch begins with nothing but what the column's own pages listed.

        One page of a column may be no more than the latest of each branch.
        """
        if not self._at_branch or self._main_pages < _SEVERAL:
            return False
        return bool(shown) and self._listed_keys.issuperset(shown)

    def _add_branches(self, branches: Sequence[str], url: str) -> None:
        """Puts the columns within the column behind what is to be walked; each once, not too many.

        In a short walk a branch adds only what lies below itself: older years are its siblings.
        """
        fresh = [each for each in branches if place_key(each) not in self._known]
        if not self.full and self._begun:
            inside = url.rpartition("/")[0] + "/"
            fresh = [each for each in fresh if each.startswith(inside)]
        self._known.update(map(place_key, fresh))
        most = _MOST_BRANCHES if self.full else _MOST_SHORT_ALL
        room = most - self._begun - len(self._branches)
        self._capped = self._capped or (self.full and len(fresh) > room)
        self._branches.extend(fresh[: room if self.full else min(room, _MOST_SHORT)])

    def _leads_on(self, shown: tuple[str, ...]) -> bool:
        """Whether a page's links to further pages count: not if it shows the same letters again.

        A page without letters may be one whose entries were all of another kind: it leads on,
        but not for ever, and it is no repeat.
        """
        self._empty = 0 if shown else self._empty + 1
        if not shown:
            return self._empty <= _MOST_EMPTY
        again = hash(frozenset(shown)) in self._shown
        self._shown.add(hash(frozenset(shown)))
        self._repeats = self._repeats + 1 if again else 0
        return not again

    def _end_early(self) -> str | None:
        """Drops the pages still to be asked for where they promise nothing, and says why."""
        if not self._queue:
            return None
        if self._listed > MOST_LISTED:
            self._capped = True
            self._queue.clear()
            self._branches.clear()
            return f"more than {MOST_LISTED} links listed"
        if self._repeats >= _MOST_REPEATS:
            self._queue.clear()
            return f"{self._repeats} list pages in a row show what earlier ones showed"
        return None

    def _add_pages(self, further: Sequence[str]) -> None:
        for url in further:
            if url in self._met:  # each page of a list leads to all others, thousands of times
                continue
            self._met.add(url)
            key = place_key(url)
            if key in self._known:
                continue
            if len(self._known) >= MOST_PAGES:
                self._capped = True
                self._met.discard(url)
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
