"""Letters that were told together are found together: the search index at the end of a write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakKeyDictionary

from storage.database import Database
from storage.search.index import index_letter, index_letters

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
