"""Letters that were told together are found together: the search index at the end of a write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakKeyDictionary

from storage.database import Database
from storage.search.index import all_wait, index_letter, index_letters, none_waits

_waiting: WeakKeyDictionary[Database, set[int]] = WeakKeyDictionary()


def index_told(database: Database, letter_id: int) -> None:
    """Has a letter of which an event was told found as it now stands, inside a `writing()` block.

    At once, or at the end of `indexing_together`. No reading of it was altered in place.
    """
    waiting = _waiting.get(database)
    if waiting is None:
        index_letter(database, letter_id, altered=False)
    else:
        waiting.add(letter_id)


@contextmanager
def indexing_together(database: Database) -> Iterator[None]:
    """Inside a write of many events: each letter is indexed once, in the index's own order.

    Also where an error ends the write: what of it is kept has to be found.
    """
    if database in _waiting:
        yield
        return
    waiting = _waiting[database] = set()
    try:
        yield
    finally:
        del _waiting[database]
        index_letters(database, waiting, altered=False)


@contextmanager
def indexing_at_end(database: Database) -> Iterator[None]:
    """Around many writes, each durable by itself: each letter is indexed once, after the last.

    Until then, and where one fails or the process is killed, the archive says that letters wait
    for the index; the next to open it has them indexed.
    """
    all_wait(database)
    waiting = _waiting[database] = set()
    try:
        yield
    finally:
        del _waiting[database]
    index_letters(database, waiting, altered=False)
    none_waits(database)
