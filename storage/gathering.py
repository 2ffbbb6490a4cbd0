"""Owns the visits that wait to be committed together: one durable write for many pages."""

from __future__ import annotations

import time
from collections.abc import Callable

from storage.database import Database

MOST_VISITS = 100
MOST_SECONDS = 2.0
MOST_BYTES = 8 * 1024 * 1024
"""Of bodies that wait; larger pages are committed sooner, so that memory stays bounded."""


class Gathering:
    """Saves that wait, in their order.

    They are committed when there are `MOST_VISITS` of them, when the first waited `MOST_SECONDS`
    and another comes, or when asked. Each is whole or not at all; a crash loses only those that
    wait, and their pages are still due then. A commit costs a sync of the disk, many pages or
    one: 500 letters read and saved took 42 s with one each on a busy disk, 13 s together.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._saves: list[Callable[[], object]] = []
        self._copies: set[int] = set()
        self._bytes = 0
        self._since = 0.0

    def add(self, copy_id: int | None, save: Callable[[], object], *, size: int = 0) -> None:
        """Puts a save behind the others; `size` in bytes is what it holds.

        `copy_id` is the copy it changes what is known of, None where another save will tell.

        Raises ArchiveErrors where the others are committed now and cannot be.
        """
        if not self._saves:
            self._since = time.monotonic()
        self._saves.append(save)
        if copy_id is not None:
            self._copies.add(copy_id)
        self._bytes += size
        waited = time.monotonic() - self._since
        if len(self._saves) >= MOST_VISITS or self._bytes >= MOST_BYTES or waited >= MOST_SECONDS:
            self.commit()

    def waits_for(self, copy_id: int) -> bool:
        """Whether a visit of this copy is not committed yet."""
        return copy_id in self._copies

    def commit(self) -> None:
        """Commits what waits. Raises ArchiveErrors.

        Where one save fails, those before it are kept and its error is raised: a fault of ours in
        one letter must not take its neighbours along in every run.
        """
        saves = self._saves
        self._saves, self._copies, self._bytes = [], set(), 0
        if saves:
            with self._database.writing_each():
                for save in saves:
                    with self._database.part():
                        save()
