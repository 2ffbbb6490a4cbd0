"""Owns how many requests one run may make of a portal, and what is given up first.

Lists are always walked: new letters show there. Letters that were never read, letters that are
gone and wait for confirmation, and the control of a suspect run are what a watch is for; known
letters whose time has come share what is left. What a run leaves stays due, the longest waiting
first, so that a small budget stretches every interval alike and forgets none.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import ceil

from storage.records import DuePage, Why

DAILY_SHARE = 0.075
"""Of the known pages, lists included: what one run asks for where the portal sets no budget."""

FEWEST_REQUESTS = 60
"""A portal of a few hundred letters is watched as its letters' ages ask, whatever the share."""

FEWEST_FILES = 200
"""Files one run asks for where the portal sets no budget, or the daily share where that is more:
a first crawl of thousands of letters brings their files over several runs."""

_FEWEST_REVISITS = 20  # a day of many list pages still looks at some letters


class Budget:
    """What one run may still ask for.

    `most` is the portal's own `budget`: no more list pages, letters and files than that, but for
    letters that are gone and the control. Without one only known letters whose time has come and
    files are limited.
    """

    def __init__(self, most: int | None, known: int, *, full: bool = False) -> None:
        self._most = None if full else most
        share = max(FEWEST_REQUESTS, ceil(known * DAILY_SHARE))
        self._share: int | None = None if full else min(share, most or share)
        self._lists = 0
        self._asked = 0  # letters never read, known ones whose time has come, and files
        self._revisits = 0  # of these the known ones
        self._files = 0  # of these the files
        self._most_files = None if full else max(FEWEST_FILES, ceil(known * DAILY_SHARE))

    def list_asked(self) -> None:
        """Counts a list page."""
        self._lists += 1

    def kinds(self) -> tuple[Why, ...]:
        """Why pages may still be asked for, in this order."""
        kinds = [Why.GONE]
        if self._left() > 0:
            kinds.insert(0, Why.NEW)
            if self._revisits_left() > 0:
                kinds.append(Why.DUE)
        return tuple(kinds)

    def admit(self, pages: Iterable[DuePage]) -> list[DuePage]:
        """The pages there is room for, in their order; they are counted."""
        return [page for page in pages if self._admits(page.why)]

    def has_room_for_file(self) -> bool:
        """Whether a linked file may still be asked for."""
        few = self._most_files is None or self._files < self._most_files
        return few and self._left() > 0

    def file_asked(self) -> None:
        """Counts a request for a file, one made to be sure of a change too."""
        self._asked += 1
        self._files += 1

    def expected(self, due: int) -> int:
        """How many of `due` pages this run will ask for at most, new ones among them."""
        return due if self._most is None else min(due, max(int(self._left()), 0))

    def _admits(self, why: Why) -> bool:
        if why is Why.DUE:
            if min(self._left(), self._revisits_left()) <= 0:
                return False
            self._revisits += 1
        elif why is Why.NEW:
            if self._left() <= 0:
                return False
        else:
            return True
        self._asked += 1
        return True

    def _left(self) -> float:
        return float("inf") if self._most is None else self._most - self._lists - self._asked

    def _revisits_left(self) -> float:
        if self._share is None:
            return float("inf")
        return max(self._share - self._lists, _FEWEST_REVISITS) - self._revisits
